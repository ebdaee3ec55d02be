"""Lists on terminals of any width: everything is told, and a long text can be read."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from planbook.run.printed_rows import print_rows, print_table

HEADINGS = ("编号", "责任单位", "完成时限", "状态", "申请调整至", "年度任务")
TASK = "完成公共服务平台二期建设，并组织全区重点企业分批接入，年底前通过验收"
LONG = [
    ("t2026-energy-0a1b2c", "能源行业服务部门", "2026-06（逾期）", "推进中", "2026-12", TASK),
    ("t2026-port-1", "物流部门", "2026-11", "未填报", "—", "验收"),
]


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line for line in capsys.readouterr().out.splitlines() if line.strip()]


@pytest.mark.parametrize("width", [40, 80, 100, 140, 200])
def test_nothing_is_cut_and_no_text_stands_in_a_sliver(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_rows(HEADINGS, LONG)
    lines = printed(capsys)
    assert "…" not in "".join(lines)
    told = "".join("".join(lines).split())
    for row in LONG:
        assert all(cell in told for cell in row[:-1])
    assert all(part in told for part in ("完成公共服务平台", "年底前通过验收"))
    assert len(lines) <= 3 * (len(LONG) + 1)
    if width >= 80:
        assert max(map(cell_len, lines)) <= width


def test_in_a_wide_terminal_a_row_is_one_line_and_in_a_narrow_one_its_text_stands_below(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    print_rows(HEADINGS, LONG)
    head, first, _ = printed(capsys)
    assert first.index(TASK) > 40
    assert head.split() == list(HEADINGS)
    monkeypatch.setenv("COLUMNS", "80")
    print_rows(HEADINGS, LONG)
    lines = printed(capsys)
    assert f"    {TASK}" in [line.rstrip() for line in lines]
    assert lines[0].split() == list(HEADINGS[:-1])


def test_short_rows_stay_rows_in_any_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    print_rows(("编号", "任务"), [("t-1", "验收")])
    assert [line.split() for line in printed(capsys)] == [["编号", "任务"], ["t-1", "验收"]]


def test_a_long_name_is_folded_and_counts_stay_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    name = "Department of Health and Social Care of the Republic of Ardenia"
    print_table(("填报单位", "状态", "已报/应报"), [(name, "本期无应报", "12/15")], folded=(0,))
    lines = printed(capsys)
    assert "…" not in "".join(lines)
    assert "本期无应报" in lines[1]
    assert "12/15" in lines[1]
    assert max(map(cell_len, lines)) <= 60
