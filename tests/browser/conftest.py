"""A browser, a local server and a walk through the pages, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from browsers import executable
from tests.books import Built
from tests.browser.walking import EACH_KIND, EVERY_PAGE, Visit, Walk, Watch, of_each_kind
from tests.chromium import MISSING, launched


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder to this computer, at the address given."""
    serve = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@contextmanager
def watched_page(browser: Browser, width: int) -> Iterator[Page]:
    """A page that may ask this computer only; whatever it complains about fails the test."""
    opened = browser.new_page(viewport={"width": width, "height": 800})
    visit = Visit("", width)
    Watch(opened, visit)
    yield opened
    opened.context.close()
    assert not visit.outside
    assert not visit.said


@pytest.fixture(scope="session")
def server(demonstration: Built) -> Iterator[str]:
    """The address at which the demonstration is served to this computer."""
    with serving(demonstration.html) as address:
        yield address


@pytest.fixture(scope="session", params=[EACH_KIND, EVERY_PAGE])
def walk(request: pytest.FixtureRequest, demonstration: Built, server: str) -> Walk:
    if executable() is None:
        pytest.skip(MISSING)
    pages = demonstration.pages()
    if request.param == EACH_KIND:
        pages = of_each_kind(pages)
    return Walk(demonstration.html, pages, server)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module; its event loop ends with them."""
    with launched() as running:
        yield running
