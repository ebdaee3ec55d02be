"""The archive of an edition: the same files, the same bytes, whenever and wherever it is packed.

Equal as long as the compressor is: another zlib may press the same files otherwise. Nothing is held
in memory whole.
"""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

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


def pack_files(files: Mapping[str, Path], to: IO[bytes]) -> None:
    """Write files by their names as ``.tar.gz``: each of nobody, of 1970, readable by all."""
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=to, mtime=0) as pressed,
        tarfile.TarFile(fileobj=pressed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, file in sorted(files.items()):
            info = tarfile.TarInfo(name)  # of nobody, of 1970, mode 0644
            info.size = file.stat().st_size
            with file.open("rb") as content:
                tar.addfile(info, content)


def _files(folders: Mapping[str, Path]) -> dict[str, Path]:
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file()
    }
