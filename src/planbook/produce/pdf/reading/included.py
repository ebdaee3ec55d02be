"""What an executed notebook shows: its own file, and the files that its text includes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

_INCLUDE = re.compile(r"^\s*(?:`{3,}|~{3,}|:{3,})\{include\}[ \t]+(\S+)", re.MULTILINE)


def shown_sha256(page: Path) -> str:
    """Return sha256 of a page's file, followed by the files that it includes in their order."""
    content = page.read_bytes()
    found = hashlib.sha256(content)
    if b"{include}" in content:
        cells = json.loads(content)["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        for path in _included(text, page.parent, ()):
            found.update(path.read_bytes())
    return found.hexdigest()


def _included(text: str, folder: Path, within: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files that a text includes, and those that they include, but none in itself.

    All are named from the page's folder, as Sphinx has it.
    """
    for name in _INCLUDE.findall(text):
        path = folder / name
        if path.is_file() and path not in within:
            yield path
            inner = path.read_text(encoding="utf-8", errors="replace")
            yield from _included(inner, folder, (*within, path))
