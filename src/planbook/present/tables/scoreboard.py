"""All goals in one table that readers sort and filter: HTML that is whole without any script.

``assets/look/scoreboard.js`` shows the form, which is hidden until then, and filters rows by their
``data-`` attributes; ``sortable.js`` sorts them. What is chosen stands in the address, so that a
view can be sent to a colleague and pages can link to one (`scoreboard_address`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from planbook.present import numbers
from planbook.present.addresses import SCOREBOARD
from planbook.present.escaping import Html
from planbook.present.palette import RATING_CLASSES
from planbook.present.say import table_words
from planbook.present.say.outlook_sentences import (
    NO_OUTLOOK,
    Likelihood,
    outlook_class,
    outlook_classes,
)
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.tables import goal_tables
from planbook.present.tables.cells import Column, Rows, rating
from planbook.present.tables.table import Cells, Table, rows_of
from planbook.present.views import GoalView

_CELLS: Cells[GoalView] = {
    Column("指标名称"): lambda view: goal_tables.goal_link(view, "·".join(view.place)),
    Column("状态", "mark"): goal_tables.verdict_cell,
    Column("最新值", "number"): lambda view: goal_tables.value_cell(view, below=view.latest_label),
    Column("目标", "target"): lambda view: replace(
        goal_tables.target_cell(view), notes=_completed(view)
    ),
    **goal_tables.PROGRESS,
    Column("进度比", "number"): goal_tables.pace_cell,
    **goal_tables.LIKELIHOOD,
    Column("上期|状态", "mark"): lambda view: (
        rating(view.verdict.previous_rating) if view.verdict.previous_rating else numbers.ABSENT
    ),
}


def _completed(view: GoalView) -> tuple[str, ...]:
    """Return the share of the target reached, which is not for comparing and so has no column."""
    cell = goal_tables.completion_cell(view)
    return () if cell.value is None else (table_words.completed(cell.text),)


@dataclass(frozen=True, repr=False)
class Scoreboard(Table):
    """The table of all goals with the form that filters it."""

    form: Markup = field(kw_only=True)

    def html(self) -> Markup:
        """Return the form and the table."""
        box = Html('<div class="pb-scoreboard">\n{}\n{}\n</div>')
        return box.format(self.form, super().html())


def scoreboard(views: Sequence[GoalView]) -> Scoreboard:
    """Return every goal in the plan's order."""
    groups = (Rows(rows_of(_CELLS, views), data=tuple(map(_data, views))),)
    title, note, form = "全部目标进展一览", table_words.SCOREBOARD_NOTE, _form(views)
    return Scoreboard(SCOREBOARD, title, tuple(_CELLS), groups, note, sortable=True, form=form)


def _data(view: GoalView) -> dict[str, str]:
    return {
        "rating": RATING_CLASSES[view.verdict.rating],
        "chapter": view.chapter.id,
        "unit": view.submitting_unit.id,
        "outlook": OUTLOOK_CODES[outlook_class(view)],
        "text": f"{view.id} {view.submitting_unit.name}",  # found besides what is printed
    }


OUTLOOK_CODES = {str(word): word.name.lower() for word in Likelihood} | {NO_OUTLOOK: "none"}


def outlook_address(page: str, name: str) -> str:
    """Return the address at which the scoreboard shows only goals of which this is expected."""
    return f"{page}#{SCOREBOARD}?outlook={OUTLOOK_CODES[name]}"


def _form(views: Sequence[GoalView]) -> Markup:
    counted = Counter(view.verdict.rating for view in views)
    box = Html(
        '<label class="pb-filter pb-{name}"><input type="checkbox" name="rating" value="{name}">'
        '<span aria-hidden="true">{symbol}</span> {rating} <b>{count}</b></label>'
    )
    boxes = Html("").join(
        box.format(name=RATING_CLASSES[r], symbol=r.symbol, rating=r, count=counted[r])
        for r in RATING_ORDER
        if counted[r]
    )
    chapters = _options((view.chapter.id, view.chapter.title) for view in views)
    units = _options((view.submitting_unit.id, view.submitting_unit.name) for view in views)
    classes = sorted(map(outlook_class, views), key=outlook_classes().index)
    outlooks = _options((OUTLOOK_CODES[name], name) for name in classes)
    return Html(
        '<form class="pb-filters" role="search" aria-label="筛选目标" hidden data-table="{id}">\n'
        "<fieldset><legend>状态</legend>{boxes}</fieldset>\n"
        '<label>章节 <select name="chapter">{chapters}</select></label>\n'
        '<label>达标可能性 <select name="outlook">{outlooks}</select></label>\n'
        '<label>填报单位 <select name="unit">{units}</select></label>\n'
        '<label>查找 <input type="search" name="q" autocomplete="off" '
        'placeholder="名称、领域、填报单位"></label>\n'
        '<button type="reset">全部显示</button>\n'
        '<output aria-live="polite">共{count}项目标</output>\n'
        "<p>{hint}</p>\n"
        "</form>"
    ).format(
        id=SCOREBOARD,
        boxes=boxes,
        chapters=chapters,
        outlooks=outlooks,
        units=units,
        count=len(views),
        hint=table_words.HOW_TO_FILTER,
    )


def _options(found: Iterable[tuple[str, str]]) -> Markup:
    """Return the options of a list, each with its number of goals; the first one is all."""
    pairs = list(found)
    counted = Counter(pairs)
    options = Html("").join(
        Html('<option value="{}">{}（{}）</option>').format(id, name, counted[id, name])
        for id, name in dict.fromkeys(pairs)
    )
    return Html('<option value="">全部</option>{}').format(options)
