"""What the running year still has to bring, of goals whose numbers are those of years.

Of totals of a year, of their growth and of goals for every year: what the path due asks of the year
that is not over, what of it has come, and what is missing. A total that has to fall needs nothing
more, and so is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.say.goal_terms import meeting_value, needed_number
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind


@dataclass(frozen=True, slots=True)
class YearNeeded:
    """The year in which an edition lies, while it is not over.

    Attributes
    ----------
    due
        Value due of the whole year, in the indicator's unit; ``None`` where no path is known.
    known
        What the year has so far; ``None`` where nothing of it was reported.
    editions
        Left in the year, after the edition.
    """

    year_end: TimePeriod
    due: float | None
    known: float | None
    editions: int

    @property
    def left(self) -> float | None:
        """What is missing of the year, not less than nothing; ``None`` where that is not known."""
        if self.due is None or self.known is None:
            return None
        return max(self.due - self.known, 0.0)


def year_needed(view: GoalView) -> YearNeeded | None:
    """Return what the running year needs; ``None`` once it is over or of goals without years."""
    edition, year = view.verdict.edition.end, view.year
    year_end = year.end_of(edition)
    if not view.kind.of_years or view.is_annual or view.falling or view.is_withheld:
        return None
    if year.is_end(edition) or year_end > view.due or view.decided:
        return None
    latest = view.verdict.latest_period
    of_year = latest is not None and year.of(latest) == year.of(edition)
    known = view.verdict.latest_value if of_year else None
    months = year_end.ordinal - edition.ordinal
    return YearNeeded(year_end, _due(view, year_end), known, months // view.cycle.months)


def year_needed_words(view: GoalView) -> str:
    """Return 2026年还需593.0亿元; that the year has what is due; empty where it is not known."""
    found = year_needed(view)
    if found is None or found.left is None:
        return ""
    year = view.year.label_of(found.year_end)
    if not found.left:
        return f"{year}已完成应达数"
    return f"{year}还需{_amount(view, found.left)}"


def year_needed_item(view: GoalView) -> tuple[str, str, str]:
    """Return name, value and remark for the key numbers; what is missing is shown as missing."""
    found = year_needed(view)
    if found is None:
        return "", "", ""
    name = f"{view.year.label_of(found.year_end)}还需"
    if found.due is None:
        return name, numbers.ABSENT, f"{view.reason_words or '没有基数'}，无从算起"
    at_end = view.indicator.accumulation is Accumulation.END_OF_PERIOD
    due = f"{'年末' if at_end else '全年'}应达{_amount(view, found.due)}"
    left = f"本年还有{view.cycle.counted(found.editions)}" if found.editions else ""
    if found.left is None:
        return name, numbers.ABSENT, f"{due}，本年尚无数据"
    counted, edition = view.verdict.latest_period, view.verdict.edition.end
    late = f"已计至{counted.month}月" if counted is not None and counted < edition else ""
    remark = "，".join(part for part in (due, late, left) if part)
    return name, _amount(view, found.left) if found.left else "已完成应达数", remark


def _amount(view: GoalView, amount: float) -> str:
    return numbers.with_unit(needed_number(view, amount), view.indicator.unit)


def _due(view: GoalView, year_end: TimePeriod) -> float | None:
    """Return the value due of a whole year, in the indicator's unit, on the path that rates."""
    meets, base = meeting_value(view), view.verdict.baseline_value
    if view.kind is Kind.EVERY_YEAR:
        return meets
    if view.kind is Kind.CAGR:
        since = view.verdict.baseline_period
        if base is None or since is None or meets is None:
            return None
        return float(base * (1 + meets / 100) ** year_end.years_since(since))
    return view.verdict.path_value if view.verdict.observed_period == year_end else None
