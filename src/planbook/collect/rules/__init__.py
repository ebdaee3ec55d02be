"""The rules a workbook is checked by: id, severity, Chinese name, wording and remedy of each.

The checks themselves stand where the cells are read; here is what they say, in tables, so that the
handbook can list every rule and the wording stays even. A rule's wording may use ``{observed}``,
``{expected}`` and whatever else its check passes.
"""

from planbook.collect.rules import cells, files, history, rows, sense, sizes
from planbook.collect.rules.rule import Place, Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (files, rows, cells, sense, sizes, history)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
)

__all__ = ["RULES", "Place", "Rule", "cells", "files", "history", "rows", "sense", "sizes"]
