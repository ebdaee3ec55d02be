"""What notebooks call: a book made of saved tables, and its chapters.

Every method returns something that shows itself: text, a table or a figure. Nothing is computed
here that another layer could have computed; a method only chooses rows and hands them on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planbook.errors import UsageError
from planbook.periods import Edition, TimePeriod
from planbook.plan.model import Chapter as PlanChapter
from planbook.plan.model import Field, Plan
from planbook.present.block import Block
from planbook.present.escaping import Prose, markdown
from planbook.present.say.field_points import field_points
from planbook.present.say.messages import Message, key_messages
from planbook.present.say.sentences import goals_counted, measures_sentence
from planbook.present.tables import goal_tables, measure_tables
from planbook.present.tables.columns import columns_table, tables_table
from planbook.present.tables.commentary_box import (
    UNWRITTEN,
    Change,
    Commentary,
    chapter_figures,
    commentaries,
    commentary_changes,
    state_words,
)
from planbook.present.tables.quality_tables import input_warnings
from planbook.present.tables.table import Table
from planbook.present.views import GoalView, goal_views
from planbook.saved import Tables
from planbook.workspace import Dataset

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure
    from planbook.present.notebook.measures_page import MeasuresPage
    from planbook.present.notebook.overview import Overview
    from planbook.present.notebook.quality import Quality

CHAPTER_ROOT = "../"  # from a page in chapters/ to the book's root


@dataclass(frozen=True, eq=False, repr=False)
class Book:
    """One edition of one dataset, ready to be shown."""

    plan: Plan
    tables: Tables
    dataset: Dataset
    edition: Edition

    @cached_property
    def views(self) -> dict[str, GoalView]:
        """Every goal in the plan's order, with its verdict."""
        return goal_views(self.plan, self.tables.verdicts)

    def __repr__(self) -> str:
        return self.dateline()

    def chapter(self, id: str) -> Chapter:
        """Return the chapter with this id, or raise `UsageError` naming those there are."""
        known = [chapter.id for chapter in self.plan.chapters]
        if id not in known:
            raise UsageError(f"没有章节「{id}」。现有：{'、'.join(known)}")
        return Chapter(self, self.plan.chapter(id))

    def overview(self) -> Overview:
        from planbook.present.notebook.overview import Overview  # noqa: PLC0415 - it imports this module

        return Overview(self)

    def quality(self) -> Quality:
        from planbook.present.notebook.quality import Quality  # noqa: PLC0415 - it imports this module

        return Quality(self)

    def measures(self) -> MeasuresPage:
        from planbook.present.notebook.measures_page import MeasuresPage  # noqa: PLC0415 - it needs Book

        return MeasuresPage(self)

    def contents(self) -> Table:
        """Return the data tables there are, each an attribute of `tables`."""
        return tables_table(self.tables)

    def columns(self, table: str) -> Table:
        """Return what the columns of a table mean; `table` is an attribute of `tables`."""
        return columns_table(table)

    @cached_property
    def commentaries(self) -> dict[str, tuple[Commentary, Sequence[Change]]]:
        """What analysts wrote, by chapter, each with the figures that have changed since."""
        found: dict[str, tuple[Commentary, Sequence[Change]]] = {}
        for written in self._written:
            if not written.text:
                continue
            now = self.figures(written.chapter)
            found[written.chapter] = (written, commentary_changes(written, now, self.plan))
        return found

    @cached_property
    def _written(self) -> list[Commentary]:
        return commentaries(self.tables.commentary, self.plan)

    @property
    def unwritten(self) -> list[str]:
        """The titles of chapters whose commentary was begun and holds no text yet."""
        return [written.title for written in self._written if not written.text]

    def commentary_notes(self) -> list[str]:
        """Return what analysts are told while the book is made: texts to read again or to end."""
        again = [
            f"分析点评「{written.title}」：{state_words(written, changed)}"
            for written, changed in self.commentaries.values()
            if changed or not written.written_for
        ]
        return again + [f"分析点评「{title}」：{UNWRITTEN}" for title in self.unwritten]

    def input_notes(self) -> list[str]:
        """Return what analysts are told of the yearly targets and assessments they wrote."""
        return input_warnings(self.tables.findings, self.edition)

    def figures(self, chapter: str) -> dict[str, str]:
        """Return the figures of a chapter that a commentary written now would be for."""
        return chapter_figures(self.plan.chapter(chapter), self.views, self.tables.measures)

    def history(self, goal_id: str) -> list[GoalView]:
        """Return a goal's views in every edition so far, oldest first."""
        return self._histories.get(goal_id, [])

    @cached_property
    def _histories(self) -> dict[str, list[GoalView]]:
        found: dict[str, list[GoalView]] = {}
        for row in self.tables.history.to_dict("records"):
            goal_id = str(row["goal_id"])
            found.setdefault(goal_id, []).append(self.views[goal_id].at(row))
        return {id: sorted(views, key=lambda view: view.edition) for id, views in found.items()}

    def previous(self) -> Edition:
        return self.edition.base.plus(-1)

    @property
    def board(self) -> str:
        """The address, from the book's root, of the page with the scoreboard; empty without one."""
        return next((f"chapters/{page.id}.html" for page in self.plan.about.front), "")

    def messages(self) -> list[Message]:
        """Return the key messages of this edition."""
        return key_messages(
            list(self.views.values()), self.tables.measures, self.tables.submissions, self.edition
        )

    def source(self, reporter: str) -> str:
        """Return the source line of a figure whose values `reporter` sent."""
        line = f"资料来源：{reporter}报送，{self.edition.label}版。"
        return f"{line}示例数据，不是真实统计。" if self.dataset.demonstration else line

    def dateline(self) -> str:
        """Return which edition this is, of which plan and how far its data reach."""
        parts = [f"{self.plan.about.short_title}进展", self.edition.label, self.data_words]
        parts.append("示例数据" if self.dataset.demonstration else "")
        return " · ".join(part for part in parts if part)

    @cached_property
    def data_words(self) -> str:
        """How far the data reach: the newest period that has a value; empty without indicators."""
        if not self.plan.indicators:
            return ""
        known = self.tables.observations
        periods = known.loc[known["obs_value"].notna(), "time_period"]
        if periods.empty:
            return "尚无数据"
        newest = TimePeriod.parse(str(periods.max()))
        return f"数据截至{newest.year}年{newest.month}月末"

    def trajectory(self, goal_id: str) -> Figure | Prose:
        """Return a goal's chart, or a sentence where there is nothing to draw yet."""
        from planbook.present.charts.trajectory import trajectory  # noqa: PLC0415 - matplotlib, 0.5 s

        view = self.views[goal_id]
        chart = trajectory(
            self.plan,
            view,
            tables=self.tables,
            history=self.history(goal_id),
            source=self.source(view.submitting_unit.name),
        )
        if chart is not None:
            return chart
        why = "尚无数据，收到填报后在此绘图"
        if view.latest is not None:
            why = "尚无同比和完整年度的数据，收到后在此绘图"
        if view.kind.by_people:
            why = "由人工评定，没有走势图"
        return Prose(markdown(f"{view.name}：{why}。"))


@dataclass(frozen=True, eq=False, repr=False)
class Chapter:
    """One chapter of the plan. Fields and goals are named by their ids."""

    book: Book
    plan: PlanChapter

    def __repr__(self) -> str:
        return f"{self.plan.title}（{self.book}）"

    def dateline(self) -> Prose:
        """Return edition, data as of, and 示例数据 where it is so."""
        return Prose(markdown(self.book.dateline()), css="pb-dateline")

    def lead(self) -> Prose:
        """Return the chapter in two sentences: goals by rating, measures by status."""
        views = [self.book.views[goal.id] for goal in self.plan.goals]
        goals = f"本章共{goals_counted(views)}。" if views else ""
        return Prose(markdown(goals + self._measures_said(m.id for m in self.plan.measures)))

    def summary_figure(self) -> Figure | Prose:
        """Return how far all goals have come, or a sentence where nothing can be compared yet."""
        from planbook.present.charts.bullets import bullets  # noqa: PLC0415 - matplotlib, 0.5 s

        chart = bullets(
            [self.book.views[goal.id] for goal in self.plan.goals],
            self.book.plan.thresholds,
            id=f"summary-{self.plan.id}",
            where=self.plan.title,
            source=self.book.source("各填报单位"),
            root=CHAPTER_ROOT,
        )
        return chart or Prose("各项目标暂时都算不出进度，收到数据并补齐基数后在此绘图。")

    def small_multiples(self) -> Figure | Prose:
        """Return the course of all goals side by side, or a sentence where there is none yet."""
        from planbook.present.charts.multiples import multiples  # noqa: PLC0415 - matplotlib, 0.5 s
        from planbook.present.points import series_of  # noqa: PLC0415

        book = self.book
        views = [book.views[goal.id] for goal in self.plan.goals]
        chart = multiples(
            [(v, series_of(book.plan, v, book.tables)) for v in views if not v.kind.by_people],
            {view.id: book.history(view.id) for view in views},
            id=f"course-{self.plan.id}",
            where=self.plan.title,
            source=book.source("各填报单位"),
            root=CHAPTER_ROOT,
        )
        return chart or Prose("数据还不够并列走势，收到填报后在此绘图。")

    def paragraph(self, field: str) -> Block:
        """Return what the monitoring report says about a field's goals, a point each."""
        return field_points(self._views(self._field(field)), CHAPTER_ROOT)

    def progress(self, field: str) -> Prose:
        """Return the measures of a field by status, in a sentence."""
        own = self._field(field)
        return Prose(markdown(self._measures_said(m.id for m in own.measures)))

    def table(self, field: str) -> Table:
        """Return the goals of a field with values, completion and rating."""
        own = self._field(field)
        return goal_tables.field_table(
            f"goals-{own.id}",
            f"{own.name.removesuffix('目标')}目标进展",
            self._views(own),
            CHAPTER_ROOT,
        )

    def trajectory(self, goal_id: str) -> Figure | Prose:
        """Return a goal's chart, or a sentence where there is nothing to draw yet."""
        known = [goal.id for goal in self.plan.goals]
        if goal_id not in known:
            raise UsageError(f"本章没有目标「{goal_id}」。现有：{'、'.join(known)}")
        return self.book.trajectory(goal_id)

    def measures(self, field: str) -> Table:
        """Return the measures of a field and their sub-items with status and progress."""
        own = self._field(field)
        frame = self.book.tables.measures
        return measure_tables.measures_table(
            f"measures-{own.id}",
            f"{own.name}举措进展",
            frame[frame["field_id"] == own.id],
            self.book.plan,
            self.book.edition,
        )

    def fields(self) -> Table:
        """Return the chapter's fields with their measures by status; each leads to its page."""
        frame = self.book.tables.measures
        return measure_tables.fields_table(
            f"fields-{self.plan.id}",
            f"{self.plan.title}举措按状态计数（项）",
            self.plan.fields,
            frame[frame["chapter"] == self.plan.id],
            lambda field: f"{CHAPTER_ROOT}{measure_tables.FIELD_PAGES}/{field.id}.html",
        )

    def commentary(self) -> Prose | None:
        """Return what analysts wrote about the chapter; nothing where they wrote nothing."""
        found = self.book.commentaries.get(self.plan.id)
        return found[0].shown() if found else None

    def _field(self, id: str) -> Field:
        known = {field.id: field for field in self.plan.fields}
        if id not in known:
            raise UsageError(f"本章没有领域「{id}」。现有：{'、'.join(known)}")
        return known[id]

    def _views(self, field: Field) -> list[GoalView]:
        return [self.book.views[goal.id] for goal in field.goals]

    def _measures_said(self, ids: Iterable[str]) -> str:
        frame = self.book.tables.measures
        return measures_sentence(frame.loc[frame["measure_id"].isin(list(ids)), "status"])
