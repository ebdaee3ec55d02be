"""Whole books, built once a run for all tests that look at them, on whichever worker they are."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

from tests.books import Built, built, copy_project, copy_second_plan, once_a_run

# A busy machine is no failure, and the same checkout gives the same result.
settings.register_profile(
    "planbook",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("planbook"), max_examples=1000)
settings.load_profile("planbook")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: (-seconds_of(item), "book" not in item.keywords))


def pytest_configure() -> None:
    """Wait for no disk: what a power cut leaves shows in no test, and a wait takes up to 10 ms."""
    os.fsync = os.fstat  # type: ignore[assignment]  # a descriptor must be open all the same
    gc.set_threshold(50_000, 20, 100)  # a third of what spreadsheets and pages take is its search


def pytest_collection_finish() -> None:
    """Search no more in what every test has in memory: modules and the tests themselves."""
    gc.collect()
    gc.freeze()


def seconds_of(item: pytest.Item) -> int:
    mark = item.get_closest_marker("takes")
    return 0 if mark is None else int(mark.args[0])


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The whole demonstration book with its PDFs, by the command of the README. Only look at it."""
    return once_a_run(
        tmp_path_factory, "demonstration", lambda root: built(copy_project(root), "--pdf")
    )


@pytest.fixture(scope="session")
def second_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Another plan's book: other years, chapters, units, thresholds, notebooks. Only look at it."""
    return once_a_run(
        tmp_path_factory,
        "second-plan",
        lambda root: built(copy_second_plan(root), "--dataset", "test"),
    )


@pytest.fixture(scope="session")
def second_book_on_paper(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The other plan's book with PDFs and packs. Only look at it."""
    return once_a_run(
        tmp_path_factory,
        "second-plan-on-paper",
        lambda root: built(copy_second_plan(root), "--dataset", "test", "--pdf"),
    )
