"""LaTeX as MathML by latex2mathml, which passes over mistakes: here they are refused."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

from latex2mathml.converter import convert

_CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "mroot": 2, "munder": 2, "mover": 2}


_ALIGNED = "align|aligned|alignat|alignedat|flalign|eqnarray"  # all as align*
_CENTRED = "gather|gathered|multline"
_ENVIRONMENT = re.compile(
    rf"\\(begin|end)\{{(?:({_ALIGNED})|({_CENTRED})|(equation))\*?\}}(?:(?<=at\}})\{{\d+\}})?"
)
_BEGUN = re.compile(r"\\begin\{([^}]*)\}")
_READ = {"align*", "array", "cases", "split", "smallmatrix"}  # others are passed over in silence
_READ |= {f"{brackets}matrix{star}" for brackets in ("", *"pbBvV") for star in ("", "*")}
_COLUMN = re.compile(r'<mtd columnalign="(left|right)"')  # which browsers pass over
_AROUND_RELATION = re.compile(r"&\s*(=|[<>]|\\[a-z]+)\s*&")  # of an eqnarray


class UnreadableFormula(ValueError):
    """A formula that cannot be shown; the text says why, in Chinese."""


def mathml(latex: str, *, block: bool = False) -> str:
    """Return the formula as a ``math`` element.

    Raises
    ------
    UnreadableFormula
        If a command is unknown, an argument is missing or the result is not well-formed.
    """
    return _converted(latex, "block" if block else "inline")[0]


def mathml_tree(latex: str) -> ElementTree.Element:
    """Return the formula's ``math`` element, its tags without a namespace; else as `mathml`."""
    return _converted(latex, "inline")[1]


@cache
def _converted(latex: str, display: str) -> tuple[str, ElementTree.Element]:
    plain = _without_numbers(latex)
    try:
        text = str(convert(plain, display=display))
        root = ElementTree.fromstring(text)
    except Exception as error:  # latex2mathml's errors have no base of their own
        raise UnreadableFormula(f"读不出（{error or type(error).__name__}）") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        if (element.text or "").startswith("\\"):
            raise UnreadableFormula(f"不认识的命令 {element.text}")
        if len(element) != _CHILDREN.get(element.tag, len(element)):
            raise UnreadableFormula(f"{element.tag} 的参数不全")
    return _COLUMN.sub(r'<mtd style="text-align: \1; padding-\1: 0"', text), root


def _without_numbers(latex: str) -> str:
    """Return the formula in environments that the converter knows, none of them numbered."""

    def known(found: re.Match[str]) -> str:
        if found[4]:
            return ""
        if found[3]:
            return f"\\{found[1]}{{array}}" + ("{c}" if found[1] == "begin" else "")
        return f"\\{found[1]}{{align*}}"

    if "eqnarray" in latex:
        latex = _AROUND_RELATION.sub(r"&\1 ", latex)
    plain = _ENVIRONMENT.sub(known, latex)
    for name in _BEGUN.findall(plain):
        if name not in _READ:
            raise UnreadableFormula(f"不认识的环境 {name}")
    return plain
