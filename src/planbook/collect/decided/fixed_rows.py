"""Hold what analysts decided against what was published: rows of published editions are fixed.

Rows of a file now and in the newest frozen state → a problem for each that was added, changed or
deleted though it holds from an edition that is fixed, in the same words for every file. What is
decided anew holds from an edition that is still open.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from planbook.collect.written_numbers import shown
from planbook.editions import Register
from planbook.errors import Problem, ProblemsFound
from planbook.frozen import known_by, unpacked
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.project_folders import plan_folder
from planbook.workspace import Workspace
from planbook.yamlfile import passing_over_unknown

R = TypeVar("R")


@dataclass(frozen=True)
class Fixed:
    """What is fixed: by which register, and the dataset's files as last published.

    Attributes
    ----------
    published
        The edition of which `data` is the frozen folder.
    today
        The folder of the plan as it is now.
    """

    register: Register
    published: Edition
    data: Path
    today: Path

    @classmethod
    def of(cls, workspace: Workspace) -> Fixed | None:
        """Return what is fixed in a dataset; ``None`` where nothing is, or all of it is frozen.

        Raises
        ------
        ProblemsFound
            If the frozen state is missing or was changed.
        """
        newest = workspace.editions.newest_kept()
        if newest is None or workspace.unpacked is not None:
            return None
        folder = unpacked(workspace, newest)
        data, today = folder / "data", plan_folder(workspace.root)
        return cls(workspace.editions, newest, data / workspace.dataset.name, today)

    def holds(self, since: Edition) -> bool:
        """Tell whether what holds from an edition on is fixed, and known here."""
        if self.register.may_begin(since):
            return False
        return since <= self.published or self.published == self.register.newest_published

    def unreadable(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return what of the frozen files cannot be read, told as such."""
        fix = f"存档不能改动：装回{known_by(self.data.parents[1])}，或让程序仍认得当时的写法"
        return [
            Problem(
                f"本程序不认得当时的写法：{problem.what}",
                f"frozen/{self.published}.tar.gz：{problem.where}",
                fix,
            )
            for problem in problems
        ]

    @cached_property
    def plan(self) -> Plan:
        """The plan that was frozen with the files.

        Raises
        ------
        ProblemsFound
            If this version of the program cannot read it.
        """
        try:
            with passing_over_unknown():
                return load_plan(
                    self.data.parents[0] / "plan", self.register.first, today=self.today
                )
        except ProblemsFound as error:
            raise ProblemsFound("发布存档", self.unreadable(error.problems)) from error

    @property
    def open_from(self) -> str:
        """From which edition a new decision may hold, as a remedy names it."""
        correction = self.register.open_correction
        also = f"（只更正 {correction.base} 的写 {correction}）" if correction else ""
        return f"{self.register.current}{also}"


def fixed_problems(
    fixed: Fixed,
    file: str,
    now: Iterable[tuple[str, R]],
    then: Iterable[R],
    *,
    key: Callable[[R], Hashable],
    since: str = "from_edition",
) -> Iterator[Problem]:
    """Yield what was added, changed or deleted of rows that are fixed.

    Parameters
    ----------
    now, then
        The rows of the file with where each stands, and those of the frozen file.
    key
        What tells rows apart.
    since
        The key or column of the edition from which a row holds.
    """
    must = {key(row): row for row in then if fixed.holds(getattr(row, since))}
    for where, row in now:
        if not fixed.holds(getattr(row, since)):
            continue
        was = must.pop(key(row), None)
        if was is None:
            what = f"{fixed.published} 已发布，不能再加入 {since} 为 {getattr(row, since)} 的内容"
            yield Problem(what, where, f"{since} 改为 {fixed.open_from}")
        elif was != row:
            what = f"与 {fixed.published} 发布时不同：{_difference(was, row)}"
            fix = f"改回发布时的内容；新的内容另写一条，{since} 写 {fixed.open_from}"
            yield Problem(what, where, fix)
    for row in must.values():
        what = f"{fixed.published} 发布时已有的内容被删去：{_text(row)}"
        fix = f"照原样补回；不再有效的，另写一条代替它，{since} 写 {fixed.open_from}"
        yield Problem(what, file, fix)


def _difference(was: Any, now: Any) -> str:
    before, after = _cells(was), _cells(now)
    return "，".join(
        f"{key} 原为「{before.get(key, '')}」，现为「{after.get(key, '')}」"
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    )


def _text(row: Any) -> str:
    return "，".join(f"{key} {cell}" for key, cell in _cells(row).items())


def _cells(row: Any) -> dict[str, str]:
    """Return what a row says by key, without what is empty."""
    if isinstance(row, BaseModel):
        content = row.model_dump(mode="json")
    else:
        assert is_dataclass(row)
        content = {field.name: getattr(row, field.name) for field in fields(row)}
    return {key: _cell(value) for key, value in content.items() if value not in (None, "", [])}


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return shown(value) if isinstance(value, float) else str(value)
