"""Formulas: MathML to Typst; what formulas of the book do not need is an error."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from planbook.produce.latex import UnreadableFormula, mathml_tree
from planbook.produce.pdf.setting.typst_code import call, literal

_GROUPS = {"math", "mrow", "mstyle", "mpadded"}
_ACCENTS = {"^": "hat", "‾": "overline", "¯": "overline", "~": "tilde", "→": "arrow", "˙": "dot"}
_FENCES = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "∥": "∥"}
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
    tree = mathml_tree(latex)
    table = _alone(tree)
    body = _lines(table) if table is not None else _sequence(list(tree))
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
    for element in _with_fences(elements):
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
        case "mtable":
            rows = "; ".join(", ".join(_cells(row)) for row in element)
            if element.get("cases"):
                return f"cases({', '.join(' & quad '.join(_cells(row)) for row in element)})"
            delimiter = element.get("fence")
            shown = literal(delimiter) if delimiter else "none"
            return f"mat(delim: #{shown}, {rows})"
        case name:
            raise UnreadableFormula(f"不支持的结构 {name}")


def _alone(element: ElementTree.Element) -> ElementTree.Element | None:
    """Return the table of lines below each other that is all of a formula."""
    while len(element) == 1 and element.tag in _GROUPS:
        element = element[0]
    return element if element.tag == "mtable" and element.get("displaystyle") else None


def _lines(table: ElementTree.Element) -> str:
    """Return lines that are aligned, as LaTeX's, at every ``&``."""
    return " \\ ".join(" & ".join(_cells(row)) for row in table)


def _cells(row: ElementTree.Element) -> list[str]:
    return [_sequence(list(cell)) or '#""' for cell in row]


def _with_fences(elements: list[ElementTree.Element]) -> Iterator[ElementTree.Element]:
    """Yield elements; a matrix has its brackets, and a case distinction its brace, as its own."""
    rest = list(elements)
    while rest:
        first, *rest = rest
        if rest and rest[0].tag == "mtable" and first.tag == "mo":
            table, opening = rest[0], first.text or ""
            closing = rest[1].text if len(rest) > 1 and rest[1].tag == "mo" else None
            if opening == "{" and len(rest) == 1:
                table.set("cases", "cases")
                first, *rest = rest
            elif opening in _FENCES and closing == _FENCES[opening]:
                table.set("fence", opening)
                first, rest = table, rest[2:]
        yield first


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
        case "mtable":
            return "；".join(said)
        case _:
            return "".join(said) or (element.text or "").replace("\xa0", " ")


def _grouped(said: str) -> str:
    return said if len(said) == 1 or said.isalnum() or said.startswith("|") else f"({said})"
