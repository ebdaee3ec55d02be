from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.decided.corrections import read_corrections
from planbook.collect.decided.declared_correction import correction_row
from planbook.errors import ProblemsFound
from planbook.yamlfile import passing_over_unknown
from tests.office import PLAN

GOOD = {
    "id": "c-1",
    "action": "override",
    "indicator_id": "firms",
    "time_period": "2026-03",
    "edition": "2026-Q1",
    "expect": "880",
    "value": "88",
    "reason": "多写一个零",
    "decided_by": "office",
    "from_edition": "2026-Q1",
}


def yaml_file(folder: Any, *entries: Any) -> Any:
    path = folder / "corrections.yaml"
    lines = []
    for entry in entries:
        keys = [f"{key}: {value}" for key, value in entry.items() if value is not None]
        lines += [f"- {keys[0]}", *(f"  {key}" for key in keys[1:])]
    path.write_text("\n".join(lines) or "[]", encoding="utf-8")
    return path


def problems(folder: Any, **changes: Any) -> Any:
    with pytest.raises(ProblemsFound) as found:
        read_corrections(yaml_file(folder, {**GOOD, **changes}), PLAN)
    return " ".join(f"{p.what} {p.where} {p.fix}" for p in found.value.problems)


def test_without_a_file_nothing_is_corrected(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "none.yaml", PLAN) == ()


def test_an_empty_list_corrects_nothing(tmp_path: Path) -> None:
    assert read_corrections(yaml_file(tmp_path), PLAN) == ()


def test_a_correction_is_read_and_shown_as_a_row(tmp_path: Path) -> None:
    (correction,) = read_corrections(yaml_file(tmp_path, GOOD), PLAN)
    assert (correction.expect, correction.value) == (880.0, 88.0)
    row = correction_row(correction)
    told = (row.correction_id, row.indicator_id, row.expect, row.value)
    assert told == ("c-1", "firms", "880", "88")


def test_a_refused_cell_may_be_expected(tmp_path: Path) -> None:
    (correction,) = read_corrections(yaml_file(tmp_path, {**GOOD, "expect": "拒收"}), PLAN)
    assert correction.expect == "拒收"


def test_a_measure_is_corrected_by_a_status_of_its_pattern(tmp_path: Path) -> None:
    measure = {
        **GOOD,
        "indicator_id": None,
        "time_period": None,
        "measure_id": "build-s1",
        "expect": "已完成",
        "value": "推进中",
    }
    (correction,) = read_corrections(yaml_file(tmp_path, measure), PLAN)
    assert correction.about == "build-s1"
    wrong = {**measure, "measure_id": "keep"}
    with pytest.raises(ProblemsFound, match="「已完成」不可用"):
        read_corrections(yaml_file(tmp_path, wrong), PLAN)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"indicator_id": "nothing"}, "方案中没有「nothing」"),
        ({"indicator_id": None}, "indicator_id、measure_id、project_id"),
        ({"measure_id": "keep"}, "indicator_id、measure_id、project_id"),
        ({"time_period": None}, "time_period"),
        ({"time_period": "2026-13"}, "2026-13"),
        ({"action": "delete"}, "override"),
        ({"action": "drop"}, "drop 和 flag 不写"),
        ({"value": None}, "override 须写 value"),
        ({"expect": None}, "缺少「expect」"),
        ({"expect": "大约"}, "「大约」不可用"),
        ({"value": "拒收"}, "「拒收」不可用"),
        ({"decided_by": "张三"}, "「张三」不是填报单位"),
        ({"reason": None}, "缺少「reason」"),
        ({"edition": "2026-Q2"}, "from_edition 不能早于"),
        ({"because": "typo"}, "没有「because」这个键"),
    ],
)
def test_a_wrong_entry_is_refused_with_what_is_wrong(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    assert said in problems(tmp_path, **changes)


def test_all_problems_come_at_once_and_name_the_entry(tmp_path: Path) -> None:
    path = yaml_file(tmp_path, GOOD, {**GOOD, "decided_by": "张三"}, {**GOOD, "reason": None})
    with pytest.raises(ProblemsFound) as found:
        read_corrections(path, PLAN)
    assert [problem.where.split(":")[0] for problem in found.value.problems] == [
        "corrections.yaml 第 2 条",
        "corrections.yaml 第 2 条",
        "corrections.yaml 第 3 条",
    ]


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text("id: c-1\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="应为列表"):
        read_corrections(path, PLAN)


def test_a_telephone_number_in_the_reason_is_reported(tmp_path: Path) -> None:
    found = problems(tmp_path, reason="已与023-67891234核实")
    assert "「023-67891234」像是电话" in found
    assert "[0].reason" in found or "第 1 条: reason" in found


@pytest.mark.parametrize("month", ["2026/3/1", "2026年3月", "Mar-26", "202603"])
def test_a_month_is_read_as_spreadsheets_write_it(tmp_path: Path, month: str) -> None:
    (correction,) = read_corrections(yaml_file(tmp_path, {**GOOD, "time_period": month}), PLAN)
    assert str(correction.time_period) == "2026-03"


def test_what_was_frozen_is_read_whatever_later_rules_refuse(tmp_path: Path) -> None:
    path = yaml_file(tmp_path, {**GOOD, "decided_by": "nobody"})
    with pytest.raises(ProblemsFound):
        read_corrections(path, PLAN)
    with passing_over_unknown():
        assert len(read_corrections(path, PLAN)) == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_corrections_or_reported(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("corrections") / "corrections.yaml"
    for content in (data, b"- " + data, b"- id: c-1\n  value: " + data):
        path.write_bytes(content)
        with contextlib.suppress(ProblemsFound):
            read_corrections(path, PLAN)
