"""What recorded acts change: which workbook counts from which edition on, and how that is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from filelock import FileLock

from planbook.collect.decided.selections import (
    Aside,
    Selection,
    moved_acts,
    set_aside,
    with_selection,
)
from planbook.collect.file_names import FiledName
from planbook.collect.inbox.receipts import Filed, order_of_receipt
from planbook.collect.inbox.received import Reselected
from planbook.collect.read.signing import Mask
from planbook.collect.read.submission import Received, Submission
from planbook.collect.rules import Place, file_rules
from planbook.errors import Finding
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.put_in_place import make_folder, put
from planbook.vocabulary import SelectionAction
from planbook.workspace import Workspace

_LATE = "发布后收到的填报表"


def reselected(
    received: Received,
    acts: tuple[Selection, ...],
    upto: Edition,
    folder: Path,
    vintages: Mapping[tuple[Edition, str], Edition],
    *,
    mask: Mask,
) -> Iterator[Reselected]:
    """Yield each change of what counts that holds from a later edition than the workbook's own.

    Parameters
    ----------
    vintages
        By edition and file: from which edition on it counts, where that is not its own.
    mask
        Takes telephone numbers out of reasons.
    """
    for key in sorted(received):
        edition, _ = key
        own = [a for a in acts if a.edition == edition and edition < a.from_edition <= upto]
        since = {s.file: vintages.get((edition, s.file), edition) for s in received[key]}
        counted: Submission | None = None
        for later in sorted({edition, *since.values(), *(act.from_edition for act in own)}):
            there = [s for s in received[key] if since[s.file] <= later]
            now = _counting(there, set_aside(acts, later), folder)
            if now is not counted and later != edition:
                decided = [act.reason for act in own if act.from_edition == later]
                reason = mask.text(decided[-1]) if decided else _LATE
                yield Reselected(*key, later, counted, now, reason, late=not decided)
            counted = now


def _counting(found: list[Submission], aside: Aside, folder: Path) -> Submission | None:
    left = [s for s in found if (s.edition, s.file) not in aside]
    return max(left, key=lambda s: rank(s, folder)) if left else None


def record_act(workspace: Workspace, act: Selection, plan: Plan) -> None:
    """Add an act to the dataset's record in one step; whoever records another one waits.

    Raises
    ------
    ProblemsFound
        If the record has problems already, or nothing can be added to it.
    """
    make_folder(workspace.build)
    with FileLock(workspace.build / f"{workspace.dataset.name}-acts.lock"):
        put(workspace.selections, with_selection(workspace.selections, act, plan))


def move_acts(workspace: Workspace, plan: Plan, was: Edition, now: Edition) -> bool:
    """Have acts that hold from an edition hold from another, in one step; tell whether any do.

    Raises
    ------
    ProblemsFound
        If the record has problems, or cannot be changed.
    """
    make_folder(workspace.build)
    with FileLock(workspace.build / f"{workspace.dataset.name}-acts.lock"):
        content = moved_acts(workspace.selections, plan, was, now)
        if content is not None:
            put(workspace.selections, content)
    return content is not None


def act_findings(aside: Aside, mask: Mask) -> Iterator[Finding]:
    """Yield what the acts in force have set aside, in the edition from which each holds."""
    acts: dict[Selection, list[str]] = defaultdict(list)
    for (_, file), act in sorted(aside.items()):
        acts[act].append(file)
    for act, set_aside_by_it in acts.items():
        unit_id = FiledName.parse(act.file).unit_id
        withdrawn = act.action is SelectionAction.WITHDRAW
        rule = file_rules.WITHDRAWN_FILE if withdrawn else file_rules.CHOSEN_FILE
        yield rule.finding(
            Place(str(act.from_edition.base), unit_id, act.file),
            observed="、".join(set_aside_by_it),
            expected=act.from_edition.label,
            chosen=act.file,
            day=act.on.isoformat(),
            reason=mask.text(act.reason).rstrip("。"),
        )


def rank(submission: Submission, folder: Path) -> tuple[bool, Filed]:
    """Return a key for sorting: what is usable counts before what is not, then the later one."""
    return submission.usable, order_of_receipt(folder / str(submission.edition), submission.file)
