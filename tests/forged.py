"""Records altered by hand, with a checksum that is right again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from planbook.made_of import digest

WRONG: tuple[Any, ...] = (None, 1, "", [], {}, [[]], {"a": None}, {"a": {}})


def forge(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the records in a file and sign them anew."""
    records = json.loads(path.read_bytes())["records"]
    change(records)
    path.write_text(json.dumps({"sha256": digest(records), "records": records}), encoding="utf-8")


def with_other_about(path: Path, name: str) -> Iterator[Any]:
    """Yield once for each other shape of what a record remembers, which is then in the file."""
    content = path.read_bytes()
    for wrong in WRONG:
        forge(path, lambda records, wrong=wrong: records[name].update(about=wrong))
        yield wrong
        path.write_bytes(content)
