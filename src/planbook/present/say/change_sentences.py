"""Why a rating or a pace is another than in the edition before, in words: a change → sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from planbook.present import numbers
from planbook.present.say.change_parts import PrintedChange, parts_of, printed_change
from planbook.present.say.rating_changes import became
from planbook.present.views import GoalView
from planbook.vocabulary import Note, RatedBy, Rating
from planbook.watch_frames import ChangeFactor, ChangeGate, ChangeReasonRow

_OF_DATA, _OF_MEETING, _OTHER = "有无数据", "是否达标", "其他条件"
_GROUPS = {
    ChangeGate.REPORTED: _OF_DATA,
    ChangeGate.NOT_REPORTED: _OF_DATA,
    ChangeGate.SCOPE: _OF_DATA,
    ChangeGate.BASELINE: _OF_DATA,
    ChangeGate.MET: _OF_MEETING,
    ChangeGate.FALLEN: _OF_MEETING,
    ChangeGate.DUE: _OF_MEETING,
    ChangeGate.STEADINESS: _OF_MEETING,
    ChangeGate.MISSED_YEAR: _OF_MEETING,
    ChangeGate.ASSESSED: ChangeGate.ASSESSED.label,
}
REASONS = {  # as they are counted, in order, each with the letter that stands for it in a chart
    **dict(zip((factor.label for factor in ChangeFactor), "数修时目", strict=True)),
    _OF_DATA: "报",
    _OF_MEETING: "达",
    ChangeGate.ASSESSED.label: "评",
    _OTHER: "他",
}


def reason_group(row: ChangeReasonRow) -> str:
    """Return the main reason as it is counted, one of `REASONS`."""
    if row.main_factor is not None:
        return row.main_factor.label
    return _OTHER if row.turned_by is None else _GROUPS.get(row.turned_by, _OTHER)


def change_sentence(view: GoalView, row: ChangeReasonRow) -> str:
    """Return what changed since the edition before and why: a sentence of one line.

    Parameters
    ----------
    view
        The goal in the edition of the row.
    """
    return f"与{row.compared_with.label}相比，{change_cause(view, row)}{_rating(view, row)}。"


def change_cause(view: GoalView, row: ChangeReasonRow) -> str:
    """Return what made rating or pace another, a clause: 进度比由0.98降到0.88，全部因为新的数据."""
    change = printed_change(row)
    return _by_gate(view, row) if change is None else _by_parts(change, row)


def alone_sentence(row: ChangeReasonRow) -> str:
    """Return which reasons would have changed the rating by themselves, where there are others."""
    parts = parts_of(row) or {}
    at_work = [factor for factor, part in parts.items() if part]
    if row.old_rating is row.new_rating or len(at_work) < 2:
        return ""
    if not row.factors_alone:
        return "单独一种原因都不足以改变状态。"
    named = "、".join(factor.label for factor in row.factors_alone)
    each = "都" if len(row.factors_alone) > 1 else ""
    return f"单凭{named}{each}足以改变状态。"


def counted_reasons(rows: Iterable[ChangeReasonRow]) -> str:
    """Return how many changes have which main reason: 新的数据5项、判定条件变化3项."""
    counted = Counter(map(reason_group, rows))
    return "、".join(f"{name}{counted[name]}项" for name in REASONS if counted[name])


def _by_parts(change: PrintedChange, row: ChangeReasonRow) -> str:
    """Return what the pace became, the largest reason, and what worked with and against it."""
    if not change.difference or row.main_factor is None:
        why = row.main_factor if row.old_rating is not row.new_rating else None
        reason = f"，因为{why.label}" if why is not None else ""
        return f"进度比变化不到0.0001（为{change.new}）{reason}"
    rose = change.difference > 0
    said = f"进度比由{_pace(change.old)}{'升' if rose else '降'}到{_pace(change.new)}"
    others = {f: part for f, part in change.parts.items() if part and f is not row.main_factor}
    if not others:
        return f"{said}，全部因为{row.main_factor.label}"
    main = change.parts[row.main_factor]
    parts = [f"主要因为{row.main_factor.label}（{numbers.signed(main)}）"]
    for factor, part in sorted(others.items(), key=lambda each: -abs(each[1])):
        with_it = (part > 0) is rose
        how = (
            f"（{numbers.signed(part)}）也有作用"
            if with_it
            else f"抵回{numbers.grouped(abs(part))}"
        )
        parts.append(f"{factor.label}{how}")
    return f"{said}，{'，'.join(parts)}"


def _pace(printed: Decimal) -> str:
    return numbers.grouped(printed)


def _rating(view: GoalView, row: ChangeReasonRow) -> str:
    """Return what the rating became, with the limit that was crossed; empty where it is as it was.

    A gate that only a change of rating can open says so itself.
    """
    if row.old_rating is row.new_rating:
        return "，状态没有变" if row.turned_by is None else ""
    limit = "" if row.turned_by is not None else _limit(view, row)
    return f"，{limit}状态由{row.old_rating}转为{row.new_rating}"


def _limit(view: GoalView, row: ChangeReasonRow) -> str:
    """Return the limit that the pace crossed; empty where whole units or a met target rate."""
    if view.verdict.rated_by is RatedBy.WHOLE_UNITS:
        return ""
    limits = {
        Rating.ON_COURSE: ("达序时的下限", view.thresholds.on_course),
        Rating.BEHIND: ("滞后的下限", view.thresholds.far_behind),
        Rating.FAR_BEHIND: ("严重滞后的下限", 0.0),
    }
    worse = became(row.old_rating, row.new_rating) == "转差"
    name, limit = limits.get(_next_better(row.new_rating) if worse else row.new_rating, ("", 0.0))
    if not name:
        return ""
    return f"{'低于' if worse else '达到'}{name}{limit:g}，"


def _next_better(rating: Rating) -> Rating:
    """Return the rating by pace whose lower limit a worse pace has crossed."""
    above = {
        Rating.REVERSING: Rating.FAR_BEHIND,
        Rating.FAR_BEHIND: Rating.BEHIND,
        Rating.BEHIND: Rating.ON_COURSE,
    }
    return above.get(rating, rating)


def _by_gate(view: GoalView, row: ChangeReasonRow) -> str:
    return _GATES[row.turned_by or ChangeGate.OTHER](view, row)


def _unjudged(row: ChangeReasonRow) -> bool:
    return row.new_rating is Rating.NOT_ASSESSABLE


def _fallen(view: GoalView, row: ChangeReasonRow) -> str:
    notes = view.verdict.notes
    if Note.MET_BEFORE_REVISION in notes:
        return "上期达标的数据经过修订，不再达标"
    if Note.MET_BEFORE_AMENDMENT in notes:
        return "目标已经调整，按调整后的目标不再达标"
    return "按最新数据不再达标"


def _steadiness(view: GoalView, row: ChangeReasonRow) -> str:
    if row.new_rating is Rating.MET:
        return "仍然达标，并且不再差于上年同期"
    if view.verdict.adverse:
        return "仍然达标，但差于上年同期"
    return "仍然达标，但推算本年达不到"


def _due_begun(view: GoalView, row: ChangeReasonRow) -> str:
    return f"按进度开始有应完成的数量，进度比为{numbers.pace(row.new_pace)}"


def _missed_year(view: GoalView, row: ChangeReasonRow) -> str:
    years = "、".join(map(view.year.label, view.verdict.missed_years))
    return f"{years}没有达标" if years else "没有达标的年度有变化"


def _plain(text: str, unjudged: str = "") -> Callable[[GoalView, ChangeReasonRow], str]:
    """Return what says a text, and another one where the goal cannot be judged now."""
    return lambda _, row: unjudged if unjudged and _unjudged(row) else text


_GATES: Mapping[ChangeGate, Callable[[GoalView, ChangeReasonRow], str]] = {
    ChangeGate.REPORTED: _plain("有了可以判定的数据"),
    ChangeGate.NOT_REPORTED: lambda view, _: f"没有可以判定的数据（{view.reason_words}）",
    ChangeGate.SCOPE: _plain("统计范围已经一致或另行调整", "数据的统计范围与目标不一致"),
    ChangeGate.BASELINE: _plain("基期值已经补齐", "没有可用的基期值"),
    ChangeGate.MET: _plain("最新数据达到目标"),
    ChangeGate.FALLEN: _fallen,
    ChangeGate.DUE: _plain("目标已经到期，按到期时的数据判定"),
    ChangeGate.STEADINESS: _steadiness,
    ChangeGate.MISSED_YEAR: _missed_year,
    ChangeGate.AMOUNT_DUE: _due_begun,
    ChangeGate.ASSESSED: _plain("评定单位作出评定", "尚待评定单位评定"),
    ChangeGate.OTHER: _plain("判定的条件变化，进度比不可拆分"),
}
