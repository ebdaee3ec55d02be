from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.decided.csv_inputs import (
    read_annual_targets,
    read_assessments,
    read_baselines,
)
from planbook.collect.decided.past_values import read_past_values
from planbook.errors import ProblemsFound
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS, BASELINES
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.yamlfile import passing_over_unknown
from tests.office import PLAN

BASELINE = "firms,2024-12,直管区,61,统计公报,,2026-Q1"
TARGET = "firms,2026,90,工作要点,2026-Q1"


def csv_file(folder: Any, contract: Any, *lines: Any, encoding: Any = "utf-8-sig") -> Any:
    path = folder / f"{contract.name}.csv"
    path.write_text("\n".join([",".join(contract.columns), *lines, ""]), encoding=encoding)
    return path


def problems(read: Any, path: Any, plan: Any = PLAN) -> Any:
    with pytest.raises(ProblemsFound) as found:
        read(path, plan)
    return [(problem.what, problem.where) for problem in found.value.problems]


def with_a_milestone() -> Any:
    content = PLAN.model_dump()
    indicator = content["chapters"][0]["fields"][0]["indicators"][1]
    indicator["accumulation"] = "status"
    indicator["goals"][0].update(kind="milestone", target=None, comparator=None)
    return Plan.model_validate(content)


def test_a_missing_file_has_no_rows(tmp_path: Path) -> None:
    for read in (read_baselines, read_annual_targets, read_assessments):
        assert read(tmp_path / "none.csv", PLAN) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_baselines_are_read_with_source_and_edition(tmp_path: Path, encoding: str) -> None:
    (row,) = read_baselines(csv_file(tmp_path, BASELINES, BASELINE, encoding=encoding), PLAN)
    assert row.obs_value == 61.0
    assert row.from_edition == Edition.parse("2026-Q1")


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "annual_targets.csv"
    text = "year,goal_id,from_edition,source,target_value\n2026,firms,2026-Q1,要点,90\n"
    path.write_text(text, encoding="utf-8")
    assert [row.target_value for row in read_annual_targets(path, PLAN)] == [90.0]


def test_every_wrong_cell_is_reported_with_line_and_column(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        BASELINES,
        BASELINE,
        "nothing,2024-13,全市,6l,,,2026Q1",
        '"firms",2024-12,直管区,62,"多行\n来源",,2026-Q2',
        "firms,2024-12,直管区,61家,来源,,2026-Q3",
    )
    assert problems(read_baselines, path) == [
        ("「nothing」不是方案中的指标 id", "baselines.csv 第 3 行「indicator_id」列"),
        ("「2024-13」不是年月，如 2024-12", "baselines.csv 第 3 行「time_period」列"),
        ("「全市」不是直管区、全域、新行政区、未注明", "baselines.csv 第 3 行「scope」列"),
        ("「6l」不是不带单位的数值", "baselines.csv 第 3 行「obs_value」列"),
        ("缺少来源", "baselines.csv 第 3 行「source」列"),
        ("「2026Q1」不是起用期号，如 2026-Q1", "baselines.csv 第 3 行「from_edition」列"),
        ("「61家」不是不带单位的数值", "baselines.csv 第 6 行「obs_value」列"),
    ]


def test_a_row_given_twice_is_reported(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, TARGET, TARGET)
    assert problems(read_annual_targets, path) == [
        ("与第 2 行重复（goal_id、year、from_edition 相同）", "annual_targets.csv 第 3 行")
    ]


def test_a_target_that_changes_from_an_edition_on_is_no_repetition(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, TARGET, "firms,2026,95,调整,2026-Q3")
    assert [row.target_value for row in read_annual_targets(path, PLAN)] == [90.0, 95.0]


def test_a_year_outside_the_plan_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, "firms,2028,90,要点,2026-Q1")
    assert problems(read_annual_targets, path)[0][0] == "「2028」不是2025至2027的年份"


def test_too_few_cells_are_reported(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, "firms,2026,90")
    assert problems(read_annual_targets, path)[0][0] == "有 3 列，应为 5 列"


def test_a_wrong_header_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "annual_targets.csv"
    path.write_text("goal,year\n", encoding="utf-8")
    ((what, where),) = problems(read_annual_targets, path)
    assert what.startswith("表头为「goal,year」，应为「goal_id,year,")
    assert where == "annual_targets.csv 第 1 行"


def test_what_wps_writes_in_gbk_is_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE, encoding="gbk")
    assert read_baselines(path, PLAN)[0].source == "统计公报"


def test_another_encoding_is_reported_with_how_to_save(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE, encoding="utf-16")
    with pytest.raises(ProblemsFound, match="CSV UTF-8") as found:
        read_baselines(path, PLAN)
    assert found.value.problems[0].what == "是 UTF-16 编码的文本，不是 UTF-8 编码"


def test_one_damaged_byte_spoils_its_row_only(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE, "firms,2024-12,全域,六,公报,,2026-Q1")
    path.write_bytes(path.read_bytes().replace("统".encode(), "统".encode()[:2]))
    assert problems(read_baselines, path) == [
        ("有无法识别的字节，不是 UTF-8 编码", "baselines.csv 第 2 行"),
        ("「六」不是不带单位的数值", "baselines.csv 第 3 行「obs_value」列"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('firms,2025,80,"要点,2026-Q1', 'firms,2026,90,要点",2026-Q1'),
        ('firms,2025,80,"要点,2026-Q1', 'firms,2026,90,"要点,2026-Q1'),
        ('firms,2025,80,"要点,2026-Q1', 'firms,2026,要点",2026-Q1'),
    ],
)
def test_stray_quotes_swallow_no_row(tmp_path: Path, first: str, second: str) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, first, "firms,2028,1,要点,2026-Q1", second, TARGET)
    found = problems(read_annual_targets, path)
    assert found[0] == ("半角双引号不成对", "annual_targets.csv 第 2 行")
    assert ("「2028」不是2025至2027的年份", "annual_targets.csv 第 3 行「year」列") in found


def test_a_cell_may_hold_line_breaks_but_no_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, 'firms,2024-12,直管区,61,"公报\n第 3 页",,2026-Q1')
    assert read_baselines(path, PLAN)[0].source == "公报\n第 3 页"
    path = csv_file(tmp_path, BASELINES, 'firms,2024-12,直管区,61,"公报\nfirms,8",,2026-Q1')
    assert problems(read_baselines, path)[0] == ("半角双引号不成对", "baselines.csv 第 2 行")


@pytest.mark.parametrize(
    ("source", "said"),
    [("字" * 140_000, "有 140030 个字，超过 20000 个"), ("公\0报", "控制字符 U+0000")],
)
def test_a_line_that_no_person_wrote_is_reported(tmp_path: Path, source: str, said: str) -> None:
    path = csv_file(tmp_path, BASELINES, f"firms,2024-12,直管区,61,{source},,2026-Q1")
    ((what, where),) = problems(read_baselines, path)
    assert said in what
    assert where == "baselines.csv 第 2 行"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_columns_that_excel_leaves_empty_make_no_difference(
    tmp_path: Path, end: str
) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE, ",,,,,,")
    text = path.read_text("utf-8").replace("\n", f",,{end}")
    path.write_bytes(text.encode("utf-8"))
    assert len(read_baselines(path, PLAN)) == 1


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (TARGET, "在最上面补上这一行"),
        ("goal_id;year;target_value;source;from_edition", "各列之间是半角分号"),
        ("goal_id\tyear\ttarget_value\tsource\tfrom_edition", "各列之间是制表符"),
        ("goal_id，year，target_value，source，from_edition", "各列之间是全角逗号"),
        ("goal_id,year,year,target_value,source,from_edition", "不重复"),
        ("goal_id,year,target_value,source", "不缺"),
    ],
)
def test_what_is_wrong_with_a_header_is_said(tmp_path: Path, header: Any, said: str) -> None:
    path = tmp_path / "annual_targets.csv"
    path.write_text(f"{header}\n{TARGET}\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        read_annual_targets(path, PLAN)
    assert said in found.value.problems[0].fix


@pytest.mark.parametrize("made", ["folder", "workbook"])
def test_what_is_no_csv_file_at_all_is_reported(tmp_path: Path, made: str) -> None:
    path = tmp_path / "baselines.csv"
    if made == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"PK\x03\x04 and so on")
    ((what, where),) = problems(read_baselines, path)
    assert "不是" in what
    assert where == "baselines.csv"


@pytest.mark.parametrize("month", ["Dec-24", "2024/12/1", "2024年12月", "2024年末"])
def test_a_month_that_excel_rewrote_is_read(tmp_path: Path, month: str) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE.replace("2024-12", month))
    assert read_baselines(path, PLAN)[0].time_period == TimePeriod(2024, 12)


def test_a_month_that_may_be_two_is_refused_with_the_format_to_use(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE.replace("2024-12", "1/12/2024"))
    with pytest.raises(ProblemsFound) as found:
        read_baselines(path, PLAN)
    (problem,) = found.value.problems
    assert (problem.what, problem.where) == (
        "「1/12/2024」不是年月，如 2024-12",
        "baselines.csv 第 2 行「time_period」列",
    )
    assert problem.fix == "写作 2024-12；在 Excel 中先把该列设为「文本」格式再填"


def ranged() -> Plan:
    """The plan with a range from 42 to 60 firms."""
    content = PLAN.model_dump()
    indicators = content["chapters"][0]["fields"][0]["indicators"]
    (goal,) = next(each["goals"] for each in indicators if each["id"] == "firms")
    goal.update(target=42, target_high=60, comparator="range", base_period="2024-12")
    return Plan.model_validate(content)


@pytest.mark.parametrize("value", [30, 50, 60])
def test_a_baseline_below_or_within_a_range_is_taken(tmp_path: Path, value: int) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE.replace("61", str(value)))
    assert read_baselines(path, ranged())[0].obs_value == value


def test_a_baseline_above_a_range_is_refused_with_both_ways_out(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE)
    with pytest.raises(ProblemsFound) as found:
        read_baselines(path, ranged())
    (problem,) = found.value.problems
    assert problem.where == "baselines.csv 第 2 行「obs_value」列"
    assert "基期值 61 高于区间上限" in problem.what
    assert "comparator: '<='、direction: down、target: 60" in problem.fix
    assert "comparator: '>='" in problem.fix
    other = csv_file(tmp_path, BASELINES, BASELINE.replace("2024-12", "2023-12"))
    assert len(read_baselines(other, ranged())) == 1  # begins nothing


def test_a_past_value_that_is_a_baseline_above_a_range_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    lines = "indicator_id,time_period,scope,obs_value,source,from_edition\n"
    path.write_text(f"{lines}firms,2024-12,直管区,61,年鉴,2026-Q1\n", encoding="utf-8")
    ((what, where),) = problems(read_past_values, path, ranged())
    assert "基期值 61 高于区间上限" in what
    assert where == "history.csv 第 2 行「obs_value」列"


def test_what_was_frozen_is_read_whatever_later_rules_refuse(tmp_path: Path) -> None:
    above = csv_file(tmp_path, BASELINES, BASELINE)
    vast = csv_file(tmp_path, ANNUAL_TARGETS, TARGET.replace("90", "90000"))
    early = csv_file(tmp_path, ASSESSMENTS, "firms,2026-Q1,达序时,纪要,office,2019-04-15")
    past = tmp_path / "history.csv"
    lines = "indicator_id,time_period,scope,obs_value,source,from_edition\n"
    past.write_text(f"{lines}firms,2024-12,直管区,61,年鉴,2026-Q1\n", encoding="utf-8")
    refused: list[tuple[Any, Any, Any]] = [
        (read_baselines, above, ranged()),
        (read_past_values, past, ranged()),
        (read_annual_targets, vast, PLAN),
        (read_assessments, early, with_a_milestone()),
    ]
    for read, path, plan in refused:
        assert problems(read, path, plan)
        with passing_over_unknown():
            assert len(read(path, plan)) == 1
    unreadable = csv_file(tmp_path, BASELINES, BASELINE.replace("61", "many"))
    with passing_over_unknown():
        assert problems(read_baselines, unreadable, ranged())


def test_a_misspelled_id_is_answered_with_the_nearest(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE.replace("firms", "firm"))
    with pytest.raises(ProblemsFound, match="是否应为「firms」？"):
        read_baselines(path, PLAN)


def test_an_edition_before_the_value_or_after_the_plan_is_refused(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        BASELINES,
        BASELINE.replace("2026-Q1", "2024-Q3"),
        BASELINE.replace("2026-Q1", "2062-Q1"),
    )
    assert [where for _, where in problems(read_baselines, path)] == [
        f"baselines.csv 第 {line} 行「from_edition」列" for line in (2, 3)
    ]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_reported(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("csv") / "baselines.csv"
    header = ",".join(BASELINES.columns).encode()
    for content in (data, header + b"\n" + data, f"{BASELINE}\n".encode() + data):
        path.write_bytes(content)
        for read in (read_baselines, read_annual_targets, read_assessments):
            with contextlib.suppress(ProblemsFound):
                read(path, PLAN)


@given(st.data())
def test_any_damage_to_a_sound_file_is_read_or_reported(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("csv") / "baselines.csv"
    sound = "\n".join([",".join(BASELINES.columns), BASELINE, BASELINE.replace("直管", "新")])
    content = bytearray(sound.encode())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 3))] = data.draw(
        st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"", b'""', b"9"])
    )
    path.write_bytes(content)
    with contextlib.suppress(ProblemsFound):
        assert len(read_baselines(path, PLAN)) <= 2


def test_people_assess_only_what_no_formula_judges(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ASSESSMENTS, "firms,2026-Q1,达序时,会议纪要,office,2026-04-15")
    assert [row.verdict for row in read_assessments(path, with_a_milestone())] == ["达序时"]
    assert problems(read_assessments, path)[0][0] == "「firms」不是方案中由人工评定的目标 id"


def test_an_assessment_names_a_unit_a_rating_and_a_day(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ASSESSMENTS, "firms,2026-Q1,无法判定,纪要,张三,4月15日")
    found = [where for _, where in problems(read_assessments, path, with_a_milestone())]
    assert found == [
        f"assessments.csv 第 2 行「{column}」列"
        for column in ("verdict", "assessed_by", "assessed_on")
    ]


@pytest.mark.parametrize("column", ["source", "note"])
def test_a_telephone_number_in_a_text_that_is_published_is_reported(
    tmp_path: Path, column: str
) -> None:
    row = dict(zip(BASELINES.columns, BASELINE.split(","), strict=True))
    row[column] = "统计局张科长 138 1234 5678"
    path = csv_file(tmp_path, BASELINES, ",".join(row.values()))
    assert problems(read_baselines, path) == [
        (
            "「138 1234 5678」像是电话、邮箱或身份证号，这里的文字会公布",
            f"baselines.csv 第 2 行「{column}」列",
        )
    ]


def test_the_address_of_a_page_is_no_telephone_number(tmp_path: Path) -> None:
    address = "https://www.cq.gov.cn/t20251013_13812345678.html"
    path = csv_file(tmp_path, BASELINES, BASELINE.replace("统计公报", address))
    assert read_baselines(path, PLAN)[0].source == address


def other_cycle(cycle: str, fiscal_year_begins: int, first: str) -> Plan:
    content = PLAN.model_dump()
    content["about"].update(
        cycle=cycle, fiscal_year_begins=fiscal_year_begins, first_edition=first, due="2028-03"
    )
    return Plan.model_validate(content)


def test_an_edition_of_another_cycle_is_none_of_the_plans(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, TARGET)
    ((what, where),) = problems(read_annual_targets, path, other_cycle("year", 1, "2025"))
    assert what == "「2026-Q1」不是起用期号，如 2025"
    assert where == "annual_targets.csv 第 2 行「from_edition」列"


@pytest.mark.parametrize("cell", ["2026-01", "2026/1/1", "Jan-26", "2026年1月"])
def test_what_a_spreadsheet_makes_of_a_months_edition_is_read(tmp_path: Path, cell: str) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, f"firms,2026,90,工作要点,{cell}")
    (row,) = read_annual_targets(path, other_cycle("month", 1, "2025-01"))
    assert row.from_edition == Edition.parse("2026-01")


@pytest.mark.parametrize("cell", ["2027", "2026—2027财年"])
def test_a_year_from_april_is_named_by_its_end_or_in_full(tmp_path: Path, cell: str) -> None:
    path = csv_file(tmp_path, ANNUAL_TARGETS, f"firms,{cell},90,工作要点,2026-Q1")
    (row,) = read_annual_targets(path, other_cycle("quarter", 4, "2025-Q2"))
    assert row.year == 2027


def test_a_bare_year_is_no_month_where_years_begin_in_april(tmp_path: Path) -> None:
    path = csv_file(tmp_path, BASELINES, BASELINE.replace("2024-12", "2024年"))
    ((what, _),) = problems(read_baselines, path, other_cycle("quarter", 4, "2025-Q2"))
    assert what == "「2024年」不是年月，如 2024-12"
    assert read_baselines(path, PLAN)[0].time_period == TimePeriod(2024, 12)
