"""Turn a page as readers see it into the texts that the search looks through, section by section.

The source is the HTML that Sphinx has written, so that tables and figures from notebooks count
like any other text. Nothing is cut into words here: the search script looks for what was typed in
the text itself, which is the same for a whole name, half a word, a number or one character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_ARTICLE = re.compile(r'<article class="bd-article">(.*)</article>', re.DOTALL)
_BLOCK = "\0"  # stands between blocks until white space has been put in order
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | {
    *("blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr"),
    *("li", "ol", "p", "pre", "section", "summary", "table", "tr", "ul"),
}
_SPACED = frozenset(("td", "th", "br"))
_UNREAD = frozenset(("math", "noscript", "script", "style", "svg", "template"))
_UNREAD_CLASSES = frozenset(("headerlink", "pb-dateline"))  # the dateline is on every page
_VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))

# Drawings and formulas are most of a page; the parser need not see what is not read.
_FILLED = re.compile(
    rf"""(<({"|".join(sorted(_UNREAD))})\b(?:[^>"']|"[^"]*"|'[^']*')*>)(.*?)(</\2>)""", re.DOTALL
)

# Direction marks, joiners, soft hyphens: unseen on the page, they would split a word.
_UNSEEN = re.compile(r"[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_WIDE})[^\S\n]*\n\s*(?={_WIDE})")


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, up to the next heading.

    `anchor` is empty for the top of the page, whose heading is the page's title. Blocks of `text`
    (paragraphs, rows of a table, the alternative text of a figure) are lines.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class PageText:
    """What one page says."""

    title: str
    sections: tuple[Section, ...]


def page_text(page: str) -> PageText:
    """Return the text of a page that the book's theme has written.

    Raises
    ------
    ValueError
        If the page has no article: the theme writes another page than this module knows.
    """
    article = _ARTICLE.search(page)
    if article is None:
        raise ValueError('no <article class="bd-article">')
    reader = _Reader()
    reader.feed(_FILLED.sub(_emptied, article[1]))
    reader.close()
    sections = tuple(open_section.closed() for open_section in reader.sections)
    return PageText(sections[0].heading, tuple(s for s in sections if s.heading or s.text))


def _emptied(element: re.Match[str]) -> str:
    within_itself = f"<{element[2]}" in element[3]  # then this is not where it ends
    return element[0] if within_itself else element[1] + element[4]


@dataclass
class _OpenSection:
    anchor: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def closed(self) -> Section:
        heading = _in_order(self.heading).replace("\n", " ")
        return Section(self.anchor, heading, _in_order(self.text))


class _Reader(HTMLParser):
    """Collects sections. What is outside any section belongs to the top of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [_OpenSection("")]
        self._within = [self.sections[0]]
        self._in_heading = False
        self._unread: list[str] = []  # elements open below one that is not read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread:
            if tag not in _VOID:
                self._unread.append(tag)
            return
        given = {name: value or "" for name, value in attrs}
        self._add_boundary(tag)
        if tag == "img" or given.get("role") == "img":
            self._add(_BLOCK + given.get("alt", given.get("aria-label", "")) + _BLOCK)
        if tag in _UNREAD or not _UNREAD_CLASSES.isdisjoint(given.get("class", "").split()):
            self._unread.append(tag)
        elif tag == "section":
            self._open(given.get("id", ""))
        elif tag in _HEADINGS:
            self._in_heading = not self._within[-1].heading

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            if tag in self._unread:
                while self._unread.pop() != tag:
                    pass
            return
        if tag in _HEADINGS:
            self._in_heading = False
        self._add_boundary(tag)
        if tag == "section" and len(self._within) > 1:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._add(data)

    def _open(self, anchor: str) -> None:
        if len(self._within) == 1 and not self._within[0].heading:
            self._within.append(self.sections[0])  # the page's own section
            return
        self.sections.append(_OpenSection(anchor))
        self._within.append(self.sections[-1])

    def _add(self, text: str) -> None:
        section = self._within[-1]
        (section.heading if self._in_heading else section.text).append(text)

    def _add_boundary(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._add(_BLOCK)
        elif tag in _SPACED:
            self._add(" ")


def _in_order(parts: list[str]) -> str:
    text = _BREAK_IN_CHINESE.sub("", _UNSEEN.sub("", "".join(parts)))
    blocks = [" ".join(block.split()) for block in text.split(_BLOCK)]
    return "\n".join(block for block in blocks if block)
