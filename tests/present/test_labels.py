from itertools import combinations

import pytest
from matplotlib.axes import Axes

from planbook.present.charts.canvas import Sheet, Words
from planbook.present.charts.figure import drawing_style
from planbook.present.charts.lettering import text_width
from planbook.present.charts.placing import Labels

SIZE = 18.0


@pytest.fixture
def axes() -> Axes:
    with drawing_style():
        made = Sheet(600, 300).add_axes((0.1, 0.1, 0.8, 0.8))
    made.set(xlim=(0, 10), ylim=(0, 10))
    return made


def box(words: Words) -> tuple[float, float, float, float]:
    width = text_width(words.text, SIZE)
    left = words.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    return left, words.y - 0.12 * SIZE, left + width, words.y + 0.88 * SIZE


def overlap(one: Words, other: Words) -> bool:
    a, b = box(one), box(other)
    return min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])


def test_labels_of_one_point_do_not_lie_on_each_other(axes: Axes) -> None:
    labels = Labels(axes, SIZE)
    for text in ("第一个标签", "第二个标签", "第三个标签", "第四个标签"):
        labels.place(5, 5, text)
    words = axes.figure.words
    assert len(words) == 4
    assert not any(overlap(one, other) for one, other in combinations(words, 2))


def test_the_first_side_is_taken_where_it_is_free(axes: Axes) -> None:
    labels = Labels(axes, SIZE)
    labels.place(5, 5, "下", sides=("below", "above"))
    words = axes.figure.words[0]
    assert words.y < axes.transData.transform((5, 5))[1]


def test_a_label_goes_out_of_the_way_of_a_mark(axes: Axes) -> None:
    labels = Labels(axes, SIZE)
    labels.keep_off_mark(5, 5.8)
    labels.place(5, 5, "标签", sides=("above", "below"))
    words = axes.figure.words[0]
    assert words.y < axes.transData.transform((5, 5))[1]


def test_a_label_at_the_edge_stays_on_the_drawing(axes: Axes) -> None:
    Labels(axes, SIZE).place(10, 10, "一个很长的目标标签", sides=("right",))
    left, _, right, top = box(axes.figure.words[0])
    assert left >= 0
    assert right <= 600
    assert top <= 300


def test_a_character_that_no_font_has_gets_the_room_of_its_number() -> None:
    assert text_width("𠮷", SIZE) == text_width("〔U+20BB7〕", SIZE)
