"""The contracts of the frames that leave a layer.

A frame is checked against its contract when it is made and when it is read, so that a notebook can
rely on a column. `planbook.saved` says which of them are kept for an edition.
"""

from __future__ import annotations

from planbook.contract import COUNT, FLAG, NUMBER, TEXT, Contract

OBSERVATIONS = Contract(
    "observations",
    {
        "indicator_id": TEXT,
        "time_period": TEXT,  # last month of the period, 2026-09
        "scope": TEXT,
        "vintage": TEXT,  # edition in which the value was known
        "accumulation": TEXT,
        "obs_value": NUMBER,  # in the indicator's unit
        "obs_status": TEXT,
        "release_stage": TEXT,
        "yoy": NUMBER,  # as reported, in percent: 3.2 means 3.2 %
        "yoy_type": TEXT,
        "prior_value": NUMBER,  # same period a year earlier, as reported
        "remark": TEXT,
        "origin": TEXT,
        "submitting_unit": TEXT,
        "source_file": TEXT,
        "source_sheet": TEXT,
        "source_cell": TEXT,
    },
    ("indicator_id", "time_period", "scope", "vintage"),
)

STATUS_REPORTS = Contract(
    "status_reports",
    {
        "measure_id": TEXT,  # of a measure or of a sub-item
        "vintage": TEXT,
        "status": TEXT,
        "progress": TEXT,
        "completed_on": TEXT,
        "submitting_unit": TEXT,
        "source_file": TEXT,
        "source_sheet": TEXT,
        "source_cell": TEXT,
    },
    ("measure_id", "vintage"),
)

SUBMISSIONS = Contract(
    "submissions",
    {
        "edition": TEXT,
        "submitting_unit": TEXT,
        "unit_name": TEXT,
        "state": TEXT,
        "deadline": TEXT,
        "received_on": TEXT,
        "file": TEXT,
        "sha256": TEXT,
        "superseded": COUNT,  # earlier files of this unit and edition, kept
        "owed": COUNT,  # rows owed: an indicator and a period each
        "reported": COUNT,  # of which with a value or 「—」
        "errors": COUNT,
        "warnings": COUNT,
    },
    ("edition", "submitting_unit"),
)

FINDINGS = Contract(
    "findings",
    {
        "rule": TEXT,
        "severity": TEXT,
        "message": TEXT,
        "edition": TEXT,
        "submitting_unit": TEXT,
        "file": TEXT,
        "sheet": TEXT,
        "cell": TEXT,
        "indicator_id": TEXT,
        "observed": TEXT,
        "expected": TEXT,
        "remedy": TEXT,
    },
    (),
)

REVISIONS = Contract(
    "revisions",
    {
        "indicator_id": TEXT,
        "time_period": TEXT,
        "scope": TEXT,
        "vintage": TEXT,  # edition that changed the value
        "old_vintage": TEXT,
        "old_value": NUMBER,
        "new_value": NUMBER,
        "declared": FLAG,  # by a row of sheet 修订 or by corrections.yaml
        "reason": TEXT,
        "source_file": TEXT,
        "source_cell": TEXT,
    },
    ("indicator_id", "time_period", "scope", "vintage"),
)

CORRECTIONS = Contract(
    "corrections",
    {
        "correction_id": TEXT,
        "action": TEXT,
        "indicator_id": TEXT,  # or of a measure
        "time_period": TEXT,
        "edition": TEXT,
        "expect": TEXT,
        "value": TEXT,
        "reason": TEXT,
        "decided_by": TEXT,
        "from_edition": TEXT,
    },
    ("correction_id",),
)

BASELINES = Contract(
    "baselines",
    {
        "indicator_id": TEXT,
        "time_period": TEXT,
        "scope": TEXT,
        "obs_value": NUMBER,
        "source": TEXT,
        "note": TEXT,
        "from_edition": TEXT,
    },
    ("indicator_id", "time_period", "scope", "from_edition"),
)

ANNUAL_TARGETS = Contract(
    "annual_targets",
    {
        "goal_id": TEXT,
        "year": COUNT,
        "target_value": NUMBER,
        "source": TEXT,
        "from_edition": TEXT,
    },
    ("goal_id", "year", "from_edition"),
)

ASSESSMENTS = Contract(
    "assessments",
    {
        "goal_id": TEXT,
        "edition": TEXT,
        "verdict": TEXT,  # a rating's word
        "evidence": TEXT,
        "assessed_by": TEXT,  # a unit, never a person
        "assessed_on": TEXT,
    },
    ("goal_id", "edition"),
)

COMMENTARY = Contract(  # what analysts wrote for an edition; one row a chapter
    "commentary",
    {
        "chapter": TEXT,
        "edition": TEXT,  # whose folder it lies in
        "author": TEXT,  # a submitting unit's id
        "written_on": TEXT,
        "written_for": TEXT,  # JSON: the chapter's figures as its author saw them, by goal id
        "text": TEXT,  # Markdown, untrusted
    },
    ("chapter",),
)

GOALS = Contract(  # the public download, one row a goal
    "goals",
    {
        "goal_id": TEXT,
        "indicator_id": TEXT,
        "chapter": TEXT,
        "field": TEXT,
        "name": TEXT,
        "quote": TEXT,
        "unit": TEXT,
        "kind": TEXT,
        "direction": TEXT,
        "scope": TEXT,
        "baseline_value": NUMBER,
        "baseline_period": TEXT,
        "latest_value": NUMBER,
        "latest_period": TEXT,
        "observed_value": NUMBER,  # what the formulas put for v (a growth rate …)
        "observed_period": TEXT,  # its period
        "is_estimate": FLAG,  # observed_value is 推算
        "band_low": NUMBER,  # 80 % band of the running year's total; NaN: none is known
        "band_high": NUMBER,
        "target_low": NUMBER,
        "target_high": NUMBER,
        "comparator": TEXT,
        "target_value": NUMBER,  # what the formulas put for T (lower end, b·(1+x) …), target's unit
        "meeting_value": NUMBER,  # T*: the value that counts as met, on the scale of target_value
        "path_value": NUMBER,  # due at the observed period on the path that rates; it ends at T*
        "share_due": NUMBER,  # share of the way from b to T* due by then: time, usual share, steps
        "completion": NUMBER,  # 目标完成率, a share: 0.78 means 78 %
        "increment_completion": NUMBER,  # 增量完成率, a share
        "increment_due": NUMBER,  # (path_value − b)/(T − b): increment_completion is held to it
        "time_elapsed": NUMBER,  # 序时进度, a share
        "growth_pace": NUMBER,
        "linear_pace": NUMBER,
        "pace": NUMBER,  # the one that rates
        "rated_by": TEXT,  # a code of vocabulary.RatedBy
        "rating": TEXT,
        "rating_provisional": FLAG,  # 初步: the band leaves the rating open, or no band is known
        "reason": TEXT,  # why it cannot be judged; empty otherwise
        "met_period": TEXT,  # of the value that met; empty if not met
        "annual_target": NUMBER,  # 年度目标 of the observed year, if one is given, goal's unit
        "annual_target_year": TEXT,
        "annual_target_verdict": TEXT,  # a word of vocabulary.YearVerdict
        "edition": TEXT,
        "demonstration": FLAG,
    },
    ("goal_id",),
)

VERDICTS = Contract(  # everything the pages need about a goal in an edition
    "verdicts",
    {
        **GOALS.columns,
        "field_id": TEXT,
        "submitting_unit": TEXT,
        "section": TEXT,
        "due": TEXT,
        "accumulation": TEXT,  # of the latest value
        "latest_status": TEXT,  # obs_status
        "release_stage": TEXT,
        "yoy": NUMBER,  # as reported, percent
        "yoy_type": TEXT,
        "prior_value": NUMBER,  # same period a year earlier: our own series, else as reported
        "owed_period": TEXT,  # last period owed up to this edition, empty if none yet
        "elapsed": NUMBER,  # t − t0, years
        "horizon": NUMBER,  # tE − t0, years
        "rating_low": TEXT,  # the rating at the lower value of the band, and at the upper
        "rating_high": TEXT,
        "usual_share": NUMBER,  # share of the year usually reached by that month; NaN if not used
        "share_from_history": FLAG,  # False: months/12 for want of history
        "met": FLAG,
        "adverse": FLAG,
        "exceeded": FLAG,  # above the upper end of a range: 超额
        "carried": FLAG,  # annual indicator carried from its last year
        "remaining": NUMBER,  # T* − v in the goal's unit, signed toward the target, 0 when met
        "required_rate": NUMBER,  # growth still required, share a year
        "required_step": NUMBER,  # amount still needed each quarter
        "average_step": NUMBER,  # amount a quarter so far
        "rolling_value": NUMBER,  # last four quarters of a flow
        "annual_target_source": TEXT,
        "annual_target_value": NUMBER,  # the year-end value held against it, in the goal's unit
        "previous_rating": TEXT,  # in the edition before; empty in the first
        "assessed_by": TEXT,
        "assessed_on": TEXT,
        "evidence": TEXT,
        "missed_years": TEXT,  # of an every-year goal, closed years that missed: 2025 2026
        "notes": TEXT,  # codes of vocabulary.Note, separated by spaces
    },
    ("goal_id",),
)

MEASURES = Contract(  # one row a measure or sub-item, as of the edition
    "measures",
    {
        "measure_id": TEXT,
        "parent_id": TEXT,  # of a sub-item; empty for a measure
        "chapter": TEXT,
        "field_id": TEXT,
        "field": TEXT,
        "title": TEXT,
        "quote": TEXT,
        "section": TEXT,
        "type": TEXT,
        "pattern": TEXT,
        "submitting_unit": TEXT,
        "status": TEXT,  # empty: never reported
        "progress": TEXT,
        "completed_on": TEXT,
        "status_since": TEXT,  # edition from which the status has held
        "last_reported": TEXT,  # edition
        "stale": FLAG,  # not reported in this edition
        "previous_status": TEXT,
        "edition": TEXT,
        "demonstration": FLAG,
    },
    ("measure_id",),
)

ANNUAL_VERDICTS = Contract(  # every yearly target in force with what became of it
    "annual_verdicts",
    {
        "goal_id": TEXT,
        "year": COUNT,
        "target_value": NUMBER,  # in the goal's unit
        "observed_value": NUMBER,  # the year-end value in the goal's unit; NaN: none
        "verdict": TEXT,  # a word of vocabulary.YearVerdict
        "source": TEXT,
        "edition": TEXT,
    },
    ("goal_id", "year"),
)

HISTORY = Contract("history", VERDICTS.columns, ("goal_id", "edition"))
