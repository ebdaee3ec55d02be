"""What a build makes for paper: PDFs, the brief in Word, the departments' packs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.present.notebook.opened import OpenBook
from planbook.produce.notebooks.jobs import Job
from planbook.run.pipeline import next_templates
from planbook.run.watching import Clock, Stage
from planbook.workspace import Workspace

if TYPE_CHECKING:
    from planbook.produce.packs.write_packs import Pack
    from planbook.produce.pdf.papers import MadePdf

# Typst is imported where something is made with it: that takes 0.2 seconds.


@dataclass
class OnPaper:
    """Begins to make what is not up to date, while the caller does something else.

    What was not begun is not made.

    Attributes
    ----------
    data
        sha256 of the edition's data.
    press
        Sets several at a time.
    note
        Told of what cannot be printed as it was sent.
    """

    workspace: Workspace
    book: OpenBook
    chapters: Sequence[Job]
    data: str
    clock: Clock
    press: Executor
    note: Callable[[str], None]
    _set: Callable[[], Sequence[MadePdf]] | None = None
    _pack: Callable[[], Sequence[Pack]] | None = None
    _pdfs: Sequence[MadePdf] = ()
    _packs: Sequence[Pack] = ()

    def begin_papers(self, refused: Collection[Path] = ()) -> None:
        """Begin to typeset the book; of `refused` pages' files, that they were not made."""
        from planbook.produce.pdf.papers import begin_papers, brief_papers, papers  # noqa: PLC0415

        end = self.clock.begin(Stage.PDFS)
        pages = papers(self.book, self.chapters, self.workspace.book, self.data, refused)
        wanted = [*pages, *brief_papers(self.book)]
        cache = self.workspace.cache / "pdf"
        begun = begin_papers(wanted, cache, self.workspace.book, executor=self.press)

        def finish() -> Sequence[MadePdf]:
            try:
                made = begun.finish()
            finally:
                end()
            for warning in dict.fromkeys(text for pdf in made for text in pdf.warnings):
                self.note(warning)
            return made

        self._set = finish

    def begin_packs(self) -> None:
        """Begin to make the packs."""
        from planbook.produce.packs.write_packs import begin_packs  # noqa: PLC0415

        end = self.clock.begin(Stage.PACKS)
        begun = begin_packs(
            self.book,
            self.workspace.packs,
            forms=next_templates(self.workspace, self.book.plan, self.book.edition),
            chapters=self.workspace.book / "chapters",
            cache=self.workspace.cache / "packs",
            executor=self.press,
        )

        def finish() -> Sequence[Pack]:
            packs = begun.finish()
            end()
            for pack in packs:
                for warning in pack.warnings:
                    self.note(f"{pack.unit_name}：{warning}")
            return packs

        self._pack = finish

    def begin_again(self, refused: Collection[Path]) -> None:
        """Begin once more what was begun, without the pages that are refused."""
        if self._set:
            self.begin_papers(refused)
        if self._pack:
            self._pack()  # two of one name are not made at once
            self.begin_packs()

    def papers(self) -> Sequence[MadePdf]:
        """Wait for the papers, and return them."""
        self._pdfs = self._set() if self._set else ()
        return self._pdfs

    def packs(self) -> Sequence[Pack]:
        """Wait for the packs, and return them."""
        self._packs = self._pack() if self._pack else ()
        return self._packs

    def digests(self) -> dict[str, str]:
        """Return the sha256 of the data that each PDF shows."""
        packs = {f"packs/{pack.unit_id}": pack.data for pack in self._packs}
        return {pdf.address: pdf.data for pdf in self._pdfs} | packs

    def put(self, html: Path) -> None:
        """Put the papers below the pages that are about to be put in place, and the packs."""
        if self._pdfs or self._packs:
            from planbook.produce.packs.write_packs import put_packs  # noqa: PLC0415
            from planbook.produce.pdf.papers import write_pdfs  # noqa: PLC0415

            write_pdfs(self._pdfs, html)
            put_packs(self._packs, self.workspace.scratch)
