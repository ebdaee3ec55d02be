"""What import-linter (contracts in `pyproject.toml`) cannot say of modules: size, words, calls."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "planbook"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 330  # lines
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "core"}
# Names of modules and rooms that stand twice, singular and plural being one: why they may.
SAME_NAME = {
    "briefing": "the room, and all that a briefing holds",
    "form": "the room, and the form it makes",
    "goal": "all goals judged, and the outlooks of all goals",
    "rule": "the room, and what a rule is",
    "table": "the room, and what a table is",
    "submission": "one as read, and all that were received",
    "notebook": "what notebooks show, and how they are run",
    "pack": "what packs show, and their files",
    "page": "what every notebook's page has, and the pages that no notebook makes",
}


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def named(paths: Iterable[Path]) -> list[str]:
    return [path.relative_to(SOURCE).as_posix() for path in paths]


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_a_module_fits_on_a_few_screens() -> None:
    assert named(path for path in MODULES if lines(path) > LONGEST) == []


def test_a_module_says_what_it_turns_into_what() -> None:
    assert named(path for path, tree in trees().items() if not ast.get_docstring(tree)) == []


def test_names_of_modules_and_rooms_are_unique_or_mean_the_same_thing() -> None:
    places = defaultdict(list)
    for path in MODULES:
        name = path.parent.name if path.name == "__init__.py" else path.stem
        places[name.removesuffix("s")].append(path)
    assert not EMPTY_WORDS & set(places)
    assert {name for name, paths in places.items() if len(paths) > 1} == set(SAME_NAME)


def test_pure_layers_neither_print_nor_open_files() -> None:
    calls = {
        (path, node.func.id)
        for path, tree in trees().items()
        if path.relative_to(SOURCE).parts[0] in ("assess", "present")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert named(path for path, name in calls if name in ("print", "open", "input")) == []


def test_every_contract_on_rooms_is_exhaustive_and_none_ignores_anything() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layered = [contract for contract in contracts if contract["type"] == "layers"]
    assert layered
    assert all(contract["exhaustive"] for contract in layered)
    assert not [c["name"] for c in contracts if {"ignore_imports", "exhaustive_ignores"} & set(c)]


def test_the_hooks_before_a_commit_are_what_make_lint_runs() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repo,) = config["repos"]
    assert repo["repo"] == "local"
    hooks = {hook["entry"].removeprefix(".venv/bin/") for hook in repo["hooks"]}
    _, _, lint = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")
    commands = [line for line in lint.partition("\n\n")[0].splitlines() if line.startswith("\t")]
    on_all = (" notebooks/*.ipynb", " .")  # pre-commit names the files instead
    ran = set()
    for command in commands:
        line = command.strip().removeprefix("$(BIN)/")
        ran.add(line.removesuffix(on_all[0]).removesuffix(on_all[1]))
    assert hooks == ran


HAN = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff01-\uff60]")
# Where each room keeps its words, so that a second language needs no change of its logic.
WORDS = {"assess": "assess/judging_words.py", "facts": "facts/record_words.py"}


def said_in(tree: ast.AST) -> list[str]:
    """Return the Chinese texts of a module, docstrings left out."""
    docstrings = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in docstrings and HAN.search(node.value)
    ]


@pytest.mark.parametrize(("room", "words"), WORDS.items())
def test_what_facts_and_judging_say_stands_in_one_module_each(room: str, words: str) -> None:
    modules = [path for path in MODULES if path.is_relative_to(SOURCE / room)]
    told = {name: said_in(trees()[SOURCE / name]) for name in named(modules)}
    assert len(told.pop(words)) > 5
    assert {name: texts for name, texts in told.items() if texts} == {}


PUNCTUATION = re.compile("[。，；]")


def sentences_in(tree: ast.AST) -> list[str]:
    """Return the Chinese texts with something filled in, and those with punctuation."""
    filled = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    found = [text for node in filled for text in said_in(node)]
    return found + [text for text in said_in(tree) if PUNCTUATION.search(text)]


# Whose errors tell analysts how to mend a chart of their own.
TELLING_ANALYSTS = {f"present/charts/{n}.py" for n in ("analyst_chart", "figure", "frame_values")}


@pytest.mark.parametrize("room", ["briefing", "tables", "pages", "notebook", "charts", "packs"])
def test_what_is_shown_leaves_its_sentences_to_say(room: str) -> None:
    modules = [path for path in MODULES if path.is_relative_to(SOURCE / "present" / room)]
    told = {name: sentences_in(trees()[SOURCE / name]) for name in named(modules)}
    assert len(told) > 5
    assert {name for name, texts in told.items() if texts} <= TELLING_ANALYSTS
