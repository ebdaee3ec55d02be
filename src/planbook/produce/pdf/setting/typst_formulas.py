"""Formulas: MathML to Typst; what formulas of the book do not need is an error."""

from __future__ import annotations

from xml.etree import ElementTree

from planbook.produce.latex import UnreadableFormula, mathml_tree
from planbook.produce.pdf.setting.typst_code import call, literal

_GROUPS = {"math", "mrow", "mstyle", "mpadded"}
_ACCENTS = {"^": "hat", "‾": "overline", "¯": "overline", "~": "tilde", "→": "arrow", "˙": "dot"}
_BUILT = {  # of an element's parts, as Typst
    "mfrac": "frac({}, {})",
    "mroot": "root({1}, {0})",
    "msup": "attach({}, t: {})",
    "msub": "attach({}, b: {})",
    "msubsup": "attach({}, b: {}, t: {})",
}


def formula(latex: str, reading: str, *, block: bool) -> str:
    """Return a formula as an expression; `reading` is its alternative text.

    Raises
    ------
    UnreadableFormula
        If a command is not known, an argument is missing or a construct cannot be set.
    """
    body = _sequence(list(mathml_tree(latex)))
    return call(
        "math.equation",
        f"$ {body} $.body" if block else f"${body}$.body",
        block="true" if block else "false",
        alt=literal(reading),
    )


def spoken(latex: str) -> str:
    """Return a formula in one line of plain text: (v−b)/|T−b|."""
    return "".join(_said(part) for part in mathml_tree(latex)).strip() or latex


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
                raise UnreadableFormula("括号不成对")
            start, begin = opened.pop()
            inside = " ".join(parts[start:])
            parts[start:] = [f"lr({_mark(begin)} {inside} {_mark(mark)})"]
            continue
        parts.append(_typst(element))
    if opened:
        raise UnreadableFormula("括号不成对")
    return " ".join(part for part in parts if part)


def _typst(element: ElementTree.Element) -> str:
    inside = list(element)
    text = element.text or ""
    if element.tag in _GROUPS:
        return _sequence(inside)
    if element.tag in _BUILT:
        return _BUILT[element.tag].format(*map(_typst, inside))
    match element.tag:
        case "mi" | "mn" | "mo":
            return _mark(text) if element.tag != "mi" or len(text) == 1 else f"#{literal(text)}"
        case "mtext":
            return f"#{literal(text.replace(chr(0xA0), ' '))}"
        case "mspace":
            return "quad"
        case "msqrt":
            return f"sqrt({_sequence(inside)})"
        case "mover" if (inside[1].text or "") in _ACCENTS:
            return f"{_ACCENTS[inside[1].text or '']}({_typst(inside[0])})"
        case name:
            raise UnreadableFormula(f"不支持的结构 {name}")


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
    said = [_said(part) for part in element]
    short = [_grouped(part) for part in said]
    match element.tag:
        case "mfrac":
            return "/".join(short)
        case "msup":
            return "^".join(short)
        case "msub":
            return f"{said[0]}_{short[1]}"
        case "msubsup":
            return f"{said[0]}_{short[1]}^{short[2]}"
        case "msqrt":
            return f"√({''.join(said)})"
        case _:
            return "".join(said) or (element.text or "").replace("\xa0", " ")


def _grouped(said: str) -> str:
    return said if len(said) == 1 or said.isalnum() or said.startswith("|") else f"({said})"
