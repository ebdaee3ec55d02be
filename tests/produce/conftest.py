"""What tests of this room share: another plan's book and the workers that execute notebooks."""

from __future__ import annotations

from multiprocessing.context import BaseContext

import pytest
from books import Built, built, copy_second_plan

from planbook.produce.notebooks.execute import prepare_workers


@pytest.fixture(scope="session")
def second_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Another plan's book: other years, chapters, units, thresholds and notebooks."""
    root = copy_second_plan(tmp_path_factory.mktemp("second-plan"))
    return built(root, "--dataset", "test")


@pytest.fixture(scope="session")
def workers() -> BaseContext:
    return prepare_workers()
