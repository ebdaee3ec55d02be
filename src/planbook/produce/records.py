"""What was made of what, kept between builds so that only what changed is made again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planbook.made_of import sealed_record, unsealed_record
from planbook.put_in_place import write_whole


def read_records(path: Path) -> dict[str, Any]:
    """Return what `write_records` wrote; nothing where it is missing or was changed."""
    try:
        found = unsealed_record(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # none yet, or no text: everything is made again
    return found if isinstance(found, dict) else {}


def write_records(path: Path, found: Mapping[str, Any]) -> None:
    """Write the records in one step: a build that is killed leaves the old ones or the new."""
    write_whole(path, sealed_record(found).encode("utf-8"))
