"""What the book says about a goal and a field, in the wording of official monitoring reports.

Turns views into plain Chinese sentences; whoever puts them on a page escapes them. A sentence about
a goal says where it is; the next, what a whole year comes to; the last, what that means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from planbook.frames import WELL, MeasureRow
from planbook.present.escaping import full_width
from planbook.present.say import clauses, due_clauses, verdict_clauses
from planbook.present.say.goal_terms import missed_years, provisional_count, reasons_counted
from planbook.present.say.why_both import beside_rating
from planbook.present.say.wording import NOTE_SENTENCES, STATUS_ORDER, day_words
from planbook.present.views import PROVISIONAL, GoalView
from planbook.vocabulary import Kind, MeasureStatus, Note, Rating, Reason

RATING_ORDER = (  # best to worst; what cannot be judged last
    Rating.MET,
    Rating.MET_UNSTEADY,
    Rating.ON_COURSE,
    Rating.BEHIND,
    Rating.FAR_BEHIND,
    Rating.REVERSING,
    Rating.MISSED,
    Rating.NOT_ASSESSABLE,
)
_ALL_OF = {  # all measures with one status
    MeasureStatus.UNDER_WAY: "均在推进中",
    MeasureStatus.DONE_THIS_YEAR: "本年均已开展",
    MeasureStatus.NOT_THIS_YEAR: "本年均未开展",
}


def clause(view: GoalView) -> str:
    """Return the plan's own words as they are printed: with the full-width marks it has."""
    return full_width(view.goal.quote)


def goal_sentence(view: GoalView) -> str:
    """Return what is to be said about a goal: value, change, completion, what is due, rating."""
    if view.is_withheld:
        return f"{view.name}的数值和判定不公开，无法判定{view.verdict.rating.symbol}。"
    if view.kind.by_people:
        return _by_people(view)
    now, likely, means = _clauses(view)
    end = (_verdict(view), verdict_clauses.required(view))
    verdict = "，".join(part for part in end if part)
    groups = [group for group in (now, likely, means) if group]
    if missed_years(view):
        groups.append([verdict])
    else:
        groups[-1].append(verdict)
    groups.append([verdict_clauses.yearly_target(view)])
    return "".join(f"{'，'.join(group)}。" for group in groups if any(group))


def goal_points(view: GoalView, *, follows: bool = False) -> list[str]:
    """Return the same as `goal_sentence` for a reader who has name and rating before their eyes.

    The first sentence says where the goal is, the second, if any, what that means for its target,
    the last why its likelihood may be another than the rating leads to expect.

    Parameters
    ----------
    follows
        Whether the goal before told the value of the same indicator.
    """
    if view.is_withheld:
        return ["数值和判定不公开。"]
    if view.kind.by_people:
        return [_judged_by_people(view)]
    now, likely, means = _clauses(view, named=False, follows=follows)
    means += [verdict_clauses.because(view), missed_years(view)]
    why = verdict_clauses.provisional(view)
    means += [f"状态为初步{why}" if why else "", verdict_clauses.required(view)]
    if view.verdict.reason is Reason.NOT_REPORTED and (
        view.verdict.latest_value is not None or follows
    ):
        means.append(clauses.owed(view))
    where = "；".join("，".join(group) for group in (now, likely) if group)
    said = "，".join(part for part in means if part).removeprefix("但")
    sentences = (where, said, verdict_clauses.yearly_target(view))
    told = [f"{sentence}。" for sentence in sentences if sentence]
    return [*told, *filter(None, [beside_rating(view)])]


def _clauses(
    view: GoalView, *, named: bool = True, follows: bool = False
) -> tuple[list[str], list[str], list[str]]:
    """Return the clauses on the value, on the year it leads to, and on the time due."""
    if follows:
        now = [f"指标同前，目标为{view.target_words()}"]
    else:
        now = [clauses.opening(view, named=named), clauses.change(view)]
    if view.kind is Kind.CAGR:
        likely, means = [], [due_clauses.average(view, told=follows), due_clauses.pace(view)]
    else:
        likely = [clauses.estimate(view)]
        done = [due_clauses.completion(view, told=follows)]
        means = [due_clauses.increment(view), due_clauses.pace(view)]
        if view.kind is Kind.EVERY_YEAR:  # its pace speaks of the same year as its completion
            done, means = [*done, *means], []
        (likely if any(likely) else now).extend(done)
    now, likely, means = ([part for part in group if part] for group in (now, likely, means))
    return now, likely, means


def field_lead(views: Sequence[GoalView]) -> str:
    """Return the counts of a field's goals by rating, or that it has none; empty for one."""
    if not views:
        return "方案没有为本领域单列目标，按举措跟踪。"
    return f"共{goals_counted(views)}。" if len(views) > 1 else ""


def goals_counted(views: Sequence[GoalView]) -> str:
    """Return how many goals there are and their ratings: 2项目标：滞后1项、… or 2项目标，均滞后."""
    alike = len(views) > 1 and len({view.verdict.rating for view in views}) == 1
    if alike:
        said = f"{views[0].verdict.rating}{_provisional_of(views)}{_why(views)}"
        return f"{len(views)}项目标，均{said}"
    return f"{len(views)}项目标：{rating_counts(views)}"


def rating_counts(views: Iterable[GoalView]) -> str:
    """Return the counts by rating: 已达成1项、滞后2项、无法判定1项（基数待补）."""
    views = list(views)
    said = []
    for rating in RATING_ORDER:
        own = [view for view in views if view.verdict.rating is rating]
        if own:
            said.append(f"{rating}{len(own)}项{_provisional_of(own)}")
    return "、".join(said) + _why(views)


def _provisional_of(views: Sequence[GoalView]) -> str:
    """Return in brackets how many of the ratings are 初步: （其中初步2项）; empty for none."""
    count = provisional_count(views)
    said = PROVISIONAL if count and len(views) == 1 else count
    return f"（{said}）" if said else ""


def _why(views: Sequence[GoalView]) -> str:
    """Return in brackets why goals cannot be judged; empty where all can be."""
    reasons = reasons_counted(views)
    if len(reasons) < 2:
        return "".join(f"（{reason}）" for reason, _ in reasons)
    said = "、".join(f"{reason}{count}项" for reason, count in reasons)
    return f"（{said}）"


def headline(views: Iterable[GoalView]) -> str:
    """Return the state of several goals in one line: how many do well, lag, cannot be judged."""
    views = list(views)
    counted = Counter(view.verdict.rating for view in views)
    total = sum(counted.values())
    well = sum(counted[r] for r in WELL)
    missed, silent = counted[Rating.MISSED], counted[Rating.NOT_ASSESSABLE]
    states = {
        "已达成或达序时": well,
        "未达成": missed,
        "进度滞后": total - well - missed - silent,
        "无法判定": silent,
    }
    for state, count in states.items():
        if count == total:
            return f"{total}项目标{'均' if total > 1 else ''}{state}"
    said = "、".join(f"{count}项{state}" for state, count in states.items() if count)
    return f"{total}项目标中，{said}{_withheld(views)}"


def _withheld(views: Iterable[GoalView]) -> str:
    """Return in brackets how many cannot be judged because they are not shown; empty for none."""
    silent = [view for view in views if view.verdict.rating is Rating.NOT_ASSESSABLE]
    count = sum(view.is_withheld for view in silent)
    if count == len(silent):
        return f"（{Reason.WITHHELD}）" if count else ""
    return f"（其中{count}项{Reason.WITHHELD}）" if count else ""


def withheld_measures(count: int) -> str:
    """Return that some measures are not shown, or nothing for none."""
    return f"另有{count}项举措（含专项）不公开。" if count else ""


def measures_sentence(statuses: Iterable[MeasureStatus | None]) -> str:
    """Return the counts of measures by status; ``None`` was never reported."""
    counted = Counter(statuses)
    total = sum(counted.values())
    return f"共{_by_status(f'{total}项举措', counted, '项')}。" if total else ""


def measures_and_sub_items(measures: Iterable[MeasureRow]) -> str:
    """Return the counts of measures by status, and of the sub-items reported beside them.

    A measure may be 推进中 while a sub-item of it is 受阻: where the tables below list both, the
    sentence above counts both.
    """
    whole: list[MeasureStatus | None] = []
    parts: list[MeasureStatus | None] = []
    for row in measures:
        (parts if row.parent_id else whole).append(row.status)
    said = measures_sentence(whole)
    if not parts:
        return said
    also = _by_status(f"专项{len(parts)}个", Counter(parts), "个")
    return f"{said.removesuffix('。')}；{also}。" if said else f"共{also}。"


def _by_status(total: str, counted: Counter[MeasureStatus | None], each: str) -> str:
    if len(counted) == 1:
        ((status, count),) = counted.items()
        return f"{total}，{_all_are(status, count)}"
    said = [
        f"{status}{counted[status]}{each}" for status in reversed(STATUS_ORDER) if counted[status]
    ]
    if counted[None]:
        said.append(f"未报送{counted[None]}{each}")
    return f"{total}：{'、'.join(said)}"


def _all_are(status: MeasureStatus | None, total: int) -> str:
    if status is None:
        return f"{'均' if total > 1 else ''}未报送进展"
    if total == 1:
        return status
    return _ALL_OF.get(status, f"均{status}")


def note_sentences(view: GoalView) -> list[str]:
    """Return what the reader should know about the verdict, a sentence a note."""
    return [
        NOTE_SENTENCES[note].format(indicator=view.indicator_words) for note in view.verdict.notes
    ]


def further_notes(view: GoalView) -> list[str]:
    """Return `note_sentences` but for what `goal_sentence`, beside which they stand, has said."""
    said = due_clauses.LESS_THAN_ONE in goal_sentence(view)
    told = {NOTE_SENTENCES[Note.LESS_THAN_ONE_DUE]} if said else set()
    return [text for text in note_sentences(view) if text not in told]


def _by_people(view: GoalView) -> str:
    if view.verdict.reason is not None:
        return f"{view.name}{_awaited(view)}，无法判定{view.verdict.rating.symbol}。"
    evidence = view.verdict.evidence.rstrip("。")
    because = f"：{evidence}" if evidence else ""
    return f"{view.name}经{view.assessor}评定为{view.rating_words}{because}。"


def _judged_by_people(view: GoalView) -> str:
    if view.verdict.reason is not None:
        return f"{_awaited(view)}。"
    evidence = view.verdict.evidence.rstrip("。")
    return f"{view.assessor}评定：{evidence}。" if evidence else f"由{view.assessor}评定。"


def _awaited(view: GoalView) -> str:
    """Return that people have yet to judge, or to say at last whether the goal was met."""
    if not view.verdict.assessed_by:
        return "由人工评定，尚未收到评定意见"
    given = f"{view.assessor}{day_words(view.verdict.assessed_on)}的评定意见"
    return f"由人工评定，已到期，{given}没有评定是否达成，尚待最终评定"


def _missed(view: GoalView) -> str:
    missed = missed_years(view)
    period = view.verdict.latest_period
    own = period is not None and view.year.of(period) in view.verdict.missed_years
    return f"{'' if own else '但'}{missed}" if missed else ""


def _verdict(view: GoalView) -> str:
    if view.verdict.rating is Rating.NOT_ASSESSABLE:
        return f"{_why_not(view)}无法判定{view.verdict.rating.symbol}"
    rating, first = view.verdict.rating, PROVISIONAL if view.verdict.rating_provisional else ""
    said = f"{first}判定为{rating}{rating.symbol}{verdict_clauses.provisional(view)}"
    reasons = (_missed(view), verdict_clauses.because(view), said)
    return "，".join(part for part in reasons if part)


def _why_not(view: GoalView) -> str:
    told = view.verdict.latest_value is None and not view.verdict.latest_period
    if view.verdict.reason is None or told:
        return ""
    not_reported = view.verdict.reason is Reason.NOT_REPORTED
    return f"因{clauses.owed(view) if not_reported else view.reason_words}，暂"
