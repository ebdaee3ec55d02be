"""The colours and marks of the book: one colour, one meaning, in charts, tables and pages.

Ratings run from dark red over orange to blue and teal, apart for colour-blind readers, each at
least 4.5:1 on paper so that words may wear it. None is told by colour alone: symbols go with them.
`assets/look/palette.css` of produce repeats these values; a test keeps them equal.
"""

from __future__ import annotations

from planbook.project_frames import ProjectChange, ProjectStage
from planbook.task_frames import TaskState
from planbook.vocabulary import MeasureStatus, Rating, SubmissionState
from planbook.watch_frames import ActionStatus

PAPER = "#ffffff"
INK = "#1f2933"  # text and what was observed
MUTED = "#5b6673"  # axes, notes
OBSERVED = "#334e68"  # what was reported
GRID = "#e3e7eb"
PATH = "#7b8794"  # where the value should be by now
TARGET = "#6b3fa0"  # the plan's target, and yearly targets
PALE = "#c9d1d9"  # other scopes, superseded values, what has not happened yet
SERIES = (OBSERVED, "#b17b92", "#608019", "#228ab5", "#6f341a")  # of analysts' charts, side by side

RATING_COLOURS: dict[Rating, str] = {
    Rating.REVERSING: "#5c0a0a",
    Rating.FAR_BEHIND: "#b01818",
    Rating.BEHIND: "#a85f00",
    Rating.ON_COURSE: "#2166ac",
    Rating.MET_UNSTEADY: "#347b74",
    Rating.MET: "#004d47",
    Rating.MISSED: "#2b2b2b",
    Rating.NOT_ASSESSABLE: "#66717d",
}

FAN = ("#dde6ef", "#b3c5d8")  # of a forecast: where it ends in 95 of 100 cases, and in 80
BANDS = ("#c3cad1", "#dbe0e5", "#eef1f4")  # behind a bar: far behind, behind, on course

COLOUR_VARIABLES: dict[str, str] = {  # their names in the style sheets, where themes change them
    PAPER: "paper",
    INK: "ink",
    MUTED: "muted",
    OBSERVED: "observed",
    GRID: "faint",
    PATH: "path",
    TARGET: "target",
    PALE: "line",
    BANDS[0]: "band-far",
    BANDS[1]: "band-behind",
    BANDS[2]: "band-on",
    FAN[0]: "fan-wide",
    FAN[1]: "fan",
    SERIES[1]: "series-b",
    SERIES[2]: "series-c",
    SERIES[3]: "series-d",
    SERIES[4]: "series-e",
}

RATING_MARKERS: dict[Rating, str] = {  # matplotlib's mark for each symbol
    Rating.REVERSING: "v",
    Rating.FAR_BEHIND: "s",
    Rating.BEHIND: "^",
    Rating.ON_COURSE: "o",
    Rating.MET_UNSTEADY: "*",
    Rating.MET: "*",
    Rating.MISSED: "X",
    Rating.NOT_ASSESSABLE: "o",
}
HOLLOW = frozenset({Rating.MET_UNSTEADY, Rating.NOT_ASSESSABLE})

RATING_CLASSES: dict[Rating, str] = {  # names in the style sheet
    rating: rating.name.lower().replace("_", "-") for rating in Rating
}

COLOUR_VARIABLES |= {colour: RATING_CLASSES[rating] for rating, colour in RATING_COLOURS.items()}

STATUS_CLASSES: dict[str, str] = {  # of measures, actions, tasks, projects, of what units reported
    MeasureStatus.NOT_STARTED: "not-started",
    MeasureStatus.UNDER_WAY: "under-way",
    MeasureStatus.DONE: "done",
    MeasureStatus.BLOCKED: "blocked",
    MeasureStatus.DONE_THIS_YEAR: "done",
    MeasureStatus.NOT_THIS_YEAR: "not-started",
    ActionStatus.UNDER_WAY: "under-way",
    ActionStatus.DONE: "done",
    TaskState.OVERDUE.label: "blocked",
    TaskState.NEAR.label: "under-way",
    TaskState.AHEAD.label: "not-started",
    TaskState.DONE.label: "done",
    TaskState.DROPPED.label: "silent",
    ProjectStage.IDEA.label: "not-started",
    ProjectStage.RESERVE.label: "not-started",
    ProjectStage.PREPARATION.label: "under-way",
    ProjectStage.STARTED.label: "under-way",
    ProjectStage.BUILDING.label: "under-way",
    ProjectStage.PRODUCING.label: "done",
    ProjectStage.LEFT.label: "silent",
    ProjectChange.NEW.label: "under-way",
    ProjectChange.MOVED.label: "done",
    ProjectChange.BACK.label: "blocked",
    ProjectChange.SLIPPED.label: "blocked",
    SubmissionState.ON_TIME: "done",
    SubmissionState.LATE: "under-way",
    SubmissionState.AWAITED: "silent",
    SubmissionState.MISSING: "blocked",
    SubmissionState.RETURNED: "blocked",
    SubmissionState.WITHDRAWN: "blocked",
    SubmissionState.REFUSED: "blocked",
    SubmissionState.NOTHING_OWED: "silent",
}
