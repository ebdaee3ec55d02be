"""A declared correction, and its row in the book: what `planbook.facts` applies."""

from __future__ import annotations

from pydantic import model_validator

from planbook.collect.written_numbers import shown
from planbook.frames import CorrectionRow
from planbook.plan.parts import Id, Number, Record, Text
from planbook.project_frames import ProjectAmount
from planbook.vocabulary import CorrectionAction
from planbook.written_dates import EditionKey, Month

_AMOUNTS = "、".join(amount.value for amount in ProjectAmount)


class Correction(Record):
    """A declared correction.

    `expect` is the value received: a number, a measure's status, or the name of an `ObsStatus`
    where the cell gave no number (拒收, 未报). `value` is what to use instead, for ``override``.
    Of a project one `amount` is corrected; what is expected is the one that counted, which of a
    blank cell is that reported before.
    """

    id: Id
    action: CorrectionAction
    indicator_id: Id | None = None
    measure_id: Id | None = None
    project_id: Id | None = None
    amount: ProjectAmount | None = None  # of the project
    time_period: Month | None = None
    scope: Text | None = None  # default: the indicator's
    edition: EditionKey
    expect: Number | str
    value: Number | str | None = None
    reason: Text
    decided_by: Text
    from_edition: EditionKey
    confirmed: str = ""  # how a doubtful value was verified; repeats the value

    @model_validator(mode="after")
    def _complete(self) -> Correction:
        if sum(id is not None for id in (self.indicator_id, self.measure_id, self.project_id)) != 1:
            raise ValueError("indicator_id、measure_id、project_id 应写且只写一个")
        if (self.project_id is None) != (self.amount is None):
            raise ValueError(f"更正重点项目须写 amount（{_AMOUNTS}），其他更正不写")
        if self.project_id is not None and (self.time_period or self.scope):
            raise ValueError("更正重点项目不写 time_period 和 scope")
        if self.indicator_id is not None and self.time_period is None:
            raise ValueError("更正指标值须写 time_period")
        if self.indicator_id is None and self.action is CorrectionAction.FLAG:
            raise ValueError("举措和重点项目的更正只有 override 和 drop")
        if (self.action is CorrectionAction.OVERRIDE) != (self.value is not None):
            raise ValueError("override 须写 value，drop 和 flag 不写")
        if self.from_edition < self.edition:
            raise ValueError("from_edition 不能早于收到该值的 edition")
        return self

    @property
    def about(self) -> str:
        """The id of the indicator, measure or project."""
        return self.indicator_id or self.measure_id or self.project_id or ""


def correction_row(correction: Correction) -> CorrectionRow:
    """Return a correction as the book lists it."""
    return CorrectionRow(
        correction_id=correction.id,
        action=correction.action,
        indicator_id=correction.about,
        amount=correction.amount,
        time_period=correction.time_period,
        edition=correction.edition,
        expect=_words(correction.expect),
        value=_words(correction.value),
        reason=correction.reason,
        decided_by=correction.decided_by,
        from_edition=correction.from_edition,
    )


def _words(value: float | str | None) -> str:
    return shown(value) if isinstance(value, float) else value or ""
