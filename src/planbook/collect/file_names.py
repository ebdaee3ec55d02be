"""How a received workbook is filed: ``submissions/<edition>/<unit>-<received>-<sha256[:8]>.xlsx``.

The name says what the workbook cannot: when it was received, and that it was not edited since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(
    r"(?P<unit>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<date>\d{4}-\d\d-\d\d)-(?P<digest>[0-9a-f]{8})\.xlsx"
)
DIGEST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class FiledName:
    """What the name of a filed workbook says."""

    unit_id: str
    received: dt.date
    digest: str

    @classmethod
    def parse(cls, name: str) -> FiledName:
        """Read a file name; raise ``ValueError`` for one that `submission_name` would not give."""
        match = _NAME.fullmatch(name)
        if match is None:
            raise ValueError(name)
        return cls(match["unit"], dt.date.fromisoformat(match["date"]), match["digest"])


def submission_name(unit_id: str, received: dt.date, data: bytes) -> str:
    """Return the name under which a workbook with these bytes is filed."""
    digest = hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]
    return f"{unit_id}-{received.isoformat()}-{digest}.xlsx"


def shown_name(path: Path) -> str:
    """Return a file's name as text that can be printed and saved, whatever its bytes are.

    Names that are no UTF-8 come out of archives packed on Chinese Windows: they are read so.
    """
    try:
        raw = os.fsencode(path.name)
    except UnicodeEncodeError:  # Windows, half a character
        return path.name.encode("utf-8", "replace").decode()
    for coding in ("utf-8", "gb18030"):
        try:
            return raw.decode(coding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
