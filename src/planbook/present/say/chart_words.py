"""Words and numbers that charts print beside a comparison, so that none reads as its opposite.

What is not met never reads as 100 % or 持平, and what is behind never as what is due: two different
numbers that stand against each other get as many decimals as it takes to tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planbook.periods import FiscalYear, TimePeriod
from planbook.present import numbers
from planbook.present.comparing import Side, compared, telling
from planbook.present.points import Point
from planbook.present.say.clauses import ENDS_IN_LATIN
from planbook.present.say.goal_terms import average_compared, missed_years
from planbook.present.views import PROVISIONAL, GoalView
from planbook.vocabulary import Accumulation, Kind, Rating

MEETING = "达标线"  # T*, the value that counts as met, where it is not the target itself


def named(name: str, value: str) -> str:
    """Return a name with its value: 贷款余额2,176亿元; a name in letters keeps off its number."""
    runs_into = ENDS_IN_LATIN.search(name) and value[:1] in "−0123456789"
    return f"{name}{'为' if runs_into else ''}{value}"


def growth_name(view: GoalView, point: Point) -> str:
    """Return what a rate of growth is called: 累计同比 of a part of a year, 年增速 if computed."""
    if point.is_computed:
        return "年增速"
    to_date = view.verdict.accumulation is Accumulation.YTD
    return "累计同比" if to_date and not view.year.is_end(point.period) else "同比"


def value_said(view: GoalView, value: float) -> str:
    """Return a value of the indicator with its unit; short of its target it never reads as it."""
    held = view.kind is not Kind.CAGR and not view.verdict.rating.is_met
    others = [view.verdict.target_value] if held else []
    return numbers.with_unit(telling(value, others, view.decimals), view.indicator.unit)


def due_words(view: GoalView) -> str:
    """Return the value due with its unit: of a count it may be a fraction, 102.5家."""
    due = view.verdict.path_value
    if due is None:
        return numbers.ABSENT
    unit = "%" if view.kind is Kind.CAGR else view.indicator.unit
    return numbers.with_unit(numbers.short(due, max(view.decimals, 1)), unit)


def judged_words(view: GoalView, value: float) -> str:
    """Return the value that is judged with its unit: 推算全年346.0亿元, 18.2%, 102家."""
    average = average_compared(view)
    if average is not None:
        return f"{average.value}%"
    if view.verdict.is_estimate:
        return f"推算全年{view.estimate_words(value)}"
    return value_said(view, value)


def gap_words(view: GoalView, value: float, due: float, level: str) -> str:
    """Return how a value compares with what is due: 低于应达水平3.2亿元, 与应达水平持平.

    Parameters
    ----------
    level
        What is due, in words.
    """
    in_points = view.is_share or view.kind is Kind.CAGR
    found = average_compared(view) or compared(value, due, 1)
    if found.side is Side.SAME:
        return f"与{level}持平"
    worse = view.goal.direction.sign * found.side < 0
    within = "（在达序时界限内）" if worse and view.verdict.rating is Rating.ON_COURSE else ""
    gap = found.gap if in_points or view.decimals else numbers.trimmed(found.gap)
    said = numbers.with_unit(gap, "个百分点" if in_points else view.indicator.unit)
    return f"{'高' if found.side is Side.MORE else '低'}于{level}{said}{within}"


# The chart of bullets.

BASE = "基期"
BULLET_AXIS = ("起点", "一半", "目标")


def due_at_tick(view: GoalView) -> str:
    """Return the level due, no finer than it takes to tell it from the value."""
    due = view.verdict.path_value
    if due is None:
        return ""
    said = numbers.trimmed(telling(due, [view.verdict.observed_value], 1))
    return f"应达{numbers.with_unit(said, '%' if view.kind is Kind.CAGR else view.indicator.unit)}"


def rating_said(view: GoalView) -> str:
    """Return the rating as charts of many goals say it: with the years that were missed."""
    missed = missed_years(view)
    return f"{view.rating_words}（{missed}）" if missed else view.rating_words


def goal_on_its_way(view: GoalView, done: str, due: str) -> str:
    """Return how far a goal has come in shares of its way; `due` may be empty."""
    if view.kind is Kind.CAGR:
        said = f"为目标增速的{done}"
    else:
        wanted = f"，应走完{due}" if due.endswith("%") else f"，应{due}" if due else ""
        said = f"已走完{done}{wanted}"
    return goal_standing(view, said)


def goal_standing(view: GoalView, standing: str) -> str:
    early = PROVISIONAL if view.verdict.rating_provisional else ""
    parts = (f"{view.name}{standing}", missed_years(view), f"{early}{view.verdict.rating}")
    return "，".join(part for part in parts if part)


def bullets_alt(where: str, headline: str, told: Sequence[str], silent: Sequence[str]) -> str:
    without = f"{'、'.join(silent)}没有可比的进度。" if silent else ""
    return f"{where}各目标进度图。{headline}。{'；'.join(told)}。{without}"


def bullets_key(
    *,
    past_target: bool,
    meeting: bool,
    ranges: bool,
    estimates: bool,
    bands: bool,
    provisional: bool,
) -> str:
    marks = {
        "空心圆为基期，其基期已达到目标": past_target,
        f"细紫线为{MEETING}": meeting,
        "紫框为目标区间": ranges,
        "斜纹为推算": estimates,
        "细线为推算的80%区间": bands,
        f"{PROVISIONAL}为年度结束前状态可能改变": provisional,
    }
    parts = [
        "横条为从起点到目标已走完的份额，短竖线为此时应达的位置，紫线为目标",
        "底色由深到浅为严重滞后、滞后、达序时",
        "，".join(mark for mark, is_drawn in marks.items() if is_drawn),
    ]
    return "；".join(part for part in parts if part)


def status_words(view: GoalView) -> str:
    """Return value and target in a few characters: 推算1,546.5 / 1,800亿元; empty if not judged."""
    value, unit = view.verdict.observed_value, numbers.spoken_unit(view.unit)
    if value is None or view.verdict.reason is not None or view.goal.target is None:
        return ""
    target = view.target_words(short=True)
    if view.kind is Kind.GROWTH_VS_BASE:
        base = view.verdict.baseline_value or 0.0
        grown = (value / base - 1) * 100 if base > 0 else None
        said = numbers.ABSENT if grown is None else told_apart(view, grown, 1)
    elif view.kind is Kind.CAGR:
        said = told_apart(view, value, 1)
    elif view.verdict.is_estimate:
        said = view.estimate_number(value)
    else:
        said = told_apart(view, value, view.decimals)
    told = f"{'推算' if view.verdict.is_estimate else ''}{said}"
    return (
        f"{told} / {target}"
        if target.endswith(unit)
        else f"{numbers.with_unit(told, unit)} / {target}"
    )


def told_apart(view: GoalView, value: float, decimals: int) -> str:
    """Return a value that does not read as the target unless it has met it."""
    return telling(value, [] if view.verdict.rating.is_met else [view.goal.target], decimals)


def bullets_caption(where: str) -> str:
    return f"{where}各目标进度图中数据"


BULLETS_NOTE = (
    "已走完与应走完均为从起点到目标的份额；基期已达到目标的没有这两个份额。"
    "按增长率评定的目标，进度比为增长率之比，与两个份额之比略有不同。"
)


def with_band(estimate: str, ends: str) -> str:
    return f"{estimate}（80%区间{ends}）" if ends else estimate


def better_than_target(now: str) -> str:
    return f"{now}优于目标"


def level_with_target(now: str, *, strict: bool) -> str:
    return f"{now}等于目标，尚未超过" if strict else f"{now}与目标相同"


def past_meeting(now: str) -> str:
    return f"{now}越过{MEETING}"


def clauses(parts: Iterable[str]) -> str:
    return "，".join(part for part in parts if part)


# The panels of many goals.

PANELS_NOTE = "各期数值见每项目标自己的图。"


def panels_caption(where: str) -> str:
    return f"{where}各目标走势小图中的最新数据"


def average_said(value: str) -> str:
    return f"年均{value}"


def panels_finding(
    where: str,
    *,
    reached: int,
    within: int,
    on_course: float | None,
    in_spite: Sequence[Rating],
    below: int,
) -> str:
    """Return how many goals stand where they should.

    Parameters
    ----------
    reached, below
        Goals whose value has reached the level due, and goals whose value has not.
    within
        Goals that have not, but by so little that they are on course.
    on_course
        The lowest pace on course, if the goals share one.
    in_spite
        Ratings of goals that have reached the level due and lag all the same.
    """
    total = reached + within + len(in_spite) + below
    if not total:
        return f"{where}各目标的走势"
    every = "均" if total > 1 else ""
    if total in (reached, below):
        return f"{where}{total}项可比目标{every}{'达到' if reached else '未达到'}应达水平"
    limit = "" if on_course is None else f"（进度比不低于{on_course:g}）"
    ratings = "、".join(dict.fromkeys(map(str, in_spite)))
    parts = {
        f"{reached}项达到应达水平": reached,
        f"{within}项略低于应达水平、仍在达序时界限内{limit}": within,
        f"{len(in_spite)}项虽达到应达水平，仍评为{ratings}": len(in_spite),
        f"{below}项未达到": below,
    }
    said = "，".join(part for part, count in parts.items() if count)
    return f"{where}{total}项可比目标中，{said}"


def panels_alt(where: str, sentences: Iterable[str]) -> str:
    return f"{where}各目标走势小图。{''.join(sentences)}"


def panels_key(
    *, lines: bool, bars: bool, bands: bool, provisional: bool, fans: bool, silent: Sequence[str]
) -> str:
    from_zero = "，".join(["柱从零起"] * bars + ["线不一定从零起"] * lines)
    drawn = "或".join(["点线"] * lines + ["柱"] * bars)
    parts = [
        f"时间轴相同，纵轴各异：{from_zero}",
        f"{drawn}为实际数，左端注最早的数，斜线为推算，虚线为应达路径，紫色为目标，符号为本期状态",
        *["细线为推算的80%区间"] * bands,
        *[f"半实心为{PROVISIONAL}"] * provisional,
        *["蓝灰色带或方框为80%和95%的预测区间"] * fans,
        *[f"没有数据、未画的：{'、'.join(silent)}"] * bool(silent),
    ]
    return "；".join(parts)


# The table below a chart, and the axis of time.


def data_caption(name: str, unit: str) -> str:
    return f"{name}图中数据（单位：{unit}）"


def wide_interval(interval: str) -> str:
    return f"95%：|{interval}"


def month_name(month: int) -> str:
    return f"{month}月"


def year_name(year: int | str) -> str:
    return f"{year}年"


def short_year(year: FiscalYear, number: int) -> str:
    """Return a year where there is little room: 2026年, 2026财年."""
    return f"{number}年" if year.is_calendar else f"{number}财年"


def months_to_date(year: FiscalYear, period: TimePeriod) -> str:
    """Return the months of a year up to one of them, without the year: 1—9月, 4月—次年2月."""
    first = year.before(period).plus(1)
    if first == period:
        return month_name(period.month)
    if first.year == period.year:
        return f"{first.month}—{period.month}月"
    return f"{first.month}月—次年{period.month}月"
