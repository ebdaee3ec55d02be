"""The rules a workbook is checked by: id, severity, Chinese name, wording and remedy of each.

The checks themselves stand where the cells are read; here is what they say, in tables, so that the
handbook can list every rule and the wording stays even. A rule's wording may use ``{observed}``,
``{expected}`` and whatever else its check passes.
"""

from planbook.collect.rules import cells, files, history, rows, sense, sizes
from planbook.collect.rules.rule import Place, Rule, explains

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (files, rows, cells, sense, sizes, history)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
)
_COMPARING = frozenset(rule.id for rule in RULES if rule.compares)


def expected_label(rule_id: str) -> str:
    """Return what to call a finding's `expected`: 93 beside 931 is no order to write 93."""
    if rule_id == rows.BLANK_STATUS.id:
        return "单元格"
    return "对照" if rule_id in _COMPARING else "应为"


__all__ = [
    "RULES",
    "Place",
    "Rule",
    "cells",
    "expected_label",
    "explains",
    "files",
    "history",
    "rows",
    "sense",
    "sizes",
]
