"""The manifest of a book: every file's sha256 and size, as ``manifest.json`` inside it.

From a finished folder to its manifest, and from a manifest and what is found to what differs. Same
files, same bytes: paths are sorted, and the manifest does not name itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from planbook.made_of import sha256
from planbook.put_in_place import write_whole

MANIFEST = "manifest.json"
FORMAT = 1
NAMED = 5  # so many files of a kind are named, the rest counted

Files = Mapping[str, "File"]


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was published; `size` in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """What an `Entry` says of a sealed book: fields of the same names."""

    manifest: str  # sha256
    pages: tuple[str, ...]


def seal(book: Path) -> Sealed:
    """Write ``manifest.json`` into a finished book, in place of an older one."""
    files = {
        path.relative_to(book).as_posix(): File(sha256_of(path), path.stat().st_size)
        for path in sorted(book.rglob("*"))
        if path.is_file() and path != book / MANIFEST
    }
    manifest = written(files)
    write_whole(book / MANIFEST, manifest)
    return Sealed(sha256(manifest), pages_of(files))


def pages_of(files: Files) -> tuple[str, ...]:
    """Return the addresses of the pages among a book's files."""
    return tuple(sorted(p for p in files if p.endswith(".html") and not p.startswith("_")))


def written(files: Files) -> bytes:
    """Return the bytes of ``manifest.json``."""
    listed = {path: {"sha256": f.sha256, "size": f.size} for path, f in files.items()}
    content = {"format": FORMAT, "files": listed}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_manifest(data: bytes) -> dict[str, File]:
    """Read what `written` wrote; anything else is a ``ValueError``."""
    try:
        files = {path: File(**found) for path, found in json.loads(data)["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("不是文件清单") from error
    if written(files) != data:
        raise ValueError("不是本程序写出的文件清单")
    return files


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def differences(
    manifest: Files, sizes: Mapping[str, int], digest: Callable[[str], str] | None = None
) -> Iterator[str]:
    """Say what differs from a manifest, a sentence a kind.

    Parameters
    ----------
    sizes
        Of all files found, the manifest itself left out, by path.
    digest
        Returns the sha256 of a file found; without it only names and sizes are compared.
    """
    common = [path for path in manifest if path in sizes]
    changed = [
        path
        for path in common
        if sizes[path] != manifest[path].size
        or (digest is not None and digest(path) != manifest[path].sha256)
    ]
    kinds = {
        "缺少": [path for path in manifest if path not in sizes],
        "多出": sorted(set(sizes) - set(manifest)),
        "内容有变的": changed,
    }
    for kind, paths in kinds.items():
        if paths:
            more = " 等" if len(paths) > NAMED else ""
            yield f"{kind}文件{len(paths)}个：{'、'.join(paths[:NAMED])}{more}"
