"""Sphinx extension: formulas as MathML, which browsers show without a script or a network.

Registers the math renderer ``mathml`` (``html_math_renderer: mathml``). A formula that cannot be
read is a warning with its place, and so an error of the build: latex2mathml passes unknown
commands through.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

_CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "msubsup": 3, "mroot": 2, "munder": 2, "mover": 2}


class UnreadableFormula(ValueError):
    """A formula that latex2mathml cannot turn into sound MathML."""


def mathml(latex: str, *, block: bool = False) -> str:
    """Return the formula as a ``math`` element.

    Raises
    ------
    UnreadableFormula
        If a command is unknown, an argument is missing or the result is not well-formed.
    """
    try:
        text = convert(latex, display="block" if block else "inline")
        root = ElementTree.fromstring(text)
    except Exception as error:  # latex2mathml's errors have no base of their own
        raise UnreadableFormula(f"{latex}:{error or type(error).__name__}") from error
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if (element.text or "").startswith("\\"):
            raise UnreadableFormula(f"{latex}：不认识的命令 {element.text}")
        if len(element) != _CHILDREN.get(name, len(element)):
            raise UnreadableFormula(f"{latex}：{name} 的参数不全")
    return str(text)


def _rendered(node: nodes.math | nodes.math_block, *, block: bool) -> str:
    try:
        return mathml(node.astext(), block=block)
    except UnreadableFormula as error:
        logger.warning("无法读取公式 %s", error, location=node)
        return ""


def visit_inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    translator.body.append(_rendered(node, block=False))
    raise nodes.SkipNode


def visit_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on lines of its own, with its number where it has a label."""
    # A long formula scrolls in its own box, which the keyboard has to reach.
    attributes = {"CLASS": "math notranslate nohighlight", "tabindex": "0"}
    names = {"role": "group", "aria-label": "公式"}
    translator.body.append(translator.starttag(node, "div", "\n", False, **attributes, **names))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, _("Link to this equation"))
        translator.body.append("</span>")
    translator.body.append(_rendered(node, block=True))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer ``mathml``."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
