"""What a site's feed tells: each publication, correction, withdrawal and purge, newest first.

Ids are made from the site's mark, the edition and the act alone, so they stay the same for ever and
wherever the site lies.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from planbook.publish.entries import Entry, EntryState, Listing, SiteMark

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:planbook:editions")


@dataclass(frozen=True)
class News:
    """An entry of the feed; times as Atom writes them, in UTC."""

    id: str
    title: str
    summary: str
    href: str
    author: str
    published: str
    updated: str


def news(mark: SiteMark, listing: Listing) -> list[News]:
    """Return all that is told, newest first."""
    told = [item for entry in listing.entries for item in _of(mark, listing, entry)]
    return sorted(told, key=lambda item: (item.published, item.href), reverse=True)


def feed_id(mark: SiteMark, *more: object) -> str:
    """Return the feed's id, or that of one of its entries."""
    parts = (mark.plan, mark.dataset, mark.visibility, *more)
    return uuid.uuid5(_NAMESPACE, "\n".join(map(str, parts))).urn


def corrected_label(listing: Listing, entry: Entry) -> str:
    """Return what a correction edition corrects: an edition that is here, else its period."""
    corrected = listing.get(entry.corrects) if entry.corrects is not None else None
    return corrected.label if corrected is not None else entry.edition.base.label


def timestamp(time: dt.datetime) -> str:
    """Return a time as Atom and RFC 3339 write it."""
    utc = time.astimezone(dt.UTC) if time.tzinfo else time
    return utc.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _of(mark: SiteMark, listing: Listing, entry: Entry) -> Iterator[News]:
    edition, ended = entry.edition, entry.ended
    word = "撤回" if entry.state is EntryState.WITHDRAWN else "清除"
    summary = entry.headline or f"《{mark.title}》{entry.label}。"
    if entry.reason:
        summary = f"更正{corrected_label(listing, entry)}：{entry.reason}"
    yield News(
        id=feed_id(mark, edition, "published"),
        title=f"{entry.label}{f'（已{word}）' if ended else ''}",
        summary=f"已{word}。" if ended else summary,
        href=f"{edition}/index.html",
        author=entry.prepared_by,
        published=timestamp(entry.released),
        updated=timestamp(ended.at if ended else entry.released),
    )
    if ended is not None:
        yield News(
            id=feed_id(mark, edition, entry.state.value),
            title=f"{word}{entry.label}",
            summary=f"{entry.label}已{word}：{ended.reason}",
            href=f"{edition}/index.html" if entry.archive is None else "index.html",
            author=entry.prepared_by,
            published=timestamp(ended.at),
            updated=timestamp(ended.at),
        )
