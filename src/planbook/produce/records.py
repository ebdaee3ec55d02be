"""What was made of what, kept between builds so that only what changed is made again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def read_records(path: Path) -> dict[str, Any]:
    """Return what `write_records` wrote; nothing where it is missing or cut off."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # none yet, or cut off: everything is made again
    return found if isinstance(found, dict) else {}


def write_records(path: Path, found: Mapping[str, Any]) -> None:
    """Write the records in one step: a build that is killed leaves the old ones or the new."""
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(path, text.encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}")
    aside.write_bytes(content)
    aside.replace(path)
