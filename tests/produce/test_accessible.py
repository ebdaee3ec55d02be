from __future__ import annotations

from gettext import NullTranslations

import pytest

from planbook.produce.sphinx_ext.accessible import ICONS, PHRASES, Phrases, mended


def test_labels_of_the_theme_become_chinese() -> None:
    assert mended('<nav aria-label="Main">') == '<nav aria-label="全书目录">'
    assert mended('<button title="Toggle primary sidebar">').count("开关全书目录") == 2


def test_the_pages_own_words_stay() -> None:
    page = '<p title="Main">Main, Page, fa-solid fa-bars</p>'
    assert mended(page) == page


def test_an_icon_is_drawn_in_the_page_and_not_heard() -> None:
    drawn = mended(
        '<i class="theme-switch fa-solid fa-moon   fa-lg" data-mode="dark" title="Dark"></i>'
    )
    assert 'class="pb-icon theme-switch fa-lg"' in drawn
    assert 'data-mode="dark"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "title" not in drawn
    assert ICONS["moon"] in drawn


def test_an_unknown_icon_is_left_to_be_seen() -> None:
    icon = '<i class="fa-solid fa-rocket"></i>'
    assert mended(icon) == icon


def test_the_script_that_draws_icons_is_gone_and_no_other() -> None:
    page = (
        "  <!-- So that users can add custom icons -->\n"
        '  <script defer src="_static/scripts/fontawesome.js?digest=1"></script>\n'
        '  <script defer src="_static/sortable.js"></script>\n'
    )
    assert mended(page) == '  <script defer src="_static/sortable.js"></script>\n'


def test_the_search_button_is_called_what_it_shows() -> None:
    button = (
        '<button class="btn search-button-field search-button__button" title="搜索" '
        'aria-label="搜索" data-bs-toggle="tooltip"><span>搜索</span>'
        '<span class="search-button__kbd-shortcut"><kbd>K</kbd></span></button>'
    )
    page = mended(button)
    assert "aria-label" not in page
    assert '<span class="search-button__kbd-shortcut" aria-hidden="true">' in page


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases_come_before_the_catalogue_behind_them(phrase: str) -> None:
    behind = NullTranslations()
    assert Phrases(PHRASES, behind).gettext(phrase) == PHRASES[phrase]
    assert Phrases(PHRASES, behind).gettext("Unknown") == "Unknown"
