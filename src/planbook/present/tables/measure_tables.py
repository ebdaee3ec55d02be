"""The tables of measures: a field's, all of them, and counts by chapter, field and type.

Each takes rows of the saved table `measures`, in the plan's order. A measure is followed by its
sub-items (专项). Silent is what was not reported in this edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from planbook.periods import Edition
from planbook.plan.model import Field, Plan
from planbook.present import numbers
from planbook.present.addresses import chapter_address
from planbook.present.say.wording import NOT_YET_REPORTED, STATUS_ORDER
from planbook.present.tables.goal_tables import edition_label
from planbook.present.tables.table import (
    Cell,
    Column,
    Rows,
    Table,
    figure,
    link,
    plain,
    status,
    words,
)
from planbook.vocabulary import MeasureStatus

Row = Mapping[Hashable, Any]


def measures_table(
    id: str, caption: str, measures: pd.DataFrame, plan: Plan, edition: Edition
) -> Table:
    """Return measures with status, progress, since when, and when last reported."""
    columns = (
        Column("举措"),
        Column("类型", "mark"),
        Column("状态", "mark"),
        Column("进展"),
        Column("状态始于", "period"),
        Column("最近报送", "period"),
    )
    rows, levels = [], []
    for row in measures.to_dict("records"):
        sub = bool(row["parent_id"])
        rows.append(
            (
                words(str(row["title"])),
                words("" if sub else type_name(row, plan)),
                status(str(row["status"]), stale=bool(row["stale"])),
                words(progress_words(row)),
                _when(row["status_since"]),
                _last_reported(row, plan, edition),
            )
        )
        levels.append(int(sub))
    group = Rows(tuple(rows), levels=tuple(levels))
    return Table(id, caption, columns, (group,), empty="本领域没有举措。")


def fields_table(
    id: str,
    caption: str,
    fields: Iterable[Field],
    measures: pd.DataFrame,
    address: Callable[[Field], str],
) -> Table:
    """Return fields with their measures counted by status; each leads to its page."""
    grouped: dict[str, list[tuple[Cell, ...]]] = {}
    shown = _statuses(measures)
    for field in fields:
        own = measures[measures["field_id"] == field.id]
        named = link(field.name, address(field))
        grouped.setdefault(field.group, []).append((named, *_counted(own, shown)))
    groups = tuple(Rows(tuple(rows), heading) for heading, rows in grouped.items())
    return Table(id, caption, (Column("名称"), *_count_columns(shown)), groups, _COUNT_NOTE)


def chapter_counts_table(measures: pd.DataFrame, plan: Plan, root: str) -> Table:
    """Return the number of measures and sub-items by chapter and status."""
    shown = _statuses(measures)
    rows = []
    for chapter in plan.chapters:
        own = measures[measures["chapter"] == chapter.id]
        if len(own):
            named = link(chapter.title, chapter_address(root, chapter.id))
            rows.append((named, *_counted(own, shown)))
    rows.append((words("全部"), *_counted(measures, shown)))
    columns = (Column("章节"), *_count_columns(shown))
    caption = "各章举措按状态计数（项）"
    return plain("measures-by-chapter", caption, columns, rows, note=_COUNT_NOTE)


def type_counts_table(measures: pd.DataFrame, plan: Plan) -> Table:
    """Return the number of measures and sub-items by type and status, most frequent type first."""
    shown = _statuses(measures)
    kinds = Counter(type_name(row, plan) for row in measures.to_dict("records"))
    named = measures.assign(type=[type_name(row, plan) for row in measures.to_dict("records")])
    rows = [
        (words(kind), *_counted(named[named["type"] == kind], shown))
        for kind, _ in kinds.most_common()
    ]
    columns = (Column("类型"), *_count_columns(shown))
    caption = "各类举措按状态计数（项）"
    return plain("measures-by-type", caption, columns, rows, note=_COUNT_NOTE)


_COUNT_NOTE = "方案列明的专项单独报送，计入其中；状态为最近一次报送的状态，已完成的不再计为未报。"


def all_measures_table(measures: pd.DataFrame, plan: Plan, root: str) -> Table:
    """Return every measure and sub-item in a line, by chapter and field."""
    columns = (
        Column("举措"),
        Column("类型", "mark"),
        Column("状态", "mark"),
        Column("状态始于", "period"),
        Column("最近报送", "period"),
        Column("填报单位", "mark"),
    )
    groups = []
    for chapter in plan.chapters:
        for field in chapter.fields:
            own = measures[measures["field_id"] == field.id].to_dict("records")
            rows = tuple(_list_row(row, plan, root) for row in own)
            levels = tuple(int(bool(row["parent_id"])) for row in own)
            groups.append(Rows(rows, f"{chapter.title} · {field.name}", levels))
    whole = int((measures["parent_id"] == "").sum())
    caption = f"全部{whole}项举措和{len(measures) - whole}个专项"
    return Table("all-measures", caption, columns, tuple(groups), empty="方案没有举措。")


def _list_row(row: Row, plan: Plan, root: str) -> tuple[Cell, ...]:
    address = f"{root}chapters/{row['chapter']}.html#measures-{row['field_id']}"
    sub = bool(row["parent_id"])
    return (
        words(str(row["title"])) if sub else link(str(row["title"]), address),
        words("" if sub else type_name(row, plan)),
        status(str(row["status"]), stale=bool(row["stale"])),
        _when(row["status_since"]),
        _when(row["last_reported"]),
        words(plan.unit(str(row["submitting_unit"])).short),
    )


def silent(measures: pd.DataFrame) -> pd.Series[bool]:
    """Return which measures nobody reported in this edition, though there is more to come."""
    return measures["stale"] & (measures["status"] != str(MeasureStatus.DONE))


def type_name(row: Row, plan: Plan) -> str:
    """Return what a measure's type is called in the plan's language."""
    return plan.about.measure_types.get(str(row["type"]), str(row["type"]))


def progress_words(row: Row) -> str:
    """Return the progress as reported, with the month of completion."""
    done = str(row["completed_on"])
    parts = [str(row["progress"]), f"（完成时间：{done}）" if done else ""]
    return "".join(parts) or numbers.ABSENT


def quarters_between(earlier: str, edition: Edition) -> int:
    """Return how many quarters lie between an edition's text and `edition`."""
    then = Edition.parse(earlier)
    return (edition.year - then.year) * 4 + edition.quarter - then.quarter


def silence(row: Row, edition: Edition, plan: Plan) -> tuple[int, str]:
    """Return how many editions in a row lack a report, and that in words."""
    last = str(row["last_reported"])
    if not last:
        missed = quarters_between(str(plan.about.first_edition), edition) + 1
        return missed, f"从未报送，已{missed}期"
    missed = quarters_between(last, edition)
    return missed, f"连续{missed}期未报" if missed > 1 else "本期未报"


def _last_reported(row: Row, plan: Plan, edition: Edition) -> Cell:
    """Return the edition last reported in, with a mark where this one is missing."""
    last = str(row["last_reported"])
    if not last:
        return words(numbers.ABSENT)
    mark = silence(row, edition, plan)[1] if row["stale"] else ""
    return words(edition_label(last), sort=last, mark=mark)


def _when(edition: object) -> Cell:
    return words(edition_label(str(edition)), sort=str(edition))


def _statuses(measures: pd.DataFrame) -> list[str]:
    """Return the statuses that occur, best first; an empty one, never reported, is the last."""
    found = set(measures["status"])
    return [str(s) for s in reversed(STATUS_ORDER) if s in found] + ([""] if "" in found else [])


def _count_columns(shown: Sequence[str]) -> tuple[Column, ...]:
    heads = (*(name or NOT_YET_REPORTED for name in shown), "合计", "其中：本期未报")
    return tuple(Column(head, "number") for head in heads)


def _counted(own: pd.DataFrame, shown: Sequence[str]) -> tuple[Cell, ...]:
    counted = Counter(str(status) for status in own["status"])
    amounts = [*(counted[name] for name in shown), len(own), int(silent(own).sum())]
    return tuple(figure(str(n) if n else numbers.ABSENT, n) for n in amounts)
