"""A unit's pack as headings and things that show themselves: first page, notice, all else.

Turns a book and a unit's id into sections of text, charts and tables, made of the unit's own book
(`own_book`). `planbook.produce.packs.write_packs` puts them on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planbook.plan.model import Unit
from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.formulas.goal_formulas import formula
from planbook.present.numbers import in_a_row
from planbook.present.packs.disputed import disputed_goals
from planbook.present.packs.needs import needs_table
from planbook.present.packs.notice import notice
from planbook.present.packs.own_book import own_book
from planbook.present.packs.pack_report import points, reports_table, values_table
from planbook.present.points import Series, drawable, series_of, yearly_targets
from planbook.present.prose import Heading, Prose, dateline
from planbook.present.say.change_sentences import change_sentence
from planbook.present.say.notice_words import NOTICE
from planbook.present.say.pack_words import DETAILS, bold_head, progress_of
from planbook.present.say.project_words import projects_sentence
from planbook.present.say.sentences import (
    clause,
    further_notes,
    goal_sentence,
    measures_and_sub_items,
)
from planbook.present.say.table_words import sentence, specified
from planbook.present.say.task_words import tasks_sentence
from planbook.present.say.wording import REASON_SENTENCES, rated_by_sentence
from planbook.present.tables import quality_tables
from planbook.present.tables.action_tables import own_actions_table
from planbook.present.tables.edition_tables import edition_corrections_table
from planbook.present.tables.measure_tables import measures_table
from planbook.present.tables.project_tables import own_projects_table
from planbook.present.tables.quality_tables import baseline_source
from planbook.present.tables.table import Table
from planbook.present.tables.task_tables import own_tasks_table, pending_table
from planbook.present.views import GoalView
from planbook.present.written_reasons import reason_of_change
from planbook.vocabulary import Kind


@dataclass(frozen=True)
class Chart:
    """The place of a goal's chart, which may be drawn already."""

    goal_id: str


Shown = Heading | Chart | Prose | Table


@dataclass(frozen=True)
class Section:
    """What begins on a page of its own. `id` is its address, as links know it."""

    id: str
    title: str
    content: tuple[Shown, ...]


@dataclass(frozen=True, eq=False)
class UnitPack:
    """A unit's pack.

    Attributes
    ----------
    book
        The unit's own.
    with_form
        Whether the next edition's form lies in the pack: where nothing is owed then, there is none
        and none is asked for.
    dated
        The line under its title; it says 内部版 where the whole book, and so every sheet, does.
    """

    unit: Unit
    book: Book
    with_form: bool
    dated: str

    @property
    def title(self) -> str:
        """Whose progress, in which edition."""
        return progress_of(in_a_row(self.unit.name, self.book.edition.label))

    @property
    def sections(self) -> tuple[Section, ...]:
        """The pack from its first page to its last."""
        return (_first_page(self), *_notice(self), _details(self))


def unit_pack(book: Book, unit_id: str, *, with_form: bool) -> UnitPack:
    """Return the pack of a unit in a book of the whole plan."""
    return UnitPack(book.plan.unit(unit_id), own_book(book, unit_id), with_form, book.dateline())


def _first_page(pack: UnitPack) -> Section:
    book = pack.book
    views = list(book.views.values())
    content: list[Shown] = [
        Heading(1, pack.title),
        dateline(pack.dated),
        points(book, with_form=pack.with_form),
    ]
    actions = own_actions_table(book)
    if actions.count:
        content.append(actions)
    if views:
        content.append(needs_table(views))
    return Section("pack/summary", progress_of(pack.unit.short), tuple(content))


def _notice(pack: UnitPack) -> Iterator[Section]:
    content = notice(pack.book, with_form=pack.with_form)
    if content:
        yield Section("pack/notice", NOTICE, content)


def _details(pack: UnitPack) -> Section:
    """Return goals, measures, tasks and data, one after the other on the same pages."""
    parts = (_goals(pack), _measures(pack), _tasks(pack), _projects(pack), _data(pack))
    content = (item for part in parts for item in part)
    return Section("pack/details", DETAILS, (Heading(1, DETAILS), *content))


def _goals(pack: UnitPack) -> Iterator[Shown]:
    views = pack.book.views.values()
    if views:
        yield Heading(2, "各项目标")
        disputed = disputed_goals(pack.book)
        for view in views:
            yield from _goal(pack.book, view, explained=view.id in disputed)


def _goal(book: Book, view: GoalView, *, explained: bool) -> Iterator[Shown]:
    """Yield what is said of a goal, what the verdict rests on, and its chart.

    `explained`: how the rating is computed as well.
    """
    yield Heading(3, view.name)
    changed = book.change_reasons.get(view.id)
    why = change_sentence(view, changed) if changed else ""
    written = reason_of_change(book, view) if changed else ""
    why += sentence(written) if written else ""
    yield Prose(markdown(goal_sentence(view) + "".join(further_notes(view)) + why))
    yield Prose("\n".join(f"- {line}" for line in _grounds(book, view)))
    rule = formula(view) if explained else None
    for step in rule.steps if rule else ():
        if step.filled:
            both = f"{step.general}={step.filled}"
            yield Prose(f"```{{math}}\n\\text{{{step.name}}}={both}\n```")
    if not view.kind.by_people and _shows_a_course(view, series_of(book, view)):
        yield Chart(view.id)


def _shows_a_course(view: GoalView, series: Series) -> bool:
    """Whether a chart shows how the goal moves: one value alone says what the sentence says."""
    reported = series.growth if view.kind is Kind.CAGR else (*series.observed, *series.elsewhere)
    start = series.baseline is not None and view.kind is not Kind.CAGR
    return drawable(view, series) and len(reported) + start > 1


def _grounds(book: Book, view: GoalView) -> Iterator[str]:
    """Yield the clause, the base, the yearly targets and the way of judging, as Markdown."""
    quoted = sentence(markdown(clause(view)))
    yield bold_head("方案原文", quoted, markdown(view.goal.section))
    base, source = view.verdict.baseline_value, baseline_source(book, view)
    if base is not None:
        known = f"{view.baseline_label}{view.value_words(base)}"
        yield bold_head("基期值", markdown(sentence(specified(known, source))))
    yearly = yearly_targets(view, book.rows.annual_targets)
    if yearly:
        became = {
            row.year: row.verdict for row in book.rows.annual_verdicts if row.goal_id == view.id
        }
        wanted = (
            view.year.label(year) + specified(view.target_quantity(value), became.get(year, ""))
            for year, value in sorted(yearly.items())
        )
        yield bold_head("年度工作目标", sentence(markdown("、".join(wanted))))
    if view.verdict.rated_by is not None:
        how = rated_by_sentence(view.verdict.rated_by, view.indicator)
        yield bold_head("判定方法", markdown(how))
    elif view.verdict.reason is not None:
        why = markdown(REASON_SENTENCES[view.verdict.reason])
        yield bold_head("无法判定的原因", why, view.reason_words)


def _measures(pack: UnitPack) -> Iterator[Shown]:
    book = pack.book
    measures = book.rows.measures
    if not measures:
        return
    yield Heading(2, "举措进展")
    yield Prose(markdown(measures_and_sub_items(measures)))
    for field in book.plan.fields:
        table = measures_table(book, field)
        if table.count:
            yield table


def _tasks(pack: UnitPack) -> Iterator[Shown]:
    tables = (own_tasks_table(pack.book, pack.book.rows.tasks), pending_table(pack.book))
    if any(table.count for table in tables):
        yield from (Heading(2, "年度任务"), Prose(markdown(tasks_sentence(pack.book))))
        yield from (table for table in tables if table.count)


def _projects(pack: UnitPack) -> Iterator[Shown]:
    table = own_projects_table(pack.book, pack.book.rows.projects)
    if table.count:
        yield from (Heading(2, "重点项目"), Prose(markdown(projects_sentence(pack.book))), table)


def _data(pack: UnitPack) -> Iterator[Shown]:
    """Yield the tables of reporting that have anything to show."""
    book = pack.book
    corrected = [edition_corrections_table(book)] if book.rows.edition_corrections else []
    tables = {
        "本期待核对的问题": [quality_tables.findings_table(book)],
        "本期数据": [values_table(book)],
        "修订与更正": [
            *corrected,
            quality_tables.revisions_table(book),
            quality_tables.corrections_table(book),
        ],
        "各期报送": [reports_table(book)],
    }
    filled = {name: own for name, each in tables.items() if (own := [t for t in each if t.count])}
    if filled:
        yield Heading(2, "报送与数据质量")
    for name, own in filled.items():
        yield Heading(3, name)
        yield from own
