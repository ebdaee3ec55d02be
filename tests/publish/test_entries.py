from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from pydantic import ValidationError

from planbook.publish.entries import (
    Archive,
    Ended,
    Entry,
    EntryState,
    Listing,
    NewerFormat,
    NextDate,
    read_mark,
)
from planbook.vocabulary import Rating
from tests.publish.sites import MARK, NOON, Q1, Q2, Q3, Q3_1, Q4

SHA = "0" * 64


def entry(edition: Any = Q3, **said: Any) -> Entry:
    about = {
        "label": "一期",
        "released": NOON,
        "manifest": SHA,
        "archive": Archive(sha256=SHA, size=1),
        "pages": ("index.html",),
        "counts": {Rating.MET: 1},
    }
    return Entry(edition=edition, **{**about, **said})


def test_a_listing_comes_back_as_written() -> None:
    corrected = entry(state=EntryState.CORRECTED, corrected_by=Q3_1)
    ended = Ended(at=NOON + dt.timedelta(days=1), reason="算错")
    listing = Listing(
        entries=(
            entry(Q1, state=EntryState.PURGED, archive=None, ended=ended, counts={}),
            corrected,
            entry(Q3_1, corrects=Q3, reason="更正", override="会议要用"),
        ),
        next_dates=(NextDate(label="下一期", date=dt.date(2027, 2, 20)),),
    )
    assert Listing.from_json(listing.to_json()) == listing
    assert json.loads(listing.to_json())["entries"][0]["edition"] == "2026-Q1"
    assert read_mark(MARK.to_json()) == MARK


@pytest.mark.parametrize(
    "said",
    [
        {"state": EntryState.WITHDRAWN},
        {"ended": Ended(at=NOON, reason="算错")},
        {"state": EntryState.CORRECTED},
        {"archive": None},
        {"edition": Q3_1},  # why?
        {"reason": "更正"},
        {"released": dt.datetime(2026, 10, 20)},  # of which time zone?
        {"manifest": "abc"},
        {"counts": {Rating.MET: -1}},
        {"label": ""},
        {"who": "nobody"},
    ],
)
def test_an_entry_that_contradicts_itself_is_none(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        entry(**said)


@pytest.mark.parametrize(
    "entries",
    [
        (entry(Q4), entry(Q3)),
        (entry(Q3), entry(Q3)),
        (entry(Q3_1, corrects=Q3, reason="更正"),),
        (entry(Q2), entry(Q3, corrects=Q2)),  # of another period
        (entry(Q3), entry(Q3_1, corrects=Q3, reason="更正")),
        (entry(Q3, state=EntryState.CORRECTED, corrected_by=Q3_1),),
    ],
)
def test_editions_that_contradict_each_other_are_no_listing(entries: tuple[Entry, ...]) -> None:
    with pytest.raises(ValidationError):
        Listing(entries=entries)


def test_an_edited_listing_is_refused() -> None:
    data = Listing(entries=(entry(),)).to_json()
    for old, new in ((b"\\u4e00", b""), ("一期".encode(), "二期".encode()), (b"\n", b"\r\n")):
        if old in data:
            with pytest.raises(ValueError, match="改过"):
                Listing.from_json(data.replace(old, new))
    with pytest.raises(ValueError, match="改过"):
        Listing.from_json(data.replace(SHA.encode(), b"1" * 64))
    without = json.loads(data)
    del without["sha256"]
    with pytest.raises(ValueError, match="改过"):
        Listing.from_json(json.dumps(without).encode())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "JSON"),
        (b"\xff", "JSON"),
        (b"[" * 10**6, "JSON"),
        (b"[]", "format"),
        (b"{}", "format"),
        (b'{"format": "1"}', "format"),
        (b'{"format": 1}', "校验值"),
        (b'{"format": 1, "entries": [{"edition": "Q3"}], "more": 1}', "entries.0.edition.*more"),
    ],
)
def test_what_is_no_listing_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Listing.from_json(data)


def test_a_newer_format_is_told_apart() -> None:
    with pytest.raises(NewerFormat, match="format 是 2"):
        Listing.from_json(b'{"format": 2, "new": true}')
    with pytest.raises(NewerFormat):
        read_mark(b'{"format": 2}')


def test_the_newest_that_stands_is_neither_corrected_nor_withdrawn() -> None:
    ended = Ended(at=NOON + dt.timedelta(days=2), reason="算错")
    correction = entry(Q3_1, corrects=Q3, reason="更正")
    standing = (
        entry(Q2),
        entry(Q3, state=EntryState.CORRECTED, corrected_by=Q3_1),
        correction,
        entry(Q4, state=EntryState.WITHDRAWN, ended=ended),
    )
    listing = Listing(entries=standing)
    assert listing.newest == correction
    assert listing.newest_act == ended.at
    withdrawn = correction.with_(state=EntryState.WITHDRAWN, ended=ended)
    assert listing.with_entries([withdrawn]).newest == entry(Q2)
    assert Listing().newest is None
