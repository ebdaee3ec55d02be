"""Who has reported for an edition and who has not: the table analysts look at every morning.

`Submissions` → `EditionStatus`, and that as Markdown to paste into a chat. Today's date is an
argument: before the deadline a unit that has sent nothing is awaited, after it it is missing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planbook.collect.submission import Submission
from planbook.collect.submissions import Submissions
from planbook.errors import Finding
from planbook.periods import Edition
from planbook.vocabulary import Severity, SubmissionState
from planbook.workspace import Dataset

_SHOWN = 5
AWAITED = "待报"
HEADINGS = ("填报单位", "状态", "收到日期", "已报/应报", "错误", "提示", "份数")


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """Where a unit stands; all findings are those of the workbook that counts."""

    unit_id: str
    name: str
    state: str
    received_on: str
    reported: int
    owed: int
    errors: int
    warnings: int
    file: str
    superseded: int
    errors_found: tuple[str, ...]  # each with its cell

    @property
    def cells(self) -> tuple[str, ...]:
        """The row under `HEADINGS`."""
        sent = bool(self.file)
        return (
            self.name,
            self.state,
            self.received_on,
            f"{self.reported}/{self.owed}",
            str(self.errors) if sent else "",
            str(self.warnings) if sent else "",
            str(self.superseded + 1) if sent else "",
        )


@dataclass(frozen=True, slots=True)
class EditionStatus:
    """All units of an edition in the plan's order, and files that are no submissions."""

    title: str
    edition: Edition
    deadline: dt.date
    days_left: int  # to the deadline; below zero after it
    units: tuple[UnitStatus, ...]
    foreign: tuple[str, ...]

    def of(self, *states: str) -> tuple[UnitStatus, ...]:
        """Return the units in one of these states."""
        return tuple(unit for unit in self.units if unit.state in states)

    @property
    def headline(self) -> str:
        when = f"还有 {self.days_left} 天" if self.days_left > 0 else "今天截止"
        if self.days_left < 0:
            when = f"已过 {-self.days_left} 天"
        day = self.deadline
        return (
            f"{self.title} · {self.edition.label}报送情况"
            f"（截止 {day.year}年{day.month}月{day.day}日，{when}）"
        )

    @property
    def counts(self) -> str:
        """How many units are in which state, by the states' order."""
        states = [*SubmissionState, AWAITED]
        found = [(state, len(self.of(state))) for state in states]
        parts = "，".join(f"{state} {count}" for state, count in found if count)
        return f"共 {len(self.units)} 个单位：{parts}" if parts else "没有单位报送更正"

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """What is to be done, as pairs of a heading and the units it concerns."""
        warned = [f"{unit.name}（{unit.warnings} 处）" for unit in self.units if unit.warnings]
        errors = [
            (f"{unit.name}待更正 {unit.errors} 处", _first(unit.errors_found))
            for unit in self.units
            if unit.errors
        ]
        groups = (
            (SubmissionState.MISSING.value, [u.name for u in self.of(SubmissionState.MISSING)]),
            (AWAITED, [unit.name for unit in self.of(AWAITED)]),
            (SubmissionState.LATE.value, [_late(u) for u in self.of(SubmissionState.LATE)]),
            ("有提示待核对", warned),
            ("文件夹中的其他文件", list(self.foreign)),
        )
        return (*errors, *((heading, "、".join(names)) for heading, names in groups if names))

    def to_markdown(self) -> str:
        """Return headline, what is to be done, and the table."""
        lines = [f"**{_escaped(self.headline)}**", "", self.counts, ""]
        lines += [f"- **{heading}**：{_escaped(names)}" for heading, names in self.calls]
        if self.calls:
            lines.append("")
        lines += [_line(HEADINGS), _line(["---"] * len(HEADINGS))]
        lines += [_line(map(_escaped, unit.cells)) for unit in self.units]
        return "\n".join(lines) + "\n"


def edition_status(
    dataset: Dataset, submissions: Submissions, edition: Edition, today: dt.date
) -> EditionStatus:
    """Return where every unit stands in an edition.

    Parameters
    ----------
    submissions
        Read up to `edition` or a later one.
    """
    deadline = dataset.deadline(edition)
    errors = {
        s.unit_id: tuple(map(_where_and_what, _errors(s)))
        for s in submissions.current
        if s.edition == edition
    }
    rows = submissions.table[submissions.table["edition"] == str(edition)].to_dict("records")
    return EditionStatus(
        title=dataset.title,
        edition=edition,
        deadline=deadline,
        days_left=(deadline - today).days,
        units=tuple(
            _unit({str(k): v for k, v in row.items()}, errors, today, deadline) for row in rows
        ),
        foreign=tuple(f.file for f in submissions.findings if f.edition in ("", str(edition))),
    )


def _errors(submission: Submission) -> Iterable[Finding]:
    return (f for f in submission.findings if f.severity is Severity.ERROR)


def _where_and_what(finding: Finding) -> str:
    sheet = f"「{finding.sheet}」{finding.cell}：" if finding.sheet else ""
    return f"{sheet}{finding.message}"


def _unit(
    row: dict[str, Any], errors: dict[str, tuple[str, ...]], today: dt.date, deadline: dt.date
) -> UnitStatus:
    awaited = row["state"] == SubmissionState.MISSING and today <= deadline
    return UnitStatus(
        unit_id=row["submitting_unit"],
        name=row["unit_name"],
        state=AWAITED if awaited else row["state"],
        received_on=row["received_on"],
        reported=row["reported"],
        owed=row["owed"],
        errors=row["errors"],
        warnings=row["warnings"],
        file=row["file"],
        superseded=row["superseded"],
        errors_found=errors.get(row["submitting_unit"], ()),
    )


def _first(errors: tuple[str, ...]) -> str:
    """Return as many errors as a chat bears; `check` lists them all."""
    return " ".join(errors[:_SHOWN]) + ("……" if len(errors) > _SHOWN else "")


def _late(unit: UnitStatus) -> str:
    return f"{unit.name}（{unit.received_on}）"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Return a text that stays itself in Markdown: names of files may be anything."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
