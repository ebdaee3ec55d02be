"""The numbers behind the outlook as the page 方法 prints them, from the constants that are used."""

from __future__ import annotations

from collections.abc import Callable

from planbook.assess.outlook import constants
from planbook.assess.outlook.parameters import Spread
from planbook.outlook_frames import OutlookQuantity
from planbook.present import numbers
from planbook.present.say import outlook_words
from planbook.present.tables.cells import Cell, Column, figure, words
from planbook.present.tables.table import Cells, Table, listing, plain

_MODELS = {
    "存量和比重": constants.LEVEL,
    "流量": constants.FLOW,
    outlook_words.SHORT_FLOW: constants.FLOW_SHORT,
}


def outlook_method() -> dict[str, Table]:
    """Return the tables of constants by the names of their fragments."""
    return {
        "outlook_constants": _constants(),
        "outlook_spread": _spread(),
        "outlook_reference": _reference(),
    }


def _exact(value: float) -> str:
    return numbers.short(value, 4)


def _constants() -> Table:
    def of(told: str) -> list[Cell]:
        return [figure(_exact(getattr(model, told))) for model in _MODELS.values()]

    def same(value: float) -> list[Cell]:
        return [figure(_exact(value))] * len(_MODELS)

    damping = [figure(_exact(constants.DAMPING))] * 2 + [figure(numbers.ABSENT)]
    rows = [
        ("d_0", "同类数列每季的平均增长", of("drift_usual")),
        ("λ", "自身增长采信的份额", of("drift_kept")),
        ("φ", "趋势过一季留下的份额", damping),
        ("α", "水平中最新一季的权重", of("smoothing")),
        ("s^{*}", "同类数列的波动", of("scale_usual")),
        ("w", "自身波动的权重", of("scale_weight")),
        ("β", "趋势不确定的权重", same(constants.DRIFT_DOUBT)),
        ("c", outlook_words.widened_near_the_end(_exact(constants.LAST_PERIOD)), _last_period()),
        ("", "自身每季增长的上限", same(constants.DRIFT_CAP)),
        ("", "自身波动的下限", same(constants.SCALE_FLOOR)),
        ("", "自身波动的上限", same(constants.SCALE_CAP)),
    ]
    columns = (Column("符号"), Column("含义"), *(Column(name, "number") for name in _MODELS))
    shown = [(_symbol(symbol), words(said), *cells) for symbol, said, cells in rows]
    note = outlook_words.CONSTANTS_NOTE
    return plain("outlook-constants", "推算所用的系数", columns, shown, note=note)


def _symbol(said: str) -> Cell:
    """Return a symbol as the formulas have it; a Greek letter is its own."""
    return Cell(said, "symbol") if said.isascii() and said else words(said or numbers.ABSENT)


def _last_period() -> list[Cell]:
    widened = figure(_exact(constants.LAST_PERIOD_FACTOR))
    return [widened if model is not constants.LEVEL else figure("1") for model in _MODELS.values()]


_KINDS = {"level": "期末水平", "year_sum": "年度总量", "total": "累计新增"}
_CLASSES = {
    "met": "已达到目标值",
    "on": "0.95及以上",
    "mid": "0.60—0.95",
    "low": "0—0.60",
    "reversed": "小于0",
}
_PLAN_YEARS = (1, 2, 3)


def _reference() -> Table:
    """Return the shares that were met, with the number of cases, by kind, pace and year."""
    held = {(kind, name) for kind, name, _ in constants.REFERENCE}
    rows = [(kind, name) for kind in _KINDS for name in _CLASSES if (kind, name) in held]

    def met_in(year: int) -> Callable[[tuple[str, str]], Cell]:
        def cell(row: tuple[str, str]) -> Cell:
            found = constants.REFERENCE.get((*row, year))
            if found is None:
                return figure(numbers.ABSENT)
            return figure(
                numbers.percent(found.met_share, 0), mark=outlook_words.cases(found.cases)
            )

        return cell

    cells: Cells[tuple[str, str]] = {
        Column("目标"): lambda row: _KINDS[row[0]],
        Column("序时进度比", "mark"): lambda row: _CLASSES[row[1]],
        **{
            Column(outlook_words.year_of_plan(year), "number"): met_in(year) for year in _PLAN_YEARS
        },
    }
    note = outlook_words.REFERENCE_TABLE_NOTE
    return listing("outlook-reference", "同类情形的历史频率", cells, rows, note=note)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


def _spread() -> Table:
    rows = [
        (OutlookQuantity(quantity), spread)
        for quantity, spreads in constants.SPREAD.items()
        for spread in spreads
        if not (quantity == OutlookQuantity.LEVEL and spread.n_to < constants.SEASONED)
    ]
    cells: Cells[tuple[OutlookQuantity, Spread]] = {
        Column("预测的量"): lambda row: row[0].label,
        Column("数列长度（季）", "number"): lambda row: _span(row[1].n_from, row[1].n_to),
        Column("a", "number"): lambda row: figure(_exact(row[1].a)),
        Column("k", "number"): lambda row: figure(_exact(row[1].k)),
        Column("b", "number"): lambda row: figure(_exact(row[1].b)),
    }
    return listing("outlook-spread", "误差随数列长度和距到期季数的变化", cells, rows)
