"""What units have said of projects so far: of each the newest, its amounts filled up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from planbook.collect.decided.declared_correction import Correction
from planbook.collect.read.submission import ReportedProject, Submission
from planbook.collect.xlsx.raw_cells import compact
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.project_frames import ProjectStage


@dataclass(frozen=True, slots=True)
class KnownProject:
    """The newest that its unit said of a project, and in which editions it did."""

    unit_id: str
    first: Edition  # that told of it
    edition: Edition
    told: ReportedProject

    @property
    def has_left(self) -> bool:
        return self.told.stage is ProjectStage.LEFT


@dataclass
class ProjectsSoFar:
    """The projects by id and by unit; take workbooks in the order of their editions."""

    plan: Plan
    of_id: dict[str, KnownProject] = field(default_factory=dict)
    _of_unit: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _of_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take(self, submission: Submission) -> None:
        """Take in what a workbook says of new projects and of its unit's own."""
        edition, unit_id = submission.edition, submission.unit_id
        for told in submission.projects:
            last = self.of_id.get(told.project_id)
            if told.stage is None or not (told.is_new if last is None else last.unit_id == unit_id):
                continue
            before = None if last is None else last.told
            whole = told.after(before, same_year=self.same_year(last, edition))
            first = edition if last is None else last.first
            self.of_id[told.project_id] = KnownProject(unit_id, first, edition, whole)
            self._of_unit[unit_id].add(told.project_id)
            self._of_name[compact(told.project)].add(told.project_id)

    def correct(self, correction: Correction) -> None:
        """Take in an amount put right, while what is corrected is still what counts."""
        known, amount = self.of_id.get(correction.about), correction.amount
        if known is None or amount is None or not isinstance(correction.value, float):
            return
        if getattr(known.told, amount.value) == (
            None if isinstance(correction.expect, str) else correction.expect
        ):
            told = known.told.with_amount(amount, correction.value)
            self.of_id[correction.about] = replace(known, told=told)

    def same_year(self, last: KnownProject | None, edition: Edition) -> bool:
        """Tell whether what was last said of a project is of the fiscal year of an edition."""
        year = self.plan.year
        return last is not None and year.of(last.edition.end) == year.of(edition.end)

    def of_unit(self, unit_id: str) -> Iterator[KnownProject]:
        """Yield a unit's projects that have not left, in the order of their ids."""
        for id in sorted(self._of_unit.get(unit_id, ())):
            if not self.of_id[id].has_left:
                yield self.of_id[id]

    def named(self, name: str) -> Iterator[KnownProject]:
        """Yield the projects of a name that have not left, in the order of their ids."""
        for id in sorted(self._of_name.get(compact(name), ())):
            known = self.of_id[id]
            if not known.has_left and compact(known.told.project) == compact(name):
                yield known
