"""Where pages end: what a table says of its source stays with rows of it."""

import pytest
from nbformat.v4 import new_markdown_cell

from planbook.produce.pdf import typeset
from tests.produce.printing import notebook, reader, row, table

LINE = "这是一行正文。\n\n"


@pytest.mark.parametrize("rows", [4, 45])
def test_no_page_holds_a_source_line_without_a_row(rows: int) -> None:
    seen = set()
    for above in range(12, 36):
        made = typeset(
            notebook(
                new_markdown_cell(LINE * above),
                table(*(row(f"第{n}个园区", str(n)) for n in range(rows))),
            )
        )
        pages = ["".join(page.extract_text().split()) for page in reader(made).pages]
        for number, said in enumerate(pages):
            if "资料来源" in said:
                assert "个园区" in said, f"{above} lines above, page {number + 1}"
        last = next(n for n, said in enumerate(pages) if f"第{rows - 1}个园区" in said)
        assert "资料来源" in pages[last], f"{above} lines above"
        seen.add(len(pages))
    assert len(seen) > 1  # some fitted on fewer pages than others
