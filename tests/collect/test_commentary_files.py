import contextlib
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.decided.commentary_files import (
    STARTER,
    FrontMatter,
    commentary_file,
    parse_commentary,
    read_commentary,
)
from planbook.errors import ProblemsFound
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.vocabulary import Visibility

ROOT = Path(__file__).resolve().parents[2]
EDITION = Edition.parse("2026-Q3")
SOUND = '---\nunit: general\ndate: 2026-10-26\nwritten_for:\n  a: "1"\n---\n\n正文。\n'


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "data" / "plan")


def put(folder: Path, name: str, text: str = SOUND) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems_of(folder: Path, plan: Plan, edition: Edition = EDITION) -> str:
    with pytest.raises(ProblemsFound) as found:
        read_commentary(folder, plan, edition)
    return str(found.value)


def test_no_folder_is_no_commentary(tmp_path: Path, plan: Plan) -> None:
    assert read_commentary(tmp_path / "none", plan, EDITION) == ()


def test_a_file_is_read_with_author_date_and_figures(tmp_path: Path, plan: Plan) -> None:
    put(tmp_path, "2026-Q3/digital.md")
    (row,) = read_commentary(tmp_path, plan, EDITION)
    assert (row.chapter, row.author, row.written_on) == (
        "digital",
        "general",
        "2026-10-26",
    )
    assert json.loads(row.written_for) == {"a": "1"}
    assert row.text == "正文。"


def test_a_file_in_which_nothing_was_written_yet_has_no_text(tmp_path: Path, plan: Plan) -> None:
    put(tmp_path, "2026-Q3/digital.md", SOUND.replace("正文。", f"半句\n\n{STARTER}"))
    assert [row.text for row in read_commentary(tmp_path, plan, EDITION)] == [""]


def test_chapters_come_in_the_plans_order(tmp_path: Path, plan: Plan) -> None:
    for chapter in ("green", "programmes", "digital"):
        put(tmp_path, f"2026-Q3/{chapter}.md")
    found = read_commentary(tmp_path, plan, EDITION)
    assert [row.chapter for row in found] == ["digital", "green", "programmes"]


def test_an_editions_commentary_is_its_own(tmp_path: Path, plan: Plan) -> None:
    put(tmp_path, "2026-Q2/digital.md")
    assert read_commentary(tmp_path, plan, EDITION) == ()


def test_a_correction_edition_keeps_what_it_does_not_replace(tmp_path: Path, plan: Plan) -> None:
    put(tmp_path, "2026-Q3/digital.md")
    put(tmp_path, "2026-Q3/green.md")
    put(tmp_path, "2026-Q3.1/green.md", SOUND.replace("正文", "新正文"))
    found = read_commentary(tmp_path, plan, Edition.parse("2026-Q3.1"))
    assert {row.chapter: row.text for row in found} == {"digital": "正文。", "green": "新正文。"}
    assert {row.chapter: str(row.edition) for row in found} == {
        "digital": "2026-Q3",
        "green": "2026-Q3.1",
    }


def test_a_unit_may_be_named_and_is_stored_by_id(tmp_path: Path, plan: Plan) -> None:
    named = SOUND.replace("general", plan.unit("general").name)
    put(tmp_path, "2026-Q3/digital.md", named)
    assert [row.author for row in read_commentary(tmp_path, plan, EDITION)] == ["general"]


def test_files_from_windows_and_editors_are_no_trouble(tmp_path: Path, plan: Plan) -> None:
    put(tmp_path, "2026-Q3/digital.md", "\ufeff" + SOUND.replace("\n", "\r\n"))
    put(tmp_path, "2026-Q3/.digital.md.swp", "")
    put(tmp_path, "README.md", "")
    assert [row.text for row in read_commentary(tmp_path, plan, EDITION)] == ["正文。"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("只有正文\n", "由两行 --- 围起的说明"),
        (SOUND.replace("unit: general\n", ""), "缺少「unit」"),
        (SOUND.replace("general", "nobody"), "没有填报单位「nobody」"),
        (SOUND.replace("2026-10-26", "十月"), "「十月」不是能确定的日期"),
        (SOUND.replace("unit:", "author: x\nunit:"), "没有「author」这个键"),
        (SOUND.replace("unit:", "visibilty: internal\nunit:"), "没有「visibilty」这个键"),
        (SOUND.replace("unit:", "visibility: intern\nunit:"), "intern"),
        (SOUND.replace("unit:", "visibility: 内部\nunit:"), "内部"),
        (SOUND.replace("正文。", "联系（023）67891234。"), "「（023）67891234」像是电话"),
        (SOUND.replace("正文。\n", ""), "没有正文"),
        (SOUND.replace('"1"', '"1'), "2026-Q3/digital.md"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(tmp_path: Path, plan: Plan, text: str, said: str) -> None:
    put(tmp_path, "2026-Q3/digital.md", text)
    assert said in problems_of(tmp_path, plan)


def test_all_problems_come_at_once(tmp_path: Path, plan: Plan) -> None:
    put(tmp_path, "2026-Q3/digtal.md")
    put(tmp_path, "2026-Q3/green.docx")
    put(tmp_path, "2026-Q3/finance.md", "无")
    put(tmp_path, "2026年三季度/digital.md")
    put(tmp_path, "digital.md")
    said = problems_of(tmp_path, plan)
    assert "有5处问题" in said
    for name in ("digtal.md", "green.docx", "finance.md", "2026年三季度", "digital.md"):
        assert name in said


def test_a_written_file_reads_back() -> None:
    figures = {"software-revenue": '达序时，"899.20"亿元：#1', "measures": "受阻2"}
    given = FrontMatter(
        unit="general",
        date=dt.date(2026, 10, 26),
        visibility=Visibility.INTERNAL,
        written_for=figures,
    )
    written = commentary_file(given, "甲\n\n乙")
    front, text, problems = parse_commentary(written, "x.md")
    assert not problems
    assert front == given
    assert text == "甲\n\n乙"


def test_a_folder_named_like_a_commentary_is_reported(tmp_path: Path, plan: Plan) -> None:
    (tmp_path / "2026-Q3" / "digital.md").mkdir(parents=True)
    assert "是文件夹，不是文件" in problems_of(tmp_path, plan)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_commentary_or_reported(
    tmp_path_factory: pytest.TempPathFactory, plan: Plan, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("commentary")
    (folder / "2026-Q3").mkdir()
    for content in (data, SOUND.encode() + data, b"---\n" + data + b"\n---\n" + data):
        (folder / "2026-Q3" / "digital.md").write_bytes(content)
        with contextlib.suppress(ProblemsFound):
            read_commentary(folder, plan, EDITION)
