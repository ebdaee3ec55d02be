"""The sheet of one of the book's own charts, of which tests ask what it says and where."""

from __future__ import annotations

from planbook.present.charts.canvas import Sheet
from planbook.present.charts.figure import Figure


def sheet(figure: Figure) -> Sheet:
    assert isinstance(figure.drawing, Sheet)
    return figure.drawing
