"""The generated pages: one for each goal, and the catalogue that lists them.

Turns a book into MyST text. Tables are HTML; everything else is Markdown. All text that is not ours
is escaped on the way.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from planbook.present.addresses import (
    GOALS,
    TO_ROOT,
    chapter_address,
    downloads_address,
    goal_data_address,
    series_address,
    unit_address,
)
from planbook.present.book import Book
from planbook.present.escaping import Html, full_width, markdown
from planbook.present.formulas.filled_formula import Formula
from planbook.present.formulas.goal_formulas import formula, second_formula
from planbook.present.pages.key_numbers import key_numbers
from planbook.present.pages.older_rows import with_older_folded
from planbook.present.pages.outlook_section import outlook_blocks
from planbook.present.pages.page_blocks import page_of, with_heading
from planbook.present.prose import Prose, dateline
from planbook.present.say import goal_page_words
from planbook.present.say.change_sentences import alone_sentence, change_sentence
from planbook.present.say.emphasis import rating_marked
from planbook.present.say.goal_terms import meeting_words, verdict_remark
from planbook.present.say.sentences import clause, further_notes, goal_sentence
from planbook.present.say.table_words import named_text, sentence, specified
from planbook.present.say.wording import KIND_SENTENCES, REASON_SENTENCES, rated_by_sentence
from planbook.present.tables import (
    action_tables,
    alert_tables,
    goal_record,
    measure_tables,
    project_tables,
    task_tables,
)
from planbook.present.tables.cells import Cell, Column, Rows, figure, link, words
from planbook.present.tables.change_tables import STEPS_CSV, parts_table
from planbook.present.tables.goal_tables import verdict_cell
from planbook.present.tables.quality_tables import goal_revisions_table
from planbook.present.tables.table import Cells, Table, plain, rows_of
from planbook.present.tables.table_html import rating_chip
from planbook.present.views import GoalView
from planbook.present.written_reasons import reason_of_change
from planbook.vocabulary import Comparator, RatedBy

# Sections of a goal's page that are looked up, not read.
_FOLDED = (
    "相关举措",
    "怎样判定",
    "历次数据",
    "历次评定",
    "目标、基数与填报",
    "同一指标的其他目标",
    "下载",
)


def goal_pages(book: Book, charts: Mapping[str, Markup | None] | None = None) -> dict[str, str]:
    """Return the text of every goal's page, by name below ``book/``.

    Parameters
    ----------
    charts
        Charts that are drawn already, as HTML by goal; the others are drawn here.
    """
    known = charts or {}
    return {f"{GOALS}/{goal}": goal_page(book, goal, known.get(goal)) for goal in book.views}


def catalogue_page(book: Book) -> str:
    """Return the list of all goals: name, clause, kind, unit, scope, who reports."""
    cells: Cells[GoalView] = {
        Column("指标名称"): lambda view: link(view.name, f"{view.id}.html"),
        Column("原文"): lambda view: specified(full_width(view.goal.quote), view.goal.section),
        Column("类型"): lambda view: view.kind.label,
        Column("目标", "target"): lambda view: figure(view.target_words()),
        Column("填报单位"): lambda view: view.submitting_unit.short,
        Column("状态", "mark"): verdict_cell,
    }
    grouped: dict[str, list[GoalView]] = {}
    for view in book.views.values():
        grouped.setdefault(" · ".join(view.place), []).append(view)
    groups = tuple(Rows(rows_of(cells, own), title) for title, own in grouped.items())
    table = Table("catalogue", goal_page_words.all_goals(len(book.views)), tuple(cells), groups)
    return page_of(
        "# 指标目录",
        dateline(book.dateline()).html,
        goal_page_words.CATALOGUE,
        table.html(),
    )


def goal_page(book: Book, goal_id: str, chart: Markup | None = None) -> str:
    """Return everything known about a goal in this edition, the verdict first.

    Parameters
    ----------
    chart
        The goal's chart as HTML, where it is drawn already; else it is drawn here.
    """
    view = book.views[goal_id]
    return page_of(
        f"---\nfolded: {' | '.join(_FOLDED)}\n---",
        f"# {markdown(view.name)}",
        _head(view),
        dateline(book.dateline()).html,
        Html('<p class="pb-lede">{}</p>').format(rating_marked(goal_sentence(view))),
        "\n".join(f"- {markdown(note)}" for note in further_notes(view)),
        _chart(book, view) if chart is None else chart,
        key_numbers(view),
        *outlook_blocks(book, view),
        *_change(book, view),
        *with_heading("## 预警", alert_tables.goal_alerts_table(book, view)),
        *with_heading("## 督办事项", action_tables.goal_actions_table(book, view)),
        *with_heading("## 年度任务", task_tables.goal_tasks_table(book, view)),
        *with_heading("## 重点项目", project_tables.goal_projects_table(book, view)),
        *with_heading("## 相关举措", measure_tables.goal_measures_table(book, view)),
        "## 方案原文",
        _clause(book, view),
        _reading(view),
        "## 怎样判定",
        *_method(view),
        *_history(book, view),
        *with_heading("### 数据修订", goal_revisions_table(book, view)),
        *with_heading("### 报送中发现的问题", goal_record.goal_findings_table(book, view)),
        *with_heading("## 年度目标", goal_record.yearly_targets_table(book, view)),
        "## 目标、基数与填报",
        goal_record.record_table(book, view).html(),
        *with_heading("## 同一指标的其他目标", goal_record.family_table(book, view)),
        "## 下载",
        _downloads(view),
    )


def _change(book: Book, view: GoalView) -> list[str]:
    """Return why rating or pace are others than in the edition before; nothing if they are not."""
    row = book.change_reasons.get(view.id)
    if row is None:
        return []
    said, table = change_sentence(view, row) + alone_sentence(row), parts_table(row)
    blocks = ["## 为什么变化", markdown(said)]
    written = reason_of_change(book, view)
    if written:
        blocks.append(markdown(sentence(written)))
    if table is not None:
        link = Html('<p class="pb-note"><a href="{}" download>逐项测算（CSV）</a></p>')
        blocks += [table.html(), link.format(f"{TO_ROOT}{STEPS_CSV}")]
    return blocks


def _history(book: Book, view: GoalView) -> list[str]:
    if view.is_withheld:
        return []
    heading = "## 历次评定" if view.kind.by_people else "## 历次数据"
    return [heading, with_older_folded(goal_record.history_table(book, view), "期")]


def _chart(book: Book, view: GoalView) -> Markup:
    if view.kind.by_people:
        return Html("")
    from planbook.present.charts.trajectory import goal_chart  # noqa: PLC0415 - matplotlib, 0.5 s

    shown = goal_chart(book, view.id)
    if isinstance(shown, Prose):
        return Html('<p class="pb-empty">{}</p>').format(repr(shown))
    return shown.html()


def _downloads(view: GoalView) -> Markup:
    items = []
    if not (view.kind.by_people or view.is_withheld):
        link = Html('<li><a href="{}" download>本目标图中数据（CSV）</a></li>')
        items.append(link.format(f"{TO_ROOT}{series_address(view.id)}"))
    link = Html('<li><a href="{}" download>本目标全部数据（JSON）</a></li>')
    items.append(link.format(f"{TO_ROOT}{goal_data_address(view.id)}"))
    link = Html('<li><a href="{}">全部目标、指标数值和举措</a></li>')
    items.append(link.format(downloads_address(TO_ROOT)))
    return Html("<ul>{}</ul>").format(Html("").join(items))


def _head(view: GoalView) -> Markup:
    chapter, *field = view.place
    chip = rating_chip(view.verdict.rating, verdict_remark(view))
    linked = Html('<a href="{}">{}</a>').format(chapter_address(TO_ROOT, view.chapter.id), chapter)
    place = Html(" › ").join([linked, *field])
    unit = Html('<a href="{}">{}</a>').format(
        unit_address(TO_ROOT, view.submitting_unit.id), view.submitting_unit.name
    )
    line = Html(
        '<p class="pb-head">{} <span class="pb-place">{}</span>'
        ' <span class="pb-place">责任单位：{}</span> <code>{}</code></p>'
    )
    return line.format(chip, place, unit, view.id)


def _clause(book: Book, view: GoalView) -> str:
    title, section = markdown(book.plan.about.title), markdown(view.goal.section)
    return goal_page_words.quoted_clause(markdown(clause(view)), title, section)


def _method(view: GoalView) -> list[str]:
    found = [KIND_SENTENCES[view.kind]]
    if view.verdict.rated_by is not None and view.verdict.rated_by is not RatedBy.PEOPLE:
        found.append(rated_by_sentence(view.verdict.rated_by, view.indicator))
    if view.verdict.reason is not None:
        sentence = REASON_SENTENCES[view.verdict.reason]
        found.append(goal_page_words.not_judged(view.reason_words, sentence))
    if view.is_withheld:
        return [markdown("".join(found))]
    if view.goal.comparator is Comparator.ABOUT:
        found.append(goal_page_words.tolerance(meeting_words(view)))
    blocks = [markdown("".join(found))]
    main, other = formula(view), second_formula(view)
    if main is not None:
        rows = [(Cell(symbol, "symbol"), words(said)) for symbol, said in main.all_symbols]
        heads = (Column("符号"), Column("含义与本期数值"))
        symbols = plain("symbols", "公式中的符号", heads, rows)
        blocks += [*map(_formula, main.steps), symbols.html()]
    if other is not None:
        blocks += [goal_page_words.SECOND_FORMULA, _formula(other)]
    return blocks


def _formula(shown: Formula) -> str:
    left = rf"\text{{{shown.name}}}"
    lines = [f"```{{math}}\n{left}={shown.general}\n```"]
    if shown.filled:
        lines.append(f"```{{math}}\n{left}={shown.filled}\n```")
    return "\n\n".join(lines)


def _reading(view: GoalView) -> str:
    """Return what the plan leaves open and how it is read; nothing where nobody entered any.

    Who enters none has not said that there is none.
    """
    said = {"原文未明确之处": view.goal.ambiguity, "本书的理解": view.goal.reading}
    told = ((name, markdown(full_width(text))) for name, text in said.items() if text)
    return "\n".join(f"- {named_text(*each)}" for each in told)
