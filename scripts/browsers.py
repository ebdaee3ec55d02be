"""The system's browser, found in one way by tests, measurements and pictures."""

from __future__ import annotations

import os
import shutil

# Without windows first: it opens a page in half the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
)


def executable() -> str | None:
    """Return the browser's path: ``PLANBOOK_CHROMIUM``, else the first one that is installed."""
    return os.environ.get("PLANBOOK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
