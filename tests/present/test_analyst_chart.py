"""Charts of analysts' own: all that the book's have, or all that is missing, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.figure import Figure as Drawing

import planbook
from planbook.errors import UsageError
from planbook.present.charts.figure import Figure
from planbook.present.charts.frame_values import line_words, values_of
from planbook.present.palette import INK, MUTED, PAPER, SERIES
from planbook.present.prose import Prose

WORDS: dict[str, Any] = {"title": "收入回升", "unit": "亿元", "source": "某报表"}
DRAWN: dict[str, Any] = {**WORDS, "alt": "两条线交叉"}


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    before = plt.get_backend()
    plt.switch_backend("agg")
    yield
    plt.close("all")
    plt.switch_backend(before)


def made(shown: Any, **about: Any) -> Figure:
    found = planbook.chart(shown, **{**WORDS, **about})
    assert isinstance(found, Figure)
    return found


def letters(figure: Figure) -> list[str]:
    """Return the texts of a drawing."""
    root = ElementTree.fromstring(figure.svg())
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def quarters(*values: float | None) -> pd.Series:
    index = pd.period_range("2024Q1", periods=len(values), freq="Q", name="季度")
    return pd.Series(values, index=index, name="当季", dtype=float)


def test_a_frame_becomes_a_figure_with_all_its_words() -> None:
    figure = made(quarters(10, 12.5, 9), note="单季")
    page = str(figure.html())
    for said in ("收入回升", "单位：亿元；单季", "资料来源：某报表。", "图中数据", "季度", "12.5"):
        assert said in page
    assert f'aria-label="{figure.alt}"' in page
    assert figure.id.startswith("own-")
    data, about = figure._repr_mimebundle_()
    assert set(data) == {"text/html", "image/svg+xml", "text/plain"}
    assert about["planbook"]["kind"] == "figure"


def test_what_a_frame_shows_is_said_by_its_own_values() -> None:
    assert made(quarters(10, 12.5, None, 9)).alt == (
        "折线图。从2024年一季度10.0亿元到2024年四季度9.0亿元，最高为2024年二季度12.5亿元，"
        "最低为2024年四季度9.0亿元，其中1个时点没有数。"
    )
    bars = pd.DataFrame({"甲": [3, -1], "乙": [2, 0]}, index=["东", "西"])
    assert made(bars, kind="bar").alt == ("条形图。甲：东3亿元、西−1亿元。乙：东2亿元、西0亿元。")
    many = pd.Series(range(40), index=[f"第{n}组" for n in range(40)])
    assert made(many, kind="bar").alt == ("条形图。共40项，最高为第39组39亿元，最低为第0组0亿元。")
    assert made(quarters(1, 2), alt="自己写的").alt == "自己写的"


@pytest.mark.parametrize(
    ("index", "kind"),
    [
        (["东", "西", "北"], "条形图"),
        (["甲1区", "乙2区", "丙3区"], "条形图"),
        (["第3周", "第1周", "第2周"], "条形图"),
        (pd.CategoricalIndex(["东", "西", "北"]), "条形图"),
        (pd.MultiIndex.from_tuples([("甲", 1), ("甲", 2), ("乙", 1)]), "条形图"),
        (pd.CategoricalIndex(["小", "中", "大"], ["小", "中", "大"], ordered=True), "折线图"),
        (["第1周", "第2周", "第10周"], "折线图"),
        (["一季度", "二季度", "三季度"], "折线图"),
        (["十月", "十一月", "十二月"], "折线图"),
        (pd.Index([10, 20, 40], name="人数"), "折线图"),
        (["2024年", "2025年", "2026年"], "折线图"),
    ],
)
def test_only_what_follows_each_other_is_joined_by_a_line(index: Any, kind: str) -> None:
    series = pd.Series([3.0, 1.0, 2.0], index=index)
    assert made(series).alt.startswith(kind)
    assert made(series, kind="bar").alt.startswith("条形图")
    if kind == "条形图":
        with pytest.raises(UsageError, match="没有先后，不能连成线：写 kind="):
            made(series, kind="line")


def test_everything_that_is_missing_is_told_at_once_with_a_remedy() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    with pytest.raises(UsageError) as refused:
        planbook.chart(figure)
    said = str(refused.value)
    for name in ("title", "unit", "source", "alt"):
        assert re.search(rf"\d\. 没有\w+ {name}：", said)
    assert said.startswith("图不能刊出，有4处：")
    assert "\n  处理：" in said
    plt.close(figure)
    with pytest.raises(UsageError) as refused:
        planbook.chart(pd.DataFrame({"a": ["x"], "b": ["y"]}), kind="pie", id="1", unit=" ")  # type: ignore[arg-type]
    for wrong in ("title", "unit", "source", "列「b」不是数字", "「pie」", "id「1」"):
        assert wrong in str(refused.value)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ([1, 2], "第一个参数是 list"),
        (pd.Series([1, 2], index=["甲", "甲"]), "行「甲」不止一行"),
        (pd.DataFrame({str(n): [1] for n in range(6)}), "有6列数，一张图最多5列"),
        (pd.Series([1, 2], index=["2026-01", "2026-01"]), "行「2026年1月」不止一行.*pivot"),
        (pd.DataFrame([[1, 2]], columns=["甲", "甲"]), "列「甲」不止一列"),
        (pd.Series([1, 2], index=pd.DatetimeIndex(["2026-01-01", pd.NaT])), "有1行没有时期或名称"),
        (pd.DataFrame({"月": ["2026-01", None], "数": [1, 2]}), "有1行没有时期或名称"),
        (pd.Series([1, np.inf], name="增速"), "列「增速」中有无穷大（除数为 0），先改为缺值"),
        (pd.Series([1.5e15, 1]), "数太大"),
        (pd.Series([1e-9, 0]), "数太小"),
        (pd.Series(["1,200.5", "3"]), '「1,200.5」是文本，读 CSV 时加 thousands=","'),
        (pd.Series([1, "—", "3"]), '「—」不是数字，读 CSV 时加 na_values="—"'),
        (pd.Series([3, 4]), "行只有序号.*set_index.*rename_axis"),
        (pd.DataFrame({"月份": [1, 2], "户数": [3, 4]}), "行只有序号"),
        (
            pd.Series([3, 4, 5], index=["甲", "乙", "丙"]).reset_index(drop=True)[[0, 2]],
            "行只有序号",
        ),
        (pd.Series(["1.5", "3"]), "是文本，先用 pd.to_numeric 改为数字"),
        (Drawing(), "图是空的：画图和 planbook.chart 写在同一个单元格"),
        (Drawing().subplots(), "图是空的"),
    ],
)
def test_what_cannot_be_drawn_is_refused(shown: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        planbook.chart(shown, **WORDS)


@pytest.mark.parametrize("frame", [quarters(), quarters(None, None), pd.DataFrame()])
def test_where_there_is_no_value_yet_a_sentence_says_so(frame: pd.DataFrame | pd.Series) -> None:
    assert isinstance(planbook.chart(frame, **WORDS), Prose)


def test_a_word_that_is_no_text_is_asked_for() -> None:
    with pytest.raises(UsageError, match=r"没有标题 title：.*没有单位 unit："):
        planbook.chart(quarters(1, 2), title=None, unit=3, source="某报表")  # type: ignore[arg-type]


def test_a_figure_of_words_alone_is_not_empty() -> None:
    figure = Drawing()
    figure.text(0.5, 0.5, "填报 → 核对")
    assert "填报 → 核对" in letters(made(figure, alt="两步"))


def test_names_of_several_levels_are_joined_and_decimals_are_numbers() -> None:
    frame = pd.DataFrame(
        {("出口", "额"): [Decimal("1.5"), 2]},
        index=pd.MultiIndex.from_tuples([("东", "甲"), ("东", "乙")], names=["区", "类"]),
    )
    found, _ = values_of(frame)
    assert found is not None
    assert (found.head, found.series) == ("区·类", ("出口·额",))
    assert [at.name for at in found.places] == ["东·甲", "东·乙"]


@pytest.mark.filterwarnings("error")
def test_bars_that_are_all_zero_are_drawn_without_a_warning() -> None:
    assert (
        made(pd.Series([0, 0], index=["甲", "乙"]), kind="bar").alt == "条形图。甲0亿元、乙0亿元。"
    )


@pytest.mark.parametrize(
    ("index", "names", "broken_after"),
    [
        (pd.PeriodIndex(["2024Q1", "2024Q2", "2024Q4"], freq="Q"), "2024年一季度", {1}),
        (pd.PeriodIndex(["2024Q1", "2024Q4"], freq="Q"), "2024年一季度", {0}),
        (pd.PeriodIndex(["2025Q1", "2025Q3", "2026Q2"], freq="Q"), "2025年一季度", {0, 1}),
        (["2024-03", "2024-06", "2024-12", "2025-03"], "2024年3月", {1}),
        ([2019, 2020, 2022, 2023], "2019年", {1}),
        (["2019年", "2020年", "2021年"], "2019年", set()),
        (pd.to_datetime(["2024-01-31", "2024-02-29", "2024-04-30"]), "2024年1月", {1}),
        (pd.to_datetime(["2024-01-01", "2024-01-09"]), "2024年1月1日", set()),
        (pd.to_datetime(["2024-01-15", "2024-02-28"]), "2024年1月15日", set()),
        # as official figures come: without January, some together; nobody can say what is missing
        (["2024-02", "2024-05", "2024-06", "2024-08", "2024-11"], "2024年2月", set()),
        (["一月", "二月"], "一月", set()),
    ],
)
def test_an_axis_of_time_is_broken_where_a_time_is_missing(
    index: Any, names: str, broken_after: set[int]
) -> None:
    values, wrong = values_of(pd.Series(range(len(index)), index=index, dtype=float))
    assert not wrong
    assert values is not None
    assert values.places[0].name == names
    assert values.of_time == (names != "一月")
    assert values.breaks() == broken_after


def test_missing_values_and_times_leave_gaps_in_the_line() -> None:
    def strokes(series: pd.Series) -> int:
        path = re.search(r'<path d="(M[^"]*)"[^>]*stroke: #334e68', made(series).svg())
        assert path is not None
        return path[1].count("M")

    assert strokes(quarters(1, 2, 3, 4)) == 1
    assert strokes(quarters(1, 2, None, 4, 5)) == 2
    months = ["2026-01", "2026-02", "2026-03", "2026-05", "2026-06"]
    assert strokes(pd.Series([1.0, 2, 3, 4, 5], index=months)) == 2


def test_words_for_the_ears_count_the_times_that_no_row_has() -> None:
    index = pd.PeriodIndex(["2025Q1", "2025Q2", "2026Q1"], freq="Q")
    values, _ = values_of(pd.Series([1.0, 2, None], index=index, name="甲"))
    assert values is not None
    assert values.missing_times() == 2
    assert "其中3个时点没有数" in line_words(values, "个")


def test_rows_of_times_stand_in_order_and_a_csv_names_them_by_its_first_column() -> None:
    frame = pd.DataFrame({"月份": ["2026-03", "2026-01"], "户数": [3, 1]})
    values, wrong = values_of(frame)
    assert not wrong
    assert values is not None
    assert (values.head, values.series) == ("月份", ("户数",))
    assert [at.name for at in values.places] == ["2026年1月", "2026年3月"]
    assert values.rows == ((1.0,), (3.0,))


def test_numbers_are_names_of_rows_where_their_author_says_what_they_are() -> None:
    named = pd.DataFrame({"月份": [1, 2], "户数": [3, 4]}).set_index("月份")
    for frame in (named, pd.Series([3, 4]).rename_axis("月份")):
        values, wrong = values_of(frame)
        assert not wrong
        assert values is not None
        assert values.head == "月份"


@pytest.mark.parametrize(
    ("values", "decimals"),
    [([1, 20], 0), ([1.5, 2], 1), ([2.954, 1], 3), ([2 / 3, 1], 3), ([200 / 3], 2), ([1e4 / 3], 1)],
)
def test_values_are_printed_with_the_decimals_that_they_have(
    values: list[float], decimals: int
) -> None:
    found, _ = values_of(pd.Series(values, index=[f"第{n}" for n in range(len(values))]))
    assert found is not None
    assert found.decimals == decimals


def test_several_series_are_told_apart_by_more_than_colour() -> None:
    frame = pd.DataFrame({"甲": quarters(1, 2, 3), "乙": quarters(3, 2, 1)})
    figure = made(frame)
    assert {"甲", "乙"} <= set(letters(figure))
    assert figure.svg().count("stroke-dasharray") >= 2  # the second line and its key
    assert all(colour in figure.svg() for colour in SERIES[:2])


def test_the_same_frame_gives_the_same_bytes_and_other_words_another_id() -> None:
    one, two = (made(quarters(1, 2, 3)) for _ in range(2))
    assert str(one.html()) == str(two.html())
    assert made(quarters(1, 2, 3), title="别的").id != one.id
    assert made(quarters(1, 2), id="mine").id == "own-mine"


def test_words_of_data_are_characters_and_no_markup() -> None:
    bars = pd.Series([1, 2], index=["<b>甲</b>", "$x$"])
    figure = made(bars, kind="bar", title="<script>1</script>", source="a & b")
    assert "<script>" not in str(figure.html())
    assert "<b>" not in str(figure.html())
    assert "$x$" in letters(figure)


def test_several_greys_stay_where_they_tell_series_apart() -> None:
    greys = ("#707070", "#909090", "#b0b0b0")
    figure, axes = plt.subplots()
    for n, grey in enumerate(greys):
        axes.bar(n, n + 1, color=grey)
    svg = planbook.chart(figure, title="三类", unit="户", source="某报表", alt="三类").svg()
    assert [grey for grey in greys if grey not in svg] == []
    figure, axes = plt.subplots()
    axes.bar([0, 1], [1, 2], color="#707070")
    assert (
        "#707070"
        not in planbook.chart(figure, title="一类", unit="户", source="报表", alt="一类").svg()
    )


def test_a_drawn_figure_gets_the_books_letters_and_colours_and_keeps_its_numbers() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], label="甲")
    axes.plot([3, 2, 1], label="乙", color="#123456")
    axes.set_title("两线交叉")
    axes.legend()
    axes.annotate("灰", (1, 2), color="0.6")
    shown = planbook.chart(figure, unit="户", source="某报表", alt="交叉")
    assert isinstance(shown, Figure)
    assert shown.title == "两线交叉"
    assert "两线交叉" not in letters(shown)
    assert {"甲", "乙", "3.0"} <= set(letters(shown))
    svg = shown.svg()
    assert SERIES[0] in svg
    assert "#123456" in svg  # what its author chose
    assert "#1f77b4" not in svg
    assert INK in svg
    assert f"fill: {MUTED}" in svg
    assert "font-family=" in svg
    assert "DejaVu" not in re.sub(r"<svg[^>]*>", "", svg)
    again = planbook.chart(figure, unit="户", source="某报表", alt="交叉")
    assert isinstance(again, Figure)
    assert again.svg() == svg


def test_a_figure_is_shown_once() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    planbook.chart(figure, **DRAWN)
    assert plt.get_fignums() == []


def test_axes_of_pandas_and_grids_of_seaborn_are_figures_too() -> None:
    frame = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 4, 3], "组": list("甲乙甲乙")})
    for draw in (
        frame[["a", "b"]].plot.bar,
        lambda: sns.scatterplot(frame, x="a", y="b", hue="组"),
        lambda: sns.relplot(frame, x="a", y="b", col="组", hue="组"),
    ):
        shown = planbook.chart(draw(), **DRAWN, data=frame.set_index("组").head(2))
        assert isinstance(shown, Figure)
        assert shown.data is not None
        assert "#1f77b4" not in shown.svg()
        assert plt.get_fignums() == []


def test_seaborns_own_words_are_chinese() -> None:
    shown = planbook.chart(sns.histplot(pd.DataFrame({"值": [1, 2, 2]}), x="值"), **DRAWN)
    assert isinstance(shown, Figure)
    assert "个数" in letters(shown)
    assert "Count" not in letters(shown)


def test_pictures_formulas_and_maps_of_heat_stay_what_they_are() -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.semilogy([1, 10, 100])
    image = right.imshow(np.eye(3))
    right.text(1, 1, "白", color="white")
    figure.colorbar(image)
    shown = planbook.chart(figure, **DRAWN)
    assert isinstance(shown, Figure)
    assert 'href="data:image/png' in shown.svg()
    assert f"fill: {PAPER}" not in shown.svg()  # it would turn dark with the page
    assert "tspan" in shown.svg()


def test_names_that_would_run_into_each_other_are_turned() -> None:
    figure, axes = plt.subplots()
    axes.bar([f"很长的名称{n}" for n in range(9)], range(9))
    shown = planbook.chart(figure, **DRAWN)
    assert isinstance(shown, Figure)
    assert shown.svg().count("rotate(-40") == 9


def test_a_drawing_too_heavy_for_a_page_is_refused_with_what_to_do() -> None:
    figure, axes = plt.subplots()
    rng = np.random.default_rng(1)
    axes.scatter(rng.random(20_000), rng.random(20_000))
    with pytest.raises(UsageError, match="rasterized=True"):
        planbook.chart(figure, **DRAWN)


def test_a_chart_changes_no_setting_of_matplotlib() -> None:
    before = dict(mpl.rcParams)
    made(quarters(1, 2))
    planbook.chart(sns.lineplot(x=[1, 2], y=[1, 2]), **DRAWN)
    assert dict(mpl.rcParams) == before


def test_charts_of_other_values_have_other_ids_though_their_words_are_the_same() -> None:
    assert len({made(quarters(*values)).id for values in ((1, 2), (1, 3), (1, 2))}) == 2


def test_a_series_that_has_no_value_yet_is_named_and_missing_in_the_table() -> None:
    shown = made(pd.DataFrame({"甲": [1.0, 2.0], "乙": [np.nan, np.nan]}, index=["一", "二"]))
    assert shown.data is not None
    assert [column.head for column in shown.data.columns] == ["项目", "甲", "乙"]
    assert "乙" in letters(shown)
    assert "乙：还没有数" in shown.alt


def test_a_figure_drawn_of_no_value_is_the_same_sentence() -> None:
    nothing = pd.DataFrame({"进度比": pd.Series(dtype=float), "数": pd.Series(dtype=float)})
    middle = nothing["进度比"].median()
    drawn = [
        sns.histplot(nothing, x="进度比", bins=12),
        plt.figure().add_subplot().scatter([], []).axes,
        sns.lineplot(nothing, x="进度比", y="数", ax=plt.figure().add_subplot()),
    ]
    for shown in drawn:
        said = planbook.chart(shown, **{**DRAWN, "title": f"有一半不低于{middle:.2f}"})
        assert isinstance(said, Prose)
    assert plt.get_fignums() == []  # or it would stand below its cell


def test_bars_of_zeros_that_somebody_drew_are_values() -> None:
    axes = plt.figure().add_subplot()
    axes.bar(["甲", "乙"], [0, 0])
    assert isinstance(planbook.chart(axes, **DRAWN), Figure)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), None, pd.NaT, pd.NA])
@pytest.mark.parametrize("where", ["title", "alt", "note"])
def test_words_with_a_number_that_was_not_worked_out_are_refused(number: Any, where: str) -> None:
    axes = plt.figure().add_subplot()
    axes.plot([1, 2])
    with pytest.raises(UsageError, match=f"{where} 中写着「.*没有算出来"):
        planbook.chart(axes, **{**DRAWN, where: f"最高为{number}亿元"})
    if where != "alt":
        with pytest.raises(UsageError, match=where):
            planbook.chart(quarters(1, 2), **{**WORDS, where: f"最高为{number}亿元"})
    assert made(quarters(1, 2), title="NaNjing与inflow：Nonesuch")
