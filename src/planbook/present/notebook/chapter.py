"""What the notebook of a chapter calls: its goals and measures, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planbook.errors import UsageError
from planbook.plan.model import Chapter as PlanChapter
from planbook.plan.model import Field
from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page
from planbook.present.pages.field_points import field_points
from planbook.present.prose import Prose, heading
from planbook.present.say import notebook_words
from planbook.present.say.sentences import goals_counted, measures_and_sub_items, withheld_measures
from planbook.present.tables import goal_tables, measure_tables
from planbook.present.tables.commentary_box import commentaries
from planbook.present.tables.table import Table
from planbook.present.views import GoalView
from planbook.present.watched import warned_goals

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class Chapter(Page):
    """One chapter of the plan. Fields and goals are named by their ids.

    What it shows it finds in `own`, the chapter's part of the book.
    """

    plan: PlanChapter
    own: Book

    def __repr__(self) -> str:
        return notebook_words.part_of(self.plan.title, str(self.book))

    @property
    def field_ids(self) -> tuple[str, ...]:
        """The chapter's fields, in their order, as `section` and others know them."""
        return tuple(field.id for field in self.plan.fields)

    def title(self) -> Prose:
        """Return the chapter's title as the heading of its page."""
        return heading(1, self.plan.title)

    def section(self, field: str) -> tuple[Prose | Table | Figure, ...]:
        """Return all that a page shows of a field, below its heading: goals, charts, measures.

        A notebook that shows this for each of its chapter's fields serves any chapter.
        """
        own, level = self._field(field), 2
        shown: list[Prose | Table | Figure] = []
        if own.group:
            level = 3
            if own.id == next(each.id for each in self.plan.fields if each.group == own.group):
                shown.append(heading(2, own.group))
        shown.append(heading(level, own.name))
        if own.goals:
            shown += [self.paragraph(field), self.course(field)]
        if own.measures:
            shown += [heading(level + 1, "举措")] if own.goals else []
            shown += [self.progress(field), self.measures(field)]
        return tuple(shown)

    def lead(self) -> Prose:
        """Return the chapter in two sentences: goals by rating, measures by status."""
        views = self._views(self.plan)
        goals = notebook_words.goals_of_chapter(goals_counted(views)) if views else ""
        return Prose(markdown(goals + self._measures_said(self.plan)))

    def summary_figure(self) -> Figure | Prose:
        """Return how far all goals have come, or a sentence where nothing can be compared yet."""
        from planbook.present.charts.bullets import bullets  # noqa: PLC0415 - matplotlib, 0.5 s

        chart = bullets(
            self._views(self.plan),
            self.own.plan.thresholds,
            id=f"summary-{self.plan.id}",
            where=self.plan.title,
            source=self.own.source("各填报单位"),
        )
        return chart or Prose(notebook_words.NO_PACE_YET)

    def small_multiples(self) -> Figure | Prose:
        """Return the course of all goals side by side, or a sentence where there is none yet."""
        chart = self._panels(f"course-{self.plan.id}", self.plan)
        return chart or Prose(notebook_words.TOO_FEW_FOR_PANELS)

    def course(self, field: str) -> Figure | Prose:
        """Return the course of a field's goals side by side; of a single one, its own chart."""
        own = self._field(field)
        chart = self._panels(f"course-{own.id}", own)
        drawn = [view for view in self._views(own) if not view.kind.by_people]
        if chart is None and drawn:
            return next(
                (c for view in drawn if not isinstance(c := self.trajectory(view.id), Prose)),
                Prose(notebook_words.NOTHING_TO_DRAW),
            )
        return chart or Prose(notebook_words.JUDGED_BY_PEOPLE)

    def _panels(self, id: str, part: PlanChapter | Field) -> Figure | None:
        from planbook.present.charts.multiples import multiples  # noqa: PLC0415 - matplotlib, 0.5 s
        from planbook.present.points import series_of  # noqa: PLC0415

        book = self.own
        views = self._views(part)
        return multiples(
            [(v, series_of(book, v)) for v in views if not v.kind.by_people],
            {view.id: book.history(view.id) for view in views},
            id=id,
            where=part.title if isinstance(part, PlanChapter) else part.name,
            source=book.source("各填报单位", *dict.fromkeys(v.indicator.id for v in views)),
        )

    def paragraph(self, field: str) -> Prose:
        """Return what the monitoring report says about a field's goals, a point each."""
        return field_points(self._views(self._field(field)))

    def progress(self, field: str) -> Prose:
        """Return the measures of a field by status, in a sentence."""
        return Prose(markdown(self._measures_said(self._field(field))))

    def table(self, field: str) -> Table:
        """Return the goals of a field with values, completion and rating."""
        own = self._field(field)
        return goal_tables.field_table(
            f"goals-{own.id}",
            notebook_words.progress_of_goals(own.name),
            self._views(own),
            warned_goals(self.own),
        )

    def trajectory(self, goal_id: str) -> Figure | Prose:
        """Return a goal's chart, or a sentence where there is nothing to draw yet."""
        known = [goal.id for goal in self.plan.goals]
        if goal_id not in known:
            raise UsageError(notebook_words.no_goal_in_chapter(goal_id, known))
        from planbook.present.charts.trajectory import goal_chart  # noqa: PLC0415 - matplotlib, 0.5 s

        return goal_chart(self.own, goal_id)

    def measures(self, field: str) -> Table:
        """Return the measures of a field and their sub-items with status and progress."""
        return measure_tables.measures_table(self.own, self._field(field))

    def fields(self) -> Table:
        """Return the chapter's fields with their measures by status; each leads to its page."""
        return measure_tables.fields_table(self.own, self.plan)

    def commentary(self) -> Prose | None:
        """Return what analysts wrote about the chapter; nothing where they wrote nothing."""
        found = commentaries(self.own).get(self.plan.id)
        return found[0].shown(found[1]) if found else None

    def _field(self, id: str) -> Field:
        known = {field.id: field for field in self.plan.fields}
        if id not in known:
            raise UsageError(notebook_words.no_field_in_chapter(id, known))
        return known[id]

    def _views(self, part: PlanChapter | Field) -> list[GoalView]:
        return [self.own.views[goal.id] for goal in part.goals]

    def _measures_said(self, part: PlanChapter | Field) -> str:
        own = {measure.id for measure in part.measures}
        said = measures_and_sub_items(
            row for row in self.own.rows.measures if own & {row.measure_id, row.parent_id}
        )
        fields = part.fields if isinstance(part, PlanChapter) else (part,)
        return said + withheld_measures(self.own.withheld.of(fields))
