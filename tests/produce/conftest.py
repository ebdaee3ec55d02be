"""What tests of this room share: the workers that execute notebooks."""

from __future__ import annotations

from multiprocessing.context import BaseContext

import pytest

from planbook.produce.notebooks.execute import prepare_workers


@pytest.fixture(scope="session")
def workers() -> BaseContext:
    return prepare_workers()
