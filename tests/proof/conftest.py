"""The small plan with figures and the look of the other, edited and built again and again."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from proof import edits_of_data
from proof.checkout import Checkout
from tests.books import ROOT, copy_second_plan

OVERVIEW = "    notebook: overview\n"
PAGE = "  - id: {}\n    title: {}\n    notebook: {}\n"
PAGES = {"tasks": "年度任务", "projects": "重点项目"}  # that the second plan does without


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Return the second plan with a dozen values, a baseline, a yearly target. Only copy it."""
    folder, chance = tmp_path_factory.mktemp("filled"), random.Random(0)
    project = folder / "project"
    project.mkdir()
    copy_second_plan(
        project, {OVERVIEW: OVERVIEW + "".join(map(PAGE.format, PAGES, PAGES.values(), PAGES))}
    )
    for page in PAGES:
        shutil.copy2(ROOT / "notebooks" / f"{page}.ipynb", project / "notebooks")
    shutil.copy2(ROOT / "_config.yml", project)  # not its own: with search, stylesheets, pictures
    shutil.copytree(ROOT / "book" / "_static", project / "book" / "_static")
    kept = Checkout.of(project, ROOT / "src", folder / "kept", "test")
    for edit in [*[edits_of_data.value] * 12, edits_of_data.baseline, edits_of_data.annual_target]:
        edit(kept, chance)
    return kept


@pytest.fixture
def checkout(filled: Checkout, tmp_path: Path) -> Checkout:
    """Return a copy to edit."""
    return filled.copied(tmp_path / "kept")
