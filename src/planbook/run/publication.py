"""A book prepared for publishing: built apart, sealed, and remembered with what it was made of.

`preview` prepares it; `add` publishes exactly these bytes, or refuses where they are not of
today's inputs any more. One for each visibility is kept, below ``_build/publication``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.editions import EditionState, Refused
from planbook.errors import Problem, UsageError
from planbook.frozen import TABLES, unpacked
from planbook.made_of import (
    MadeOf,
    Record,
    code_of,
    digest,
    digests_of,
    read_records,
    sha256,
    write_records,
)
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.preview_page import Point
from planbook.produce.gate.leaks import leaks
from planbook.project_folders import GENERATED
from planbook.publish.manifests import MANIFEST, Sealed
from planbook.put_in_place import clear
from planbook.run.freezing import as_published, frozen_workspace
from planbook.run.judged_of import tables_made_of
from planbook.run.pipeline import judged_book, shown_book
from planbook.saved import Tables
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

if TYPE_CHECKING:
    from planbook.produce.pdf.papers import MadePdf

NOT_ACCEPTABLE = "-"  # the name of what has to be put right before publishing


@dataclass(frozen=True)
class Publication:
    """What is known of a prepared book; fields of `Entry`'s names hold what stands there.

    Attributes
    ----------
    undecided
        By name of acceptance, what has to be decided before it is published.
    """

    edition: str
    manifest: str
    pages: tuple[str, ...]
    pdf: str
    counts: Mapping[str, int]
    headline: str
    undecided: Mapping[str, str]

    def with_points(self, points: Iterable[Point]) -> Publication:
        """Return it with what these points leave to be decided."""
        open_yet = {
            str(point.acceptance or NOT_ACCEPTABLE): f"{point.title}{len(point.found)}处"
            for point in points
            if point.must_be_decided
        }
        return replace(self, undecided=open_yet)


@dataclass(frozen=True)
class Shelf:
    """Where the prepared book of a visibility lies, and what lies beside it."""

    workspace: Workspace
    visibility: Visibility

    @property
    def book(self) -> Path:
        return self.workspace.build / "publication" / str(self.visibility)

    @property
    def page(self) -> Path:
        """The page that tells what would change."""
        return self._beside("-preview.html")

    @property
    def archive(self) -> Path:
        return self._beside(".tar.gz")

    @property
    def tables(self) -> Path:
        """The tables that the book shows, as the archive has them."""
        return self._beside("-data")

    @property
    def record(self) -> Path:
        return self._beside(".json")

    def keep(self, publication: Publication, made_of: MadeOf) -> None:
        """Remember what was prepared."""
        files = {MANIFEST: publication.manifest}
        write_records(self.record, {"": Record(made_of, files, asdict(publication))})

    def prepared(self, made_of: MadeOf) -> Publication | None:
        """Return what was prepared of just this, as long as its manifest is there."""
        record = read_records(self.record).get("")
        if record is None or record.made_of != made_of or not record.is_whole(self.book):
            return None
        return record.told(Publication)

    def clear(self) -> None:
        """Delete what was prepared."""
        for path in (self.record, self.page, self.archive, self.tables, self.book):
            clear(path)

    def _beside(self, ending: str) -> Path:
        return self.book.with_name(f"{self.visibility}{ending}")


@dataclass(frozen=True)
class Source:
    """What an edition is built from: today's inputs, or of a published one those frozen then.

    Attributes
    ----------
    today
        The day by which deadlines are held; of a published edition that of its first release.
    """

    workspace: Workspace
    plan: Plan
    edition: Edition
    today: dt.date

    @classmethod
    def of(cls, workspace: Workspace, plan: Plan, edition: Edition, today: dt.date) -> Source:
        """Return what may be published now, or raise `Refused`."""
        register = workspace.editions
        if register.is_published(edition):
            if register.state(edition) in (EditionState.WITHDRAWN, EditionState.PURGED):
                what = f"「{edition}」{register.state(edition)}，不能再发布"
                raise Refused(
                    what, f"editions.yaml：{edition}", "撤回的另出更正版，清除的发布下一期"
                )
            then, plan_then = as_published(workspace, plan, edition)
            return cls(then, plan_then, edition, register.publishing(edition).released)
        can = [e for e in (register.current, register.open_correction) if e is not None]
        if edition not in can:
            what, listed = f"「{edition}」现在不能发布", "、".join(map(str, can))
            raise Refused(what, f"editions.yaml：{edition}", f"可发布的是 {listed}")
        return cls(workspace, plan, edition, today)

    def leaks(self, folder: Path, texts: Mapping[str, str] | None = None) -> list[Problem]:
        """Return what files, and texts by what they are, tell the public that only we may read."""
        whole = judged_book(self.workspace, self.plan, self.edition, self.today)
        editions = whole.tables.editions
        others = editions[editions["edition"] != str(self.edition)]  # its own reason is looked at
        return leaks(
            folder,
            whole.plan,
            replace(whole.tables, editions=others),
            unit_names=self.workspace.dataset.public.unit_names,
            texts=texts,
        )

    def made_of(self, visibility: Visibility) -> MadeOf:
        """Return what its publication depends on: the tables' inputs, all sources, all code."""
        tables = tables_made_of(self.workspace, self.edition, self.today)
        written = {
            path: sha
            for path, sha in digests_of(self.workspace.book).items()
            if path.partition("/")[0] not in GENERATED
        }
        notebooks = digests_of(self.workspace.notebooks, "*.ipynb")
        config = sha256((self.workspace.root / "_config.yml").read_bytes())
        inputs = digest([tables.inputs, str(visibility), written, notebooks, config])
        return MadeOf(inputs, code_of())


def edition_of(text: str) -> Edition:
    """Return the edition that was typed."""
    try:
        return Edition.parse(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def publication_of(book: OpenBook, sealed: Sealed, pdfs: Iterable[MadePdf]) -> Publication:
    """Return what is to be known of a sealed book."""
    from planbook.produce.pdf.papers import ROOT_PAGE  # noqa: PLC0415 - only what builds typesets

    messages = book.messages()
    return Publication(
        edition=str(book.edition),
        manifest=sealed.manifest,
        pages=sealed.pages,
        pdf=next((pdf.address for pdf in pdfs if pdf.page == ROOT_PAGE), ""),
        counts=dict(Counter(str(view.verdict.rating) for view in book.views.values())),
        headline=str(messages[0]) if messages else "",
        undecided={},
    )


def published_book(workspace: Workspace, edition: Edition, visibility: Visibility) -> OpenBook:
    """Return a published edition as its readers have it: the tables that were frozen with it."""
    then, plan = frozen_workspace(workspace, edition)
    tables = Tables.read_old(unpacked(workspace, edition) / TABLES)
    return shown_book(then.of(visibility), plan, edition, tables)
