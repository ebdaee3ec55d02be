"""`verify` finds every byte that is not as it was published, and says where and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from planbook.errors import Problem
from planbook.publish.acts import Site
from tests.publish.conftest import Place
from tests.publish.sites import NOON, Q1, Q2, Q3, Press

Change = Callable[[bytes], bytes]


def flip(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.fixture
def site(place: Place, press: Press) -> Site:
    made = place.site()
    press.publish(made, Q1, "a")
    press.publish(made, Q3, "a", hours=1)
    return made


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(
    ("path", "change", "what"),
    [
        ("2026-Q1/goals/a.html", flip, "内容有变的文件1个：goals/a.html"),
        ("2026-Q1/pdf/book.pdf", lambda data: data + b" ", "内容有变的文件1个：pdf/book.pdf"),
        ("2026-Q1/manifest.json", flip, "文件清单被人改过"),
        ("archive/2026-Q1.tar.gz", flip, "存档内容有变"),
        ("archive/2026-Q1.tar.gz", lambda data: data[:-9], "存档大小不对"),
        ("archive/2026-Q1.tar.gz", lambda data: b"", "存档大小不对：0字节"),
    ],
)
def test_a_changed_byte_is_found(
    site: Site, place: Place, path: str, change: Change, what: str
) -> None:
    data = place.read(path)
    assert data is not None
    place.put(path, change(data))
    for edition in (None, Q1):
        problem = only(place.site().verify(edition))
        assert what in problem.what
        assert problem.what.startswith("2026年一季度")
        assert path.partition("/")[0] in problem.where
    assert place.site().verify(Q3) == []


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("2026-Q1/search.html", "缺少文件1个：search.html"),
        ("2026-Q1/manifest.json", "文件清单缺失"),
        ("archive/2026-Q1.tar.gz", "存档缺失"),
    ],
)
def test_a_missing_file_is_found(site: Site, place: Place, path: str, what: str) -> None:
    place.delete(path)
    assert what in only(place.site().verify()).what


def test_a_file_that_was_added_is_found(site: Site, place: Place) -> None:
    place.put("2026-Q1/_static/more.js", b"alert()")
    assert "多出文件1个：_static/more.js" in only(place.site().verify()).what


@pytest.mark.parametrize("path", ["index.html", "latest/index.html", "feed.xml", "editions.js"])
def test_a_generated_file_that_was_edited_is_found_and_mended_by_the_next_act(
    site: Site, place: Place, path: str
) -> None:
    place.put(path, b"edited")
    assert path in only(place.site().verify()).what
    assert place.site().verify(Q1) == []
    place.site().next_dates([])
    assert place.site().verify() == []


def test_the_publishers_register_is_believed_more_than_the_site(site: Site, place: Place) -> None:
    known = {entry.edition: entry.manifest for entry in site.entries}
    assert site.verify(None, known) == []
    problem = only(site.verify(None, {**known, Q1: "0" * 64}))
    assert "登记的不同" in problem.what
    assert site.verify(Q3, {**known, Q1: "0" * 64}) == []
    assert "站点上没有2026年二季度" in only(site.verify(None, {**known, Q2: "0" * 64})).what


def test_what_is_left_of_a_purged_edition_is_found_and_then_deleted(
    site: Site, place: Place
) -> None:
    site.purge(Q1, "误载个人信息", NOON + dt.timedelta(hours=2))
    for path in ("2026-Q1/goals/a.html", "archive/2026-Q1.tar.gz"):
        place.put(path, b"secret")
    assert "已清除，文件还在" in only(place.site().verify()).what
    place.site().purge(Q1, "误载个人信息", NOON + dt.timedelta(hours=2))
    assert place.site().verify() == []
    assert b"secret" not in place.contents().values()


def test_an_edition_that_no_list_names_is_found(site: Site, place: Place) -> None:
    place.put("2026-Q4/index.html", b"not yet")
    place.put("of-others/index.html", b"of others")
    assert "未列出的一期 2026-Q4" in only(place.site().verify()).what


def test_a_place_without_a_site_lacks_what_the_register_knows(place: Place) -> None:
    assert place.site().verify() == []
    assert "站点上没有" in only(place.site().verify(None, {Q1: "0" * 64})).what
