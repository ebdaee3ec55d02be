"""Formulas: LaTeX by latex2mathml to MathML, and MathML to Typst.

The reading of LaTeX is left to the library that the pages of the book use; of MathML, what these
formulas need is known here, and anything else is an error.
"""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree

from latex2mathml.converter import convert

from planbook.produce.pdf.setting.typst_code import call, literal

_CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "mroot": 2, "munder": 2, "mover": 2}
_GROUPS = {"math", "mrow", "mstyle", "mpadded"}
_ACCENTS = {"^": "hat", "‾": "overline", "¯": "overline", "~": "tilde", "→": "arrow", "˙": "dot"}
_OPENING = "([{|⌊⌈"
_CLOSING = ")]}|⌋⌉"
_SUPERSCRIPT = {"∗": "*"}


class Unreadable(ValueError):
    """A formula that cannot be set; the text says why, in Chinese."""


def formula(latex: str, reading: str, *, block: bool) -> str:
    """Return a formula as an expression; `reading` is its alternative text.

    Raises
    ------
    Unreadable
        If a command is not known, an argument is missing or a construct cannot be set.
    """
    body = _sequence(list(_parsed(latex)))
    return call(
        "math.equation",
        f"$ {body} $.body" if block else f"${body}$.body",
        block="true" if block else "false",
        alt=literal(reading),
    )


def spoken(latex: str) -> str:
    """Return a formula in one line of plain text: (v−b)/|T−b|."""
    return "".join(_said(part) for part in _parsed(latex)).strip() or latex


@cache
def _parsed(latex: str) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(convert(latex))
    except Exception as error:  # latex2mathml's errors have no base of their own
        raise Unreadable(f"读不出（{error or type(error).__name__}）") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        if (element.text or "").startswith("\\"):
            raise Unreadable(f"不认识的命令 {element.text}")
        if len(element) != _CHILDREN.get(element.tag, len(element)):
            raise Unreadable(f"{element.tag} 的参数不全")
    return root


def _sequence(elements: list[ElementTree.Element]) -> str:
    """Return elements side by side; a pair of stretching brackets holds what is between."""
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    for element in elements:
        mark = element.text or ""
        if element.tag == "mo" and element.get("stretchy") == "true" and element.get("form"):
            if element.get("form") == "prefix":
                opened.append((len(parts), mark))
                continue
            if not opened:
                raise Unreadable("括号不成对")
            start, begin = opened.pop()
            inside = " ".join(parts[start:])
            parts[start:] = [f"lr({_mark(begin)} {inside} {_mark(mark)})"]
            continue
        parts.append(_typst(element))
    if opened:
        raise Unreadable("括号不成对")
    return " ".join(part for part in parts if part)


def _typst(element: ElementTree.Element) -> str:
    inside = list(element)
    text = element.text or ""
    if element.tag in _GROUPS:
        return _sequence(inside)
    match element.tag:
        case "mi" | "mn" | "mo":
            return _mark(text) if element.tag != "mi" or len(text) == 1 else f"#{literal(text)}"
        case "mtext":
            return f"#{literal(text.replace(chr(0xA0), ' '))}"
        case "mspace":
            return "quad"
        case "mfrac":
            return f"frac({_typst(inside[0])}, {_typst(inside[1])})"
        case "msqrt":
            return f"sqrt({_sequence(inside)})"
        case "mroot":
            return f"root({_typst(inside[1])}, {_typst(inside[0])})"
        case "msup":
            return f"attach({_typst(inside[0])}, t: {_typst(inside[1])})"
        case "msub":
            return f"attach({_typst(inside[0])}, b: {_typst(inside[1])})"
        case "msubsup":
            base, below, above = (_typst(one) for one in inside)
            return f"attach({base}, b: {below}, t: {above})"
        case "mover" if (inside[1].text or "") in _ACCENTS:
            return f"{_ACCENTS[inside[1].text or '']}({_typst(inside[0])})"
        case name:
            raise Unreadable(f"不支持的结构 {name}")


def _mark(text: str) -> str:
    """Return a symbol, number or bracket so that Typst reads it as nothing else."""
    if not text.strip():
        return "thin" if text else ""
    return (
        f"#symbol({literal(text)})"
        if len(text) == 1 and not text.isdigit()
        else f"#{literal(text)}"
    )


def _said(element: ElementTree.Element) -> str:
    inside = list(element)
    if element.tag == "mfrac":
        return f"{_grouped(inside[0])}/{_grouped(inside[1])}"
    if element.tag == "msup":
        return f"{_grouped(inside[0])}^{_grouped(inside[1])}"
    if element.tag == "msub":
        return f"{_said(inside[0])}_{_grouped(inside[1])}"
    if element.tag == "msubsup":
        return f"{_said(inside[0])}_{_grouped(inside[1])}^{_grouped(inside[2])}"
    if element.tag == "msqrt":
        return f"√({''.join(map(_said, inside))})"
    if element.tag == "mover":
        return f"{_said(inside[0])}{inside[1].text or ''}"
    if inside:
        return "".join(map(_said, inside))
    return (element.text or "").replace("\xa0", " ")


def _grouped(element: ElementTree.Element) -> str:
    said = _said(element)
    return said if len(said) == 1 or said.isalnum() or said.startswith("|") else f"({said})"
