"""The page 重点项目: stages, changes, nodes, needs, fields; the same on measures and in packs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from syrupy.assertion import SnapshotAssertion

from planbook.collect.layout import PROJECTS as PROJECTS_SHEET
from planbook.frames import FINDINGS
from planbook.present.briefing.coming import OVERDUE, coming
from planbook.present.charts.figure import Figure
from planbook.present.notebook.opened import OpenBook
from planbook.present.packs.sections import unit_pack
from planbook.present.pages.goal_pages import goal_page
from planbook.present.pages.unit_pages import unit_pages
from planbook.present.tables.measure_tables import measures_table
from planbook.present.tables.table import Table
from planbook.project_frames import PROJECTS, ProjectRow
from planbook.vocabulary import Visibility
from tests.present.conftest import empty_row, judged
from tests.present_rows import column, lines, packed, project

MakeBook = Callable[..., OpenBook]
GOAL = "software-revenue"
NEW: dict[str, Any] = {"change": "new", "stage_before": None, "moved_in": "2026-Q3"}
MOVED: dict[str, Any] = {"change": "moved", "stage": "building", "moved_in": "2026-Q3"}
LEFT: dict[str, Any] = {
    "change": "left",
    "stage": "left",
    "moved_in": "2026-Q3",
    "next_node": "",
    "next_month": None,
    "left_reason": "企业撤资",
}
LATE: dict[str, Any] = {"overdue": True, "next_month": "2026-08", "first_next_month": "2026-08"}
SLIPPED: dict[str, Any] = {"change": "slipped", "slipped": 6, "first_next_month": "2026-06"}
_TROUBLE = "问题和需要协调的事项"


def with_projects(make_book: MakeBook, *rows: ProjectRow, public: bool = False) -> OpenBook:
    book = make_book(projects=PROJECTS.frame(rows))
    return replace(book, visibility=Visibility.PUBLIC) if public else book


def test_each_project_counts_once_in_its_stage_and_what_left_counts_nowhere(
    make_book: MakeBook,
) -> None:
    rows = [project("p1"), project("p2", **MOVED), project("p3", **NEW), project("p4", **LEFT)]
    table = with_projects(make_book, *rows).projects().stages()
    assert column(table, "阶段") == ["谋划", "储备", "前期", "开工", "在建", "投产", "在库合计"]
    assert column(table, "项目|（个）") == ["0", "0", "2", "0", "1", "0", "3"]
    assert column(table, "其中|本期进入") == ["0", "0", "1", "0", "1", "0", "2"]
    assert column(table, "总投资|（亿元）")[2:] == ["20.00", "—", "10.00", "—", "30.00"]


def test_what_was_reported_and_is_not_used_is_counted(make_book: MakeBook) -> None:
    def found(**known: Any) -> dict[str, Any]:
        wrong = {"severity": "error", "edition": "2026-Q3", "sheet": PROJECTS_SHEET.sheet}
        return empty_row(FINDINGS, rule="investment-leapt", **wrong | known)

    rows = [
        found(cell="E4"),
        found(cell="G4"),
        found(severity="warning"),
        found(edition="2026-Q2"),
        found(sheet="填报表"),
    ]
    projects = PROJECTS.frame([project("p1")])
    book = make_book(projects=projects, findings=FINDINGS.frame(rows))
    said = book.projects().lead().text
    assert "本期填报中有2处因错误未采用，书中为以前填报或更正的数。" in said
    assert "未采用" not in with_projects(make_book, project("p1")).projects().lead().text


def test_kinds_of_investment_are_summed_apart_and_unknown_ones_are_no_zero(
    make_book: MakeBook,
) -> None:
    rows = [project("p1"), project("p2", total_investment=None, invested=0.1)]
    table = with_projects(make_book, *rows).projects().stages()
    assert lines(table)[-1][3:] == ["10.00 1个未填", "5.00", "1.35"]
    nobody = with_projects(make_book, project(total_investment=None)).projects()
    assert lines(nobody.stages())[-1][3] == "— 1个未填"
    assert "不能相加" in table.note


def test_the_lead_tells_the_reserve_what_changed_what_is_late_and_what_is_needed(
    make_book: MakeBook,
) -> None:
    rows = [
        project("p1", **LATE, change="silent", reported_in="2026-Q2"),
        project("p2", **MOVED, total_investment=None),
        project("p3", **NEW),
        project("p4", **LEFT),
        project("p5", **SLIPPED, need="明确用地指标", submitting_unit="port"),
    ]
    assert repr(with_projects(make_book, *rows).projects().lead()) == (
        "在库项目4个，总投资30亿元（1个未填），累计完成投资5亿元，2026年计划投资10亿元。"
        "本期新增1个、进阶1个、延期1个、退库1个。本期未报、沿用上次填报的1个。"
        "节点逾期的1个：p1的项目。有事项需要协调的1个，涉及单位：临港产业。"
    )


def test_an_edition_that_changed_nothing_says_so_and_a_first_one_too(make_book: MakeBook) -> None:
    assert "本期没有新增、进阶" in repr(with_projects(make_book, project()).projects().lead())
    first = with_projects(make_book, project(**NEW), project("p2", **NEW)).projects()
    assert "均为本期新增。" in repr(first.lead())
    only_left = with_projects(make_book, project(**LEFT)).projects()
    assert repr(only_left.lead()) == "目前没有在库项目。本期退库1个。"


def test_changes_are_listed_by_kind_with_the_stage_before_and_why(make_book: MakeBook) -> None:
    rows = [
        project("p1", **NEW),
        project("p2", **MOVED),
        project("p3", **LEFT),
        project("p4", **SLIPPED, problem="征地未完成"),
        project("p5", stage="reserve", change="back", problem="资金未落实"),
        project("p6"),
    ]
    table = with_projects(make_book, *rows).projects().changes()
    assert [group.heading for group in table.groups] == [
        "新增（1个）",
        "进阶（1个）",
        "延期（1个）",
        "退阶（1个）",
        "退库（1个）",
    ]
    assert column(table, "项目") == [f"{id}的项目" for id in ("p1", "p2", "p4", "p5", "p3")]
    assert column(table, "阶段") == [
        "前期",
        "在建 上期前期",
        "前期",
        "储备 上期前期",
        "退库 上期前期",
    ]
    assert column(table, "说明") == ["—", "—", "征地未完成", "资金未落实", "企业撤资"]
    assert column(table, "时限")[2] == "2026年12月 原定2026年6月，延期6个月"


def test_a_reason_that_was_asked_for_and_did_not_come_is_missed(make_book: MakeBook) -> None:
    rows = [
        project("p1", **NEW),
        project("p2", **SLIPPED),
        project("p3", stage="reserve", change="back"),
        project("p4", **LEFT | {"left_reason": ""}),
        project("p5", **LATE),
    ]
    page = with_projects(make_book, *rows).projects()
    silent = "填报单位没有说明原因"
    assert column(page.changes(), "说明") == ["—", silent, silent, silent]
    assert column(page.nodes(), "存在问题") == [silent, silent]
    listed = dict(zip(column(page.list(), "项目"), column(page.list(), _TROUBLE), strict=True))
    assert listed == {f"{id}的项目": silent for id in ("p2", "p3", "p4", "p5")} | {"p1的项目": "—"}
    public = with_projects(make_book, *rows, public=True).projects()
    assert silent not in column(public.changes(), "说明") + column(public.list(), _TROUBLE)


def test_nodes_that_are_overdue_stand_before_those_that_were_put_off(make_book: MakeBook) -> None:
    rows = [project("p1", **SLIPPED), project("p2", **LATE), project("p3")]
    table = with_projects(make_book, *rows).projects().nodes()
    assert column(table, "项目") == ["p2的项目", "p1的项目"]
    assert column(table, "状况") == ["逾期", "延期"]
    assert with_projects(make_book, project()).projects().nodes().count == 0


def test_what_others_have_to_settle_is_listed_with_unit_and_problem(make_book: MakeBook) -> None:
    asking = project("p1", problem="跨区管网未定", need="请协调管网走向")
    left = project("p2", **LEFT, need="不再需要")
    table = with_projects(make_book, asking, left, project("p3")).projects().needs()
    assert lines(table) == [["p1的项目", "软件信息", "前期", "跨区管网未定", "请协调管网走向"]]


def test_projects_are_counted_by_field_once_and_in_all(make_book: MakeBook) -> None:
    rows = [
        project("p1"),
        project("p2", goal_id="testing-revenue", measure_id="", field_id="testing", **MOVED),
        project("p3", **LEFT),
    ]
    table = with_projects(make_book, *rows).projects().by_field()
    assert [group.heading for group in table.groups] == ["数智服务", "科技服务", "全部"]
    assert column(table, "项目|（个）") == ["1", "1", "2"]
    assert column(table, "在建") == ["—", "1", "1"]
    assert column(table, "总投资|（亿元）") == ["10.00", "10.00", "20.00"]


def test_all_projects_are_listed_by_unit_and_a_silent_one_says_so(make_book: MakeBook) -> None:
    rows = [project("p1", **LATE), project("p2", submitting_unit="port", change="silent")]
    table = with_projects(make_book, *rows).projects().list()
    assert [group.heading for group in table.groups] == [
        "软件信息行业服务部门（在库1个，逾期1个）",
        "临港产业服务部门（在库1个）",
    ]
    assert column(table, "时限")[0] == "2026年8月 逾期"
    assert column(table, "阶段") == ["前期", "前期 本期未报"]


def test_the_chart_tells_projects_and_investment_of_each_stage(make_book: MakeBook) -> None:
    rows = [project("p1"), project("p2", **MOVED, total_investment=None)]
    chart = with_projects(make_book, *rows).projects().funnel()
    assert isinstance(chart, Figure)
    assert chart.title == "在库项目2个，已开工1个，尚未开工1个"
    assert "前期1个，总投资10亿元；开工0个；在建1个；投产0个" in chart.alt
    for words in ("谋划", "1个", "10亿元", "—"):
        assert f">{words}<" in chart.svg()
    planned = with_projects(make_book, project()).projects().funnel()
    assert isinstance(planned, Figure)
    assert planned.title == "在库项目1个，都还没有开工"


def test_the_demonstration_s_page_says_what_it_said(snapshot: SnapshotAssertion) -> None:
    page = judged("demo").projects()
    chart = page.funnel()
    assert isinstance(chart, Figure)
    shown = [repr(page.lead()), chart.title, chart.alt]
    for table in (
        page.stages(),
        page.changes(),
        page.nodes(),
        page.needs(),
        page.by_field(),
        page.list(),
    ):
        shown += ["", table.caption, "｜".join(each.head for each in table.columns)]
        for group in table.groups:
            shown += [f"〔{group.heading}〕"] if group.heading else []
            shown += ["｜".join(cell.said for cell in row) for row in group.rows]
        shown += [table.note] if table.note else []
    assert "\n".join(shown) == snapshot


def test_an_empty_reserve_says_how_projects_come_in(make_book: MakeBook) -> None:
    page = with_projects(make_book).projects()
    assert repr(page.lead()) == (
        "储备库中还没有重点项目。各单位在填报表的「重点项目」表中填报，每期更新，列入本页。"
    )
    assert repr(page.funnel()) == "储备库中还没有重点项目。"
    for table in (page.stages(), page.changes(), page.nodes(), page.needs(), page.by_field()):
        assert table.count == 0
        assert "pb-empty" in table.html()
    assert page.list().empty == "储备库中还没有重点项目。"


def test_a_public_book_does_not_say_that_there_are_no_internal_ones(make_book: MakeBook) -> None:
    page = with_projects(make_book, public=True).projects()
    assert repr(page.lead()) == "没有公开的重点项目。"
    assert page.needs().empty == "公开版不列需要协调的事项。"
    told = repr(with_projects(make_book, project(), public=True).projects().lead())
    assert told.endswith("公开版只列公开的项目，不列存在的问题和需要协调的事项。")


def test_a_measure_says_how_many_projects_serve_it_where_there_are_any(
    make_book: MakeBook,
) -> None:
    def measures(*rows: ProjectRow) -> Table:
        book = with_projects(make_book, *rows)
        (field,) = (f for f in book.plan.fields if any(m.id == "software-m01" for m in f.measures))
        return measures_table(book.part("digital"), field)

    found = column(
        measures(project("p1", **LATE), project("p2"), project("p3", **LEFT)), "重点项目"
    )
    assert found[0] == "2个 逾期1"
    assert "重点项目" not in [each.head for each in measures().columns]


def test_goals_units_and_packs_list_their_own_projects(make_book: MakeBook) -> None:
    own = project("p1", goal_id=GOAL, measure_id="")
    book = with_projects(make_book, own, project("p2", submitting_unit="port"))
    page = goal_page(book, GOAL)
    assert "## 重点项目" in page
    assert "p1的项目" in page
    pages = unit_pages(book)
    assert "p1的项目" in pages["units/software"]
    assert "p2的项目" not in pages["units/software"]
    assert "## 重点项目" not in pages["units/mice"]
    pack = unit_pack(book, "software", with_form=True)
    told = packed(pack)
    assert "p1的项目" in told
    assert "p2的项目" not in told
    other = packed(unit_pack(book, "mice", with_form=True))
    assert "重点项目" not in other
    assert "在库" not in other


def test_the_briefing_names_overdue_nodes_in_one_line(make_book: MakeBook) -> None:
    late = [project(f"p{n}", **LATE) for n in (1, 2)]
    (line,) = [each for each in coming(with_projects(make_book, *late)) if "重点项目" in each.what]
    assert (line.when, line.what, line.who) == (
        OVERDUE,
        "重点项目节点：2个（p1的项目、p2的项目）",
        "软件信息",
    )
    quiet = coming(with_projects(make_book, project(next_month="2027-03")))
    assert not any("重点项目" in each.what for each in quiet)
