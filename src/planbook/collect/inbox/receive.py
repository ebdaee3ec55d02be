"""File a checked workbook, unchanged and with a receipt, so that a crash leaves nothing half done.

``submissions/<edition>/<unit>-<received>-<sha256[:8]>.xlsx`` appearing under its name is the one
moment that counts: the receipt is in place before it, and until then nobody reads either. What an
interrupted run leaves behind is ignored by everyone and swept away by a later one. A workbook that
is refused leaves a `Refusal`, one file that is there whole or not at all.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from planbook.collect.decided.selections import Aside, Selection
from planbook.collect.file_names import FiledName, submission_name
from planbook.collect.inbox.checking import Checked
from planbook.collect.inbox.receipts import (
    RECEIPTS,
    Receipt,
    Refusal,
    order_of_receipt,
    read_receipt,
    read_refusals,
    receipt_path,
    refusal_path,
)
from planbook.errors import PlanbookError
from planbook.periods import Edition
from planbook.put_in_place import UNFINISHED, put, sync_folder
from planbook.vocabulary import Severity

_STALE = dt.timedelta(hours=1)  # what is younger may be another person's, at work right now


class Outcome(StrEnum):
    """What became of a workbook that was handed in."""

    FILED = "已收取"
    KNOWN = "此前已收"
    REFUSED = "未收取"
    SKIPPED = "跳过"


class NameTaken(PlanbookError):
    """Another content lies under the name that a workbook should be filed by."""


class ClockSetBack(PlanbookError):
    """The system's date is before the day of an earlier filing: what is later cannot be told."""


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
        Names of those that came before it; they stay where they are.
    aside
        The act that set the workbook aside, if it was filed before and no longer counts.
    refusal
        The first refusal of these very bytes.
    """

    checked: Checked
    outcome: Outcome
    file: str = ""
    counts: str = ""
    superseded: tuple[str, ...] = ()
    aside: Selection | None = None
    refusal: Refusal | None = None


def receive(
    checked: Checked,
    folder: Path,
    *,
    received: dt.date,
    now: dt.datetime,
    accept_errors: bool = False,
    aside: Aside | None = None,
) -> Received:
    """File a workbook below the folder of submissions, unless it has errors or is there already.

    One that was refused before, while a sound one of its unit was filed since, is passed over.

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
    aside
        Workbooks that recorded acts have set aside; they are kept and do not count.

    Raises
    ------
    ClockSetBack
        If it came today, and today is before a day on which an earlier one was filed.
    NameTaken
        If its name is taken by a file that was changed since it was filed.
    OSError
        If the disk does not let it; nothing is filed then.
    """
    submission, aside = checked.submission, aside or {}
    if checked.passed_over:
        return Received(checked, Outcome.SKIPPED)
    if submission is None or not (checked.is_acceptable or (accept_errors and checked.is_usable)):
        return _refuse(checked, folder, received=received, now=now, aside=aside)
    edition, unit_id = folder / str(submission.edition), submission.unit_id
    there = _filed_by(edition, unit_id)
    for filed in there:
        if _holds(edition / filed, checked):
            return Received(
                checked,
                Outcome.KNOWN,
                filed,
                counts=_counts(there, submission.edition, aside),
                aside=aside.get((submission.edition, filed)),
            )
    _check_clock(edition, there, received=received, now=now)
    name = submission_name(unit_id, received, checked.data)
    if (edition / name).exists():
        raise NameTaken(
            f"「{name}」已在归档文件夹中，但内容与收取时不同。\n"
            f"  位置：{edition}\n"
            "  处理：归档文件不得改动；把它移出该文件夹后重新收取"
        )
    superseded = tuple(old for old in there if FiledName.parse(old).received <= received)
    receipt = Receipt(
        **_came(checked, received),
        file=name,
        edition=str(submission.edition),
        submitting_unit=unit_id,
        filed_at=now,
        number=1 + max((order_of_receipt(edition, old).number for old in there), default=0),
        signed_by=checked.signed_by,
        supersedes=superseded,
        accepted_with_errors=checked.count(Severity.ERROR) > 0,
        findings=tuple(replace(finding, file=name) for finding in checked.findings),
    )
    (edition / RECEIPTS).mkdir(parents=True, exist_ok=True)
    sync_folder(folder)
    sweep(edition, now)
    put(receipt_path(edition, name), receipt.to_json())
    put(edition / name, checked.data)
    counts = _counts(_filed_by(edition, unit_id), submission.edition, aside)
    return Received(checked, Outcome.FILED, name, counts=counts, superseded=superseded)


def _came(checked: Checked, received: dt.date) -> dict[str, Any]:
    """Return what is written down of every workbook that came."""
    return {
        "original_name": checked.file,
        "sha256": checked.sha256,
        "size": len(checked.data),
        "dataset": checked.dataset,
        "received_on": received,
        "tool": f"planbook {version('planbook')}",
    }


def _check_clock(edition: Path, there: list[str], *, received: dt.date, now: dt.datetime) -> None:
    if received != now.date():
        return
    for name in there:
        receipt = read_receipt(edition, name)
        if receipt is not None and receipt.filed_at.astimezone(now.tzinfo).date() > now.date():
            raise ClockSetBack(
                f"系统日期是 {now.date()}，而该单位的 {name} 已于此后收取\n"
                "  处理：校准本机日期后重新收取，否则更正后的文件会被当作较早的一份"
            )


def _refuse(
    checked: Checked, folder: Path, *, received: dt.date, now: dt.datetime, aside: Aside
) -> Received:
    """Write down that a workbook was refused, once for each content, if it is known whose it is."""
    if checked.edition is None or not checked.unit_id:
        return Received(checked, Outcome.REFUSED)
    edition = folder / str(checked.edition)
    own = [r for r in read_refusals(edition) if r.submitting_unit == checked.unit_id]
    before = next((r for r in own if r.sha256 == checked.sha256), None)
    there = _filed_by(edition, checked.unit_id)
    counts = _counts(there, checked.edition, aside)
    if before is not None and counts:
        receipt = read_receipt(edition, counts)
        if receipt is not None and receipt.filed_at > before.refused_at:
            return Received(checked, Outcome.SKIPPED, counts=counts, refusal=before)
    if before is None:
        before = Refusal(
            **_came(checked, received),
            edition=str(checked.edition),
            submitting_unit=checked.unit_id,
            refused_at=now,
            errors=checked.count(Severity.ERROR),
            warnings=checked.count(Severity.WARNING),
            findings=checked.findings,
        )
        path = refusal_path(edition, checked.unit_id, received, checked.data)
        path.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(folder)
        put(path, before.to_json())
    return Received(checked, Outcome.REFUSED, counts=counts, refusal=before)


def sweep(edition: Path, now: dt.datetime) -> None:
    """Delete what interrupted runs left in an edition's folder: unfinished files, lone receipts."""
    filed = {path.stem for path in edition.glob("*.xlsx")}
    left = [*edition.glob(f".*{UNFINISHED}"), *edition.glob(f"*/.*{UNFINISHED}")]
    left += [path for path in (edition / RECEIPTS).glob("*.json") if path.stem not in filed]
    for path in left:
        with suppress(OSError):  # gone already, or open elsewhere: the next run will see to it
            changed = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            if now - changed > _STALE:
                path.unlink()


def _filed_by(edition: Path, unit_id: str) -> list[str]:
    """Return the names of a unit's filed workbooks in the order in which they came."""
    names = []
    for path in edition.iterdir() if edition.is_dir() else ():
        with suppress(ValueError):
            if FiledName.parse(path.name).unit_id == unit_id and path.is_file():
                names.append(path.name)
    return sorted(names, key=partial(order_of_receipt, edition))


def _counts(there: list[str], edition: Edition, aside: Aside) -> str:
    """Return which of a unit's workbooks counts: the last that was not set aside; empty: none."""
    return next((name for name in reversed(there) if (edition, name) not in aside), "")


def _holds(path: Path, checked: Checked) -> bool:
    return FiledName.parse(path.name).digest == checked.sha256[:8] and (
        path.read_bytes() == checked.data
    )
