"""File a checked workbook, unchanged and with a receipt, so that a crash leaves nothing half done.

``submissions/<edition>/<unit>-<received>-<sha256[:8]>.xlsx`` appearing under its name is the one
moment that counts: the receipt is in place before it, and until then nobody reads either. What an
interrupted run leaves behind is ignored by everyone and swept away by a later one.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from planbook.collect.checking import Checked
from planbook.collect.filing import FiledName, submission_name
from planbook.collect.receipts import RECEIPTS, Receipt, filed_at, receipt_path
from planbook.collect.submission import Submission
from planbook.errors import PlanbookError
from planbook.vocabulary import Severity

_ASIDE = ".part"
_STALE = dt.timedelta(hours=1)  # what is younger may be another person's, at work right now


class Outcome(StrEnum):
    """What became of a workbook that was handed in."""

    FILED = "已收取"
    KNOWN = "此前已收"
    REFUSED = "未收取"


class NameTaken(PlanbookError):
    """Another content lies under the name that a workbook should be filed by."""


@dataclass(frozen=True)
class Received:
    """A workbook after `receive`.

    Attributes
    ----------
    file
        The name it is filed by; empty if it is not.
    counts
        The name of the one that counts for the unit and edition now, by date received; empty if
        there is none. A workbook that comes late with an early date does not.
    superseded
        Names of those that counted or could have counted before it; they stay where they are.
    """

    checked: Checked
    outcome: Outcome
    file: str = ""
    counts: str = ""
    superseded: tuple[str, ...] = ()


def receive(
    checked: Checked,
    folder: Path,
    *,
    received: dt.date,
    now: dt.datetime,
    accept_errors: bool = False,
) -> Received:
    """File a workbook below the folder of submissions, unless it has errors or is there already.

    Parameters
    ----------
    folder
        Of the submissions of the dataset that `checked` is for.
    received
        The day it came, from which its name and lateness follow.
    now
        With its time zone; goes into the receipt.
    accept_errors
        File it in spite of cells that are refused; one not usable as a whole is never filed.

    Raises
    ------
    NameTaken
        If its name is taken by a file that was changed since it was filed.
    OSError
        If the disk does not let it; nothing is filed then.
    """
    submission = checked.submission
    if submission is None or not (checked.is_acceptable or (accept_errors and checked.is_usable)):
        return Received(checked, Outcome.REFUSED)
    edition = folder / str(submission.edition)
    there = _filed_by(edition, submission.unit_id)
    for filed in there:
        if _holds(edition / filed, checked):
            return Received(checked, Outcome.KNOWN, filed, counts=there[-1])
    name = submission_name(submission.unit_id, received, checked.data)
    if (edition / name).exists():
        raise NameTaken(
            f"「{name}」已在归档文件夹中，但内容与收取时不同。\n"
            f"  位置：{edition}\n"
            "  处理：归档文件不得改动；把它移出该文件夹后重新收取"
        )
    superseded = tuple(old for old in there if FiledName.parse(old).received <= received)
    receipt = _receipt(checked, submission, name, superseded, received=received, now=now)
    (edition / RECEIPTS).mkdir(parents=True, exist_ok=True)
    _sync_folder(folder)
    sweep(edition, now)
    put(receipt_path(edition, name), receipt.to_json())
    put(edition / name, checked.data)
    return Received(
        checked,
        Outcome.FILED,
        name,
        counts=_filed_by(edition, receipt.submitting_unit)[-1],
        superseded=superseded,
    )


def put(path: Path, data: bytes) -> None:
    """Write a file so that under its name there is, at any moment, the old content or the new."""
    aside = path.with_name(f".{path.name}.{os.getpid()}{_ASIDE}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def sweep(edition: Path, now: dt.datetime) -> None:
    """Delete what interrupted runs left in an edition's folder: unfinished files, lone receipts."""
    filed = {path.stem for path in edition.glob("*.xlsx")}
    left = [*edition.glob(f".*{_ASIDE}"), *(edition / RECEIPTS).glob(f".*{_ASIDE}")]
    left += [path for path in (edition / RECEIPTS).glob("*.json") if path.stem not in filed]
    for path in left:
        with suppress(OSError):  # gone already, or open elsewhere: the next run will see to it
            changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            if now - changed > _STALE:
                path.unlink()


def _filed_by(edition: Path, unit_id: str) -> list[str]:
    """Return the names of a unit's filed workbooks, the one that counts last."""
    names = list(_names(edition, unit_id))
    return [name for *_, name in sorted(_rank(edition, name) for name in names)]


def _names(edition: Path, unit_id: str) -> Iterator[str]:
    for path in edition.iterdir() if edition.is_dir() else ():
        with suppress(ValueError):
            if FiledName.parse(path.name).unit_id == unit_id:
                yield path.name


def _rank(edition: Path, name: str) -> tuple[dt.date, dt.datetime, str]:
    return FiledName.parse(name).received, filed_at(edition, name), name


def _holds(path: Path, checked: Checked) -> bool:
    return FiledName.parse(path.name).digest == checked.sha256[:8] and (
        path.read_bytes() == checked.data
    )


def _receipt(
    checked: Checked,
    submission: Submission,
    name: str,
    superseded: tuple[str, ...],
    *,
    received: dt.date,
    now: dt.datetime,
) -> Receipt:
    return Receipt(
        file=name,
        original_name=checked.file,
        sha256=checked.sha256,
        size=len(checked.data),
        dataset=checked.dataset,
        edition=str(submission.edition),
        submitting_unit=submission.unit_id,
        received_on=received,
        filed_at=now,
        signed_by=checked.signed_by,
        supersedes=superseded,
        accepted_with_errors=checked.count(Severity.ERROR) > 0,
        findings=tuple(replace(finding, file=name) for finding in checked.findings),
        tool=f"planbook {version('planbook')}",
    )


def _sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut, where the system lets folders be synced."""
    with suppress(OSError):  # Windows opens no folders; its file systems journal names
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
