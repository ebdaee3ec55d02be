"""YAML read strictly, and shapes refused in Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from planbook.yamlfile import as_model, place, read_yaml, yaml_value


def read(tmp_path: Path, text: str) -> tuple[Any, list[str]]:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    value, problems = read_yaml(path, "a.yaml")
    return value, [f"{problem.where} | {problem.what}" for problem in problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("2025-07-08", "2025-07-08"),
        ("2024-12", "2024-12"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("'5'", "5"),
        ("5", 5),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("~", None),
        ("'~'", "~"),
        (".inf", ".inf"),
        ("1e400", "1e400"),
        ("9" * 5000, "9" * 5000),
        ("[a, 2]", ["a", 2]),
        ("{a: }", {"a": None}),
        ("|\n  两行\n  文字\n", "两行\n文字\n"),
    ],
)
def test_a_word_means_what_yaml_1_2_says(tmp_path: Path, text: str, value: Any) -> None:
    assert read(tmp_path, text) == (value, [])


def test_a_key_given_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    value, problems = read(tmp_path, "goals:\n  - id: a\n    name: 甲\n    id: b\n")
    assert value == {"goals": [{"id": "a", "name": "甲"}]}
    (problem,) = problems
    assert problem.startswith("a.yaml: goals[0].id | 键「id」写了两次")
    assert "第2行和第4行" in problem


def test_an_alias_is_refused(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "a: &x [1]\nb: *x\n")
    assert [text.split(" | ")[0] for text in problems] == ["a.yaml: b"]


def test_a_list_that_holds_itself_is_refused_and_ends(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "&x [*x]\n")
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text", ["a: [1", "a: >=\n", "a: %\n", "\ta: 1", "a: 1\n---\nb: 2\n", "a: \x07"]
)
def test_what_is_no_yaml_is_a_problem_not_a_traceback(tmp_path: Path, text: str) -> None:
    value, problems = read(tmp_path, text)
    assert value is None
    assert len(problems) == 1
    assert "不是合法的 YAML" in problems[0]


def test_an_empty_a_missing_and_an_undecodable_file_are_problems(tmp_path: Path) -> None:
    assert read(tmp_path, "# 仅有注释\n")[1] == ["a.yaml | 文件是空的"]
    assert [p.what for p in read_yaml(tmp_path / "b.yaml", "b.yaml")[1]] == ["缺少文件"]
    (tmp_path / "c.yaml").write_bytes("标题: 规划".encode("gb18030"))
    assert [p.what for p in read_yaml(tmp_path / "c.yaml", "c")[1]] == ["不是 UTF-8 编码的文本"]


class Leaf(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    size: float = 0


class Tree(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    leaves: tuple[Leaf, ...] = ()


@pytest.mark.parametrize(
    ("value", "where", "what", "fix"),
    [
        ({}, "t: title", "缺少「title」", "补上"),
        ({"title": 3}, "t: title", "「3」不是文字", "加引号"),
        ({"title": "a", "titel": "b"}, "t: titel", "没有「titel」这个键", "「title」"),
        ({"title": "a", "size": 1}, "t: size", "没有「size」这个键", "移到 leaves[…] 之下"),
        ({"title": "a", "x": 1}, "t: x", "没有「x」这个键", "title、leaves"),
        ({"title": "a", "leaves": 3}, "t: leaves", "应为列表", "「- 」"),
        ({"title": "a", "leaves": [3]}, "t: leaves[0]", "应为若干键和值", "README"),
        (
            {"title": "a", "leaves": [{"name": "b", "size": "{大}"}]},
            "t: leaves[0].size",
            "「{大}」不是数",
            "只写数字",
        ),
    ],
)
def test_a_wrong_shape_says_what_where_and_how_to_fix_it(
    value: Any, where: str, what: str, fix: str
) -> None:
    found, problems = as_model(Tree, value, "t")
    assert found is None
    (problem,) = problems
    assert (problem.where, problem.what) == (where, what)
    assert fix in problem.fix


def test_a_right_shape_is_an_object() -> None:
    assert as_model(Tree, {"title": "a"}, "t") == (Tree(title="a"), [])


def test_a_place_is_file_and_key_path() -> None:
    assert place("a.yaml", ("fields", 0, "goals", 1, "quote")) == "a.yaml: fields[0].goals[1].quote"
    assert place("a.yaml", ()) == "a.yaml"


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "- " * 100_000, "[a, " * 5000 + "]" * 5000, "a:\n" + " " * 500 + "b: c"],
    ids=["brackets", "dashes", "lists", "indentation"],
)
def test_what_is_nested_without_end_is_a_problem(text: str) -> None:
    value, (problem,) = yaml_value(text, "a.yaml")
    assert value is None
    assert problem.what == "层次过深"


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    assert read_yaml(tmp_path, "a.yaml")[1][0].what == "是文件夹，不是文件"
