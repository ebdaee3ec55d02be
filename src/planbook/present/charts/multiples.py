"""Small multiples: the course of every goal of a chapter, side by side on one axis of time.

Each panel has the marks of the goal's own chart (`goal_marks`) and a scale of its own: what can be
compared from panel to panel is the time and the place of the line against the path due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT
from planbook.present.charts.axes import named_years, years_lined
from planbook.present.charts.canvas import Words, sheet_of
from planbook.present.charts.chart_data import ESTIMATE_STAGE
from planbook.present.charts.fan import fan_drawn
from planbook.present.charts.figure import EDGE, LABEL, WIDTH, Figure, compose
from planbook.present.charts.goal_marks import draw
from planbook.present.charts.lettering import halved, shortened, text_width
from planbook.present.charts.marked_values import (
    due_line,
    first_month,
    year_x,
    years_due,
    years_shown,
)
from planbook.present.charts.placing import Labels, Side
from planbook.present.palette import GRID, INK, MUTED, RATING_COLOURS, TARGET
from planbook.present.points import Series, band, drawable
from planbook.present.say import chart_words, course_words
from planbook.present.say.chart_words import due_words, judged_words, value_said
from planbook.present.say.goal_terms import estimate_short
from planbook.present.say.sentences import goal_sentence
from planbook.present.tables.cells import Cell, Column, figure, period
from planbook.present.tables.goal_tables import goal_link, verdict_cell
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import PROVISIONAL, GoalView
from planbook.vocabulary import Kind, Rating
from planbook.written_units import behind_number

_COLUMNS, _GAP = 2, 22.0
_WIDE = (WIDTH - 2 * EDGE - _GAP) / _COLUMNS  # of a panel
_PLOT, _LINE, _FOOT = 90.0, 1.3 * LABEL, 1.5 * LABEL

_ROOM, _ROOM_OF_BARS = 0.16, 0.3  # of the values' range; above bars for a number on the first
_BESIDE_FIRST: tuple[Side, ...] = ("above", "right below", "right above", "below", "right")


def multiples(
    shown: Sequence[tuple[GoalView, Series]],
    histories: Mapping[str, Sequence[GoalView]],
    *,
    id: str,
    where: str,
    source: str,
) -> Figure | None:
    """Return the panels of goals that have something to draw; ``None`` where fewer than two do.

    Parameters
    ----------
    histories
        Each goal's views in all editions up to this one, oldest first, by goal.
    """
    drawn = [(view, series) for view, series in shown if drawable(view, series)]
    if len(drawn) < 2:
        return None
    views = [view for view, _ in drawn]
    lines = max(map(_head_lines, views))
    return compose(
        lambda axes: _panels(axes, drawn, histories, lines),
        form="panels",
        id=id,
        title=_finding(where, views),
        subtitle=_key(drawn, [view.name for view, _ in shown if view not in views]),
        alt=chart_words.panels_alt(where, map(goal_sentence, views)),
        source=source,
        height=_row_height(lines) * -(-len(drawn) // _COLUMNS),
        top=0.0,
        foot=_FOOT,
        data=_table(id, where, views),
        csv=f"{TO_ROOT}downloads/goals.csv",
    )


def _row_height(lines: int) -> float:
    """Return the height of a row of panels whose heads take so many lines."""
    return _head_height(lines) + _PLOT + 10


def _head_height(lines: int) -> float:
    return _LINE * lines + 4


def _panels(
    axes: Axes,
    drawn: Sequence[tuple[GoalView, Series]],
    histories: Mapping[str, Sequence[GoalView]],
    lines: int,
) -> None:
    """Draw the panels from left to right and down; the lowest ones name the years."""
    axes.set_axis_off()
    sheet = sheet_of(axes)
    total, height = float(sheet.bbox.height), _row_height(lines)
    first = min(_first(view, series) for view, series in drawn)
    last = max(view.due for view, _ in drawn)
    for n, (view, series) in enumerate(drawn):
        left = EDGE + (n % _COLUMNS) * (_WIDE + _GAP)
        top = total - (n // _COLUMNS) * height
        bottom = top - _head_height(lines) - _PLOT
        panel = sheet.add_axes((left / WIDTH, bottom / total, _WIDE / WIDTH, _PLOT / total))
        draw(panel, view, series, histories.get(view.id, ()))
        _frame(panel, view, first, last)
        spare = lines - _head_lines(view)
        _head(panel, view, left, top - spare * _LINE)
        _first_value(panel, view, series)
        if n + _COLUMNS >= len(drawn):
            _years(panel, first, last)


def _key(drawn: Sequence[tuple[GoalView, Series]], silent: Sequence[str]) -> str:
    """Say what the marks mean, of those that the panels have, and which goals have no panel."""
    views = [view for view, _ in drawn]
    return chart_words.panels_key(
        lines=any(not view.of_yearly_totals for view in views),
        bars=any(view.of_yearly_totals for view in views),
        bands=any(band(view) is not None for view in views),
        # Bars carry no mark: there the words beside the value say it.
        provisional=any(v.verdict.rating_provisional and not v.of_yearly_totals for v in views),
        fans=any(fan_drawn(*one) for one in drawn),
        silent=silent,
    )


def _finding(where: str, views: Sequence[GoalView]) -> str:
    """Say how many goals stand where they should, of those that have something to compare."""
    reached, within, in_spite, below = 0, list[GoalView](), list[Rating](), 0
    for view in views:
        value, due, rating = (
            view.verdict.observed_value,
            view.verdict.path_value,
            view.verdict.rating,
        )
        if value is None or due is None or view.verdict.reason is not None:
            continue
        well = rating.is_met or rating is Rating.ON_COURSE
        if view.goal.direction.sign * (value - due) >= 0:
            reached += well
            in_spite += [] if well else [rating]
        elif well:
            within.append(view)
        else:
            below += 1
    limits = {view.thresholds.on_course for view in within}
    return chart_words.panels_finding(
        where,
        reached=reached,
        within=len(within),
        on_course=limits.pop() if len(limits) == 1 else None,
        in_spite=in_spite,
        below=below,
    )


def _first(view: GoalView, series: Series) -> TimePeriod:
    """Return the first month of a panel: the January before a bar, or where a line begins."""
    if view.of_yearly_totals:
        return view.year.month(years_shown(view, series)[0], 4)
    return first_month(view, series)


def _table(id: str, where: str, views: Sequence[GoalView]) -> Table:
    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("数据时期", "period"): lambda view: period(view.latest_label or numbers.ABSENT),
        Column("最新值", "number"): lambda view: figure(_latest(view), view.verdict.latest_value),
        Column("应达水平", "number"): _due_cell,
        Column("目标", "target"): lambda view: figure(view.target_words()),
        Column("状态", "mark"): verdict_cell,
    }
    caption = chart_words.panels_caption(where)
    return listing(f"data-{id}", caption, cells, views, note=chart_words.PANELS_NOTE)


def _due_cell(view: GoalView) -> Cell:
    if view.kind is Kind.CAGR:
        return figure(numbers.ABSENT)
    return figure(due_words(view), view.verdict.path_value)


def _frame(panel: Axes, view: GoalView, first: TimePeriod, last: TimePeriod) -> None:
    """Give the panel the time that all share, and its own values with room for the marks."""
    panel.set_axis_off()
    panel.set_xlim(first.ordinal - 3, last.ordinal + 2)
    low, high = float(panel.dataLim.ymin), float(panel.dataLim.ymax)
    if view.of_yearly_totals or view.kind is Kind.CUMULATIVE:
        low, high = min(low, 0.0), max(high, 0.0)
    span = high - low or abs(high) or 1.0
    bottom = low if low == 0 else low - span * _ROOM
    panel.set_ylim(bottom, high + span * (_ROOM_OF_BARS if view.of_yearly_totals else _ROOM))
    starts = [year * 12 - 0.5 for year in years_lined(panel, first.year, last.year, "{}")]
    across = panel.get_xaxis_transform()
    panel.vlines(starts, 0, 1, transform=across, color=GRID, lw=1.0, zorder=0)
    panel.hlines(bottom, *panel.get_xlim(), color=MUTED, lw=1.0, zorder=1)


def _head(panel: Axes, view: GoalView, left: float, top: float) -> None:
    """Write the goal's name, and below it the newest value with its rating, and the target.

    Where these two have no room beside each other the target has a line of its own.
    """
    sheet = sheet_of(panel)
    lines = halved(view.name, LABEL, _WIDE)
    for n, line in enumerate(lines):
        sheet.write(Words(left, top - LABEL - n * _LINE, line, INK, "start"))
    y = top - LABEL - len(lines) * _LINE
    colour = RATING_COLOURS[view.verdict.rating]
    target, beside = _target_words(view), _fits_beside(view)
    said = _standing(view, _room_beside_target(view) if beside else _WIDE)
    sheet.write(Words(left, y, shortened(said, LABEL, _WIDE), colour, "start"))
    below = 0.0 if beside else _LINE
    sheet.write(Words(left + _WIDE, y - below, shortened(target, LABEL, _WIDE), TARGET, "end"))


def _head_lines(view: GoalView) -> int:
    """Return how many lines stand above a panel."""
    return len(halved(view.name, LABEL, _WIDE)) + (1 if _fits_beside(view) else 2)


def _target_words(view: GoalView) -> str:
    return course_words.target_label(view.target_words(short=True), "")


def _room_beside_target(view: GoalView) -> float:
    return _WIDE - text_width(f" {_target_words(view)}", LABEL)


def _fits_beside(view: GoalView) -> bool:
    """Whether value and rating, as short as they can be, have room beside the target."""
    room = _room_beside_target(view)
    return text_width(_standing(view, room), LABEL) <= room


def _standing(view: GoalView, width: float) -> str:
    """Return the newest value and its rating, as fully as fits beside the target."""
    value = _value_words(view)
    bare = value.removesuffix(
        behind_number(numbers.spoken_unit(view.unit))
    )  # the target names the unit of both
    full, brief = view.provisional_mark, PROVISIONAL if view.verdict.rating_provisional else ""
    least = bare.removeprefix(ESTIMATE_STAGE)  # hatched where it is drawn
    said = ""
    for amount, remark in ((value, full), (bare, full), (bare, brief), (least, brief)):
        said = f"{amount} {view.verdict.rating.symbol}{remark}"
        if text_width(said, LABEL) <= width:
            break
    return said


def _value_words(view: GoalView) -> str:
    value = view.verdict.observed_value
    if view.kind is Kind.CAGR:
        return "" if value is None else chart_words.average_said(judged_words(view, value))
    return estimate_short(view) or _latest(view)


def _latest(view: GoalView) -> str:
    value = view.verdict.latest_value
    return view.latest_words if value is None else value_said(view, value)


def _first_value(panel: Axes, view: GoalView, series: Series) -> None:
    """Write the earliest value beside its mark: the newest one and the target stand above."""
    labels, yearly = Labels(panel, LABEL, inside=True), view.of_yearly_totals
    due = years_due(series) if yearly else due_line(view, series)
    labels.keep_off_line([x for x, _ in due], [y for _, y in due])
    if yearly:
        year, value = min(series.years.items(), default=(None, 0.0))
        if year is None:
            return
        x = year_x(series, series.year.end(year))
        labels.place(x, value, numbers.short(value, view.decimals), MUTED, sides=("above",))
        return
    line = series.growth if view.kind is Kind.CAGR else series.line
    if not line:
        return
    labels.keep_off_line([p.period.ordinal for p in line], [p.value for p in line])
    x, value = line[0].period.ordinal, line[0].value
    labels.keep_off_mark(x, value)
    said = numbers.short(value, 1 if view.kind is Kind.CAGR else view.decimals)
    labels.place(x, value, said, MUTED, sides=_BESIDE_FIRST, gap=5)


def _years(panel: Axes, first: TimePeriod, last: TimePeriod) -> None:
    sheet = sheet_of(panel)
    begin = first.year if first.month < 7 else first.year + 1
    for year in named_years(panel, begin, last.year, "{}"):
        x, y = panel.transData.transform((year * 12 + 5.5, panel.get_ylim()[0]))
        half = text_width(str(year), LABEL) / 2
        at = min(max(float(x), half + 1), WIDTH - half - 1)
        sheet.write(Words(at, float(y) - LABEL - 2, str(year), MUTED))
