"""Whole books, built once for all tests that look at them."""

from __future__ import annotations

import pytest
from books import Built, built, copy_project
from hypothesis import settings

# A busy machine is no failure, and the same checkout gives the same result.
settings.register_profile("planbook", deadline=None, derandomize=True)
settings.load_profile("planbook")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The whole demonstration book with its PDFs, by the command of the README."""
    return built(copy_project(tmp_path_factory.mktemp("demonstration")), "--pdf")
