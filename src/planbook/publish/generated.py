"""All files of a site that are no editions: from its mark and its listing to bytes by path.

The same listing gives the same bytes; nothing is read but this package's own assets.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planbook.periods import day_label
from planbook.publish.entries import Entry, EntryState, Listing, SiteMark
from planbook.publish.news import corrected_label, feed_id, news, timestamp
from planbook.publish.places import LISTING, MARK, SWITCHER
from planbook.vocabulary import Rating

ASSETS = Path(__file__).parent / "assets"
STATES = {
    EntryState.CORRECTED: "已更正",
    EntryState.WITHDRAWN: "已撤回",
    EntryState.PURGED: "已清除",
}
ORDER = (  # best to worst, then what says neither
    *reversed(
        [rating for rating in Rating if rating not in (Rating.MISSED, Rating.NOT_ASSESSABLE)]
    ),
    Rating.MISSED,
    Rating.NOT_ASSESSABLE,
)


def generated(mark: SiteMark, listing: Listing) -> dict[str, bytes]:
    """Return content by path: first what says whose site it is, last what published pages ask."""
    newest = listing.newest
    to = f"../{newest.edition}/index.html" if newest else "../index.html"
    files = {
        MARK: mark.to_json(),
        ".nojekyll": b"",  # GitHub Pages hides folders such as _static without it
        "index.html": _index(mark, listing),
        "latest/index.html": _page("latest.html", mark, to=to, newest=newest),
        "feed.xml": _feed(mark, listing),
    }
    for entry in listing.entries:
        if entry.state is EntryState.PURGED:
            path = f"{entry.edition}/index.html"
            files[path] = _page("tombstone.html", mark, entry=entry)
    return {**files, LISTING: listing.to_json(), SWITCHER: switcher(listing)}


def switcher(listing: Listing) -> bytes:
    """Return ``editions.js``: what every published page loads, newest edition first.

    Addresses of pages are named once; an edition says which it `lacks`.
    """
    pages = sorted({page for entry in listing.entries for page in entry.pages})
    data = {
        "latest": str(listing.newest.edition) if listing.newest else "",
        "pages": pages,
        "editions": [_known(entry, pages) for entry in reversed(listing.entries)],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    script = (ASSETS / "editions.js").read_text(encoding="utf-8")
    return f"window.planbookEditions = {_in_script(text)};\n{script}".encode()


def _known(entry: Entry, pages: list[str]) -> dict[str, Any]:
    own = set(entry.pages)
    return {
        "id": str(entry.edition),
        "label": entry.label,
        "state": entry.state.value,
        "correctedBy": str(entry.corrected_by or ""),
        "reason": entry.ended.reason if entry.ended else "",
        "lacks": [n for n, page in enumerate(pages) if page not in own] if own else [],
    }


def _index(mark: SiteMark, listing: Listing) -> bytes:
    newest = listing.newest
    rest = [entry for entry in reversed(listing.entries) if entry is not newest]
    years = groupby(rest, key=lambda entry: entry.edition.end.year)
    labels = {entry.edition: entry.label for entry in listing.entries}
    ended = {
        entry.edition: f"（{STATES[entry.state]}）" for entry in listing.entries if entry.ended
    }
    return _page(
        "index.html",
        mark,
        newest=newest,
        entries=listing.entries,
        earlier=[(year, list(of_year)) for year, of_year in years],
        next_dates=listing.next_dates,
        states=STATES,
        label=labels.__getitem__,
        ended=lambda edition: ended.get(edition, ""),
        corrected=lambda entry: corrected_label(listing, entry),
        ratings=_ratings,
        megabytes=lambda size: f"{max(size / 1e6, 0.1):.1f} MB",
    )


def _ratings(entry: Entry) -> Iterator[tuple[Rating, int]]:
    return ((rating, entry.counts[rating]) for rating in ORDER if entry.counts.get(rating))


def _feed(mark: SiteMark, listing: Listing) -> bytes:
    entries = news(mark, listing)
    updated = max((item.updated for item in entries), default=timestamp(dt.datetime(1970, 1, 1)))
    return _page("feed.xml", mark, id=feed_id(mark), updated=updated, entries=entries)


def _page(template: str, mark: SiteMark, **shown: object) -> bytes:
    return rendered(template, site=mark, **shown)


def rendered(template: str, **shown: object) -> bytes:
    """Return a page of this package's templates, what it shows escaped."""
    return _environment().get_template(template).render(**shown).encode("utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(ASSETS, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    look = files("planbook.produce") / "assets" / "look"
    for name, file in (
        ("palette", look / "palette.css"),
        ("css", ASSETS / "site.css"),
        ("plans_css", ASSETS / "plans.css"),
        ("plans_js", ASSETS / "plans.js"),
    ):
        made.globals[name] = Markup(file.read_text(encoding="utf-8"))
    made.globals["colour"] = lambda rating: rating.name.lower().replace("_", "-")
    made.globals["day"] = day_label
    made.globals["sentence"] = lambda text: text if text.endswith("。") else f"{text}。"
    return made


def _in_script(text: str) -> str:
    """Return JSON that ends no script element and no line of an old browser."""
    return re.sub("[<\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)
