import logging

import pytest
from matplotlib.axes import Axes

from planbook.present.style import Figure, FigureError, compose, drawing_style


def draw(axes: Axes) -> None:
    axes.plot([1, 2], [3, 4])


def figure(**words: str) -> Figure:
    given = {"id": "x", "title": "标题", "subtitle": "单位：家", "alt": "说明。", "source": "来源"}
    return compose(draw, **(given | words))


@pytest.mark.parametrize("word", ["id", "title", "subtitle", "alt", "source"])
def test_a_figure_cannot_be_made_without_its_words(word: str) -> None:
    with pytest.raises(FigureError, match=word):
        figure(**{word: ""})


def test_a_figure_is_searchable_text_with_fonts_that_readers_have() -> None:
    svg = figure().svg()
    for words in ("标题", "单位：家", "来源", "Microsoft YaHei"):
        assert words in svg


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert figure().svg() == figure().svg()
    assert "dc:date" not in figure().svg()


def test_a_figure_hands_its_alternative_text_to_the_page() -> None:
    data, metadata = figure()._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", "text/plain"}
    assert metadata["planbook"]["alt"] == data["text/plain"] == "说明。"


def test_a_character_that_the_font_lacks_is_an_error() -> None:
    with pytest.raises(FigureError, match="字符"):
        figure(title="标题✗").svg()


def test_a_font_that_is_missing_is_an_error() -> None:
    with pytest.raises(FigureError, match="字体"), drawing_style():
        logging.getLogger("matplotlib.font_manager").warning("findfont: Font family not found")


def test_a_dollar_sign_in_a_name_is_not_a_formula() -> None:
    assert "$x^2$" in figure(title="$x^2$").svg()


def test_a_long_title_breaks_into_lines_and_makes_the_figure_higher() -> None:
    one, two = figure(), figure(title="很长的标题" * 12)
    assert two.drawing.get_figheight() > one.drawing.get_figheight()
