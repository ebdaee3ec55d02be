"""What notebooks call: a book made of saved tables, its chapters, the overview, the data quality.

Every method returns something that shows itself: text, a table or a figure. Nothing is computed
here that another layer could have computed; a method only chooses rows and hands them on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planbook.errors import UsageError
from planbook.frames import Tables
from planbook.periods import Edition
from planbook.plan.model import Chapter as PlanChapter
from planbook.plan.model import Field, Plan
from planbook.present import goal_tables, quality_tables
from planbook.present.messages import Message, key_messages
from planbook.present.sentences import measures_sentence, paragraph, rating_counts
from planbook.present.tables import Table
from planbook.present.text import Prose, markdown
from planbook.present.views import GoalView, goal_views
from planbook.workspace import Dataset

if TYPE_CHECKING:
    from planbook.present.style import Figure

CHAPTER_ROOT = "../"  # from a page in chapters/ to the book's root


@dataclass(frozen=True, eq=False)
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

    def chapter(self, id: str) -> Chapter:
        """Return the chapter with this id, or raise `UsageError` naming those there are."""
        known = [chapter.id for chapter in self.plan.chapters]
        if id not in known:
            raise UsageError(f"没有章节「{id}」。现有：{'、'.join(known)}")
        return Chapter(self, self.plan.chapter(id))

    def overview(self) -> Overview:
        return Overview(self)

    def quality(self) -> Quality:
        return Quality(self)

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
        known = f"数据截至{self.edition.end.year}年{self.edition.end.month}月末"
        line = f"{self.plan.about.short_title}进展 · {self.edition.label} · {known}"
        return f"{line} · 示例数据" if self.dataset.demonstration else line

    def trajectory(self, goal_id: str) -> Figure | Prose:
        """Return a goal's chart, or a sentence where there is nothing to draw yet."""
        from planbook.present.trajectory import trajectory  # noqa: PLC0415 - matplotlib, 0.5 s

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
        return Prose(markdown(f"{view.name}：尚无数据，收到填报后在此绘图。"))


@dataclass(frozen=True, eq=False)
class Chapter:
    """One chapter of the plan. Fields and goals are named by their ids."""

    book: Book
    plan: PlanChapter

    def dateline(self) -> Prose:
        """Return edition, data as of, and 示例数据 where it is so."""
        return Prose(markdown(self.book.dateline()), css="pb-dateline")

    def lead(self) -> Prose:
        """Return the chapter in two sentences: goals by rating, measures by status."""
        views = [self.book.views[goal.id] for goal in self.plan.goals]
        goals = f"本章共{len(views)}项目标：{rating_counts(views)}。" if views else ""
        return Prose(markdown(goals + self._measures_said(m.id for m in self.plan.measures)))

    def summary_figure(self) -> Figure | Prose:
        """Return the pace of all goals in one chart, or a sentence where none has a pace yet."""
        from planbook.present.summaries import pace_summary  # noqa: PLC0415 - matplotlib, 0.5 s

        chart = pace_summary(
            [self.book.views[goal.id] for goal in self.plan.goals],
            self.book.plan.thresholds,
            id=f"summary-{self.plan.id}",
            where=self.plan.title,
            source=self.book.source("各填报单位"),
        )
        return chart or Prose("各项目标暂时都算不出进度比，收到数据并补齐基数后在此绘图。")

    def paragraph(self, field: str) -> Prose:
        """Return what the monitoring report says about a field's goals."""
        return Prose(markdown(paragraph(self._views(self._field(field)))))

    def progress(self, field: str) -> Prose:
        """Return the measures of a field by status, in a sentence."""
        own = self._field(field)
        return Prose(markdown(self._measures_said(m.id for m in own.measures)))

    def table(self, field: str) -> Table:
        """Return the goals of a field with values, completion and rating."""
        own = self._field(field)
        return goal_tables.field_table(
            f"goals-{own.id}", f"{own.name}目标进展", self._views(own), CHAPTER_ROOT
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
        return goal_tables.measures_table(
            f"measures-{own.id}",
            f"{own.name}举措进展",
            frame[frame["field_id"] == own.id],
            self.book.plan.about.measure_types,
        )

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


@dataclass(frozen=True, eq=False)
class Overview:
    """All goals on one page."""

    book: Book

    @property
    def _views(self) -> list[GoalView]:
        return list(self.book.views.values())

    def dateline(self) -> Prose:
        """Return edition, data as of, and 示例数据 where it is so."""
        return Prose(markdown(self.book.dateline()), css="pb-dateline")

    def messages(self) -> Prose:
        """Return the key messages as a list."""
        return Prose("\n".join(f"- {markdown(str(message))}" for message in self.book.messages()))

    def state_figure(self) -> Figure:
        """Return one mark a goal, a row a chapter."""
        from planbook.present.summaries import state_overview  # noqa: PLC0415 - matplotlib, 0.5 s

        return state_overview(
            self._views, source=self.book.source("各填报单位"), period=self.book.edition.label
        )

    def counts(self) -> Table:
        """Return the number of goals by chapter and rating."""
        return goal_tables.counts_table(self.book.plan, self._views)

    def scoreboard(self) -> Table:
        """Return every goal with value, target, completion, pace and rating."""
        return goal_tables.scoreboard(self._views, CHAPTER_ROOT)

    def changes(self) -> Table:
        """Return the goals whose rating changed since the edition before."""
        return goal_tables.changes_table(self._views, self.book.previous(), CHAPTER_ROOT)


@dataclass(frozen=True, eq=False)
class Quality:
    """What the data of this edition rest on."""

    book: Book

    def dateline(self) -> Prose:
        """Return edition, data as of, and 示例数据 where it is so."""
        return Prose(markdown(self.book.dateline()), css="pb-dateline")

    def submissions(self) -> Table:
        """Return who reported, late or not, in this edition."""
        return quality_tables.submissions_table(self.book.tables.submissions, self.book.edition)

    def punctuality(self) -> Table:
        """Return the units by state in every edition."""
        return quality_tables.punctuality_table(self.book.tables.submissions)

    def findings(self) -> Table:
        """Return what was wrong in this edition's submissions."""
        return quality_tables.findings_table(
            self.book.tables.findings, self.book.plan, self.book.edition
        )

    def revisions(self) -> Table:
        """Return the values that changed after they were first reported."""
        return quality_tables.revisions_table(self.book.tables.revisions, self.book.plan)

    def corrections(self) -> Table:
        """Return the declared corrections in force."""
        return quality_tables.corrections_table(self.book.tables.corrections, self.book.plan)

    def baselines(self) -> Table:
        """Return which goals have a baseline, from where, and which still need one."""
        return quality_tables.baselines_table(
            list(self.book.views.values()), self.book.tables.baselines, CHAPTER_ROOT
        )
