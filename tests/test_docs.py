"""What the documents for developers and analysts name is there."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from planbook.collect.layout import TEMPLATE_VERSION

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "data/README.md", "data/live/commentary/README.md")
IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#:]+)\)")
A_PATH = re.compile(r"[\w.*<>-]+(?:/[\w.*<>-]*)*")
SUFFIXES = {".py", ".md", ".ipynb", ".yaml", ".yml", ".toml", ".csv", ".txt", ".png", ".css", ".js"}
# made by a command
MADE = (
    "_build",
    ".venv",
    "goals/",
    "book/goals/",
    "book/chapters/",
    "downloads/",
    "wheels",
    "forms",
    "inbox",
    "feedback",
    "live/editions.yaml",
    "live/frozen/",
    "frozen/",
    "latest/",
)
EXAMPLES = {
    "plan.txt",
    "digital.md",
    "2026-Q3/digital.md",
    "planbook/run/pipeline.py",
    "book/contact.md",
    "src/planbook/present/charts/goal_counts.py",
    "data/live/editions.yaml",  # from the first publication on
    "data/live/frozen/",
    "live/editions.yaml",
    "live/frozen/",
    "frozen/",
    "live/actions.csv",  # from the first action on
    "live/tasks.csv",
    "live/letters/",  # from the first template of one's own on
    "letters/",
    "live/history.csv",  # from the first value on
    "history.csv",
    "actions.csv",
}
FOLDERS = ("", "data", "data/plan", "data/live", "book", "src/planbook")


@cache
def files() -> frozenset[str]:
    skipped = {".venv", ".git", "_build", "__pycache__"}
    found: set[str] = set()
    for top in ROOT.iterdir():
        if top.name not in skipped:
            found.add(top.name)
            found |= {path.relative_to(ROOT).as_posix() for path in top.rglob("*")}
    return frozenset(found)


def paths(text: str) -> list[str]:
    named = [*IN_BACKTICKS.findall(text), *LINKED.findall(text)]
    words = (word.strip(",;，；") for one in named for word in one.split())
    found = [w for w in words if A_PATH.fullmatch(w) and not w.startswith(("<", "."))]
    return [w for w in found if Path(w).suffix in SUFFIXES or w.endswith("/") or w.count("/") > 1]


def is_there(path: str) -> bool:
    wanted = re.escape(path.rstrip("/")).replace(r"\*", "[^/]*")
    wanted = re.sub(r"<[^>]*>", "[^/]+", wanted)
    places = "|".join(re.escape(f"{folder}/" if folder else "") for folder in FOLDERS)
    whole = re.compile(rf"(?:{places}){wanted}")
    alone = re.compile(rf"(?:.*/)?{wanted}")  # a file's name, its folder being clear
    pattern = whole if "/" in path.rstrip("/") else alone
    return any(pattern.fullmatch(known) for known in files())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = [path for path in paths(text) if not path.startswith(MADE) and path not in EXAMPLES]
    assert named
    assert [path for path in dict.fromkeys(named) if not is_there(path)] == []


def test_a_path_that_is_not_there_is_found() -> None:
    assert paths("see `src/planbook/present/nowhere.py`") == ["src/planbook/present/nowhere.py"]
    assert not is_there("src/planbook/present/nowhere.py")
    assert not is_there("nowhere.py")
    assert is_there("tests/collect/test_template*.py")


def test_versions_in_the_changelog_are_dated_and_have_three_parts() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, re.M)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert heads[0] == "Unreleased"
    assert heads[1].startswith(f"{project['version']} — ")
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ — \d{4}-\d\d-\d\d", head) for head in heads[1:])
    for release in re.split(r"^## ", text, flags=re.M)[1:]:
        assert re.findall(r"^### (.+)$", release, re.M) == ["Data", "Methods", "Code"]


def test_the_handbook_names_the_version_of_the_forms_that_are_made_now() -> None:
    handbook = (ROOT / "book" / "handbook.md").read_text(encoding="utf-8")
    assert re.findall(r"现为第 (\d+) 版", handbook) == [TEMPLATE_VERSION]
    older = {
        int(number) for number in re.findall(r"第(?: 1、)? (\d+) 版(?:以前)?(?:没有|的)", handbook)
    }
    assert max(older) == int(TEMPLATE_VERSION) - 1
