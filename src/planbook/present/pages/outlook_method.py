"""The numbers behind the outlook as the page 方法 prints them, from the constants that are used."""

from __future__ import annotations

from planbook.assess.outlook import constants
from planbook.assess.outlook.parameters import Spread
from planbook.outlook_frames import OutlookQuantity
from planbook.present import numbers
from planbook.present.tables.cells import Cell, Column, figure, words
from planbook.present.tables.table import Cells, Table, listing, plain

_MODELS = {
    "存量和比重": constants.LEVEL,
    "流量": constants.FLOW,
    "流量，短数列": constants.FLOW_SHORT,
}


def outlook_method() -> dict[str, Table]:
    """Return the tables of constants by the names of their fragments."""
    return {
        "outlook_constants": _constants(),
        "outlook_spread": _spread(),
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
        ("c", f"总量距到期不到{_exact(constants.LAST_PERIOD)}个季度时的放大", _last_period()),
        ("", "自身每季增长的上限", same(constants.DRIFT_CAP)),
        ("", "自身波动的下限", same(constants.SCALE_FLOOR)),
        ("", "自身波动的上限", same(constants.SCALE_CAP)),
    ]
    columns = (Column("符号"), Column("含义"), *(Column(name, "number") for name in _MODELS))
    shown = [(_symbol(symbol), words(said), *cells) for symbol, said, cells in rows]
    note = "增长和波动为每季的对数变化，0.01约为1%。"
    return plain("outlook-constants", "推算所用的系数", columns, shown, note=note)


def _symbol(said: str) -> Cell:
    """Return a symbol as the formulas have it; a Greek letter is its own."""
    return Cell(said, "symbol") if said.isascii() and said else words(said or numbers.ABSENT)


def _last_period() -> list[Cell]:
    widened = figure(_exact(constants.LAST_PERIOD_FACTOR))
    return [widened if model is not constants.LEVEL else figure("1") for model in _MODELS.values()]


def _spread() -> Table:
    rows = [
        (OutlookQuantity(quantity), spread)
        for quantity, spreads in constants.SPREAD.items()
        for spread in spreads
        if not (quantity == OutlookQuantity.LEVEL and spread.n_to < constants.SEASONED)
    ]
    cells: Cells[tuple[OutlookQuantity, Spread]] = {
        Column("预测的量"): lambda row: row[0].label,
        Column("数列长度（季）", "number"): lambda row: f"{row[1].n_from}—{row[1].n_to}",
        Column("a", "number"): lambda row: figure(_exact(row[1].a)),
        Column("k", "number"): lambda row: figure(_exact(row[1].k)),
        Column("b", "number"): lambda row: figure(_exact(row[1].b)),
    }
    return listing("outlook-spread", "误差随数列长度和距到期季数的变化", cells, rows)
