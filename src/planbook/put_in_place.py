"""Put files and folders in place whole, whatever lies there: an older one, or something foreign.

For what is derived only. An interrupted write leaves the old or the new.
"""

from __future__ import annotations

import shutil
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step."""
    make_folder(path.parent)
    aside = path.with_name(f".{path.name}")
    clear(aside)
    aside.write_bytes(content)
    move_file(aside, path)


def move_file(made: Path, path: Path) -> None:
    """Move a file to where another one, or a folder, may be."""
    make_folder(path.parent)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    made.replace(path)


def clear(path: Path) -> None:
    """Delete a file, a link or a folder with all in it; nothing there is fine too."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder where there is none; a file in its place is deleted."""
    if not path.is_dir():
        clear(path)
        path.mkdir(parents=True, exist_ok=True)


def empty_folder(path: Path) -> None:
    """Make an empty folder, whatever was there."""
    clear(path)
    path.mkdir(parents=True)
