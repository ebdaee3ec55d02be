"""What tests of this room share: the workers that execute notebooks."""

from __future__ import annotations

import os
from multiprocessing.context import BaseContext

import pytest

from planbook.produce.notebooks.execute import prepare_workers


@pytest.fixture(scope="session")
def workers() -> BaseContext:
    under_pytest = os.environ.pop("PYTEST_CURRENT_TEST", "")  # where kernels keep less of programs
    try:
        return prepare_workers()
    finally:
        os.environ["PYTEST_CURRENT_TEST"] = under_pytest
