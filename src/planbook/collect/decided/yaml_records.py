"""Read a YAML file that is a list of records, each with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from planbook.collect.decided.fixed_rows import Fixed, fixed_problems
from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.plan.parts import Record
from planbook.yamlfile import as_model, of_today, passing_over_unknown, place, read_yaml

Item = TypeVar("Item", bound=Record)
Check = Callable[[Item, str], list[Problem]]  # what does not fit the plan, by record and place


class OfAnEdition(Protocol):
    """A record about what an edition holds, with the edition from which it counts."""

    @property
    def edition(self) -> Edition: ...
    @property
    def from_edition(self) -> Edition: ...


def read_records(
    path: Path,
    model: type[Item],
    check: Check[Item],
    none: str,
    *,
    fixed: Fixed | None = None,
    key: Callable[[Item], Hashable] = lambda record: record,
) -> tuple[Item, ...]:
    """Return the records of a file in its order; without a file there are none.

    `none` says how a list is written, and what stands for none; `key` tells records apart, which
    where they are `fixed` must be those that were published.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    content: Any = []
    problems: list[Problem] = []
    found: tuple[Item, ...] = ()
    if path.exists():
        content, problems = read_yaml(path, path.name)
        if not problems or isinstance(content, list):
            found, wrong = records_in(content, path.name, model, check, none)
            problems += wrong
    if fixed is not None and not problems:
        then = _published(fixed, path.name, model, none)
        told = ((f"{path.name} 第 {number} 条", r) for number, r in enumerate(found, start=1))
        problems += fixed_problems(fixed, path.name, told, then, key=key)
    if problems:
        raise ProblemsFound(path.name, problems)
    return found


def _published(fixed: Fixed, name: str, model: type[Item], none: str) -> tuple[Item, ...]:
    """Return the records of the frozen file; what cannot be read is told as frozen."""
    try:
        with passing_over_unknown():
            return read_records(fixed.data / name, model, lambda *_: [], none)
    except ProblemsFound as error:
        raise ProblemsFound(name, fixed.unreadable(error.problems)) from error


def records_in(
    content: Any, name: str, model: type[Item], check: Check[Item], none: str
) -> tuple[tuple[Item, ...], list[Problem]]:
    """Return the records of a file's content, and what is wrong with them."""
    if not isinstance(content, list):
        return (), [Problem("应为列表", name, none)]
    found: list[Item] = []
    problems: list[Problem] = []
    for number, item in enumerate(content, start=1):
        where = f"{name} 第 {number} 条"
        record, wrong = as_model(model, item, where)
        problems += wrong
        if record is not None:
            problems += of_today(check(record, where))
            found.append(record)
    return tuple(found), problems


def stranger(unit: str, plan: Plan, where: str, key: str) -> list[Problem]:
    """Return a problem where who decided is none of the plan's units."""
    if unit in plan.unit_ids:
        return []
    return [Problem(f"「{unit}」不是填报单位", place(where, (key,)), "写作出决定的单位，不写个人")]


def other_cycle(record: OfAnEdition, plan: Plan, where: str) -> list[Problem]:
    """Return the keys of a record whose edition is none of the plan's.

    What is put right may have been said in a month between; it is put right in a book.
    """
    named = {
        "edition": plan.cycle.why_not_collected(record.edition),
        "from_edition": plan.cycle.why_not(record.from_edition),
    }
    return [
        Problem(said, place(where, (key,)), "改正期号")
        for key, said in named.items()
        if said is not None
    ]
