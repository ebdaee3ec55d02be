"""What tests of this room share: the workers that execute notebooks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from multiprocessing.context import BaseContext

import pytest

from planbook.produce.notebooks import WORKER
from planbook.worker_context import worker_context
from tests.produce.small_site import Site, compiled_site


@pytest.fixture(scope="session")
def workers() -> BaseContext:
    return worker_context([WORKER])


@pytest.fixture(scope="module")
def first_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return compiled_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(first_site: Site) -> Iterator[Site]:
    """Yield the small project as it was first compiled."""
    yield first_site
    for part in (first_site.root, first_site.kept):
        shutil.rmtree(part)
        shutil.copytree(part.with_suffix(".first"), part)
