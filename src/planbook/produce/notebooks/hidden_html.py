"""HTML in an author's text that a page and paper would not show alike, or that breaks the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from markdown_it.token import Token

from planbook.produce.notebooks.cell_outputs import Wrong

_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def hidden_html(tokens: Sequence[Token]) -> list[Wrong]:
    """Return what HTML in a text hides from some readers only, and ends that have no beginning."""
    found = _Tags()
    for html in _html(tokens):
        found.feed(html)
    return list(dict.fromkeys(found.wrong))


def _html(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("html_block", "html_inline"):
            yield token.content
        yield from _html(token.children or ())


class _Tags(HTMLParser):
    """Follows the tags of a text from its first to its last."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[Wrong] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if "hidden" in about or _UNSEEN.search(about.get("style") or ""):
            fix = "删去，或者单独写一个单元格，加标签 remove-cell"
            self.wrong.append((f"<{tag}> 在网页上看不见，印在纸上却看得见", fix))
        if tag in ("style", "script"):
            self.wrong.append((f"文字中不能有 <{tag}>", "删去；样式写在 book/_static/ 的样式表中"))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif tag not in _VOID:
            self.wrong.append((f"</{tag}> 没有开头，会打乱网页", "删去，或者补上成对的开头"))
