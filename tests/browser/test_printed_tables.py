"""On paper a table's head, and the heading above it, stand with the first rows."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

PRINT = resources.files("planbook.produce") / "assets" / "look" / "print.css"
STEPS = range(780, 960, 12)  # the height above the table, so that it begins near a page's foot


HEADED = {
    "h3": ("<h3>heading</h3>", ""),
    "fold": ("<details open><summary>heading</summary>", "</details>"),
}


def _page(above: int, rows: int, headed: str) -> str:
    opens, closes = HEADED[headed]
    lines = "".join(f"<tr><th scope=row>row{n}</th><td>{n}</td></tr>" for n in range(rows))
    return (
        f"<style>{PRINT.read_text(encoding='utf-8')}</style>"
        '<div class="bd-main"><div class="bd-content"><div class="bd-article-container">'
        f'<div class="bd-article"><section><div style="height:{above}px"></div>{opens}'
        '<div class="pb-scroll"><table class="pb-table"><caption>caption</caption>'
        f"<thead><tr><th>head</th><th>value</th></tr></thead><tbody>{lines}</tbody></table></div>"
        f"{closes}</section></div></div></div></div>"
    )


@pytest.mark.parametrize("headed", HEADED)
@pytest.mark.parametrize("rows", [3, 40])
def test_no_page_ends_with_a_tables_head(
    browser: Browser, rows: int, headed: str, tmp_path: Path
) -> None:
    opened = browser.new_page()
    made = tmp_path / "page.pdf"
    began = set()
    for above in STEPS:
        opened.set_content(_page(above, rows, headed))
        opened.pdf(path=made, prefer_css_page_size=True)
        texts = [page.extract_text() for page in PdfReader(made).pages]
        first = next(n for n, said in enumerate(texts) if "heading" in said)
        began.add(first)
        assert "caption" in texts[first], f"the caption goes on alone, {above} px above it"
        assert {"row0", "row1"} <= set(texts[first].split()), f"{above} px above it"
        if rows < 9:
            assert f"row{rows - 1}" in texts[first]
    opened.context.close()
    assert began == {0, 1}  # some began on the first page, some were moved to the next
