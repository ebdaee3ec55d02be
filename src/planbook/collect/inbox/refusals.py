"""What is written down when a workbook is refused: whose it was, when it came, how much is wrong.

``submissions/<edition>/refusals/<unit>-<received>-<sha256[:8]>.json``, one for each content; the
first refusal stays. A unit whose workbook was sent back is not chased for sending nothing, and a
file still lying in the inbox is known again. The workbook itself is not kept.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from planbook.collect.file_names import FiledName, submission_name
from planbook.errors import Finding

REFUSALS = "refusals"  # the folder, within an edition's
REFUSAL_VERSION = 1
_FINDINGS = TypeAdapter(tuple[Finding, ...])


class Refusal(BaseModel):
    """A workbook that was not filed. `sha256` and `size` (bytes) are of the file as it came."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int = REFUSAL_VERSION
    original_name: str
    sha256: str
    size: int
    dataset: str
    edition: str
    submitting_unit: str
    received_on: dt.date
    refused_at: AwareDatetime
    errors: int
    warnings: int
    findings: tuple[Finding, ...]
    tool: str

    def to_json(self) -> bytes:
        """Return the refusal as UTF-8 text that people can read too."""
        content: dict[str, Any] = self.model_dump(mode="json", exclude={"findings"})
        content["findings"] = _FINDINGS.dump_python(self.findings, mode="json")
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def refusal_path(folder: Path, unit_id: str, received: dt.date, data: bytes) -> Path:
    """Return where the refusal of these bytes lies, `folder` being the edition's."""
    name = submission_name(unit_id, received, data)
    return folder / REFUSALS / f"{name.removesuffix('.xlsx')}.json"


def read_refusals(folder: Path) -> tuple[Refusal, ...]:
    """Return the refusals in an edition's folder, oldest first; what cannot be read is left out."""
    found = []
    for path in _files(folder / REFUSALS):
        try:
            unit_id = FiledName.parse(f"{path.stem}.xlsx").unit_id
            refusal = Refusal.model_validate_json(path.read_bytes())
        except (OSError, ValueError, ValidationError):
            continue
        if refusal.submitting_unit == unit_id:
            found.append(refusal)
    return tuple(sorted(found, key=lambda r: (r.refused_at, r.submitting_unit, r.sha256)))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json")) if folder.is_dir() else []
