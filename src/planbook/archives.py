"""Archives (``.tar.gz``) that are the same bytes whenever and wherever they are packed.

Equal as long as the compressor is: another zlib may press the same files otherwise.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO


def pack_files(files: Mapping[str, Path | bytes], to: IO[bytes]) -> None:
    """Write files by their names, in order: each of nobody, of 1970, readable by all.

    Files given by their paths are not held in memory whole.
    """
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=to, mtime=0) as pressed,
        tarfile.TarFile(fileobj=pressed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, file in sorted(files.items()):
            entry = tarfile.TarInfo(name)  # of nobody, of 1970, mode 0644
            entry.size = len(file) if isinstance(file, bytes) else file.stat().st_size
            with io.BytesIO(file) if isinstance(file, bytes) else file.open("rb") as content:
                tar.addfile(entry, content)


def packed(files: Mapping[str, Path | bytes]) -> bytes:
    """Return what `pack_files` writes."""
    to = io.BytesIO()
    pack_files(files, to)
    return to.getvalue()
