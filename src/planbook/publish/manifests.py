"""The manifest of a book: every file's sha256 and size, as ``manifest.json`` inside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sealed:
    """What an `Entry` says of a sealed book: fields of the same names."""

    manifest: str  # sha256
    pages: tuple[str, ...]


def seal(book: Path) -> Sealed:
    """Write ``manifest.json`` into a finished book, in place of an older one."""
    raise NotImplementedError
