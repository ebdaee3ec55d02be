"""Pages in both themes and at both widths: for everyone, without errors, without a network.

`walk` goes to pages that together hold every kind of element, and in the long run to every page.
"""

from __future__ import annotations

import re

import pytest

from planbook.plan import load_plan
from tests.books import ROOT
from tests.browser.walking import EVERY_PAGE, NARROW, WIDE, Walk, listed
from tests.latin_names import CAPITALS, FOR_ANALYSTS, NAMES

pytestmark = [pytest.mark.book, pytest.mark.takes(100)]

KNOWN = CAPITALS.union(*map(str.split, NAMES))
CODE = re.compile(  # file names, ids and column names, which a reader types as they are
    r"[\w.-]*\.(?:xlsx|csv|json|yaml|ipynb|pdf|zip)\b|\b[a-z0-9]+(?:[-_][a-z0-9]+)+\b|\bsha256\b|数据指纹[0-9a-f]{12}\b"
)
COLUMNS = {*FOR_ANALYSTS, "methodology.html"}  # and those that cite literature in its own language
WHITE = str.maketrans(",:;()!?", "\uff0c\uff1a\uff1b\uff08\uff09\uff01\uff1f")


def compact(text: str) -> str:
    return re.sub(r"\s", "", text).translate(WHITE)


every_page = pytest.mark.parametrize("walk", [EVERY_PAGE], indirect=True)


def test_a_page_is_opened_from_disk_and_from_a_server(walk: Walk) -> None:
    for width, origin in ((WIDE, "file://"), (NARROW, "http://127.0.0.1")):
        visits = [visit for visit in walk.visits if visit.width == width]
        assert [visit.address for visit in visits] == sorted(walk.addresses)
        assert {"index.html", "search.html", "chapters/overview.html"} <= set(walk.addresses)
        assert all(visit.asked[0].startswith(origin) for visit in visits)


def test_axe_finds_nothing_on_any_page(walk: Walk) -> None:
    found = [finding for visit in walk.visits for finding in visit.findings]
    assert not found, listed(found)


def test_no_page_scrolls_sideways(walk: Walk) -> None:
    wide = [f"{v.address}: {v.wide} > {v.width}" for v in walk.visits if v.wide > v.width]
    assert not wide, listed(wide)


def test_no_page_has_an_error_in_the_console(walk: Walk) -> None:
    said = [f"{v.address} ({v.width} px): {line}" for v in walk.visits for line in v.said]
    assert not said, listed(said)


def test_no_request_leaves_the_computer(walk: Walk) -> None:
    outside = [f"{v.address}: {asked}" for v in walk.visits for asked in v.outside]
    assert not outside, listed(outside)


def test_every_page_says_its_language_title_and_description(walk: Walk) -> None:
    visits = [visit for visit in walk.visits if visit.width == WIDE]
    for visit in visits:
        assert visit.language == "zh-CN", visit.address
        assert re.match(r"[^—]+ — 2027年目标进展报告$|搜索 - ", visit.title), visit.title
        assert len(visit.description) >= 10, visit.address
    descriptions = [visit.description for visit in visits]
    assert len(set(descriptions)) == len(descriptions)


def test_a_chinese_page_has_no_english_word_but_names_and_units(walk: Walk) -> None:
    found = {
        f"{visit.address}: {word} in 「{text.strip()[:80]}」"
        for visit in walk.visits
        if visit.address not in COLUMNS
        for text in visit.texts
        for word in re.findall(r"[A-Za-z]{2,}", CODE.sub("", text))
        if word not in KNOWN
    }
    assert not found, listed(sorted(found))


@every_page
def test_all_clauses_and_measures_can_be_read(walk: Walk) -> None:
    assert len(walk.addresses) > 80
    plan = load_plan(ROOT / "data" / "plan")
    shown = {visit.address: compact(visit.article) for visit in walk.visits}
    assert len(plan.goals) == 61
    for goal in plan.goals:
        assert compact(goal.quote) in shown[f"goals/{goal.id}.html"], goal.id
    measures = [(chapter, m) for chapter in plan.chapters for m in chapter.measures]
    assert len(measures) == 169
    for chapter, measure in measures:
        text = shown[f"chapters/{chapter.id}.html"]
        assert compact(measure.title) in text or compact(measure.quote) in text, measure.id
