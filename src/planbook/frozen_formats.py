"""The formats of frozen archives: what lies in an old one, as today's program names it.

The files of an archive → the same under today's names. An archive says its format in `MEMBER`; one
without it is of the first. A key that is known no more needs nothing here: of frozen files it is
passed over (`planbook.yamlfile.passing_over_unknown`). What was renamed, or became something else,
is written here: raise `FORMAT` and add to `STEPS` how the format before becomes the new one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version

MEMBER = "format.json"
FORMAT = 1  # in which archives are written
Files = Mapping[str, bytes]
STEPS: Mapping[int, Callable[[Files], Files]] = {}  # by number: from that format to the one after


class TooNew(ValueError):
    """An archive of a format that is not known yet."""


def member() -> bytes:
    """Return what an archive that is written now says of its format and of the program."""
    return (json.dumps({"format": FORMAT, "planbook": _installed()}) + "\n").encode()


def format_of(files: Files) -> int:
    """Return the number of an archive's format; ``ValueError`` where it cannot be read."""
    if MEMBER not in files:
        return 1
    told = json.loads(files[MEMBER])
    number = told.get("format") if isinstance(told, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ValueError(MEMBER)
    return number


def written_by(said: bytes) -> str:
    """Return which version of the program wrote an archive, by its member; empty: not known."""
    told = json.loads(said)
    return str(told.get("planbook", "")) if isinstance(told, dict) else ""


def as_today(files: Files, tables: str) -> Files:
    """Return the files of an archive as if they had been frozen in today's format.

    Parameters
    ----------
    tables
        Folder of the saved tables, which no step is given: they are held against their sha256.

    Raises
    ------
    TooNew
        If a later version wrote it.
    """
    number = format_of(files)
    if number > FORMAT:
        raise TooNew(number)
    kept = {name: data for name, data in files.items() if name.startswith(f"{tables}/")}
    inputs: Files = {name: data for name, data in files.items() if name not in kept}
    for each in range(number, FORMAT):
        inputs = STEPS[each](inputs)
    return {**inputs, **kept}


def _installed() -> str:
    try:
        return version("planbook")
    except PackageNotFoundError:  # run from its sources
        return ""
