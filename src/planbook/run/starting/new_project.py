"""Make a project folder of a spreadsheet: all of it, or nothing and all that is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planbook.collect.decided.csv_inputs import BASELINES_FILE
from planbook.collect.form.blank import blank_form
from planbook.collect.form.template import workbook_bytes
from planbook.collect.xlsx.package import LARGEST_FILE
from planbook.errors import UnfitFile, UsageError, system_words
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS
from planbook.plain_reads import whole_file
from planbook.plan import Plan
from planbook.produce.site.toc import write_toc
from planbook.project_folders import is_kept_by_windows, plan_folder
from planbook.put_in_place import clear, empty_folder
from planbook.run.opening import open_workspace
from planbook.run.pipeline import prior_knowledge
from planbook.run.starting.list_checks import checked_list
from planbook.run.starting.listed_baselines import baselines_csv, csv_bytes
from planbook.run.starting.listed_plan import NewPlan
from planbook.run.starting.plan_writer import write_plan, yaml_text
from planbook.run.starting.project_texts import DATASET, project_files, words_of

FORMS = "templates"  # the folder of the first blank workbooks
_DEADLINE_DAYS = 20
_EMPTY = {
    "annual_targets.csv": [*ANNUAL_TARGETS.columns],
    "assessments.csv": [*ASSESSMENTS.columns],
}


@dataclass(frozen=True)
class NewProject:
    """What was made."""

    root: Path
    plan: Plan
    forms: int


def new_project(root: Path, spreadsheet: Path) -> NewProject:
    """Make a project at `root`, which may not be there or be empty, of a filled spreadsheet.

    Raises
    ------
    UsageError
        If something lies at `root` already, or the spreadsheet cannot be opened.
    ProblemsFound
        With everything that is wrong in the spreadsheet.
    """
    refuse_taken(root)
    try:
        data = whole_file(spreadsheet, LARGEST_FILE)
    except UnfitFile as error:
        fix = "--from 写由 python -m planbook new --template 生成并填好的清单"
        raise UsageError(f"{spreadsheet.name}：{error}\n  处理：{fix}") from error
    except OSError as error:
        raise UsageError(f"{spreadsheet.name} 打不开：{system_words(error)}") from error
    made, plan = checked_list(data, spreadsheet.name)
    with _aside(root.resolve()) as aside:  # `.` has no name of its own, and a link none to take
        forms = _write(aside, made, plan)
    return NewProject(root, plan, forms)


def refuse_taken(root: Path) -> None:
    """Refuse a place where something lies, and a name that no folder can have everywhere."""
    if is_kept_by_windows(root.name):
        raise UsageError(
            f"「{root.name}」是 Windows 的保留名，不能作文件夹名\n"
            f"  处理：换一个名称，如 {root.name}_book"
        )
    if root.is_dir() and not any(root.iterdir()):
        return
    if os.path.lexists(root):
        raise _taken(root)


def _taken(root: Path) -> UsageError:
    return UsageError(
        f"{root} 已经存在，而且不是空的文件夹\n  处理：换一个名称，或先移走其中的文件"
    )


@contextmanager
def _aside(root: Path) -> Iterator[Path]:
    """Give a folder whose content comes to `root` once all of it is written.

    Where there is no folder yet it takes that place. An empty one stays: somebody stands in it, or
    it is a disk of its own, or nothing may be written beside it.
    """
    there = root.is_dir()
    aside = (root if there else root.parent) / f".{root.name}.{os.getpid()}.new"
    aside.parent.mkdir(parents=True, exist_ok=True)
    empty_folder(aside)
    try:
        yield aside
        if there:
            _move_up(aside)
        else:
            aside.replace(root)
    finally:
        clear(aside)


def _move_up(aside: Path) -> None:
    """Move what is in a folder into the one that it lies in: all of it or nothing."""
    root = aside.parent
    if any(path != aside for path in root.iterdir()):  # it came meanwhile, and stays
        raise _taken(root)
    made = sorted(aside.iterdir(), key=lambda path: (path.name == "data", path.name))
    moved: list[Path] = []
    try:
        for path in made:  # the plan last: half a project is taken for none
            moved.append(path.replace(root / path.name))
    except BaseException:
        for path in moved:
            clear(path)
        raise


def _write(root: Path, made: NewPlan, plan: Plan) -> int:
    """Write the whole project; return how many blank workbooks."""
    about = made.places["plan.yaml"]
    title = about.get("book_title") or f"{plan.about.short_title}进展报告"
    notebooks = {page.notebook for page in (*plan.about.front, *plan.about.back)}
    notebooks |= {chapter.notebook for chapter in plan.chapters}
    for name, content in project_files(words_of(plan, title), frozenset(notebooks)):
        _put(root / name, content)
    write_plan(made, plan_folder(root))
    data = root / "data" / DATASET
    dataset = {
        "name": DATASET,
        "title": title,
        "demonstration": False,
        "first_edition": str(plan.about.first_edition),
        "deadline_days": about.get("deadline_days", _DEADLINE_DAYS),
        **{key: about.get(key) for key in ("prepared_by", "contact") if about.get(key)},
    }
    _put(data / "dataset.yaml", yaml_text(dataset).encode("utf-8"))
    for name, columns in _EMPTY.items():
        _put(data / name, csv_bytes([columns]))
    _put(data / BASELINES_FILE, baselines_csv(made, plan))
    write_toc(plan, root / "_toc.yml")
    return _write_forms(root)


def _write_forms(root: Path) -> int:
    """Write the blank workbooks of the first edition, as the finished project makes them."""
    workspace, plan = open_workspace(DATASET, root)
    first = plan.about.first_edition
    prior = prior_knowledge(workspace, plan, first)
    blanks = [blank_form(plan, unit.id, first, workspace.dataset, prior) for unit in plan.units]
    forms = [form for form in blanks if form.asks_for_something]
    for form in forms:
        _put(root / FORMS / f"{first}-{form.unit_id}.xlsx", workbook_bytes(form))
    return len(forms)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
