import logging
import re
from typing import Any

import matplotlib as mpl
import pytest
from bs4 import BeautifulSoup
from cycler import cycler
from matplotlib.axes import Axes

from planbook.present.charts.figure import Figure, compose, drawing_style
from planbook.present.charts.lettering import FigureError
from planbook.present.tables.cells import Cell, Column
from planbook.present.tables.table import plain


def draw(axes: Axes) -> None:
    axes.plot([1, 2], [3, 4])


def figure(**words: str) -> Figure:
    given: dict[str, Any] = {"id": "x", "title": "标题", "subtitle": "单位：家"}
    given |= {"alt": "说明。", "source": "来源"}
    return compose(draw, **(given | words))


@pytest.mark.parametrize("word", ["id", "title", "subtitle", "alt", "source"])
def test_a_figure_cannot_be_made_without_its_words(word: str) -> None:
    with pytest.raises(FigureError, match=word):
        figure(**{word: ""})


def test_a_figures_file_is_the_drawing_alone_with_fonts_that_readers_have() -> None:
    svg = figure().svg()
    assert "Microsoft YaHei" in svg
    for words in ("标题", "单位：家", "来源"):
        assert words not in svg


def test_the_words_around_a_drawing_go_with_it() -> None:
    words = figure()._repr_mimebundle_()[1]["planbook"]
    assert (words["title"], words["units"], words["source"]) == ("标题", "单位：家", "来源")


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert figure().svg() == figure().svg()
    assert "dc:date" not in figure().svg()


def test_the_settings_of_a_computer_or_of_a_cell_change_no_drawing() -> None:
    before = figure().svg()
    with mpl.rc_context({"lines.linewidth": 9, "axes.grid": True, "lines.color": "red"}):
        mpl.rcParams["axes.prop_cycle"] = cycler(color=["red"])
        mpl.rcParams["xtick.direction"] = "in"
        assert figure().svg() == before


def test_a_figure_hands_its_alternative_text_to_the_page() -> None:
    data, metadata = figure()._repr_mimebundle_()
    assert set(data) == {"text/html", "image/svg+xml", "text/plain"}
    assert metadata["planbook"]["alt"] == data["text/plain"] == "说明。"
    assert 'role="img" aria-label="说明。"' in data["text/html"]


def test_a_character_that_no_font_has_stops_no_chart() -> None:
    assert "𠮷" in figure(title="𠮷野川流量").html()


def test_a_font_that_is_missing_is_an_error() -> None:
    with pytest.raises(FigureError, match="字体"), drawing_style():
        logging.getLogger("matplotlib.font_manager").warning("findfont: Font family not found")


def test_a_dollar_sign_in_a_name_is_not_a_formula() -> None:
    assert "$x^2$" in figure(title="$x^2$").html()


def test_on_a_page_the_chart_takes_its_colours_from_the_theme() -> None:
    page = figure().html()
    assert "var(--pb-muted,#5b6673)" in page
    assert "var(" not in figure().svg()
    assert "<style" not in page
    assert "\n\n" not in page


def test_ids_of_two_charts_on_one_page_differ() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', figure(id=name).html())) for name in ("a", "b")]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_the_values_behind_a_chart_can_be_unfolded_and_taken_away() -> None:
    data = plain("data-x", "图中数据", [Column("时期")], [(Cell("2025年"),)])
    chart = compose(
        draw,
        id="x",
        title="标题",
        subtitle="单位：家",
        alt="说明。",
        source="来源",
        data=data,
        csv="../downloads/series/x.csv",
    )
    page = BeautifulSoup(chart.html(), "html.parser")
    assert page.details.table["id"] == "data-x"
    assert page.details.a["href"] == "../downloads/series/x.csv"
