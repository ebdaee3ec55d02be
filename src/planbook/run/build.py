"""Make a book: from the workbooks received to finished pages, PDFs and packs.

`build_book` is its table of contents, for commands, tests and whoever builds the books of many
plans. It prints nothing and changes no state of the process; a `Watcher` is told how it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.made_of import code_of, digest, environment
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.produce.downloads.offer import downloads, listed, write_downloads
from planbook.produce.notebooks.execute import Executed, Meanwhile, execute_notebooks
from planbook.produce.notebooks.handed_book import hand
from planbook.produce.notebooks.jobs import Job
from planbook.produce.notebooks.kept_notebooks import Parts
from planbook.produce.site.compile import Compiled, compile_html
from planbook.produce.site.kept_goal_pages import KeptGoalPages
from planbook.produce.site.toc import write_toc
from planbook.produce.site.warming import warm
from planbook.produce.site.write_pages import write_fragments, write_offer, write_pages
from planbook.produce.site.written import copy_written
from planbook.put_in_place import empty_folder, mend, put_in_place
from planbook.run.build_record import build_record, data_digest, write_record
from planbook.run.built_book import BuiltBook
from planbook.run.freezing import as_published
from planbook.run.lock import only_build
from planbook.run.opening import book_jobs
from planbook.run.part_digests import digests_of_parts, read_of_disk
from planbook.run.pipeline import input_notes, judged_book, next_templates
from planbook.run.processes import page_makers, pdf_press, start_workers
from planbook.run.starting.missing_pages import add_missing_pages
from planbook.run.watching import Clock, Nobody, Stage, Watcher
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

if TYPE_CHECKING:
    from planbook.produce.packs.write_packs import Pack
    from planbook.produce.pdf.papers import MadePdf


def build_book(
    workspace: Workspace,
    plan: Plan,
    edition: Edition,
    *,
    only: str | None = None,
    pdf: bool = False,
    visibility: Visibility = Visibility.INTERNAL,
    publication: Path | None = None,
    jobs: int | None = None,
    watcher: Watcher | None = None,
) -> BuiltBook:
    """Make every part of the book aside, then put it in place.

    A published edition is made of what was frozen when it was published. A notebook that goes wrong
    leaves a page that says so, but in a book for others, which is made whole or not at all.

    Parameters
    ----------
    only
        The chapter whose notebook is executed again, whatever has changed.
    pdf
        Whether to make PDFs as well, and the departments' packs of an internal book.
    visibility
        ``public``: a book without anything internal, in folders of its own.
    publication
        Where to put a book that is to be published, instead of the workspace's own. It has PDFs,
        no packs, and no seconds in its record: same inputs, same bytes.
    jobs
        How many processes work at once; default: as many as there are processors.

    Raises
    ------
    UsageError
        If there is no such chapter.
    ProblemsFound
        With all that is wrong in a stage, or if another build of this workspace is going on. The
        book that was there is left as it was.
    """
    clock = Clock(watch := watcher or Nobody())
    workspace, plan = as_published(workspace, plan, edition)
    workspace = workspace.of(visibility)
    place, pdf = publication or workspace.html, pdf or publication is not None
    public = workspace.visibility is Visibility.PUBLIC
    chapters = book_jobs(workspace, plan, edition, only)
    workers = start_workers(pdf=pdf)
    with (
        only_build(workspace.build / "build.lock"),
        pdf_press(workers, jobs) as press,
        ThreadPoolExecutor(1) as beside,  # what is done while this thread waits
    ):
        work = _Work(workspace, edition, watch, clock, workers, press, jobs)
        work.prepare(place)
        with clock(Stage.READ):
            judged = judged_book(workspace, plan, edition)
            book = replace(judged, publication=publication is not None)
            data = data_digest(workspace, edition)
        for note in analysts_notes(workspace, book):
            work.note(note)
        handed = hand(book, workspace.scratch)
        parts = digests_of_parts(book, workspace)
        offer = cache(lambda: beside.submit(_downloads, book))  # begins when it is first called
        whole = public or publication is not None
        executed = work.execute(chapters, parts, only, whole=whole, meanwhile=offer)
        spent = executed.seconds
        with clock(Stage.SOURCES):
            files = offer().result()
            beside.shutdown()  # Sphinx forks only where no other thread is
            if public:
                copy_written(workspace.root, workspace.sources)
            sources = write_fragments(book, workspace.book)
            setting = work.begin_papers(book, chapters, data) if pdf else None
            goals = KeptGoalPages(workspace.cache / "goal_pages.json", parts)
            with page_makers(workers, jobs) as makers:
                sources += write_pages(book, workspace.book, goals, makers, handed)
            if write_toc(book.plan, workspace.sources / "_toc.yml") and not public:
                watch.note("_toc.yml 已按方案重新写出，请一并提交。")
        with_packs = pdf and publication is None and not public
        packing = work.begin_packs(book) if with_packs else None
        pdfs = setting() if setting else ()
        with clock(Stage.PAGES):
            write_offer(book, workspace.book, listed(book, files, pdfs))
            made, compiled = work.compile()
        packs = packing() if packing else ()
        with clock(Stage.FILES):
            new_files = write_downloads(files, made, place)
            of_pages = {f"{id}.ipynb": seconds for id, seconds in spent.items()}
            set_anew = {pdf.path.name: pdf.seconds for pdf in pdfs if pdf.seconds is not None}
            anew = {
                "notebooks": tuple(spent),
                "sources": sources,
                "read": compiled.read,
                "pages": compiled.written,
                "pdfs": tuple(set_anew),
                "packs": tuple(name for pack in packs for name in pack.made),
                "downloads": new_files,
            }
            record = build_record(
                workspace,
                plan,
                book.tables,
                edition,
                data=data,
                parts=_parts(pdfs, packs),
                pages=compiled.pages,
                seconds={} if publication else {**clock.seconds, **of_pages, **set_anew},
                made={} if publication else anew,
            )
            write_record(record, made)
            _put_papers(pdfs, packs, made, workspace.scratch)
            put_in_place(made, place)
    return BuiltBook(
        edition,
        place,
        compiled.pages,
        tuple(pdfs),
        tuple(packs),
        clock.seconds,
        tuple(work.notes),
        anew,
        read_of_disk(executed.states, compiled.elsewhere, workspace.root),
        executed.problems,
    )


def _downloads(book: OpenBook) -> dict[str, bytes]:
    """Return the files that readers may take away; import what compiling needs before."""
    warm()
    return downloads(book)


def analysts_notes(workspace: Workspace, book: OpenBook) -> tuple[str, ...]:
    """Return what analysts should know of their own files."""
    told = (*book.plan.notices, *input_notes(workspace, book.plan, book.edition))
    return (*map(str, told), *book.commentary_notes(), *book.input_notes())


@dataclass(frozen=True)
class _Work:
    """The stages that take several processes: one for each notebook, `press` for PDFs.

    Attributes
    ----------
    notes
        What was noted that holds as long as the book does.
    """

    workspace: Workspace
    edition: Edition
    watch: Watcher
    clock: Clock
    workers: BaseContext
    press: Executor
    jobs: int | None
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Tell a note, and keep it."""
        self.notes.append(text)
        self.watch.note(text)

    def prepare(self, place: Path) -> None:
        """Finish what was killed while it was put in place; add pages that an old project lacks."""
        mend(place)
        if added := add_missing_pages(self.workspace.root):
            self.watch.note(f"{'、'.join(added)} 是新版程序的页面，已补上，请一并提交。")

    def execute(
        self,
        chapters: Sequence[Job],
        parts: Parts,
        only: str | None,
        *,
        whole: bool,
        meanwhile: Meanwhile,
    ) -> Executed:
        """Execute the notebooks that changed."""
        with self.clock(Stage.NOTEBOOKS, len(chapters)) as done:
            executed = execute_notebooks(
                chapters,
                root=self.workspace.root,
                scratch=self.workspace.scratch / "chapters",
                records=self.workspace.cache / "chapters.json",
                parts=parts,
                code=digest([code_of(), environment()]),
                only=only,
                whole=whole,
                context=self.workers,
                workers=self.jobs,
                note=self.note,
                stale=lambda job, why: self.watch.stale(Stage.NOTEBOOKS, job.id, job.title, why),
                progress=lambda job, seconds: done(job.id, job.title, seconds),
                meanwhile=meanwhile,
            )
        also = [job.title for job in chapters if job.id in executed.seconds and job.id != only]
        if only is not None and also:
            self.watch.note(f"这些章节没有本期可用的页面，已一并执行：{'、'.join(also)}")
        return executed

    def begin_papers(
        self, book: OpenBook, chapters: Sequence[Job], data: str
    ) -> Callable[[], Sequence[MadePdf]]:
        """Begin to typeset what changed of the book on paper; return what waits for the end.

        That says as well what could not be printed as sent.
        """
        from planbook.produce.pdf.papers import all_papers, begin_papers  # noqa: PLC0415 - Typst, .2 s

        end = self.clock.begin(Stage.PDFS)
        wanted = all_papers(book, chapters, self.workspace.book, data)
        cache = self.workspace.cache / "pdf"
        begun = begin_papers(wanted, cache, self.workspace.book, executor=self.press)

        def finish() -> Sequence[MadePdf]:
            made = begun.finish()
            end()
            for warning in dict.fromkeys(text for pdf in made for text in pdf.warnings):
                self.note(warning)
            return made

        return finish

    def compile(self) -> tuple[Path, Compiled]:
        """Compile the pages into a folder aside, and return it."""
        made, cache = self.workspace.scratch / "html", self.workspace.cache / "site"
        empty_folder(made)
        return made, compile_html(self.workspace.sources, made, cache, self.jobs)

    def begin_packs(self, book: OpenBook) -> Callable[[], Sequence[Pack]]:
        """Begin to make the departments' packs; return as `begin_papers`."""
        from planbook.produce.packs.write_packs import begin_packs  # noqa: PLC0415 - Typst, .2 s

        end = self.clock.begin(Stage.PACKS)
        begun = begin_packs(
            book,
            self.workspace.packs,
            forms=next_templates(self.workspace, book.plan, book.edition),
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

        return finish


def _put_papers(pdfs: Sequence[MadePdf], packs: Sequence[Pack], html: Path, scratch: Path) -> None:
    if pdfs or packs:
        from planbook.produce.packs.write_packs import put_packs  # noqa: PLC0415 - Typst, .2 s
        from planbook.produce.pdf.papers import write_pdfs  # noqa: PLC0415

        write_pdfs(pdfs, html)
        put_packs(packs, scratch)


def _parts(pdfs: Sequence[MadePdf], packs: Sequence[Pack]) -> dict[str, str]:
    """Return the sha256 of the data that each PDF shows."""
    return {pdf.address: pdf.data for pdf in pdfs} | {f"packs/{p.unit_id}": p.data for p in packs}
