"""Where the words of a chart stand on a wide and on a narrow screen, for tests of its layout."""

from __future__ import annotations

from itertools import combinations

from bs4 import BeautifulSoup, Tag

from planbook.present.charts.figure import LABEL, SMALL, WIDTH, Figure
from planbook.present.charts.lettering import text_width

Box = tuple[float, float, float, float, str]
SCREENS = ((SMALL, False), (LABEL, True))  # size of the letters, whether the screen is narrow


def drawing(chart: Figure) -> Tag:
    found = BeautifulSoup(chart.html(), "html.parser").find("svg")
    assert isinstance(found, Tag)
    return found


def boxes(svg: Tag, size: float, *, narrow: bool) -> list[Box]:
    found = []
    for text in svg.find_all("text"):
        group = text.parent
        if narrow and group is not None and "pb-wide" in str(group.get("class")):
            continue
        said, x, y = text.get_text(), float(str(text["x"])), float(str(text["y"]))
        width = text_width(said, size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[str(text["text-anchor"])]
        found.append((left, y - 0.8 * size, left + width, y + 0.05 * size, said))
    return found


def clash(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > 0.5 and min(one[3], other[3]) - max(one[1], other[1]) > 0.5


def clashes(chart: Figure, size: float, *, narrow: bool) -> list[tuple[str, str]]:
    """Return the words of a chart that lie on each other."""
    words = boxes(drawing(chart), size, narrow=narrow)
    return [(a[4], b[4]) for a, b in combinations(words, 2) if clash(a, b)]


def outside(chart: Figure, size: float, *, narrow: bool) -> list[str]:
    """Return the words of a chart that reach beyond its edge."""
    svg = drawing(chart)
    height = float(str(svg["viewbox"]).split()[3])
    return [
        box[4]
        for box in boxes(svg, size, narrow=narrow)
        if box[0] < -1 or box[2] > WIDTH + 1 or box[1] < -2 or box[3] > height
    ]
