"""The system's Chromium, for tests that look at pages as a reader's browser does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from browsers import executable

MISSING = (
    "这里没有浏览器，浏览器测试已跳过：安装 Chromium（apt-get install chromium），"
    "或用环境变量 PLANBOOK_CHROMIUM 指出浏览器程序 "
    "(no browser here: install Chromium or name one in PLANBOOK_CHROMIUM)"
)
# Names outside this computer lead nowhere.
ARGUMENTS = ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-gpu")


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser; skip the test, with how to have one, where there is none."""
    path = executable()
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
