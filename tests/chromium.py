"""The system's Chromium, for tests that look at pages as a reader's browser does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "no browser here: install Chromium (apt-get install chromium) or name one in PLANBOOK_CHROMIUM"
)


def executable() -> str | None:
    """Return the browser's path: ``PLANBOOK_CHROMIUM``, else the first one that is installed."""
    return os.environ.get("PLANBOOK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser; skip the test, with how to have one, where there is none."""
    path = executable()
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        try:
            yield browser
        finally:
            browser.close()
