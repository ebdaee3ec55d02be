from __future__ import annotations

import pytest
from office import PLAN

from planbook.collect import read_annual_targets, read_assessments, read_baselines
from planbook.errors import ProblemsFound
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS, BASELINES
from planbook.plan import Plan

BASELINE = "firms,2024-12,直管区,61,统计公报,,2026-Q1"
TARGET = "firms,2026,90,工作要点,2026-Q1"


def csv_file(folder, contract, *lines, encoding="utf-8-sig"):
    path = folder / f"{contract.name}.csv"
    path.write_text("\n".join([",".join(contract.columns), *lines, ""]), encoding=encoding)
    return path


def problems(read, path, plan=PLAN):
    with pytest.raises(ProblemsFound) as found:
        read(path, plan)
    return [(problem.what, problem.where) for problem in found.value.problems]


def with_a_milestone():
    content = PLAN.model_dump()
    indicator = content["chapters"][0]["fields"][0]["indicators"][1]
    indicator["accumulation"] = "status"
    indicator["goals"][0].update(kind="milestone", target=None, comparator=None)
    return Plan.model_validate(content)


def test_a_missing_file_is_an_empty_frame(tmp_path):
    assert read_baselines(tmp_path / "none.csv", PLAN).empty
    assert list(read_annual_targets(tmp_path / "none.csv", PLAN)) == list(ANNUAL_TARGETS.columns)
    assert read_assessments(tmp_path / "none.csv", PLAN).empty


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_baselines_are_read_with_source_and_edition(tmp_path, encoding):
    frame = read_baselines(csv_file(tmp_path, BASELINES, BASELINE, encoding=encoding), PLAN)
    assert frame.loc[0, "obs_value"] == 61.0
    assert frame.loc[0, "from_edition"] == "2026-Q1"


def test_columns_may_stand_in_any_order(tmp_path):
    path = tmp_path / "annual_targets.csv"
    text = "year,goal_id,from_edition,source,target_value\n2026,firms,2026-Q1,要点,90\n"
    path.write_text(text, encoding="utf-8")
    assert read_annual_targets(path, PLAN)["target_value"].tolist() == [90.0]


def test_every_wrong_cell_is_reported_with_line_and_column(tmp_path):
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
        ("「2026Q1」不是起用期号，如 2026-Q3", "baselines.csv 第 3 行「from_edition」列"),
        ("「61家」不是不带单位的数值", "baselines.csv 第 6 行「obs_value」列"),
    ]


def test_a_row_given_twice_is_reported(tmp_path):
    path = csv_file(tmp_path, ANNUAL_TARGETS, TARGET, TARGET)
    assert problems(read_annual_targets, path) == [
        ("与第 2 行重复（goal_id、year、from_edition 相同）", "annual_targets.csv 第 3 行")
    ]


def test_a_target_that_changes_from_an_edition_on_is_no_repetition(tmp_path):
    path = csv_file(tmp_path, ANNUAL_TARGETS, TARGET, "firms,2026,95,调整,2026-Q3")
    assert read_annual_targets(path, PLAN)["target_value"].tolist() == [90.0, 95.0]


def test_a_year_outside_the_plan_is_refused(tmp_path):
    path = csv_file(tmp_path, ANNUAL_TARGETS, "firms,2028,90,要点,2026-Q1")
    assert problems(read_annual_targets, path)[0][0] == "「2028」不是2025至2027的年份"


def test_too_few_cells_are_reported(tmp_path):
    path = csv_file(tmp_path, ANNUAL_TARGETS, "firms,2026,90")
    assert problems(read_annual_targets, path)[0][0] == "有 3 列，应为 5 列"


def test_a_wrong_header_is_reported(tmp_path):
    path = tmp_path / "annual_targets.csv"
    path.write_text("goal,year\n", encoding="utf-8")
    ((what, where),) = problems(read_annual_targets, path)
    assert what.startswith("表头为「goal,year」，应为「goal_id,year,")
    assert where == "annual_targets.csv 第 1 行"


def test_another_encoding_is_reported(tmp_path):
    path = csv_file(tmp_path, BASELINES, BASELINE, encoding="gbk")
    assert problems(read_baselines, path) == [("不是 UTF-8 编码", "baselines.csv")]


def test_people_assess_only_what_no_formula_judges(tmp_path):
    path = csv_file(tmp_path, ASSESSMENTS, "firms,2026-Q1,达序时,会议纪要,office,2026-04-15")
    assert read_assessments(path, with_a_milestone())["verdict"].tolist() == ["达序时"]
    assert problems(read_assessments, path)[0][0] == "「firms」不是方案中由人工评定的目标 id"


def test_an_assessment_names_a_unit_a_rating_and_a_day(tmp_path):
    path = csv_file(tmp_path, ASSESSMENTS, "firms,2026-Q1,无法判定,纪要,张三,4月15日")
    found = [where for _, where in problems(read_assessments, path, with_a_milestone())]
    assert found == [
        f"assessments.csv 第 2 行「{column}」列"
        for column in ("verdict", "assessed_by", "assessed_on")
    ]
