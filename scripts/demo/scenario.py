"""What ``scenario.yaml`` and ``progress.yaml`` may hold, as frozen objects.

A story says how one indicator moves; incidents say which workbook goes wrong and how. Nothing is
computed here: `series` makes numbers of the stories, `statuses` makes statuses of the phrases.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

from planbook.errors import ProblemsFound
from planbook.periods import Edition
from planbook.project_frames import ProjectStage
from planbook.vocabulary import MeasureStatus, Rating, YoyType
from planbook.watch_frames import ActionStatus, AlertRule
from planbook.written_dates import EditionKey, Period
from planbook.yamlfile import read_yaml

FOLDER = Path(__file__).parent


def draw(*key: object) -> float:
    """Return a number in [0, 1) that depends on the key alone: the only source of chance."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


class Part(BaseModel):
    """A frozen piece of the scenario that knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _stage(label: object) -> ProjectStage:
    """Return the stage that a form calls so."""
    return {stage.label: stage for stage in ProjectStage}[str(label)]


class Yoy(Part):
    """How 同比 is reported: its type, and by how many 百分点 it lies below the nominal one."""

    type: YoyType = YoyType.NOMINAL
    below: float = 0.0


class ScopeChange(Part):
    """An area that changes from an edition on; `factor` turns old values into new ones."""

    before: str
    from_edition: EditionKey
    after: str
    factor: float
    baseline_too: bool = False


class Story(Part):
    """How one indicator moves; see the head of ``scenario.yaml``."""

    about: str
    share: float | None = None
    start: float | None = None
    pace: tuple[float, float] = (1.0, 1.0)
    season: str | None = None
    steps: dict[Period, float] = {}
    quarters: dict[int, tuple[float, ...]] = {}
    years: dict[int, float] = {}  # of an every-year goal: the year's value as a share of its target
    yoy: Yoy = Yoy()
    scopes: ScopeChange | None = None
    baseline: bool = True
    first_value: Period | None = None  # before it the department has no figures
    noise: float = 1.0  # times the usual scatter
    seed: int = 0  # which of its possible courses the scatter takes
    shocks: dict[Period, float] = {}  # of a flow: a month's amount times a factor

    def scope(self, edition: Edition, stated: str) -> str:
        """Return the area the department reports in an edition."""
        if self.scopes is None:
            return stated
        return self.scopes.after if edition >= self.scopes.from_edition else self.scopes.before

    def factor(self, edition: Edition) -> float:
        """Return what turns a value of the baseline's area into one of the edition's."""
        if self.scopes is None or edition < self.scopes.from_edition:
            return 1.0
        return self.scopes.factor


class Change(Part):
    """A value reported once and changed in a later edition, by `change` × the value."""

    edition: EditionKey
    indicator: str
    period: Period
    change: float
    declared: bool  # whether sheet 修订 says so
    reason: str = ""


class OtherPeriod(Part):
    """A row that carries another period than the one asked for."""

    edition: EditionKey
    indicator: str
    period: Period


class Typed(Part):
    """What stands in a cell instead of the right number; without `text` the cell is left empty.

    ``{value}`` in the text stands for the right number.
    """

    edition: EditionKey
    indicator: str
    column: Literal["value", "prior_value", "yoy"] = "value"
    text: float | str | None = None
    remark: str = ""


class Filing(Part):
    """A workbook that never came, came `days` after the deadline, or came twice.

    Of one that came twice, `slip` multiplied the indicators' values in the first file.
    """

    edition: EditionKey
    unit: str
    days: int = 0
    slip: float = 1.0


class Kept(Part):
    """A row whose unit marks its value internal: too few enterprises are behind it."""

    edition: EditionKey
    indicator: str


class Incidents(Part):
    """What goes wrong, and in which workbook."""

    absent: tuple[Filing, ...] = ()
    late: tuple[Filing, ...] = ()
    sent_twice: tuple[Filing, ...] = ()
    cells: tuple[Typed, ...] = ()
    internal: tuple[Kept, ...] = ()
    periods: tuple[OtherPeriod, ...] = ()
    changes: tuple[Change, ...] = ()
    silent: dict[str, EditionKey] = {}  # measure, edition from which nothing is said of it
    repeated: dict[str, EditionKey] = {}  # measure, edition whose words are repeated from then on


class YearTarget(Part):
    """A 年度工作目标: the year's target as a share of the goal's."""

    goal: str
    year: int
    share: float
    from_edition: EditionKey


class Verdict(Part):
    """A verdict by people on a goal that no formula judges."""

    goal: str
    edition: EditionKey
    verdict: Rating
    evidence: str


class Decision(Part):
    """What a meeting decided about an action; the whole of it from an edition on."""

    from_edition: EditionKey
    due: Period
    decided_in: str
    closure: str = ""


class Reply(Part):
    """What the unit says of an action in the last edition's workbook, and in the months before."""

    status: ActionStatus
    text: str
    earlier: str  # 办理中, in the months between the last two editions


class Action(Part):
    """A 督办事项 with all that was decided about it."""

    id: str
    goal: str = ""
    measure: str = ""
    rule: AlertRule | None = None
    unit: str
    task: str
    public: bool = False
    decided: tuple[Decision, ...]
    reply: Reply | None = None


class TaskDecision(Part):
    """What was agreed about a yearly task; the whole of it from an edition on."""

    from_edition: EditionKey
    due: Period
    decided_in: str
    dropped: str = ""


class TaskReport(Part):
    """What the unit says of a task in the last edition's workbook."""

    status: MeasureStatus
    progress: str = ""
    asked: Period | None = None


class Task(Part):
    """A yearly task with all that was agreed about it; without `report` its unit forgets it.

    `earlier` is what its unit says of it in the months before the last edition.
    """

    id: str
    goal: str = ""
    measure: str = ""
    unit: str
    task: str
    deliverable: str
    public: bool = False
    decided: tuple[TaskDecision, ...]
    earlier: str = ""
    report: TaskReport | None = None


class Proposal(Part):
    """A task that a unit proposes in the last edition's workbook; nobody has agreed it yet."""

    unit: str
    about: str  # the id of a goal or a measure
    task: str
    deliverable: str
    due: Period


class ProjectSaid(Part):
    """What a unit changes of a project's row in an edition's workbook; amounts in 亿元."""

    edition: EditionKey
    stage: Annotated[ProjectStage, BeforeValidator(_stage)] | None = None
    total: float | None = None
    year: float | None = None
    invested: float | None = None
    node: str = ""
    month: Period | None = None
    problem: str = ""
    need: str = ""
    left: str = ""
    public: bool = False
    forgotten: bool = False  # the row is left blank


class Project(Part):
    """A key project, and what its unit says of it; in other editions the row stays as printed."""

    project: str
    unit: str
    about: str  # the id of a goal or a measure
    said: tuple[ProjectSaid, ...]


class Planted(Part):
    """A warning that the last edition must give, and what it is about: goal, measure or unit."""

    rule: AlertRule
    on: str


class Editions(Part):
    """The first and the last edition of the demonstration."""

    first: EditionKey
    last: EditionKey


class TaskPhrase(Part):
    """A yearly task that any measure may have: the months it may be due in, and what is said.

    One that `builds` tells how far the work is; where a project of the measure tells that, another
    one is taken.
    """

    task: str
    deliverable: str
    months: tuple[int, ...]
    done: str
    under_way: str
    blocked: str
    builds: bool = False


class Obstacle(Part):
    """What is in the way of measures of some types, told quarter by quarter."""

    types: tuple[str, ...]
    said: tuple[str, ...]


class Phrases(Part):
    """The wordings of ``progress.yaml``: of work under way by type of measure, in their order."""

    under_way: dict[str, tuple[str, ...]]
    not_started: tuple[str, ...]  # one a quarter, in turn
    done: tuple[str, ...]
    blocked: tuple[Obstacle, ...]  # by type of measure
    done_this_year: tuple[str, ...]
    not_this_year: tuple[str, ...]  # by quarter of the year
    tasks: tuple[tuple[TaskPhrase, ...], ...]  # early ones, late ones


class Scenario(Part):
    """``scenario.yaml``."""

    editions: Editions
    starting_share: tuple[float, float]
    seasons: dict[str, tuple[float, ...]]
    stories: dict[str, Story]
    year_targets: tuple[YearTarget, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    incidents: Incidents = Incidents()
    actions: tuple[Action, ...] = ()
    tasks_agreed: EditionKey
    tasks_agreed_in: str
    tasks: tuple[Task, ...] = ()
    without_tasks: tuple[str, ...] = ()  # units
    proposals: tuple[Proposal, ...] = ()
    projects: tuple[Project, ...] = ()
    planted: tuple[Planted, ...] = ()


_Model = TypeVar("_Model", bound=Part)


def _read(model: type[_Model], name: str) -> _Model:
    content, problems = read_yaml(FOLDER / name, name)
    if problems:
        raise ProblemsFound("示例数据的情节", problems)
    return model.model_validate(content)


def read_scenario() -> Scenario:
    """Read ``scenario.yaml``."""
    return _read(Scenario, "scenario.yaml")


def read_phrases() -> Phrases:
    """Read ``progress.yaml``."""
    return _read(Phrases, "progress.yaml")
