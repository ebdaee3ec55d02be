"""A small plan as plain values, which a test changes in one place and loads."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planbook.plan import Plan, load_plan
from planbook.yamlfile import read_yaml

SECOND_PLAN = Path(__file__).resolve().parents[1] / "fixtures" / "second_plan" / "data" / "plan"
Files = dict[str, Any]


@pytest.fixture(scope="session")
def _second_plan_files() -> Files:
    return {path.stem: read_yaml(path, path.name)[0] for path in SECOND_PLAN.glob("*.yaml")}


@pytest.fixture
def plan_files(_second_plan_files: Files) -> Files:
    """The content of the second plan's files by name without ``.yaml``, free to change."""
    return copy.deepcopy(_second_plan_files)


@pytest.fixture
def load(plan_files: Files, tmp_path: Path) -> Callable[[dict[str, Any]], Plan]:
    """Load the second plan with values changed by dotted path; ``...`` removes a key."""

    def load_changed(changes: dict[str, Any]) -> Plan:
        folder = tmp_path / "data" / "plan"
        folder.mkdir(parents=True)
        for path, value in changes.items():
            put(plan_files, path, value)
        for name, content in plan_files.items():
            text = json.dumps(content, ensure_ascii=False)  # JSON is YAML
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return load_plan(folder)

    return load_changed


def put(files: Files, path: str, value: Any) -> None:
    """Set or remove the value at a dotted path."""
    *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
    place: Any = files
    for part in parents:
        place = place[part]
    if value is ...:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
