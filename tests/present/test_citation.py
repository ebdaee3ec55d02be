from __future__ import annotations

from dataclasses import replace

from planbook.periods import Edition
from planbook.present.say.citation import citation
from tests.present.conftest import MakeBook

SITE = "https://example.org/plan/"


def test_an_edition_is_cited_by_maker_title_and_address(make_book: MakeBook) -> None:
    book = make_book()
    known = {"demonstration": False, "site_address": SITE, "prepared_by": "发展改革部门"}
    dataset = book.dataset.model_copy(update=known)
    published = replace(book, dataset=dataset, publication=True)
    assert citation(published) == (
        "发展改革部门. 两江新区生产性服务业实施方案进展报告（2026年三季度）[R/OL]. "
        "[引用日期]. https://example.org/plan/2026-Q3/."
    )
    corrected = replace(published, edition=Edition.parse("2026-Q3.1"))
    assert "（2026年三季度（更正1））" in citation(corrected)
    assert citation(corrected).endswith("/2026-Q3.1/.")


def test_what_is_not_published_says_so_and_a_demonstration_that_it_is_one(
    make_book: MakeBook,
) -> None:
    assert citation(make_book()) == (
        "两江新区生产性服务业实施方案进展报告（2026年三季度，示例数据）[R/OL]. 未发布[引用日期]."
    )
