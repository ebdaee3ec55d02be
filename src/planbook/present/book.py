"""One edition of one dataset as data: the plan, its judged tables, and a view of every goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from planbook.edition_acts import EditionState
from planbook.edition_frames import EditionRow
from planbook.errors import Finding
from planbook.facts.record_words import source_of_the_past
from planbook.frames import MeasureRow, ObservationRow, Verdict
from planbook.outlook_frames import FanRow, OutlookRow, WhatIfRow
from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.present.addresses import chapter_address
from planbook.present.by_subject import by_goal, by_measure
from planbook.present.escaping import listed
from planbook.present.internal import has_internal, ids
from planbook.present.redaction import NOTHING, Withheld
from planbook.present.views import GoalView, goal_view, goal_views
from planbook.project_frames import PROJECTS_SHEET, ProjectRow
from planbook.saved import RowPlaces, TableRows, Tables
from planbook.task_frames import TaskRow
from planbook.vocabulary import Origin, Rating, Severity, Visibility
from planbook.watch_frames import ActionRow, AlertRow, AlertRule, ChangeReasonRow
from planbook.workspace import Dataset


@dataclass(frozen=True, eq=False, repr=False)
class Book:
    """One edition of one dataset, ready to be shown."""

    plan: Plan
    tables: Tables
    dataset: Dataset
    edition: Edition
    publication: bool = False  # whether it is made to be published
    visibility: Visibility = Visibility.INTERNAL  # who it is for
    withheld: Withheld = NOTHING  # what a public book does not show, besides goals
    whole: Book | None = None  # of a part of a book: that book

    @cached_property
    def views(self) -> dict[str, GoalView]:
        """Every goal in the plan's order, with its verdict."""
        return goal_views(self.plan, self.rows.verdicts, self.rows.outlooks)

    @cached_property
    def rows(self) -> TableRows:
        """The rows of `tables`, typed."""
        return TableRows(self.tables)

    @cached_property
    def observations(self) -> dict[str, list[ObservationRow]]:
        """The observations by indicator, oldest first."""
        found: dict[str, list[ObservationRow]] = {}
        for row in sorted(self.rows.observations, key=lambda row: row.time_period):
            found.setdefault(row.indicator_id, []).append(row)
        return found

    @cached_property
    def change_reasons(self) -> dict[str, ChangeReasonRow]:
        """Why goals are rated otherwise than in the edition before, by goal; those that are."""
        return {row.goal_id: row for row in self.rows.change_reasons}

    @cached_property
    def alerts(self) -> tuple[AlertRow, ...]:
        """This edition's warnings, the gravest rule first, in the plan's order."""
        return self.in_order(row for row in self.rows.alerts if row.edition == self.edition)

    @cached_property
    def alerts_of_goals(self) -> dict[str, tuple[AlertRow, ...]]:
        """This edition's warnings by goal, in the same order."""
        return by_goal(self.alerts)

    @cached_property
    def actions_of_goals(self) -> dict[str, tuple[ActionRow, ...]]:
        """All actions by goal."""
        return by_goal(self.rows.actions)

    @cached_property
    def actions(self) -> dict[str, ActionRow]:
        """All actions by id."""
        return {row.action_id: row for row in self.rows.actions}

    @cached_property
    def measures_by_id(self) -> dict[str, MeasureRow]:
        """Measures and sub-items by id."""
        return {row.measure_id: row for row in self.rows.measures}

    @cached_property
    def tasks_of_goals(self) -> dict[str, tuple[TaskRow, ...]]:
        """The yearly tasks about goals, by their ids."""
        return by_goal(self.rows.tasks)

    @cached_property
    def projects_of_goals(self) -> dict[str, tuple[ProjectRow, ...]]:
        """The key projects that serve goals, by their ids."""
        return by_goal(self.rows.projects)

    @cached_property
    def tasks_of_measures(self) -> dict[str, list[TaskRow]]:
        """The yearly tasks about measures and sub-items, by their ids."""
        return by_measure(self.rows.tasks)

    @cached_property
    def projects_of_measures(self) -> dict[str, list[ProjectRow]]:
        """The key projects that serve measures and sub-items, by their ids."""
        return by_measure(self.rows.projects)

    @cached_property
    def open_findings(self) -> list[Finding]:
        """What was found in the submissions of this edition that count."""
        return [row for row in self.rows.findings if row.edition == str(self.edition.base)]

    @cached_property
    def refused_of_projects(self) -> int:
        """In how many places this edition's rows on projects are not used."""
        errors = (row for row in self.open_findings if row.severity is Severity.ERROR)
        return sum(row.sheet == PROJECTS_SHEET for row in errors)

    def in_order(self, alerts: Iterable[AlertRow]) -> tuple[AlertRow, ...]:
        """Return warnings by rule, the gravest first, then in the plan's order."""
        rules, known = list(AlertRule), self._places

        def place(row: AlertRow) -> tuple[int, int, str]:
            own = known.get(row.goal_id or row.measure_id, len(known))
            return rules.index(row.alert_rule), own, row.submitting_unit

        return tuple(sorted(alerts, key=place))

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where goals, measures and sub-items stand, by id."""
        found = [goal.id for goal in self.plan.goals]
        found += [id for measure in self.plan.measures for id in ids(measure)]
        return {id: place for place, id in enumerate(found)}

    @property
    def title(self) -> str:
        """What the book is called: the plan's short title, and that it is a report on it."""
        return f"{self.plan.about.short_title}进展报告"

    def __repr__(self) -> str:
        return self.dateline()

    @property
    def mark(self) -> str:
        """内部版 where it holds something internal, 公开版 where it is public; else empty."""
        if self.visibility is Visibility.PUBLIC:
            return "公开版"
        return "内部版" if self.is_confidential else ""

    @cached_property
    def is_confidential(self) -> bool:
        """Whether the whole book holds what a public one would not show."""
        if self.whole is not None:
            return self.whole.is_confidential
        return self.visibility is Visibility.INTERNAL and has_internal(self.plan, self.tables)

    def history(self, goal_id: str) -> list[GoalView]:
        """Return a goal's views in every edition so far, oldest first."""
        return self._histories.get(goal_id, [])

    @cached_property
    def _histories(self) -> dict[str, list[GoalView]]:
        found: dict[str, list[GoalView]] = {}
        expected = {(row.goal_id, row.edition): row for row in self.rows.outlooks}
        for verdict in sorted(self.rows.history, key=lambda verdict: verdict.edition):
            then = expected.get((verdict.goal_id, verdict.edition))
            view = self.views[verdict.goal_id].at(verdict, then)
            found.setdefault(verdict.goal_id, []).append(view)
        return found

    @cached_property
    def rating_counts(self) -> Mapping[Edition, Counter[Rating]]:
        """The number of goals by rating in every edition so far, the oldest first."""
        found: dict[Edition, Counter[Rating]] = {}
        for row in sorted(self.rows.history, key=lambda row: row.edition):
            found.setdefault(row.edition, Counter())[row.rating] += 1
        return found

    @cached_property
    def moved_verdicts(self) -> tuple[tuple[Verdict, Verdict], ...]:
        """A goal's verdicts in two editions, one after the other, of which the ratings differ."""
        so_far = by_goal(sorted(self.rows.history, key=lambda row: row.edition))
        pairs = (pair for goal in self.plan.goals for pair in pairwise(so_far.get(goal.id, ())))
        return tuple((before, now) for before, now in pairs if before.rating is not now.rating)

    @property
    def rating_moves(self) -> tuple[tuple[GoalView, GoalView], ...]:
        """Goals as they were in those two editions, in the plan's order and that of time."""
        moves = ((goal_view(self.plan, now), before) for before, now in self.moved_verdicts)
        return tuple((view.at(before), view) for view, before in moves)

    def outlook(self, goal_id: str) -> OutlookRow | None:
        """Return what this edition expects of a goal; ``None`` in tables without outlooks."""
        return self.views[goal_id].outlook

    def outlooks_so_far(self, goal_id: str) -> list[OutlookRow]:
        """Return what every edition so far expected of a goal, oldest first."""
        return [then.outlook for then in self.history(goal_id) if then.outlook is not None]

    def fan(self, goal_id: str) -> tuple[FanRow, ...]:
        """Return the distribution on the way to the due date, in order of time."""
        return self._fans.get(goal_id, ())

    def what_ifs(self, goal_id: str) -> tuple[WhatIfRow, ...]:
        """Return what comes of steady growths, the lowest first."""
        return self._what_ifs.get(goal_id, ())

    @cached_property
    def _fans(self) -> dict[str, tuple[FanRow, ...]]:
        return by_goal(sorted(self.rows.fans, key=lambda row: row.time_period))

    @cached_property
    def _what_ifs(self) -> dict[str, tuple[WhatIfRow, ...]]:
        return by_goal(sorted(self.rows.what_ifs, key=lambda row: row.growth))

    @cached_property
    def places(self) -> RowPlaces:
        """Where the rows of a part of it are, in every table."""
        return RowPlaces(self.tables)

    @cached_property
    def own_row(self) -> EditionRow | None:
        """This edition in the list of all; ``None`` in tables of a time before there was one."""
        return next((row for row in self.rows.editions if row.edition == self.edition), None)

    @property
    def is_first(self) -> bool:
        """Whether no edition came before, so that there is nothing to compare with."""
        return self.edition.base == self.plan.about.first_edition

    def previous(self) -> Edition:
        """Return the edition that this one is compared with: what stands for the period before."""
        base = self.edition.base.plus(-1)
        kept = (
            row.edition
            for row in self.rows.editions
            if row.edition.base == base
            and row.released
            and row.edition_state is not EditionState.PURGED
        )
        return max(kept, default=base)

    @property
    def board(self) -> str:
        """The address, from the book's root, of the page with the scoreboard; empty without one."""
        return next((chapter_address("", page.id) for page in self.plan.about.front), "")

    def listed_at(self, notebook: str, table: str) -> str:
        """Return the address, from the book's root, of a table on the page that a notebook makes.

        Empty without such a page. Not a chapter's, of which one notebook may make several.
        """
        pages = (*self.plan.about.front, *self.plan.about.back)
        found = (chapter_address("", page.id) for page in pages if page.notebook == notebook)
        return next((f"{page}#{table}" for page in found), "")

    @property
    def address(self) -> str:
        """The address of this edition's folder on its site; empty where no site is known."""
        site = self.dataset.site_address.rstrip("/")
        return f"{site}/{self.edition}/" if site else ""

    def source(self, reporter: str, *indicators: str) -> str:
        """Return the source line of a figure: whether `reporter` sent the values of indicators.

        Without any, those of all. What came in as past values of one indicator has its sources
        named; those of several are named on the goals' pages.
        """
        return self._sourced("、".join(self._came_from(f"{reporter}报送", indicators)))

    def table_source(self, reporter: str) -> str:
        """Return the source line of a table on paper, as `source` of all indicators."""
        return self._sourced(f"据{'、'.join(self._came_from(f'{reporter}报送的资料', ()))}整理")

    def _came_from(self, sent: str, indicators: Sequence[str]) -> Iterator[str]:
        """Yield where values came from: workbooks, past values; without any, plan and baselines."""
        rows = [row for id in indicators for row in self.observations.get(id, ())]
        came = _origins(rows) if indicators else self.value_origins
        if came not in ((), (Origin.HISTORY,)):
            yield sent
        if Origin.HISTORY in came:
            past = (row.remark for row in rows if row.origin is Origin.HISTORY)
            names = list(dict.fromkeys(map(source_of_the_past, past)))
            yield f"历史数据（取自{listed(names)}）" if len(indicators) == 1 else "历史数据"
        if not came:
            based = any(not indicators or r.indicator_id in indicators for r in self.rows.baselines)
            yield "方案和补录的基期值" if based else "方案"

    def _sourced(self, told: str) -> str:
        line = f"资料来源：{told}，{self.edition.label}版。"
        return f"{line}示例数据，不是真实统计。" if self.dataset.demonstration else line

    @cached_property
    def value_origins(self) -> tuple[Origin, ...]:
        """How the values of all indicators came in."""
        return _origins(self.rows.observations)

    def dateline(self) -> str:
        """Return which edition this is, of which plan and how far its data reach."""
        invented = "示例数据" if self.dataset.demonstration else ""
        plan = f"{self.plan.about.short_title}进展"
        parts = (plan, self.edition.label, self.data_words, self.mark, invented)
        return " · ".join(filter(None, parts))

    @cached_property
    def data_words(self) -> str:
        """How far the data reach: the newest period that has a value; empty without indicators.

        Of the whole book, as a part says it too.
        """
        if self.whole is not None:
            return self.whole.data_words
        if not self.plan.indicators:
            return ""
        known = [row.time_period for row in self.rows.observations if row.obs_value is not None]
        return f"数据截至{max(known).words}末" if known else "尚无数据"


def _origins(rows: Iterable[ObservationRow]) -> tuple[Origin, ...]:
    return tuple(sorted({row.origin for row in rows if row.obs_value is not None}))
