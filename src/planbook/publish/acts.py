"""Acts on a site: add an edition, withdraw it, purge it, verify what lies there.

What commands call. An act looks at everything that speaks against it, changes the `Listing`, and
has the place write what follows from it; whoever is killed or refused leaves what was there, and
the same act again completes it. Nothing here knows of registers or workspaces.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.publish.entries import (
    Ended,
    Entry,
    EntryState,
    Listing,
    NewerFormat,
    NextDate,
    SiteMark,
    read_mark,
)
from planbook.publish.folder import Folder
from planbook.publish.generated import generated
from planbook.publish.places import LISTING, MARK, SWITCHER, Change, NewBook, Place, is_url, telling
from planbook.publish.refusals import against_adding, against_ending, against_files
from planbook.publish.remote import Remote
from planbook.publish.verifying import edition_problems, found_in, site_problems, unknown_to_site
from planbook.put_in_place import needs_mending
from planbook.vocabulary import Visibility

FROM_BACKUP = "不要手工修改：从备份恢复这个文件，站点上的各期没有改动"
# What may lie in a folder that is to become a site: what hosts of sites ask for.
FRESH = frozenset({".git", ".gitattributes", ".nojekyll", "CNAME", "robots.txt", "lost+found"})

# What is left of what a purged edition said.
_NOTHING: Mapping[str, object] = {
    "archive": None,
    "pages": (),
    "pdf": "",
    "counts": {},
    "headline": "",
}


def open_site(to: str, mark: SiteMark) -> Site:
    """Open the site at a local path or a URL that fsspec knows; it need not exist yet.

    Raises
    ------
    ProblemsFound
        If what lies there is not ours, belongs to another plan, dataset or visibility, was
        written by a newer version, or its ``editions.json`` was edited.
    """
    with telling(to):
        place = place_at(to)
        found = _checked_mark(place, mark)
        data = place.read(LISTING)
        return Site(place, mark, found, _listing(place, data), data)


class Site:
    """A site as it was when it was opened; each act leaves it as it then is."""

    def __init__(
        self, place: Place, mark: SiteMark, found: SiteMark, listing: Listing, data: bytes | None
    ) -> None:
        self._place, self._mark, self._found = place, mark, found  # titles may differ
        self._listing, self._data = listing, data

    @property
    def where(self) -> str:
        return self._place.where

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The editions, oldest first."""
        return self._listing.entries

    def get(self, edition: Edition) -> Entry | None:
        """Return the entry of an edition, if the site has it."""
        return self._listing.get(edition)

    def add(
        self,
        entry: Entry,
        book: Path,
        archive: Path,
        next_dates: Iterable[tuple[str, dt.date]] | None = None,
    ) -> Entry:
        """Publish a sealed book with its archive; what it corrects here, if anything, is marked.

        Returned is the entry as it stands on the site. An edition that is there already with the
        same bytes keeps its time, and what an interrupted run left undone is completed.

        Raises
        ------
        ProblemsFound
            If the edition is there with other bytes, the book is not as it was sealed, `entry` is
            older than the newest act, an edition that is there lost files, the site was changed
            meanwhile, another publishes, or the disk is full.
        """
        there = self.get(entry.edition)
        if there is not None and not there.state.is_ended and _same_bytes(there, entry):
            self._write(self._listing, next_dates)
            return there
        with telling(self.where):
            _refuse(
                [
                    *against_adding(self._listing, entry),
                    *against_files(entry, book, archive),
                    *self._lost(),
                ]
            )
        listing = self._listing.with_entries([entry])
        self._write(listing, next_dates, NewBook(entry.edition, book, archive))
        there = listing.get(entry.edition)
        assert there is not None  # added just now
        return there

    def withdraw(self, edition: Edition, reason: str, at: dt.datetime) -> Entry:
        """Mark an edition withdrawn; its bytes stay. Errors as `add`."""
        return self._end(edition, EntryState.WITHDRAWN, reason, at)

    def purge(self, edition: Edition, reason: str, at: dt.datetime) -> Entry:
        """Delete an edition's bytes and archive; a page with the reason takes their place."""
        return self._end(edition, EntryState.PURGED, reason, at)

    def next_dates(self, dates: Iterable[tuple[str, dt.date]]) -> None:
        """Announce editions to come, each a label and a day, instead of those announced before."""
        self._write(self._listing, dates)

    def verify(
        self, edition: Edition | None = None, manifests: Mapping[Edition, str] | None = None
    ) -> list[Problem]:
        """Return all that differs from what was published, in one edition or in all.

        `manifests` are the sha256 that the publisher's own register knows, of editions that it
        knows to be published here.
        """
        known = {e: sha for e, sha in (manifests or {}).items() if edition in (None, e)}
        with telling(self.where):
            found = found_in(self._place, edition)
            problems = list(unknown_to_site(self._place, self._listing, known))
            for entry in self.entries:
                if edition in (None, entry.edition):
                    sha = known.get(entry.edition)
                    problems += edition_problems(self._place, found, entry, sha)
            if edition is None and self._data is not None:
                made = generated(self._found, self._listing)
                problems += site_problems(self._place, found, self._listing, made)
        return problems

    def _end(self, edition: Edition, state: EntryState, reason: str, at: dt.datetime) -> Entry:
        reason, there = reason.strip(), self.get(edition)
        if (
            there is not None
            and there.state is state
            and there.ended
            and there.ended.reason == reason
        ):
            self._write(self._listing)
            return there
        _refuse(against_ending(self._listing, edition, state, reason, at))
        assert there is not None  # looked at above
        nothing = _NOTHING if state is EntryState.PURGED else {}
        entry = there.with_(state=state, ended=Ended(at=at, reason=reason), **nothing)
        self._write(self._listing.with_entries([entry]))
        return entry

    def _lost(self) -> Iterator[Problem]:
        found = found_in(self._place)
        for entry in self.entries:
            yield from edition_problems(self._place, found, entry, every_byte=False)

    def _write(
        self,
        listing: Listing,
        next_dates: Iterable[tuple[str, dt.date]] | None = None,
        new: NewBook | None = None,
    ) -> None:
        if next_dates is not None:
            dates = tuple(NextDate(label=label, date=date) for label, date in next_dates)
            listing = listing.model_copy(update={"next_dates": dates})
        made = generated(self._mark, listing)
        purged = [e.edition for e in listing.entries if e.state is EntryState.PURGED]
        with telling(self.where), self._place.alone():
            self._place.write(Change(self._data, made, new, tuple(purged)))
        self._found, self._listing, self._data = self._mark, listing, made[LISTING]


def _same_bytes(there: Entry, entry: Entry) -> bool:
    return (there.manifest, there.archive) == (entry.manifest, entry.archive)


def _refuse(problems: Iterable[Problem], subject: str = "发布") -> None:
    found = list(problems)
    if found:
        raise ProblemsFound(subject, found)


def place_at(to: str) -> Place:
    """Return the place at a local path or a URL that fsspec knows."""
    parts = urlsplit(to)
    if parts.scheme == "file":
        return _folder(Path(url2pathname(parts.path)))
    if not is_url(to):
        return _folder(Path(to))
    from fsspec.core import url_to_fs  # noqa: PLC0415 - remote places only

    try:
        fs, root = url_to_fs(to)
    except ValueError as error:
        fix = "核对网址开头的协议名；本机的文件夹直接写路径"
        raise ProblemsFound("站点", [Problem(f"不认识这种位置：{error}", to, fix)]) from error
    return Remote(fs, root.rstrip("/"), to.rstrip("/"))


def _folder(path: Path) -> Folder:
    folder = Folder(path.resolve())
    if not folder.root.name:
        fix = "改用其中的一个子文件夹"
        raise ProblemsFound("站点", [Problem("站点不能是盘符或根目录本身", folder.where, fix)])
    if folder.root.exists() and not folder.root.is_dir():
        fix = "核对 --to：站点是一个文件夹"
        raise ProblemsFound("站点", [Problem("是文件，不是文件夹", folder.where, fix)])
    if needs_mending(folder.root):
        with folder.alone():  # which mends it, and waits for nobody who is just at it
            pass
    return folder


def _checked_mark(place: Place, mark: SiteMark) -> SiteMark:
    """Return what ``site.json`` says, `mark` where there is no site yet; refuse another's site."""
    where = f"{place.where}/{MARK}"
    with _readable(where):
        data = place.read(MARK)
        found = read_mark(data) if data is not None else None
    if found is None:
        names = {path.partition("/")[0] for path in place.sizes()}
        if names - FRESH:
            what = "这不是本程序的发布站点，其中有别的文件"
            fix = "核对 --to；要在这里新建站点，请换一个空文件夹"
            raise ProblemsFound("站点", [Problem(what, place.where, fix)])
        return mark
    named = {"plan": "方案", "dataset": "数据集", "visibility": "范围（公开版、内部版）"}
    fix = "一个站点只放一个方案、一个数据集的公开版或内部版：核对 --to 和命令"
    others = [
        Problem(
            f"站点属于另一个{label}：{_shown(key, there).strip()}，这次是{_shown(key, here)}",
            f"{where}: {key}",
            fix,
        )
        for key, label in named.items()
        if (there := getattr(found, key)) != (here := getattr(mark, key))
    ]
    _refuse(others, "站点")
    return found


def _shown(key: str, value: str) -> str:
    if key == "visibility" and value in set(Visibility):
        return f"{Visibility(value).label}版"
    return f" {value}"


def _listing(place: Place, data: bytes | None) -> Listing:
    where = f"{place.where}/{LISTING}"
    if data is None:
        if place.read(SWITCHER) is not None:  # which is written after it
            raise ProblemsFound("站点", [Problem("editions.json 不见了", where, FROM_BACKUP)])
        return Listing()
    with _readable(where):
        return Listing.from_json(data)


@contextmanager
def _readable(where: str) -> Iterator[None]:
    try:
        yield
    except NewerFormat as error:
        fix = "更新本程序后再试"
        problem = Problem(f"站点由更新的版本写出：{error}", where, fix)
        raise ProblemsFound("站点", [problem]) from error
    except ValueError as error:
        problem = Problem(f"无法读取：{error}", where, FROM_BACKUP)
        raise ProblemsFound("站点", [problem]) from error
