"""Records altered by hand, with a checksum that is right again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planbook.made_of import digest

WRONG: tuple[Any, ...] = (None, 1, "", [], {}, [[]], {"a": None}, {"a": {}})


def forge(path: Path, name: str, about: Any) -> None:
    """Change what a record in a file remembers, and sign the file anew."""
    records = json.loads(path.read_bytes())["records"]
    records[name]["about"] = about
    path.write_text(json.dumps({"sha256": digest(records), "records": records}), encoding="utf-8")


def with_other_about(path: Path, name: str) -> Iterator[Any]:
    """Yield once for each other shape of what a record remembers, which is then in the file."""
    content = path.read_bytes()
    for wrong in WRONG:
        forge(path, name, wrong)
        yield wrong
        path.write_bytes(content)
