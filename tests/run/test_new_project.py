"""A spreadsheet of goals becomes a project folder, or every problem by its cell and no folder."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import nbformat
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from planbook.__main__ import main
from planbook.errors import PlanbookError, Problem, ProblemsFound, UsageError
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan, load_plan
from planbook.plan.cycle import CycleName, Flashes
from planbook.present.pages.letter_fields import letter_fields_table
from planbook.produce.notebooks.kernel_choice import kernel_of
from planbook.run import new_command
from planbook.run.starting.broken_lines import one_line
from planbook.run.starting.list_checks import checked_list
from planbook.run.starting.list_template import template_bytes
from planbook.run.starting.listed import SHEETS
from planbook.run.starting.missing_pages import add_missing_pages
from planbook.run.starting.new_project import new_project
from planbook.run.starting.plan_writer import yaml_text
from planbook.run.starting.project_texts import FILES, project_files, words_of
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Direction,
    Frequency,
    Kind,
    Nature,
    RatedBy,
    Visibility,
)
from planbook.workspace import Workspace
from planbook.yamlfile import yaml_value
from tests.books import ROOT
from tests.county import Change, headings, put, spreadsheet
from tests.test_named_commands import wrong_with

pytestmark = pytest.mark.takes(100)

FILE = "目标清单.xlsx"
GOAL_SHEET = next(sheet for sheet in SHEETS if sheet.name == "目标")


def problems_of(change: Change) -> list[Problem]:
    with pytest.raises(ProblemsFound) as raised:
        checked_list(spreadsheet(change), FILE)
    return list(raised.value.problems)


def plan_of(change: Change | None = None) -> Plan:
    return checked_list(spreadsheet(change), FILE)[1]


def in_goal(name: str, column: str, value: Any) -> Change:
    return lambda book: put(book["目标"], name, column, value)


def merged_units(book: Workbook) -> None:
    book["目标"]["Y6"] = "县统计局"
    book["目标"].merge_cells("Y6:Y8")


def about(name: str, value: Any) -> Change:
    def change(book: Workbook) -> None:
        for row in book["方案"].iter_rows(min_row=4):
            if str(row[0].value).rstrip("* ") == name:
                row[1].value = value

    return change


def ranged(baseline: float, direction: str | None = None) -> Change:
    """Make 城镇化率 a range from 42 to 60."""
    cells = {"目标值": 42, "怎样算达到": "区间", "区间上限": 60, "基期值": baseline}

    def change(book: Workbook) -> None:
        for column, value in {**cells, "方向": direction}.items():
            put(book["目标"], "城镇化率", column, value)

    return change


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's project. Only look at it."""
    folder = tmp_path_factory.mktemp("new")
    (folder / FILE).write_bytes(spreadsheet())
    new_project(folder / "county", folder / FILE)
    return folder / "county"


def test_the_template_is_the_same_each_time_and_says_what_is_missing() -> None:
    assert template_bytes() == template_bytes()
    with pytest.raises(ProblemsFound) as raised:
        checked_list(template_bytes(), FILE)
    said = str(raised.value)
    assert "没有填写「方案全称」" in said
    assert "目标和举措都没有填" in said
    assert "示例" not in said


def test_a_template_is_written_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"mine")
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "gone.xlsx")
    for name in ("mine.xlsx", "link.xlsx"):
        done = CliRunner().invoke(new_command.main, [str(tmp_path / name), "--template"])
        assert "已经存在" in str(done.exception)
    assert (tmp_path / "mine.xlsx").read_bytes() == b"mine"
    assert not (tmp_path / "gone.xlsx").exists()


def test_every_column_of_the_template_has_a_note_and_its_choices() -> None:
    book = load_workbook(io.BytesIO(template_bytes()))
    for sheet in SHEETS[1:]:
        own = book[sheet.name]
        guarded = {
            str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
            for rule in own.data_validations.dataValidation
        }
        for asked in sheet.asked:
            column = own.cell(3, headings(own)[asked.title]).column_letter
            assert own[f"{column}4"].value == asked.note
            assert (guarded[column].type == "list") == bool(asked.choices or asked.listed_in)


def test_what_the_spreadsheet_leaves_out_follows_from_kind_and_unit() -> None:
    plan = plan_of()
    told = {
        goal.name: (
            plan.indicator_of(goal).nature,
            plan.indicator_of(goal).accumulation,
            goal.comparator,
            goal.direction,
        )
        for goal in plan.goals
    }
    up, least = Direction.UP, Comparator.AT_LEAST
    ytd, end = Accumulation.YTD, Accumulation.END_OF_PERIOD
    assert told["地区生产总值增速"] == (Nature.FLOW, ytd, Comparator.ABOUT, up)
    assert told["规模以上工业企业"] == (Nature.COUNT_STOCK, end, least, up)
    assert told["城镇化率"] == (Nature.RATIO, end, least, up)
    assert told["新增学位"] == (Nature.COUNT_GROSS, Accumulation.SINCE_START, least, up)
    assert told["生猪存栏"] == (Nature.BALANCE, end, least, up)  # 万头 has parts
    assert told["粮食产量"] == (Nature.FLOW, Accumulation.YEAR, least, up)
    fallen = told["单位生产总值能耗"]
    assert fallen == (Nature.BALANCE, end, Comparator.AT_MOST, Direction.DOWN)
    assert plan.indicator("goal-01").decimals == 1
    assert plan.indicator("goal-06").reported_in == (4,)
    assert [chapter.role for chapter in plan.chapters][-1] == "programmes"
    assert [unit.id for unit in plan.units] == ["fgw", "unit-01", "nyj", "jyj", "unit-02"]


@pytest.mark.parametrize(
    ("unit", "nature"),
    [
        ("人", Nature.COUNT_STOCK),
        ("人次", Nature.COUNT_STOCK),
        ("万人", Nature.BALANCE),
        ("万人次", Nature.BALANCE),
        ("个", Nature.COUNT_STOCK),
        ("万个", Nature.BALANCE),
        ("元", Nature.BALANCE),
        ("亿元", Nature.BALANCE),
        ("元/人", Nature.BALANCE),
        ("件/万人", Nature.BALANCE),
        ("万㎡", Nature.BALANCE),
        ("吨标准煤", Nature.BALANCE),
        ("%", Nature.RATIO),
    ],
)
def test_only_what_is_counted_one_by_one_is_a_count(unit: str, nature: Nature) -> None:
    goal = plan_of(in_goal("规模以上工业企业", "计量单位", unit)).goal("goal-07")
    plan = plan_of(in_goal("规模以上工业企业", "计量单位", unit))
    assert plan.indicator_of(goal).nature is nature


def test_a_number_may_bear_the_unit_of_its_row() -> None:
    assert plan_of(in_goal("固定资产投资", "目标值", "100亿元")).goal("goal-09").target == 100


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Raise the urban share\nto 54%", "Raise the urban share to 54%"),
        ("by 2030,\n450 people", "by 2030, 450 people"),
        ("a long-\nterm plan", "a long-term plan"),
        ("level - \t 3", "level - 3"),
        ("城镇化率\n提高到54%", "城镇化率提高到54%"),
        ("达到12.8\n亿元，\n其中GDP\n增长", "达到12.8亿元，其中GDP增长"),
        ("first\n\n second", "first second"),
        ("first\u2028second", "first second"),
    ],
)
def test_the_lines_of_a_cell_are_joined_as_they_are_read_aloud(typed: str, read: str) -> None:
    assert one_line(typed) == read
    assert plan_of(in_goal("城镇化率", "原文", typed)).goal("goal-06").quote == read


def test_names_in_latin_letters_stay_words_on_every_sheet() -> None:
    def change(book: Workbook) -> None:
        book["单位"]["B6"] = "Office of\nStatistics"
        for row in book["领域"].iter_rows(min_row=6, max_row=10):
            for cell in row:
                if cell.value in ("县发改委", "县发展和改革委员会"):
                    cell.value = "Office of Statistics"
        put(book["目标"], "固定资产投资", "计量单位", "Mt\nCO2e")
        put(book["举措"], "建成县政务服务中心", "专项", "Open a\nbusiness;\nregister a home")

    plan = plan_of(change)
    assert plan.units[0].name == "Office of Statistics"
    assert plan.indicator("goal-09").unit == "Mt CO2e"
    centre = next(m for m in plan.measures if m.title == "建成县政务服务中心")
    assert [part.name for part in centre.sub_items] == [
        "Open a business",
        "register a home",
    ]


def test_goals_on_one_indicator_share_it() -> None:
    def change(book: Workbook) -> None:
        put(book["目标"], "一般公共预算收入", "指标名称", "规上工业营业收入")
        put(book["目标"], "一般公共预算收入", "目标类型", "较基年增长")
        put(book["目标"], "一般公共预算收入", "基期值", 192.5)

    plan = plan_of(change)
    assert len(plan.indicator("goal-02").goals) == 2
    assert plan.goals[2].id == "goal-04"


SECOND = "一般公共预算收入"  # a later row of the indicator that row 7 makes


def sharing(*cells: tuple[str, str, Any]) -> Change:
    """Let a later row be of the first one's indicator, then write cells: goal, column, value."""

    def change(book: Workbook) -> None:
        put(book["目标"], SECOND, "指标名称", "规上工业营业收入")
        put(book["目标"], SECOND, "目标类型", "较基年增长")
        put(book["目标"], SECOND, "基期值", 192.5)
        for cell in cells:
            put(book["目标"], *cell)

    return change


@pytest.mark.parametrize("goal", ["规上工业营业收入", SECOND])
def test_one_internal_row_makes_its_indicator_internal(goal: str) -> None:
    plan = plan_of(sharing((goal, "公开范围", "内部")))
    shared = plan.indicator("goal-02")
    assert len(shared.goals) == 2
    assert shared.visibility is Visibility.INTERNAL


def test_what_a_later_row_leaves_blank_is_as_its_indicators_first_row_has_it() -> None:
    plan = plan_of(
        sharing(
            ("规上工业营业收入", "晚几个月", 1),
            ("规上工业营业收入", "填报单位", "县发改委"),
            ("规上工业营业收入", "小数位数", 1),
        )
    )
    shared = plan.indicator("goal-02")
    assert (shared.frequency, shared.lag_months) == (Frequency.MONTHLY, 1)
    assert (shared.submitting_unit, shared.decimals) == ("fgw", 1)
    assert len(shared.goals) == 2


CONTRADICTIONS = {
    "计量单位": "万元",
    "多久有一个数": "每季度",
    "晚几个月": 1,
    "填报单位": "县农业农村局",
    "指标性质": "数量（存量）",
    "小数位数": 2,
    "公开范围": "公开",
    "目标类型": "期末水平",
}


@pytest.mark.parametrize("column", CONTRADICTIONS)
def test_a_later_row_that_contradicts_its_indicator_is_told_by_its_cell(column: str) -> None:
    first = [("规上工业营业收入", "小数位数", 1), ("规上工业营业收入", "公开范围", "内部")]
    unit = () if column == "计量单位" else ((SECOND, "计量单位", "亿元"),)
    (problem,) = problems_of(sharing(*first, *unit, (SECOND, column, CONTRADICTIONS[column])))
    assert problem.where.endswith(f"9，{column}")
    assert "规上工业营业收入" in problem.what
    assert "第7行" in problem.what
    assert "把指标名称写得不同" in problem.fix


def test_every_contradiction_of_a_row_is_told_at_once() -> None:
    wrong = {key: value for key, value in CONTRADICTIONS.items() if key != "公开范围"}
    found = problems_of(
        sharing(("规上工业营业收入", "小数位数", 1), *((SECOND, *cell) for cell in wrong.items()))
    )
    assert {problem.where.rpartition("，")[2] for problem in found} == {*wrong}


def yearly_rows(*cells: tuple[str, Any]) -> Change:
    """Let two rows share an indicator with a value every five years, then write cells."""

    def change(book: Workbook) -> None:
        for name in ("城镇化率", "农村自来水普及率"):
            put(book["目标"], name, "领域", "经济增长")
            put(book["目标"], name, "指标名称", "普查数")
            put(book["目标"], name, "基期值", 52.8)
            put(book["目标"], name, "基期值来源", "县统计局2024年统计公报")
        put(book["目标"], "城镇化率", "多久有一个数", "每5年")
        put(book["目标"], "城镇化率", "有数的年份", 2025)
        put(book["目标"], "城镇化率", "年度数何时报", "次年第一期")
        for cell in cells:
            put(book["目标"], "农村自来水普及率", *cell)

    return change


def test_any_year_with_a_value_may_be_named_again() -> None:
    plan = plan_of(yearly_rows(("有数的年份", 2020)))
    shared = plan.indicator("goal-06")
    assert (len(shared.goals), shared.value_year, shared.reported_in) == (2, 2025, (1,))


@pytest.mark.parametrize(
    ("column", "value"),
    [("有数的年份", 2021), ("年度数何时报", "当年最后一期"), ("多久有一个数", "每年")],
)
def test_other_years_and_times_of_one_indicator_are_told(column: str, value: Any) -> None:
    (problem,) = problems_of(yearly_rows((column, value)))
    assert problem.where.endswith(f"25，{column}")


def test_one_indicator_is_of_one_area() -> None:
    def change(*cells: tuple[str, Any]) -> Change:
        def both(book: Workbook) -> None:
            scoped(book)
            yearly_rows(*cells)(book)

        return both

    assert plan_of(change()).indicator("goal-06").scope == "全域"
    (problem,) = problems_of(change(("口径", "新城区")))
    assert problem.where.endswith("25，口径")


def test_a_level_and_its_growth_share_an_indicator_the_level_first() -> None:
    growth = ((SECOND, "目标类型", "年均增速"), (SECOND, "目标值", 6))
    level = (("规上工业营业收入", "目标类型", "期末水平"),)
    assert len(plan_of(sharing(*level, *growth)).indicator("goal-02").goals) == 2
    swapped = (
        ("规上工业营业收入", "目标类型", "年均增速"),
        (SECOND, "目标类型", "期末水平"),
    )
    (problem,) = problems_of(sharing(*swapped))
    assert problem.fix == "把这一行移到第7行之前，或把指标名称写得不同"


def test_a_baseline_has_one_source() -> None:
    (problem,) = problems_of(sharing((SECOND, "基期值来源", "别的来源")))
    assert problem.where.endswith("M9，基期值来源")
    assert "写了两个来源" in problem.what


def test_a_chapter_has_one_heading() -> None:
    def change(book: Workbook) -> None:
        book["领域"]["D7"] = "一、另一个标题"

    (problem,) = problems_of(change)
    assert problem.where.endswith("D7，章的原文标题")
    assert "「一、主要预期目标」和「一、另一个标题」" in problem.what
    assert plan_of(lambda book: setattr(book["领域"]["D7"], "value", "一、主要预期目标")).chapters


def test_values_every_few_years_lags_and_other_due_months_are_written() -> None:
    def change(book: Workbook) -> None:
        put(book["目标"], "城镇化率", "多久有一个数", "每5年")
        put(book["目标"], "城镇化率", "有数的年份", 2025)
        put(book["目标"], "固定资产投资", "晚几个月", 1)
        put(book["目标"], "招商到位资金", "到期", "2026年3月")

    plan = plan_of(change)
    urban = plan.indicator("goal-06")
    assert (urban.frequency, urban.every_years, urban.value_year) == (Frequency.ANNUAL, 5, 2025)
    assert plan.indicator("goal-09").lag_months == 1
    assert str(plan.goal("goal-11").due) == "2026-03"


def scoped(book: Workbook) -> None:
    """Fill in two areas, one of them new, and who is measured in which."""
    about("区划调整", "2025-03")(book)
    for row, entry in enumerate((("全域", "全域范围；全县"), ("新城区", None, "是")), start=6):
        for column, cell in enumerate(entry, start=2):
            book["口径"].cell(row, column).value = cell
    put(book["目标"], "城镇化率", "口径", "全域")
    put(book["目标"], "固定资产投资", "口径", "新城区")


def test_areas_come_from_the_spreadsheet_and_baselines_are_of_theirs(tmp_path: Path) -> None:
    plan = plan_of(scoped)
    whole, new = plan.about.scopes
    assert (whole.name, whole.also, whole.since_break) == ("全域", ("全域范围", "全县"), False)
    assert (new.name, new.since_break) == ("新城区", True)
    assert str(plan.about.scope_break) == "2025-03"
    assert plan.indicator("goal-06").scope == "全域"
    (tmp_path / FILE).write_bytes(spreadsheet(scoped))
    new_project(tmp_path / "county", tmp_path / FILE)
    baselines = (tmp_path / "county/data/live/baselines.csv").read_text(encoding="utf-8-sig")
    areas = {line.split(",")[2] for line in baselines.splitlines() if line.startswith("goal-06,")}
    assert areas == {"全域"}


def test_an_area_that_is_not_listed_is_told_by_its_cell() -> None:
    (problem,) = problems_of(lambda book: put(book["目标"], "城镇化率", "口径", "全城"))
    assert problem.what == "没有「全城」这一口径"
    assert "在「口径」表中补上" in problem.fix
    assert "工作表「目标」" in problem.where


def test_a_list_without_the_sheet_of_areas_is_read_still() -> None:
    plan = plan_of(lambda book: book.remove(book["口径"]))
    assert plan.about.scopes == ()


def test_how_progress_is_measured_may_be_chosen_for_a_goal() -> None:
    plan = plan_of(lambda book: put(book["目标"], "城镇化率", "进度比", "增长进度比"))
    (urban,) = plan.indicator("goal-06").goals
    assert urban.rated_by is RatedBy.GROWTH


def test_other_cycles_and_years_are_written() -> None:
    def change(book: Workbook) -> None:
        about("多久出一期", "每半年")(book)
        about("第一期", "2025-H1")(book)

    cycle = plan_of(change).cycle
    assert (cycle.name, cycle.months) == (CycleName.HALF_YEAR, 6)


def test_a_first_edition_that_became_a_day_is_read() -> None:
    def change(book: Workbook) -> None:
        about("多久出一期", "每月")(book)
        about("第一期", dt.datetime(2025, 1, 1))(book)

    assert str(plan_of(change).about.first_edition) == "2025-01"


WRONG: dict[str, tuple[Change, str, str, str]] = {
    "a word beyond the list": (
        in_goal("城镇化率", "目标类型", "期未水平"),
        "工作表「目标」E11，目标类型",
        "「期未水平」不在可选的词之内",
        "是否应为「期末水平」？",
    ),
    "no number": (
        in_goal("城镇化率", "目标值", "五十四"),
        "工作表「目标」F11，目标值",
        "「五十四」不是数字",
        "",
    ),
    "a number with its unit": (
        in_goal("固定资产投资", "目标值", "100公里"),
        "F14，目标值",
        "100公里",
        "",
    ),
    "a number in another unit": (
        in_goal("固定资产投资", "目标值", "1000000万元"),
        "F14，目标值",
        "「1000000万元」不是以「亿元」计的数",
        "改为 100",
    ),
    "a number with a note": (
        in_goal("固定资产投资", "目标值", "约100"),
        "F14，目标值",
        "「约100」在数字之外还有说明",
        "只填数字",
    ),
    "cells merged over rows": (
        merged_units,
        "Y7，填报单位",
        "合并在 Y6:Y8 之中",
        "取消合并，每一行各自填写",
    ),
    "a target is missing": (
        in_goal("固定资产投资", "目标值", None),
        "F14，目标值",
        "「年度总量」的目标没有「目标值」",
        "补上数字",
    ),
    "a goal of people has a number": (
        in_goal("营商环境", "目标值", 5),
        "F18，目标值",
        "「定性目标」由人评定，没有数",
        "删去，或改选别的目标类型",
    ),
    "growth in percent of what": (
        in_goal("地区生产总值增速", "计量单位", "%"),
        "I6，计量单位",
        "增速目标的计量单位写成了 %",
        "写总量的单位",
    ),
    "a baseline without its source": (
        in_goal("固定资产投资", "基期值来源", None),
        "M14，基期值来源",
        "基期值没有来源",
        "写明出自哪里",
    ),
    "an unknown field": (
        in_goal("城镇化率", "领域", "经济增张"),
        "B11，领域",
        "没有领域「经济增张」",
        "是否应为「经济增长」？",
    ),
    "an unknown unit": (
        in_goal("城镇化率", "填报单位", "县公安局"),
        "填报单位",
        "没有填报单位「县公安局」",
        "",
    ),
    "a name twice": (
        in_goal("城镇化率", "目标名称", "固定资产投资"),
        "C14，目标名称",
        "目标名称「固定资产投资」重复",
        "改名，或合并成一行",
    ),
    "an id of a unit twice": (
        lambda book: put(book["单位"], "县统计局", "编号", "fgw"),
        "工作表「单位」D7，编号",
        "编号「fgw」重复",
        "改用其他编号，或留空由程序编号",
    ),
    "a short name of a unit twice": (
        lambda book: put(book["单位"], "县统计局", "简称", "县发改委"),
        "工作表「单位」C7，简称",
        "简称「县发改委」重复",
        "改名，或合并成一行",
    ),
    "a month that may be two": (
        in_goal("城镇化率", "到期", "1/12/2025"),
        "到期",
        "不是能确定的月份",
        "写作 2025-12",
    ),
    "an id that is none": (
        in_goal("城镇化率", "编号", "城镇化率"),
        "编号",
        "编号「城镇化率」的写法不对",
        "只用小写字母",
    ),
    "an upper end of no range": (
        in_goal("城镇化率", "区间上限", 60),
        "H11，区间上限",
        "只有区间目标才有上限",
        "怎样算达到改为「区间」",
    ),
    "due before its base": (
        about("到期", "2024-06"),
        "工作表「方案」B12，到期",
        "截止时间 2024-06 不晚于起点 2024-12",
        "",
    ),
    "an edition of another cycle": (
        about("第一期", "2025-01"),
        "工作表「方案」B14，第一期",
        "本方案每季度一期，没有「2025-01」",
        "",
    ),
    "an edition that is none": (
        about("第一期", "2025年一季度"),
        "第一期",
        "「2025年一季度」不是期号",
        "本方案每季度一期，如 2026-Q1",
    ),
    "a sheet is missing": (
        lambda book: book.remove(book["单位"]),
        FILE,
        "没有工作表「单位」",
        "从模板中补上这张表",
    ),
    "a heading otherwise": (
        lambda book: setattr(book["目标"]["L3"], "value", "基期数"),
        "工作表「目标」L3",
        "没有「基期数」这一列",
        "是否应为「基期",
    ),
    "a range that its base lies above": (
        ranged(baseline=70),
        "L11，基期值",
        "基期值 70 高于区间上限，一开始就算作达标",
        "目标改为怎样算达到「不高于」、方向「越低越好」、目标值60，删去区间上限；"
        "只要不低于下限的，改为怎样算达到「达到或以上」，删去区间上限；基期值写错的，改正",
    ),
    "a range that is to fall": (
        ranged(baseline=50, direction="越低越好"),
        "方向",
        "比较方式「区间」与方向「越低越好」矛盾",
        "越低越好的目标用「不高于」和方向「越低越好」，目标值写上限，删去区间上限",
    ),
    "due before the start": (
        about("到期", "2024-06"),
        "方案",
        "截止时间 2024-06 不晚于起点",
        "",
    ),
    "a first edition after the plan is due": (
        about("第一期", "2027-Q1"),
        "第一期",
        "首期 2027-Q1 晚于截止时间",
        "改正首期，或改正到期",
    ),
    "an empty field": (
        lambda book: setattr(book["领域"]["B11"], "value", "生态环境"),
        "B11，领域",
        "领域「生态环境」没有目标，也没有举措",
        "",
    ),
}


@pytest.mark.parametrize("damage", WRONG)
def test_what_is_wrong_is_told_by_its_cell_with_a_remedy(damage: str) -> None:
    change, where, what, fix = WRONG[damage]
    problems = problems_of(change)
    found = [p for p in problems if what in p.what and where in p.where]
    assert found, problems
    assert fix in found[0].fix
    assert found[0].fix
    said = " ".join(f"{p.what} {p.where} {p.fix}" for p in problems)
    assert not re.search(r"[a-z]+_[a-z]+|\.yaml|\.csv", said), said  # keys and files of the plan


NOT_OF_PEOPLE = {
    "目标值": 5,
    "怎样算达到": "不高于",
    "区间上限": 9,
    "基期": "2024-12",
    "基期值": 3,
    "基期值来源": "县统计局2024年统计公报",
    "多久有一个数": "每年",
    "年度数何时报": "次年第一期",
    "有数的年份": 2025,
    "晚几个月": 1,
    "方向": "越低越好",
    "进度比": "增长进度比",
    "指标性质": "流量",
    "小数位数": 1,
}


@pytest.mark.parametrize("goal", ["营商环境", "县城货运铁路专线"])
def test_every_number_of_a_goal_that_people_judge_is_told_by_its_cell(goal: str) -> None:
    def change(book: Workbook) -> None:
        for column, value in NOT_OF_PEOPLE.items():
            put(book["目标"], goal, column, value)

    found = problems_of(change)
    assert [problem.where.rpartition("，")[2] for problem in found] == [*NOT_OF_PEOPLE]
    assert all("由人评定，没有数" in problem.what for problem in found)


def test_every_column_of_the_goals_is_read_or_told_for_goals_of_people() -> None:
    """A column that is added has to be thought of: read for what people judge, or refused."""
    read = {"领域", "目标名称", "原文", "目标类型", "指标名称", "到期", "原文出处", "填报单位"}
    read |= {"公开范围", "读法", "编号", "计量单位", "口径"}
    asked = {asked.title for asked in GOAL_SHEET.asked}
    assert asked == read | {*NOT_OF_PEOPLE}


UNREAD: dict[str, tuple[str, str, Any, str, str]] = {  # goal, column, value, cell and remedy
    "when a quarterly value comes": (
        *("固定资产投资", "年度数何时报", "次年第一期"),
        *("O14", "把多久有一个数改为「每年」"),
    ),
    "when a monthly value comes": (
        *("规上工业营业收入", "年度数何时报", "当年最后一期"),
        *("O7", "把多久有一个数改为「每年」"),
    ),
    "a source of no baseline": (
        *("义务教育巩固率", "基期值来源", "县教育局年报"),
        *("M34", "补上基期值，或删去来源"),
    ),
    "a source where no baseline is used": (
        *("高标准农田", "基期值来源", "县农业农村局年报"),
        *("M21", "删去；这类目标不用基期值"),
    ),
    "a base of what has none": (
        *("粮食产量", "基期", "2023-12"),
        *("K20", "删去，或改选别的目标类型"),
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_cell_that_nothing_reads_is_told(name: str) -> None:
    goal, column, value, cell, fix = UNREAD[name]
    (problem,) = problems_of(in_goal(goal, column, value))
    assert problem.where.endswith(f"{cell}，{column}")
    assert fix in problem.fix


def test_a_yearly_book_takes_values_in_its_only_edition_of_a_year() -> None:
    def change(book: Workbook) -> None:
        about("多久出一期", "每年")(book)
        about("第一期", "2025")(book)
        put(book["目标"], "粮食产量", "年度数何时报", "次年第一期")

    (problem,) = problems_of(change)
    assert problem.where.endswith("O20，年度数何时报")
    assert "一年一期" in problem.what


def test_when_a_value_comes_may_stand_beside_a_blank_that_takes_after_the_first_row() -> None:
    plan = plan_of(yearly_rows(("年度数何时报", "次年第一期")))
    assert plan.indicator("goal-06").reported_in == (1,)


def test_everything_is_told_at_once_and_nothing_twice() -> None:
    def change(book: Workbook) -> None:
        for damage in (
            "no number",
            "an unknown field",
            "an id that is none",
            "due before its base",
        ):
            WRONG[damage][0](book)
        put(book["目标"], "固定资产投资", "目标值", None)

    found = problems_of(change)
    assert len({problem.where for problem in found}) == len(found) >= 4


def test_a_remedy_names_only_what_this_spreadsheet_has() -> None:
    (problem,) = problems_of(in_goal("固定资产投资", "目标值", "约100"))
    assert problem.fix == "只填数字"


def test_a_start_that_cannot_be_read_is_told_once() -> None:
    (problem,) = problems_of(about("起点", "2024-13"))
    assert "B11，起点" in problem.where


OTHER_MISTAKES: dict[str, Change] = {  # by the cell that is told: none depends on the plan's dates
    "H32，区间上限": in_goal("技能培训", "区间上限", 0.1),
    "E20，目标类型": in_goal("粮食产量", "多久有一个数", "每3年"),
    "L8，基期值": in_goal("社会消费品零售总额", "基期值", 7420),
}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (about("起点", "去年底"), {"B11，起点"}),
        (about("起点", None), {"B11，起点"}),
        (about("起点", "2026-12"), {"B11，起点", "B12，到期", "B14，第一期"}),
        (about("起点", "2024-11"), {"B11，起点"}),  # no year's end, of which totals have their base
        (about("第一期", "一季度"), {"B14，第一期"}),
        (about("多久出一期", "每周"), {"B13，多久出一期"}),
        (about("年度从几月开始", 13), {"B15，年度从几月开始"}),
        (about("总体目标", None), {"B10，总体目标"}),
        (lambda book: book.remove(book["单位"]), {FILE}),
        (in_goal("固定资产投资", "到期", "2024-06"), {"W14，到期"}),
    ],
)
def test_no_mistake_hides_another_and_none_is_told_in_every_row(
    wrong: Change, told: set[str]
) -> None:
    def change(book: Workbook) -> None:
        for mistake in OTHER_MISTAKES.values():
            mistake(book)
        wrong(book)

    def cells(problems: list[Problem]) -> set[str]:
        return {
            next((cell for cell in told | {*OTHER_MISTAKES} if p.where.endswith(cell)), p.where)
            for p in problems
        }

    alone, all_at_once = problems_of(wrong), problems_of(change)
    assert cells(alone) == told
    assert cells(all_at_once) == told | {*OTHER_MISTAKES}


def test_dates_that_do_not_hold_for_the_rest_give_no_other_problem() -> None:
    def change(book: Workbook) -> None:
        about("起点", "去年底")(book)
        in_goal("城镇化率", "到期", "2024-06")(book)

    (problem,) = problems_of(change)
    assert problem.where.endswith("B11，起点")


def test_chapters_may_be_merged_over_their_fields() -> None:
    assert plan_of(lambda book: book["领域"].merge_cells("C6:C7")).chapters[0].fields[1:]


def test_a_doubtful_baseline_is_told_by_its_cell_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(spreadsheet(in_goal("固定资产投资", "基期值", 930000)))
    with pytest.raises(ProblemsFound) as raised:
        new_project(tmp_path / "county", tmp_path / FILE)
    (problem,) = raised.value.problems
    assert problem.where == f"{FILE}，工作表「目标」L14，基期值"
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("baseline", [30, 42, 50, 60])
def test_a_range_that_is_reached_from_below_or_begins_within_is_taken(baseline: float) -> None:
    (goal,) = (g for g in plan_of(ranged(baseline)).goals if g.name == "城镇化率")
    assert (goal.target, goal.target_high) == (42, 60)


def test_dates_in_the_wrong_order_are_told_once_and_no_baseline_is_blamed() -> None:
    late, base = problems_of(about("到期", "2024-06"))
    assert (late.where[-2:], base.where[-2:]) == ("到期", "起点")
    (problem,) = problems_of(about("第一期", "2027-Q1"))
    assert "晚于截止时间" in problem.what


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(spreadsheet())
    with pytest.raises(UsageError, match="「Con」是 Windows 的保留名"):
        new_project(tmp_path / "Con", tmp_path / FILE)
    taken = tmp_path / "county"
    taken.mkdir()
    (taken / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="不是空的文件夹"):
        new_project(taken, tmp_path / FILE)
    assert [path.name for path in taken.iterdir()] == ["note.txt"]
    (taken / "note.txt").unlink()
    assert new_project(taken, tmp_path / FILE).forms == 5


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return an empty folder, beside it a filled spreadsheet."""
    (tmp_path / FILE).write_bytes(spreadsheet())
    (tmp_path / "empty").mkdir()
    return tmp_path / "empty"


@pytest.mark.parametrize("named", [".", "../empty", "../../{}/empty"])
def test_a_project_is_made_in_the_empty_folder_that_one_stands_in(
    empty: Path, county: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(empty)
    before = empty.stat().st_ino
    made = new_project(Path(named.format(empty.parent.name)), Path("..", FILE))
    assert made.forms == 5
    assert empty.stat().st_ino == before  # who stands in it goes on
    assert files_of(empty) == files_of(county)
    assert {path.name for path in empty.parent.iterdir()} == {FILE, "empty"}


def test_the_command_makes_a_project_where_one_stands(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(empty)
    done = CliRunner().invoke(new_command.main, [".", "--from", f"../{FILE}"])
    assert done.exit_code == 0, done.output
    assert "已建成 .：" in done.output
    assert load_plan(Path("data/plan")).goals


def test_a_link_to_an_empty_folder_leads_to_the_project(empty: Path) -> None:
    link = empty.parent / "link"
    link.symlink_to(empty, target_is_directory=True)
    new_project(link, empty.parent / FILE)
    assert link.is_symlink()
    assert (empty / "data" / "plan" / "plan.yaml").is_file()


def test_an_empty_folder_beside_which_nothing_may_be_written_is_filled(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Path.mkdir

    def guarded(path: Path, *arguments: Any, **options: Any) -> None:
        if path.parent == empty.parent and path != empty:
            raise PermissionError(13, "no", str(path))
        made(path, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", guarded)
    assert new_project(empty, empty.parent / FILE).forms == 5


def test_nothing_is_left_in_an_empty_folder_where_a_move_fails(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if path.name == "data":
            assert {"book", "notebooks"} <= {each.name for each in empty.iterdir()}
            raise OSError(28, "full")
        return moved(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="full"):
        new_project(empty, empty.parent / FILE)
    assert list(empty.iterdir()) == []


def test_what_came_into_an_empty_folder_meanwhile_stays_alone(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "planbook.run.starting.new_project.write_toc",
        lambda plan, path: (empty / "note.txt").write_text("mine", encoding="utf-8"),
    )
    with pytest.raises(UsageError, match="不是空的文件夹"):
        new_project(empty, empty.parent / FILE)
    assert files_of(empty) == {"note.txt": b"mine"}


def test_an_empty_folder_stays_empty_where_the_spreadsheet_is_wrong(empty: Path) -> None:
    (empty.parent / FILE).write_bytes(spreadsheet(in_goal("固定资产投资", "目标值", None)))
    with pytest.raises(ProblemsFound):
        new_project(empty, empty.parent / FILE)
    assert list(empty.iterdir()) == []


DAMAGED = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["=1/0", "#REF!", "%", "—", "示例", "说明", "2025-13", "\ud7ff", "一\n二"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)


@st.composite
def damages(draw: st.DrawFn) -> Callable[[Workbook], None]:
    """Draw a few cells anywhere in the five sheets, and what to write over them."""
    cells = draw(
        st.lists(
            st.tuples(
                st.sampled_from([sheet.name for sheet in SHEETS]),
                st.integers(1, 40),
                st.integers(1, 26),
                DAMAGED,
            ),
            min_size=1,
            max_size=4,
        )
    )

    def change(book: Workbook) -> None:
        for sheet, row, column, value in cells:
            try:
                book[sheet].cell(row, column).value = value
            except ValueError:  # openpyxl writes no control characters
                book[sheet].cell(row, column).value = "?"

    return change


@settings(max_examples=15)
@given(damages())
def test_no_damage_ends_in_a_traceback(change: Change) -> None:
    data = spreadsheet(change)
    with suppress(ProblemsFound):
        assert checked_list(data, FILE)[0].files


@settings(max_examples=30)
@given(st.integers(0, 60_000), st.binary(max_size=40))
def test_no_damaged_file_ends_in_a_traceback(at: int, bytes_: bytes) -> None:
    whole = template_bytes()
    damaged = whole[:at] + bytes_ + whole[at + len(bytes_) :]
    with pytest.raises(PlanbookError):
        checked_list(damaged, FILE)


@given(st.text(max_size=12))
def test_texts_stay_texts_in_the_plans_files(text: str) -> None:
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", "", text)
    assert yaml_value(yaml_text({"a": text}), "a.yaml") == ({"a": text}, [])
    for word in ("1e5", "no", "1_000", ".5", "0x1f", "null", "true", "2025", "- a", "a: b", "#"):
        assert yaml_value(yaml_text({"a": word}), "a.yaml")[0] == {"a": word}


def test_the_project_can_be_opened_and_holds_nothing_left_blank(county: Path) -> None:
    plan = load_plan(county / "data" / "plan")
    assert (len(plan.goals), len(plan.measures), len(plan.units)) == (30, 4, 5)
    dataset = Workspace.open("live", county).dataset
    assert dataset.title == "云溪县政府工作报告进展"
    assert not dataset.demonstration
    for path in county.rglob("*"):
        if path.suffix in (".md", ".yml", ".yaml", ".ipynb"):
            assert "{{" not in path.read_text(encoding="utf-8"), path
    config = yaml.safe_load((county / "_config.yml").read_text(encoding="utf-8"))
    assert config["title"] == dataset.title
    forms = {path.name for path in (county / "templates").iterdir()}
    assert forms == {f"2025-Q1-{unit.id}.xlsx" for unit in plan.units}


def test_a_plan_of_measures_alone_and_odd_names_make_a_project(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for row in book["目标"].iter_rows(min_row=6, max_row=40):
            for cell in row:
                cell.value = None
        for number in (6, 7, 9):  # fields that are left without anything
            for column in "BCDEF":
                book["领域"][f"{column}{number}"].value = None
        book["领域"]["C8"].value = '乡村："振兴" #1'
        about("书名", '"书": {名} # 一')(book)

    (tmp_path / FILE).write_bytes(spreadsheet(change))
    made = new_project(tmp_path / "county", tmp_path / FILE)
    assert not made.plan.goals
    assert made.plan.chapters[0].title == '乡村："振兴" #1'
    config = yaml.safe_load((tmp_path / "county" / "_config.yml").read_text(encoding="utf-8"))
    assert config["title"] == '"书": {名} # 一'


CYCLES: dict[str, tuple[str, str, int]] = {  # how often, first edition, months of the year's begin
    "quarters": ("每季度", "2025-Q1", 1),
    "quarters from May": ("每季度", "2025-07Q", 5),
    "half-years": ("每半年", "2025-H1", 1),
    "years": ("每年", "2025", 1),
    "years from April": ("每年", "2025-03Y", 4),
}


def of_cycle(name: str, edition: str, begins: int) -> Change:
    def change(book: Workbook) -> None:
        about("多久出一期", name)(book)
        about("第一期", edition)(book)
        about("年度从几月开始", begins)(book)
        about("起点", str(TimePeriod(2024, 12 if begins == 1 else begins - 1)))(book)
        about("到期", str(TimePeriod(2026, 12 if begins == 1 else begins - 1)))(book)

    return change


def typed_in(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands that a project's texts name, in blocks or within a line, and where."""
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        within = re.findall(r"`(python -m planbook[^`\n]*)`", text)
        for line in (*text.splitlines(), *within):
            if line.strip().startswith("python -m planbook"):
                yield path.name, shlex.split(line.strip())


@pytest.mark.parametrize("name", CYCLES)
def test_the_month_that_the_handbook_names_lies_between_two_editions(name: str) -> None:
    plan = plan_of(of_cycle(*CYCLES[name]))
    month = Edition.parse(words_of(plan, "")["flash"])
    first = plan.about.first_edition
    assert first.start <= month.end < first.end
    for flashes in (Flashes.MONTHLY, Flashes.ODD_MONTHS):
        assert replace(plan.cycle, flashes=flashes, flashes_from=month).is_flash(month)


@pytest.mark.parametrize("name", CYCLES)
def test_no_text_of_a_book_of_another_cycle_speaks_of_quarters(name: str) -> None:
    plan = plan_of(of_cycle(*CYCLES[name]))
    words = words_of(plan, plan.about.title)
    notebooks = frozenset(path.stem for path in (FILES / "notebooks").glob("*.ipynb"))
    told = {
        path: content.decode("utf-8")
        for path, content in project_files(words, notebooks)
        if path.endswith((".md", ".ipynb", ".yml", ".yaml", ".csv"))
    }
    told["fields of letters"] = str(letter_fields_table(plan.about.first_edition).html())
    of_quarters = {path for path, text in told.items() if "季" in text or "-Q" in text}
    if plan.cycle.months == 3:
        assert of_quarters
    else:
        assert of_quarters == set()


def test_the_note_on_the_first_edition_names_one_of_every_cycle() -> None:
    note = next(a.note for a in SHEETS[0].asked if a.key == "first_edition")
    named = [Edition.parse(id) for id in re.findall(r"20[0-9A-Z-]+", note)]
    assert {(each.months, str(each)[4:]) for each in named} == {
        (3, "-Q1"),
        (1, "-01"),
        (6, "-H1"),
        (12, ""),
        (12, "-03Y"),
    }


def test_every_command_of_its_texts_is_one_that_the_parser_takes(county: Path) -> None:
    named = list(typed_in(county))
    assert {where for where, _ in named} == {"README.md", "handbook.md"}
    within = {" ".join(words[3:5]) for _, words in named}
    assert {"collect meeting", "collect letters", "collect receive"} <= within
    assert [words for _, words in named if wrong_with(shlex.join(words[3:]))] == []


def test_every_edition_of_its_commands_is_one_of_its_own(county: Path) -> None:
    plan = load_plan(county / "data" / "plan")
    cycle = replace(plan.cycle, flashes=Flashes.MONTHLY)
    asked = [
        words[words.index("--edition") + 1]
        for _, words in typed_in(county)
        if "--edition" in words[:-1]
    ]
    assert len(asked) > 10
    assert [text for text in asked if not cycle.collects(Edition.parse(text))] == []


def test_the_paper_of_a_month_is_made_as_its_handbook_says(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "county"
    shutil.copytree(county, project)
    (command,) = [words for _, words in typed_in(project) if words[3:5] == ["collect", "meeting"]]
    handbook = (project / "book" / "handbook.md").read_text(encoding="utf-8")
    (month,) = set(re.findall(r"`flashes_from`（从哪个月起，如 `([^`]+)`）", handbook))
    assert month in command
    plan_file = project / "data" / "plan" / "plan.yaml"
    text = plan_file.read_text(encoding="utf-8")
    monkeypatch.chdir(project)
    refused = CliRunner().invoke(main, command[3:])
    assert "先在 plan.yaml 写 flashes" in str(refused.exception)
    plan_file.write_text(f"{text}flashes: odd_months\nflashes_from: {month}\n", encoding="utf-8")
    done = CliRunner().invoke(main, command[3:])
    assert done.exit_code == 0, (done.output, done.exception)
    assert sorted(path.suffix for path in (project / "会议材料").iterdir()) == [".docx", ".pdf"]


def test_a_monthly_book_is_told_nothing_of_months_between(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(spreadsheet(of_cycle("每月", "2025-01", 1)))
    project = new_project(tmp_path / "county", tmp_path / FILE).root
    for path in project.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"单月|flashes|collect meeting|\{\{", text), path
    handbook = (project / "book" / "handbook.md").read_text(encoding="utf-8")
    assert "planbook collect projects\n```\n\n## 第八步" in handbook


def test_this_project_has_the_files_that_a_new_one_has() -> None:
    """What every project has is the same here; only what is its own plan's differs."""

    def general(path: Path) -> str:
        text = path.read_text(encoding="utf-8").replace("{{book_title}}", "2027年目标进展报告")
        return text.replace("方案没有公布基期数值。", "")  # a fact of this plan

    own = {"README.md", "gitignore", "book/handbook.md", "notebooks/analysis.ipynb"}
    own |= {"notebooks/chapter.ipynb", "data/README.md"}
    for path in FILES.rglob("*"):
        name = path.relative_to(FILES).as_posix()
        if path.is_file() and name not in own and not name.startswith("data/live"):
            assert general(path) == general(ROOT / name), name


def test_notebooks_of_a_new_project_are_kept_without_outputs() -> None:
    for path in (FILES / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs"), path


def test_kinds_of_goals_can_all_be_chosen() -> None:
    kinds = next(a for s in SHEETS for a in s.asked if a.key == "kind").choices
    assert list(kinds.values()) == [kind.value for kind in Kind]


def test_a_new_projects_chapters_need_no_kernel_of_their_own(county: Path) -> None:
    notebook = nbformat.read(county / "notebooks" / "chapter.ipynb", as_version=4)
    kernel, problems = kernel_of(notebook, "notebooks/chapter.ipynb")
    assert (kernel.name, problems) == (None, [])


def test_pages_that_an_older_project_lacks_are_added_and_its_own_are_left(
    tmp_path: Path, county: Path
) -> None:
    plan, title = load_plan(county / "data" / "plan"), "云溪县政府工作报告进展"
    (tmp_path / "book").mkdir()
    own = tmp_path / "book" / "glossary.md"
    own.write_text("# 我们的术语\n", encoding="utf-8")
    added = add_missing_pages(tmp_path, plan, title)
    assert {"book/legend.md", "book/handbook.md"} <= {*added}
    assert "book/glossary.md" not in added
    for name in added:
        assert (tmp_path / name).read_bytes() == (county / name).read_bytes()
    assert own.read_text(encoding="utf-8") == "# 我们的术语\n"
    assert not add_missing_pages(tmp_path, plan, title)


EACH_STAGE: dict[str, Change] = {  # by the cell that is told: what each step of reading asks
    "B9，地区称呼": about("地区称呼", None),  # sheet 方案
    "B8，发布日期": about("发布日期", "2026年1月15日前后"),  # a day
    "B20，编号": about("编号", "不是编号"),  # an id
    "D7，编号": lambda book: put(book["单位"], "县统计局", "编号", "fgw"),  # two of one id
    "F14，目标值": in_goal("固定资产投资", "目标值", "约100"),  # a cell
    "M14，基期值来源": in_goal("固定资产投资", "基期值来源", None),  # between cells of a row
    "Y14，填报单位": in_goal("固定资产投资", "填报单位", "教育局"),  # a name of another sheet
    "R14，口径": in_goal("固定资产投资", "口径", "直管区"),  # a rule of the plan's files
    "H32，区间上限": in_goal("技能培训", "区间上限", 0.1),
    "L8，基期值": in_goal("社会消费品零售总额", "基期值", 7420),  # a baseline's size
}


def test_no_step_of_reading_hides_a_later_one_not_even_in_one_row() -> None:
    def change(book: Workbook) -> None:
        for mistake in EACH_STAGE.values():
            mistake(book)

    for cell, mistake in EACH_STAGE.items():
        (problem,) = problems_of(mistake)
        assert problem.where.endswith(cell)
    together = problems_of(change)
    told = {cell for cell in EACH_STAGE for problem in together if problem.where.endswith(cell)}
    assert told == {*EACH_STAGE}
    assert len(together) == len(EACH_STAGE)


@pytest.mark.parametrize(
    "mistake",
    [
        in_goal("固定资产投资", "目标值", "约100"),
        in_goal("固定资产投资", "基期值", "不详"),
        in_goal("固定资产投资", "基期", "去年"),
        in_goal("固定资产投资", "计量单位", None),
        in_goal("固定资产投资", "领域", "没有的领域"),
        in_goal("固定资产投资", "怎样算达到", "差不多"),
        in_goal("技能培训", "目标值", None),
        in_goal("技能培训", "多久有一个数", "偶尔"),
        in_goal("城镇化率", "到期", "明年"),
    ],
)
def test_what_stands_in_for_a_mistake_makes_no_other(mistake: Change) -> None:
    assert len(problems_of(mistake)) == 1
