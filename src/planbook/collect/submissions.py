"""Read the submissions of all editions from their folder, and say who has reported and who has not.

``submissions/<edition>/<unit>-<received>-<sha256[:8]>.xlsx`` → `Submissions`. Files are never
changed and all are kept. Of a unit and edition the usable one received last counts; of several on
one day the one filed last by its receipt, and without receipts the last by name, with a finding.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from planbook.collect.cache import SubmissionCache
from planbook.collect.compare import compare
from planbook.collect.corrections import Correction
from planbook.collect.filing import DIGEST_LENGTH, FiledName
from planbook.collect.history import History
from planbook.collect.owed import allowed_periods, owed_indicators, owed_measures
from planbook.collect.reading import read_submission
from planbook.collect.receipts import RECEIPTS, filed_at
from planbook.collect.rules import Place, files
from planbook.collect.submission import Submission
from planbook.errors import Finding
from planbook.frames import SUBMISSIONS
from planbook.periods import Edition, editions_between
from planbook.plan import Plan
from planbook.vocabulary import ObsStatus, Severity, SubmissionState
from planbook.workspace import Dataset

Received = dict[tuple[Edition, str], list[Submission]]  # the one that counts comes first
_EXPECTED = "<单位>-<收到日期>-<校验码>.xlsx"


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
        Of files and folders that are no submissions; those of a workbook stay with it.
    table
        One row a unit and edition that owes something or has sent something (`SUBMISSIONS`).
    """

    upto: Edition
    current: tuple[Submission, ...]
    superseded: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    table: pd.DataFrame


def read_submissions(
    folder: Path,
    plan: Plan,
    *,
    dataset: Dataset,
    upto: Edition,
    cache: Path | None = None,
    corrections: Iterable[Correction] = (),
    baselines: pd.DataFrame | None = None,
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
    baselines
        Analysts' baselines: what the first values of an indicator are held against.
    """
    reader = _Reader(plan, dataset, SubmissionCache(cache, plan, dataset.name))
    received: Received = defaultdict(list)
    for edition, path in reader.files(folder, upto):
        submission = reader.read(path, edition)
        if submission is not None:
            received[edition, submission.unit_id].append(submission)
    ordered = {key: _latest_first(received[key], folder) for key in sorted(received)}
    _compare_with_earlier(ordered, History(plan, tuple(corrections), baselines))
    return Submissions(
        upto=upto,
        current=tuple(latest for latest, *_ in ordered.values()),
        superseded=tuple(s for _, *others in ordered.values() for s in others),
        findings=tuple(reader.findings),
        table=_table(plan, dataset, upto, ordered),
    )


def _compare_with_earlier(ordered: Received, history: History) -> None:
    """Add to the submissions that count what contradicts earlier editions; `ordered` is by edition.

    Units of one edition do not know of each other: none reports another one's indicators.
    """
    for (edition, _), submissions in ordered.items():
        history.correct(edition)
        submissions[0] = compare(submissions[0], history)
        history.take(submissions[0])


@dataclass
class _Reader:
    plan: Plan
    dataset: Dataset
    cache: SubmissionCache
    findings: list[Finding] = field(default_factory=list)

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
        for edition, inner in sorted(editions):
            for path in sorted(inner.iterdir()):
                if path.name != RECEIPTS and not path.name.startswith((".", "~$")):  # editors'
                    yield edition, path

    def read(self, path: Path, edition: Edition) -> Submission | None:
        """Return what a filed workbook says, or report why the file is none."""
        try:
            name = FiledName.parse(path.name)
            self.plan.unit(name.unit_id)
        except (ValueError, KeyError):
            self._foreign(str(edition), path.name, _EXPECTED)
            return None
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if not digest.startswith(name.digest):
            return _changed_since(path.name, name, edition, digest)
        submission = self.cache.get(str(edition), path.name, data)
        if submission is None:
            submission = read_submission(
                data,
                self.plan,
                file=path.name,
                dataset=self.dataset.name,
                edition=edition,
                unit_id=name.unit_id,
                received=name.received,
            )
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
    filed = {s.file: filed_at(folder / str(s.edition), s.file) for s in received}
    ordered = sorted(
        received, key=lambda s: (s.usable, s.received, filed[s.file], s.file), reverse=True
    )
    first = ordered[0]
    same_day = [s.file for s in ordered if (s.usable, s.received) == (True, first.received)]
    if len({filed[file] for file in same_day}) < len(same_day):
        place = Place(str(first.edition), first.unit_id, first.file)
        finding = files.SAME_DAY.finding(
            place, observed="、".join(sorted(same_day)), expected=first.file
        )
        ordered[0] = replace(first, findings=(*first.findings, finding))
    return ordered


def _table(
    plan: Plan,
    dataset: Dataset,
    upto: Edition,
    received: Received,
) -> pd.DataFrame:
    rows = []
    due = {
        (edition, unit.id)
        for edition in editions_between(plan.about.first_edition, upto)
        for unit in plan.units
    }
    order = {unit.id: number for number, unit in enumerate(plan.units)}
    for edition, unit_id in sorted({*due, *received}, key=lambda k: (k[0], order[k[1]])):
        rows.append(_row(plan, dataset, edition, unit_id, received.get((edition, unit_id), [])))
    return SUBMISSIONS.frame(rows)


def _row(
    plan: Plan, dataset: Dataset, edition: Edition, unit_id: str, ordered: list[Submission]
) -> dict[str, Any]:
    latest = ordered[0] if ordered else None
    owed = () if edition.correction else owed_indicators(plan, unit_id, edition)
    nothing_owed = not owed and not owed_measures(plan, unit_id, edition)
    deadline = dataset.deadline(edition)
    if latest is None:
        state = SubmissionState.NOTHING_OWED if nothing_owed else SubmissionState.MISSING
    elif not latest.usable:
        state = SubmissionState.REFUSED
    else:
        # a unit that reported in time and corrected itself later was not late
        first = min(s.received for s in ordered if s.usable and s.received)
        late = first > deadline and not edition.correction
        state = SubmissionState.LATE if late else SubmissionState.ON_TIME
    there = {
        (value.indicator_id, value.period)
        for value in (latest.values if latest else ())
        if value.value is not None or value.status is ObsStatus.NOT_APPLICABLE
    }
    return {
        "edition": str(edition),
        "submitting_unit": unit_id,
        "unit_name": plan.unit(unit_id).name,
        "state": state.value,
        "deadline": deadline.isoformat(),
        "received_on": latest.received.isoformat() if latest and latest.received else "",
        "file": latest.file if latest else "",
        "sha256": latest.sha256 if latest else "",
        "superseded": max(len(ordered) - 1, 0),
        "owed": len(owed),
        "reported": sum(
            any((i.id, answer) in there for answer in allowed_periods(i, edition, period))
            for i, period in owed
        ),
        "errors": latest.count(Severity.ERROR) if latest else 0,
        "warnings": latest.count(Severity.WARNING) if latest else 0,
    }
