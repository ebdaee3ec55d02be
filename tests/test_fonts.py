"""What the fonts have, and that the book's own words keep to it."""

from pathlib import Path

import pytest

from planbook import fonts
from planbook.vocabulary import Rating

ROOT = Path(__file__).parents[1]


def test_what_is_called_common_is_in_the_first_font() -> None:
    every = map(chr, range(0x20000))
    lacking = [
        c for c in every if fonts.is_common(c) and not fonts.unseen(c) and fonts.other_font(c)
    ]
    assert not lacking
    assert fonts.is_common("到2027年，达到1,800亿元以上（增长20%）。")


@pytest.mark.parametrize("text", ["CO₂", "Łódź", "Šumava", "Ωμα", "10⁻³", "m²"])
def test_latin_greek_sub_and_superscripts_can_be_drawn(text: str) -> None:
    assert fonts.undrawable(text) == []


def test_a_character_that_no_font_has_is_found_once_and_unseen_ones_are_not() -> None:
    assert fonts.undrawable("𠮷野𠮷\u200b\ufe0f") == ["𠮷"]
    assert fonts.as_number("𠮷") == "〔U+20BB7〕"


def test_the_symbols_of_ratings_are_in_the_first_font() -> None:
    assert not [rating for rating in Rating if fonts.other_font(rating.symbol)]


def test_a_letter_is_as_wide_as_in_the_font_that_shows_it() -> None:
    assert fonts.advance("中") == 1.0
    assert 0.3 < fonts.advance("₂") < 0.5


PAGES = [*(ROOT / "book").glob("*.md"), *(ROOT / "src").rglob("*.md")]


@pytest.mark.parametrize("page", [*PAGES, *(ROOT / "notebooks").glob("*.ipynb")], ids=str)
def test_our_own_pages_hold_nothing_that_paper_cannot_show(page: Path) -> None:
    assert fonts.undrawable(page.read_text(encoding="utf-8")) == []
