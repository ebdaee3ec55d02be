"""The rules of early warning as a table: what is warned of, from which limit, how often so far."""

from __future__ import annotations

from planbook.plan.model import Plan
from planbook.present.say.alert_terms import rule_words
from planbook.present.tables.cells import Cell, Column
from planbook.present.tables.table import Cells, Table, listing
from planbook.watch_frames import AlertRule

_NOTE = (
    "响应率为触发的季度所占的比例，由219个公开季度数列（其中没有我国区县的数列）的历史得出，"
    "目标设想为照以往走势延续；其中有真实的转折，所以响应不都是误报。「—」为按填报和决定的内容得出，不作统计。"
    "界限由本书设定，在方案数据文件中可以调整；调整以后，所列响应率不再适用。"
)


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
    return listing("alert-rules", "预警规则", cells, list(said), note=_NOTE)
