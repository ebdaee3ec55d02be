import re
from itertools import combinations
from math import dist
from pathlib import Path

import pytest

from planbook.present.palette import (
    COLOUR_VARIABLES,
    MUTED,
    PAPER,
    RATING_CLASSES,
    RATING_COLOURS,
    SERIES,
    TARGET,
)
from planbook.vocabulary import Rating

STATIC = Path(__file__).resolve().parents[2] / "src/planbook/produce/assets/look"
LIGHT, DARK = re.findall(
    r"(?:^:root|^html\[data-theme=\"dark\"\]) \{(.*?)^\}",
    (STATIC / "palette.css").read_text("utf-8"),
    re.S | re.M,
)
DARK_PAPER = "#14181e"  # the theme's dark ground
# Machado, Oliveira, Fernandes 2009: how colours look without red or green cones
COLOUR_BLIND = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def variables(block: str) -> dict[str, str]:
    return dict(re.findall(r"--pb-([a-z-]+): (#[0-9a-f]{6});", block))


def linear(colour: str) -> list[float]:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one: str, other: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    light = [sum(w * p for w, p in zip(weights, linear(c), strict=True)) for c in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """Return CIELAB of linear sRGB, white point D65."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    clipped = [min(max(part, 0.0), 1.0) for part in rgb]
    xyz = [sum(m * p for m, p in zip(row, clipped, strict=True)) for row in to_xyz]
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("rating", Rating)
def test_a_rating_can_be_read_as_a_word_on_every_ground(rating: Rating) -> None:
    for ground in (PAPER, variables(LIGHT)["ground"]):
        assert contrast(RATING_COLOURS[rating], ground) >= 4.5
    for ground in (DARK_PAPER, variables(DARK)["ground"]):
        assert contrast(variables(DARK)[RATING_CLASSES[rating]], ground) >= 4.5


@pytest.mark.parametrize("colour", [MUTED, TARGET])
def test_labels_can_be_read_on_paper(colour: str) -> None:
    assert contrast(colour, PAPER) >= 4.5


def test_the_style_sheets_repeat_the_colours_of_charts() -> None:
    sheet, dark = variables(LIGHT), variables(DARK)
    for colour, name in COLOUR_VARIABLES.items():
        if colour != PAPER:  # the theme's own ground
            assert sheet[name] == colour
            assert name in dark


@pytest.mark.parametrize("name", ["observed", "target", "muted", "ink"])
def test_marks_can_be_seen_on_the_dark_ground(name: str) -> None:
    assert contrast(variables(DARK)[name], DARK_PAPER) >= 4.5


def test_the_style_sheet_repeats_the_palette() -> None:
    sheet = variables(LIGHT)
    assert {r: sheet[RATING_CLASSES[r]] for r in Rating} == RATING_COLOURS
    assert set(variables(DARK)) == set(sheet)


@pytest.mark.parametrize("kind", COLOUR_BLIND)
def test_good_and_bad_ratings_differ_for_colour_blind_readers(kind: str) -> None:
    def seen(rating: Rating) -> tuple[float, float, float]:
        rgb = linear(RATING_COLOURS[rating])
        return lab([sum(m * p for m, p in zip(r, rgb, strict=True)) for r in COLOUR_BLIND[kind]])

    for good in (Rating.ON_COURSE, Rating.MET):
        for bad in (Rating.REVERSING, Rating.FAR_BEHIND, Rating.BEHIND):
            assert dist(seen(good), seen(bad)) > 20  # ΔE; 10 is seen at a glance


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_series_side_by_side_are_seen_and_told_apart(theme: str) -> None:
    dark = variables(DARK)
    own = [dark[COLOUR_VARIABLES[c]] for c in SERIES] if theme == "dark" else list(SERIES)
    assert all(contrast(c, DARK_PAPER if theme == "dark" else PAPER) >= 3 for c in own)
    for seen in (((1, 0, 0), (0, 1, 0), (0, 0, 1)), *COLOUR_BLIND.values()):
        colours = [
            lab([sum(m * p for m, p in zip(row, linear(colour), strict=True)) for row in seen])
            for colour in own
        ]
        assert all(dist(one, other) > 15 for one, other in combinations(colours, 2))


def test_one_colour_has_one_meaning() -> None:
    colours = [c for r, c in RATING_COLOURS.items() if r is not Rating.NOT_ASSESSABLE]
    assert all(one != other for one, other in combinations([*colours, TARGET, MUTED, *SERIES], 2))
