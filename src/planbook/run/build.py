"""Make a book: from the workbooks received to finished pages, PDFs and packs.

`build_book` is its table of contents, for commands, tests and whoever builds the books of many
plans. It prints nothing and changes no state of the process; a `Watcher` is told how it goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.errors import PagesRefused
from planbook.made_of import whole_program
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.produce.downloads.offer import downloads, listed, write_downloads
from planbook.produce.kept_reads import KeptReads, Parts
from planbook.produce.notebooks.execute import Executed, Meanwhile, execute_notebooks
from planbook.produce.notebooks.handed_book import hand
from planbook.produce.notebooks.jobs import Job
from planbook.produce.site.compile import Compiled, compile_html
from planbook.produce.site.kept_goal_pages import KeptGoalPages
from planbook.produce.site.toc import write_toc
from planbook.produce.site.warming import warm
from planbook.produce.site.write_pages import write_fragments, write_offer, write_pages
from planbook.produce.site.written import copy_written
from planbook.put_in_place import mend, put_in_place
from planbook.run.build_record import build_record, data_digest, write_record
from planbook.run.built_book import BuiltBook
from planbook.run.freezing import as_published
from planbook.run.lock import only_build
from planbook.run.on_paper import OnPaper
from planbook.run.opening import book_jobs
from planbook.run.part_digests import digests_of_parts, read_of_disk
from planbook.run.pipeline import input_notes, judged_book
from planbook.run.processes import page_compiler, page_makers, pdf_press, start_workers
from planbook.run.refused_pages import RefusedPages
from planbook.run.starting.missing_pages import add_missing_pages
from planbook.run.watching import Clock, Nobody, Stage, Watcher
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

if TYPE_CHECKING:
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

    A published edition is made of what was frozen when it was published. A notebook that goes
    wrong, or a page that cannot be printed or compiled, leaves a page that says so, but in a book
    for others, which is made whole or not at all.

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
        page_compiler(workers) as compiler,
        ThreadPoolExecutor(1) as beside,  # what is done while this thread waits
    ):
        beside.submit(compiler.submit, warm)  # waits until workers have imported what they need
        work = _Work(workspace, edition, watch, clock, workers, press, compiler, jobs)
        work.prepare(place, plan)
        with clock(Stage.READ):
            judged = judged_book(workspace, plan, edition)
            book = replace(judged, publication=publication is not None)
            data = data_digest(workspace, edition)
        work.note(*analysts_notes(workspace, book))
        handed = hand(book, workspace.scratch)
        parts = digests_of_parts(book, workspace)
        offer = cache(  # begins when it is first called
            lambda: beside.submit(
                downloads, book, KeptReads.in_cache(workspace.cache, "offered", parts)
            )
        )
        whole = public or publication is not None
        executed = work.execute(chapters, parts, only, whole=whole, meanwhile=offer)
        spent = executed.seconds
        with clock(Stage.SOURCES):
            if public:
                copy_written(workspace.root, workspace.sources)
            sources = write_fragments(book, workspace.book)
            paper = OnPaper(workspace, book, chapters, data, clock, press, work.note)
            if pdf:
                paper.begin_papers()
            goals = KeptGoalPages.of(workspace.cache, workspace.book, parts)
            with page_makers(workers, jobs) as makers:
                sources += write_pages(book, workspace.book, goals, makers, handed)
            if write_toc(book.plan, workspace.sources / "_toc.yml") and not public:
                watch.note("_toc.yml 已按方案重新写出，请一并提交。")
            files = offer().result()
        if pdf and publication is None and not public:
            paper.begin_packs()
        refused = RefusedPages({job.page: job.title for job in chapters}, whole)
        pdfs, made, compiled = work.compile(paper, refused, files)
        packs = paper.packs()
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
                parts=paper.digests(),
                pages=compiled.pages,
                seconds={} if publication else {**clock.seconds, **of_pages, **set_anew},
                made={} if publication else anew,
            )
            write_record(record, made)
            paper.put(made)
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
        (*executed.problems, *refused.problems),
    )


def analysts_notes(workspace: Workspace, book: OpenBook) -> tuple[str, ...]:
    """Return what analysts should know of their own files."""
    told = (*book.plan.notices, *input_notes(workspace, book.plan, book.edition))
    return (*map(str, told), *book.commentary_notes(), *book.input_notes())


@dataclass(frozen=True)
class _Work:
    """The stages that take other processes: one for each notebook, `press` for PDFs, `compiler`.

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
    compiler: Executor
    jobs: int | None
    notes: list[str] = field(default_factory=list)

    def note(self, *texts: str) -> None:
        """Tell notes, and keep them; what is done again says them once."""
        for text in texts:
            if text not in self.notes:
                self.notes.append(text)
                self.watch.note(text)

    def prepare(self, place: Path, plan: Plan) -> None:
        """Finish what was killed while it was put in place; add pages that an old project lacks."""
        mend(place)
        title = self.workspace.dataset.title
        if added := add_missing_pages(self.workspace.root, plan, title):
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
                code=whole_program(),
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

    def compile(
        self, paper: OnPaper, refused: RefusedPages, files: Mapping[str, bytes]
    ) -> tuple[Sequence[MadePdf], Path, Compiled]:
        """Wait for the papers, which a page lists; compile the pages into a folder aside.

        Returned are the papers and that folder. Pages that cannot be had are done without, once
        all are known: what links to them would seem wrong too.
        """
        made, cache = self.workspace.scratch / "html", self.workspace.cache / "site"
        sources = self.workspace.sources
        pdfs: Sequence[MadePdf] = ()
        wrong: list[PagesRefused] = []
        while True:
            try:
                pdfs = paper.papers()
            except PagesRefused as error:
                wrong.append(error)
            try:
                with self.clock(Stage.PAGES):
                    write_offer(paper.book, self.workspace.book, listed(paper.book, files, pdfs))
                    given = (sources, made, cache, self.jobs, refused.pages)
                    compiled = self.compiler.submit(compile_html, *given).result()
            except PagesRefused as error:
                wrong.append(error)
            if not wrong:
                return pdfs, made, compiled
            refused.take(*wrong)
            wrong.clear()
            paper.begin_again(refused.pages)
