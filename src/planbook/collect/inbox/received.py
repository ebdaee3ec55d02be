"""What was received up to an edition and what of it counts, as plain data, for `planbook.facts`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planbook.collect.decided.selections import Selection
from planbook.collect.inbox.receipts import Refusal
from planbook.collect.read.submission import Submission
from planbook.errors import Finding
from planbook.frames import SubmissionRow
from planbook.periods import Edition


@dataclass(frozen=True)
class Reselected:
    """From `from_edition` on another workbook of a unit and edition counts than before, or none."""

    edition: Edition
    unit_id: str
    from_edition: Edition
    before: Submission | None
    after: Submission | None
    reason: str
    late: bool = False  # because a workbook came after the edition was published


@dataclass(frozen=True)
class Submissions:
    """The workbooks of all editions up to `upto`, read.

    Attributes
    ----------
    current
        The one that counts for each unit and edition, in the order of editions and units.
    superseded
        The earlier ones, and later ones that were not usable.
    findings
        Of files and folders that are no submissions, and of acts that set workbooks aside; those
        of a workbook stay with it.
    rows
        One a unit and edition that owes something or has sent something.
    withdrawn
        Those that a recorded act has set aside.
    reselected
        For each unit and edition whose choice changed in a later edition, what counted from when.
    acts
        The recorded acts that set them aside.
    returned
        Of each unit and edition the last workbook refused, if no sound one was filed since.
    lost
        Editions and units of which workbooks were deleted that only purged editions listed.
    """

    upto: Edition
    current: tuple[Submission, ...]
    superseded: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    rows: tuple[SubmissionRow, ...]
    withdrawn: tuple[Submission, ...] = ()
    reselected: tuple[Reselected, ...] = ()
    acts: tuple[Selection, ...] = ()
    returned: tuple[Refusal, ...] = ()
    lost: frozenset[tuple[Edition, str]] = frozenset()

    @property
    def as_known(self) -> tuple[Submission, ...]:
        """`current`, one that came after its book was published as of the edition that knew it."""
        late = {(c.edition, c.unit_id): c.from_edition for c in self.reselected if c.late}
        return tuple(
            replace(s, edition=late.get((s.edition, s.unit_id), s.edition)) for s in self.current
        )
