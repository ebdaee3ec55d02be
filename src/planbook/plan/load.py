"""Load a plan: the YAML files of a folder become one frozen, checked `Plan`.

Every problem of every file is collected and raised once: what is no YAML, what does not fit the
model, and what does not fit together. Reading takes less than a tenth of a second, so each process
does it afresh instead of trusting a cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.plan.checks import OF_TODAY, RULES
from planbook.plan.model import Plan
from planbook.plan.outline import Outline
from planbook.plan.parts import Chapter, Record, Unit
from planbook.plan.plan_file import PlanFile
from planbook.plan.rare import rare_characters
from planbook.written_dates import read_issued
from planbook.yamlfile import as_model, place, read_yaml

PLAN_FILE = "plan.yaml"
UNITS_FILE = "units.yaml"

Checked = TypeVar("Checked", bound=Record)


class UnitsFile(Record):
    """``units.yaml``: who reports."""

    units: tuple[Unit, ...]


def load_plan(
    folder: Path, first_edition: Edition | None = None, *, today: Path | None = None
) -> Plan:
    """Read ``plan.yaml``, ``units.yaml`` and one file for each chapter that ``plan.yaml`` lists.

    Parameters
    ----------
    folder
        Holds the files; those that no chapter claims are a problem too.
    first_edition
        With which the dataset begins that follows the plan; left out, the plan's own.
    today
        Of a plan that was frozen, the folder of today's: plans did not always name their scopes,
        and one that does not has those of today.

    Raises
    ------
    ProblemsFound
        With every problem of every file, placed by file and key path.
    """
    files = _Files(folder)
    raw_plan = files.read(PLAN_FILE)
    if today is not None and isinstance(raw_plan, dict) and "scopes" not in raw_plan:
        named, _ = read_yaml(today / PLAN_FILE, PLAN_FILE)
        listed = named.get("scopes", []) if isinstance(named, dict) else []
        left_out = () if "scope_break" in raw_plan else ("since_break",)
        raw_plan["scopes"] = [
            {key: word for key, word in scope.items() if key not in left_out} for scope in listed
        ]
    raw_units = files.read(UNITS_FILE)
    raw_chapters = {id: files.read(f"{id}.yaml") for id in _listed_chapters(raw_plan)}
    files.problems += _unclaimed(folder, files, raw_chapters)

    about = files.checked(PlanFile, raw_plan, PLAN_FILE)
    units = files.checked(UnitsFile, raw_units, UNITS_FILE)
    chapters = []
    for id, raw in raw_chapters.items():
        chapter = files.checked(Chapter, raw, f"{id}.yaml")
        if chapter is not None:
            chapters.append(chapter)
            files.problems += _misnamed(chapter, id, files.where(f"{id}.yaml"))

    outline = Outline()
    outline.add_plan_file(raw_plan, files.where(PLAN_FILE))
    outline.add_units_file(raw_units, files.where(UNITS_FILE))
    for id, raw in raw_chapters.items():
        outline.add_chapter_file(raw, files.where(f"{id}.yaml"))
    for rule in RULES:
        files.problems += rule(outline)
    if today is None:  # what was published stays as it was published
        files.problems += _undated(raw_plan, files.where(PLAN_FILE))
        for rule in OF_TODAY:
            files.problems += rule(outline)

    if files.problems or about is None or units is None:
        raise ProblemsFound("方案文件", files.problems)
    read = {PLAN_FILE: raw_plan, UNITS_FILE: raw_units}
    read |= {f"{id}.yaml": raw for id, raw in raw_chapters.items()}
    notices = (n for name, raw in read.items() for n in rare_characters(raw, files.where(name)))
    plan = Plan(about=about, units=units.units, chapters=tuple(chapters), notices=tuple(notices))
    return plan.followed_from(first_edition)


class _Files:
    """The files of a folder and the problems found in them so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._unreadable: set[str] = set()

    def where(self, name: str) -> str:
        """Return what problems call a file: ``data/plan/digital.yaml``."""
        return "/".join((*self.folder.parts[-2:], name))

    def read(self, name: str) -> Any:
        value, problems = read_yaml(self.folder / name, self.where(name))
        self.problems += problems
        if value is None:
            self._unreadable.add(name)
        return value

    def checked(self, model: type[Checked], raw: Any, name: str) -> Checked | None:
        if name in self._unreadable:
            return None
        found, problems = as_model(model, raw, self.where(name))
        self.problems += problems
        return found


def _listed_chapters(raw_plan: Any) -> list[str]:
    """Return the chapters that plan.yaml lists, even if something else is wrong with it."""
    listed = raw_plan.get("chapters") if isinstance(raw_plan, dict) else None
    return list(dict.fromkeys(map(str, listed))) if isinstance(listed, list) else []


def _unclaimed(folder: Path, files: _Files, chapters: dict[str, Any]) -> Iterator[Problem]:
    known = {PLAN_FILE, UNITS_FILE, *(f"{id}.yaml" for id in chapters)}
    for path in sorted(folder.glob("*.y*ml")):
        if path.name not in known and chapters:
            what = "不属于任何一章的文件"
            fix = "在 plan.yaml 的 chapters 中列出，或移出本文件夹"
            yield Problem(what, files.where(path.name), fix)


def _undated(raw_plan: Any, where: str) -> Iterator[Problem]:
    """Yield that the day of issue is none: programs read it from the book's data."""
    issued = raw_plan.get("issued") if isinstance(raw_plan, dict) else None
    if not isinstance(issued, str) or not issued:
        return  # the model says so
    try:
        meant = read_issued(issued)
    except ValueError as error:
        yield Problem(str(error), place(where, ("issued",)), "写方案的发布日期")
    else:
        if issued != meant:
            what = f"「{issued}」的写法不对"
            yield Problem(what, place(where, ("issued",)), f"改为 {meant}")


def _misnamed(chapter: Chapter, id: str, where: str) -> Iterator[Problem]:
    if chapter.id != id:
        what = f"章的 id「{chapter.id}」与文件名「{id}」不同"
        yield Problem(what, place(where, ("id",)), f"改为 {id}，或改文件名和 plan.yaml 的 chapters")
