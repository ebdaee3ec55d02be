"""Read a file that somebody names: an ordinary one only, and no more of it than it may have.

A pipe or a device may give bytes for ever, or none; a picture of a disk may be taken for a list.
Who reads says how much sense a file can make; the refusal is an `OSError`, as of a file that the
system does not give.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from planbook.errors import UnfitFile, megabytes

LARGEST_TEXT = 10 * 2**20  # of YAML and CSV that people write: a hundred thousand rows


def first_bytes(path: Path, most: int) -> tuple[bytes, int]:
    """Return the content of a file, of a larger one the first `most` bytes and one, and its size.

    Raises
    ------
    UnfitFile
        If it is none that has a content.
    OSError
        If it is not there or cannot be read.
    """
    if path.is_dir():
        raise UnfitFile("是文件夹，不是文件")
    if not path.is_file():
        if path.exists():
            raise UnfitFile("不是普通文件")
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with path.open("rb") as file:
        return file.read(most + 1), os.fstat(file.fileno()).st_size


def whole_file(path: Path, most: int) -> bytes:
    """Return the content of a file that has no more than `most` bytes.

    Raises
    ------
    UnfitFile
        If it has more, or is none that has a content.
    OSError
        If it is not there or cannot be read.
    """
    content, size = first_bytes(path, most)
    if len(content) > most:
        raise UnfitFile(f"文件有 {megabytes(max(size, len(content)))}，超过 {megabytes(most)}")
    return content
