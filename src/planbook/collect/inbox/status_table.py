"""Who has reported for an edition and who has not: the table analysts look at every morning.

`Submissions` → `EditionStatus`, and that as Markdown to paste into a chat. The states are those of
the table of submissions, so that the book says the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planbook.collect.decided.selections import Selection
from planbook.collect.inbox.received import Submissions
from planbook.collect.rules import file_rules
from planbook.errors import Finding
from planbook.frames import SubmissionRow
from planbook.periods import Edition, day_label
from planbook.vocabulary import SelectionAction, Severity, SubmissionState
from planbook.workspace import Dataset

_SHOWN = 5
MEASURES_ONLY = "（无应报数据，只报进展）"
HEADINGS = ("填报单位", "状态", "收到日期", "已报/应报", "错误", "提示", "份数")


@dataclass(frozen=True, slots=True)
class EditionStatus:
    """All units of an edition in the plan's order, and what else is to be told.

    Attributes
    ----------
    units
        Where each stands; findings counted are those of the workbook that counts.
    errors
        Of the workbook that counts, each with its cell, by the unit's id.
    acts
        Recorded acts on this edition's workbooks, a sentence each.
    returned_since
        Units of which a workbook counts and a later one was refused, with the refusal.
    foreign
        Files that are no submissions.
    stands
        That the edition is published, corrected or withdrawn, and what is being corrected.
    """

    title: str
    edition: Edition
    deadline: dt.date
    days_left: int  # to the deadline; below zero after it
    units: tuple[SubmissionRow, ...]
    errors: Mapping[str, Sequence[str]]
    acts: tuple[str, ...]
    returned_since: tuple[str, ...]
    foreign: tuple[str, ...]
    stands: str = ""

    def of(self, *states: str) -> tuple[SubmissionRow, ...]:
        """Return the units in one of these states."""
        return tuple(unit for unit in self.units if unit.state in states)

    @property
    def headline(self) -> str:
        when = f"还有 {self.days_left} 天" if self.days_left > 0 else "今天截止"
        if self.days_left < 0:
            when = f"已过 {-self.days_left} 天"
        day = day_label(self.deadline)
        return f"{self.title} · {self.edition.label}报送情况（截止 {day}，{when}）"

    @property
    def counts(self) -> str:
        """How many units are in which state, by the states' order."""
        found = [(state, len(self.of(state))) for state in SubmissionState]
        parts = "，".join(f"{state} {count}" for state, count in found if count)
        return f"共 {len(self.units)} 个单位：{parts}" if parts else "没有单位报送更正"

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """What is to be done, as pairs of a heading and the units it concerns."""
        warned = [f"{u.unit_name}（{u.warnings} 处）" for u in self.units if u.warnings and u.file]
        errors = [
            (f"{u.unit_name}待更正 {u.errors} 处", _first(self.errors.get(u.submitting_unit, ())))
            for u in self.units
            if u.errors and u.file
        ]
        groups = (
            self._called(SubmissionState.MISSING, "{0.unit_name}{1}"),
            self._called(
                SubmissionState.RETURNED, "{0.unit_name}（{0.received_on}，错误 {0.errors} 处）"
            ),
            ("另有更正未收取", self.returned_since),
            self._called(SubmissionState.AWAITED, "{0.unit_name}{1}"),
            self._called(SubmissionState.LATE, "{0.unit_name}（{0.received_on}）"),
            ("有提示待核对", warned),
            ("撤回和改用", self.acts),
            ("文件夹中的其他文件", self.foreign),
        )
        return (*errors, *((heading, "、".join(names)) for heading, names in groups if names))

    def _called(self, state: SubmissionState, told: str) -> tuple[str, Sequence[str]]:
        return state.value, [
            told.format(unit, "" if unit.owed else MEASURES_ONLY) for unit in self.of(state)
        ]

    def to_markdown(self) -> str:
        """Return headline, what is to be done, and the table."""
        lines = [f"**{_escaped(self.headline)}**", ""]
        if self.stands:
            lines += [_escaped(self.stands), ""]
        lines += [self.counts, ""]
        lines += [f"- **{heading}**：{_escaped(names)}" for heading, names in self.calls]
        if self.calls:
            lines.append("")
        lines += [_line(HEADINGS), _line(["---"] * len(HEADINGS))]
        lines += [_line(map(_escaped, cells_of(unit))) for unit in self.units]
        return "\n".join(lines) + "\n"


def cells_of(unit: SubmissionRow) -> tuple[str, ...]:
    """Return the row of a unit under `HEADINGS`."""
    return (
        unit.unit_name,
        unit.state,
        unit.received_on,
        f"{unit.reported}/{unit.owed}" if unit.owed else "",
        str(unit.errors) if unit.received_on else "",
        str(unit.warnings) if unit.received_on else "",
        str(unit.superseded + 1) if unit.file else "",
    )


def edition_status(
    dataset: Dataset, submissions: Submissions, edition: Edition, today: dt.date, stands: str = ""
) -> EditionStatus:
    """Return where every unit stands in an edition.

    Parameters
    ----------
    submissions
        Read up to `edition` or a later one, with the same `today`.
    stands
        Where the edition stands, in words.
    """
    deadline = dataset.deadline(edition)
    units = tuple(row for row in submissions.rows if row.edition == edition)
    names = {row.submitting_unit: row.unit_name for row in units}
    return EditionStatus(
        title=dataset.title,
        edition=edition,
        deadline=deadline,
        days_left=(deadline - today).days,
        units=units,
        errors={
            s.unit_id: [_where_and_what(f) for f in s.findings if f.severity is Severity.ERROR]
            for s in submissions.current
            if s.edition == edition
        },
        acts=tuple(_act(act, names) for act in submissions.acts if act.edition == edition),
        returned_since=tuple(_returned_since(submissions, edition, units)),
        foreign=tuple(
            f.file
            for f in submissions.findings
            if f.rule == file_rules.FOREIGN_FILE.id and f.edition in ("", str(edition))
        ),
        stands=stands,
    )


def _where_and_what(finding: Finding) -> str:
    sheet = f"「{finding.sheet}」{finding.cell}：" if finding.sheet else ""
    return f"{sheet}{finding.message}"


def _returned_since(
    submissions: Submissions, edition: Edition, units: Iterable[SubmissionRow]
) -> Iterator[str]:
    """Yield units with a workbook that counts and one that was refused after it came."""
    counting = {unit.submitting_unit: unit.unit_name for unit in units if unit.file}
    for refusal in submissions.returned:
        if refusal.edition == str(edition) and refusal.submitting_unit in counting:
            name = counting[refusal.submitting_unit]
            yield f"{name}（{refusal.received_on}，错误 {refusal.errors} 处）"


def _act(act: Selection, names: Mapping[str, str]) -> str:
    withdrawn = act.action is SelectionAction.WITHDRAW
    what = f"撤回 {act.file}" if withdrawn else f"改用 {act.file}，不用 {'、'.join(act.instead_of)}"
    by = names.get(act.by, act.by)
    return f"{what}（{by}，{act.on}，自 {act.from_edition} 起：{act.reason}）"


def _first(errors: Sequence[str]) -> str:
    """Return as many errors as a chat bears; `check` lists them all."""
    return " ".join(errors[:_SHOWN]) + ("……" if len(errors) > _SHOWN else "")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Return a text that stays itself in Markdown: names of files may be anything."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
