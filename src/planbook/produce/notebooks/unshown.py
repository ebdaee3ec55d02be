"""Charts of an analyst's own that a cell makes and does not show, as nobody means it."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from planbook.produce.notebooks.cell_outputs import Wrong


def unshown_charts(source: str) -> Iterator[Wrong]:
    """Yield for each ``planbook.chart`` in vain what is wrong, and the remedy.

    JupyterLab and the book show the last expression of a cell, and what is given to ``display``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return  # magics; what is wrong in any kernel is told as it runs
    last = tree.body[-1] if tree.body else None
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and node is not last and _is_chart(node.value):
            yield (
                f"第{node.lineno}行的 planbook.chart 没有显示：它不是单元格的最后一个表达式",
                "写成 display(planbook.chart(…))；循环中的也一样",
            )


def _is_chart(value: ast.expr) -> bool:
    match value:
        case ast.Call(ast.Attribute(ast.Name("planbook"), "chart")):
            return True
    return False
