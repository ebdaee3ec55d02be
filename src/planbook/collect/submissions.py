"""Read the submissions of all editions from their folder, and say who has reported and who has not.

``submissions/<edition>/<unit>-<received>-<sha256[:8]>.xlsx`` → `Submissions`. Files are never
changed and all are kept. Of a unit and edition the usable one received last counts; of several on
one day the one filed last by its receipt, and without receipts the last by name, with a finding.
What a recorded act (`selections`) has set aside does not count.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from planbook.collect.cache import SubmissionCache
from planbook.collect.corrections import Correction
from planbook.collect.filing import DIGEST_LENGTH, FiledName, shown_name
from planbook.collect.history import History
from planbook.collect.history_checks import history_findings
from planbook.collect.owed import allowed_periods, owed_indicators, owed_measures
from planbook.collect.package import unforeseen
from planbook.collect.reading import read_submission
from planbook.collect.receipts import RECEIPTS, Filed, order_of_receipt
from planbook.collect.refusals import REFUSALS, Refusal, read_refusals
from planbook.collect.rules import Place, files
from planbook.collect.selections import Aside, Selection, set_aside
from planbook.collect.signing import Mask
from planbook.collect.submission import Submission
from planbook.collect.unchanged import nothing_changed
from planbook.errors import Finding, system_words
from planbook.frames import SUBMISSIONS
from planbook.periods import Edition, editions_between
from planbook.plan import Plan
from planbook.vocabulary import ObsStatus, SelectionAction, Severity, SubmissionState
from planbook.workspace import Dataset

_Key = tuple[Edition, str]  # edition and unit
Received = dict[_Key, list[Submission]]  # the one that counts comes first
_EXPECTED = "<单位>-<收到日期>-<校验码>.xlsx"


@dataclass(frozen=True)
class Reselected:
    """From `from_edition` on another workbook of a unit and edition counts than before, or none."""

    edition: Edition
    unit_id: str
    from_edition: Edition
    before: Submission | None
    after: Submission | None
    reason: str


@dataclass(frozen=True)
class Submissions:
    """The workbooks of all editions up to `upto`, read.

    Attributes
    ----------
    current
        The one that counts for each unit and edition, in the order of editions and units.
    superseded
        The earlier ones, and later ones that were not usable.
    findings
        Of files and folders that are no submissions, and of acts that set workbooks aside; those
        of a workbook stay with it.
    table
        One row a unit and edition that owes something or has sent something (`SUBMISSIONS`).
    withdrawn
        Those that a recorded act has set aside.
    reselected
        For each unit and edition whose choice changed in a later edition, what counted from when.
    acts
        The recorded acts that set them aside.
    returned
        Of each unit and edition the last workbook refused, if no sound one was filed since.
    """

    upto: Edition
    current: tuple[Submission, ...]
    superseded: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    table: pd.DataFrame
    withdrawn: tuple[Submission, ...] = ()
    reselected: tuple[Reselected, ...] = ()
    acts: tuple[Selection, ...] = ()
    returned: tuple[Refusal, ...] = ()


def read_submissions(
    folder: Path,
    plan: Plan,
    *,
    dataset: Dataset,
    upto: Edition,
    cache: Path | None = None,
    corrections: Iterable[Correction] = (),
    selections: Iterable[Selection] = (),
    today: dt.date | None = None,
) -> Submissions:
    """Read every workbook filed for `upto` or an edition before it, each held against the earlier.

    Parameters
    ----------
    folder
        Holds a folder for each edition; may not exist yet.
    dataset
        Its name must stand in the workbooks, and its deadlines decide what is late.
    cache
        Folder of what was read before; ``None`` reads everything afresh. The comparison with
        earlier editions is never kept: it depends on more than the workbook.
    corrections
        Declared ones, so that a value people put right is not held against the next one.
    selections
        Recorded acts in their order; those in force in `upto` set workbooks aside.
    today
        Until an edition's deadline nothing is missing; ``None`` takes all deadlines as passed.
    """
    reader = _Reader(plan, dataset, SubmissionCache(cache, plan, dataset.name))
    received: Received = defaultdict(list)
    for edition, path in reader.files(folder, upto):
        submission = reader.read(path, edition)
        if submission is not None:
            received[edition, submission.unit_id].append(submission)
    acts = tuple(selections)
    aside = set_aside(acts, upto)
    counting = {
        key: [s for s in received[key] if (s.edition, s.file) not in aside] for key in received
    }
    ordered = {
        key: _latest_first(counting[key], folder) for key in sorted(counting) if counting[key]
    }
    _compare_with_earlier(ordered, History(plan, tuple(corrections)))
    returned = tuple(_open_refusals(reader.editions, ordered, folder))
    duties = _Duties(plan, dataset, today, returned)
    return Submissions(
        upto=upto,
        current=tuple(latest for latest, *_ in ordered.values()),
        superseded=tuple(s for _, *others in ordered.values() for s in others),
        withdrawn=tuple(
            s for found in received.values() for s in found if (s.edition, s.file) in aside
        ),
        reselected=tuple(_reselected(received, acts, upto, folder)),
        acts=tuple(act for act in acts if act in aside.values()),
        returned=returned,
        findings=(*reader.findings, *_act_findings(aside)),
        table=duties.table(upto, received, ordered),
    )


def _reselected(
    received: Received, acts: tuple[Selection, ...], upto: Edition, folder: Path
) -> Iterator[Reselected]:
    """Yield each change of what counts that holds from a later edition than the workbook's own."""
    for key in sorted(received):
        edition, _ = key
        own = [a for a in acts if a.edition == edition and edition < a.from_edition <= upto]
        counted = _counting(received[key], set_aside(acts, edition), folder)
        for later in sorted({act.from_edition for act in own}):
            now = _counting(received[key], set_aside(acts, later), folder)
            if now is not counted:
                reason = next(a.reason for a in reversed(own) if a.from_edition == later)
                yield Reselected(*key, later, counted, now, Mask.of_nobody().text(reason))
            counted = now


def _open_refusals(editions: list[Path], ordered: Received, folder: Path) -> Iterator[Refusal]:
    """Yield the last refusal of each unit and edition, unless a sound workbook was filed since."""
    for path in editions:
        last = {refusal.submitting_unit: refusal for refusal in read_refusals(path)}
        for refusal in last.values():
            latest, *_ = ordered.get((Edition.parse(path.name), refusal.submitting_unit), [None])
            if latest is None or not latest.usable or _came_before(latest, refusal, folder):
                yield refusal


def _came_before(latest: Submission, refusal: Refusal, folder: Path) -> bool:
    if latest.sha256 == refusal.sha256:  # accepted in the end
        return False
    filed = order_of_receipt(folder / str(latest.edition), latest.file)
    if filed.number:
        return filed.at < refusal.refused_at
    return filed.received < refusal.received_on  # filed by hand: only the day is known


def _counting(found: list[Submission], aside: Aside, folder: Path) -> Submission | None:
    left = [s for s in found if (s.edition, s.file) not in aside]
    return max(left, key=lambda s: _rank(s, folder)) if left else None


def _act_findings(aside: Aside) -> Iterator[Finding]:
    """Yield what the acts in force have set aside, in the edition from which each holds."""
    acts: dict[Selection, list[str]] = defaultdict(list)
    for (_, file), act in sorted(aside.items()):
        acts[act].append(file)
    for act, set_aside_by_it in acts.items():
        unit_id = FiledName.parse(act.file).unit_id
        withdrawn = act.action is SelectionAction.WITHDRAW
        rule = files.WITHDRAWN_FILE if withdrawn else files.CHOSEN_FILE
        yield rule.finding(
            Place(str(act.from_edition.base), unit_id, act.file),
            observed="、".join(set_aside_by_it),
            expected=act.from_edition.label,
            chosen=act.file,
            day=act.on.isoformat(),
            reason=Mask.of_nobody().text(act.reason).rstrip("。"),
        )


def _compare_with_earlier(ordered: Received, history: History) -> None:
    """Add to the submissions that count what contradicts earlier editions; `ordered` is by edition.

    Units of one edition do not know of each other: none reports another one's indicators.
    """
    for (edition, _), submissions in ordered.items():
        history.correct(edition)
        latest = submissions[0]
        found = (*history_findings(latest, history), *nothing_changed(latest, history))
        submissions[0] = replace(latest, findings=(*latest.findings, *found))
        history.take(latest)


@dataclass
class _Reader:
    plan: Plan
    dataset: Dataset
    cache: SubmissionCache
    findings: list[Finding] = field(default_factory=list)
    editions: list[Path] = field(default_factory=list)  # folders of the editions asked for

    def files(self, folder: Path, upto: Edition) -> Iterator[tuple[Edition, Path]]:
        """Yield the files of the editions asked for, by edition and name."""
        first = self.plan.about.first_edition
        editions: list[tuple[Edition, Path]] = []
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.name.startswith(".") or path.name == "README.md":
                continue
            try:
                edition = Edition.parse(path.name)
            except ValueError:
                edition = None
            if edition is None or edition < first or not path.is_dir():
                self._foreign("", path.name, f"期号文件夹，{first} 起")
            elif edition <= upto:
                editions.append((edition, path))
        self.editions = [inner for _, inner in sorted(editions)]
        for edition, inner in sorted(editions):
            for path in sorted(inner.iterdir()):
                ours = path.name in (RECEIPTS, REFUSALS)
                if not ours and not path.name.startswith((".", "~$")):  # editors'
                    yield edition, path

    def read(self, path: Path, edition: Edition) -> Submission | None:
        """Return what a filed workbook says, or report why the file is none."""
        try:
            name = FiledName.parse(path.name)
            self.plan.unit(name.unit_id)
        except (ValueError, KeyError):
            self._foreign(str(edition), shown_name(path), _EXPECTED)
            return None
        if not path.is_file():
            self._foreign(str(edition), shown_name(path), _EXPECTED)
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            finding = files.UNREADABLE.finding(
                Place(str(edition), name.unit_id, path.name),
                observed=system_words(error),
                remedy="确认有权读取后重试；文件已损坏的，从备份恢复",
            )
            return _unusable(path.name, name, edition, "", finding)
        digest = hashlib.sha256(data).hexdigest()
        if not digest.startswith(name.digest):
            return _changed_since(path.name, name, edition, digest)
        submission = self.cache.get(str(edition), path.name, data)
        if submission is None:
            try:
                submission = read_submission(
                    data,
                    self.plan,
                    file=path.name,
                    dataset=self.dataset.name,
                    edition=edition,
                    unit_id=name.unit_id,
                    received=name.received,
                )
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - one file never stops the others
                place = Place(str(edition), name.unit_id, path.name)
                return _unusable(path.name, name, edition, digest, unforeseen(error, place))
            self.cache.put(str(edition), path.name, data, submission)
        return submission

    def _foreign(self, edition: str, name: str, expected: str) -> None:
        place = Place(edition, file=name)
        self.findings.append(files.FOREIGN_FILE.finding(place, observed=name, expected=expected))


def _changed_since(file: str, name: FiledName, edition: Edition, digest: str) -> Submission:
    """Return a workbook that is not the one that was received: unusable, whatever it says."""
    place = Place(str(edition), name.unit_id, file)
    observed = digest[:DIGEST_LENGTH]
    finding = files.CHANGED_FILE.finding(place, observed=observed, expected=name.digest)
    return _unusable(file, name, edition, digest, finding)


def _unusable(
    file: str, name: FiledName, edition: Edition, digest: str, finding: Finding
) -> Submission:
    return Submission(
        edition=edition,
        unit_id=name.unit_id,
        file=file,
        sha256=digest,
        received=name.received,
        usable=False,
        values=(),
        statuses=(),
        revisions=(),
        findings=(finding,),
    )


def _latest_first(received: list[Submission], folder: Path) -> list[Submission]:
    """Sort a unit's submissions: usable ones first, then newest first.

    Of two received on one day the receipts tell which came last; without them, their names decide.
    """
    if len(received) < 2:
        return received
    ranks = {s.file: _rank(s, folder) for s in received}
    ordered = sorted(received, key=lambda s: ranks[s.file], reverse=True)
    first = ordered[0]
    same_day = [s.file for s in ordered if (s.usable, s.received) == (True, first.received)]
    if len({ranks[file][1].told for file in same_day}) < len(same_day):
        place = Place(str(first.edition), first.unit_id, first.file)
        finding = files.SAME_DAY.finding(
            place, observed="、".join(sorted(same_day)), expected=first.file
        )
        ordered[0] = replace(first, findings=(*first.findings, finding))
    return ordered


def _rank(submission: Submission, folder: Path) -> tuple[bool, Filed]:
    """Return a key for sorting: what is usable counts before what is not, then the later one."""
    return submission.usable, order_of_receipt(folder / str(submission.edition), submission.file)


@dataclass(frozen=True)
class _Duties:
    """What makes the table of who has reported: duties, deadlines, and what was sent back."""

    plan: Plan
    dataset: Dataset
    today: dt.date | None
    returned: tuple[Refusal, ...]

    def table(self, upto: Edition, received: Received, ordered: Received) -> pd.DataFrame:
        """Return a row a unit and edition that owes something or has sent something."""
        due = {
            (edition, unit.id)
            for edition in editions_between(self.plan.about.first_edition, upto)
            for unit in self.plan.units
        }
        back = {
            (Edition.parse(r.edition), r.submitting_unit): r
            for r in self.returned
            if r.submitting_unit in {unit.id for unit in self.plan.units}
        }
        order = {unit.id: number for number, unit in enumerate(self.plan.units)}
        keys = sorted({*due, *received, *back}, key=lambda key: (key[0], order[key[1]]))
        return SUBMISSIONS.frame(
            self._row(key, ordered.get(key, []), back.get(key), withdrawn=key in received)
            for key in keys
        )

    def _row(
        self, key: _Key, ordered: list[Submission], returned: Refusal | None, *, withdrawn: bool
    ) -> dict[str, Any]:
        """Return the row of a unit and edition; `returned` is the last workbook refused."""
        edition, unit_id = key
        latest = ordered[0] if ordered else None
        owed = () if edition.correction else owed_indicators(self.plan, unit_id, edition)
        if latest is not None and latest.usable:
            state, returned = self._punctuality(edition, ordered), None
        elif returned is not None:
            state, latest = SubmissionState.RETURNED, None
        elif latest is not None:
            state = SubmissionState.REFUSED
        elif withdrawn:
            state = SubmissionState.WITHDRAWN
        else:
            state = self._silent(edition, unit_id, owes_data=bool(owed))
        there = {
            (value.indicator_id, value.period)
            for value in (latest.values if latest else ())
            if value.value is not None or value.status is ObsStatus.NOT_APPLICABLE
        }
        came = latest.received if latest else returned.received_on if returned else None
        return {
            "edition": str(edition),
            "submitting_unit": unit_id,
            "unit_name": self.plan.unit(unit_id).name,
            "state": state.value,
            "deadline": self.dataset.deadline(edition).isoformat(),
            "received_on": came.isoformat() if came else "",
            "file": latest.file if latest else "",
            "sha256": latest.sha256 if latest else "",
            "superseded": max(len(ordered) - 1, 0),
            "owed": len(owed),
            "reported": sum(
                any((i.id, answer) in there for answer in allowed_periods(i, edition, period))
                for i, period in owed
            ),
            "errors": _count(latest, returned, Severity.ERROR),
            "warnings": _count(latest, returned, Severity.WARNING),
        }

    def _punctuality(self, edition: Edition, ordered: list[Submission]) -> SubmissionState:
        """Return 按时 or 迟报; who reported in time and corrected itself later was not late."""
        first = min(s.received for s in ordered if s.usable and s.received)
        late = first > self.dataset.deadline(edition) and not edition.correction
        return SubmissionState.LATE if late else SubmissionState.ON_TIME

    def _silent(self, edition: Edition, unit_id: str, *, owes_data: bool) -> SubmissionState:
        if not owes_data and not owed_measures(self.plan, unit_id, edition):
            return SubmissionState.NOTHING_OWED
        open_still = self.today is not None and self.today <= self.dataset.deadline(edition)
        return SubmissionState.AWAITED if open_still else SubmissionState.MISSING


def _count(latest: Submission | None, returned: Refusal | None, severity: Severity) -> int:
    if latest is not None:
        return latest.count(severity)
    if returned is None:
        return 0
    return returned.errors if severity is Severity.ERROR else returned.warnings
