"""What is written down when a workbook is filed: where from, when, signed by whom, found wrong.

``submissions/<edition>/receipts/<name of the workbook>.json`` stands beside the workbook it is
about. Names and telephone numbers of people are kept here and nowhere else. A workbook without a
receipt (filed by hand) counts as much as one with.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from planbook.collect.file_names import FiledName
from planbook.collect.form.form import SignOff
from planbook.errors import Finding

RECEIPTS = "receipts"  # the folder, within an edition's
RECEIPT_VERSION = 1
_FINDINGS = TypeAdapter(tuple[Finding, ...])


class Receipt(BaseModel):
    """One filed workbook. `sha256` and `size` (bytes) are of the file as it came.

    `received_on` is the day that decides what is late and what counts; `number` counts the
    workbooks of the unit and edition as they were filed and decides between two of one day,
    whatever the clock said. `filed_at` is the moment the command ran; receipts from before there
    were numbers are told apart by it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: int = RECEIPT_VERSION
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
    findings: tuple[Finding, ...]
    tool: str

    def to_json(self) -> bytes:
        """Return the receipt as UTF-8 text that people can read too."""
        content: dict[str, Any] = self.model_dump(mode="json", exclude={"findings"})
        content["findings"] = _FINDINGS.dump_python(self.findings, mode="json")
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def receipt_path(folder: Path, file: str) -> Path:
    """Return where the receipt of a workbook lies, `folder` being the edition's."""
    return folder / RECEIPTS / f"{PurePath(file).stem}.json"


def read_receipt(folder: Path, file: str) -> Receipt | None:
    """Return the receipt of a filed workbook; ``None`` if there is none that can be read."""
    try:
        receipt = Receipt.model_validate_json(receipt_path(folder, file).read_bytes())
    except (OSError, ValidationError):
        return None
    return receipt if receipt.file == file else None


@dataclass(frozen=True, order=True)
class Filed:
    """When a workbook came, in the order in which workbooks of a unit and edition follow."""

    received: dt.date
    number: int
    at: dt.datetime
    file: str

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
        receipt.filed_at if receipt else dt.datetime.min.replace(tzinfo=dt.UTC),
        file,
    )
