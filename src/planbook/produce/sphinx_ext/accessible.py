"""Sphinx extension: the theme's own markup, in the reader's language and with names for ears.

The theme leaves some words in English, gives a button a name that is not what it shows, and draws
ten icons with a script of 1.5 MB that every page loads. Words that it looks up are given here as a
catalogue behind its own; what its templates hold is replaced in the finished page. Nothing here
knows the book: browser tests look at every page and name what is still wrong.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx import locale
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

PHRASES = {  # what Sphinx and the theme ask their catalogues for, and should be told
    "Color mode": "切换明暗",
    "Light": "浅色",
    "Dark": "深色",
    "System Settings": "随系统",
    "Link to this heading": "本节的链接",
    "Link to this image": "本图的链接",
    "Link to this table": "本表的链接",
    "Link to this code": "本段代码的链接",
    "Link to this equation": "本公式的链接",
    "Link to this definition": "本条的链接",
    "Skip to main content": "跳到正文",
    "previous": "上一页",
    "next": "下一页",
}
LABELS = {  # what the templates hold
    'aria-label="Main"': 'aria-label="全书目录"',
    'aria-label="Page"': 'aria-label="本页目录"',
    'aria-label="Announcement"': 'aria-label="公告"',
    'title="Toggle primary sidebar"': 'title="开关全书目录" aria-label="开关全书目录"',
    'title="Toggle secondary sidebar"': 'title="开关本页目录" aria-label="开关本页目录"',
    'aria-label="Toggle hidden content"': 'aria-label="展开或收起"',
    ">Show code cell source<": ">展开代码<",
    ">Hide code cell source<": ">收起代码<",
    ">Show code cell output<": ">展开结果<",
    ">Hide code cell output<": ">收起结果<",
    ">Show code cell content<": ">展开代码和结果<",
    ">Hide code cell content<": ">收起代码和结果<",
    "let toggleHintShow = 'Click to show'": "let toggleHintShow = '展开'",
    "let toggleHintHide = 'Click to hide'": "let toggleHintHide = '收起'",
}
ICONS = {  # strokes on a square of 16
    "angle-left": "M10 3 5 8l5 5",
    "angle-right": "m6 3 5 5-5 5",
    "arrow-up": "M8 14V2M3 7l5-5 5 5",
    "bars": "M2 4h12M2 8h12M2 12h12",
    "circle-half-stroke": "M8 1.5a6.5 6.5 0 1 0 0 13zM8 1.5a6.5 6.5 0 0 1 0 13",
    "list": "M6 4h8M6 8h8M6 12h8M2 4h1M2 8h1M2 12h1",
    "magnifying-glass": "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10.5 10.5 14 14",
    "moon": "M13.5 9.5a6 6 0 0 1-7-7 6 6 0 1 0 7 7z",
    "outdent": "M2 3h12M7 8h7M2 13h12M4.5 6 2.5 8l2 2",
    "sun": "M11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15"
    "M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
}
FONT_AWESOME = "fontawesome.js"

_ICON = re.compile(r'<(i|span) class="([^"]*\bfa-solid\b[^"]*)"([^>]*)></\1>')
_ICON_SCRIPT = re.compile(
    r"[ \t]*(?:<!-- So that users can add custom icons -->\s*)?"
    rf'<script defer src="[^"]*{re.escape(FONT_AWESOME)}[^"]*"></script>\n?'
)
_SEARCH_FIELD = re.compile(r'(<button class="btn search-button-field[^"]*") title="([^"]*)"[^>]*>')
_SHORTCUT = re.compile(r'<span class="search-button__kbd-shortcut">')


class Phrases(gettext.NullTranslations):
    """A catalogue whose words come before those of the catalogue behind it."""

    def __init__(self, phrases: dict[str, str], behind: gettext.NullTranslations) -> None:
        super().__init__()
        self.phrases = phrases
        self.add_fallback(behind)

    def gettext(self, message: str) -> str:
        return self.phrases.get(message) or super().gettext(message)


def mended(page: str) -> str:
    """Return the page with the theme's markup mended.

    - Labels in English become Chinese.
    - Icons are drawn in the page, hidden from screen readers; the script that drew them is gone.
    - The search button is called what it shows: its shortcut is for eyes only.
    """
    for english, label in LABELS.items():
        page = page.replace(english, label)
    page = _ICON_SCRIPT.sub("", page)
    page = _SEARCH_FIELD.sub(r"\1>", page)
    page = _SHORTCUT.sub('<span class="search-button__kbd-shortcut" aria-hidden="true">', page)
    return _ICON.sub(_drawn, page)


def _drawn(icon: re.Match[str]) -> str:
    names = icon[2].split()
    known = [name for name in names if name.removeprefix("fa-") in ICONS]
    if not known:
        return icon[0]
    kept = [name for name in names if name not in known and name != "fa-solid"]
    mode = re.search(r'data-mode="\w+"', icon[3])  # which of the three shows is the theme's style
    return (
        f'<svg class="{" ".join(["pb-icon", *kept])}" viewBox="0 0 16 16" aria-hidden="true"'
        f"{f' {mode[0]}' if mode else ''}>"
        f'<path d="{ICONS[known[0].removeprefix("fa-")]}"/></svg>'
    )


def mend_theme(app: Sphinx) -> None:
    """Put the phrases before the theme's, and let every page be mended as it is rendered.

    Sphinx keeps catalogues for as long as the process lives: the theme's come back at the end, for
    another book may be made next.
    """
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    key = ("general", "sphinx")
    behind = locale.translators.get(key, gettext.NullTranslations())
    phrases = locale.translators[key] = Phrases(PHRASES, behind)
    app.connect("build-finished", lambda *_: locale.translators.update({key: behind}))
    templates = app.builder.templates
    templates.environment.install_gettext_translations(phrases)
    render: Callable[[str, dict[str, Any]], str] = templates.render
    templates.render = lambda template, context: mended(render(template, context))


def drop_unused_files(app: Sphinx, exception: Exception | None) -> None:
    """Delete what the theme copies and no page loads: the icon script and maps for debuggers."""
    if exception is None and isinstance(app.builder, StandaloneHTMLBuilder):
        static = Path(app.builder.outdir, "_static")
        for path in {*static.rglob(f"{FONT_AWESOME}*"), *static.rglob("*.map")}:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect after the theme, which adds its catalogues and templates."""
    app.connect("builder-inited", mend_theme, priority=900)
    app.connect("build-finished", drop_unused_files)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
