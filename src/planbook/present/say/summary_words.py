"""What charts of all goals say: their findings, alternative texts, and what their marks mean.

States by chapter, states by edition, how states moved, likelihood beside pace, the strip of the
brief.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from planbook.periods import Edition
from planbook.present.views import PROVISIONAL
from planbook.vocabulary import Rating

BEFORE, NOW, LEFT, CAME = "上期", "本期", "转出", "转入"


def counted_goals(count: int) -> str:
    return f"{count}项"


def named_rating(rating: Rating) -> str:
    return f"{rating.symbol} {rating}"


def ratings_key(ratings: Iterable[Rating], *, provisional: bool) -> str:
    """Return symbols with their words."""
    key = [f"{rating.symbol}{rating}" for rating in ratings]
    return "  ".join([*key, *[f"半实心为{PROVISIONAL}"] * provisional])


# States by chapter.


def states_key(period: str, key: str) -> str:
    return f"{period}：{key}"


def states_alt(headline: str, chapters: Iterable[tuple[str, str]]) -> str:
    details = "；".join(f"{title}{counts}" for title, counts in chapters)
    return f"各章目标状态图。{headline}。{details}。"


# States by edition.

EDITIONS_KEY = "单位：项；每行一种状态，各行比例相同，右端为最新一期的项数"


def editions_alt(courses: Iterable[tuple[Rating, str]]) -> str:
    said = "；".join(f"{rating}{course}" for rating, course in courses)
    return f"各期目标按状态计数图。{said}。"


def course_of_rating(values: dict[Edition, int]) -> str:
    """Return a rating's numbers from first to last edition in words."""
    (first, *_), (*_, last) = values, values
    if first == last:
        return f"{last.label}{values[last]}项"
    high, low = max(values.values()), min(values.values())
    between = f"，其间最多{high}项、最少{low}项" if high != low else ""
    return f"{first.label}{values[first]}项，{last.label}{values[last]}项{between}"


def editions_finding(well: dict[Edition, int], total: int) -> str:
    """Return how many goals did well in the first edition and in the last."""
    (first, *_), (*_, last) = well, well
    name = "已达成或达序时的目标"
    if first == last:
        return f"{last.label}{name}{well[last]}项，共{total}项"
    if well[first] == well[last]:
        return f"{last.label}{name}{well[last]}项，与{first.label}相同，共{total}项"
    moved = "增至" if well[last] > well[first] else "减至"
    return f"{name}由{first.label}的{well[first]}项{moved}{last.label}的{well[last]}项，共{total}项"


# How states moved.


def moves_key(letters: Mapping[str, str]) -> str:
    """Return what the squares mean; `letters` has each reason's by its name."""
    said = "、".join(f"{letter}＝{name}" for name, letter in letters.items())
    return f"单位：项；每格一项状态有变化的目标，左为转出，右为转入；格内字为主要原因：{said}"


def moves_finding(before: str, total: int, counted: Mapping[str, int]) -> str:
    """Return how many ratings changed and which reason is behind most of them.

    Parameters
    ----------
    counted
        Goals by main reason, in the order in which reasons are named.
    """
    most = max(counted.values())
    leading = [name for name, count in counted.items() if count == most]
    names = "".join(f"「{name}」" for name in leading)
    each = "各" if len(leading) > 1 else ""
    because = f"主要原因以{names}最多（{each}{most}项）" if len(counted) > 1 else f"都因为{names}"
    changed = sum(counted.values())
    return f"与{before}相比，{total}项目标中{changed}项状态有变化，{because}"


def moves_alt(before: str, courses: Iterable[str]) -> str:
    return f"与{before}相比各状态转出转入图。{'；'.join(courses)}。"


def course_of_moves(
    rating: Rating, before: int, left: Sequence[str], came: Sequence[str], now: int
) -> str:
    """Return what became of a rating in words; `left` and `came` are reasons, one a goal."""
    parts = [
        f"，{word}{len(reasons)}项（{_by_reason(reasons)}）"
        for word, reasons in ((LEFT, left), (CAME, came))
        if reasons
    ]
    return f"{rating}上期{before}项{''.join(parts)}，本期{now}项"


def _by_reason(reasons: Iterable[str]) -> str:
    return "、".join(f"{name}{amount}项" for name, amount in Counter(reasons).items())


# Likelihood beside pace.


def map_key(key: str, *, references: bool, missing: int) -> str:
    """Return how the chart is read, and how many goals it has no place for."""
    small = "  小号为同类情形的历史频率" if references else ""
    once = "同一指标的几项目标只画可能性最小的一项"
    said = "；".join(part for part in (once, _without_pace(missing, "不在图上")) if part)
    return f"横轴为进度比，纵轴为达标可能性：{key}{small}；{said}"


def listed_alone(missing: int) -> str:
    """Return how many goals stand in the chart's table and not in the chart."""
    return f"{_without_pace(missing, '本表列出，图上没有')}。" if missing else ""


def _without_pace(count: int, where: str) -> str:
    return f"没有进度比的{count}项{where}" if count else ""


def map_alt(finding: str, told: Iterable[tuple[str, str]], missing: Sequence[str]) -> str:
    """Return the chart in words; `told` has what is said of each goal, and its pace."""
    goals = "；".join(f"{said}，进度比{pace}" for said, pace in told)
    absent = f"{_without_pace(len(missing), '不在图上')}：{'、'.join(missing)}。" if missing else ""
    return f"达标可能性与进度比的散点图。{finding}。{goals}。{absent}"


def goals_together(shown: Sequence[str], count: int) -> str:
    """Return the names at one place of the chart, of `count` goals."""
    said = "、".join(shown)
    return said if count <= len(shown) else f"{said}等{count}项"


# The strip of the brief.


def strip_alt(total: int, groups: Iterable[tuple[str, int]]) -> str:
    counted = "、".join(f"{name}{count}项" for name, count in groups)
    return f"每格一项目标，共{total}项：{counted}。"
