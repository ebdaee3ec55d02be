"""Read the CSV files that analysts keep: baselines, yearly targets and human assessments.

Each file → the frame of its contract. A file that is not there is an empty frame; of one that is
there everything wrong is reported at once, with file, line, column, value and what to write
instead. Numbers of a doubtful size are refused until the row confirms them (`input_sizes`). Three
more files, decided actions, agreed tasks and values of the past, are read by `action_decisions`,
`task_decisions`, `past_values`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planbook.collect.decided.action_decisions import ACTIONS_FILE, read_action_decisions
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_columns import (
    ANYTHING,
    DAY,
    NUMBER,
    edition,
    last_edition,
    month,
    one_of,
    text,
    year,
)
from planbook.collect.decided.input_rows import (
    InputRow,
    number_problems,
    read_rows,
    sound_rows,
    unlike_published,
)
from planbook.collect.decided.input_sizes import (
    impossible,
    value_doubt,
)
from planbook.collect.decided.past_values import (
    PAST_VALUES_FILE,
    PastValue,
    baselines_among,
    read_past_values,
)
from planbook.collect.decided.target_checks import annual_target_problems
from planbook.collect.decided.task_decisions import TASKS_FILE, read_task_decisions
from planbook.collect.read.submission import ReportedValue, Submission
from planbook.errors import Gathering, Problem
from planbook.frames import (
    ANNUAL_TARGETS,
    ASSESSMENTS,
    BASELINES,
    AnnualTargetRow,
    AssessmentRow,
    BaselineRow,
)
from planbook.periods import TimePeriod
from planbook.plan import Plan
from planbook.plan.range_checks import base_above_range
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import Rating
from planbook.watch_frames import ActionDecisionRow
from planbook.yamlfile import of_today

BASELINES_FILE = "baselines.csv"


@dataclass(frozen=True)
class Inputs:
    """What analysts decided, as rows of the contracts of their names."""

    baselines: tuple[BaselineRow, ...]
    annual_targets: tuple[AnnualTargetRow, ...]
    assessments: tuple[AssessmentRow, ...]
    action_decisions: tuple[ActionDecisionRow, ...]
    task_decisions: tuple[TaskDecisionRow, ...]
    past_values: tuple[PastValue, ...]


def read_inputs(
    data: Path,
    plan: Plan,
    gathering: Gathering,
    submissions: Iterable[Submission] = (),
    fixed: Fixed | None = None,
) -> Inputs:
    """Read the six files of a dataset's folder; a file that has problems counts as empty.

    Parameters
    ----------
    gathering
        Takes the problems, to be raised with those of other files.
    submissions
        What departments reported: values to hold others against, besides the targets.
    fixed
        What was published and must not change.
    """
    told = tuple(submissions)
    reported = [value for submission in told for value in submission.values]
    baselines = gathering.read(
        lambda: read_baselines(data / BASELINES_FILE, plan, reported, fixed), ()
    )
    past = gathering.read(lambda: read_past_values(data / PAST_VALUES_FILE, plan, told, fixed), ())
    return Inputs(
        (*baselines, *baselines_among(past, baselines, plan)),
        gathering.read(
            lambda: read_annual_targets(data / "annual_targets.csv", plan, baselines, fixed), ()
        ),
        gathering.read(lambda: read_assessments(data / "assessments.csv", plan, fixed), ()),
        gathering.read(lambda: read_action_decisions(data / ACTIONS_FILE, plan, fixed), ()),
        gathering.read(lambda: read_task_decisions(data / TASKS_FILE, plan, fixed), ()),
        past,
    )


def read_baselines(
    path: Path,
    plan: Plan,
    reported: Iterable[ReportedValue] = (),
    fixed: Fixed | None = None,
) -> tuple[BaselineRow, ...]:
    """Read ``baselines.csv``: values at the start, each with its source.

    Parameters
    ----------
    reported
        What departments reported: values to hold a baseline against, besides the targets.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = baseline_rows(path, plan)
    problems += of_today(_baseline_problems(rows, path, plan, reported))
    problems += unlike_published(path, rows, BASELINES, fixed, baseline_rows, plan=plan)
    return sound_rows(path, rows, problems)


def _baseline_problems(
    rows: Sequence[InputRow[BaselineRow]],
    path: Path,
    plan: Plan,
    reported: Iterable[ReportedValue],
) -> Iterator[Problem]:
    """Yield what is wrong with baselines, each held against the others and what was reported."""
    known: Mapping[tuple[str, str], list[ReportedValue]] = defaultdict(list)
    for report in reported:
        known[report.indicator_id, report.scope].append(report)
    baselines: Mapping[tuple[str, str], list[tuple[TimePeriod, float]]] = defaultdict(list)
    for read in rows:
        row = read.row
        baselines[row.indicator_id, row.scope].append((row.time_period, row.obs_value))
    for read in rows:
        row = read.row
        key, indicator = (row.indicator_id, row.scope), plan.indicator(row.indicator_id)
        value, period = row.obs_value, row.time_period
        beside = [told for told in baselines[key] if told != (period, value)]
        never = impossible(indicator, value)
        doubt = value_doubt(plan, indicator, period, value, known[key], beside=beside)
        yield from number_problems(read, path.name, "obs_value", never, doubt)
        if above := base_above_range(plan, row.indicator_id, period, value):
            yield read.problem(path.name, "obs_value", *above)
        if period > row.from_edition.end:
            what = f"起用期号「{row.from_edition}」时，{period} 还没有结束"
            yield read.problem(path.name, "from_edition", what, "核对数据时期和起用期号")


def baseline_rows(path: Path, plan: Plan) -> tuple[list[InputRow[BaselineRow]], list[Problem]]:
    """Return the rows of ``baselines.csv`` that can be read, and what is wrong in the others."""
    indicators = {indicator.id for indicator in plan.indicators}
    return read_rows(
        path,
        plan,
        BASELINES,
        {
            "indicator_id": one_of(indicators, "方案中的指标 id"),
            "time_period": month(plan),
            "scope": one_of(plan.about.scope_codes, "、".join(plan.about.scope_codes)),
            "obs_value": NUMBER,
            "source": text("来源"),
            "note": ANYTHING,
            "from_edition": edition(plan, "起用期号"),
        },
        confirmable=True,
    )


def readable_baselines(path: Path, plan: Plan) -> tuple[BaselineRow, ...]:
    """Return what of ``baselines.csv`` can be read, to hold other numbers against.

    What is wrong in the rest is not said here: `read_baselines` says it.
    """
    rows, _ = baseline_rows(path, plan)
    return sound_rows(path, rows, [])


def read_annual_targets(
    path: Path,
    plan: Plan,
    baselines: Iterable[BaselineRow] = (),
    fixed: Fixed | None = None,
) -> tuple[AnnualTargetRow, ...]:
    """Read ``annual_targets.csv``: 年度工作目标 in the goal's unit.

    Parameters
    ----------
    baselines
        Values to hold the targets against, besides the goals' own.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = annual_target_rows(path, plan)
    problems += of_today(annual_target_problems(rows, path, plan, tuple(baselines)))
    problems += unlike_published(path, rows, ANNUAL_TARGETS, fixed, annual_target_rows, plan=plan)
    return sound_rows(path, rows, problems)


def annual_target_rows(
    path: Path, plan: Plan
) -> tuple[list[InputRow[AnnualTargetRow]], list[Problem]]:
    """Return the rows of the file that can be read, and what is wrong in the others."""
    goals = {goal.id for goal in plan.goals if not goal.kind.by_people}
    return read_rows(
        path,
        plan,
        ANNUAL_TARGETS,
        {
            "goal_id": one_of(goals, "方案中的数量目标 id"),
            "year": year(plan),
            "target_value": NUMBER,
            "source": text("来源"),
            "from_edition": edition(plan, "起用期号"),
        },
        confirmable=True,
    )


def read_assessments(
    path: Path, plan: Plan, fixed: Fixed | None = None
) -> tuple[AssessmentRow, ...]:
    """Read ``assessments.csv``: verdicts by people on what no formula judges.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    rows, problems = assessment_rows(path, plan)
    problems += of_today(_assessed_outside(rows, path.name, plan))
    problems += unlike_published(path, rows, ASSESSMENTS, fixed, assessment_rows, plan=plan)
    return sound_rows(path, rows, problems)


def _assessed_outside(
    rows: Iterable[InputRow[AssessmentRow]], file: str, plan: Plan
) -> Iterator[Problem]:
    for read in rows:
        day = read.row.assessed_on
        if not plan.start < TimePeriod.parse(day[:7]) <= last_edition(plan).end:
            what = f"评定日期「{day}」不在方案期内"
            yield read.problem(file, "assessed_on", what, "核对年份")


def assessment_rows(path: Path, plan: Plan) -> tuple[list[InputRow[AssessmentRow]], list[Problem]]:
    """Return the rows of the file that can be read, and what is wrong in the others."""
    goals = {goal.id for goal in plan.goals if goal.kind.by_people}
    verdicts = [rating for rating in Rating if rating is not Rating.NOT_ASSESSABLE]
    return read_rows(
        path,
        plan,
        ASSESSMENTS,
        {
            "goal_id": one_of(goals, "方案中由人工评定的目标 id"),
            "edition": edition(plan, "期号"),
            "verdict": one_of(verdicts, "、".join(verdicts)),
            "evidence": text("评定依据"),
            "assessed_by": one_of(plan.unit_ids, "方案中的填报单位，不写个人"),
            "assessed_on": DAY,
        },
    )
