"""What ``collect history`` does: values of the past come into ``history.csv``, all or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from planbook.collect.decided.added_past_values import with_past_values
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.past_values import PAST_VALUES_FILE, PastValue
from planbook.collect.inbox.filed import read_filed
from planbook.errors import UsageError
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.put_in_place import put
from planbook.run.acting import recording


def history(*, dataset: str, path: Path, from_edition: str | None) -> None:
    """Take the values of a CSV file into a dataset, and tell which are new."""
    with recording(dataset) as (workspace, plan):
        since = _edition(from_edition, plan) or workspace.dataset.current_edition
        target = workspace.data / PAST_VALUES_FILE
        filed = read_filed(workspace, plan, workspace.dataset.newest_open)
        fixed = Fixed.of(workspace)
        added = with_past_values(
            target, path, plan, known_from=since, submissions=filed.as_known, fixed=fixed
        )
        if added.new:
            put(target, added.content)
    where = target.relative_to(workspace.root).as_posix()
    click.echo(f"新增 {len(added.new)} 个值，已有 {added.known} 个；写在 {where}")
    _tell(added.new, plan)


def _edition(text: str | None, plan: Plan) -> Edition | None:
    """Return the edition of the plan's cycle that was typed; also one before there was a book."""
    if text is None:
        return None
    try:
        found = Edition.parse(text)
    except ValueError as error:
        raise UsageError(str(error)) from error
    if (why := plan.cycle.why_not(found)) is not None:
        raise UsageError(why)
    return found


def _tell(rows: Sequence[PastValue], plan: Plan) -> None:
    """Print of which periods an indicator has new values, and from which edition they are known."""
    by_indicator: dict[str, list[PastValue]] = defaultdict(list)
    for row in rows:
        by_indicator[row.indicator_id].append(row)
    for indicator in plan.indicators:
        own = sorted(by_indicator[indicator.id], key=lambda row: row.time_period)
        if not own:
            continue
        first, last = own[0].time_period, own[-1].time_period
        span = str(first) if first == last else f"{first} 至 {last}"
        known = sorted({row.from_edition for row in own})
        since = str(known[0]) if len(known) == 1 else f"{known[0]} 至 {known[-1]}"
        click.echo(f"  {indicator.id}  {indicator.name}：{span}，{len(own)} 个，自 {since} 起")
