"""What the page 自己做分析 teaches is right where data have gaps."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd

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
    exec(cell("own = book.tables.observations"), known)
    single = known["single"]
    assert single.dropna().to_dict() == {
        pd.Period("2024Q1"): 10.0,
        pd.Period("2024Q2"): 15.0,
        pd.Period("2025Q3"): 20.0,
    }
    assert list(single.index) == list(pd.period_range("2024Q1", "2025Q3", freq="Q"))
