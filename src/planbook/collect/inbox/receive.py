"""File a checked workbook, unchanged and with a receipt, so that a crash leaves nothing half done.

``submissions/<edition>/<unit>-<received>-<sha256[:8]>.xlsx`` appearing under its name is the one
moment that counts: the receipt is in place before it, and until then nobody reads either. What an
interrupted run leaves behind is ignored by everyone and swept away by a later one. A workbook that
is refused leaves a `Refusal`, one file that is there whole or not at all.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from planbook.collect.decided.selections import Aside, Selection
from planbook.collect.file_names import FiledName, submission_name
from planbook.collect.inbox.checking import Checked
from planbook.collect.inbox.receipts import (
    RECEIPTS,
    Filed,
    Receipt,
    Refusal,
    order_of_receipt,
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


@dataclass
class Shelves:
    """What is filed in editions' folders: each is listed and prepared once, then kept up by hand.

    One serves a run that files many workbooks: to list a folder for each would be quadratic.
    """

    _filed: dict[Path, dict[str, list[Filed]]] = field(default_factory=dict)
    _prepared: set[Path] = field(default_factory=set)

    def filed_by(self, edition: Path, unit_id: str) -> list[Filed]:
        """Return a unit's filed workbooks in the order in which they came."""
        if edition not in self._filed:
            names: dict[str, list[Filed]] = {}
            self._filed[edition] = names
            for path in edition.iterdir() if edition.is_dir() else ():
                with suppress(ValueError):
                    unit = FiledName.parse(path.name).unit_id
                    if path.is_file():
                        names.setdefault(unit, []).append(order_of_receipt(edition, path.name))
        return sorted(self._filed[edition].get(unit_id, []))

    def add(self, edition: Path, unit_id: str, name: str) -> None:
        """Take note of a workbook that was filed just now."""
        self._filed[edition].setdefault(unit_id, []).append(order_of_receipt(edition, name))

    def prepare(self, edition: Path, now: dt.datetime) -> None:
        """Make an edition's folder and sweep it, if this has not been done."""
        if edition not in self._prepared:
            (edition / RECEIPTS).mkdir(parents=True, exist_ok=True)
            sync_folder(edition.parent)
            sweep(edition, now)
            self._prepared.add(edition)


def receive(
    checked: Checked,
    folder: Path,
    *,
    received: dt.date,
    now: dt.datetime,
    accept_errors: bool = False,
    aside: Aside | None = None,
    shelves: Shelves | None = None,
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
    shelves
        What is filed already, where many are received one after another; else it is looked up.

    Raises
    ------
    ClockSetBack
        If it came today, and today is before a day on which an earlier one was filed.
    NameTaken
        If its name is taken by a file that was changed since it was filed.
    OSError
        If the disk does not let it; nothing is filed then.
    """
    submission, aside, shelves = checked.submission, aside or {}, shelves or Shelves()
    if checked.passed_over:
        return Received(checked, Outcome.SKIPPED)
    if submission is None or not (checked.is_acceptable or (accept_errors and checked.is_usable)):
        counting = _counting_of(checked, folder, shelves, aside)
        return _refuse(checked, folder, counting, received=received, now=now)
    edition, unit_id = folder / str(submission.edition), submission.unit_id
    there = shelves.filed_by(edition, unit_id)
    for filed in there:
        if _holds(edition / filed.file, checked):
            return Received(
                checked,
                Outcome.KNOWN,
                filed.file,
                counts=_counts(there, submission.edition, aside),
                aside=aside.get((submission.edition, filed.file)),
            )
    _check_clock(there, received=received, now=now)
    name = submission_name(unit_id, received, checked.data)
    if (edition / name).exists():
        raise NameTaken(
            f"「{name}」已在归档文件夹中，但内容与收取时不同。\n"
            f"  位置：{edition}\n"
            "  处理：归档文件不得改动；把它移出该文件夹后重新收取"
        )
    superseded = tuple(old.file for old in there if old.received <= received)
    receipt = Receipt(
        **_came(checked, received),
        file=name,
        edition=str(submission.edition),
        submitting_unit=unit_id,
        filed_at=now,
        number=1 + max((old.number for old in there), default=0),
        signed_by=checked.signed_by,
        supersedes=superseded,
        accepted_with_errors=checked.count(Severity.ERROR) > 0,
        findings=tuple(replace(finding, file=name) for finding in checked.findings),
    )
    shelves.prepare(edition, now)
    put(receipt_path(edition, name), receipt.to_json())
    put(edition / name, checked.data)
    shelves.add(edition, unit_id, name)
    counts = _counts(shelves.filed_by(edition, unit_id), submission.edition, aside)
    return Received(checked, Outcome.FILED, name, counts=counts, superseded=superseded)


def _came(checked: Checked, received: dt.date) -> dict[str, Any]:
    """Return what is written down of every workbook that came."""
    return {
        "original_name": checked.file,
        "sha256": checked.sha256,
        "size": len(checked.data),
        "dataset": checked.dataset,
        "received_on": received,
        "tool": _tool(),
    }


@cache
def _tool() -> str:
    return f"planbook {version('planbook')}"


def _check_clock(there: list[Filed], *, received: dt.date, now: dt.datetime) -> None:
    if received != now.date():
        return
    for old in there:
        if old.has_receipt and old.at.astimezone(now.tzinfo).date() > now.date():
            raise ClockSetBack(
                f"系统日期是 {now.date()}，而该单位的 {old.file} 已于此后收取\n"
                "  处理：校准本机日期后重新收取，否则更正后的文件会被当作较早的一份"
            )


def _counting_of(checked: Checked, folder: Path, shelves: Shelves, aside: Aside) -> Filed | None:
    """Return which workbook counts now for the unit and edition of one that is refused."""
    if checked.edition is None or not checked.unit_id:
        return None
    there = shelves.filed_by(folder / str(checked.edition), checked.unit_id)
    counts = _counts(there, checked.edition, aside)
    return next((filed for filed in there if filed.file == counts), None)


def _refuse(
    checked: Checked, folder: Path, counting: Filed | None, *, received: dt.date, now: dt.datetime
) -> Received:
    """Write down that a workbook was refused, once for each content, if it is known whose it is."""
    if checked.edition is None or not checked.unit_id:
        return Received(checked, Outcome.REFUSED)
    edition = folder / str(checked.edition)
    own = read_refusals(edition, checked.unit_id)
    before = next((r for r in own if r.sha256 == checked.sha256), None)
    counts = counting.file if counting is not None else ""
    if before is not None and counting is not None and counting.at > before.refused_at:
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


def _counts(there: list[Filed], edition: Edition, aside: Aside) -> str:
    """Return which of a unit's workbooks counts: the last that was not set aside; empty: none."""
    return next((old.file for old in reversed(there) if (edition, old.file) not in aside), "")


def _holds(path: Path, checked: Checked) -> bool:
    return FiledName.parse(path.name).digest == checked.sha256[:8] and (
        path.read_bytes() == checked.data
    )
