"""Words within a line, the same whether they come from Markdown or HTML: from a tree to Typst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planbook.produce.latex import UnreadableFormula
from planbook.produce.pdf.setting.characters import pieces, width
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.typst_code import call, joined, literal
from planbook.produce.pdf.setting.typst_formulas import formula, spoken

SMALL = 0.86  # of the size around it, as in the template


@dataclass(frozen=True, slots=True)
class Span:
    """Words set in some way.

    Attributes
    ----------
    kind
        ``strong``, ``emph``, ``strike``, ``small``, ``kept`` (not broken), ``sub``, ``super``,
        ``link`` (value: address), ``ink`` (value: colour), ``code`` (value: the text), ``math``
        (value: LaTeX), ``break``, ``wbr`` (may break here), ``ready`` (Typst code).
    """

    kind: str
    inside: tuple[Inline, ...] = ()
    value: str = ""


Inline = str | Span

BREAK, MAY_BREAK = Span("break"), Span("wbr")
_PLAIN_CALLS = {
    "strong": "strong",
    "emph": "emph",
    "strike": "strike",
    "small": "small",
    "kept": "box",
    "sub": "sub",
    "super": "super",
}


def trimmed(words: Sequence[Inline]) -> list[Inline]:
    """Return the words without white space at either end, or around line breaks."""
    kept = [word for word in words if word != ""]
    while kept and isinstance(kept[0], str) and not kept[0].strip():
        kept.pop(0)
    while kept and (kept[-1] == BREAK or (isinstance(kept[-1], str) and not kept[-1].strip())):
        kept.pop()
    if kept and isinstance(kept[0], str):
        kept[0] = kept[0].lstrip()
    if kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip()
    return kept


def set_inline(words: Sequence[Inline], galley: Galley) -> str:
    """Return the words as one expression."""
    return joined(_set(word, galley) for word in words)


def _set(word: Inline, galley: Galley) -> str:
    if isinstance(word, str):
        return galley.text(word)
    match word.kind:
        case "code":
            return _code(word.value, galley)
        case "math":
            return set_formula(word.value, galley, block=False)
        case "break":
            return "linebreak()"
        case "wbr":
            return ""
        case "ready":
            return word.value
        case "link":
            return galley.link(word.value, set_inline(word.inside, galley))
        case "ink":
            inside = set_inline(word.inside, galley)
            return call("text", inside, fill=call("rgb", literal(word.value)))
        case kind:
            return call(_PLAIN_CALLS[kind], set_inline(word.inside, galley))


def _code(text: str, galley: Galley) -> str:
    shown = galley.printable(text)
    return joined(
        call("box", call("raw", literal(piece))) if kept else call("raw", literal(piece))
        for piece, kept in pieces(shown)
    )


def set_formula(latex: str, galley: Galley, *, block: bool) -> str:
    """Return a formula, with its reading as alternative text."""
    try:
        shown = galley.printable(latex)
        return formula(shown, spoken(shown), block=block)
    except UnreadableFormula as error:
        return galley.problem(f"公式「{latex.strip()}」无法排版：{error}", "改用书中已有的写法")


def plain(words: Sequence[Inline]) -> str:
    """Return the words without anything else; a line break is a space."""
    return "".join(_plain(word) for word in words)


def _plain(word: Inline) -> str:
    if isinstance(word, str):
        return word
    if word.kind == "break":
        return " "
    return word.value if word.kind in {"code", "math"} else plain(word.inside)


def extent(words: Sequence[Inline]) -> tuple[float, float]:
    """Return how wide words are in em: on one line, and the longest stretch that cannot break."""
    whole = longest = 0.0
    line = 0.0
    for word in words:
        if isinstance(word, Span) and word.kind == "break":
            whole, line = max(whole, line), 0.0
            continue
        full, kept = _extent(word)
        line += full
        longest = max(longest, kept)
    return max(whole, line), longest


def _extent(word: Inline) -> tuple[float, float]:
    if isinstance(word, str):
        stretches = [p for part, kept in pieces(word) for p in ([part] if kept else part.split())]
        return width(word), max((_unbroken(stretch) for stretch in stretches), default=0.0)
    if word.kind in {"code", "math"}:  # a little wider than running text
        return width(word.value) * 1.1, min(width(word.value) * 1.1, 10.0)
    full, kept = extent(word.inside)
    if word.kind == "kept":
        kept = full
    scale = SMALL if word.kind in {"small", "sub", "super"} else 1.0
    return full * scale, kept * scale


def _unbroken(text: str) -> float:
    """Return the width of the longest part of a text without spaces that cannot break.

    A line may break beside any Chinese character, except before a mark or after an opening one.
    """
    longest = current = 0.0
    for character in text:
        if "\u3400" <= character <= "\u9fff":
            longest, current = max(longest, current), width(character)
        else:
            current += width(character)
    return max(longest, current)
