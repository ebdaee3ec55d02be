"""What speaks against an act on a site, all of it at once: yields problems, changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from planbook.errors import Problem
from planbook.made_of import sha256
from planbook.periods import Edition
from planbook.publish.entries import Archive, Entry, EntryState, Listing
from planbook.publish.manifests import (
    MANIFEST,
    differences,
    pages_of,
    read_manifest,
    sha256_of,
)


def against_adding(listing: Listing, entry: Entry) -> Iterator[Problem]:
    """Yield why this edition cannot be added to these."""
    where = f"editions.json: {entry.edition}"
    there = listing.get(entry.edition)
    if there is not None and there.state.is_ended:
        what = f"{there.label}已在站点上{_ended(there)}，不能再发布"
        yield Problem(what, where, "有新内容的，发布更正版或下一期")
    elif there is not None:
        fix = "已发布的内容不能替换。有错的发布更正版；不是同一个站点的，核对 --to"
        yield Problem(f"{there.label}已经发布，内容与这次的不同", where, fix)
    yield from against_time(listing, entry.released)


def against_ending(
    listing: Listing, edition: Edition, state: EntryState, reason: str, at: dt.datetime
) -> Iterator[Problem]:
    """Yield why this edition cannot be withdrawn or purged, as `state` says."""
    where = f"editions.json: {edition}"
    if not reason.strip():
        yield Problem("没有写明理由", where, "用 --reason 写明；理由会公布")
    there = listing.get(edition)
    if there is None:
        known = "、".join(str(entry.edition) for entry in listing.entries) or "无"
        yield Problem(f"站点上没有 {edition}", where, f"站点上现有：{known}")
    elif there.state is EntryState.PURGED or there.state is state:
        said = there.ended.reason if there.ended else ""
        yield Problem(f"{there.label}已{_ended(there)}，理由是「{said}」", where, "无需再做")
    yield from against_time(listing, at)


def against_time(listing: Listing, at: dt.datetime) -> Iterator[Problem]:
    """Yield that the clock runs backwards, if it does."""
    newest = listing.newest_act
    if newest is not None and at < newest:
        what = f"本机时间 {at:%Y-%m-%d %H:%M %z} 早于站点上最近一次操作 {newest:%Y-%m-%d %H:%M %z}"
        yield Problem(what, "editions.json", "校准本机的日期、时间和时区，再运行一次")


def against_files(entry: Entry, book: Path, archive: Path) -> Iterator[Problem]:
    """Yield what makes book and archive other ones than the entry says."""
    fix = "重新运行 python -m planbook publish preview，看过后再发布；其间不要改动其中的文件"
    try:
        data = (book / MANIFEST).read_bytes()
        manifest = read_manifest(data)
    except (OSError, ValueError):
        yield Problem("书中没有可用的文件清单", (book / MANIFEST).as_posix(), fix)
        return
    sizes = {
        path.relative_to(book).as_posix(): path.stat().st_size
        for path in book.rglob("*")
        if path.is_file() and path != book / MANIFEST
    }
    for what in differences(manifest, sizes, lambda path: sha256_of(book / path)):
        yield Problem(f"书与它的文件清单不符，{what}", book.as_posix(), fix)
    if sha256(data) != entry.manifest or pages_of(manifest) != entry.pages:
        yield Problem("这不是要发布的那本书", book.as_posix(), fix)
    if entry.pdf and entry.pdf not in manifest:
        yield Problem(f"书中没有 {entry.pdf}", book.as_posix(), fix)
    packed = archive.is_file() and Archive(sha256=sha256_of(archive), size=_size(archive))
    if packed != entry.archive:
        yield Problem("存档缺失，或不是这本书的", archive.as_posix(), fix)


def _size(path: Path) -> int:
    return max(1, path.stat().st_size)


def _ended(entry: Entry) -> str:
    return "撤回" if entry.state is EntryState.WITHDRAWN else "清除"
