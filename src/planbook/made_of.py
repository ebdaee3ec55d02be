"""What a derived file was made of, and whether it is still whole.

Everything below ``_build`` can be made again, so nothing kept there is believed without proof: a
file carries a checksum of itself and of what it was made of, a folder one of its files. What does
not prove itself counts as absent.

`code_behind` follows imports, so no list of modules has to be kept and none can be forgotten.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
_SEAL = "made_of.json"  # in a folder: its files' checksums
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(planbook[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)"
    r"|import[ \t]+(planbook[\w.]*))",
    re.MULTILINE,
)


def sealed(content: bytes, made_of: str) -> bytes:
    """Return content with a first line that proves it whole and made of just this."""
    return _checksum(content, made_of).encode() + b"\n" + content


def unsealed(kept: bytes, made_of: str) -> bytes | None:
    """Return what `sealed` was given, or ``None`` for anything else."""
    seal, _, content = kept.partition(b"\n")
    return content if seal == _checksum(content, made_of).encode() else None


def read_sealed(path: Path, made_of: str) -> bytes | None:
    """Return the content of a sealed file; ``None`` where it cannot be read or proved."""
    try:
        return unsealed(path.read_bytes(), made_of)
    except OSError:
        return None


def seal_folder(folder: Path, made_of: str) -> None:
    """Write into a folder what proves it whole: no file added, missing or changed."""
    content = json.dumps(_checksums(folder), sort_keys=True).encode()
    (folder / _SEAL).write_bytes(sealed(content, made_of))


def is_whole(folder: Path, made_of: str) -> bool:
    """Tell whether a folder is as `seal_folder` left it, and made of just this."""
    content = read_sealed(folder / _SEAL, made_of)
    try:
        return content is not None and json.loads(content) == _checksums(folder)
    except OSError:
        return False


def sealed_record(record: Any, made_of: str = "") -> str:
    """Return a record as JSON that proves itself."""
    content = json.dumps(record, ensure_ascii=False, sort_keys=True)
    kept = {"sha256": _checksum(content.encode(), made_of), "record": record}
    return json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)


def unsealed_record(text: str, made_of: str = "") -> Any:
    """Return what `sealed_record` was given, or ``None`` for anything else."""
    try:
        kept = json.loads(text)
        content = json.dumps(kept["record"], ensure_ascii=False, sort_keys=True)
        proved = kept["sha256"] == _checksum(content.encode(), made_of)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return kept["record"] if proved else None


@cache
def code_behind(module: str) -> str:
    """Return a digest of a module of this package, all it imports, and the libraries installed.

    Imports inside functions count. Modules that are only mentioned, as a plug-in would be, do not.
    """
    digest = hashlib.sha256(libraries().encode())
    for path in modules_behind(module):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def modules_behind(module: str) -> list[Path]:
    """Return the files of a module and of all it imports from this package, directly or not."""
    found: set[Path] = {_PACKAGE / "__init__.py"}  # leads to everything, and is no way through
    followed: set[str] = set()
    waiting = {module}
    while waiting:
        name = waiting.pop()
        followed.add(name)
        new = set(_files(name)) - found
        found |= new
        waiting |= {imported for path in new for imported in _imported(path)} - followed
    return sorted(found)


@cache
def libraries() -> str:
    """Return a digest of Python's version and of what is installed beside this package."""
    names = {
        path.name
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for path in folder.glob("*.dist-info")
    }
    return hashlib.sha256(
        "\n".join([platform.python_version(), *sorted(names)]).encode()
    ).hexdigest()


@cache
def _modules() -> dict[str, Path]:
    """Return the file of every module and package here by its dotted name."""
    found = {}
    for path in _PACKAGE.rglob("*.py"):
        parts = path.relative_to(_PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _files(name: str) -> Iterator[Path]:
    """Yield the files that importing a dotted name runs: a module's and its packages'."""
    for module in accumulate(name.split("."), "{}.{}".format):
        if module in _modules():
            yield _modules()[module]


def _imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports from this package."""
    for match in _IMPORT.finditer(path.read_text(encoding="utf-8")):
        module, names, plain = match.groups()
        if plain:
            yield plain
            continue
        yield module
        yield from (f"{module}.{name}" for name in re.findall(r"(?<!as )\b\w+\b", names))


def _checksums(folder: Path) -> dict[str, str]:
    """Return sha256 by path, and the folders that hold no file."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name != _SEAL:
            found[name] = "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _checksum(content: bytes, made_of: str) -> str:
    digest = hashlib.sha256(made_of.encode() + b"\0")
    digest.update(content)
    return digest.hexdigest()
