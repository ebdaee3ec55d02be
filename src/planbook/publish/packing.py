"""The archive of an edition: the same files, the same bytes, whenever and wherever it is packed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from planbook.publish.entries import Archive


def pack(folders: Mapping[str, Path], path: Path) -> Archive:
    """Pack folders, each below its name (as ``2026-Q3/book``), into a new ``.tar.gz`` at `path`."""
    raise NotImplementedError
