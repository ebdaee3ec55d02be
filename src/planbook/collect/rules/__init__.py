"""The rules a workbook is checked by: id, severity, Chinese name, wording and remedy of each.

The checks themselves stand where the cells are read; here is what they say, in tables, so that
every list of findings can name its rules and the wording stays even. A rule's wording may use
``{observed}``, ``{expected}`` and whatever else its check passes.
"""

from planbook.collect.rules import (
    cell_rules,
    file_rules,
    history_rules,
    project_rules,
    reply_rules,
    row_rules,
    size_rules,
    task_rules,
)
from planbook.collect.rules.rule import Place, Rule, explains

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (
        file_rules,
        row_rules,
        cell_rules,
        size_rules,
        history_rules,
        reply_rules,
        task_rules,
        project_rules,
    )
    for rule in vars(module).values()
    if isinstance(rule, Rule)
)
_BY_ID = {rule.id: rule for rule in RULES}


def title_of(rule_id: str) -> str:
    """Return what a rule is called; a rule that there is no more, by its id."""
    return _BY_ID[rule_id].title if rule_id in _BY_ID else rule_id


def expected_label(rule_id: str) -> str:
    """Return what to call a finding's `expected`: 93 beside 931 is no order to write 93."""
    if rule_id == row_rules.BLANK_STATUS.id:
        return "单元格"
    return "对照" if rule_id in _BY_ID and _BY_ID[rule_id].compares else "应为"


__all__ = [
    "RULES",
    "Place",
    "Rule",
    "cell_rules",
    "expected_label",
    "explains",
    "file_rules",
    "history_rules",
    "project_rules",
    "reply_rules",
    "row_rules",
    "size_rules",
    "task_rules",
    "title_of",
]
