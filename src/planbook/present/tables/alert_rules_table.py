"""The rules of early warning as a table: what is warned of, from which limit, how often so far."""

from __future__ import annotations

from planbook.plan.model import Plan
from planbook.present.say.alert_terms import RULES_NOTE, rule_words
from planbook.present.tables.cells import Cell, Column
from planbook.present.tables.table import Cells, Table, listing
from planbook.watch_frames import AlertRule


def alert_rules_table(plan: Plan) -> Table:
    """Return every rule with the plan's limits."""
    said = rule_words(plan.about.alerts)
    cells: Cells[AlertRule] = {
        Column("规则"): lambda rule: Cell(rule.label, below=rule.value),
        Column("在什么情形下预警"): lambda rule: said[rule].condition,
        Column("界限"): lambda rule: said[rule].limit,
        Column("由谁答复"): lambda rule: said[rule].answered_by,
        Column("响应率"): lambda rule: said[rule].responses,
    }
    return listing("alert-rules", "预警规则", cells, list(said), note=RULES_NOTE)
