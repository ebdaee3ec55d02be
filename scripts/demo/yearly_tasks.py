"""The demonstration's yearly tasks: what was agreed, and what units report and propose.

Most are made of phrases, two for some measures of a unit, and stand as their measure does; those of
the scenario are planted, each for a case that the book must show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from demo.forms import Desk
from demo.scenario import Scenario, TaskDecision, TaskPhrase, TaskReport, draw
from demo.statuses import reports
from planbook.collect.form.form import Form, TaskLine
from planbook.collect.owed import task_subjects
from planbook.periods import Edition, TimePeriod
from planbook.plan import Measure
from planbook.task_frames import TASK_DECISIONS
from planbook.vocabulary import MeasureStatus, Visibility

MEASURES_A_UNIT = 2
PUBLIC, ON_TIME = 0.3, 0.8  # how often


@dataclass(frozen=True)
class AgreedTask:
    """A task with all that was decided about it, and what its unit reports of it.

    `report` is of the last edition, `earlier` what it says in the months before.
    """

    id: str
    goal: str
    measure: str
    unit: str
    task: str
    deliverable: str
    public: bool
    decided: tuple[TaskDecision, ...]
    earlier: str
    report: TaskReport | None

    def said_in(self, edition: Edition, last: Edition) -> TaskReport | None:
        """Return what is said of it in the last edition, or in a month before it.

        What the last edition proves to be done is so from the month in which it is due.
        """
        report, due = self.report, self.decided[0].due
        if edition == last:
            return report
        if report is not None and report.status is MeasureStatus.NOT_STARTED:
            return report
        proved = report is not None and report.status is MeasureStatus.DONE and report.progress
        if proved and due <= edition.end:
            return report
        return TaskReport(status=MeasureStatus.UNDER_WAY, progress=self.earlier)


def agreed_tasks(desk: Desk) -> tuple[AgreedTask, ...]:
    """Return all tasks, the planted ones first."""
    planted = [AgreedTask(**dict(task)) for task in desk.scenario.tasks]
    taken = {task.measure for task in planted}
    found = list(planted)
    for unit in desk.plan.units:
        if unit.id in desk.scenario.without_tasks:
            continue
        own = [m for m in desk.plan.measures_of(unit.id) if m.id not in taken]
        own.sort(key=lambda measure: draw(measure.id, "tasks"))
        for measure in own[:MEASURES_A_UNIT]:
            found += _of_phrases(desk, measure, unit.id)
    return tuple(found)


def _of_phrases(desk: Desk, measure: Measure, unit_id: str) -> Iterator[AgreedTask]:
    """Yield two tasks of a measure, an early and a late one."""
    scenario, plan = desk.scenario, desk.plan
    first = scenario.tasks_agreed
    stands = reports(measure, scenario.editions.last, plan.about.first_edition, desk.phrases)
    report = stands[measure.id]
    for number, phrases in enumerate(desk.phrases.tasks, start=1):
        phrase = _phrase(scenario, measure, number, phrases)
        months = phrase.months
        due = TimePeriod(first.end.year, months[int(len(months) * draw(measure.id, "due", number))])
        yield AgreedTask(
            id=f"t{due.year}-{measure.id}-{number}",
            goal="",
            measure=measure.id,
            unit=unit_id,
            task=phrase.task,
            deliverable=phrase.deliverable,
            public=draw(measure.id, "public") < PUBLIC,
            decided=(
                TaskDecision(from_edition=first, due=due, decided_in=scenario.tasks_agreed_in),
            ),
            earlier=phrase.under_way,
            report=_report(phrase, due, report.status if report else None, measure, scenario),
        )


def _phrase(
    scenario: Scenario, measure: Measure, number: int, phrases: Sequence[TaskPhrase]
) -> TaskPhrase:
    """Return what a task is about; not how far a work is whose own project says that."""
    chosen = phrases[int(len(phrases) * draw(measure.id, number))]
    told = any(project.about == measure.id for project in scenario.projects)
    if not (told and chosen.builds):
        return chosen
    others = [phrase for phrase in phrases if not phrase.builds]
    return others[int(len(others) * draw(measure.id, number, "other"))]


def _report(
    phrase: TaskPhrase,
    due: TimePeriod,
    stands: MeasureStatus | None,
    measure: Measure,
    scenario: Scenario,
) -> TaskReport:
    """Return what is said of a task, so that it does not contradict its measure."""
    over = due <= scenario.editions.last.end
    said = {
        MeasureStatus.NOT_STARTED: MeasureStatus.NOT_STARTED,
        MeasureStatus.NOT_THIS_YEAR: MeasureStatus.NOT_STARTED,
        MeasureStatus.DONE: MeasureStatus.DONE,
        MeasureStatus.BLOCKED: MeasureStatus.BLOCKED,
    }
    status = said.get(stands) if stands else None
    if status is None:
        punctual = draw(measure.id, due, "punctual") < ON_TIME
        status = MeasureStatus.DONE if over and punctual else MeasureStatus.UNDER_WAY
    words = {
        MeasureStatus.DONE: phrase.done,
        MeasureStatus.UNDER_WAY: phrase.under_way,
        MeasureStatus.BLOCKED: phrase.blocked,
    }
    return TaskReport(status=status, progress=words.get(status, ""))


def task_decisions(desk: Desk) -> pd.DataFrame:
    """Return TASK_DECISIONS: what was agreed, row by row as the office would add them."""
    rows = [
        {
            "task_id": task.id,
            "goal_id": task.goal,
            "measure_id": task.measure,
            "task": task.task,
            "deliverable": task.deliverable,
            "submitting_unit": task.unit,
            "due_month": str(decision.due),
            "decided_in": decision.decided_in,
            "dropped": decision.dropped,
            "visibility": Visibility.PUBLIC if task.public else Visibility.INTERNAL,
            "from_edition": str(decision.from_edition),
        }
        for task in agreed_tasks(desk)
        for decision in task.decided
    ]
    return TASK_DECISIONS.frame(rows)


def with_tasks(desk: Desk, form: Form, agreed: Iterable[AgreedTask]) -> Form:
    """Return a form with what its unit reports of tasks, and in the last edition proposes."""
    if form.edition <= desk.scenario.tasks_agreed:
        return replace(form, tasks=(), task_rows=0)
    last = desk.scenario.editions.last
    told = {task.id: task.said_in(form.edition, last) for task in agreed}
    lines = tuple(_reported(line, told[line.task_id]) for line in form.tasks)
    proposed = tuple(_proposed(desk, form)) if form.edition == last else ()
    return replace(form, tasks=lines, proposed=proposed)


def _reported(line: TaskLine, report: TaskReport | None) -> TaskLine:
    if report is None:
        return line
    asked = "" if report.asked is None else str(report.asked)
    return replace(line, status=report.status.value, progress=report.progress, asked=asked)


def _proposed(desk: Desk, form: Form) -> Iterator[TaskLine]:
    names = {
        id: name
        for name, subject in task_subjects(desk.plan, form.unit_id).items()
        for id in subject
    }
    for proposal in desk.scenario.proposals:
        if proposal.unit == form.unit_id:
            yield TaskLine(
                about=names[proposal.about],
                task=proposal.task,
                deliverable=proposal.deliverable,
                due=str(proposal.due),
            )
