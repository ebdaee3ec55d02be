"""An analyst's own chart with all that the book's charts have, or all that is missing, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Drawing

from planbook.errors import UsageError
from planbook.made_of import sha256
from planbook.present.charts.figure import Figure, compose
from planbook.present.charts.frame_chart import (
    bars_height,
    draw_bars,
    draw_lines,
    key_height,
    names_width,
)
from planbook.present.charts.frame_values import (
    FrameValues,
    bar_words,
    data_table,
    line_words,
    values_of,
)
from planbook.present.charts.restyled import (
    figure_of,
    is_drawn,
    restyle,
    shows_nothing,
    take,
    take_title,
)
from planbook.present.prose import Prose

KINDS = ("line", "bar")
_HEAVIEST = 1_000_000  # characters of a drawing that a page can still bear
_ID = re.compile(r"[a-z][a-z0-9-]*")
_SOURCE = "资料来源："
_NO_NUMBER = re.compile(r"(?<![A-Za-z_])(?:nan|NaN|NaT|None|<NA>|-?inf)(?![A-Za-z_])")
_ASKED = {  # what a chart cannot do without: what it is, and an example
    "title": ("标题", "一句结论，如「网上零售额连续三个季度回升」"),
    "unit": ("单位", "如「亿元」；没有单位的写「指数」「倍」等"),
    "source": ("资料来源", "如「市统计局《统计月报》」；书中的数用 book.source(\"各填报单位\")"),
    "alt": ("替代文字", "给看不到图的读者，写图上有什么、数是多少"),
    "note": ("说明", ""),  # may be left out
}  # fmt: skip


def analyst_chart(
    shown: Any,
    *,
    title: str,
    unit: str,
    source: str,
    alt: str,
    note: str,
    data: pd.DataFrame | pd.Series | None,
    kind: str | None,
    id: str,
) -> Figure | Prose:
    """Return the chart, as `planbook.chart` says; a sentence where there is no value yet.

    Raises
    ------
    UsageError
        With everything that is missing or cannot be drawn.
    """
    values, wrong = None, list[str]()
    figure = figure_of(shown)
    if isinstance(shown, pd.DataFrame | pd.Series):
        values, wrong = values_of(shown)
        wrong += ["data 只用于 matplotlib 的图：数据框的图自带数据表"] if data is not None else []
    elif figure is None:
        wrong.append(f"第一个参数是 {type(shown).__name__}，应为数据框、matplotlib 的图或坐标轴")
    else:
        title = title or take_title(figure)
        wrong += [] if is_drawn(figure) else ["图是空的：画图和 planbook.chart 写在同一个单元格"]
    if data is not None and figure is not None:
        values, about_data = values_of(data)
        wrong += [f"data：{said}" for said in about_data]
    said = {"title": title, "unit": unit, "source": source, "alt": alt}
    if figure is None:
        del said["alt"]  # it is said by the values themselves
    wrong = [*_missing(said), *wrong, *_unusable(kind, id, values if figure is None else None)]
    if wrong:
        raise UsageError(_complaint(wrong))
    if figure is not None:
        take(figure)
    if _of_nothing({**said, "note": note}, figure, values):
        return Prose("还没有数，有数后在此绘图。")
    if kind is None:
        kind = "line" if values is None or values.ordered else "bar"
    id = f"own-{id or sha256(repr((*said.items(), note, kind, values)).encode())[:8]}"
    table = data_table(f"data-{id}", title, unit, values) if values else None
    words: dict[str, Any] = {
        "id": id,
        "title": title,
        "subtitle": "；".join(filter(None, (f"单位：{unit}", note))),
        "source": source if source.startswith(_SOURCE) else f"{_SOURCE}{_ended(source)}",
    }
    if figure is not None:
        restyle(figure)
        made = Figure(**words, alt=alt, drawing=figure, data=table)
    else:
        assert values is not None
        drawn = _bars(values) if kind == "bar" else _lines(values)
        alt = alt or (bar_words if kind == "bar" else line_words)(values, unit)
        made = compose(**drawn, **words, alt=alt, top=key_height(values), data=table)
    _refuse_too_heavy(made)
    return made


def _of_nothing(said: dict[str, str], drawn: Drawing | None, values: FrameValues | None) -> bool:
    """Whether there is no value to draw; refuse words with a number that was not worked out."""
    wrong = [*_no_numbers(said)]
    if values is None if drawn is None else shows_nothing(drawn, without_flat_bars=bool(wrong)):
        return True
    if wrong:
        raise UsageError(_complaint(wrong))
    return False


def _missing(said: dict[str, str]) -> Iterator[str]:
    for name, text in said.items():
        if not isinstance(text, str) or not text.strip():
            what, how = _ASKED[name]
            yield f"没有{what} {name}：{how}"


def _no_numbers(said: dict[str, str]) -> Iterator[str]:
    for name, text in said.items():
        found = _NO_NUMBER.search(text)
        if found is not None:
            how = "有一个数没有算出来，先把缺的去掉（dropna），或者改写这一句"
            yield f"{_ASKED[name][0]} {name} 中写着「{found[0]}」：{how}"


def _unusable(kind: str | None, id: str, values: FrameValues | None) -> Iterator[str]:
    if kind == "line" and values is not None and not values.ordered:
        yield (
            '各行是名称，没有先后，不能连成线：写 kind="bar" 或不写 kind；'
            "有先后的，把行名改为时期或数，或有序的分类 pd.CategoricalIndex(…, ordered=True)"
        )
    if kind not in (None, *KINDS):
        yield f"kind 只能是 {' 或 '.join(KINDS)}，不能是「{kind}」"
    if id and not _ID.fullmatch(id):
        yield f"id「{id}」只能用小写字母、数字和连字符，以字母开头"


def _complaint(wrong: list[str]) -> str:
    listed = "；".join(f"{n}. {said}" for n, said in enumerate(wrong, start=1))
    example = 'planbook.chart(图, title="…", unit="…", source="…", alt="…")'
    return f"图不能刊出，有{len(wrong)}处：{listed}\n  处理：逐项补上或改正，写成 {example}"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？", "…", ".", "!", "?")) else f"{text}。"


def _lines(values: FrameValues) -> dict[str, Any]:
    return {"draw": draw_lines(values)}


def _bars(values: FrameValues) -> dict[str, Any]:
    height, left = bars_height(values), names_width(values)
    return {"draw": draw_bars(values), "height": height, "left": left, "foot": 6.0}


def _refuse_too_heavy(made: Figure) -> None:
    """Draw the figure now, as its author left it, and refuse one that would weigh a page down."""
    size = len(made.svg())
    if size > _HEAVIEST:
        raise UsageError(
            f"图的点太多（{size / 1e6:.1f} MB），网页打开会很慢\n"
            "  处理：先汇总或抽样；散点可以加 rasterized=True"
        )
