"""Follow one value from its workbook's cell to the page and to the PDF that print it.

- ``python -m tests.follow_value``: the newest value of 软件业务收入 of the demonstration, to its
  cell in its chapter's table
- ``python -m tests.follow_value --goal green-loans --list``: of another goal, with every station
- ``python -m tests.follow_value --everywhere``: to all that the goal's page and the chapter's
  notebook say and draw of it

Counted are the functions of `planbook`, and their files, that the value *passes*: when a call
begins or ends, the value is one of its arguments, one of its locals or what it returns, or lies one
level deep in one of these (an attribute of an object, an item of a tuple, list or dict). Those that
return it in this way *hand it on*; the others look at it (checks) or end its way (a sheet, a file).
The value is the number itself, or a text that holds it as the workbook has it or as it is printed.
A lambda, a comprehension or a function inside a function counts as the function around it.
Everything runs in this process, on the workbooks of the one unit that reports the value.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import TypeVar

import click
import nbformat
from IPython.core.formatters import DisplayFormatter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

import planbook
from planbook.errors import UsageError
from planbook.plan import Plan
from planbook.present.pages.goal_pages import goal_page
from planbook.produce.notebooks.jobs import Job, jobs
from planbook.produce.notebooks.worker import execute
from planbook.produce.pdf import Document, Part, Running, typeset
from planbook.run.command import run
from planbook.run.pipeline import open_book
from planbook.workspace import Workspace

SOURCE = Path(planbook.__file__).parent
READ, PAGE, NOTEBOOK, PDF = "读取与评价", "网页", "笔记本", "排版 PDF"
T = TypeVar("T")
Station = tuple[str, str]  # file below `planbook`, function


class Trail:
    """The stations of one value, by stage of its way, in the order in which it reaches them."""

    def __init__(self, value: float, decimals: int) -> None:
        self.value = value
        self.texts = {repr(value), f"{value:,.{decimals}f}", f"{value:.{decimals}f}"}
        self.stages: dict[str, dict[Station, bool]] = {}  # whether the station hands it on
        self._stations: dict[CodeType, Station | None] = {}

    def watch(self, stage: str, work: Callable[[], T]) -> T:
        """Return what `work` returns, with the stations that the value passes meanwhile noted."""
        passed = self.stages[stage] = {}

        def look(frame: FrameType, event: str, result: object) -> None:
            if event not in ("call", "return"):
                return
            station = self._station(frame.f_code)
            if station is None or passed.get(station):
                return
            if event == "return" and self._holds(result):
                passed[station] = True
            elif station not in passed and any(map(self._holds, frame.f_locals.values())):
                passed[station] = False

        sys.setprofile(look)
        try:
            return work()
        finally:
            sys.setprofile(None)

    def passed(self, *stages: str, handed_on: bool = False) -> set[Station]:
        """Return the stations of some stages, or those that hand the value on."""
        found = (item for name in stages for item in self.stages[name].items())
        return {station for station, hands_on in found if hands_on or not handed_on}

    def _station(self, code: CodeType) -> Station | None:
        if code not in self._stations:
            path = Path(code.co_filename)
            own = path.is_relative_to(SOURCE) and code.co_name != "<module>"
            function = code.co_qualname.split(".<")[0]
            file = path.relative_to(SOURCE).as_posix() if own else ""
            self._stations[code] = (file, function) if own else None
        return self._stations[code]

    def _holds(self, thing: object) -> bool:
        return self._is(thing) or any(map(self._is, _inside(thing)))

    def _is(self, thing: object) -> bool:
        if isinstance(thing, float):
            return thing == self.value
        return isinstance(thing, str) and any(text in thing for text in self.texts)


def _inside(thing: object) -> Iterator[object]:
    """Yield what lies one level deep in an object of ours, a tuple, a list or a dict."""
    if isinstance(thing, (tuple, list)):
        yield from thing
    elif isinstance(thing, dict):
        yield from thing.values()
    elif type(thing).__module__.startswith("planbook"):
        yield from getattr(thing, "__dict__", {}).values()
        for kind in type(thing).__mro__:
            names = kind.__dict__.get("__slots__", ())
            yield from (getattr(thing, name, None) for name in names if name != "__weakref__")


@click.command("scripts/follow_value.py")
@click.option("--goal", default="software-revenue", show_default=True, help="目标编号")
@click.option("--everywhere", is_flag=True, help="不只本章的目标表，而是目标页和本章笔记本的各处")
@click.option("--list", "listing", is_flag=True, help="逐一列出经过的函数")
def main(*, goal: str, everywhere: bool, listing: bool) -> None:
    """数一数一个数值从填报表的单元格到网页和 PDF 经过多少函数、多少文件。"""
    trail = follow(goal, everywhere=everywhere)
    for name, stages in (("网页", [READ, PAGE]), ("PDF", [READ, NOTEBOOK, PDF])):
        passed, handed_on = trail.passed(*stages), trail.passed(*stages, handed_on=True)
        said = f"经过{_counted(passed)}，其中{_counted(handed_on)}把它传下去"
        click.echo(f"到{name}：{said}")
    for stage, found in trail.stages.items() if listing else ():
        click.echo(f"\n{stage}：{len(found)}个函数（→ 传下去）")
        for (file, function), hands_on in found.items():
            click.echo(f"  {'→' if hands_on else ' '} {file}  {function}")


def _counted(stations: set[Station]) -> str:
    return f"{len(stations)}个函数（{len({file for file, _ in stations})}个文件）"


def follow(goal_id: str, *, everywhere: bool) -> Trail:
    """Return the stations of the newest value of a goal of the demonstration."""
    whole = open_book("demo")
    if goal_id not in whole.views:
        raise UsageError(f"没有目标「{goal_id}」。现有：{'、'.join(whole.views)}")
    view = whole.views[goal_id]
    value = view.verdict.latest_value
    if value is None or len(f"{value:.{view.decimals}f}".strip("0.")) < 4:
        raise UsageError(f"「{view.name}」最新值的位数太少，与别的数值分不开。请换一个目标")
    trail = Trail(value, view.decimals)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _only_of_one_unit(root, view.submitting_unit.id)
        book = trail.watch(READ, lambda: open_book("demo", root=root))
        job = _job(root, book.plan, view.chapter.id)
        if everywhere:
            trail.watch(PAGE, lambda: goal_page(book, goal_id))
            trail.watch(NOTEBOOK, lambda: execute(job, root, job.page))
            notebook = nbformat.read(job.page, as_version=4)
        else:
            chapter, field = book.chapter(view.chapter.id), view.field.id
            trail.watch(PAGE, lambda: chapter.table(field).html())
            notebook = trail.watch(NOTEBOOK, lambda: _notebook_of(chapter.table(field)))
        document = _document(job, notebook)
        trail.watch(PDF, lambda: typeset(document))
    return trail


def _notebook_of(shown: object) -> NotebookNode:
    """Return a notebook whose one cell shows this, as JupyterLab would."""
    data, metadata = DisplayFormatter().format(shown)  # type: ignore[no-untyped-call]
    output = new_output("display_data", data=data, metadata=metadata)
    tags = {"tags": ["remove-input"]}
    cell = new_code_cell("", outputs=[output], metadata=tags)
    return NotebookNode(new_notebook(cells=[cell]))


def _only_of_one_unit(root: Path, unit: str) -> None:
    """Lay out a project in which one unit alone has reported."""
    given = Workspace.open("demo")
    own = root / "data" / "demo"
    own.mkdir(parents=True)
    (root / "data" / "plan").symlink_to(given.plan)
    for path in given.data.iterdir():
        if path.name not in ("submissions", "corrections.yaml", "commentary"):  # of others too
            (own / path.name).symlink_to(path)
    for workbook in given.submissions.glob(f"*/{unit}-*"):
        copy = own / "submissions" / workbook.relative_to(given.submissions)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.symlink_to(workbook)
    (root / "notebooks").symlink_to(given.notebooks)
    (root / "book" / "chapters").mkdir(parents=True)


def _job(root: Path, plan: Plan, chapter: str) -> Job:
    workspace = Workspace.open("demo", root)
    every = jobs(plan, workspace, workspace.dataset.current_edition)
    return next(job for job in every if job.id == chapter)


def _document(job: Job, notebook: NotebookNode) -> Document:
    part = Part(f"chapters/{job.id}", job.title, notebook, job.page.parent)
    running = Running("", "", "", demonstration=True, as_of=dt.date(2026, 9, 30))
    return Document(title=job.title, parts=(part,), running=running)


if __name__ == "__main__":
    run(main)
