"""What a derived thing was made of, and whether it is still whole.

Everything below ``_build`` can be made again, so nothing kept there is believed without proof. Of
each thing kept there is a `Record`: digests of its inputs and of the code that made it (with the
libraries installed), and checksums of its files. Records lie in JSON files that carry a checksum of
their own. What does not prove itself counts as absent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePath
from typing import Any, TypeVar

from planbook.put_in_place import write_whole
from planbook.shapes import shaped

SEAL = "made_of.json"  # in a folder: the record of its files
_SETTINGS = ("LANG", "LANGUAGE", "PYTHONIOENCODING", "PYTHONPATH", "SOURCE_DATE_EPOCH", "TZ")
_OF_LIBRARIES = ("LC_", "MATPLOTLIB", "MPL", "PLANBOOK_")  # beginnings of names
_CUSTOM = ("sitecustomize", "usercustomize")  # run by Python before anything else
PACKAGE = Path(__file__).resolve().parent
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MadeOf:
    """Digests of all inputs, and of the code and libraries, of something made."""

    inputs: str
    code: str


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of something made.

    Attributes
    ----------
    files
        sha256 by path below the folder in which it lies.
    about
        What else is to be remembered, as JSON knows it.
    """

    made_of: MadeOf
    files: Mapping[str, str] = field(default_factory=dict)
    about: Any = None

    def is_whole(self, folder: Path) -> bool:
        """Tell whether all its files are there as they were made."""
        return all(_sha256_of(folder / name) == sha for name, sha in self.files.items())

    def told(self, kind: type[T]) -> T | None:
        """Return what else is remembered as the kind of thing it was; ``None``: it is another."""
        try:
            return shaped(self.about, kind)
        except ValueError:
            return None


def read_records(path: Path) -> dict[str, Record]:
    """Return what `write_records` wrote, by name; nothing where it is missing or was changed."""
    try:
        return records_in(path.read_bytes())
    except OSError:
        return {}


def records_in(content: bytes) -> dict[str, Record]:
    """Return the records of a file that `records_file` made; nothing where it was changed."""
    try:
        kept = json.loads(content)
        if kept["sha256"] != digest(kept["records"]):
            return {}
        return {name: shaped(found, Record) for name, found in kept["records"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def write_records(path: Path, records: Mapping[str, Record]) -> None:
    """Write records in one step: whoever is killed leaves the old ones or the new."""
    write_whole(path, records_file(records))


def records_file(records: Mapping[str, Record]) -> bytes:
    """Return the content of a file of records, which bears its own checksum."""
    return _json({"sha256": digest(records), "records": records})


def seal_folder(folder: Path, made_of: MadeOf, about: Any = None) -> None:
    """Write into a folder what proves it whole: no file added, missing or changed."""
    (folder / SEAL).unlink(missing_ok=True)
    write_records(folder / SEAL, {"": Record(made_of, digests_of(folder), about)})


def sealed_folder(folder: Path, made_of: MadeOf) -> Record | None:
    """Return the record of a folder that is as `seal_folder` left it, and made of just this."""
    record = read_records(folder / SEAL).get("")
    return _proved(folder, record) if record is not None and record.made_of == made_of else None


def whole_folder(folder: Path) -> Record | None:
    """Return the record of a folder that is as `seal_folder` left it, whatever it was made of."""
    record = read_records(folder / SEAL).get("")
    return None if record is None else _proved(folder, record)


def _proved(folder: Path, record: Record) -> Record | None:
    found = digests_of(folder)
    del found[SEAL]
    return record if found == record.files else None


def sha256(content: bytes) -> str:
    """Return the sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest(value: Any) -> str:
    """Return one sha256 of what JSON can say, and of dataclasses, days, paths and sets in it."""
    return sha256(_json(value))


def digests_of(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Return sha256 by path below `folder`, sorted; empty where there is no such folder.

    Linked folders are entered, as whoever reads the files enters them.
    """
    return _digests(sorted(files_below(folder, pattern)), folder)


def files_below(folder: Path, pattern: str = "*") -> Iterator[Path]:
    """Yield the files below a folder, of linked folders too, each once."""
    entered: set[str] = set()
    for parent, folders, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(parent)
        if real in entered:  # a link to a folder above it
            folders.clear()
            continue
        entered.add(real)
        yield from (Path(parent, name) for name in files if fnmatch(name, pattern))


@cache
def code_of(*rooms: str) -> str:
    """Return a digest of the words, of these rooms (none: of all), and of the libraries installed.

    What code imports lies in its own room, in those before it, or among the words.
    """
    paths = [*PACKAGE.glob("*.py")] if rooms else []
    for room in rooms or ("",):
        place = PACKAGE / room
        paths += place.rglob("*") if place.is_dir() else [place]
    written = sorted(path for path in paths if "__pycache__" not in path.parts)
    return digest([_digests(written, PACKAGE), _libraries()])


def environment() -> dict[str, Any]:
    """Return the settings of this process that libraries go by and that no file tells."""
    files = (getattr(sys.modules.get(name), "__file__", None) for name in _CUSTOM)
    custom = [_sha256_of(Path(file)) for file in files if file]
    flags = {name: getattr(sys.flags, name) for name in ("optimize", "utf8_mode")}
    named = {
        name: value
        for name, value in os.environ.items()
        if name in _SETTINGS or name.startswith(_OF_LIBRARIES)
    }
    return {**named, **flags, "warnings": list(sys.warnoptions), "custom": custom}


def whole_program() -> str:
    """Return a digest of all code and libraries, and of the settings that they go by."""
    return digest([code_of(), environment()])


def _libraries() -> list[str]:
    """Return Python's version and what is installed beside this package."""
    folders = [folder for folder in map(Path, sys.path) if folder.is_dir()]
    names = {path.name for folder in folders for path in folder.glob("*.dist-info")}
    return [platform.python_version(), *sorted(names)]


def _digests(paths: Iterable[Path], folder: Path) -> dict[str, str]:
    files = (path for path in paths if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}


def _sha256_of(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def _json(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=_plain)
    return text.encode("utf-8", "surrogatepass")  # names of files may be no text


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, dt.date | PurePath):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no digest of a {type(value).__name__}")
