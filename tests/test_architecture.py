"""Which layer may import which, how large a module may be, and which names are out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "planbook"
WORDS = {
    "contract",
    "errors",
    "fonts",
    "made_of",
    "put_in_place",
    "frames",
    "periods",
    "saved",
    "vocabulary",
    "workspace",
    "written_dates",
    "yamlfile",
}
ENTRY = {"__init__", "run"}  # above all layers, like the scripts
MAY_IMPORT = {
    "words": {"words"},
    "plan": {"words", "plan"},
    "collect": {"words", "plan", "collect"},
    "facts": {"words", "plan", "collect", "facts"},
    "assess": {"words", "plan", "facts", "assess"},
    "present": {"words", "plan", "facts", "assess", "present"},
    "produce": {"words", "plan", "present", "produce"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def layer_of(module: Path) -> str:
    first = module.relative_to(SOURCE).parts[0].removesuffix(".py")
    if first in WORDS:
        return "words"
    return "entry" if first in ENTRY else first


def imported_layers(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    found = set()
    for name in names:
        parts = name.split(".")
        if parts[0] == "planbook" and len(parts) > 1:
            found.add("words" if parts[1] in WORDS else parts[1])
    return found


def test_a_module_imports_only_from_layers_before_it() -> None:
    layered = [(m, layer_of(m)) for m in MODULES if layer_of(m) != "entry"]
    assert [m for m, layer in layered if not imported_layers(m) <= MAY_IMPORT[layer]] == []


def test_a_module_fits_on_a_few_screens_and_says_what_it_is() -> None:
    texts = {module: module.read_text(encoding="utf-8") for module in MODULES}
    assert [module for module, text in texts.items() if text.count("\n") > 330] == []
    assert [m for m, text in texts.items() if not ast.get_docstring(ast.parse(text))] == []


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    empty_words = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "core"}
    assert not {module.stem for module in MODULES} & empty_words


@pytest.mark.parametrize("layer", ["assess", "present"])
def test_pure_layers_know_no_clock_and_no_file(layer: str) -> None:
    forbidden = {"datetime", "time", "pathlib", "os", "random", "tempfile", "shutil"}
    for module in sorted((SOURCE / layer).rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        names = {
            name.split(".")[0]
            for node in ast.walk(tree)
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert not names & forbidden, module
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"print", "open"}, module
