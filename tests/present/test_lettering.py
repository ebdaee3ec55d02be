from __future__ import annotations

from planbook.present.charts.lettering import shortened, text_width, told_apart


def test_a_text_that_fits_is_not_touched() -> None:
    assert shortened("软件业务收入", 10, 60.5) == "软件业务收入"


def test_of_a_longer_one_the_beginning_is_kept_with_an_ellipsis() -> None:
    cut = shortened("软件业务收入", 10, 45)
    assert cut == "软件业…"
    assert text_width(cut, 10) <= 45


def test_nothing_is_left_where_there_is_no_room() -> None:
    assert shortened("软件", 10, 1) == "…"


def test_texts_that_would_read_alike_are_told_apart_by_their_ends() -> None:
    names = ["软件和信息服务业新增企业", "软件和信息服务业主营业务收入", "绿色贷款"]
    assert told_apart(names, 10, 90) == ["软件…新增企业", "软件…主营业务收入", "绿色贷款"]
    assert told_apart(names[:1], 10, 90) == ["软件和信息服务业…"]
