"""The paper of a monthly meeting: what is urgent first, what is missing said, nothing rated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planbook.assess.actions import assess_actions
from planbook.assess.key_projects import assess_projects
from planbook.assess.yearly_tasks import assess_tasks
from planbook.facts import Facts
from planbook.periods import TimePeriod
from planbook.present.pages.brief import Brief, Points
from planbook.present.pages.meeting_paper import Meeting, Most, meeting_paper
from planbook.present.prose import Heading, Prose
from planbook.present.say.meeting_words import task_of
from planbook.present.tables.table import Columns
from planbook.vocabulary import MeasureStatus
from planbook.watch_frames import ActionStatus
from tests.assess.test_actions import decided, reply
from tests.assess.test_yearly_tasks import agreed, report
from tests.collect.test_flash_forms import MONTHS, NOVEMBER, OCTOBER
from tests.observed import observation
from tests.office import Q3
from tests.project_reports import project_report

MOST = Most(5, 5, 5, 5)


def told(**rows: Any) -> Meeting:
    facts = Facts(
        task_decisions=rows.get("tasks", ()),
        task_reports=rows.get("reports", ()),
        action_decisions=rows.get("actions", ()),
        action_replies=rows.get("replies", ()),
    )
    return Meeting(
        plan=MONTHS,
        edition=OCTOBER,
        before=Q3,
        values=rows.get("values", ()),
        known=rows.get("known", ()),
        tasks=assess_tasks(MONTHS, facts, OCTOBER, demonstration=True),
        projects=assess_projects(MONTHS, rows.get("projects", ()), OCTOBER, demonstration=True),
        actions=assess_actions(MONTHS, facts, OCTOBER, demonstration=True),
        asked=rows.get("asked", ()),
        silent=rows.get("silent", ()),
        demonstration=True,
    )


def under(paper: Brief, heading: str) -> Any:
    content = list(paper.content)
    at = content.index(Heading(2, heading))
    return content[at + 1]


def cells(item: Columns) -> list[list[str]]:
    return [[cell.said for cell in row] for group in item.table.groups for row in group.rows]


def test_a_month_of_which_nothing_came_says_so_everywhere() -> None:
    paper = meeting_paper(told(asked=("办公室", "局"), silent=("局",)), MOST)
    assert "2026年10月" in paper.title
    assert "各目标的判定以2026年三季度为准" in paper.dateline
    assert paper.dateline.startswith("【示例数据】")
    assert under(paper, "本月数据") == Prose("本月没有报来新的数据。")
    assert under(paper, "已逾期的事项") == Prose("没有逾期的任务、项目节点和督办事项。")
    assert under(paper, "报送情况") == Prose("应报2个单位，未报1个：局。")
    assert len(cells(under(paper, "议定事项"))) == 4


def test_what_moved_stands_beside_what_was_known_each_with_its_period() -> None:
    about = {"indicator_id": "revenue", "scope": "未注明"}
    before = observation(TimePeriod(2026, 9), 321.5, vintage=Q3, **about)
    now = observation(TimePeriod(2026, 10), 350.0, vintage=OCTOBER, yoy=-7.2, **about)
    paper = meeting_paper(told(known=(before,), values=(before, now)), MOST)
    ((name, was, said, yoy),) = cells(under(paper, "本月数据"))
    assert name == "营业收入"
    assert was == "2026年1—9月：321.5亿元"
    assert said == "2026年1—10月：350.0亿元"
    assert yoy.startswith("下降7.2%")


def test_what_an_earlier_month_brought_is_not_this_months() -> None:
    about = {"indicator_id": "revenue", "scope": "未注明"}
    october = observation(TimePeriod(2026, 10), 350.0, vintage=OCTOBER, **about)
    silent = replace(told(known=(october,), values=(october,)), edition=NOVEMBER)
    assert under(meeting_paper(silent, MOST), "本月数据") == Prose("本月没有报来新的数据。")
    assert under(meeting_paper(replace(silent, edition=OCTOBER), MOST), "本月数据") != Prose(
        "本月没有报来新的数据。"
    )


def test_what_is_late_comes_the_longest_first_and_the_rest_is_counted() -> None:
    tasks = tuple(agreed(f"t-{n}", since=Q3, due=f"2026-0{n}", task=f"第{n}项") for n in (3, 2, 4))
    actions = (decided(since=Q3, due="2026-01", task="查明原因。"),)
    late = under(
        meeting_paper(told(tasks=tasks, actions=actions), Most(5, 3, 5, 5)), "已逾期的事项"
    )
    assert [row[1] for row in cells(late)] == ["查明原因", "建设平台：第2项", "建设平台：第3项"]
    assert late.table.note == "另有1项，见本月各单位填报表。"


def test_needs_requests_and_what_is_blocked_are_to_be_decided() -> None:
    paper = meeting_paper(
        told(
            projects=(project_report("2026-10", need="请明确用地。"),),
            tasks=(agreed(since=Q3, due="2026-12"),),
            reports=(report(OCTOBER, MeasureStatus.UNDER_WAY, "等待批复", "2027-03"),),
            actions=(decided(since=Q3, due="2026-12"),),
            replies=(reply(OCTOBER, ActionStatus.BLOCKED, "场地未定"),),
        ),
        MOST,
    )
    assert under(paper, "需要会议协调、决定的事项") == Points(
        (
            ("检测中心二期（办公室）", "请明确用地。"),
            ("建设平台：建成一期（办公室）", "时限2026年12月，申请调整到2027年3月：等待批复。"),
            ("查明原因（办公室）", "受阻：场地未定。"),
        )
    )


def test_projects_that_changed_since_the_quarter_are_told_with_how() -> None:
    paper = meeting_paper(
        told(projects=(project_report("2026-Q3"), project_report("2026-10", "开工"))), MOST
    )
    assert under(paper, "重点项目的变化") == Points(
        (("检测中心二期（办公室）", "进阶，由前期转为开工。"),)
    )


def test_lists_that_are_cut_say_how_many_are_left() -> None:
    projects = tuple(
        project_report("2026-10", project_id=f"p-{n}", need="请协调") for n in range(4)
    )
    points = under(
        meeting_paper(told(projects=projects), Most(1, 1, 2, 1)), "需要会议协调、决定的事项"
    )
    assert len(points.items) == 3
    assert points.items[-1] == ("另有2项", "见本月各单位填报表。")


def test_a_task_is_named_behind_what_it_serves_as_far_as_there_is_room() -> None:
    assert task_of("建设平台", "开展验收") == "建设平台：开展验收"
    long = task_of("支持企业建设面向行业的公共技术服务平台", "开展验收")
    assert long == "支持企业建设面向行业的公共…：开展验收"
    goals = (agreed(since=Q3, due="2026-02", measure_id="", goal_id="firms", task="摸底"),)
    (row,) = cells(under(meeting_paper(told(tasks=goals), MOST), "已逾期的事项"))
    assert row[1] == f"{MONTHS.goal('firms').name}：摸底"
