"""Sphinx extension: formulas as MathML, which browsers show without a script or a network.

Registers the math renderer ``mathml`` (``html_math_renderer: mathml``). A formula that cannot be
read is a warning with its place, and so an error of the build.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from planbook.produce.latex import UnreadableFormula, mathml

logger = logging.getLogger(__name__)


def _rendered(node: nodes.math | nodes.math_block, *, block: bool) -> str:
    try:
        return mathml(node.astext(), block=block)
    except UnreadableFormula as error:
        logger.warning("无法读取公式「%s」：%s", node.astext(), error, location=node)
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
