"""The contracts of the tables about editions: which there are, and what changed between them.

They are saved with those of `planbook.frames`.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.contract import Contract, Number
from planbook.edition_acts import EditionState
from planbook.periods import Edition
from planbook.vocabulary import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodChangeRow:
    """A rule of judging that an edition changed; of all editions up to this one."""

    edition: Edition  # the first that is judged by it
    changed_in: str  # plan: a key of the plan's files; code: a rule of the program
    key: str  # thresholds.on_course, throughput.target; of code the number of the change
    goal_id: str  # where it concerns one goal alone
    was: str  # as in YAML; empty: there was none
    now: str  # empty: there is none any more; of code what changed, in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCorrectionRow:
    """What a correction edition says unlike the edition that it corrects."""

    goal_id: str
    indicator_id: str
    what: str  # what of the goal differs: 最新值, 基期值, 目标值, 状态 …, joined by 、
    value_before: Number  # latest value, in the indicator's unit
    value_after: Number
    rating_before: Rating | None  # none: the goal was not there
    rating_after: Rating | None
    reason: str  # which form, row or change of method brought it
    corrects: Edition
    edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """An edition as it stood when the book was made; its own row says 编制中."""

    edition: Edition
    label: str
    edition_state: EditionState
    released: str  # day; empty: not published
    corrects: Edition | None
    reason: str  # of the last act on it that says why


METHOD_CHANGES = Contract("method_changes", MethodChangeRow, ("edition", "changed_in", "key"))
EDITION_CORRECTIONS = Contract("edition_corrections", EditionCorrectionRow, ("goal_id",))
EDITIONS = Contract("editions", EditionRow, ("edition",))
