"""A pack says everything about its unit, nothing of any other, and reads well in every case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from planbook.frames import CORRECTIONS, FINDINGS, OBSERVATIONS, REVISIONS, SUBMISSIONS, VERDICTS
from planbook.plan import Plan
from planbook.present.escaping import html
from planbook.present.notebook.opened import OpenBook
from planbook.present.packs.disputed import disputed_goals
from planbook.present.packs.needs import attention, needs_table
from planbook.present.packs.own_book import OTHERS, own_book, own_plan
from planbook.present.packs.pack_report import points
from planbook.present.packs.sections import Chart, Section, UnitPack, unit_pack
from planbook.present.prose import Heading, Prose
from planbook.present.say.needed_words import required_words
from planbook.present.tables.table import Table
from planbook.present.views import GoalView
from planbook.vocabulary import Note, Rating, Reason
from tests.present.conftest import empty_row, judged
from tests.present.edition_rows import book_of, correction_row, edition_row
from tests.present.watch_rows import action_row, alert_row, watched_book
from tests.present_rows import observation

MakeView = Callable[..., GoalView]
MakeBook = Callable[..., OpenBook]
Packs = list[tuple[UnitPack, tuple[Section, ...]]]
SEAMS = re.compile(r"None|\bnan\b|[，、：；（][，。、；）]|。。|增长−|下降−")
REPORT: Mapping[str, Any] = {
    "edition": "2026-Q3",
    "submitting_unit": "software",
    "unit_name": "软件信息行业服务部门",
    "state": "按时",
    "deadline": "2026-10-20",
    "received_on": "2026-10-13",
    "file": "software-2026-10-13-00000000.xlsx",
    "sha256": "",
    "superseded": 0,
    "owed": 3,
    "reported": 3,
    "errors": 0,
    "warnings": 0,
}


def finding(**known: str) -> dict[str, str]:
    row = {"severity": "warning", "edition": "2026-Q3", "submitting_unit": "software"}
    return dict.fromkeys(FINDINGS.columns, "") | row | {"indicator_id": "software-revenue"} | known


def correction(**known: str) -> dict[str, str]:
    return {
        "correction_id": "c-1",
        "amount": "",
        "action": "override",
        "indicator_id": "software-revenue",
        "time_period": "2026-09",
        "edition": "2026-Q3",
        "expect": "1",
        "value": "2",
        "reason": "笔误",
        "decided_by": "general",
        "from_edition": "2026-Q3",
        **known,
    }


def revision(**known: Any) -> dict[str, Any]:
    own = {"indicator_id": "software-revenue", "time_period": "2026-06", "vintage": "2026-Q3"}
    values = {"old_vintage": "2026-Q1", "old_value": 900.0, "new_value": 910.0, "declared": True}
    return empty_row(REVISIONS, **{**own, **values, **known})


@pytest.fixture(scope="module")
def packs(judged_book: OpenBook) -> Packs:
    """Every unit's pack with its sections."""
    made = [unit_pack(judged_book, unit.id, with_form=True) for unit in judged_book.plan.units]
    return [(pack, pack.sections) for pack in made]


def said(sections: tuple[Section, ...]) -> str:
    """Return everything that a pack shows, in all its forms."""
    return "\n".join(text for section in sections for text in texts(section))


def headings(pack: UnitPack) -> list[str]:
    return [i.text for s in pack.sections for i in s.content if isinstance(i, Heading)]


def texts(section: Section) -> Iterator[str]:
    yield section.title
    for item in section.content:
        match item:
            case Heading():
                yield item.text
            case Chart():
                yield item.goal_id
            case _:
                yield from map(str, item._repr_mimebundle_()[0].values())


def names(plan: Plan) -> set[str]:
    """Return what a plan calls its goals, indicators, measures and sub-items, and their ids."""
    things: list[tuple[str, str]] = [(i.name, i.id) for i in plan.indicators]
    things += [(goal.name, goal.id) for goal in plan.goals]
    things += [(measure.title, measure.id) for measure in plan.measures]
    things += [(item.name, item.id) for measure in plan.measures for item in measure.sub_items]
    return {word for thing in things for word in thing}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for other in value.values():
            yield from strings(other)
    elif isinstance(value, list | tuple):
        for other in value:
            yield from strings(other)


def foreign_names(plan: Plan, unit: str) -> list[str]:
    """Return the names that a unit's pack must not hold.

    The plan's clauses for a unit may use a word that is another's sub-item (汽车): it is shared.
    """
    own = own_plan(plan, unit)
    words = "\n".join(strings([chapter.model_dump() for chapter in own.chapters]))
    others = names(plan) - names(own)
    shared = found_in(words, sorted(others))
    return [*(u.name for u in plan.units if u.id != unit), *sorted(others - {*shared})]


def found_in(text: str, names: list[str]) -> list[str]:
    """Return those of the names that stand in the text.

    An id and a name of two characters, which may be any word (设计), only where they stand alone.
    """
    return [
        name
        for name in names
        if name in text and (_alone(name, text) or (len(name) > 2 and not name.isascii()))
    ]


def _alone(name: str, text: str) -> bool:
    letters = r"[\w-]" if name.isascii() else r"[\u4e00-\u9fff]"
    return re.search(f"(?<!{letters}){re.escape(name)}(?!{letters})", text) is not None


def test_a_pack_holds_nothing_of_other_units(packs: Packs, plan: Plan) -> None:
    for pack, sections in packs:
        assert not found_in(said(sections), foreign_names(plan, pack.unit.id)), pack.unit.id
        assert {owner.id for owner in pack.book.plan.units} == {pack.unit.id, OTHERS.id}


def test_only_words_of_the_plan_itself_are_shared_never_a_goal_or_a_measure(plan: Plan) -> None:
    for unit in plan.units:
        own = own_plan(plan, unit.id)
        shared = names(plan) - names(own) - set(foreign_names(plan, unit.id))
        others = [g for g in plan.goals if plan.unit_of(g).id != unit.id]
        assert not shared & {word for goal in others for word in (goal.name, goal.id)}
        assert all(len(word) <= 8 for word in shared), shared


def test_every_goal_and_measure_is_in_exactly_one_pack(packs: Packs, judged_book: OpenBook) -> None:
    goals = [goal for pack, _ in packs for goal in pack.book.views]
    measures = [id for pack, _ in packs for id in pack.book.tables.measures["measure_id"]]
    findings = sum(len(pack.book.tables.findings) for pack, _ in packs)
    assert sorted(goals) == sorted(judged_book.views)
    assert sorted(measures) == sorted(judged_book.tables.measures["measure_id"])
    of_units = judged_book.tables.findings["submitting_unit"] != ""  # the rest is told to analysts
    assert findings == of_units.sum()


def test_a_pack_shows_each_of_its_goals_and_measures(packs: Packs) -> None:
    for pack, sections in packs:
        shown = said(sections)
        assert [view.name for view in pack.book.views.values()] == [
            heading for heading in headings(pack) if heading in names(pack.book.plan)
        ]
        for measure in pack.book.plan.measures:
            assert html(measure.title) in shown


def test_no_line_of_a_pack_shows_a_template_seam(packs: Packs) -> None:
    lines = [repr(item) for _, sections in packs for s in sections for item in s.content]
    for line in lines:
        if "{math}" not in line:
            assert not SEAMS.search(line), line


def test_sections_have_one_heading_of_level_one_and_ids_of_their_own(packs: Packs) -> None:
    for _, sections in packs:
        assert len({section.id for section in sections}) == len(sections)
        for section in sections:
            levels = [item.level for item in section.content if isinstance(item, Heading)]
            assert levels[0] == 1
            assert set(levels[1:]) <= {2, 3}


def test_a_unit_without_goals_is_told_so_and_has_its_measures(make_book: MakeBook) -> None:
    pack = unit_pack(make_book(), "crossborderfin", with_form=True)
    assert not pack.book.views
    assert "没有由本单位填报的量化目标" in said(pack.sections)
    assert [section.id for section in pack.sections] == [
        "pack/summary",
        "pack/details",
    ]
    assert "各项目标" not in headings(pack)


@pytest.mark.parametrize(
    ("periods", "drawn"), [(["2026-09"], False), (["2026-06", "2026-09"], True)]
)
def test_a_single_value_is_no_course_and_is_not_drawn(
    make_book: MakeBook, periods: list[str], drawn: bool
) -> None:
    rows = [observation("software-revenue", p, 900.0, accumulation="ytd") for p in periods]
    known = {"rating": "无法判定", "latest_value": 900.0, "latest_period": periods[-1]}
    book = make_book({"software-revenue": known}, observations=OBSERVATIONS.frame(rows))
    pack = unit_pack(book, "software", with_form=True)
    charts = [i.goal_id for s in pack.sections for i in s.content if isinstance(i, Chart)]
    assert ("software-revenue" in charts) is drawn


DOUBTS: Mapping[str, Mapping[str, Any]] = {
    "nothing": {},
    "a doubtful value": {"findings": FINDINGS.frame([finding()])},
    "one of an older edition": {"findings": FINDINGS.frame([finding(edition="2026-Q2")])},
    "one of another indicator": {"findings": FINDINGS.frame([finding(indicator_id="software-x")])},
    "a revised value": {"revisions": REVISIONS.frame([revision()])},
    "one revised before": {"revisions": REVISIONS.frame([revision(vintage="2026-Q2")])},
    "a correction": {"corrections": CORRECTIONS.frame([correction()])},
    "one made before": {"corrections": CORRECTIONS.frame([correction(from_edition="2026-Q2")])},
    "a doubt that stays": {
        "corrections": CORRECTIONS.frame([correction(from_edition="2026-Q2", action="flag")])
    },
}
DISPUTED = {"a doubtful value", "a revised value", "a correction", "a doubt that stays"}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_rating_is_disputed_where_its_values_are_doubted_corrected_or_revised(
    make_book: MakeBook, doubt: str
) -> None:
    book = make_book(**DOUBTS[doubt])
    assert ("software-revenue" in disputed_goals(book)) is (doubt in DISPUTED)


def test_how_a_rating_is_computed_is_shown_only_where_it_is_disputed(packs: Packs) -> None:
    for pack, sections in packs:
        about, explained = "", set()
        for item in sections[-1].content:
            about = item.text if isinstance(item, Heading) else about
            if isinstance(item, Prose) and "{math}" in item.text:
                explained.add(about)
        disputed = disputed_goals(pack.book)
        assert explained <= {view.name for view in pack.book.views.values() if view.id in disputed}


def test_a_disputed_rating_is_explained() -> None:
    known = judged("demo")
    told = {view.id: view.verdict for view in known.views.values()}
    told["software-revenue"] = replace(told["software-revenue"], notes=(Note.YOY_GAP,))
    book = replace(known, tables=replace(known.tables, verdicts=VERDICTS.frame(told.values())))
    assert "{math}" in said(unit_pack(book, "software", with_form=True).sections)


def test_figures_that_contradict_each_other_are_disputed(make_book: MakeBook) -> None:
    told = {"notes": str(Note.YOY_GAP)}
    assert disputed_goals(make_book({"software-revenue": told})) == {"software-revenue"}


def test_a_doubtful_course_is_disputed(make_book: MakeBook) -> None:
    rows = [
        alert_row("outlier", goal_id="software-revenue"),
        alert_row("reversal", goal_id="software-new-firms"),
    ]
    assert disputed_goals(watched_book(make_book, rows)) == {"software-revenue"}


def test_values_of_a_chart_are_not_listed_beside_it_and_empty_lists_are_left_out(
    packs: Packs,
) -> None:
    for pack, sections in packs:
        shown = [item for section in sections for item in section.content]
        assert not [item for item in shown if isinstance(item, Table) and not item.count]
        assert "图中数据" not in said(sections), pack.unit.id


def test_a_goal_without_data_has_no_chart_and_says_what_is_missing(make_book: MakeBook) -> None:
    sections = unit_pack(make_book(), "software", with_form=True).sections
    charts = [i.goal_id for s in sections for i in s.content if isinstance(i, Chart)]
    assert "software-revenue" not in charts
    assert "基数待补" in said(sections)
    assert "请补报基期值和来源" in said(sections)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "2026年10月13日收到填报表，按时（截止日期2026年10月20日）；应报数据3项，已报3项。"),
        (
            {"state": "迟报", "received_on": "2026-10-24"},
            "2026年10月24日收到填报表，迟于截止日期2026年10月20日；应报数据3项，已报3项。",
        ),
        (
            {"state": "未报", "received_on": "", "reported": 0},
            "尚未收到填报表（截止日期2026年10月20日）；应报数据3项，已报0项，"
            "此前也没有报送过数据。",
        ),
        (
            {"state": "拒收", "reported": 0},
            "2026年10月13日收到的填报表无法采用（截止日期2026年10月20日），须改正后重报；"
            "应报数据3项，已报0项。",
        ),
        (
            {"state": "待报", "received_on": "", "reported": 0},
            "尚未收到填报表（截止日期2026年10月20日），截止日期未到；应报数据3项，已报0项。",
        ),
        (
            {"state": "已退回", "reported": 0, "errors": 2},
            "2026年10月13日收到的填报表有2处错误，已退回（截止日期2026年10月20日），须改正后重报；"
            "应报数据3项，已报0项。",
        ),
        (
            {"state": "已撤回", "received_on": "", "reported": 0},
            "收到的填报表已撤回（截止日期2026年10月20日），须重报；应报数据3项，已报0项。",
        ),
        ({"state": "本期无应报", "owed": 0}, "本期没有应报内容。"),
        ({"edition": "2026-Q2"}, "没有2026年三季度的报送记录。"),
    ],
)
def test_the_first_line_says_what_came_in_and_when(
    make_book: MakeBook, changed: Mapping[str, Any], words: str
) -> None:
    book = own_book(make_book(submissions=SUBMISSIONS.frame([{**REPORT, **changed}])), "software")
    assert f"- **报送**：{words}\n" in repr(points(book, with_form=True))


def test_what_is_asked_for_comes_with_the_next_date(make_book: MakeBook) -> None:
    frame = FINDINGS.frame([finding(), finding(edition="2026-Q2")])
    told = repr(points(own_book(make_book(findings=frame), "software"), with_form=True))
    assert "核对或改正本期报送中的1个问题" in told
    assert "于2027年1月20日前报送2026年四季度填报表。" in told


def test_a_form_that_does_not_exist_is_not_asked_for(make_book: MakeBook) -> None:
    told = repr(points(own_book(make_book(), "software"), with_form=False))
    assert "2026年四季度没有应报内容，不需报送。" in told
    assert "填报表" not in told.split("待办")[1]


def test_the_pack_of_a_correction_edition_has_what_it_corrects_of_its_unit(
    make_book: MakeBook, plan: Plan
) -> None:
    own = edition_row("2026-Q3", "编制中", corrects="2026-Q2")
    goals = ("software-revenue", "green-loans")
    rows = [correction_row(goal, plan, what="最新值", reason="补报") for goal in goals]
    book = book_of(make_book, editions=[own], corrections=rows)
    shown = {
        unit: said(unit_pack(book, unit, with_form=True).sections) for unit in ("software", "ip")
    }
    assert "与2026年二季度相比的更正" in shown["software"]
    assert plan.goal("green-loans").name not in shown["software"]
    assert "相比的更正" not in shown["ip"]


def test_another_unit_that_decided_something_is_not_named(make_book: MakeBook) -> None:
    book = make_book(corrections=CORRECTIONS.frame([correction()]))
    shown = said(unit_pack(book, "software", with_form=True).sections)
    assert "笔误" in shown
    assert "其他单位" in shown
    assert "综合" not in shown


def test_what_lags_comes_first_and_worst_first(make_view: MakeView) -> None:
    behind = make_view("software-revenue", rating=str(Rating.BEHIND), pace=0.9)
    reversing = make_view("software-new-firms", rating=str(Rating.REVERSING), pace=-0.1)
    met = make_view("software-new-employees", rating=str(Rating.MET))
    assert attention([met, behind, reversing]) == [reversing, behind]
    headings = [group.heading for group in needs_table([met, behind, reversing]).groups]
    assert headings == ["须重点关注（2项）", "已达成（1项）"]


def test_goals_that_do_well_are_named_only_where_the_first_page_would_run_over(
    plan: Plan, make_view: MakeView
) -> None:
    behind = make_view("software-revenue", rating=str(Rating.BEHIND), pace=0.9)
    well = [
        make_view(goal.id, rating=str(Rating.ON_COURSE))
        for goal in plan.goals
        if goal.id != "software-revenue"
    ][:7]
    few = needs_table([behind, *well[:6]])
    assert [len(group.rows) for group in few.groups] == [1, 6]
    many = needs_table([behind, *well])
    assert [len(group.rows) for group in many.groups] == [1]
    names = "、".join(view.name for view in well)
    assert many.note.endswith(f"表中未列达序时，须保持（7项）：{names}，见分项情况。")
    assert "未列" not in few.note
    assert [len(group.rows) for group in needs_table([*well, *well]).groups] == [14]


@pytest.mark.parametrize(
    ("goal", "known", "words"),
    [
        ("software-new-firms", {"required_step": 388.2}, "每季度增加389家"),
        ("software-new-firms", {"required_step": 5.6}, "每季度增加5.6家"),
        (
            "logistics-cost-gdp",  # there is a value once a year
            {"required_step": -0.1375, "remaining": -1.1, "observed_period": "2025-12"},
            "每年下降0.6个百分点",
        ),
        (
            "logistics-cost-gdp",
            {"required_step": -0.1375, "remaining": -0.5, "observed_period": "2026-12"},
            "到期前再下降0.5个百分点",
        ),
        ("software-revenue", {"required_rate": 0.16393}, "年均增长16.4%"),
        (
            "law-firms-100",
            {"required_step": 0.2, "remaining": 1.0, "notes": str(Note.SMALL_TARGET)},
            "到期前再增加1家",
        ),
        (
            "overall-producer-share",  # 超过65%: exactly 65 would not be met
            {"required_step": 0.35, "remaining": 2.8, "observed_period": "2025-12"},
            "每年提高1.5个百分点",
        ),
        ("software-revenue", {}, ""),
    ],
)
def test_what_is_required_is_said_in_the_goals_own_terms(
    make_view: MakeView, goal: str, known: Mapping[str, Any], words: str
) -> None:
    view = make_view(goal, rating=str(Rating.BEHIND), **known)
    assert required_words(view) == words


@pytest.mark.parametrize("reason", [r for r in Reason if r is not Reason.WITHHELD])
def test_a_goal_that_cannot_be_judged_says_what_would_help(
    make_view: MakeView, reason: Reason
) -> None:
    rating = str(Rating.NOT_ASSESSABLE)
    assert required_words(make_view("software-revenue", rating=rating, reason=str(reason)))


def test_a_unit_with_warnings_has_a_notice_on_a_page_of_its_own(make_book: MakeBook) -> None:
    rows = [
        alert_row("outlier", since="2026-Q1", unanswered=3),
        alert_row("reversal", goal_id="software-new-firms", action_ids="a1", unanswered=0),
        alert_row("outlier", goal_id="green-loans", submitting_unit="greenfin"),
    ]
    actions = [action_row("a1"), action_row("b1", submitting_unit="greenfin")]
    book = watched_book(make_book, rows, actions)
    pack = unit_pack(book, "software", with_form=True)
    assert [section.id for section in pack.sections][:2] == ["pack/summary", "pack/notice"]
    first, notice = ("\n".join(texts(section)) for section in pack.sections[:2])
    assert "**预警**：共2条：" in first
    assert "未销号的督办事项1项，见下表，请在下一期填报表的「督办事项」表中反馈。" in first
    assert "a1的任务" in first
    assert "b1的任务" not in first + notice
    for words in ("预警通知单", "软件信息行业服务部门：", "以下2项触发预警", "（异常波动）"):
        assert words in notice
    assert "；2026年一季度起触发；预警已持续3期，尚无督办事项。请核实数据" in notice
    assert "；本期起触发；督办事项：a1的任务（期限2026年12月）。请分析原因" in notice
    assert "于2027年1月20日前，随2026年四季度填报表一并反馈。" in notice
    assert "其他的，写在该指标的「备注」或者该举措的「进展」。" in notice
    assert "发出单位" in notice
    assert f"{book.edition.label}，{book.data_words}" in notice  # of which day its warnings are
    assert "联系" not in notice  # the dataset names nobody to ask


def test_a_pack_says_it_is_internal_as_its_sheets_do(make_book: MakeBook) -> None:
    """The whole book's mark, though what is internal is another unit's."""
    actions = [action_row("b1", submitting_unit="greenfin", visibility="internal")]
    book = watched_book(make_book, [], actions)
    assert "内部版" in book.dateline()
    first = unit_pack(book, "software", with_form=True).sections[0]
    assert "内部版" in "\n".join(texts(first))


def test_a_notice_asks_for_a_letter_where_no_form_is_due(make_book: MakeBook) -> None:
    book = watched_book(make_book, [alert_row("outlier")])
    notice = unit_pack(book, "software", with_form=False).sections[1]
    assert "请于2027年1月20日前书面反馈。" in "\n".join(texts(notice))


def test_a_unit_without_warnings_has_no_notice_and_no_line_about_any(make_book: MakeBook) -> None:
    rows = [alert_row("outlier", goal_id="green-loans", submitting_unit="greenfin")]
    pack = unit_pack(watched_book(make_book, rows), "software", with_form=True)
    assert "pack/notice" not in [section.id for section in pack.sections]
    assert "**预警**" not in said(pack.sections)
    assert "**督办**" not in said(pack.sections)


def test_an_action_on_what_another_unit_reports_names_neither_goal_nor_unit(
    make_book: MakeBook, plan: Plan
) -> None:
    shared = {"goal_id": "green-loans", "submitting_unit": "software"}
    rows = [alert_row("action-overdue", action_id="a1", **shared)]
    book = watched_book(make_book, rows, [action_row("a1", **shared)])
    sections = unit_pack(book, "software", with_form=True).sections
    assert "a1的任务" in said(sections)
    assert not found_in(said(sections), foreign_names(plan, "software"))
