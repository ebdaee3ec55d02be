"""Text made safe and fit to print: escaping, full-width punctuation, widths.

Everything that comes from a workbook or an input file is untrusted. It reaches a page only through
`Html` or `markdown`, after which it is nothing but characters there.
"""

from __future__ import annotations

import html as _html
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Self

from markupsafe import Markup

_MARKUP = re.compile(r"[&<>\"'`*_{}\[\]$\\|~#!@:^=]")
_LINE_START = re.compile(r"^(\d+)([.)])|^[-+]")
_DOT_IN_WORD = re.compile(r"\.(?=[A-Za-z])")
_FULL = str.maketrans(":;()?!", "：；（）？！")
_HALF_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_OTHER_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+")


def one_line(text: str) -> str:
    """Return the text with every run of white space or control characters as one space."""
    if not text.isprintable():
        text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(text.split())


class Html(Markup):
    """Safe HTML: text that is formatted, joined or added to it is escaped, and on one line.

    A blank line would end a block of HTML in a page of Markdown, so text from outside has none.
    """

    __slots__ = ()

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        """Return safe HTML as it is, anything else as the characters that its text has."""
        if type(s) is cls:
            return s
        if hasattr(s, "__html__"):
            return cls(s.__html__())
        return cls(_html.escape(one_line(str(s)), quote=True))

    def format(self, *args: Any, **kwargs: Any) -> Self:
        """Fill the fields, which are bare: names or nothing between braces."""
        named = {name: self.escape(value) for name, value in kwargs.items()}
        return type(self)(str.format(self, *map(self.escape, args), **named))


def html(text: str) -> Html:
    """Return the text as the content of an HTML element or of a quoted attribute."""
    return Html.escape(text)


def lines(parts: Iterable[str]) -> Html:
    """Return pieces of HTML below each other, text among them escaped."""
    return Html("\n").join(parts)


def markdown(text: str) -> str:
    """Return the text as Markdown that renders as exactly these characters.

    Character references rather than backslashes: no Markdown dialect reads them as syntax.
    """

    def reference(match: re.Match[str]) -> str:
        return "".join(f"&#{ord(c)};" if not c.isdigit() else c for c in match[0])

    safe = _MARKUP.sub(reference, one_line(text))
    return _LINE_START.sub(reference, _DOT_IN_WORD.sub("&#46;", safe))


def full_width(text: str) -> str:
    """Return Chinese text with the full-width marks that the original has.

    The plan's text came to us with half-width commas, colons and brackets; it is stored as it came.
    Text in another script is left alone: it has more words of that script than Chinese characters.
    """
    if len(_HAN.findall(text)) < max(len(_OTHER_WORD.findall(text)), 1):
        return text
    return _HALF_COMMA.sub("，", text.translate(_FULL))


def display_width(text: str) -> int:
    """Return the width in half-width columns: 2 for a Chinese character, 1 for a Latin one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def listed(names: list[str], limit: int = 3) -> str:
    """Return names joined by 「、」, the first `limit` of them and 「等」 where there are more."""
    shown = "、".join(names[:limit])
    return f"{shown}等" if len(names) > limit else shown
