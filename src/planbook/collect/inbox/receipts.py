"""What is written down when a workbook is filed or refused: where from, when, what is wrong.

``submissions/<edition>/receipts/<name of the workbook>.json`` stands beside the workbook it is
about. Names and telephone numbers of people are kept here and nowhere else. A workbook without a
receipt (filed by hand) counts as much as one with.

``submissions/<edition>/refusals/<unit>-<received>-<sha256[:8]>.json``, one for each content; the
first refusal stays. A unit whose workbook was sent back is not chased for sending nothing, and a
file still lying in the inbox is known again. The workbook itself is not kept.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from planbook.collect.file_names import FiledName, submission_name
from planbook.collect.form.form import SignOff
from planbook.errors import Finding
from planbook.vocabulary import Severity

RECEIPTS, REFUSALS = "receipts", "refusals"  # folders within an edition's
_VERSION = 1
_NO_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)
_FINDINGS = TypeAdapter(tuple[Finding, ...])


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    findings: tuple[Finding, ...]

    def to_json(self) -> bytes:
        """Return the record as UTF-8 text that people can read too."""
        content: dict[str, Any] = self.model_dump(mode="json", exclude={"findings"})
        content["findings"] = _FINDINGS.dump_python(self.findings, mode="json")
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


class Receipt(_Written):
    """One filed workbook. `sha256` and `size` (bytes) are of the file as it came.

    `received_on` is the day that decides what is late and what counts; `number` counts the
    workbooks of the unit and edition as they were filed and decides between two of one day,
    whatever the clock said. `filed_at` is the moment the command ran; receipts from before there
    were numbers are told apart by it.
    """

    version: int = _VERSION
    file: str
    original_name: str
    sha256: str
    size: int
    dataset: str
    edition: str
    submitting_unit: str
    received_on: dt.date
    filed_at: AwareDatetime
    number: int = 0
    signed_by: SignOff
    supersedes: tuple[str, ...]
    accepted_with_errors: bool
    tool: str


class Refusal(_Written):
    """A workbook that was not filed. `sha256` and `size` (bytes) are of the file as it came."""

    version: int = _VERSION
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
    tool: str

    def count(self, severity: Severity) -> int:
        """Return how many findings of this severity there were."""
        return self.errors if severity is Severity.ERROR else self.warnings


def receipt_path(folder: Path, file: str) -> Path:
    """Return where the receipt of a workbook lies, `folder` being the edition's."""
    return folder / RECEIPTS / f"{PurePath(file).stem}.json"


def refusal_path(folder: Path, unit_id: str, received: dt.date, data: bytes) -> Path:
    """Return where the refusal of these bytes lies, `folder` being the edition's."""
    return folder / REFUSALS / f"{PurePath(submission_name(unit_id, received, data)).stem}.json"


def read_receipt(folder: Path, file: str) -> Receipt | None:
    """Return the receipt of a filed workbook; ``None`` if there is none that can be read."""
    try:
        receipt = Receipt.model_validate_json(receipt_path(folder, file).read_bytes())
    except (OSError, ValidationError):
        return None
    return receipt if receipt.file == file else None


def read_refusals(folder: Path, only: str | None = None) -> tuple[Refusal, ...]:
    """Return the refusals in an edition's folder, oldest first; what cannot be read is left out.

    Of one unit alone, those of the others are not read.
    """
    found = []
    for path in (folder / REFUSALS).glob("*.json"):
        try:
            unit_id = FiledName.parse(f"{path.stem}.xlsx").unit_id
            if only not in (None, unit_id):
                continue
            refusal = Refusal.model_validate_json(path.read_bytes())
        except (OSError, ValueError):
            continue
        if refusal.submitting_unit == unit_id:
            found.append(refusal)
    return tuple(sorted(found, key=lambda r: (r.refused_at, r.submitting_unit, r.sha256)))


@dataclass(frozen=True, order=True)
class Filed:
    """When a workbook came, in the order in which workbooks of a unit and edition follow."""

    received: dt.date
    number: int
    at: dt.datetime
    file: str

    @property
    def has_receipt(self) -> bool:
        return self.at > _NO_TIME

    @property
    def told(self) -> tuple[int, dt.datetime]:
        """What the receipt tells, without which the name alone decides."""
        return self.number, self.at


def order_of_receipt(folder: Path, file: str) -> Filed:
    """Return when a filed workbook came; one without a receipt is the first of its day."""
    receipt = read_receipt(folder, file)
    return Filed(
        FiledName.parse(file).received,
        receipt.number if receipt else 0,
        receipt.filed_at if receipt else _NO_TIME,
        file,
    )
