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
        before=rows.get("before", Q3),
        values=rows.get("values", ()),
        known=rows.get("known", ()),
        tasks=assess_tasks(MONTHS, facts, OCTOBER, demonstration=True),
        projects=assess_projects(MONTHS, rows.get("projects", ()), OCTOBER, demonstration=True),
        actions=assess_actions(MONTHS, facts, OCTOBER, demonstration=True),
        decided=frozenset(rows.get("decided", ())),
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


def test_where_no_edition_was_made_before_no_verdict_is_named() -> None:
    paper = meeting_paper(told(before=None), MOST)
    assert "各目标尚未作过判定" in paper.dateline
    assert "季度" not in paper.dateline


def test_what_the_last_meeting_decided_is_followed_up_and_nothing_else() -> None:
    actions = (
        decided("a-1", since=OCTOBER, due="2026-12", task="查明原因。"),
        decided("a-2", since=OCTOBER, due="2026-10", task="报送材料"),
        decided("a-3", since=Q3, due="2026-12", task="选定场地"),
        decided("a-3", since=OCTOBER, due="2026-12", task="选定场地", closure="场地已定。"),
        decided("a-4", since=Q3, due="2026-12", task="早先的一项"),
        decided("a-5", since=OCTOBER, due="2026-12", task="落实资金"),
    )
    replies = (
        reply(OCTOBER, ActionStatus.UNDER_WAY, "已发函。"),
        replace(reply(OCTOBER, ActionStatus.DONE, "已到位"), action_id="a-5"),
        replace(reply(Q3, ActionStatus.UNDER_WAY, "上期说的"), action_id="a-2"),
    )
    tasks = (
        agreed("t-1", since=Q3, due="2026-09", task="建成一期"),
        agreed("t-1", since=OCTOBER, due="2027-03", task="建成一期"),
        agreed("t-2", since=OCTOBER, due="2026-12", task="新的一项"),
    )
    told_of = {"actions": actions, "replies": replies, "tasks": tasks}
    paper = meeting_paper(told(**told_of, decided=("a-1", "a-2", "a-3", "a-5", "t-1")), MOST)
    assert paper.content[0] == Heading(2, "上次会议议定事项的办理情况")
    assert isinstance(paper.content[1], Points)
    assert set(paper.content[1].items) == {
        ("查明原因（办公室）", "办理中，时限2026年12月：已发函。"),
        ("报送材料（办公室）", "本月没有反馈，时限2026年10月（已逾期）。"),
        ("选定场地（办公室）", "已销号：场地已定。"),
        ("落实资金（办公室）", "已办结，待核实销号：已到位。"),
        ("建设平台：建成一期（办公室）", "本月没有反馈，时限2027年3月。"),
    }
    nothing = meeting_paper(told(**told_of), MOST)
    assert Heading(2, "上次会议议定事项的办理情况") not in nothing.content


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
