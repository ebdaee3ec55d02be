"""Read the submissions of all editions from their folder, and decide which of them count.

``submissions/<edition>/<unit>-<received>-<sha256[:8]>.xlsx`` → `Submissions`. Files are never
changed and all are kept. Of a unit and edition the usable one received last counts; of several on
one day the one filed last by its receipt, and without receipts the last by name, with a finding.
What a recorded act (`selections`) has set aside does not count, and what came after its edition was
published counts from a later edition on, by the register.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.decided.declared_correction import Correction
from planbook.collect.decided.past_values import PastValue
from planbook.collect.decided.selections import Selection, set_aside
from planbook.collect.file_names import DIGEST_LENGTH, FiledName, shown_name
from planbook.collect.inbox.cache import SubmissionCache
from planbook.collect.inbox.receipts import (
    RECEIPTS,
    REFUSALS,
    Refusal,
    order_of_receipt,
    read_refusals,
)
from planbook.collect.inbox.received import Submissions
from planbook.collect.inbox.reporting import Duties
from planbook.collect.inbox.reselection import act_findings, rank, reselected
from planbook.collect.read.signing import Mask
from planbook.collect.read.submission import Received, Submission
from planbook.collect.read.workbook_reader import read_submission
from planbook.collect.rules import Place, file_rules
from planbook.collect.xlsx.package import unforeseen
from planbook.editions import Register
from planbook.errors import Finding, Problem, ProblemsFound, system_words
from planbook.frames import BaselineRow
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow
from planbook.watch_frames import ActionDecisionRow
from planbook.workspace import Dataset

_EXPECTED = "<单位>-<收到日期>-<校验码>.xlsx"


def read_submissions(
    folder: Path,
    plan: Plan,
    *,
    dataset: Dataset,
    upto: Edition,
    cache: Path | None = None,
    corrections: Iterable[Correction] = (),
    baselines: Iterable[BaselineRow] = (),
    actions: Iterable[ActionDecisionRow] = (),
    tasks: Iterable[TaskDecisionRow] = (),
    past: Iterable[PastValue] = (),
    selections: Iterable[Selection] = (),
    register: Register | None = None,
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
    baselines
        Analysts' baselines: what the first values of an indicator are held against.
    actions, tasks
        Decided ones: what the workbooks say of them is held against these.
    past
        Values known beside workbooks: figures are held against them, and they are not missing.
    selections
        Recorded acts in their order; those in force in `upto` set workbooks aside.
    register
        Which editions are published, and from which workbooks; ``None``: none is.
    today
        Until an edition's deadline nothing is missing; ``None`` takes all deadlines as passed.

    Raises
    ------
    ProblemsFound
        If a workbook from which an edition was published is missing or was changed.
    """
    read_by = plan.model_copy(update={"about": plan.about.as_read_by()})
    reader = _Reader(read_by, dataset, SubmissionCache(cache, read_by, dataset.name))
    received: Received = defaultdict(list)
    late: dict[tuple[Edition, str], Edition] = {}
    digests: dict[str, str] = {}
    for edition, path in reader.files(folder, upto):
        name = f"{edition}/{path.name}"
        vintage = register.vintage(name) if register is not None else edition
        if vintage > upto:
            continue
        submission = reader.read(path, edition)
        if submission is not None:
            received[edition, submission.unit_id].append(submission)
            digests[name] = submission.sha256
            if vintage != edition:
                late[edition, path.name] = vintage
    reader.cache.prune(folder)
    lost: list[str] = []
    if register is not None:
        altered = list(_altered(register, upto, digests))
        if altered:
            raise ProblemsFound("归档的填报表", altered)
        lost = [p for p in register.given_up_workbooks if register.vintage(p) <= upto]
    acts = tuple(selections)
    aside = set_aside(acts, upto)
    counting = {
        key: [s for s in received[key] if (s.edition, s.file) not in aside] for key in received
    }
    ordered = {
        key: _latest_first(counting[key], folder) for key in sorted(counting) if counting[key]
    }
    past, decided = tuple(past), (tuple(actions), tuple(tasks))
    told = History(plan, tuple(corrections), baselines, *decided, past)
    _compare_with_earlier(ordered, told)
    mask = Mask.of_nobody(plan.about.telephones)
    returned = tuple(_open_refusals(reader.editions, ordered, folder))
    duties = Duties(plan, dataset, today, returned, past, *decided)
    return Submissions(
        upto=upto,
        current=tuple(latest for latest, *_ in ordered.values()),
        superseded=tuple(s for _, *others in ordered.values() for s in others),
        withdrawn=tuple(
            s for found in received.values() for s in found if (s.edition, s.file) in aside
        ),
        reselected=tuple(reselected(received, acts, upto, folder, late, mask=mask)),
        acts=tuple(act for act in acts if act in aside.values()),
        returned=returned,
        lost=frozenset(_owner(path) for path in lost if path not in digests),
        findings=(*reader.findings, *act_findings(aside, mask)),
        rows=duties.rows(upto, received, ordered),
    )


def _altered(register: Register, upto: Edition, digests: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the workbooks that published editions were made of and that are not as they were.

    One that only purged editions listed may be gone, not changed.
    """
    for path, vintage in register.listed.items():
        found = digests.get(path)
        if vintage > upto or found == register.digests[path]:
            continue
        if found is None and path in register.given_up_workbooks:
            continue
        what = "已发布的书所依据的文件" + (
            "不见了" if found is None else "与发布时不同（校验不符）"
        )
        fix = "从备份或版本库恢复这个文件；部门有更正的，收取新的文件，原有的文件保留不动"
        yield Problem(what, f"submissions/{path}", fix)


def _owner(path: str) -> tuple[Edition, str]:
    edition, _, name = path.partition("/")
    return Edition.parse(edition), FiledName.parse(name).unit_id


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


def _compare_with_earlier(ordered: Received, history: History) -> None:
    """Add to the submissions that count what contradicts earlier editions; `ordered` is by edition.

    Units of one edition do not know of each other: none reports another one's indicators.
    """
    corrected: Edition | None = None
    for (edition, _), submissions in ordered.items():
        if edition != corrected:
            history.correct(edition)
            corrected = edition
        submissions[0] = compare(submissions[0], history)
        history.take(submissions[0])


@dataclass
class _Reader:
    plan: Plan
    dataset: Dataset
    cache: SubmissionCache
    findings: list[Finding] = field(default_factory=list)
    editions: list[Path] = field(default_factory=list)  # folders of the editions asked for

    def files(self, folder: Path, upto: Edition) -> Iterator[tuple[Edition, Path]]:
        """Yield the files of the editions asked for, by edition and name."""
        editions: list[tuple[Edition, Path]] = []
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.name.startswith(".") or path.name == "README.md":
                continue
            try:
                edition = Edition.parse(path.name)
            except ValueError:
                edition = None
            if edition is None or not self._is_ours(edition) or not path.is_dir():
                first = self.plan.about.first_edition
                self._foreign("", path.name, f"期号文件夹，{first} 起")
            elif edition <= upto:
                editions.append((edition, path))
        self.editions = [inner for _, inner in sorted(editions)]
        for edition, inner in sorted(editions):
            for path in sorted(inner.iterdir()):
                ours = path.name in (RECEIPTS, REFUSALS)
                if not ours and not path.name.startswith((".", "~$")):  # editors'
                    yield edition, path

    def _is_ours(self, edition: Edition) -> bool:
        cycle, first = self.plan.cycle, self.plan.about.first_edition
        return cycle.collects(edition) and cycle.told_in(edition) >= first

    def read(self, path: Path, edition: Edition) -> Submission | None:
        """Return what a filed workbook says, or report why the file is none."""
        try:
            name = FiledName.parse(path.name)
            self.plan.unit(name.unit_id)
        except (ValueError, KeyError):
            name = None
        if name is None or not path.is_file():
            self._foreign(str(edition), shown_name(path), _EXPECTED)
            return None
        nothing = Submission(edition, name.unit_id, path.name, "", name.received)
        try:
            data = path.read_bytes()
        except OSError as error:
            finding = file_rules.UNREADABLE.finding(
                nothing.place,
                observed=system_words(error),
                remedy="确认有权读取后重试；文件已损坏的，从备份恢复",
            )
            return replace(nothing, findings=(finding,))
        nothing = replace(nothing, sha256=hashlib.sha256(data).hexdigest())
        if not nothing.sha256.startswith(name.digest):  # it is not the one that was received
            observed = nothing.sha256[:DIGEST_LENGTH]
            rule = file_rules.CHANGED_FILE
            finding = rule.finding(nothing.place, observed=observed, expected=name.digest)
            return replace(nothing, findings=(finding,))
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
            except (MemoryError, KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # noqa: BLE001 - one file never stops the others
                return replace(nothing, findings=(unforeseen(error, nothing.place),))
            self.cache.put(str(edition), path.name, data, submission)
        return submission

    def _foreign(self, edition: str, name: str, expected: str) -> None:
        place = Place(edition, file=name)
        self.findings.append(
            file_rules.FOREIGN_FILE.finding(place, observed=name, expected=expected)
        )


def _latest_first(received: list[Submission], folder: Path) -> list[Submission]:
    """Sort a unit's submissions: usable ones first, then newest first.

    Of two received on one day the receipts tell which came last; without them, their names decide.
    """
    if len(received) < 2:
        return received
    ranks = {s.file: rank(s, folder) for s in received}
    ordered = sorted(received, key=lambda s: ranks[s.file], reverse=True)
    first = ordered[0]
    same_day = [s.file for s in ordered if (s.usable, s.received) == (True, first.received)]
    if len({ranks[file][1].told for file in same_day}) < len(same_day):
        observed, rule = "、".join(sorted(same_day)), file_rules.SAME_DAY
        finding = rule.finding(first.place, observed=observed, expected=first.file)
        ordered[0] = replace(first, findings=(*first.findings, finding))
    return ordered
