"""What leaders are told: four counts, what changed, five decisions, what went well, what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planbook.frames import OBSERVATIONS
from planbook.outlook_frames import OUTLOOKS
from planbook.periods import Edition
from planbook.present.briefing.briefing import briefing
from planbook.present.briefing.coming import OVERDUE, coming
from planbook.present.briefing.decisions import decisions
from planbook.present.briefing.expected import expected
from planbook.present.briefing.successes import successes
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.briefing_page import briefing_parts
from planbook.present.redaction import Withheld
from planbook.present.say.reason_words import NO_REASON
from planbook.project_frames import PROJECTS
from planbook.task_frames import TASKS
from tests.present.conftest import empty_row
from tests.present.watch_rows import GOAL, OTHER, UNIT, action_row, alert_row, watched_book
from tests.present_rows import observation, project, task

MakeBook = Callable[..., OpenBook]
BACKWARDS: dict[str, Any] = {
    "rating": "逆转",
    "pace": -0.2,
    "latest_value": 223.0,
    "latest_period": "2026-09",
    "observed_value": 223.0,
    "observed_period": "2026-09",
    "baseline_value": 240.0,
    "baseline_period": "2024-12",
    "target_value": 300.0,
    "remaining": 77.0,
    "required_step": 15.4,
}
FIRMS = "hr-institutions"


def outlooks(**likelihoods: float) -> dict[str, Any]:
    rows = [
        empty_row(
            OUTLOOKS,
            goal_id=goal.replace("_", "-"),
            edition="2026-Q3",
            p_method="reference" if p < 0 else "model",
            p_met=abs(p),
        )
        for goal, p in likelihoods.items()
    ]
    return {"outlooks": OUTLOOKS.frame(rows)}


def test_every_goal_is_in_one_of_four_groups_by_the_limits(make_book: MakeBook) -> None:
    book = make_book(
        **outlooks(green_loans=0.7, lawyers=-0.75, software_revenue=0.65, rnd_platforms=0.3)
    )
    found = expected(book.views.values())
    assert [(each.name, each.count) for each in found] == [
        ("可能性较大", 2),
        ("尚不确定", 1),
        ("可能性较小", 1),
        ("不作估计", len(book.views) - 4),
    ]
    assert found[0].remark == "其中1项为同类情形的历史频率"
    assert found[1].remark == ""


def test_a_frequency_is_never_counted_without_saying_so(make_book: MakeBook) -> None:
    found = expected(make_book(**outlooks(lawyers=-0.05)).views.values())
    assert [each.remark for each in found if each.name == "可能性较小"] == [
        "其中1项为同类情形的历史频率"
    ]


def test_decisions_are_the_worst_first_then_those_on_which_nobody_acts(
    make_book: MakeBook,
) -> None:
    behind = {"rating": "滞后", "pace": 0.7}
    book = watched_book(
        make_book,
        actions=[action_row(goal_id=GOAL)],
        changes={GOAL: behind | {"pace": 0.65}, OTHER: behind, FIRMS: BACKWARDS},
    )
    assert [each.view.id for each in decisions(book)] == [FIRMS, OTHER, GOAL]


def test_goals_on_one_indicator_need_one_decision(make_book: MakeBook) -> None:
    both = {"software-revenue": {"rating": "滞后", "pace": 0.8}}
    both["software-revenue-cagr"] = {"rating": "滞后", "pace": 0.7}
    assert [each.view.id for each in decisions(make_book(both))] == ["software-revenue-cagr"]


def test_a_decision_says_gap_reason_need_and_action(make_book: MakeBook) -> None:
    (found,) = decisions(watched_book(make_book, changes={FIRMS: BACKWARDS}))
    assert found.gap == "223家（2026年9月末），目标300家，还差77家"
    assert found.reason == f"现值低于2024年末的240家；{NO_REASON}"
    assert found.required == "每季度增加16家"
    assert found.action == "尚无督办事项"


def test_the_units_own_words_are_the_reason_but_not_in_public(make_book: MakeBook) -> None:
    book = watched_book(make_book, changes={FIRMS: BACKWARDS})
    own = observation(FIRMS, "2026-09", 223.0, remark="三家机构迁出。")
    held = watched_book(make_book, changes={FIRMS: BACKWARDS}, observations=_observed(book, own))
    assert decisions(held)[0].reason == "现值低于2024年末的240家；三家机构迁出"
    public = watched_book(
        make_book, changes={FIRMS: BACKWARDS}, public=True, observations=_observed(book, own)
    )
    assert decisions(public)[0].reason == "现值低于2024年末的240家"
    assert decisions(public)[0].action == "—"


def _observed(book: OpenBook, row: dict[str, Any]) -> Any:
    indicator = book.views[FIRMS].indicator.id
    return OBSERVATIONS.frame([row | {"indicator_id": indicator}])


def test_an_action_is_told_with_its_date_and_the_last_reply(make_book: MakeBook) -> None:
    action = action_row(
        goal_id=FIRMS,
        task="查明原因。",
        due_month="2026-08",
        overdue=True,
        reply="正在办理。",
        replied_in=Edition.parse("2026-Q3"),
    )
    (found,) = decisions(watched_book(make_book, actions=[action], changes={FIRMS: BACKWARDS}))
    assert found.action == "查明原因（期限2026年8月，逾期，尚未反馈）"
    assert NO_REASON not in found.reason


def test_what_got_better_is_a_success_and_not_told_among_the_changes(make_book: MakeBook) -> None:
    book = make_book(
        {
            GOAL: {"rating": "达序时", "previous_rating": "滞后"},
            OTHER: {"rating": "滞后", "previous_rating": "达序时"},
        }
    )
    told = briefing(book)
    assert [each.view.id for each in told.moved] == [OTHER]
    assert [(each.about, each.said) for each in told.successes] == [
        (book.views[GOAL].name, "滞后→达序时")
    ]


def test_a_closed_action_is_a_success(make_book: MakeBook) -> None:
    closed = action_row(closure="已查明。", closed_in=Edition.parse("2026-Q3"))
    (found,) = successes(watched_book(make_book, actions=[closed]))
    assert found.said == "督办事项销号：已查明"


def test_what_is_due_comes_in_order_and_later_actions_do_not(make_book: MakeBook) -> None:
    late = action_row("a01", due_month="2026-08", overdue=True)
    actions = [action_row("a02", due_month="2027-03"), action_row("a03", due_month="2026-11"), late]
    found = coming(watched_book(make_book, actions=actions))
    assert [each.when for each in found][:3] == [OVERDUE, "2026年11月20日", "2026年11月"]
    assert found[1].what == "报送2026年10月填报表"
    assert "a02" not in str(found)
    assert "报送2026年四季度填报表" in [each.what for each in found]
    own = {each.who for each in found if "督办" in each.what}
    assert own == {"软件信息"} == {_short(make_book())}


def test_yearly_tasks_that_are_due_are_counted_by_month_and_the_overdue_first(
    make_book: MakeBook,
) -> None:
    rows = [
        task("t1", task_state="overdue", due_month="2026-08"),
        task("t2", due_month="2026-11"),
        task("t3", due_month="2026-11"),
        task("t4", task_state="done", due_month="2026-10"),
        task("t5", task_state="ahead", due_month="2027-02"),
    ]
    found = coming(watched_book(make_book, tasks=TASKS.frame(rows)))
    told = [(each.when, each.what) for each in found if "年度任务" in each.what]
    assert told == [(OVERDUE, "年度任务：1项"), ("2026年11月", "年度任务：2项到期")]
    assert {each.who for each in found if "年度任务" in each.what} == {_short(make_book())}
    listed_in = 'href="chapters/tasks.html#tasks-due">年度任务：1项<'
    book = watched_book(make_book, tasks=TASKS.frame(rows))
    assert listed_in in briefing_parts(book)["coming"]


def test_nodes_of_projects_are_told_by_month_and_the_overdue_first(make_book: MakeBook) -> None:
    rows = [
        project("p1", next_month="2026-08", overdue=True),
        project("p2", next_month="2026-11"),
        project("p3", next_month="2026-12"),
        project("p4", next_month="2026-12"),
        project("p5", next_month="2027-03"),
        project("p6", next_month="2026-12", stage="left"),
    ]
    book = watched_book(make_book, projects=PROJECTS.frame(rows))
    found = [each for each in coming(book) if "重点项目" in each.what]
    assert [each.when for each in found] == [OVERDUE, "2026年11月", "2026年12月"]
    assert [each.what.partition("（")[0] for each in found] == [
        "重点项目节点：1个",
        "重点项目节点：1个到期",
        "重点项目节点：2个到期",
    ]
    assert found[2].address == "chapters/projects.html#projects"


def test_values_that_this_edition_lacks_are_to_be_sent_with_the_next(make_book: MakeBook) -> None:
    lacking = {"rating": "无法判定", "reason": "本期未报"}
    (found,) = [each for each in coming(make_book({GOAL: lacking})) if "补报本期" in each.what]
    assert found.what.endswith(make_book().views[GOAL].name)
    assert found.when == "2027年1月20日"


def test_all_units_with_overdue_tasks_are_named_those_with_most_first(make_book: MakeBook) -> None:
    units = [unit.id for unit in make_book().plan.units][:5]
    rows = [
        task(f"t{n}", task_state="overdue", due_month="2026-08", submitting_unit=unit)
        for n, unit in enumerate([*units, units[-1]])
    ]
    book = watched_book(make_book, tasks=TASKS.frame(rows))
    (found,) = [each for each in coming(book) if "年度任务" in each.what]
    named = found.who.split("、")
    assert len(named) == len(units)
    assert named[0] == book.plan.unit(units[-1]).short


def test_what_units_ask_for_and_what_nobody_acts_on_is_counted_and_linked(
    make_book: MakeBook,
) -> None:
    tasks = [
        task("t1", asked_month="2027-02"),
        task("t2", task_state="done", asked_month="2027-02"),
        task("t3"),
    ]
    projects = [project("p1", need="用地性质"), project("p2", need="")]
    book = watched_book(
        make_book,
        [alert_row("due-passed", unanswered=2), alert_row("likelihood-dropped", unanswered=1)],
        [action_row(action_status="受阻"), action_row("a02")],
        tasks=TASKS.frame(tasks),
        projects=PROJECTS.frame(projects),
    )
    found = [(each.said, each.address) for each in briefing(book).asked]
    assert found == [
        ("1个项目有事项须协调", "chapters/projects.html#project-needs"),
        ("1项年度任务申请延期", "chapters/tasks.html#tasks"),
        ("1件督办事项受阻", "chapters/watchlist.html#open-actions"),
        ("1条预警持续2个季度以上无督办", "chapters/watchlist.html#alerts"),
    ]
    said = [each.items for each in briefing(book).asked]
    unit = book.plan.unit(UNIT).short
    assert len(said[0]) == len(said[1]) == len(said[2]) == 1
    assert said[0][0].endswith(f"（{unit}）：用地性质")
    assert said[1][0].endswith("申请调整到2027年2月")
    assert said[3] == ()
    shown = briefing_parts(book)["decisions"]
    assert shown.index("没有滞后、逆转") < shown.index("1个项目有事项须协调</a>：")
    assert said[0][0] in shown
    assert '<a href="chapters/tasks.html#tasks">' in shown


def test_a_book_in_which_nobody_asks_for_anything_says_nothing_of_it(make_book: MakeBook) -> None:
    book = make_book()
    assert briefing(book).asked == ()
    assert "pb-asked" not in briefing_parts(book)["decisions"]


def test_goals_that_are_left_out_lead_to_the_scoreboard_with_their_ratings(
    make_book: MakeBook,
) -> None:
    goals = list(make_book().views)
    behind = {goal: {"rating": "滞后", "pace": 0.7} for goal in goals}
    (found,) = briefing(make_book(behind)).left_out
    assert found.address == "chapters/overview.html#scoreboard?rating=behind"
    assert briefing(make_book({FIRMS: BACKWARDS})).left_out == ()


def _short(book: OpenBook) -> str:
    return book.plan.unit(UNIT).short


def test_the_title_is_a_finding(make_book: MakeBook) -> None:
    assert briefing(make_book()).title == "2026年三季度进展：61项目标目前均无法判定"
    name = make_book().views[FIRMS].name
    book = make_book({FIRMS: BACKWARDS | {"previous_rating": "滞后"}})
    assert briefing(book).title == f"2026年三季度进展：{name}转为逆转，较上期转差1项"
    well = {goal: {"rating": "已达成"} for goal in book.views}
    assert briefing(make_book(well)).title == "2026年三季度进展：目标全部达成"


def test_the_title_is_no_news_where_nothing_is_new(make_book: MakeBook) -> None:
    better = {"rating": "达序时", "previous_rating": "滞后"}
    before = {"逆转": "仍为逆转", "无法判定": "为逆转", "": "为逆转"}
    for rating, said in before.items():
        book = make_book({FIRMS: BACKWARDS | {"previous_rating": rating}, "green-loans": better})
        title = briefing(book).title
        assert title == f"2026年三季度进展：{book.views[FIRMS].name}{said}，较上期好转1项"


def test_a_public_books_briefing_tells_nothing_of_hidden_goals(make_book: MakeBook) -> None:
    hidden = {FIRMS: {"reason": "不公开"}}
    book = replace(watched_book(make_book, changes=hidden, public=True), withheld=Withheld())
    told = briefing(book)
    assert "不公开1项" in told.expected[-1].remark
    told_of = [m.view for m in told.moved] + [d.view for d in told.decisions]
    assert FIRMS not in [view.id for view in told_of]
