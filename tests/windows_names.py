"""Which names of files Windows cannot have."""

from __future__ import annotations

import re

RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?")
NOT_IN_NAMES = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
LONGEST = 150  # characters of a path below the project's folder: Windows allows 260 in all


def name_problems(path: str) -> list[str]:
    """Return why a path below the project's folder cannot be made on Windows."""
    parts = path.split("/")
    found = [
        f"{path}: {part}" for part in parts if RESERVED.fullmatch(part) or NOT_IN_NAMES.search(part)
    ]
    return [*found, *([f"{path}: {len(path)} characters"] if len(path) > LONGEST else [])]
