"""The contracts of the frames that leave a layer, and the rows they hold, typed.

A frame is checked against its contract when it is made and when it is read, so that a notebook can
rely on a column; `Contract.rows` gives its rows as the objects that the code reads.
`planbook.saved` says which of them are kept for an edition. A number is in the indicator's unit,
yoy in percent (3.2 means 3.2 %), a share as a fraction (0.78 means 78 %); ``None``: there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.contract import Contract, Number
from planbook.errors import Finding
from planbook.periods import Edition, TimePeriod
from planbook.project_frames import ProjectAmount
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    CorrectionAction,
    Direction,
    Kind,
    MeasureStatus,
    Note,
    ObsStatus,
    Origin,
    Pattern,
    RatedBy,
    Rating,
    Reason,
    ReleaseStage,
    SubmissionState,
    Visibility,
    YearVerdict,
    YoyType,
)

WELL = (Rating.MET, Rating.MET_UNSTEADY, Rating.ON_COURSE)  # of goals met, or on their course


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow:
    """A value of an indicator, as known from an edition on."""

    indicator_id: str
    time_period: TimePeriod  # last month of the period, 2026-09
    scope: str
    vintage: Edition  # edition in which the value was known
    accumulation: Accumulation
    obs_value: Number  # in the indicator's unit
    obs_status: ObsStatus
    release_stage: ReleaseStage | None
    yoy: Number  # as reported, in percent: 3.2 means 3.2 %
    yoy_type: YoyType | None
    prior_value: Number  # same period a year earlier, as reported
    remark: str
    visibility: Visibility  # internal: the whole indicator is kept out of the public book
    origin: Origin
    submitting_unit: str
    source_file: str
    source_sheet: str
    source_cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReportRow:
    """What a unit said of a measure in an edition."""

    measure_id: str  # of a measure or of a sub-item
    vintage: Edition
    status: MeasureStatus | None
    progress: str
    completed_on: str
    submitting_unit: str
    source_file: str
    source_sheet: str
    source_cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """What one unit sent for one edition, or did not."""

    edition: Edition
    submitting_unit: str
    unit_name: str
    state: SubmissionState
    deadline: str
    received_on: str
    file: str
    sha256: str
    superseded: int  # earlier files of this unit and edition, kept
    owed: int  # rows owed: an indicator and a period each
    reported: int  # of which with a value or 「—」
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """A value that an edition changed."""

    indicator_id: str
    time_period: TimePeriod
    scope: str
    vintage: Edition  # edition that changed the value
    old_vintage: Edition
    old_value: Number
    new_value: Number
    declared: bool  # by a row of sheet 修订 or by corrections.yaml
    reason: str
    source_file: str
    source_cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """A declared correction of a reported value or status."""

    correction_id: str
    action: CorrectionAction
    indicator_id: str  # or of a measure or project
    amount: ProjectAmount | None = None  # of a project
    time_period: TimePeriod | None
    edition: Edition | None
    expect: str
    value: str
    reason: str
    decided_by: str
    from_edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRow:
    """A value that goals start from."""

    indicator_id: str
    time_period: TimePeriod
    scope: str
    obs_value: float
    source: str
    note: str
    from_edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualTargetRow:
    """A 年度目标 of a goal, in the goal's unit."""

    goal_id: str
    year: int
    target_value: float
    source: str
    from_edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """What people judged of a goal."""

    goal_id: str
    edition: Edition
    verdict: Rating  # a rating's word
    evidence: str
    assessed_by: str  # a unit, never a person
    assessed_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentaryRow:
    """What analysts wrote about a chapter for an edition."""

    chapter: str
    edition: Edition  # whose folder it lies in
    author: str  # a submitting unit's id
    written_on: str
    visibility: Visibility
    written_for: str  # JSON: the chapter's figures as its author saw them, by goal id
    text: str  # Markdown, untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """The part of a verdict that is offered for download."""

    goal_id: str
    indicator_id: str
    chapter: str
    field: str
    name: str
    quote: str
    unit: str
    kind: Kind
    direction: Direction
    scope: str
    baseline_value: Number = None
    baseline_period: TimePeriod | None = None
    latest_value: Number = None
    latest_period: TimePeriod | None = None
    observed_value: Number = None  # what the formulas put for v (a growth rate …)
    observed_period: TimePeriod | None = None  # its period
    is_estimate: bool = False  # observed_value is 推算
    band_low: Number = None  # 80 % band of the running year's total; none: not known
    band_high: Number = None
    target_low: Number = None
    target_high: Number = None
    comparator: Comparator | None = None
    target_value: Number = None  # what the formulas put for T (lower end, b·(1+x) …), target's unit
    meeting_value: Number = None  # T*: the value that counts as met, on the scale of target_value
    path_value: Number = None  # due at the observed period on the path that rates; it ends at T*
    share_due: Number = None  # share of the way from b to T* due by then: time, usual share, steps
    completion: Number = None  # 目标完成率, a share: 0.78 means 78 %
    increment_completion: Number = None  # 增量完成率, a share
    increment_due: Number = None  # (path_value − b)/(T − b): increment_completion is held to it
    time_elapsed: Number = None  # 序时进度, a share
    growth_pace: Number = None
    linear_pace: Number = None
    pace: Number = None  # the one that rates
    rated_by: RatedBy | None = None
    rating: Rating
    rating_provisional: bool = False  # 初步: the band leaves the rating open, or no band is known
    reason: Reason | None = None  # why it cannot be judged
    met_period: TimePeriod | None = None  # of the value that met
    annual_target: Number = None  # 年度目标 of the observed year, if one is given, goal's unit
    annual_target_year: int | None = None
    annual_target_verdict: YearVerdict | None = None
    edition: Edition
    demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(GoalRow):
    """Everything the pages need to know about a goal in an edition."""

    field_id: str
    submitting_unit: str
    section: str
    due: TimePeriod
    accumulation: Accumulation  # of the latest value
    latest_status: ObsStatus | None = None  # obs_status
    release_stage: ReleaseStage | None = None
    yoy: Number = None  # as reported, percent
    yoy_type: YoyType | None = None
    prior_value: Number = None  # same period a year earlier: our own series, else as reported
    owed_period: TimePeriod | None = None  # last period owed up to this edition
    elapsed: Number = None  # t − t0, years
    horizon: Number = None  # tE − t0, years
    rating_low: Rating | None = None  # the rating at the lower value of the band, and at the upper
    rating_high: Rating | None = None
    usual_share: Number = None  # share of the year usually reached by that month, if used
    share_from_history: bool = False  # False: months/12 for want of history
    met: bool = False
    adverse: bool = False
    exceeded: bool = False  # above the upper end of a range: 超额
    carried: bool = False  # annual indicator carried from its last year
    remaining: Number = None  # T* − v in the goal's unit, signed toward the target, 0 when met
    required_rate: Number = None  # growth still required, share a year
    required_step: Number = None  # amount still needed each edition
    average_step: Number = None  # amount an edition so far
    rolling_value: Number = None  # last twelve months of a flow
    annual_target_source: str = ""
    annual_target_value: Number = None  # the year-end value held against it, in the goal's unit
    previous_rating: Rating | None = None  # in the edition before
    assessed_by: str = ""
    assessed_on: str = ""
    evidence: str = ""
    missed_years: tuple[int, ...] = ()  # of an every-year goal, closed years that missed
    notes: tuple[Note, ...] = ()  # in the order of the vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """Where a measure or sub-item stands in an edition."""

    measure_id: str
    parent_id: str  # of a sub-item; empty for a measure
    chapter: str
    field_id: str
    field: str
    title: str
    quote: str
    section: str
    type: str
    pattern: Pattern
    submitting_unit: str
    status: MeasureStatus | None  # none: never reported
    progress: str
    completed_on: str
    status_since: Edition | None  # edition from which the status has held
    last_reported: Edition | None  # edition
    stale: bool  # not reported in this edition
    previous_status: MeasureStatus | None
    edition: Edition
    demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualVerdictRow:
    """A yearly target in force with what became of it."""

    goal_id: str
    year: int
    target_value: float  # in the goal's unit
    observed_value: Number  # the year-end value in the goal's unit
    verdict: YearVerdict
    source: str
    edition: Edition


OBSERVATIONS = Contract(
    "observations", ObservationRow, ("indicator_id", "time_period", "scope", "vintage")
)
STATUS_REPORTS = Contract("status_reports", StatusReportRow, ("measure_id", "vintage"))
SUBMISSIONS = Contract("submissions", SubmissionRow, ("edition", "submitting_unit"))
FINDINGS = Contract("findings", Finding, ())
REVISIONS = Contract("revisions", RevisionRow, ("indicator_id", "time_period", "scope", "vintage"))
CORRECTIONS = Contract("corrections", CorrectionRow, ("correction_id",))
BASELINES = Contract(
    "baselines", BaselineRow, ("indicator_id", "time_period", "scope", "from_edition")
)
ANNUAL_TARGETS = Contract("annual_targets", AnnualTargetRow, ("goal_id", "year", "from_edition"))
ASSESSMENTS = Contract("assessments", AssessmentRow, ("goal_id", "edition"))
COMMENTARY = Contract("commentary", CommentaryRow, ("chapter",))
GOALS = Contract("goals", GoalRow, ("goal_id",))
VERDICTS = Contract("verdicts", Verdict, ("goal_id",))
MEASURES = Contract("measures", MeasureRow, ("measure_id",))
ANNUAL_VERDICTS = Contract("annual_verdicts", AnnualVerdictRow, ("goal_id", "year"))
HISTORY = Contract("history", Verdict, ("goal_id", "edition"))
