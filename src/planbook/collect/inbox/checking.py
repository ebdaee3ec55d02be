"""Check a workbook that somebody holds in hand, whatever it is called and wherever it lies.

Whose it is, is read from its own hidden marks and must be one of ours: an edition, unit or dataset
that does not exist is a finding, never a path. Then it is read as `reading` reads filed ones. A
copy that `feedback` made is told by the mark in it: as it was sent it is passed over, and filled in
it is refused, with words how to send it. Whatever is wrong with a file is a finding on that file.

`read_file` takes a workbook by itself, in any process; `hold_against` then holds it against what
was said before its edition.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.file_names import shown_name
from planbook.collect.form.form import SignOff
from planbook.collect.layout import FEEDBACK_SHEET, META_KEYS, META_SHEET, VALUES, address
from planbook.collect.read.copies import CopyState, copy_state
from planbook.collect.read.row import Report
from planbook.collect.read.signing import signed_by
from planbook.collect.read.submission import Submission
from planbook.collect.read.workbook_reader import SHEETS, submission_of
from planbook.collect.rules import Place, Rule, file_rules
from planbook.collect.xlsx.package import LARGEST_FILE, Refused, oversized, unforeseen
from planbook.collect.xlsx.raw_cells import Sheet, read_workbook
from planbook.errors import Finding, PlanbookError, UnfitFile, system_words
from planbook.periods import Edition
from planbook.plain_reads import first_bytes
from planbook.plan import Plan
from planbook.vocabulary import Severity
from planbook.workspace import Dataset

Before = Callable[[Dataset, Edition], History]  # what was said before an edition


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller insists on; ``None`` takes what the workbook says of itself."""

    dataset: str | None = None
    edition: Edition | None = None
    unit_id: str | None = None


@dataclass(frozen=True)
class Basis:
    """What a workbook is read by, whatever else was received.

    Attributes
    ----------
    datasets
        All there are, by name.
    wanted
        Dataset, edition and unit it must be for.
    received
        The day it came: no period may end after it.
    """

    plan: Plan
    datasets: Mapping[str, Dataset]
    wanted: Wanted = field(default_factory=Wanted)
    received: dt.date | None = None
    _followed: dict[str, Plan] = field(default_factory=dict, repr=False)

    def followed(self, dataset: str) -> Plan:
        """Return the plan as a dataset follows it; its look-ups are made once."""
        if dataset not in self._followed:
            first = self.datasets[dataset].first_edition
            self._followed[dataset] = self.plan.followed_from(first)
        return self._followed[dataset]

    def place(self, file: str) -> Place:
        """Return where findings are on a file of which nothing is known yet."""
        return Place(str(self.wanted.edition or ""), self.wanted.unit_id or "", file)


@dataclass(frozen=True)
class Checked:
    """A workbook after checking.

    Attributes
    ----------
    file
        The name it came under.
    data
        Its bytes; empty if it could not be read from disk.
    submission
        What it says; ``None`` as long as nobody knows whose it is.
    findings
        All that is wrong with it, in the order of its cells.
    unit_id, edition
        Whose it is and for which edition, as far as its marks say so credibly: the edition wanted,
        where it is made out for another one.
    passed_over
        Why it is no report and nothing is wrong with it; empty for a report.
    is_copy
        Whether it is a copy that `feedback` made, filled in: never to be used.
    """

    file: str
    data: bytes = b""
    submission: Submission | None = None
    findings: tuple[Finding, ...] = ()
    dataset: str = ""
    signed_by: SignOff = field(default_factory=SignOff)
    unit_id: str = ""
    edition: Edition | None = None
    passed_over: str = ""
    is_copy: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_usable(self) -> bool:
        """Tell whether the workbook as a whole can be used, leaving out single refused cells."""
        return self.submission is not None and self.submission.usable

    def count(self, severity: Severity) -> int:
        """Return how many findings of this severity there are."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def is_acceptable(self) -> bool:
        return self.is_usable and not self.count(Severity.ERROR)


def check_file(
    path: Path,
    plan: Plan,
    datasets: Mapping[str, Dataset],
    *,
    wanted: Wanted | None = None,
    before: Before | None = None,
    received: dt.date | None = None,
) -> Checked:
    """Read a file once, no more of it than a workbook may have, and check it."""
    basis = Basis(plan, datasets, wanted or Wanted(), received)
    return hold_against(read_file(path, basis), basis, before)


def check_workbook(
    data: bytes,
    plan: Plan,
    datasets: Mapping[str, Dataset],
    *,
    file: str,
    wanted: Wanted,
    before: Before | None = None,
    received: dt.date | None = None,
) -> Checked:
    """Check the bytes of a workbook; never raises, whatever they are.

    Parameters
    ----------
    file
        The name by which findings call it.
    before
        Gives what the workbook is held against; left out, it is held against the plan alone.
    """
    basis = Basis(plan, datasets, wanted, received)
    return hold_against(_read(data, basis, file), basis, before)


def read_file(path: Path, basis: Basis) -> Checked:
    """Read a file once, no more of it than a workbook may have, and check it by itself."""
    name = shown_name(path)
    try:
        data, size = first_bytes(path, LARGEST_FILE)
    except (UnfitFile, FileNotFoundError):
        finding = file_rules.UNREADABLE.finding(Place(file=name), observed="不是普通文件")
        return Checked(name, findings=(finding,))
    except OSError as error:
        finding = file_rules.UNREADABLE.finding(
            Place(file=name),
            observed=system_words(error),
            remedy="关闭正在使用它的程序，确认有权读取后重试",
        )
        return Checked(name, findings=(finding,))
    if size > LARGEST_FILE:
        return Checked(name, data, findings=(oversized(size).finding(Place(file=name)),))
    return _read(data, basis, name)


def hold_against(checked: Checked, basis: Basis, before: Before | None) -> Checked:
    """Return a workbook that was read by itself, with what contradicts earlier editions."""
    submission, edition = checked.submission, checked.edition
    if submission is None or edition is None:
        return checked

    def compared() -> Checked:
        held = submission
        if submission.usable:
            dataset = basis.datasets[checked.dataset]
            known = History(basis.plan) if before is None else before(dataset, edition)
            held = compare(submission, known)
        if checked.is_copy:
            held = replace(held, usable=False)
        return replace(checked, submission=held, findings=held.findings)

    return _spared(compared, Checked(checked.file, checked.data), basis)


def _read(data: bytes, basis: Basis, file: str) -> Checked:
    nothing = Checked(file, data)
    return _spared(lambda: _by_itself(nothing, basis), nothing, basis)


def _spared(check: Callable[[], Checked], nothing: Checked, basis: Basis) -> Checked:
    """Return what a check gives, or, where the file makes it fail, `nothing` with a finding."""
    place = basis.place(nothing.file)
    try:
        return check()
    except Refused as refused:
        return replace(nothing, findings=(refused.finding(place),))
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except PlanbookError:  # the analysts' own files are at fault, not this one
        raise
    except BaseException as error:  # noqa: BLE001  a panic in calamine is no Exception
        return replace(nothing, findings=(unforeseen(error, place),))


def _by_itself(checked: Checked, basis: Basis) -> Checked:
    plan, datasets, wanted = basis.plan, basis.datasets, basis.wanted
    place = basis.place(checked.file)
    book = read_workbook(checked.data, SHEETS)
    copy = copy_state(book)
    if copy is CopyState.AS_SENT:
        return replace(checked, passed_over="核对意见的副本，没有改动")
    marked = file_rules.MARKED_COPY.finding(place, expected=FEEDBACK_SHEET)
    is_copy = copy is CopyState.FILLED_IN
    if META_SHEET not in book.sheets:
        finding = marked if is_copy else file_rules.NOT_OURS.finding(place, expected=META_SHEET)
        return replace(checked, findings=(finding,))
    marks = _Marks(book.sheets[META_SHEET], place)
    dataset = marks.dataset(datasets, wanted.dataset)
    followed = basis.followed(dataset) if dataset else plan
    edition = marks.edition(followed, datasets.get(dataset), wanted.edition)
    unit_id = marks.unit(plan, wanted.unit_id)
    checked = replace(checked, dataset=dataset, edition=edition, findings=tuple(marks.findings))
    if edition is None or marks.findings:
        return replace(checked, unit_id=unit_id if dataset else "")
    where = Place(str(edition), unit_id, checked.file)
    report = Report(followed, edition, unit_id, where, basis.received)
    submission = submission_of(book, report, dataset=dataset, sha256=checked.sha256)
    if is_copy:
        submission = replace(submission, findings=(marked, *submission.findings))
    is_signed = submission.usable and not is_copy
    return replace(
        checked,
        submission=submission,
        findings=submission.findings,
        signed_by=signed_by(book.sheets[VALUES.sheet]) if is_signed else SignOff(),
        unit_id=marks.own_unit(plan),
        is_copy=is_copy,
    )


class _Marks:
    """The hidden marks of a workbook, believed only where they name something that exists."""

    def __init__(self, sheet: Sheet, place: Place) -> None:
        self.findings: list[Finding] = []
        self._place = place
        self._cells = {sheet.text(row, 0): row for row in range(len(sheet.rows))}
        self._sheet = sheet

    def _text(self, key: str) -> str:
        return self._sheet.text(self._cells[key], 1) if key in self._cells else ""

    def _refuse(self, rule: Rule, key: str, expected: str) -> None:
        cell = address(self._cells.get(key, META_KEYS.index(key)), 1)
        place = self._place.at(META_SHEET, cell)
        self.findings.append(rule.finding(place, observed=self._text(key), expected=expected))

    def dataset(self, known: Mapping[str, Dataset], wanted: str | None) -> str:
        name = self._text("dataset") if wanted is None else wanted
        if name not in known:
            self._refuse(file_rules.WRONG_DATASET, "dataset", "、".join(known))
            return ""
        return name

    def edition(
        self, plan: Plan, dataset: Dataset | None, wanted: Edition | None
    ) -> Edition | None:
        first, last = plan.about.first_edition, dataset.newest_open if dataset else None
        edition = wanted
        if edition is None:
            with suppress(ValueError):
                edition = Edition.parse(self._text("edition"))
        told = None if edition is None else plan.cycle.told_in(edition)
        within = told is not None and told >= first and (last is None or told.base <= last)
        if edition is None or not (within and plan.cycle.collects(edition)):
            self._refuse(file_rules.WRONG_EDITION, "edition", f"{first} 至 {last or '最新一期'}")
            return None
        return edition

    def unit(self, plan: Plan, wanted: str | None) -> str:
        unit_id = self._text("unit") if wanted is None else wanted
        if not _is_unit(plan, unit_id):
            self._refuse(file_rules.WRONG_UNIT, "unit", "方案中填报单位的编号")
            return ""
        return unit_id

    def own_unit(self, plan: Plan) -> str:
        """Return the unit the workbook names itself; empty where there is none of that id."""
        found = self._text("unit")
        return found if _is_unit(plan, found) else ""


def _is_unit(plan: Plan, id: str) -> bool:
    try:
        plan.unit(id)
    except KeyError:
        return False
    return True
