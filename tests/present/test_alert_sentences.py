"""Every warning is a sentence with its numbers, its period and what is to be done next."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from outlook.record import EVERY, read
from planbook.frames import HISTORY
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.plan.alert_limits import AlertLimits
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.fragments import on_paper
from planbook.present.say.alert_sentences import ASKED, alert_sentence, alert_words
from planbook.present.say.alert_terms import rule_words
from planbook.present.tables.alert_rules_table import alert_rules_table
from planbook.present.tables.table import Table
from planbook.watch_frames import ACTIONS, AlertRow, AlertRule
from tests.present.conftest import EDITION, MakeBook, verdict_row
from tests.present_rows import action

BEFORE = Edition.parse("2026-Q2")
SEPTEMBER = TimePeriod(2026, 9)


def alert(rule: AlertRule, goal: str = "", **known: Any) -> AlertRow:
    row = AlertRow(
        edition=EDITION, alert_rule=rule, goal_id=goal, submitting_unit="software", since=EDITION
    )
    return replace(row, **known)


Case = tuple[
    AlertRow, dict[str, Any], str
]  # the warning, columns of its goal's verdict, what it says
CASES: dict[str, Case] = {
    "a flow above": (
        alert(
            AlertRule.OUTLIER,
            "testing-revenue",
            measured=32.1,
            limit=31.0,
            compared=28.0,
            period=SEPTEMBER,
        ),
        {},
        "2026年三季度，检验检测认证产业营业收入为32.10亿元，高于按以往走势预计的区间"
        "（28.00—31.00亿元），请核实数据，数据无误的说明原因。",
    ),
    "a flow of data that run late, below": (
        alert(
            AlertRule.OUTLIER,
            "software-revenue",
            measured=91.0,
            limit=100.0,
            compared=120.0,
            period=TimePeriod(2026, 8),
        ),
        {},
        "2026年6—8月，软件和信息服务业主营业务收入为91.00亿元，低于按以往走势预计的区间"
        "（100.00—120.00亿元），请核实数据，数据无误的说明原因。",
    ),
    "a level hardly outside": (
        alert(
            AlertRule.OUTLIER,
            "testing-institutions",
            measured=110.0,
            limit=109.8,
            compared=99.6,
            period=SEPTEMBER,
        ),
        {},
        "2026年9月末，检验检测机构数为110.0家，高于按以往走势预计的区间（99.6—109.8家），"
        "请核实数据，数据无误的说明原因。",
    ),
    "what is added in a quarter": (
        alert(
            AlertRule.OUTLIER,
            "tech-managers",
            measured=90.0,
            limit=60.0,
            compared=30.0,
            period=SEPTEMBER,
        ),
        {},
        "2026年三季度，培育技术经理人数当季为90人，高于按以往走势预计的区间（30—60人），"
        "请核实数据，数据无误的说明原因。",
    ),
    "a trend that turned": (
        alert(
            AlertRule.REVERSAL,
            "testing-revenue",
            measured=-0.032,
            limit=4.0,
            compared=0.051,
            period=SEPTEMBER,
        ),
        {},
        "检验检测认证产业营业收入截至2026年9月已连续4个季度低于上年同期（平均下降3.2%），"
        "此前一年平均增长5.1%，请分析原因，研究提出措施。",
    ),
    "a ratio that should fall and rises": (
        alert(
            AlertRule.REVERSAL,
            "logistics-cost-gdp",
            measured=0.4,
            limit=4.0,
            compared=-0.3,
            period=SEPTEMBER,
        ),
        {},
        "社会物流总费用占GDP比重截至2026年9月已连续4个季度高于上年同期（平均提高0.4个百分点），"
        "此前一年平均下降0.3个百分点，请分析原因，研究提出措施。",
    ),
    "a likelihood that crossed": (
        alert(AlertRule.LIKELIHOOD_CROSSED, "green-loans", measured=0.25, limit=0.3, compared=0.45),
        {"due": "2027-12"},
        "绿色贷款余额到2027年达到目标的可能性由45%降至25%，转为可能性较小（不高于30%），"
        "请研究补救措施。",
    ),
    "a likelihood that dropped": (
        alert(AlertRule.LIKELIHOOD_DROPPED, "green-loans", measured=0.45, limit=0.2, compared=0.65),
        {"due": "2027-12"},
        "绿色贷款余额到2027年达到目标的可能性由65%降至45%，降幅达到20个百分点以上，"
        "请分析原因，研究提出措施。",
    ),
    "growth beyond anything there was": (
        alert(AlertRule.BEYOND_HISTORY, "green-loans", measured=0.213, limit=0.082),
        {},
        "绿色贷款余额到2027年要达到目标，此后年均须增长21.3%，而以往各季同比最好的为增长8.2%，"
        "请说明靠什么实现，或者研究补救措施。",
    ),
    "growth of yearly totals, from the last four quarters": (
        alert(AlertRule.BEYOND_HISTORY, "international-trains", measured=0.215, limit=0.067),
        {},
        "国际班列开行到2027年要达到目标，此后年均须增长21.6%（从近四季合计算起），"
        "而以往各季同比最好的为增长6.7%，请说明靠什么实现，或者研究补救措施。",
    ),
    "growth of a level, from the newest": (
        alert(AlertRule.BEYOND_HISTORY, "leasing-growth", measured=0.209, limit=0.201),
        {},
        "融资租赁规模年均增速到2027年要达到目标，此后年均须增长20.9%（从最新数据算起），"
        "而以往各季同比最好的为增长20.1%，请说明靠什么实现，或者研究补救措施。",
    ),
    "less than a year is left": (
        alert(
            AlertRule.BEYOND_HISTORY,
            "green-loans",
            measured=0.094,
            limit=0.082,
            period=TimePeriod(2027, 12),
        ),
        {"latest_value": 3000.0, "latest_period": "2027-03"},
        "绿色贷款余额到2027年要达到目标，此后还须增长9.4%，而以往各季同比最好的为增长8.2%，"
        "请说明靠什么实现，或者研究补救措施。",
    ),
    "points beyond anything there was": (
        alert(AlertRule.BEYOND_HISTORY, "overall-producer-share", measured=1.6, limit=-0.2),
        {},
        "生产性服务业增加值占服务业增加值比重到2027年要达到目标，此后平均每年须提高1.7个百分点，"
        "而以往各季同比最好的为下降0.2个百分点，请说明靠什么实现，或者研究补救措施。",
    ),
    "more a quarter than ever": (
        alert(AlertRule.BEYOND_HISTORY, "tech-managers", measured=61.25, limit=50.0),
        {},
        "技术经理人到2027年要达到目标，此后平均每季还须62人，而以往最多的一季为50人，"
        "请说明靠什么实现，或者研究补救措施。",
    ),
    "a revision": (
        alert(
            AlertRule.LARGE_REVISION,
            "testing-revenue",
            measured=99.0,
            limit=0.01,
            compared=97.0,
            period=TimePeriod(2026, 6),
        ),
        {},
        "2026年1—6月检验检测认证产业营业收入由97.00亿元修订为99.00亿元，改动2.1%，超过1.0%的界限，"
        "请核实修订后的数据，并说明原因。",
    ),
    "a rating that fell": (
        alert(AlertRule.RATING_FELL, "green-loans", measured=0.91, limit=0.95, compared=0.97),
        {"rating": "滞后", "was": "达序时"},
        "绿色贷款余额由达序时●转为滞后▲（进度比由0.97降至0.91），请分析原因，提出赶上进度的措施。",
    ),
    "a rating that fell a while ago and is better again": (
        alert(
            AlertRule.RATING_FELL,
            "green-loans",
            measured=0.82,
            limit=0.95,
            compared=1.22,
            edition=EDITION.plus(1),
        ),
        {"rating": "滞后", "was": "达序时"},
        "绿色贷款余额自2026年三季度起差于此前的达序时●，现为滞后▲"
        "（进度比2026年二季度为1.22，现为0.82），请分析原因，提出赶上进度的措施。",
    ),
    "a rating that fell by a missed year": (
        alert(
            AlertRule.RATING_FELL, "hr-placements-yearly", measured=0.98, limit=0.6, compared=0.96
        ),
        {"rating": "严重滞后", "was": "达序时", "missed_years": "2025"},
        "帮助实现就业或流动由达序时●转为严重滞后■（2025年未达标），请分析原因，提出赶上进度的措施。",
    ),
    "a goal lost": (
        alert(AlertRule.FALLEN_OUT, "law-firms-100", measured=6.0, limit=7.0, period=SEPTEMBER),
        {"latest_value": 6.0, "latest_period": "2026-09", "rating": "滞后"},
        "100人以上律师事务所此前曾达到目标（7家），2026年9月末为6家，又未达到，"
        "请分析原因，研究提出措施。",
    ),
    "a goal missed": (
        alert(AlertRule.DUE_PASSED, "law-firms-100", measured=6.0, limit=7.0),
        {
            "latest_value": 6.0,
            "latest_period": "2027-12",
            "rating": "未达成",
        },
        "100人以上律师事务所于2027年到期，未达到目标（7家），2027年末为6家，"
        "请说明原因，提出后续安排。",
    ),
    "a goal missed that has no value": (
        alert(AlertRule.DUE_PASSED, "overall-signature-clusters"),
        {"rating": "未达成"},
        "特色生产性服务业集群于2027年到期，未达到目标（6个），请说明原因，提出后续安排。",
    ),
    "a goal that waits for an act": (
        alert(AlertRule.UNJUDGED, "survey-design-revenue", measured=3.0, limit=2.0),
        {"reason": "基数待补"},
        "勘察设计行业营业收入已连续3期无法判定（基数待补），请补报基期值。",
    ),
    "a yearly target": (
        alert(
            AlertRule.YEARLY_TARGET_MISSED,
            "software-revenue-cagr",
            measured=17.26,
            limit=18.0,
            period=TimePeriod(2025, 12),
        ),
        {},
        "软件和信息服务业主营业务收入年均增速2025年为17.3%，未达到年度目标（18%），"
        "请说明原因，提出下一年度的安排。",
    ),
    "a unit": (
        alert(AlertRule.UNIT_LATE, measured=2.0, limit=2.0),
        {},
        "软件信息行业服务部门已连续2期没有按时报送可用的数据，请按时报送。",
    ),
    "a measure": (
        alert(AlertRule.MEASURE_BLOCKED, measure_id="software-m07", measured=3.0, limit=2.0),
        {},
        "举措「建设两大软件人才“超级工厂”」已连续3期受阻，请说明困难，提请协调解决。",
    ),
    "a measure that tells nothing": (
        alert(AlertRule.MEASURE_SILENT, measure_id="software-m07", measured=2.0, limit=2.0),
        {},
        "举措「建设两大软件人才“超级工厂”」已连续2期没有新的进展说明，请补充本期的进展。",
    ),
    "an action": (
        alert(
            AlertRule.ACTION_OVERDUE,
            "green-loans",
            action_id="a01",
            measured=3.0,
            period=TimePeriod(2026, 6),
        ),
        {},
        "督办事项「a01的任务」应于2026年6月办结，已逾期3个月，请尽快办理并回复办理情况。",
    ),
}


def book_with(make_book: MakeBook, plan: Plan, row: AlertRow, cells: dict[str, Any]) -> OpenBook:
    """Return a book with the goal's verdict, and another one of the edition before."""
    now = {name: cell for name, cell in cells.items() if name != "was"}
    changes = {row.goal_id: now} if row.goal_id else {}
    history = [verdict_row(plan, goal.id, **changes.get(goal.id, {})) for goal in plan.goals]
    if "was" in cells:
        then = {"rating": cells["was"], "edition": str(BEFORE)}
        history.append(verdict_row(plan, row.goal_id, **then))
    return make_book(
        changes, history=HISTORY.frame(history), actions=ACTIONS.frame([action("a01")])
    )


@pytest.mark.parametrize("case", CASES)
def test_a_warning_is_a_sentence(case: str, make_book: MakeBook, plan: Plan) -> None:
    row, cells, said = CASES[case]
    assert alert_sentence(book_with(make_book, plan, row, cells), row) == said


def test_every_rule_has_a_sentence_and_words_in_one_order() -> None:
    assert {row.alert_rule for row, _, _ in CASES.values()} == set(AlertRule)
    assert list(ASKED) == list(rule_words(AlertLimits())) == list(AlertRule)


def test_what_is_found_and_what_is_asked_can_stand_apart(make_book: MakeBook) -> None:
    row = CASES["a unit"][0]
    words = alert_words(make_book(), row)
    assert str(words) == f"{words.found}，{words.asked}。"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            alert(AlertRule.MEASURE_BLOCKED, measure_id="gone", measured=2.0),
            "举措「gone」已连续2期受阻",
        ),
        (alert(AlertRule.UNIT_LATE, submitting_unit="gone", measured=2.0), "gone已连续2期"),
    ],
)
def test_an_old_warning_about_what_the_plan_has_no_more_is_still_said(
    row: AlertRow, said: str, make_book: MakeBook
) -> None:
    assert alert_sentence(make_book(), row).startswith(said)


def test_the_table_of_rules_is_the_rules_with_the_plans_limits(judged_book: OpenBook) -> None:
    table = on_paper(judged_book)["alert_rules"]
    assert isinstance(table, Table)
    rows = [row for group in table.groups for row in group.rows]
    named = [(row[0].text, row[0].below) for row in rows]
    assert named == [(rule.label, rule.value) for rule in AlertRule]
    assert all(cell.text for row in rows for cell in row)


@pytest.mark.parametrize(
    ("limit", "value", "printed"),
    [
        ("outlier", 0.95, ["95%", "97.5%"]),
        ("falling_quarters", 6, ["6个季度"]),
        ("likelihood_low", 0.15, ["15%"]),
        ("likelihood_drop", 0.25, ["25个百分点"]),
        ("likelihood_open", 0.65, ["65%"]),
        ("fewest_changes", 7, ["7个季度"]),
        ("revision", 0.035, ["3.5%"]),
        ("editions", 3, ["连续3期"]),
    ],
)
def test_every_limit_of_the_plan_is_printed(
    limit: str, value: float, printed: list[str], plan: Plan
) -> None:
    assert limit in AlertLimits.model_fields
    alerts = AlertLimits(**{limit: value})
    changed = plan.model_copy(update={"about": plan.about.model_copy(update={"alerts": alerts})})
    shown = re.sub("<[^>]*>", "", str(alert_rules_table(changed).html()))
    usual = re.sub("<[^>]*>", "", str(alert_rules_table(plan).html()))
    for words in printed:
        assert words in shown
        assert words not in usual


def test_the_note_names_the_number_of_series_on_record(plan: Plan) -> None:
    assert (
        f"{read().count('basis', EVERY, EVERY, 'series')}个公开季度数列"
        in alert_rules_table(plan).note
    )


@pytest.mark.parametrize(
    ("rule", "measured"),
    [
        (AlertRule.OUTLIER, ["超出单季误差范围"]),
        (AlertRule.REVERSAL, ["连续四季同比下降"]),
        (AlertRule.LIKELIHOOD_CROSSED, ["达标可能性降到30%及以下"]),
        (AlertRule.LIKELIHOOD_DROPPED, ["达标可能性下降20个百分点以上，且不到50%"]),
        (
            AlertRule.BEYOND_HISTORY,
            ["所需增速超过历史最高", "所需增速超过历史最高的，最终达标", "全部情形，最终达标"],
        ),
    ],
)
def test_response_rates_are_those_on_record(rule: AlertRule, measured: list[str]) -> None:
    """Of several lengths of history the lowest and the highest."""
    told = re.findall(r"[\d.]+%", rule_words(AlertLimits())[rule].responses)
    record = read()
    shares = [
        [f.value for f in record.figures if (f.table, f.row, f.name) == ("alarms", row, "share")]
        for row in measured
    ]
    ends = [end for own in shares for end in ((min(own), max(own)) if len(own) > 1 else own)]
    assert told == [f"{100 * end:.1f}%" for end in ends]
