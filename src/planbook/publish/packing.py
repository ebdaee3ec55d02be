"""The archive of an edition that a site offers, packed in its place."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from planbook.archives import pack_files
from planbook.publish.entries import Archive
from planbook.publish.manifests import sha256_of
from planbook.put_in_place import clear, make_folder


def pack(folders: Mapping[str, Path], path: Path) -> Archive:
    """Pack folders, each below its name (as ``2026-Q3/book``), into a new ``.tar.gz`` at `path`.

    What is not a file is left out. A write that fails leaves no archive.
    """
    make_folder(path.parent)
    try:
        with path.open("wb") as raw:
            pack_files(_files(folders), raw)
    except OSError:
        with suppress(OSError):
            clear(path)
        raise
    return Archive(sha256=sha256_of(path), size=path.stat().st_size)


def _files(folders: Mapping[str, Path]) -> dict[str, Path]:
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file()
    }
