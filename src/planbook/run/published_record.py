"""What was published before an edition, read from the register and the frozen archives.

A workspace → `Published`, with which `planbook.run.pipeline` judges. Archives that no row is taken
from are not opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from planbook.assess.method import changes_since
from planbook.assess.published import Published
from planbook.contract import Contract
from planbook.edition_frames import METHOD_CHANGES, EditionRow, MethodChangeRow
from planbook.editions import EditionState, Opening, Publishing, Register
from planbook.errors import ProblemsFound
from planbook.frames import HISTORY, MEASURES, VERDICTS, Verdict
from planbook.frozen import TABLES, unpacked
from planbook.outlook_frames import OUTLOOKS, OutlookRow
from planbook.periods import Edition, editions_between
from planbook.plan import Plan, Thresholds
from planbook.plan.plan_changes import backdated_amendments, plan_changes
from planbook.project_folders import plan_folder
from planbook.run.freezing import frozen_plan
from planbook.watch_frames import ALERTS, AlertRow
from planbook.workspace import Workspace

Row = TypeVar("Row")
OfGoal = TypeVar("OfGoal", Verdict, OutlookRow, AlertRow)


def what_was_published(workspace: Workspace, plan: Plan, edition: Edition) -> Published:
    """Return what books before an edition said, and what has changed since.

    Raises
    ------
    ProblemsFound
        If the archive of one of them is missing or was changed, or the plan says something else
        of a published edition.
    """
    register = workspace.editions.before(edition)
    goals = {goal.id for goal in plan.goals}
    newest = register.newest_kept(edition)
    editions = tuple(edition_rows(register, plan.about.first_edition, edition))
    if newest is None:
        return Published(editions=editions)
    folder = cache(partial(unpacked, workspace))
    corrected = register.corrects(edition)
    before = register.standing(edition.base.plus(-1))
    return Published(
        history=_before(_rows(folder(newest), HISTORY), edition, goals),
        outlooks=_before(_rows(folder(newest), OUTLOOKS), edition, goals),
        alerts=_before(_rows(folder(newest), ALERTS), edition, {*goals, ""}),
        statuses=(
            {row.measure_id: row.status for row in _rows(folder(before), MEASURES)}
            if _is_kept(register, before)
            else None
        ),
        thresholds=(
            _thresholds_then(workspace, plan, before, folder(before))
            if _is_kept(register, before)
            else None
        ),
        corrected=(
            _rows(folder(corrected), VERDICTS)
            if corrected is not None and _is_kept(register, corrected)
            else ()
        ),
        method_changes=tuple(_method_changes(workspace, plan, edition, newest, folder(newest))),
        editions=editions,
    )


def _before(rows: Iterable[OfGoal], edition: Edition, goals: Collection[str]) -> tuple[OfGoal, ...]:
    """Return the rows of earlier periods on goals that the plan still has."""
    return tuple(row for row in rows if row.edition.base < edition.base and row.goal_id in goals)


def edition_rows(register: Register, first: Edition, last: Edition) -> Iterator[EditionRow]:
    """Yield all editions from one to another, corrections too, with where they stand."""
    every = {*editions_between(first, last), *(e for e in register.known if e <= last), last}
    for edition in sorted(every):
        acts = (act for act in register.acts if act.edition == edition)
        why = [
            act.override if isinstance(act, Publishing) else act.reason
            for act in acts
            if not isinstance(act, Opening)
        ]
        published = register.is_published(edition)
        yield EditionRow(
            edition=edition,
            label=edition.label,
            edition_state=register.state(edition),
            released=register.publishing(edition).released.isoformat() if published else "",
            corrects=register.corrects(edition),
            reason=next((reason for reason in reversed(why) if reason), ""),
        )


def _is_kept(register: Register, edition: Edition) -> bool:
    return register.is_published(edition) and register.state(edition) is not EditionState.PURGED


def _rows(folder: Path, contract: Contract[Row]) -> tuple[Row, ...]:
    """Return the rows of a frozen table."""
    return contract.rows(contract.read_old(folder / TABLES / f"{contract.name}.csv"))


def _thresholds_then(
    workspace: Workspace, plan: Plan, edition: Edition, folder: Path
) -> Thresholds | None:
    """Return the thresholds by which a published edition was rated; ``None``: those of today."""
    if _same_files(plan_folder(folder), workspace.plan):
        return None
    return frozen_plan(workspace, folder, edition, plan.about.first_edition).thresholds


def _method_changes(
    workspace: Workspace, plan: Plan, edition: Edition, newest: Edition, folder: Path
) -> Iterator[MethodChangeRow]:
    """Yield the changes told up to the newest edition, whose frozen state is given, and since."""
    yield from _rows(folder, METHOD_CHANGES)
    then = plan_folder(folder)
    if not _same_files(then, workspace.plan):
        before = frozen_plan(workspace, folder, newest, plan.about.first_edition)
        register = workspace.editions
        begin = str(register.open_correction or register.current)
        backdated = list(backdated_amendments(before, plan, register.may_begin, begin))
        if backdated and workspace.unpacked is None:
            raise ProblemsFound("方案文件", backdated)
        yield from plan_changes(before, plan, edition)
    for change in changes_since(workspace.editions.publishing(newest).method):
        yield MethodChangeRow(
            edition=edition,
            changed_in="code",
            key=str(change.number),
            goal_id="",
            was="",
            now=change.said,
        )


def _same_files(one: Path, other: Path) -> bool:
    """Tell whether every file of one folder is in the other with the same content."""
    paths = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    return all(
        (other / path).is_file() and (one / path).read_bytes() == (other / path).read_bytes()
        for path in paths
    )
