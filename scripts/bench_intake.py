"""How many mistyped numbers the intake catches, and how many right ones it questions.

Every number of every filed workbook is mistyped in each of the usual ways, in its cell, and the
workbook is read and held against what was known before it; once with all earlier editions, once
with nothing but the baselines, as the first workbook of a dataset is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.decided.corrections import read_corrections
from planbook.collect.decided.csv_inputs import read_baselines
from planbook.collect.inbox.submissions import read_submissions
from planbook.collect.layout import FIRST_ROW, META_SHEET, NEWEST, VALUES
from planbook.collect.read.row import Report
from planbook.collect.read.submission import ReportedValue, Submission
from planbook.collect.read.workbook_reader import submission_of
from planbook.collect.rules import Place, Rule, history_rules, size_rules
from planbook.collect.xlsx.raw_cells import Sheet, Workbook, read_workbook
from planbook.errors import Finding
from planbook.plan import Plan
from planbook.vocabulary import Severity
from planbook.workspace import Workspace

CAUGHT, WARNED, SILENT = "拦下", "提示", "无声"
TRUE = "真值"
KNOWN = ("有历史：此前各期已报同口径的数值", "无历史：只有基期值或本行上年同期值")
_EXCHANGED = "与上年同期互换"
_VALUE, _PRIOR = VALUES.at("value"), VALUES.at("prior_value")
_COMPARED = {
    r.id for m in (size_rules, history_rules) for r in vars(m).values() if isinstance(r, Rule)
}


@dataclass(frozen=True)
class Cells:
    """The numbers of a row, and the value of the row below it."""

    value: float
    prior: float | None
    below: float | None


Slip = Callable[[Cells], float | None]


def times(factor: float) -> Slip:
    """Return the slip that multiplies a value, with no digits of its own."""
    return lambda cells: float(f"{cells.value * factor:.12g}")


def transposed(cells: Cells) -> float | None:
    """Return the value with the first two unlike neighbours among its digits changed round."""
    text = f"{cells.value:.6f}".rstrip("0").rstrip(".")
    places = [place for place, mark in enumerate(text) if mark.isdigit()]
    for one, next_one in pairwise(places):
        if text[one] != text[next_one]:
            marks = list(text)
            marks[one], marks[next_one] = marks[next_one], marks[one]
            return float("".join(marks))
    return None


SLIPS: dict[str, Slip] = {
    "×10": times(10),
    "÷10": times(0.1),
    "×100": times(100),
    "÷100": times(0.01),
    "×10 000": times(10_000),
    "÷10 000": times(0.0001),
    "×1.5": times(1.5),
    "填 0": lambda cells: 0.0,
    _EXCHANGED: lambda cells: cells.prior,
    "错一行": lambda cells: cells.below,
    "两位数字颠倒": transposed,
}
POWERS = tuple(SLIPS)[:6]


@dataclass
class Score:
    """What became of the mistyped numbers, by slip; `missed` names those that passed in silence."""

    outcomes: dict[str, Counter[str]]
    missed: list[str]

    def share(self, slips: Iterable[str], *outcomes: str) -> float:
        """Return which share of the mistyped numbers had one of the outcomes."""
        counted = sum((self.outcomes[slip] for slip in slips), Counter[str]())
        return sum(counted[o] for o in outcomes) / max(counted.total(), 1)


@dataclass(frozen=True)
class Filed:
    """A filed workbook: what it says, and its cells, ready to be mistyped."""

    submission: Submission
    book: Workbook
    dataset: str

    @classmethod
    def of(cls, submission: Submission, workspace: Workspace) -> Filed:
        path = workspace.submissions / str(submission.edition) / submission.file
        sheets = (*(table.sheet for table in NEWEST.tables), META_SHEET)
        return cls(submission, read_workbook(path.read_bytes(), sheets), workspace.dataset.name)

    def mistyped(self, slip: Slip | None, plan: Plan) -> tuple[Submission, set[int]]:
        """Return the workbook read again with every number mistyped, and the rows it concerns."""
        sheet = self.book.sheets[VALUES.sheet]
        rows = [list(row) for row in sheet.rows]
        typed = [
            n
            for n in range(FIRST_ROW, len(rows))
            if isinstance(rows[n][_VALUE], float) and rows[n][0]
        ]
        done = set()
        for n, below in zip(typed, [*typed[1:], *typed[:1]], strict=True):
            value, prior = sheet.rows[n][_VALUE], sheet.rows[n][_PRIOR]
            assert isinstance(value, float)
            other = sheet.rows[below][_VALUE]
            cells = Cells(
                value,
                prior if isinstance(prior, float) else None,
                other if below != n and isinstance(other, float) else None,
            )
            wrong = None if slip is None else slip(cells)
            if slip is not None and (wrong is None or wrong == value):
                continue  # no mistake, or none that shows
            done.add(n)
            if wrong is not None:
                rows[n][_VALUE] = wrong
                if slip is SLIPS[_EXCHANGED]:
                    rows[n][_PRIOR] = value
        sheets = {**self.book.sheets, VALUES.sheet: Sheet(sheet.name, rows, sheet.marks)}
        place = Place(str(self.submission.edition), self.submission.unit_id, self.submission.file)
        report = Report(plan, self.submission.edition, self.submission.unit_id, place)
        read = submission_of(replace(self.book, sheets=sheets), report, dataset=self.dataset)
        return read, done


def measure(
    plan: Plan, workspace: Workspace, units: Collection[str] | None = None
) -> dict[str, Score]:
    """Return the scores with history and without, each of the rows that have what it takes.

    With history: rows of which an earlier value in the same scope is on file. Without: rows that
    hold a baseline or a value of the year before. The true values are scored under `TRUE`: what
    the comparison says of them.

    Parameters
    ----------
    units
        Whose workbooks are mistyped; all of them by default.
    """
    baselines = read_baselines(workspace.data / "baselines.csv", plan)
    corrections = read_corrections(workspace.data / "corrections.yaml", plan)
    submissions = read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=workspace.dataset.current_edition,
        corrections=corrections,
        baselines=baselines,
    )
    scores = {name: Score({slip: Counter() for slip in (TRUE, *SLIPS)}, []) for name in KNOWN}
    known, nothing = History(plan, corrections, baselines), History(plan, (), baselines)
    for submission in submissions.current:
        known.correct(submission.edition)
        if units is None or submission.unit_id in units:
            filed = Filed.of(submission, workspace)
            for name, slip in ((TRUE, None), *SLIPS.items()):
                read, rows = filed.mistyped(slip, plan)
                for before, score in zip((known, nothing), scores.values(), strict=True):
                    _count(compare(read, before), rows, before, score, name)
        known.take(submission)
    return scores


def _count(read: Submission, rows: set[int], before: History, score: Score, slip: str) -> None:
    found: dict[int, list[Finding]] = {}
    for finding in read.findings:
        if finding.sheet == VALUES.sheet and finding.cell[:1] in "GHI":
            found.setdefault(int(finding.cell[1:]) - 1, []).append(finding)
    for value in read.values:
        if not value.cell:
            continue
        row = int(value.cell[1:]) - 1
        if row not in rows or not _has_references(value, read, before):
            continue
        said = found.get(row, [])
        if slip == TRUE:
            said = [finding for finding in said if finding.rule in _COMPARED]
        outcome = SILENT
        if said:
            errors = any(finding.severity is Severity.ERROR for finding in said)
            outcome = CAUGHT if errors else WARNED
        score.outcomes[slip][outcome] += 1
        if (outcome == SILENT) == (slip != TRUE):
            rules = "、".join(finding.rule for finding in said)
            told = (slip, read.edition, value.indicator_id, value.value, value.prior_value, rules)
            score.missed.append(" ".join(map(str, told)))


def _has_references(value: ReportedValue, read: Submission, before: History) -> bool:
    values = before.values.get(value.indicator_id, {})
    if values or before.values:
        return any(period < value.period and scope == value.scope for period, scope in values)
    bases = before.base_values(value.indicator_id, read.edition)
    return value.prior_value is not None or any(base.scope == value.scope for base in bases)
