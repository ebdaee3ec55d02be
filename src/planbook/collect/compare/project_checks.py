"""Hold what a workbook says of projects against what was said of them before.

An error takes out the row, or the cell it is about; what was reported before then holds on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from planbook.collect.compare.projects_so_far import KnownProject, ProjectsSoFar
from planbook.collect.compare.task_checks import family, the_first
from planbook.collect.layout import MEASURES, PROJECTS, position
from planbook.collect.read.project_rows import AMOUNTS
from planbook.collect.read.submission import ReportedProject, Submission
from planbook.collect.rules import Place, Rule, project_rules
from planbook.collect.written_numbers import shown
from planbook.collect.xlsx.raw_cells import compact
from planbook.errors import Finding
from planbook.project_frames import ProjectStage
from planbook.vocabulary import MeasureStatus, Severity

LEAP = 10  # factor that a misplaced point makes
HUGE = 1000.0  # 亿元; what is more is nearly always in 万元
_BEGUN = (ProjectStage.STARTED, ProjectStage.BUILDING, ProjectStage.PRODUCING)
_TO_COME = tuple(stage for stage in ProjectStage if stage.is_open)
_SCALED = ("total_investment", "year_investment")  # what is invested grows from nothing


@dataclass(frozen=True, slots=True)
class _Case:
    """A row that counts, what was known of its project, and where it stands."""

    told: ReportedProject
    last: KnownProject | None
    submission: Submission
    same_year: bool

    @property
    def whole(self) -> ReportedProject:
        """The row with the amounts that hold where it names none."""
        before = None if self.last is None else self.last.told
        return self.told.after(before, same_year=self.same_year)

    def place(self, key: str) -> Place:
        row, _ = position(self.told.cell)
        return self.submission.place.at(PROJECTS.sheet, PROJECTS.cell(row, key))

    def finding(self, rule: Rule, key: str, **words: str) -> Finding:
        return rule.finding(self.place(key), explanation=self.told.confirmed, **words)

    def before(self, key: str) -> Any:
        """Return what a column said before; ``None``: nothing."""
        return None if self.last is None else getattr(self.last.told, key)

    def changed(self, key: str) -> bool:
        """Tell whether a column says something else than before."""
        said = getattr(self.told, key)
        return said is not None and said != self.before(key)


def checked_projects(
    submission: Submission, known: ProjectsSoFar
) -> tuple[tuple[ReportedProject, ...], list[Finding]]:
    """Return what counts of a workbook's rows on projects, and what is wrong in them.

    A workbook whose template had no place for projects is asked for none, nor is one for a
    correction edition.
    """
    if not submission.asks_for_projects:
        return (), []
    kept: list[ReportedProject] = []
    found: list[Finding] = []
    for told in submission.projects:
        if told.stage is None:
            continue
        last = known.of_id.get(told.project_id)
        case = _Case(told, last, submission, known.same_year(last, submission.edition))
        strange = list(_strange(case, known))
        found += strange
        if any(finding.severity is Severity.ERROR for finding in strange):
            continue
        doubts = [*_of_stage(case), *_of_node(case), *_of_amounts(case)]
        found += doubts
        kept.append(_without_errors(case, doubts))
    found += _contradictions(submission, kept, known)
    if not submission.edition.correction:
        found += _missing(submission, known)
    return tuple(kept), found


def _strange(case: _Case, known: ProjectsSoFar) -> Iterator[Finding]:
    """Yield why a row is on no project of the unit, or on one that has a row of its own."""
    told, last, unit_id = case.told, case.last, case.submission.unit_id
    if last is not None and last.unit_id != unit_id:
        yield _owned(case, project_rules.OTHER_UNITS_PROJECT, "project_id", last, known)
    elif last is None and not told.is_new:
        yield case.finding(project_rules.UNKNOWN_PROJECT, "project_id", observed=told.project_id)
    elif last is None and _has_a_row(case, known):
        yield case.finding(project_rules.SAME_PROJECT, "project", observed=told.project)
    else:
        for same in known.named(told.project):
            if same.unit_id != unit_id and same.first < case.submission.edition:
                yield _owned(case, project_rules.PROJECT_ELSEWHERE, "project", same, known)


def _has_a_row(case: _Case, known: ProjectsSoFar) -> bool:
    """Tell whether a new project has the name of one that the unit has already."""
    name, unit_id = compact(case.told.project), case.submission.unit_id
    others = (told for told in case.submission.projects if told.stage and not told.is_new)
    return any(compact(other.project) == name for other in others) or any(
        same.unit_id == unit_id for same in known.named(name)
    )


def _owned(
    case: _Case, rule: Rule, key: str, project: KnownProject, known: ProjectsSoFar
) -> Finding:
    owner = known.plan.unit(project.unit_id).name
    return case.finding(rule, key, observed=getattr(case.told, key), expected=owner)


def _of_stage(case: _Case) -> Iterator[Finding]:
    stage, before = case.told.stage, case.before("stage")
    if stage is None or before is None or stage is ProjectStage.LEFT:
        return
    if stage.order < before.order and not case.told.problem:
        rule = project_rules.STAGE_WENT_BACK
        yield case.finding(rule, "stage", observed=stage.label, expected=before.label)


def _of_node(case: _Case) -> Iterator[Finding]:
    told, end = case.told, case.submission.edition.end
    month, stage = told.next_month, told.stage
    if month is None or stage is None or not stage.is_open:
        return
    if case.changed("next_node") or case.changed("next_month"):
        if month < end:
            rule, first = project_rules.NODE_MONTH_PAST, str(end)
            yield case.finding(rule, "next_month", observed=str(month), expected=first)
    elif month <= end:
        rule, node = project_rules.NODE_OVERDUE, told.next_node
        yield case.finding(rule, "next_month", expected=node, due=month.words)


def _of_amounts(case: _Case) -> Iterator[Finding]:
    """Yield what is doubtful in the amounts; what was accepted before is not asked again."""
    told, whole = case.told, case.whole
    sized = set()
    for key in _SCALED:
        for finding in _of_size(case, key):
            sized.add(key)
            yield finding
    before = case.before("invested")
    if told.invested is not None and before is not None and told.invested < before:
        words = {"observed": shown(told.invested), "expected": shown(before)}
        yield case.finding(project_rules.INVESTED_FELL, "invested", **words)
    elif not sized:
        yield from _over_total(case, "invested", project_rules.INVESTED_OVER_TOTAL, whole)
    if not sized:
        yield from _over_total(case, "year_investment", project_rules.YEAR_OVER_TOTAL, whole)


def _of_size(case: _Case, key: str) -> Iterator[Finding]:
    """Yield that an amount is of another size than before, or than any project's."""
    value, before = getattr(case.told, key), case.before(key)
    if not value or not case.changed(key):
        return
    column = PROJECTS.columns[PROJECTS.at(key)].title.partition("（")[0]
    comparable = before and (key == "total_investment" or case.same_year)
    if comparable and not 1 / LEAP < value / before < LEAP:
        words = {"observed": shown(value), "expected": shown(before), "column": column}
        yield case.finding(project_rules.INVESTMENT_LEAPT, key, **words)
    elif value >= HUGE:
        words = {"observed": shown(value), "expected": shown(HUGE), "column": column}
        yield case.finding(project_rules.HUGE_INVESTMENT, key, **words)


def _over_total(case: _Case, key: str, rule: Rule, whole: ReportedProject) -> Iterator[Finding]:
    """Yield that a part is more than the total, at that of the two which is new."""
    part, total = getattr(whole, key), whole.total_investment
    if part is None or total is None or part <= total:
        return
    if case.changed(key):
        place = key
    elif case.changed("total_investment"):
        place = "total_investment"
    else:
        return
    words = {"total": shown(total), key.removesuffix("_investment"): shown(part)}
    observed = words[key.removesuffix("_investment")] if place == key else shown(total)
    yield case.finding(rule, place, observed=observed, **words)


def _without_errors(case: _Case, doubts: list[Finding]) -> ReportedProject:
    """Return what a row says without the cells in which an error stands."""
    refused = {doubt.cell for doubt in doubts if doubt.severity is Severity.ERROR}
    gone: dict[str, Any] = {key: None for key in AMOUNTS if case.place(key).cell in refused}
    told = replace(case.told, **gone)
    if case.place("next_month").cell in refused:
        same = not case.changed("next_node")
        told = replace(told, next_month=case.before("next_month") if same else None)
    return told


def _contradictions(
    submission: Submission, kept: Iterable[ReportedProject], known: ProjectsSoFar
) -> Iterator[Finding]:
    """Yield the measures whose status is not what their projects say, theirs and their sub-items'.

    Of a project of which this workbook says nothing holds what was said before.
    """
    now = {project.told.project_id: project.told for project in known.of_unit(submission.unit_id)}
    now |= {told.project_id: told for told in kept}
    for status in submission.statuses:
        ids = family(known.plan, status.measure_id)
        if status.status is MeasureStatus.DONE:
            rule, against = project_rules.MEASURE_AHEAD_OF_PROJECTS, _TO_COME
        elif status.status is MeasureStatus.NOT_STARTED:
            rule, against = project_rules.MEASURE_BEHIND_PROJECTS, _BEGUN
        else:
            continue
        others = [
            f"「{told.project}」{told.stage.label}"
            for told in now.values()
            if told.measure_id in ids and told.stage in against
        ]
        if others:
            place = submission.place.at(MEASURES.sheet, status.cell)
            yield rule.finding(place, observed=status.status, expected=the_first(others))


def _missing(submission: Submission, known: ProjectsSoFar) -> Iterator[Finding]:
    """Yield the unit's projects of which nothing is said, though more is to come of them."""
    there = {told.project_id: told for told in submission.projects}
    for project in known.of_unit(submission.unit_id):
        said, stage = there.get(project.told.project_id), project.told.stage
        if stage is not None and stage.is_open and (said is None or not said.answered):
            yield project_rules.MISSING_PROJECT.finding(
                submission.place.at(PROJECTS.sheet, said.cell if said else ""),
                observed="空白",
                expected=project.told.project,
                stage=stage.label,
            )
