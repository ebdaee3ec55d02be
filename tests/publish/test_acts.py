"""What acts do to a site and what they refuse, in a folder and in a remote place alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from planbook.errors import ProblemsFound
from planbook.publish.acts import Site
from planbook.publish.entries import EntryState, Listing
from planbook.publish.manifests import seal
from tests.publish.conftest import Place
from tests.publish.sites import (
    MARK,
    NOON,
    Q1,
    Q2,
    Q3,
    Q3_1,
    Q3_2,
    Q4,
    Press,
    broken,
    known_to_pages,
)

PAGES = ("index.html", "search.html", "goals/a.html")


def hours(number: float) -> dt.datetime:
    return NOON + dt.timedelta(hours=number)


def states(site: Site) -> dict[str, str]:
    return {str(entry.edition): entry.state.value for entry in site.entries}


def refused(place: Place, act: Callable[[], object], *words: str) -> None:
    """The act is refused with these words, and nothing has changed."""
    before = place.contents()
    with pytest.raises(ProblemsFound) as found:
        act()
    for word in words:
        assert word in str(found.value)
    assert place.contents() == before


@pytest.fixture
def site(place: Place, press: Press) -> Site:
    """Two editions, the second on the site's newest act at one hour after noon."""
    made = place.site()
    press.publish(made, Q1, "a")
    press.publish(made, Q3, "a", hours=1)
    return made


def test_readers_are_led_to_all_editions_and_the_newest(site: Site, place: Place) -> None:
    pages = {f"{e}/{page}": str(e) for e in (Q1, Q3) for page in PAGES}
    assert broken(place.read, pages) == []
    latest = (place.read("latest/index.html") or b"").decode()
    assert 'content="0; url=../2026-Q3/index.html"' in latest
    known = known_to_pages(place.read("editions.js") or b"")
    assert [e["id"] for e in known["editions"]] == ["2026-Q3", "2026-Q1"]
    assert known["latest"] == "2026-Q3"
    assert place.site().verify() == []
    assert place.site().entries == site.entries


def test_published_bytes_are_those_of_the_book(site: Site, place: Place, press: Press) -> None:
    _, book, archive = press.made(Q3, "a")
    files = place.contents()
    for path in book.rglob("*"):
        if path.is_file():
            assert files[f"2026-Q3/{path.relative_to(book).as_posix()}"] == path.read_bytes()
    assert files["archive/2026-Q3.tar.gz"] == archive.read_bytes()


def test_a_correction_marks_what_it_corrects(site: Site, place: Place, press: Press) -> None:
    press.publish(site, Q3_1, "a", "b", hours=2)
    assert states(site) == {
        "2026-Q1": "published",
        "2026-Q3": "corrected",
        "2026-Q3.1": "published",
    }
    corrected = site.get(Q3)
    assert corrected is not None
    assert corrected.corrected_by == Q3_1
    known = known_to_pages(place.read("editions.js") or b"")
    assert known["latest"] == "2026-Q3.1"
    by_id = {edition["id"]: edition for edition in known["editions"]}
    assert by_id["2026-Q3"]["correctedBy"] == "2026-Q3.1"
    assert [known["pages"][n] for n in by_id["2026-Q3"]["lacks"]] == ["goals/b.html"]
    index = (place.read("index.html") or b"").decode()
    assert "更正2026年三季度：一家单位更正了报送。" in index
    assert '已更正，见<a href="2026-Q3.1/index.html">' in index


def test_an_edition_that_is_there_keeps_its_time(site: Site, place: Place, press: Press) -> None:
    before = place.contents()
    entry = press.publish(place.site(), Q1, "a", hours=5)
    assert entry.released == NOON
    assert place.contents() == before


def test_an_edition_that_is_there_is_not_replaced(site: Site, place: Place, press: Press) -> None:
    refused(place, lambda: press.publish(site, Q3, "a", "b", hours=5), "已经发布，内容与这次的不同")


def test_a_clock_that_runs_backwards_is_refused(site: Site, place: Place, press: Press) -> None:
    refused(place, lambda: press.publish(site, Q4, hours=0.5), "早于站点上最近一次操作", "校准")
    refused(place, lambda: site.withdraw(Q1, "算错", hours(0.5)), "校准")
    site.withdraw(Q1, "算错", hours(3))
    refused(place, lambda: press.publish(site, Q4, hours=2), "校准")


def chain(site: Site) -> dict[str, tuple[str, str]]:
    """Return what each edition of the third quarter corrects here, and what corrects it."""
    return {
        str(e.edition): (str(e.corrects or ""), str(e.corrected_by or ""))
        for e in site.entries
        if e.edition.base == Q3
    }


def test_a_second_correction_corrects_the_first(site: Site, press: Press) -> None:
    press.publish(site, Q3_1, "a", hours=2)
    press.publish(site, Q3_2, "a", hours=3)
    assert states(site)["2026-Q3.1"] == "corrected"
    assert chain(site) == {
        "2026-Q3": ("", "2026-Q3.1"),
        "2026-Q3.1": ("2026-Q3", "2026-Q3.2"),
        "2026-Q3.2": ("2026-Q3.1", ""),
    }


def test_a_correction_corrects_what_this_site_has(site: Site, place: Place, press: Press) -> None:
    there = press.publish(site, Q3_2, "a", hours=2)  # the first correction never came here
    assert there.corrects == Q3
    assert chain(site) == {"2026-Q3": ("", "2026-Q3.2"), "2026-Q3.2": ("2026-Q3", "")}
    assert place.site().verify() == []
    press.publish(site, Q3_1, "a", hours=3)  # and comes late
    assert states(site)["2026-Q3.1"] == "corrected"
    assert [by for _, by in chain(site).values()] == ["2026-Q3.1", "2026-Q3.2", ""]
    assert known_to_pages(place.read("editions.js") or b"")["latest"] == "2026-Q3.2"


def test_a_correction_may_come_to_a_site_without_what_it_corrects(
    place: Place, press: Press
) -> None:
    site = place.site()
    there = press.publish(site, Q3_1, "a")
    assert (there.corrects, there.reason) == (None, "一家单位更正了报送")
    index = (place.read("index.html") or b"").decode()
    assert "更正2026年三季度：一家单位更正了报送。" in index
    assert "更正2026年三季度：一家单位更正了报送" in (place.read("feed.xml") or b"").decode()
    pages = {f"{Q3_1}/{page}": str(Q3_1) for page in PAGES}
    assert broken(place.read, pages) == []
    assert place.site().verify() == []
    again = press.publish(place.site(), Q3_1, "a", hours=2)
    assert again == there


def test_what_is_withdrawn_or_purged_here_is_corrected_all_the_same(
    site: Site, place: Place, press: Press
) -> None:
    site.withdraw(Q3, "口径有误", hours(2))
    press.publish(site, Q3_1, "a", hours=3)
    site.purge(Q3_1, "误载个人信息", hours(4))
    press.publish(site, Q3_2, "a", hours=5)
    assert states(site) == {
        "2026-Q1": "published",
        "2026-Q3": "withdrawn",
        "2026-Q3.1": "purged",
        "2026-Q3.2": "published",
    }
    assert place.site().verify() == []


def test_a_withdrawn_edition_keeps_its_bytes_and_is_marked(site: Site, place: Place) -> None:
    before = place.contents()
    site.withdraw(Q3, " 口径有误 ", hours(2))
    assert states(site) == {"2026-Q1": "published", "2026-Q3": "withdrawn"}
    after = place.contents()
    for path in before:
        if path.startswith(("2026-", "archive/")):
            assert after[path] == before[path]
    assert "../2026-Q1/index.html" in after["latest/index.html"].decode()
    assert "口径有误" in after["index.html"].decode()
    known = known_to_pages(after["editions.js"])
    assert known["editions"][0]["reason"] == "口径有误"
    assert place.site().verify() == []


def test_withdrawing_again_changes_nothing(site: Site, place: Place) -> None:
    site.withdraw(Q3, "口径有误", hours(2))
    before = place.contents()
    assert place.site().withdraw(Q3, "口径有误", hours(3)).ended == site.entries[-1].ended
    assert place.contents() == before
    refused(place, lambda: site.withdraw(Q3, "别的理由", hours(3)), "理由是「口径有误」")


def test_only_what_is_there_is_withdrawn_and_with_a_reason(site: Site, place: Place) -> None:
    refused(
        place, lambda: site.withdraw(Q2, " ", hours(2)), "没有写明理由", "现有：2026-Q1、2026-Q3"
    )
    refused(place, lambda: site.purge(Q2, "泄密", hours(2)), "站点上没有 2026-Q2")


def test_a_withdrawn_edition_is_not_published_again(site: Site, place: Place, press: Press) -> None:
    site.withdraw(Q3, "口径有误", hours(2))
    refused(place, lambda: press.publish(site, Q3, "a", hours=3), "撤回，不能再发布")


def test_nothing_of_a_purged_edition_is_left_but_the_reason(place: Place, press: Press) -> None:
    site = place.site()
    secret = "张三13800001234"
    press.publish(site, Q1, "a")
    press.publish(site, Q3, secret, hours=1, headline=f"{secret}。")
    assert any(secret.encode() in c for c in place.contents().values())
    site.purge(Q3, "误载个人信息", hours(2))
    files = place.contents()
    assert not [path for path, c in files.items() if secret.encode() in c or secret in path]
    assert [path for path in files if "2026-Q3" in path] == ["2026-Q3/index.html"]
    assert "本期已清除：误载个人信息。" in files["2026-Q3/index.html"].decode()
    assert known_to_pages(files["editions.js"])["latest"] == "2026-Q1"
    assert place.site().verify() == []
    again = place.site().purge(Q3, "误载个人信息", hours(4))
    assert again.ended is not None
    assert again.ended.at == hours(2)
    refused(place, lambda: site.withdraw(Q3, "算错", hours(3)), "已清除")


def test_a_withdrawn_edition_can_still_be_purged(site: Site) -> None:
    site.withdraw(Q3, "口径有误", hours(2))
    assert site.purge(Q3, "误载个人信息", hours(3)).state is EntryState.PURGED


def test_dates_to_come_are_announced_and_replaced(site: Site, place: Place, press: Press) -> None:
    site.next_dates([("2026年四季度", dt.date(2027, 2, 20))])
    assert "2027年2月20日" in (place.read("index.html") or b"").decode()
    site.add(*press.made(Q4, hours=2), next_dates=[("2027年一季度", dt.date(2027, 5, 20))])
    index = (place.read("index.html") or b"").decode()
    assert "2027年5月20日" in index
    assert "2027年2月20日" not in index


def test_a_new_title_is_taken_over(site: Site, place: Place) -> None:
    other = place.site(MARK.model_copy(update={"title": "新的名称"}))
    assert other.verify() == []
    other.next_dates([])
    assert "新的名称" in (place.read("index.html") or b"").decode()
    assert place.site().verify() == []


def test_another_plan_dataset_and_visibility_are_told_at_once(site: Site, place: Place) -> None:
    other = MARK.model_copy(update={"plan": "x", "dataset": "live", "visibility": "internal"})
    refused(
        place,
        lambda: place.site(other),
        "plan，这次是 x",
        "demo，这次是 live",
        "公开版，这次是内部版",
    )


def test_a_place_with_something_else_is_not_taken(place: Place) -> None:
    place.put("readme.txt", b"of others")
    place.put("CNAME", b"example.org")
    refused(place, place.site, "这不是本程序的发布站点")


def test_a_place_with_what_hosts_ask_for_may_become_a_site(place: Place, press: Press) -> None:
    place.put("CNAME", b"example.org")
    place.put(".git/HEAD", b"ref: refs/heads/main")
    press.publish(place.site(), Q1)
    files = place.contents()
    assert (files["CNAME"], files[".git/HEAD"]) == (b"example.org", b"ref: refs/heads/main")


@pytest.mark.parametrize(
    ("path", "change", "word"),
    [
        ("site.json", lambda data: b"{", "不是完整的 JSON"),
        ("site.json", lambda data: data.replace(b'"format": 1', b'"format": 2'), "更新的版本"),
        ("site.json", lambda data: data.replace(b'"plan"', b'"plans"'), "内容有误：plan"),
        ("editions.json", lambda data: data[:-20], "不是完整的 JSON"),
        ("editions.json", lambda data: data.replace(b"2026-Q1", b"2026-Q2"), "被人改过"),
        ("editions.json", lambda data: data.replace(b'"format": 1', b'"format": 2'), "更新的版本"),
    ],
)
def test_an_edited_record_of_the_site_is_refused(
    site: Site, place: Place, path: str, change: Callable[[bytes], bytes], word: str
) -> None:
    data = place.read(path)
    assert data is not None
    place.put(path, change(data))
    refused(place, place.site, word, path)


def test_a_site_without_its_record_is_refused(site: Site, place: Place) -> None:
    place.delete("editions.json")
    refused(place, place.site, "editions.json 不见了")


def test_a_site_that_was_changed_meanwhile_is_refused(
    site: Site, place: Place, press: Press
) -> None:
    other = place.site()
    press.publish(other, Q4, hours=2)
    refused(place, lambda: site.withdraw(Q1, "算错", hours(3)), "已被改动")
    refused(place, lambda: press.publish(site, Q2, hours=3), "已被改动")


def _cut(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-10])


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        (lambda book, archive: (book / "index.html").unlink(), "缺少文件1个：index.html"),
        (lambda book, archive: (book / "more.html").touch(), "多出文件1个：more.html"),
        (lambda book, archive: (book / "search.html").write_bytes(b""), "内容有变的文件1个"),
        (lambda book, archive: (book / "manifest.json").unlink(), "没有可用的文件清单"),
        (lambda book, archive: (book / "manifest.json").write_bytes(b"{}"), "没有可用的文件清单"),
        (lambda book, archive: _cut(archive), "存档缺失，或不是这本书的"),
        (lambda book, archive: archive.unlink(), "存档缺失，或不是这本书的"),
        (lambda book, archive: archive.write_bytes(b""), "存档缺失，或不是这本书的"),
    ],
)
def test_a_book_that_is_not_as_it_was_sealed_is_refused(
    site: Site, place: Place, press: Press, damage: Callable[[Path, Path], object], word: str
) -> None:
    entry, book, archive = press.made(Q4, "a", hours=2)
    damage(book, archive)
    refused(place, lambda: site.add(entry, book, archive), word, "planbook publish preview")


def test_a_book_sealed_anew_is_another_one(site: Site, place: Place, press: Press) -> None:
    entry, book, archive = press.made(Q4, "a", hours=2, pdf="pdf/other.pdf")
    (book / "more.html").write_bytes(b"")
    seal(book)
    refused(
        place, lambda: site.add(entry, book, archive), "这不是要发布的那本书", "没有 pdf/other.pdf"
    )


def test_nothing_is_published_beside_an_edition_that_lost_a_file(
    site: Site, place: Place, press: Press
) -> None:
    place.delete("2026-Q1/search.html")
    place.put("archive/2026-Q3.tar.gz", b"cut")
    refused(
        place,
        lambda: press.publish(site, Q4, hours=2),
        "2026年一季度缺少文件1个：search.html",
        "2026年三季度的存档大小不对：3字节",
    )
    site.purge(Q1, "误载个人信息", hours(2))


def test_a_listing_on_the_site_is_what_the_acts_made_of_it(site: Site, place: Place) -> None:
    assert Listing.from_json(place.read("editions.json") or b"").entries == site.entries
