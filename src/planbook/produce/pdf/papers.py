"""The book on paper: a PDF of each chapter and one of the whole, made anew only where they changed.

Turns the executed notebooks that the pages are made of, and the written pages that explain them,
into `Paper`s; `make_papers` sets them, and a department's pack, several at a time, in a cache.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from planbook.errors import PagesRefused, ProblemsFound
from planbook.made_of import MadeOf, code_of, digest
from planbook.present.book import Book
from planbook.present.pages.brief import brief
from planbook.present.pages.fragments import BRIEF as TITLE
from planbook.present.pages.fragments import banner
from planbook.present.say.edition_states import correction_notice
from planbook.produce.kept_files import Begun, FilesNotMade, Kept, Made, Wanted, begin
from planbook.produce.not_made import is_not_made
from planbook.produce.notebooks.jobs import Job
from planbook.produce.pdf import Cover, Document, Running, Typeset, typeset
from planbook.produce.pdf.brief_paper import brief_document, brief_word, issued
from planbook.produce.pdf.printed_pages import (
    APPENDICES,
    PrintedPage,
    appendix,
    document_of,
    is_for_screens,
    printed_notebook,
)
from planbook.produce.pdf.reading.included import shown_sha256
from planbook.put_in_place import make_folder

FOLDER = "pdf"
WHOLE_BOOK = "book"
BRIEF = "brief"
ROOT_PAGE = "index"
CODE = (  # what makes a PDF of a page, with all that it could call: no room of the site's
    "plan",
    "collect",
    "facts",
    "assess",
    "present",
    "produce/assets/typst",
    "produce/kept_files.py",
    "produce/latex.py",
    "produce/markdown_rules.py",
    "produce/not_made.py",
    "produce/notebooks/cell_names.py",
    "produce/notebooks/jobs.py",
    "produce/notebooks/kernel_choice.py",
    "produce/notebooks/notebook_files.py",
    "produce/notebooks/plain_code.py",
    "produce/pdf",
    "produce/word",
)

Typesetter = Callable[[Document], Typeset]
Told = tuple[int, tuple[str, ...]]  # what is remembered of a PDF: its pages, and warnings


@dataclass(frozen=True)
class Paper:
    """A PDF to make: its file name, what lists call it, the page that links it, what is in it.

    Attributes
    ----------
    data
        sha256 of the data that it shows; the first digits stand on each of its sheets.
    made_of
        Digest of all that its document is made of, but the files that its text includes.
    document
        Makes the document; called only where the PDF is not up to date.
    pages
        The pages of the book that it is set from.
    word
        Makes a Word file of one page, which then stands in place of a PDF.
    """

    name: str
    title: str
    page: str
    data: str
    made_of: str
    document: Callable[[], Document]
    pages: tuple[PrintedPage, ...] = ()
    word: Callable[[], bytes] | None = None


@dataclass(frozen=True)
class MadePdf:
    """A PDF, or the brief in Word, at `path`: `size` in bytes.

    `seconds` are of typesetting, where it was made just now. `data` is the sha256 whose first
    digits stand in its foot.
    """

    path: Path
    title: str
    page: str
    data: str
    pages: int
    size: int
    sha256: str
    warnings: tuple[str, ...]
    seconds: float | None = None

    @property
    def address(self) -> str:
        """The file's address from the book's root."""
        return f"{FOLDER}/{self.path.name}"


@dataclass(frozen=True)
class BegunPapers:
    """PDFs of which some are still being set."""

    papers: Sequence[Paper]
    files: Begun

    def finish(self) -> list[MadePdf]:
        """Return all of them once they are set.

        Raises
        ------
        PagesRefused
            What is wrong in any of the documents, once each. The sound ones are in the cache.
        ProblemsFound
            As well, if none of it is of a page.
        """
        try:
            made = self.files.finish("排版 PDF ")
        except FilesNotMade as error:
            raise self._refusal(error) from None
        return [_made(paper, made[paper.name]) for paper in self.papers]

    def _refusal(self, error: FilesNotMade) -> ProblemsFound:
        """Return what is wrong by page: of a paper of one page, or found by setting each alone."""
        wrong = [paper for paper in self.papers if paper.name in error.files and paper.pages]
        found = {p.pages[0].path: error.files[p.name] for p in wrong if len(p.pages) == 1}
        known = {problem for several in found.values() for problem in several}
        for paper in wrong:
            if not known.issuperset(error.files[paper.name]):
                running = paper.document().running
                for page in paper.pages:
                    problems = () if page.path in found else page.problems(running)
                    if problems:
                        found[page.path] = problems
        return PagesRefused(error.subject, found) if found else error


def papers(
    book: Book,
    chapters: Sequence[Job],
    folder: Path,
    data_sha256: str,
    refused: Collection[Path] = (),
) -> list[Paper]:
    """Return the PDFs of an edition: the whole book, then its chapters in reading order.

    A notebook whose metadata say ``planbook: {screen_only: true}`` has no place among them. The
    whole book shows all data, whose sha256 is given; a chapter what its executed notebook holds.
    One that was not made has no PDF of its own, so that its page links none; the whole book says
    that it was not.

    `folder` is the project's ``book``, with the executed notebooks and the pages that people write;
    of those whose files are `refused` only that they were not made is printed.
    """
    shown = [job for job in chapters if not is_for_screens(job.page)]
    printed = [(job.id, printed_notebook(book, job)) for job in shown]
    appendices = [appendix(folder, name, refused) for name in APPENDICES]
    running = running_words(book, data_sha256)
    whole = Document(
        title=f"{running.book}\uff08{book.edition.label}\uff09",
        parts=(),
        running=running,
        cover=_cover(book, running),
        contents=True,
    )
    content = document_of(whole, *(page for _, page in printed), *appendices)
    name = f"{book.edition}-{WHOLE_BOOK}.pdf"
    found = [Paper(name, "整本书", ROOT_PAGE, data_sha256, *content)]
    for id, page in printed:
        if is_not_made(page.path):
            continue
        data = shown_sha256(page.path)
        running = running_words(book, data)
        single = Document(f"{page.title}（{running.book}，{running.edition}）", (), running)
        name = f"{book.edition}-{id}.pdf"
        found.append(Paper(name, page.title, page.id, data, *document_of(single, page)))
    return found


def brief_papers(book: Book) -> list[Paper]:
    """Return the brief of an edition as PDF and as Word, both of the same words."""
    told = brief(book)
    data = digest(told)
    running = running_words(book, data)
    document = partial(brief_document, told, running)
    about = issued(book, running)
    word = partial(brief_word, told, about)
    name = f"{book.edition}-{BRIEF}"
    return [
        Paper(f"{name}.pdf", TITLE, "", data, digest([told, running]), document),
        Paper(
            f"{name}.docx",
            f"{TITLE}（Word，可修改）",
            "",
            data,
            digest([told, about]),
            document,
            word=word,
        ),
    ]


def running_words(book: Book, data_sha256: str) -> Running:
    """Return what stands on every sheet of paper that shows certain data of an edition."""
    return Running(
        book=book.title,
        edition=book.edition.label,
        data_hash=data_sha256[:12],
        demonstration=book.dataset.demonstration,
        confidential=book.is_confidential,
        as_of=book.edition.end.last_day,
    )


def begin_papers(
    wanted: Sequence[Paper],
    cache: Path,
    base: Path,
    *,
    code: str | None = None,
    typesetter: Typesetter = typeset,
    executor: Executor | None = None,
) -> BegunPapers:
    """Begin to typeset the PDFs that are not up to date.

    One is up to date while its document, the files that its text includes and the code are.

    Parameters
    ----------
    cache
        Folder for the PDFs, with a record of what each was made of; others in it are deleted.
    base
        Folder that the included files lie below.
    code
        Digest of the code. Default: of `CODE`.
    executor
        Sets several at a time. Default: one after another, here.
    """
    code = code or code_of(*CODE)
    files = (
        Wanted(
            paper.name, MadeOf(paper.made_of, code), partial(_task, paper, typesetter), base, Told
        )
        for paper in wanted
    )
    return BegunPapers(wanted, begin(files, cache, executor))


def _task(paper: Paper, typesetter: Typesetter) -> Callable[[], Made]:
    if paper.word is not None:
        return partial(_worded, paper.word)
    return partial(set_document, paper.document, typesetter)


def _worded(make: Callable[[], bytes]) -> Made:
    return Made(make(), (1, ()))


def set_document(document: Callable[[], Document], typesetter: Typesetter) -> Made:
    """Return a document's PDF as a file to be kept, with its pages and warnings."""
    made = typesetter(document())
    return Made(made.pdf, (made.pages, made.warnings), made.read)


def write_pdfs(made: Sequence[MadePdf], html: Path) -> None:
    """Copy the PDFs below the book's root, each with the time at which it was made."""
    for pdf in made:
        make_folder(html / FOLDER)
        shutil.copy2(pdf.path, html / pdf.address)


def _cover(book: Book, running: Running) -> Cover:
    based_on = f"依据《{book.plan.about.title}》"
    lines = (f"{running.edition}进展报告", book.data_words, based_on, banner(book))
    told = (lines[0], correction_notice(book), *lines[1:])
    return Cover(book.plan.about.short_title, tuple(line for line in told if line))


def _made(paper: Paper, file: Kept) -> MadePdf:
    pages, warnings = file.about
    return MadePdf(
        file.path,
        paper.title,
        paper.page,
        paper.data,
        pages,
        file.size,
        file.sha256,
        tuple(warnings),
        file.seconds,
    )
