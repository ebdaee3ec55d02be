"""Pages listed in ``plan.yaml`` by a command: one entry changes, whatever else people wrote."""

from __future__ import annotations

import pytest

from planbook.plan.page_lines import with_page, without_page
from planbook.plan.plan_file import Page
from planbook.vocabulary import Visibility
from planbook.yamlfile import as_model, yaml_value

PAGE = Page(id="mine", title="我的分析", notebook="my_analysis")
ENTRY = "  - id: mine\n    title: 我的分析\n    notebook: my_analysis\n"
OTHER = "  - id: other\n    title: 其他  # 说明\n    notebook: other\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"id: x\nback:\n{OTHER}", f"id: x\nback:\n{OTHER}{ENTRY}"),
        (f"back:  # 页\n{OTHER}\n# 其后\nid: x\n", f"back:  # 页\n{OTHER}{ENTRY}\n# 其后\nid: x\n"),
        ("id: x", f"id: x\n\nback:\n{ENTRY}"),
        ("back: []\nid: x\n", f"back:\n{ENTRY}id: x\n"),
        ("back:\nid: x\n", f"back:\n{ENTRY}id: x\n"),
        (
            "back:\n- id: other\n  title: 其他\n  notebook: other\n",
            "back:\n- id: other\n  title: 其他\n  notebook: other\n"
            "- id: mine\n  title: 我的分析\n  notebook: my_analysis\n",
        ),
    ],
    ids=["last", "in the middle", "no key", "empty list", "null", "other indent"],
)
def test_a_page_is_added_and_all_else_stays(before: str, after: str) -> None:
    assert with_page(before, PAGE) == after


def test_windows_line_ends_stay() -> None:
    before = f"id: x\nback:\n{OTHER}".replace("\n", "\r\n")
    assert with_page(before, PAGE) == before + ENTRY.replace("\n", "\r\n")


@pytest.mark.parametrize("before", [f"id: x\nback:\n{OTHER}", f"back:\n{OTHER}# 其后\nid: x\n"])
def test_what_was_added_can_be_taken_out_again(before: str) -> None:
    assert without_page(with_page(before, PAGE), "mine") == before


def test_the_key_goes_with_its_last_page() -> None:
    assert without_page(f"id: x\nback:\n{ENTRY}due: 1\n", "mine") == "id: x\ndue: 1\n"


@pytest.mark.parametrize(
    "title", ["「甲：乙」# 丙", "a: b", "2026", "- 甲", "'甲'", "null", '"甲"']
)
def test_any_title_is_read_back_as_it_was(title: str) -> None:
    page = PAGE.model_copy(update={"title": title, "visibility": Visibility.INTERNAL})
    value, problems = yaml_value(with_page("id: x\n", page), "plan.yaml")
    assert not problems
    assert value["back"] == [
        {"id": "mine", "title": title, "notebook": "my_analysis", "visibility": "internal"}
    ]


@pytest.mark.parametrize("before", ["back: [{id: a}]\n", "back:\n  - {id: a}\n", "back: 1\n"])
def test_what_is_written_in_one_line_is_left_alone(before: str) -> None:
    with pytest.raises(ValueError, match="back"):
        with_page(before, PAGE)


def test_a_page_that_is_not_there_is_no_page() -> None:
    with pytest.raises(KeyError):
        without_page(f"back:\n{OTHER}", "mine")


def test_a_chinese_file_name_is_answered_in_words_not_with_a_pattern() -> None:
    _, (problem,) = as_model(Page, {"id": "a", "title": "甲", "notebook": "我的分析"}, "plan.yaml")
    assert problem.what == "「我的分析」的写法不对"
    assert problem.fix.startswith("只用小写字母、数字和下划线")
    assert "[" not in problem.fix
