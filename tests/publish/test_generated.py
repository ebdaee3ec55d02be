"""The pages, the feed and the script of a site: made of its listing alone."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from planbook.publish import generated as module
from planbook.publish.entries import Ended, Entry, EntryState, Listing, NextDate, SiteMark
from planbook.publish.generated import ORDER, generated
from planbook.vocabulary import Rating
from tests.publish.sites import MARK, NOON, Q1, Q2, Q3, Q3_1, Press, known_to_pages

ROOT = Path(__file__).resolve().parents[2]
LOOK = ROOT / "src" / "planbook" / "produce" / "assets" / "look"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</script>\u2028<script>alert('&')</script>"


@pytest.fixture
def listing(press: Press) -> Listing:
    """A purged, a withdrawn, a corrected edition, and its correction."""
    one, two, three, four = (
        press.made(edition, "a", hours=hours)[0] for hours, edition in enumerate((Q1, Q2, Q3, Q3_1))
    )
    later = [Ended(at=NOON + dt.timedelta(days=n), reason=f"理由{n}") for n in (1, 2)]
    return Listing(
        entries=(
            one.with_(state=EntryState.PURGED, ended=later[0], archive=None, pages=(), counts={}),
            two.with_(state=EntryState.WITHDRAWN, ended=later[1]),
            three.with_(state=EntryState.CORRECTED, corrected_by=Q3_1),
            four.with_(corrects=Q3, override="会议要用"),
        ),
        next_dates=(NextDate(label="2026年四季度", date=dt.date(2027, 2, 20)),),
    )


def text(data: bytes) -> str:
    """Return what a page says, in one line."""
    body = data.decode().partition("<body>")[2]
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", body))


def test_the_index_tells_of_every_edition_its_state_date_and_reason(listing: Listing) -> None:
    said = text(generated(MARK, listing)["index.html"])
    for part in (
        "2026年三季度（更正1）最新一期2026年10月20日发布",
        "★已达成8●达序时32▲滞后7",
        "更正2026年三季度：一家单位更正了报送。",
        "提前发布：会议要用。",
        "下次发布2026年四季度2027年2月20日",
        "2026年三季度已更正",
        "已更正，见2026年三季度（更正1）。",
        "2026年二季度已撤回",
        "2026年10月22日撤回：理由2。",
        "2026年一季度已清除",
        "2026年10月21日清除：理由1。",
        "编制综合统计部门审核主管部门",
    ):
        assert part in said, part
    order = [
        said.index(f"2026年{q}季度{s}")
        for q, s in (("三", "已更正"), ("二", "已撤回"), ("一", "已清除"))
    ]
    assert order == sorted(order), "the newest does not stand first"


def test_the_index_says_where_nothing_holds_and_where_a_correction_has_ended(
    listing: Listing,
) -> None:
    gone = Ended(at=NOON + dt.timedelta(days=3), reason="理由3")
    corrected, correction = listing.entries[2:]
    ended = listing.model_copy(
        update={"entries": (corrected, correction.with_(state=EntryState.WITHDRAWN, ended=gone))}
    )
    said = text(generated(MARK, ended)["index.html"])
    assert "现在没有可用的一期，已发布的都已撤回或清除。" in said
    assert "已更正，见2026年三季度（更正1）（已撤回）。" in said


def test_the_index_offers_pdf_archive_and_their_sums_of_what_is_there(listing: Listing) -> None:
    page = generated(MARK, listing)["index.html"].decode()
    for edition in ("2026-Q2", "2026-Q3", "2026-Q3.1"):
        assert f'href="{edition}/pdf/book.pdf"' in page
        assert f'href="archive/{edition}.tar.gz"' in page
    assert "archive/2026-Q1" not in page
    assert listing.entries[0].manifest not in page
    assert page.count(listing.entries[1].manifest) == 1


def test_an_empty_site_says_so_and_leads_to_its_index() -> None:
    files = generated(MARK, Listing())
    assert "还没有发布过" in files["index.html"].decode()
    assert 'url=../index.html"' in files["latest/index.html"].decode()
    assert "现在没有可用的一期" in files["latest/index.html"].decode()


def test_an_internal_site_and_a_demonstration_say_so_on_every_page(listing: Listing) -> None:
    mark = MARK.model_copy(update={"visibility": "internal", "notice": "示例数据：编造"})
    files = generated(mark, listing)
    pages = [path for path in files if path.endswith(".html")]
    assert pages == ["index.html", "latest/index.html", "2026-Q1/index.html"]
    for path in pages:
        assert "示例数据：编造" in files[path].decode()
        assert "内部版：含不公开的内容，不得外传。" in files[path].decode()
    assert (
        b"\xe4\xb8\x8d\xe5\xbe\x97\xe5\xa4\x96\xe4\xbc\xa0"
        not in generated(MARK, listing)["index.html"]
    )


def test_the_same_listing_gives_the_same_bytes(listing: Listing) -> None:
    assert generated(MARK, listing) == generated(MARK, Listing.from_json(listing.to_json()))


def test_what_people_wrote_is_text_everywhere(press: Press) -> None:
    said: dict[str, Any] = dict.fromkeys(("label", "headline", "prepared_by", "override"), HOSTILE)
    ended = Ended(at=NOON, reason=HOSTILE)
    one = press.made(Q1, "a", **said)[0].with_(state=EntryState.WITHDRAWN, ended=ended)
    mark = MARK.model_copy(update={"title": HOSTILE, "notice": HOSTILE})
    purged = press.made(Q2, **said)[0].with_(state=EntryState.PURGED, ended=ended, archive=None)
    shown = press.made(Q3, "a", **said)[0]
    dates = (NextDate(label=HOSTILE, date=dt.date(2027, 2, 20)),)
    files = generated(mark, Listing(entries=(one, purged, shown), next_dates=dates))
    for path, content in files.items():
        if not path.endswith(".json"):
            assert b"<script>alert" not in content, path
    assert "\u2028" not in files["editions.js"].decode()
    assert known_to_pages(files["editions.js"])["editions"][0]["label"] == HOSTILE
    ElementTree.fromstring(files["feed.xml"])


def feed(mark: SiteMark, listing: Listing) -> ElementTree.Element:
    return ElementTree.fromstring(generated(mark, listing)["feed.xml"])


def values(element: ElementTree.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.iter(f"{ATOM}{name}")]


def test_the_feed_has_what_atom_asks_for(listing: Listing) -> None:
    root = feed(MARK, listing)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = element.findall(f"{ATOM}{name}")
            assert len(found) == 1, name
            assert found[0].text
        assert element.findall(f"{ATOM}author/{ATOM}name")
    ids = values(root, "id")
    assert len(set(ids)) == len(ids) == 7
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id) for id in ids)
    times = values(root, "updated") + values(root, "published")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time) for time in times)
    assert root.findtext(f"{ATOM}updated") == max(times)
    assert feed(MARK, Listing()).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_feed_tells_of_corrections_and_withdrawals_in_entries_of_their_own(
    listing: Listing,
) -> None:
    entries = feed(MARK, listing).findall(f"{ATOM}entry")
    told = [(e.findtext(f"{ATOM}title"), e.findtext(f"{ATOM}summary")) for e in entries]
    assert told == [
        ("撤回2026年二季度", "2026年二季度已撤回：理由2"),
        ("清除2026年一季度", "2026年一季度已清除：理由1"),
        ("2026年三季度（更正1）", "更正2026年三季度：一家单位更正了报送"),
        ("2026年三季度", "47项目标中，8项已达成、32项达序时。"),
        ("2026年二季度（已撤回）", "已撤回。"),
        ("2026年一季度（已清除）", "已清除。"),
    ]


def test_ids_of_the_feed_stay_and_differ_between_sites(press: Press) -> None:
    one, two = press.made(Q1)[0], press.made(Q2)[0]
    before = values(feed(MARK, Listing(entries=(one,))), "id")
    assert values(feed(MARK, Listing(entries=(one, two))), "id")[::2] == before
    other = MARK.model_copy(update={"visibility": "internal"})
    assert not set(values(feed(other, Listing(entries=(one,))), "id")) & set(before)


def test_a_time_of_another_zone_is_told_in_utc(press: Press) -> None:
    east = dt.timezone(dt.timedelta(hours=8))
    entry = press.made(Q1, released=dt.datetime(2026, 10, 21, 1, tzinfo=east))[0]
    listing = Listing(entries=(entry,))
    assert values(feed(MARK, listing), "published") == ["2026-10-20T17:00:00Z"]
    assert "2026年10月21日发布" in text(generated(MARK, listing)["index.html"])


def test_the_script_names_each_page_once(press: Press) -> None:
    entries = [press.made(edition, *"abcdefgh")[0] for edition in (Q1, Q2, Q3)]
    script = generated(MARK, Listing(entries=tuple(entries)))["editions.js"]
    assert script.count(b"goals/h.html") == 1
    assert [edition["lacks"] for edition in known_to_pages(script)["editions"]] == [[], [], []]


def test_the_script_fetches_nothing_and_evaluates_nothing() -> None:
    script = (module.ASSETS / "editions.js").read_text(encoding="utf-8")
    assert not re.search(
        r"\b(fetch\(|XMLHttpRequest|import\(|eval\(|innerHTML|document\.write)", script
    )


def variables(css: str, start: str) -> dict[str, str]:
    block = css.partition(start)[2].partition("}")[0]
    return dict(re.findall(r"(--pb-[\w-]+): ([^;]+);", block))


def test_the_sites_pages_and_script_have_the_colours_of_the_book(listing: Listing) -> None:
    book = (LOOK / "palette.css").read_text(encoding="utf-8")
    assert book in generated(MARK, listing)["index.html"].decode("utf-8")
    light = variables(book, ":root {")
    for rating in Rating:
        assert f"--pb-{rating.name.lower().replace('_', '-')}" in light
    script = (module.ASSETS / "editions.js").read_text(encoding="utf-8")
    asked = re.findall(r"var\((--pb-[\w-]+), (#\w+)\)", script)
    assert asked
    for name, colour in asked:
        assert colour == light[name], name


def test_ratings_stand_from_best_to_worst() -> None:
    assert [rating.value for rating in ORDER[:3]] == ["已达成", "达成待稳", "达序时"]
    assert ORDER[-1] is Rating.NOT_ASSESSABLE
    assert sorted(ORDER) == sorted(Rating)


def test_the_listing_on_the_site_is_json_for_others(listing: Listing) -> None:
    known = json.loads(generated(MARK, listing)["editions.json"])
    assert known["format"] == 1
    assert [e["state"] for e in known["entries"]] == [
        "purged",
        "withdrawn",
        "corrected",
        "published",
    ]
    assert known["entries"][3]["corrects"] == "2026-Q3"
    assert Entry.model_validate(known["entries"][3]) == listing.entries[3]
