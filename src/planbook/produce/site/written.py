"""The written sources of a book copied to where another of the same project is compiled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planbook.project_folders import GENERATED
from planbook.put_in_place import clear, write_if_changed


def copy_written(root: Path, sources: Path) -> None:
    """Make `sources` hold what people write at `root`: configuration, pages, style sheets.

    What is generated in either is left alone. A file is touched only where it differs.
    """
    wanted = {name: root / name for name in ("_config.yml", *_written(root))}
    for name, path in wanted.items():
        write_if_changed(sources / name, path.read_bytes())
    for name in _written(sources):
        if name not in wanted:
            clear(sources / name)


def _written(root: Path) -> Iterator[str]:
    """Yield the files below ``book`` that no build makes, as paths from `root`."""
    for path in sorted((root / "book").rglob("*")):
        below = path.relative_to(root / "book").parts
        if path.is_file() and below[0] not in GENERATED:
            yield path.relative_to(root).as_posix()
