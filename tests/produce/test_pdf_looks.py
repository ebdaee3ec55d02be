"""Three pages as they look, compared with references that people have looked at.

After a change that is meant, draw the references anew and look at them:
``PLANBOOK_DRAW_GOLDEN=1 python -m pytest tests/produce/test_pdf_looks.py``.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from nbformat.v4 import new_markdown_cell
from PIL import Image, ImageFilter

from planbook.produce.pdf import Cover, Document, typeset
from tests.produce.printing import figure, notebook, output, table

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
DPI = 75
PROSE = """本章先看全章的进度，再按领域分述数据、走势和举措。
营业收入899.20亿元，同比增长21.1%，完成目标的85.9%。

- 达序时● **新增企业**：2025年1月—2026年9月累计3,659家；
- 滞后▲ **年均增速**：截至2025年为18.2%，比目标低1.8个百分点。

> **分析点评**
>
> 各项指标与时间大体同步，收入增速仍低于年均目标。
>
> ——综合协调部门，2026年10月26日

## 算法

### 增长进度比

实际年均增速与所需年均增速之比，$t_0$ 为基期：

$$
\\frac{d\\left[\\left(v/b\\right)^{1/(t-t_0)}-1\\right]}{\\left|\\left(T/b\\right)^{1/(t_E-t_0)}-1\\right|}
$$

| 符号 | 含义 |
|---|---|
| $b$ | 基期值 |
| $T$ | 目标值；区间目标取下限 |

:::{note}
国家没有统一标准[^1]。
:::

[^1]: 界限由本书设定。
"""
CHIP = '<span class="pb-rating {0}"><span aria-hidden="true">{1}</span> {2}</span>'
MET = CHIP.format("pb-met", "★", "已达成")
BEHIND = CHIP.format("pb-behind", "▲", "滞后")
REVERSING = CHIP.format("pb-reversing", "▼", "逆转")


def goal(name: str, chip: str, value: str, unit: str, share: str) -> str:
    return (
        f'<tr><th scope="row">{name}</th><td class="pb-mark">{chip}</td><td class="pb-period">'
        f'2026年1—8月</td><td class="pb-number"><span class="pb-value">{value}'
        f'<small class="pb-unit">{unit}</small></span></td><td class="pb-number">{share}</td></tr>'
    )


HEAD = (
    '<th class="pb-text">指标名称</th><th class="pb-mark">状态</th>'
    '<th class="pb-period">数据时期</th>'
    '<th class="pb-number">本期值</th><th class="pb-number">目标<wbr>完成率</th>'
)
ROWS = (
    '<tr class="pb-group"><th scope="rowgroup" colspan="5">软件信息</th></tr>'
    + goal("软件和信息服务业新增企业", MET, "3,659", "家", "65.3%")
    + goal("软件和信息服务业主营业务收入", BEHIND, "899.20", "亿元", "104.9%")
    + '</tbody><tbody><tr class="pb-group"><th scope="rowgroup" colspan="5">数据要素</th></tr>'
    + goal("数据资源服务产业营业收入年均增长率", REVERSING, "−2.5", "%", "—")
)


def document() -> Document:
    one = notebook(new_markdown_cell(PROSE))
    two = notebook(figure(), table(ROWS, HEAD), output({"text/markdown": "后文。"}))
    cover = Cover("2027年目标进展报告", ("2026年三季度", "数据截至2026年9月末"), "综合协调部门")
    return replace(one, cover=cover, parts=(one.parts[0], replace(two.parts[0], id="two")))


@pytest.fixture(scope="module")
def pages() -> list[Image.Image]:
    made = typeset(document())
    assert made.pages == 3
    return [
        page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        for page in pypdfium2.PdfDocument(made.pdf)
    ]


def blurred(image: Image.Image) -> np.ndarray:
    """Return the image without what anti-aliasing does to edges."""
    return np.asarray(image.filter(ImageFilter.GaussianBlur(1.5)), dtype=float)


@pytest.mark.parametrize(("number", "name"), list(enumerate(["cover", "prose", "table"])))
def test_a_page_looks_as_it_did(pages: list[Image.Image], number: int, name: str) -> None:
    reference = GOLDEN / f"pdf-{name}.png"
    if os.environ.get("PLANBOOK_DRAW_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        pages[number].quantize(16).save(reference, optimize=True)
    with Image.open(reference) as known:
        wanted = blurred(known.convert("L"))
    got = blurred(pages[number])
    assert got.shape == wanted.shape
    off = np.abs(got - wanted)
    assert (off > 40).mean() < 0.001, "the page has changed; see the module's docstring"


def test_the_comparison_sees_a_line_that_has_moved(pages: list[Image.Image]) -> None:
    moved = Image.new("L", pages[1].size, 255)
    moved.paste(pages[1], (0, 6))
    assert (np.abs(blurred(moved) - blurred(pages[1])) > 40).mean() > 0.001
