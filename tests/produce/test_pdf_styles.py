from __future__ import annotations

import io
from typing import Literal

import pandas as pd
import pypdfium2
import pytest

from planbook.produce.pdf import typeset
from planbook.produce.pdf.reading.styles import bar, cell_styles, colour
from tests.produce.printing import notebook, output, text

FRAME = pd.DataFrame({"甲": [1.0, -2.5], "乙": [3.0, 4.0]})


def colours(pdf: bytes) -> set[tuple[int, ...]]:
    """Return the colours of a PDF's first page."""
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].render(scale=1).to_pil()
    return {colour for _, colour in page.getcolors(page.width * page.height)}


def test_grounds_bars_and_inks_of_a_styler_are_printed() -> None:
    styler = FRAME.style.bar(subset=["乙"], color="#d65f5f").format("{:.1f}")
    styler.map(lambda value: "background-color: #334e68; color: #ffff00", subset=["甲"])
    made = typeset(notebook(output({"text/html": styler.to_html(), "text/plain": ""})))
    assert {(0xD6, 0x5F, 0x5F), (0x33, 0x4E, 0x68)} <= colours(made.pdf)
    assert "-2.5" in text(made)


@pytest.mark.parametrize(
    ("align", "wanted"), [("left", [(0, 0), (0, 100)]), ("zero", [(50, 70), (0, 50)])]
)
def test_a_bar_is_where_pandas_draws_it(
    align: Literal["left", "zero"], wanted: list[tuple[int, int]]
) -> None:
    page = FRAME.style.bar(
        subset=["甲"] if align == "zero" else ["乙"], color="#d65f5f", align=align
    )
    sheet = page.to_html().partition("</style>")[0].partition(">")[2]
    found = [drawn[1:] for style in cell_styles(sheet).values() if (drawn := bar(style))]
    assert found == [bounds for bounds in wanted if bounds != (0, 0)]


def test_only_colours_that_are_known_are_taken() -> None:
    assert colour("red") == "#ff0000"
    assert colour("#08306b") == "#08306b"
    assert colour("url(x)") == colour('#fff"); x(') == ""
