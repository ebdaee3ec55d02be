"""What ``preview`` does: prepare the book to be published, and tell what it would change."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import click
from bs4 import BeautifulSoup

from planbook.editions import Correcting, EditionState, Register
from planbook.made_of import MadeOf
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.preview_page import (
    Point,
    data_points,
    goal_point,
    page_point,
    preview_page,
    preview_text,
)
from planbook.publish.manifests import seal
from planbook.put_in_place import write_whole
from planbook.run.build import build_book
from planbook.run.known_sites import reachable, sites_of
from planbook.run.opening import open_workspace
from planbook.run.pipeline import judged_book
from planbook.run.publication import (
    Publication,
    Shelf,
    Source,
    edition_of,
    publication_of,
    published_book,
)
from planbook.run.telling import teller_of
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace


def preview(*, dataset: str, edition: str, visibility: str) -> None:
    """Prepare the book and tell what it would change; leave with code 1 while it is undecided."""
    workspace, plan = open_workspace(dataset)
    shelf = Shelf(workspace, Visibility(visibility))
    source = Source.of(workspace, plan, edition_of(edition), dt.date.today())
    previewing = _Previewing(workspace, plan, source, shelf)
    made_of = source.made_of(shelf.visibility)
    publication = previewing.prepared(made_of)
    points = tuple(previewing.points(publication))
    shelf.keep(publication.with_points(points), made_of)
    title = previewing.title
    page = preview_page(title, points, previewing.looks())
    write_whole(shelf.page, page.encode("utf-8"))
    click.echo(preview_text(title, points))
    click.echo(f"书：{shelf.book / 'index.html'}\n预览页：{shelf.page}")
    if any(point.must_be_decided for point in points):
        sys.exit(1)


@dataclass(frozen=True)
class _Previewing:
    """An edition that is looked at before it is published."""

    workspace: Workspace
    plan: Plan
    source: Source
    shelf: Shelf

    @property
    def edition(self) -> Edition:
        return self.source.edition

    @property
    def before(self) -> Edition | None:
        """The edition that readers have now: what is corrected, else the last that stands."""
        return _readers_have(self.workspace.editions, self.edition)

    @property
    def title(self) -> str:
        """What is looked at, and what it is compared with."""
        shown = (
            f"{self.workspace.dataset.title} · {self.edition.label}{self.shelf.visibility.label}版"
        )
        return f"{shown}，与{self.before.label}相比" if self.before else f"{shown}，首次发布"

    def prepared(self, made_of: MadeOf) -> Publication:
        """Return the book that lies there, if it is of just this; else build and seal it."""
        kept = self.shelf.prepared(made_of)
        if kept is not None:
            return kept
        with teller_of() as teller:
            built = build_book(
                self.source.workspace,
                self.source.plan,
                self.edition,
                visibility=self.shelf.visibility,
                publication=self.shelf.book,
                watcher=teller,
            )
        return publication_of(self.book, seal(self.shelf.book), built.pdfs)

    @cached_property
    def book(self) -> OpenBook:
        shown = self.source.workspace.of(self.shelf.visibility)
        return judged_book(shown, self.source.plan, self.edition, self.source.today)

    @cached_property
    def whole(self) -> OpenBook:
        """The internal book of the same edition."""
        return judged_book(self.source.workspace, self.source.plan, self.edition, self.source.today)

    def points(self, publication: Publication) -> Iterator[Point]:
        """Yield what changes for readers, and what has to be decided."""
        book = self.book
        before = self.before
        if before is None:
            yield goal_point(book, None, "")
        else:
            old = published_book(self.workspace, before, self.shelf.visibility)
            yield goal_point(book, old, f"{self.shelf.visibility}/")
        yield page_point(publication.pages, self._pages(before))
        whole = self.whole
        yield from data_points(book, whole, whole.commentary_notes())
        yield _methods(book)
        if self.edition.correction:
            yield _correction(self.workspace.editions, book)
        if self.shelf.visibility is Visibility.PUBLIC:
            yield self._leaks()
        pdf = () if publication.pdf else ("没有整本 PDF",)
        again = "重新运行 python -m planbook publish preview；仍没有的，看生成时的提示"
        yield Point("PDF", pdf, remedy=again, nothing="齐全。")

    def _pages(self, before: Edition | None) -> tuple[str, ...] | None:
        """Return the pages that readers have, as far as their site can be reached."""
        sites = sites_of(self.workspace.editions, before) if before else ()
        own = [site for site in sites if site.visibility is self.shelf.visibility]
        there, _ = reachable(self.workspace, self.plan, own)
        entries = (site.get(before) for _, site in there if before)
        return next((entry.pages for entry in entries if entry is not None), None)

    def _leaks(self) -> Point:
        """Return what the public book says that only the internal one may."""
        found = self.source.leaks(self.shelf.book)
        return Point(
            "不公开的内容",
            tuple(f"{problem.what}（{problem.where}）" for problem in found),
            remedy="找到写有它的点评、笔记本或说明，改正后重新预览",
            nothing="没有写进公开版。",
        )

    def looks(self) -> list[str]:
        """Return links to the prepared book's own style sheets, for a page beside its folder."""
        first = (self.shelf.book / "index.html").read_text(encoding="utf-8")
        links = BeautifulSoup(first, "html.parser").select('link[rel~="stylesheet"]')
        for link in links:
            link["href"] = f"{self.shelf.visibility}/{link['href']}"
        return [str(link) for link in links]


def _readers_have(register: Register, edition: Edition) -> Edition | None:
    corrected = register.corrects(edition)
    if corrected is not None and register.state(corrected) is not EditionState.PURGED:
        return corrected
    stand = [
        e for e in register.published if e < edition and register.state(e) is EditionState.PUBLISHED
    ]
    return stand[-1] if stand else None


def _methods(book: OpenBook) -> Point:
    rows = [row for row in book.rows.method_changes if row.edition == book.edition]
    told = (f"{row.key}：{row.was or '无'} → {row.now or '无'}" for row in rows)
    return Point("方法和方案的变化", tuple(told), nothing="没有变化。")


def _correction(register: Register, book: OpenBook) -> Point:
    """Return what a correction edition corrects, and why it was begun."""
    names = {view.id: view.name for view in book.views.values()}
    why = next(
        act.reason
        for act in register.acts
        if isinstance(act, Correcting) and act.edition == book.edition
    )
    rows = book.rows.edition_corrections
    told = (f"{names.get(row.goal_id, row.goal_id)}：{row.what}（{row.reason}）" for row in rows)
    nothing = "没有一项目标与所更正的一期不同。"
    return Point(f"更正的内容，理由是「{why}」", tuple(told), nothing=nothing)
