"""Every comparison in words agrees with every number beside it, in thousands of real verdicts.

Goals of every kind, direction and comparator are judged from invented observations that run at a
given share of the way, meet or miss by a hair, fall back, or stop, up to after the due date. Each
sentence is then read for words that its numbers do not bear out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import nan
from typing import Any

import pytest

from planbook.assess.goals import assess_history
from planbook.facts.observations import Facts
from planbook.frames import (
    ANNUAL_TARGETS,
    ASSESSMENTS,
    BASELINES,
    CORRECTIONS,
    FINDINGS,
    OBSERVATIONS,
    REVISIONS,
    STATUS_REPORTS,
    SUBMISSIONS,
)
from planbook.periods import Edition, TimePeriod, editions_between
from planbook.plan import Plan, Thresholds
from planbook.plan.plan_file import PlanFile
from planbook.present.comparing import Side, side
from planbook.present.say.sentences import goal_points, goal_sentence, note_sentences
from planbook.present.views import GoalView, goal_views
from planbook.vocabulary import Accumulation, Comparator, Kind, Nature, RatedBy, Rating
from tests.present.test_wording_seams import seams
from tests.present_rows import with_cells

FIRST, LAST = Edition.parse("2025-Q1"), Edition.parse("2028-Q1")
START, DUE = TimePeriod(2024, 12), TimePeriod(2027, 12)
SEASON = (0.2, 0.46, 0.71, 1.0)  # share of the year reached by each quarter

# --- the world: goals, and what was reported on them ------------------------------------------


@dataclass(frozen=True)
class Invented:
    """A goal and the course of its values: share of the way covered, of the share of time gone."""

    kind: Kind
    nature: Nature
    unit: str
    decimals: int
    baseline: float
    target: float
    comparator: Comparator
    course: float = 1.0  # runs exactly along the straight line
    ends: float | None = None  # the last value as a multiple of the target
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def falls(self) -> bool:
        return self.target < self.baseline and self.kind is Kind.LEVEL_AT_END

    def value(self, period: TimePeriod) -> float:
        """Return the value of a year or at a month, without its season."""
        if self.ends is not None and period == DUE:
            return self._target() * self.ends
        share = self.course * period.years_since(START) / DUE.years_since(START)
        if self.kind is Kind.EVERY_YEAR:
            return self.target * self.course
        if self.kind is Kind.CAGR:
            grown = 1 + self.target / 100 * self.course
            return self.baseline * grown ** period.years_since(START)
        found = self._from() + (self._target() - self._from()) * share
        return float(round(found)) if self.decimals == 0 else round(found, 6)

    def _from(self) -> float:
        return 0.0 if self.kind is Kind.CUMULATIVE else self.baseline

    def _target(self) -> float:
        match self.kind:
            case Kind.GROWTH_VS_BASE:
                return self.baseline * (1 + self.target / 100)
            case Kind.CAGR:
                return self.baseline * (1 + self.target / 100) ** 3
            case _:
                return self.target

    def observed(self, period: TimePeriod) -> float:
        """Return what is reported: a level, or the year to date."""
        if self.accumulation is not Accumulation.YTD:
            return self.value(period)
        found = self.value(TimePeriod(period.year, 12)) * SEASON[(period.month - 1) // 3]
        return float(round(found)) if self.decimals == 0 and period.month != 12 else found

    @property
    def accumulation(self) -> Accumulation:
        if self.kind is Kind.CUMULATIVE:
            return Accumulation.SINCE_START
        return Accumulation.END_OF_PERIOD if self.kind is Kind.LEVEL_AT_END else Accumulation.YTD


COURSES = (-0.5, 0.0, 0.5, 0.7, 0.9493, 0.9507, 0.98, 0.9999999, 1.0, 1.0000001, 1.06, 1.6)
ENDS = (0.94, 0.951, 0.99996, 1 - 1e-9, 1.0, 1 + 1e-9, 1.00004, 1.1)
LEAST, ABOVE, ABOUT = Comparator.AT_LEAST, Comparator.ABOVE, Comparator.ABOUT
MOST, RANGE = Comparator.AT_MOST, Comparator.RANGE
SORTS: tuple[Any, ...] = (
    (Kind.LEVEL_AT_END, Nature.BALANCE, "亿元", 2, 1000.0, 1800.0, LEAST),
    (Kind.LEVEL_AT_END, Nature.BALANCE, "亿元", 2, 1000.0, 1800.0, ABOUT),
    (Kind.LEVEL_AT_END, Nature.RATIO, "%", 1, 60.0, 65.0, ABOVE),
    (Kind.LEVEL_AT_END, Nature.RATIO, "%", 1, 15.0, 13.0, MOST),
    (Kind.LEVEL_AT_END, Nature.RATIO, "%", 1, 15.0, 13.0, ABOUT),
    (Kind.LEVEL_AT_END, Nature.COUNT_STOCK, "家", 0, 78.0, 120.0, LEAST),
    (Kind.LEVEL_AT_END, Nature.COUNT_STOCK, "家", 0, 120.0, 78.0, MOST),
    (Kind.LEVEL_AT_END, Nature.COUNT_STOCK, "家", 0, 4.0, 7.0, ABOUT),
    (Kind.LEVEL_AT_END, Nature.COUNT_STOCK, "家", 0, 8.0, 3.0, MOST),
    (Kind.LEVEL_AT_END, Nature.COUNT_STOCK, "persons", 0, 40.0, 60.0, RANGE),
    (Kind.ANNUAL_FLOW, Nature.FLOW, "亿元", 2, 100.0, 180.0, LEAST),
    (Kind.ANNUAL_FLOW, Nature.FLOW, "亿元", 2, 100.0, 180.0, ABOVE),
    (Kind.ANNUAL_FLOW, Nature.FLOW, "亿元", 2, 200.0, 180.0, LEAST),
    (Kind.ANNUAL_FLOW, Nature.COUNT_GROSS, "个", 0, 2.0, 6.0, LEAST),
    (Kind.CUMULATIVE, Nature.COUNT_GROSS, "家", 0, 0.0, 5600.0, ABOUT),
    (Kind.CUMULATIVE, Nature.COUNT_GROSS, "家", 0, 0.0, 40.0, ABOVE),
    (Kind.CUMULATIVE, Nature.COUNT_NET, "家", 0, 0.0, 4.0, LEAST),
    (Kind.CAGR, Nature.RATE, "亿元", 2, 100.0, 20.0, LEAST),
    (Kind.CAGR, Nature.RATE, "亿元", 2, 100.0, 20.0, ABOVE),
    (Kind.CAGR, Nature.RATE, "亿元", 2, 100.0, 20.0, ABOUT),
    (Kind.GROWTH_VS_BASE, Nature.FLOW, "台", 0, 10000.0, 30.0, LEAST),
    (Kind.GROWTH_VS_BASE, Nature.FLOW, "台", 0, 1234.0, 7.0, ABOVE),
    (Kind.EVERY_YEAR, Nature.FLOW, "万人次", 2, 0.0, 7.6, LEAST),
)


def invented() -> Iterator[Invented]:
    for sort in SORTS:
        for course in COURSES:
            yield replace(Invented(*sort), course=course)
        for ends in ENDS:
            yield replace(Invented(*sort), course=0.97, ends=ends)


CONTRACTS = (
    OBSERVATIONS,
    STATUS_REPORTS,
    BASELINES,
    ANNUAL_TARGETS,
    ASSESSMENTS,
    SUBMISSIONS,
    FINDINGS,
    CORRECTIONS,
    REVISIONS,
)


def plan_of(goals: list[Invented]) -> Plan:
    about = PlanFile(
        id="invented",
        title="方案",
        short_title="方案",
        issuer="某办公室",
        issued="2025-01-01",
        area="全区",
        goal_sentence="总体目标",
        start=START,
        due=DUE,
        first_edition=FIRST,
        thresholds=Thresholds(on_course=0.95, far_behind=0.6),
        approx_tolerance=0.05,
        small_target=10,
        yoy_gap=1.0,
        chapters=("one",),
    )
    indicators = [_indicator(n, goal) for n, goal in enumerate(goals)]
    one = {"id": "one", "name": "领域", "section": "一", "submitting_unit": "office"}
    chapter = {
        "id": "one",
        "title": "一",
        "heading": "一",
        "section": "一",
        "notebook": "one",
        "role": "cluster",
        "fields": [one | {"indicators": indicators}],
    }
    units = [{"id": "office", "name": "某办公室", "short": "办公室"}]
    return Plan.model_validate({"about": about, "units": units, "chapters": [chapter]})


def _indicator(n: int, of: Invented) -> dict[str, Any]:
    goal = {
        "id": f"thing-{n}",
        "name": "某项",
        "quote": "某项达到目标",
        "section": "一",
        "plan_offset": 0,
        "kind": of.kind,
        "target": of.target,
        "target_high": of.target * 1.2 if of.comparator is RANGE else None,
        "comparator": of.comparator,
        "direction": "down" if of.falls else "up",
        "unit": "%" if of.kind in (Kind.CAGR, Kind.GROWTH_VS_BASE) else None,
        "base_period": None if of.kind is Kind.CUMULATIVE else START,
        "since": START if of.kind is Kind.CUMULATIVE else None,
    }
    return {
        "id": f"thing-{n}",
        "name": "某项",
        "unit": of.unit,
        "decimals": of.decimals,
        "nature": of.nature,
        "accumulation": of.accumulation,
        "frequency": "quarterly",
        "goals": [goal],
    }


def facts_of(goals: list[Invented]) -> Facts:
    """Report a value every quarter, with that of the year before; every seventh is silent twice."""
    rows: dict[str, list[dict[str, Any]]] = {contract.name: [] for contract in CONTRACTS}
    for n, goal in enumerate(goals):
        id = f"thing-{n}"
        if goal.kind not in (Kind.CUMULATIVE, Kind.EVERY_YEAR):
            rows["baselines"].append(_baseline(id, goal))
        if n % 3 == 0 and goal.kind is not Kind.EVERY_YEAR:
            rows["annual_targets"] += [_annual_target(id, goal, year) for year in (2025, 2026)]
        for edition in editions_between(FIRST, LAST):
            rows["observations"].append(_observation(id, n, goal, edition))
    given: dict[str, Any] = {c.name: c.rows(c.frame(rows[c.name])) for c in CONTRACTS}
    return Facts(**given)


def _baseline(id: str, goal: Invented) -> dict[str, Any]:
    return {
        "indicator_id": id,
        "time_period": str(START),
        "scope": "未注明",
        "obs_value": goal.baseline,
        "source": "公报",
        "note": "",
        "from_edition": str(FIRST),
    }


def _annual_target(id: str, goal: Invented, year: int) -> dict[str, Any]:
    at = replace(goal, course=1.0, ends=None).value(TimePeriod(year, 12))
    growth = goal.kind in (Kind.CAGR, Kind.GROWTH_VS_BASE)
    return {
        "goal_id": id,
        "year": year,
        "target_value": goal.target if growth else round(at, goal.decimals),
        "source": "年度计划",
        "from_edition": str(FIRST),
    }


def _observation(id: str, n: int, goal: Invented, edition: Edition) -> dict[str, Any]:
    period = edition.end
    silent = n % 7 == 6 and edition in (Edition.parse("2026-Q2"), Edition.parse("2027-Q4"))
    value = nan if silent else goal.observed(period)
    before = goal.observed(period.plus(-12)) if period.year > START.year + 1 else nan
    if period.year == START.year + 1 and goal.kind is not Kind.CUMULATIVE:
        season = SEASON[(period.month - 1) // 3] if goal.accumulation is Accumulation.YTD else 1.0
        before = (goal.baseline or goal.target) * season
    yoy = (value / before - 1) * 100 if before > 0 and goal.nature is not Nature.RATIO else nan
    return {
        "indicator_id": id,
        "time_period": str(period),
        "scope": "未注明",
        "vintage": str(edition),
        "accumulation": str(goal.accumulation),
        "obs_value": value,
        "obs_status": ("refused" if n % 2 else "not_sent") if silent else "normal",
        "release_stage": "终核",
        "yoy": nan if silent else yoy + (3.0 if n % 5 == 0 else 0.0),
        "yoy_type": "",
        "prior_value": nan if silent else before,
        "remark": "",
        "visibility": "public",
        "origin": "report",
        "submitting_unit": "office",
        "source_file": "",
        "source_sheet": "",
        "source_cell": "",
    }


@pytest.fixture(scope="module")
def views() -> list[GoalView]:
    goals = list(invented())
    plan = plan_of(goals)
    history = assess_history(
        plan, facts_of(goals), editions_between(FIRST, LAST), demonstration=True
    )
    found: list[GoalView] = []
    for _, verdicts in itertools.groupby(history, key=lambda verdict: verdict.edition):
        found += goal_views(plan, verdicts).values()
    return found


# --- what is read for: each returns whether the sentence is at fault ---------------------------

Fault = Callable[[GoalView, str], bool]
_NUMBER = r"−?[\d,]+(?:\.\d+)?"
_COMPLETION = re.compile(rf"目标(?:（[^）]*）)?的({_NUMBER})%")
_INCREMENT = re.compile(
    rf"增量完成率({_NUMBER})%，(快|慢)于应达进度（({_NUMBER})%）({_NUMBER})个百分点"
)
_AGAINST_DUE = re.compile(rf"(快|慢)于应达进度（({_NUMBER})%）")
_PACE = re.compile(rf"(?:所需|应达进度|同期应达数|目标增速|达标增速)的({_NUMBER})%")
_GROWTH = re.compile(
    rf"年(?:年均)?(增长|下降)({_NUMBER})%，比目标(?:（[^）]*）)?(高|低)({_NUMBER})个"
)


def read(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", ""))


def unmet_reads_as_met(view: GoalView, said: str) -> bool:
    if view.verdict.rating.is_met or "推算" in said or "目标数方为达到" in said:
        return False
    if view.kind is Kind.EVERY_YEAR:  # the goal is unmet while a year may be met
        return bool(re.search(r"本年目标（[^）]*）的100\.?0*%", said)) and _below_target(view)
    level = view.verdict.rating is Rating.MISSED and re.search(r"与目标(?:（[^）]*）)?持平", said)
    return bool(level) or any(read(share) == 100 for share in _COMPLETION.findall(said))


def _below_target(view: GoalView) -> bool:
    value, target = view.verdict.latest_value, view.verdict.target_value
    return value is not None and target is not None and side(value, target) is Side.LESS


def met_reads_as_less(view: GoalView, said: str) -> bool:
    if not view.verdict.rating.is_met or "允许误差" in said or "全年数已达到" in said:
        return False
    if "最近一个完整年度的数值已达到" in said:
        return False
    less = any(read(share) < 100 for share in _COMPLETION.findall(said))
    worse = "比目标高" if view.falling else r"比目标(?:（[^）]*）)?低"
    return less or bool(re.search(worse, said))


def slow_beside_on_course(view: GoalView, said: str) -> bool:
    if view.verdict.rating is not Rating.ON_COURSE:
        return False
    slow = "慢于" in said or any(read(share) < 100 for share in _PACE.findall(said))
    return slow and "及以上为达序时" not in said


def fast_beside_behind(view: GoalView, said: str) -> bool:
    behind = (Rating.BEHIND, Rating.FAR_BEHIND, Rating.REVERSING)
    if view.verdict.rating not in behind or "未达标" in said or "（100%及以上为达序时）" in said:
        return False
    return "快于" in said or any(read(share) >= 95 for share in _PACE.findall(said))


def estimate_unmarked(view: GoalView, said: str) -> bool:
    return view.verdict.is_estimate and view.verdict.latest_value is not None and "推算" not in said


def provisional_unsaid(view: GoalView, said: str) -> bool:
    return view.verdict.rating_provisional is not ("初步" in said)


def gap_is_not_the_difference(view: GoalView, said: str) -> bool:
    for done, faster, due, gap in _INCREMENT.findall(said):
        if read(done) - read(due) != read(gap) * (1 if faster == "快" else -1) or not read(gap):
            return True
    for verb, growth, higher, gap in _GROWTH.findall(said):
        rate = read(growth) * (1 if verb == "增长" else -1)
        target = Decimal(str(view.goal.target))
        if rate - target != read(gap) * (1 if higher == "高" else -1) or not read(gap):
            return True
    return False


def wrong_side(view: GoalView, said: str) -> bool:
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    for faster, _ in _AGAINST_DUE.findall(said):
        if done is None or due is None or (done > due) is not (faster == "快"):
            return True
    base = re.search(r"(高|低)于基期水平", said)
    return base is not None and (base[1] == "高") is not view.falling


def wrong_verb(view: GoalView, said: str) -> bool:
    yoy = view.verdict.yoy
    grown = re.search(r"(?:同比|比上年末?)(增长|下降)", said)
    if grown and yoy is not None and (grown[1] == "增长") is not (yoy > 0):
        return True
    if re.search("折合年均增速" if view.falling else "折合年均降幅", said):
        return True
    added = re.search(r"比(?:上年同期|上年末?)(增加|减少|提高)", said)
    before, latest = view.verdict.prior_value, view.verdict.latest_value
    if added is None or before is None or latest is None:
        return False
    return (added[1] == "减少") is not (latest < before)


def value_reads_as_target(view: GoalView, said: str) -> bool:
    value, target = view.verdict.latest_value, view.verdict.target_value
    if view.kind is Kind.CAGR or value is None or target is None:
        return False
    return side(value, target) is not Side.SAME and read(view.latest_number) == Decimal(str(target))


def no_reason(view: GoalView, said: str) -> bool:
    """A rating that the numbers alone do not bear out says why."""
    if view.verdict.rating is Rating.MET_UNSTEADY:
        worse = "高于上年" if view.falling else "低于上年"
        return worse not in said and "为准" not in said
    if view.verdict.rating is Rating.REVERSING:
        below_zero = view.kind in (Kind.CUMULATIVE, Kind.EVERY_YEAR, Kind.CAGR)
        return "基期" not in said and not (below_zero and re.search("负|−|年(?:年均)?下降", said))
    return False


FAULTS: tuple[Fault, ...] = (
    unmet_reads_as_met,
    met_reads_as_less,
    slow_beside_on_course,
    fast_beside_behind,
    estimate_unmarked,
    provisional_unsaid,
    gap_is_not_the_difference,
    wrong_side,
    wrong_verb,
    value_reads_as_target,
    no_reason,
)


def faults(view: GoalView, said: str) -> list[str]:
    return [fault.__name__ for fault in FAULTS if fault(view, said)]


# --- the tests --------------------------------------------------------------------------------


def test_the_invented_verdicts_cover_what_there_is(views: list[GoalView]) -> None:
    assert len(views) >= 5000
    assert {view.kind for view in views} == {kind for kind in Kind if not kind.by_people}
    assert {view.verdict.rating for view in views} == set(Rating)
    assert {view.goal.comparator for view in views} == set(Comparator)
    assert {view.verdict.rated_by for view in views} >= {
        RatedBy.GROWTH,
        RatedBy.LINEAR,
        RatedBy.CUMULATIVE,
    }
    for kind, falling in itertools.product((Kind.LEVEL_AT_END,), (True, False)):
        assert {v.verdict.rating for v in views if (v.kind, v.falling) == (kind, falling)} >= {
            Rating.REVERSING,
            Rating.BEHIND,
            Rating.ON_COURSE,
            Rating.MET,
            Rating.MISSED,
        }


def test_no_sentence_contradicts_a_number_beside_it(views: list[GoalView]) -> None:
    found: dict[str, str] = {}
    for view in views:
        for said in (goal_sentence(view), "".join(goal_points(view))):
            for fault in faults(view, said):
                found.setdefault(f"{fault}: {said} [{view.verdict.rating}]", fault)
    by_fault = {fault: list(found.values()).count(fault) for fault in found.values()}
    assert not found, f"{by_fault}\n" + "\n".join(list(found)[:30])


def test_no_sentence_on_real_verdicts_has_a_seam(views: list[GoalView]) -> None:
    texts = (
        text
        for view in views
        for follows in (False, True)
        for text in (
            goal_sentence(view),
            *goal_points(view, follows=follows),
            *note_sentences(view),
        )
    )
    found = seams(texts)
    assert not found, "\n".join(found[:30])


@pytest.mark.parametrize(
    ("fault", "known", "said"),
    [
        (
            unmet_reads_as_met,
            {"rating": "未达成"},
            "2027年1,799.9亿元，完成2027年目标（1,800亿元）的100.0%",
        ),
        (
            unmet_reads_as_met,
            {"rating": "未达成"},
            "年均增长20.0%，与目标（年均增长20%）持平，判定为未达成×",
        ),
        (met_reads_as_less, {"rating": "已达成"}, "完成2027年目标（1,800亿元）的99.9%"),
        (slow_beside_on_course, {"rating": "达序时"}, "慢于应达进度（24.1%）1.0个百分点"),
        (slow_beside_on_course, {"rating": "达序时"}, "折合年均增速为所需的96.3%"),
        (fast_beside_behind, {"rating": "滞后"}, "快于应达进度（24.1%）1.0个百分点"),
        (fast_beside_behind, {"rating": "滞后"}, "完成应达进度的95.0%"),
        (
            estimate_unmarked,
            {"is_estimate": True, "latest_value": 1.0},
            "2026年全年约1,580亿元",
        ),
        (provisional_unsaid, {"rating_provisional": True}, "判定为滞后▲"),
        (provisional_unsaid, {}, "初步判定为滞后▲"),
        (
            gap_is_not_the_difference,
            {},
            "增量完成率26.8%，快于应达进度（24.1%）2.8个百分点",
        ),
        (
            wrong_side,
            {"increment_completion": 0.3, "increment_due": 0.2},
            "慢于应达进度（20.0%）10.0个百分点",
        ),
        (wrong_side, {}, "高于基期水平（2024年100亿元），判定为逆转▼"),
        (wrong_verb, {"yoy": -3.0}, "同比增长3.0%"),
        (wrong_verb, {}, "折合年均降幅为所需的50.0%"),
        (no_reason, {"rating": "达成待稳"}, "判定为达成待稳☆"),
        (no_reason, {"rating": "逆转"}, "判定为逆转▼"),
    ],
)
def test_each_fault_is_found(
    make_view: Callable[..., GoalView], fault: Fault, known: dict[str, Any], said: str
) -> None:
    assert fault(make_view("software-revenue", **known), said)


def test_a_value_printed_as_its_target_is_found(make_view: Callable[..., GoalView]) -> None:
    view = make_view("software-revenue", latest_value=1799.999, target_value=1800.0)
    assert not value_reads_as_target(view, "")
    coarse = with_cells(view, target_value=1800.0, latest_value=1800.0 + 1e-13)
    assert not value_reads_as_target(coarse, "")
