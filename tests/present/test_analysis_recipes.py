"""What the page 自己做分析 teaches, run as it is printed: right where data have gaps, too."""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest

import planbook
from planbook.periods import Edition
from planbook.present.charts.figure import Figure
from planbook.present.notebook.opened import OpenBook
from planbook.run.own_pages import TEMPLATE, begun
from tests.books import ROOT


def cell(beginning: str) -> str:
    """Return the code of the one cell of the page that begins so."""
    cells = nbformat.read(ROOT / "notebooks" / "analysis.ipynb", as_version=4).cells
    (found,) = [each.source for each in cells if each.source.startswith(beginning)]
    return str(found)


def test_single_quarters_leave_gaps_where_a_period_is_missing() -> None:
    reported = {
        "2024-03": 10.0,
        "2024-06": 25.0,
        "2024-12": 70.0,  # the third quarter is missing
        "2025-06": 30.0,  # and here the first
        "2025-09": 50.0,
    }
    observations = pd.DataFrame(
        {
            "indicator_id": "online-retail-sales",
            "time_period": list(reported),
            "obs_value": list(reported.values()),
        }
    )
    known: dict[str, Any] = {
        "pd": pd,
        "book": SimpleNamespace(tables=SimpleNamespace(observations=observations)),
    }
    exec(cell("own = book.tables.observations.query(\"indicator_id == 'online-"), known)
    single = known["single"]
    assert single.dropna().to_dict() == {
        pd.Period("2024Q1"): 10.0,
        pd.Period("2024Q2"): 15.0,
        pd.Period("2025Q3"): 20.0,
    }
    assert list(single.index) == list(pd.period_range("2024Q1", "2025Q3", freq="Q"))


def test_before_there_are_values_the_quarter_of_the_edition_is_a_gap() -> None:
    columns = ["indicator_id", "time_period", "obs_value"]
    editions = pd.DataFrame({"edition": [Edition.parse("2026-Q4")]})
    nothing = SimpleNamespace(observations=pd.DataFrame(columns=columns), editions=editions)
    book = SimpleNamespace(tables=nothing)
    known: dict[str, Any] = {"pd": pd, "book": book}
    exec(cell("own = book.tables.observations.query(\"indicator_id == 'online-"), known)
    assert list(known["single"].index) == [pd.Period("2026Q4")]
    assert known["single"].isna().all()


def charts_of(cells: list[Any], known: dict[str, Any]) -> list[Any]:
    """Run cells as they are printed, in order; return what their calls of `planbook.chart` give."""
    shown = []
    for each in cells:
        *first, last = ast.parse(each.source).body
        if isinstance(last, ast.Expr) and ast.unparse(last).startswith("planbook.chart("):
            exec(compile(ast.Module(first, []), each.id, "exec"), known)
            shown.append(eval(compile(ast.Expression(last.value), each.id, "eval"), known))
        elif ast.unparse(last) not in {"book.contents()"}:
            exec(each.source, known)
    return shown


def recipes() -> list[Any]:
    """Return the cells of code below 画图, up to the next section."""
    cells = nbformat.read(ROOT / "notebooks" / "analysis.ipynb", as_version=4).cells
    begins = [n for n, each in enumerate(cells) if each.source.startswith("## ")]
    here = next(n for n in begins if cells[n].source.startswith("## 画图"))
    upto = next(n for n in begins if n > here)
    return [each for each in cells[here:upto] if each.cell_type == "code"]


@pytest.fixture
def known(make_book: Callable[..., OpenBook], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What stands above the recipes, of a small book."""
    monkeypatch.chdir(ROOT / "notebooks")
    plt.switch_backend("agg")
    book = make_book()
    verdicts = book.tables.verdicts
    chapters = {goal.id: own.id for own in book.plan.chapters for goal in own.goals}
    verdicts["chapter"] = verdicts["goal_id"].map(chapters)
    verdicts["pace"] = [0.9 + number % 3 / 10 for number in range(len(verdicts))]
    return {"pd": pd, "planbook": planbook, "book": book, "verdicts": verdicts}


def test_there_are_five_examples_and_each_draws_a_chart(known: dict[str, Any]) -> None:
    rows = [("financial-assets", "2025-03", 2.7), ("financial-assets", "2025-06", 2.954)]
    rows += [("online-retail-sales", "2025-03", 10.0), ("online-retail-sales", "2025-06", 25.0)]
    columns = ["indicator_id", "time_period", "obs_value"]
    tables = SimpleNamespace(
        observations=pd.DataFrame(rows, columns=columns), verdicts=known["verdicts"]
    )
    book = known["book"]
    known["book"] = SimpleNamespace(tables=tables, source=book.source, plan=book.plan)
    shown = charts_of(recipes(), known)
    assert [type(each) for each in shown] == [Figure] * 5
    assert shown[0].title == "金融资产规模最高时为2.954万亿元"
    assert shown[1].title == "网上零售额有数的2个季度，合计25.0亿元"
    assert "登记数：从2026年1月412户到2026年9月538户" in shown[3].alt
    assert plt.get_fignums() == []
    text = (ROOT / "notebooks" / "analysis.ipynb").read_text("utf-8")
    assert [text.count(f"### 例{n}：") for n in "一二三四五六"] == [1, 1, 1, 1, 1, 0]


def test_the_template_of_ones_own_analysis_draws_one(known: dict[str, Any]) -> None:
    cells = nbformat.reads(begun(TEMPLATE).decode(), as_version=4).cells
    own = [each for each in cells if 'verdicts["rating"]' in each.source]
    (shown,) = charts_of(own, known)
    assert isinstance(shown, Figure)
