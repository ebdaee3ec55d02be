"""Each rule of early warning warns where it should, and only there; no warning repeats another."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.assess.alerts.precedence import PRECEDENCE
from planbook.assess.alerts.rules import RULES
from planbook.outlook_frames import OutlookMethod
from planbook.periods import TimePeriod
from planbook.vocabulary import Note, Rating, Reason, SubmissionState
from planbook.watch_frames import ALERTS, AlertRow, AlertRule
from tests.assess.watched import (
    EDITIONS,
    Q1,
    Q2,
    Q3,
    Q4,
    Watched,
    revised,
)
from tests.present_rows import action

BEHIND, ON_COURSE, MISSED = Rating.BEHIND, Rating.ON_COURSE, Rating.MISSED


def to_date(*amounts: float, last: str = "2026-09") -> dict[str, float]:
    """Return single quarters up to one as values of the year to date, by period."""
    end = TimePeriod.parse(last)
    months = [end.plus(-3 * back) for back in reversed(range(len(amounts)))]
    found: dict[str, float] = {}
    total = 0.0
    for month, amount in zip(months, amounts, strict=True):
        total = amount if month.month == 3 else total + amount
        found[str(month)] = total
    return found


def silent(reason: Reason) -> dict[str, Any]:
    return {"rating": Rating.NOT_ASSESSABLE, "reason": reason}


def fitted(day: str, p: float) -> dict[str, Any]:
    """Return a likelihood by the model, its constants of a day."""
    return {"p_met": p, "fitted_on": day}


DAY = "2026-11-26"
GROWING = [100, 110, 120, 140, 108, 119, 131, 151, 118, 128, 142]  # §8's example, from 2024-Q1
TWO_YEARS = to_date(*GROWING)
LAST_YEAR, THIS_YEAR = ("revenue", 2025), ("revenue", 2026)
SHARES = dict(
    zip(
        to_date(*[1] * 11),
        [60.5, 60.9, 61, 61.6, 61.8, 62.4, 62.3, 62.9, 63, 63.4, 63.5],
        strict=True,
    )
)
SUMS = dict(zip(to_date(*[1] * 7), [10, 21, 33, 43, 54, 67, 79], strict=True))  # from 2025-Q1
FALLING = [90, 95, 100, 120, 100, 110, 120, 140, 108, 119, 131, 139, 104, 112, 128]  # from 2023-Q1
NEEDED = {"threshold": 700.0, "quarters_left": 5.0, "p_met": 0.4}
REACHED = {**NEEDED, "threshold": 560.0}
OVERDUE: dict[str, Any] = {"overdue": True, "due_month": TimePeriod(2026, 6)}


def edge() -> float:
    """Return where the interval for the newest quarter ends, which is made without its value."""
    far = Watched(values={"revenue": to_date(*GROWING[:-1], 1000)})
    return next(row.limit for row in far.alerts() if row.limit is not None)


EDGE = edge()
CASES: dict[AlertRule, tuple[list[Watched], list[Watched]]] = {  # those that warn in 2026-Q3, not
    AlertRule.DUE_PASSED: (
        [Watched(ratings={"firms": [BEHIND, BEHIND, MISSED]})],
        [Watched(ratings={"firms": [BEHIND, BEHIND, Rating.MET]})],
    ),
    AlertRule.FALLEN_OUT: (
        [Watched(ratings={"firms": [BEHIND, BEHIND, {"notes": (Note.FALLEN_OUT,)}]})],
        [
            Watched(ratings={"firms": [BEHIND, BEHIND, {"notes": (Note.MET_BEFORE_REVISION,)}]}),
            Watched(ratings={"firms": [{"notes": (Note.FALLEN_OUT,)}, BEHIND, BEHIND]}),
        ],
    ),
    AlertRule.LIKELIHOOD_CROSSED: (
        [Watched(likelihoods={"firms": [None, 0.35, 0.3]})],
        [
            Watched(likelihoods={"firms": [None, 0.3, 0.1]}),  # stood there before
            Watched(likelihoods={"firms": [None, 0.55, 0.35]}),
            Watched(likelihoods={"firms": [0.55, None, 0.1]}),
            Watched(
                likelihoods={
                    "firms": [None, {"p_met": 0.5, "p_method": OutlookMethod.SHORT_MODEL}, 0.2]
                }
            ),
            Watched(
                likelihoods={
                    "firms": [
                        {"p_met": p, "p_method": OutlookMethod.REFERENCE} for p in (0.6, 0.6, 0.1)
                    ]
                }
            ),
            Watched(likelihoods={"firms": [None, fitted("2026-05-01", 0.5), fitted(DAY, 0.2)]}),
            Watched(likelihoods={"firms": [None, fitted("", 0.5), fitted(DAY, 0.2)]}),  # not told
        ],
    ),
    AlertRule.LIKELIHOOD_DROPPED: (
        [Watched(likelihoods={"firms": [None, 0.65, 0.45]})],
        [
            Watched(likelihoods={"firms": [None, 0.6, 0.45]}),
            Watched(likelihoods={"firms": [None, 0.9, 0.5]}),  # even chances are left
            Watched(likelihoods={"firms": [None, 0.45, 0.65]}),
            Watched(likelihoods={"firms": [None, fitted("2026-05-01", 0.65), fitted(DAY, 0.45)]}),
        ],
    ),
    AlertRule.BEYOND_HISTORY: (
        [
            Watched(
                values={"share": SHARES},
                likelihoods={"share": [None, None, {**NEEDED, "threshold": 66.0}]},
            ),
            Watched(
                values={"added": SUMS},
                likelihoods={"added": [None, None, {**NEEDED, "required_per_quarter": 13.1}]},
            ),
            Watched(
                values={"revenue": to_date(*GROWING)}, likelihoods={"revenue": [None, None, NEEDED]}
            ),
        ],
        [
            Watched(
                values={"revenue": to_date(*GROWING)},
                likelihoods={"revenue": [None, None, REACHED]},
            ),
            Watched(  # it rose by 1.5 points a year
                values={"share": SHARES},
                likelihoods={"share": [None, None, {**NEEDED, "threshold": 65.0}]},
            ),
            Watched(  # 13 in the best quarter
                values={"added": SUMS},
                likelihoods={"added": [None, None, {**NEEDED, "required_per_quarter": 12.9}]},
            ),
            Watched(likelihoods={"firms": [None, None, NEEDED]}),  # no series
            Watched(  # due
                values={"revenue": to_date(*GROWING)},
                likelihoods={"revenue": [None, None, {**NEEDED, "quarters_left": 0.0}]},
            ),
            Watched(  # a target that no growth leads to
                values={"revenue": to_date(*GROWING)},
                likelihoods={"revenue": [None, None, {**NEEDED, "threshold": 0.0}]},
            ),
            Watched(  # three yearly changes
                values={"revenue": to_date(*GROWING[4:])},
                likelihoods={"revenue": [None, None, NEEDED]},
            ),
            Watched(
                values={"revenue": to_date(*GROWING)},
                likelihoods={"revenue": [None, None, {**NEEDED, "p_method": None}]},
            ),
            Watched(  # 4 % in a quarter, where a year brought 11 %
                values={"revenue": to_date(*GROWING)},
                likelihoods={"revenue": [None, None, {**REACHED, "quarters_left": 1.0}]},
            ),
        ],
    ),
    AlertRule.RATING_FELL: (
        [
            Watched(ratings={"firms": [ON_COURSE, ON_COURSE, BEHIND]}),
            Watched(ratings={"firms": [BEHIND, BEHIND, Rating.FAR_BEHIND]}),
            Watched(ratings={"firms": [BEHIND, BEHIND, Rating.REVERSING]}),
        ],
        [
            Watched(ratings={"firms": [BEHIND, BEHIND, BEHIND]}),
            Watched(ratings={"firms": [BEHIND, BEHIND, ON_COURSE]}),
            Watched(ratings={"firms": [Rating.MET, Rating.MET, Rating.MET_UNSTEADY]}),
            Watched(ratings={"firms": [BEHIND, silent(Reason.NOT_REPORTED), BEHIND]}),
            Watched(  # provisional: the better end of its band is as before
                ratings={
                    "firms": [
                        ON_COURSE,
                        ON_COURSE,
                        {"rating": BEHIND, "rating_low": BEHIND, "rating_high": ON_COURSE},
                    ]
                }
            ),
        ],
    ),
    AlertRule.YEARLY_TARGET_MISSED: (
        [
            Watched(values={"revenue": to_date(*GROWING[:8])}, annual_targets={LAST_YEAR: 499}),
            Watched(values={"revenue": TWO_YEARS}, annual_targets={LAST_YEAR: 510}),
            Watched(  # the running year's target says nothing of the year before
                values={"revenue": TWO_YEARS}, annual_targets={LAST_YEAR: 510, THIS_YEAR: 520}
            ),
        ],
        [
            Watched(values={"revenue": TWO_YEARS}, annual_targets={LAST_YEAR: 509}),  # reached
            Watched(values={"revenue": TWO_YEARS}, annual_targets={THIS_YEAR: 520}),  # open
            Watched(values={"revenue": {"2025-09": 358}}, annual_targets={LAST_YEAR: 510}),
            Watched(  # a later year was reached
                values={"revenue": TWO_YEARS},
                annual_targets={("revenue", 2024): 480, LAST_YEAR: 509},
            ),
        ],
    ),
    AlertRule.REVERSAL: (
        [Watched(values={"revenue": to_date(*FALLING)})],
        [
            Watched(values={"revenue": to_date(*FALLING[:-1], 132)}),  # three in a row
            Watched(values={"revenue": to_date(*FALLING[4:])}),  # eleven quarters
            Watched(values={"revenue": to_date(*[120] * 8, *FALLING[8:])}),  # and no good year
        ],
    ),
    AlertRule.OUTLIER: (
        [
            Watched(values={"revenue": to_date(*GROWING[:-1], 185)}),
            Watched(values={"revenue": to_date(*GROWING[:-1], 105)}),
            Watched(values={"revenue": to_date(*GROWING[:-1], EDGE + 0.06)}),
            Watched(values={"share": {**SHARES, "2026-09": 55.0}}),
        ],
        [
            Watched(values={"revenue": to_date(*GROWING)}),
            Watched(values={"revenue": to_date(*GROWING[3:-1], 185)}),  # seven before it
            Watched(values={"revenue": to_date(*GROWING[:-1], EDGE + 0.04)}),  # rounded out of it
            Watched(values={"revenue": to_date(*GROWING[:5], 0.0, *GROWING[6:-1], 185)}),
        ],
    ),
    AlertRule.LARGE_REVISION: (
        [
            Watched(revisions=[revised("revenue", "2026-03", 100.0, 101.1, Q3)]),
            Watched(revisions=[revised("firms", "2026-03", 100.0, 98.0, Q3)]),
        ],
        [
            Watched(revisions=[revised("revenue", "2026-03", 100.0, 101.0, Q3)]),
            Watched(revisions=[revised("revenue", "2026-03", 100.0, 120.0, Q2)]),
            Watched(revisions=[revised("revenue", "2026-03", 5.0, 5.2, Q3)]),  # twice the rounding
            Watched(revisions=[revised("revenue", "2026-03", 0.0, 5.0, Q3)]),
        ],
    ),
    AlertRule.UNJUDGED: (
        [
            Watched(ratings={"firms": [ON_COURSE, *[silent(Reason.NO_BASELINE)] * 2]}),
            Watched(
                ratings={
                    "firms": [ON_COURSE, silent(Reason.SCOPE_MISMATCH), silent(Reason.NOT_REPORTED)]
                }
            ),
        ],
        [
            Watched(ratings={"firms": [ON_COURSE, ON_COURSE, silent(Reason.NO_BASELINE)]}),
            Watched(ratings={"firms": [silent(Reason.ANNUAL_NOT_DUE)] * 3}),
            Watched(ratings={"firms": [silent(Reason.TOO_FEW_OBSERVATIONS)] * 3}),
        ],
    ),
    AlertRule.MEASURE_BLOCKED: (
        [
            Watched(statuses={"keep": [None, ("受阻", "缺地"), ("受阻", "还缺地")]}),
            Watched(statuses={"keep": [None, ("受阻", "缺地"), None]}),  # it holds until told
        ],
        [
            Watched(statuses={"keep": [None, ("推进中", "开工"), ("受阻", "缺地")]}),
            Watched(statuses={"keep": [("受阻", "缺地"), ("受阻", "缺地"), ("推进中", "开工")]}),
        ],
    ),
    AlertRule.MEASURE_SILENT: (
        [
            Watched(statuses={"keep": [None, ("推进中", ""), ("推进中", " ")]}),
            Watched(statuses={"keep": [("推进中", "开工")] * 3}),
            Watched(statuses={"keep": [("推进中", "开工"), ("推进中", "开工 "), ("推进中", "")]}),
        ],
        [
            Watched(statuses={"keep": [None, ("推进中", "开工"), ("推进中", "开工")]}),
            Watched(statuses={"keep": [("推进中", ""), ("推进中", ""), ("推进中", "竣工")]}),
            Watched(statuses={"build": [("已完成", "")] * 3}),
            Watched(statuses={"keep": [("推进中", ""), ("推进中", ""), None]}),
        ],
    ),
    AlertRule.UNIT_LATE: (
        [
            Watched(states={"office": ["按时", "迟报", "未报"]}),
            Watched(states={"office": ["拒收", "本期无应报", "已退回"]}),
            Watched(states={"office": ["未报", "未报/0", "未报"]}),
            Watched(states={"office": ["迟报", "迟报", "待报"]}),
        ],
        [
            Watched(states={"office": ["迟报", "按时", "迟报"]}),
            Watched(states={"office": ["迟报", "未报", "按时"]}),
            Watched(states={"office": ["本期无应报"] * 3}),
            Watched(states={"office": ["未报/0"] * 3}),  # owes the state of its measures only
            Watched(states={"office": ["未报", "未报/0", "按时"]}),
        ],
    ),
    AlertRule.ACTION_OVERDUE: (
        [Watched(actions={Q3: [action(goal_id="firms", **OVERDUE)]})],
        [Watched(actions={Q3: [action(goal_id="firms")]})],
    ),
}
WARNING = [(rule, case) for rule, (found, _) in CASES.items() for case in found]
QUIET = [(rule, case) for rule, (_, left) in CASES.items() for case in left]


def test_every_rule_is_registered_and_tried_both_ways() -> None:
    assert set(RULES) == set(CASES) == set(AlertRule)
    assert all(found and left for found, left in CASES.values())


@pytest.mark.parametrize(("rule", "case"), WARNING)
def test_a_rule_warns_of_that_and_of_nothing_else(rule: AlertRule, case: Watched) -> None:
    assert case.rules() == [rule.value]


@pytest.mark.parametrize(("rule", "case"), QUIET)
def test_a_rule_is_quiet(rule: AlertRule, case: Watched) -> None:
    assert rule.value not in case.rules()


FELL: list[Any] = [ON_COURSE, ON_COURSE, BEHIND]
LOST: list[Any] = [Rating.MET, Rating.MET, {"rating": BEHIND, "notes": (Note.FALLEN_OUT,)}]
DUE: list[Any] = [Rating.MET, Rating.MET, {"rating": MISSED, "notes": (Note.FALLEN_OUT,)}]
TOGETHER: dict[str, tuple[Watched, list[str]]] = {  # what warns of something that looks like two
    "a large revision makes the period out of line": (
        Watched(
            values={"revenue": to_date(*GROWING[:-1], 185)},
            revisions=[revised("revenue", "2026-06", 275.0, 246.0, Q3)],
        ),
        ["large-revision"],
    ),
    "a revision of another period does not": (
        Watched(
            values={"revenue": to_date(*GROWING[:-1], 185)},
            revisions=[revised("revenue", "2025-03", 100.0, 108.0, Q3)],
        ),
        ["outlier", "large-revision"],
    ),
    "a goal fallen out is rated worse": (Watched(ratings={"firms": LOST}), ["fallen-out"]),
    "a goal fallen out and due": (Watched(ratings={"firms": DUE}), ["due-passed"]),
    "a likelihood that falls across the limit": (
        Watched(likelihoods={"firms": [None, 0.6, 0.2]}),
        ["likelihood-crossed"],
    ),
    "a rating and a likelihood fall on the same news": (
        Watched(ratings={"firms": FELL}, likelihoods={"firms": [None, 0.65, 0.45]}),
        ["rating-fell"],
    ),
    "a rating fell before the likelihood did": (
        Watched(
            ratings={"firms": [ON_COURSE, BEHIND, BEHIND]},
            likelihoods={"firms": [None, 0.65, 0.45]},
        ),
        ["likelihood-dropped", "rating-fell"],
    ),
    "more growth is needed than ever, so it is unlikely": (
        Watched(
            values={"revenue": to_date(*GROWING)},
            likelihoods={"revenue": [None, 0.6, {**NEEDED, "p_met": 0.1}]},
        ),
        ["beyond-history"],
    ),
    "what is blocked tells nothing new": (
        Watched(statuses={"keep": [("受阻", "缺地")] * 3}),
        ["measure-blocked"],
    ),
    "a blocked measure has blocked parts": (
        Watched(statuses={id: [("受阻", "缺地")] * 3 for id in ("build", "build-s1")}),
        ["measure-blocked"],
    ),
    "a silent unit's goals cannot be judged": (
        Watched(
            states={"office": ["未报"] * 3},
            ratings={
                "firms": [silent(Reason.NOT_REPORTED)] * 3,
                "share": [silent(Reason.NO_BASELINE)] * 3,
                "other": [silent(Reason.NOT_REPORTED)] * 3,  # another unit's
            },
        ),
        ["unjudged", "unjudged", "unit-late"],
    ),
}


@pytest.mark.parametrize("case", TOGETHER)
def test_no_warning_repeats_another(case: str) -> None:
    watched, rules = TOGETHER[case]
    assert watched.rules() == rules


def test_every_pair_of_rules_that_repeat_each_other_ends() -> None:
    """None hides one that hides it, or both would be gone."""
    hides = {kept: {b for a, b in PRECEDENCE if a is kept} for kept, _ in PRECEDENCE}
    for rule, own in hides.items():
        below = set(own)
        for _ in AlertRule:
            below |= set(chain.from_iterable(hides.get(each, ()) for each in below))
        assert rule not in below


def newest(watched: Watched, **record: Any) -> AlertRow:
    (row,) = (row for row in watched.alerts(**record) if row.edition == Q3)
    return row


@pytest.mark.parametrize(
    ("ratings", "since"),
    [
        ([BEHIND, MISSED, MISSED], Q2),
        ([MISSED, BEHIND, MISSED], Q3),
        ([MISSED, MISSED, MISSED], Q1),
    ],
)
def test_a_warning_has_stood_since_its_unbroken_run_began(ratings: Any, since: Any) -> None:
    row = newest(Watched(ratings={"firms": ratings}))
    assert (row.since, row.unanswered) == (since, Q3.editions_since(since) + 1)


STANDS: dict[
    str, tuple[Watched, str, bool]
] = {  # what warned in 2026-Q2, and whether it still does
    "a rating that has not recovered": (
        Watched(ratings={"firms": [ON_COURSE, Rating.FAR_BEHIND, BEHIND]}),
        "rating-fell",
        True,
    ),
    "a rating that has": (
        Watched(ratings={"firms": [BEHIND, Rating.FAR_BEHIND, BEHIND]}),
        "rating-fell",
        False,
    ),
    "a rating that cannot be told": (
        Watched(ratings={"firms": [ON_COURSE, BEHIND, silent(Reason.NOT_REPORTED)]}),
        "rating-fell",
        False,
    ),
    "a goal that was met and is on course again": (
        Watched(ratings={"firms": [Rating.MET, BEHIND, ON_COURSE]}),
        "rating-fell",
        False,
    ),
    "a fall after which nothing is likely": (
        Watched(likelihoods={"firms": [0.65, 0.4, None]}),
        "likelihood-dropped",
        False,
    ),
    "a likelihood that stays low": (
        Watched(likelihoods={"firms": [0.5, 0.2, 0.3]}),
        "likelihood-crossed",
        True,
    ),
    "a likelihood that does not": (
        Watched(likelihoods={"firms": [0.5, 0.2, 0.35]}),
        "likelihood-crossed",
        False,
    ),
    "a fall that is not made up for": (
        Watched(likelihoods={"firms": [0.65, 0.4, 0.45]}),
        "likelihood-dropped",
        True,
    ),
    "a fall that mostly is": (
        Watched(likelihoods={"firms": [0.65, 0.4, 0.5]}),
        "likelihood-dropped",
        False,
    ),
    "a fall by another model": (
        Watched(
            likelihoods={
                "firms": [
                    *[{"p_met": p, "p_method": OutlookMethod.SHORT_MODEL} for p in (0.65, 0.4)],
                    0.4,
                ]
            }
        ),
        "likelihood-dropped",
        False,
    ),
    "a fall by other constants": (
        Watched(likelihoods={"firms": [fitted("", 0.65), fitted("", 0.4), fitted(DAY, 0.4)]}),
        "likelihood-dropped",
        False,
    ),
    "a crossing by other constants": (
        Watched(likelihoods={"firms": [fitted("", 0.5), fitted("", 0.2), fitted(DAY, 0.2)]}),
        "likelihood-crossed",
        False,
    ),
    "a crossing by another model": (
        Watched(
            likelihoods={
                "firms": [
                    *[{"p_met": p, "p_method": OutlookMethod.SHORT_MODEL} for p in (0.5, 0.2)],
                    0.2,
                ]
            }
        ),
        "likelihood-crossed",
        False,
    ),
    "a value corrected once": (
        Watched(revisions=[revised("firms", "2026-03", 100.0, 90.0, Q2)]),
        "large-revision",
        False,
    ),
}


@pytest.mark.parametrize("case", STANDS)
def test_what_happened_at_once_stands_until_it_is_made_up_for(case: str) -> None:
    watched, rule, stands = STANDS[case]
    assert watched.rules(Q2) == [rule]
    assert watched.rules(Q3) == ([rule] if stands else [])
    if stands:
        assert newest(watched).since == Q2


def test_a_fall_keeps_what_it_fell_from_and_tells_what_it_is_now() -> None:
    row = newest(Watched(likelihoods={"firms": [0.5, 0.2, 0.3]}))
    assert (row.measured, row.compared) == (0.3, 0.5)


def test_an_outlier_of_another_quarter_is_another_warning() -> None:
    periods = [TimePeriod(2026, 6), TimePeriod(2026, 9)]
    revisions = [
        revised("firms", str(period), 100.0, 90.0, edition)
        for period, edition in zip(periods, (Q2, Q3), strict=True)
    ]
    row = newest(Watched(revisions=revisions))
    assert (row.since, row.period) == (Q3, periods[1])


ANSWERS: dict[str, tuple[dict[str, Any], bool]] = {
    "of the goal, for any warning": ({"goal_id": "firms"}, True),
    "of the goal, for this rule": (
        {"goal_id": "firms", "alert_rule": AlertRule.RATING_FELL},
        True,
    ),
    "for another rule": ({"goal_id": "firms", "alert_rule": AlertRule.OUTLIER}, False),
    "of another goal": ({"goal_id": "revenue"}, False),
    "of the unit as a whole": ({}, False),
    "closed": ({"goal_id": "firms", "closure": "已办结", "closed_in": Q3}, False),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_open_action_about_the_same_thing_answers(case: str) -> None:
    known, answers = ANSWERS[case]
    ratings = {"firms": [ON_COURSE, BEHIND, BEHIND]}
    row = newest(Watched(ratings=ratings, actions={Q3: [action(**known)]}))
    assert row.action_ids == (("a01",) if answers else ())
    assert row.unanswered == (0 if answers else 2)


def test_a_unit_is_answered_by_an_action_of_its_own() -> None:
    late = {"office": ["迟报"] * 3}
    others = action("a02", submitting_unit="bureau")
    row = newest(Watched(states=late, actions={Q3: [action(), others]}))
    assert row.action_ids == ("a01",)


def test_a_value_is_warned_of_once_and_any_goal_on_it_answers() -> None:
    values = {"revenue": to_date(*GROWING[:-1], 185)}
    actions = {Q3: [action(goal_id="revenue-growth")]}
    rows = [row for row in Watched(values=values, actions=actions).alerts() if row.edition == Q3]
    assert [(row.goal_id, row.action_ids) for row in rows] == [("revenue", ("a01",))]


def test_editions_without_an_action_are_counted_anew_after_one() -> None:
    ratings = {"firms": [ON_COURSE, BEHIND, BEHIND]}
    row = newest(Watched(ratings=ratings, actions={Q2: [action(goal_id="firms")]}))
    assert (row.since, row.unanswered) == (Q2, 1)


BLOCKED, OPEN = ("受阻", "缺地"), ("推进中", "开工")
STUCK = [BLOCKED] * 4
COVERED: dict[str, tuple[list[Any], dict[Any, list[Any]], int]] = {  # the measure's, the actions
    "warned of with its measure": ([BLOCKED, BLOCKED, BLOCKED, OPEN], {}, 3),
    "warned of before and after its measure": ([OPEN, BLOCKED, BLOCKED, OPEN], {}, 3),
    "an action on its measure meanwhile": (
        [BLOCKED, BLOCKED, BLOCKED, OPEN],
        {Q3: [action(measure_id="build")]},
        1,
    ),
    "an action on it meanwhile": (
        [BLOCKED, BLOCKED, BLOCKED, OPEN],
        {Q2: [action(measure_id="build-s1")]},
        2,
    ),
    "an action on it now": (
        [BLOCKED, BLOCKED, BLOCKED, OPEN],
        {Q4: [action(measure_id="build-s1")]},
        0,
    ),
}


@pytest.mark.parametrize("case", COVERED)
@pytest.mark.parametrize("status", ["受阻", "推进中"])
def test_a_sub_item_that_its_measure_covered_has_stood_for_its_own_run(
    case: str, status: str
) -> None:
    measure, actions, unanswered = COVERED[case]
    stuck = [(status, f"第{n}次说明" if status == "受阻" else "") for n in range(4)]
    own = [new if told is BLOCKED else told for new, told in zip(stuck, measure, strict=True)]
    watched = Watched(statuses={"build": own, "build-s1": stuck}, actions=actions)
    warned = {(row.edition, row.measure_id): row for row in watched.alerts(Q4)}
    assert (Q3, "build") in warned
    assert (Q3, "build-s1") not in warned
    row = warned[Q4, "build-s1"]
    assert (row.since, row.unanswered) == (Q2, unanswered)


def test_a_sub_item_blocked_later_than_its_measure_counts_from_its_own_run() -> None:
    build, own = [BLOCKED, BLOCKED, BLOCKED, OPEN], [OPEN, BLOCKED, BLOCKED, BLOCKED]
    watched = Watched(statuses={"build": build, "build-s1": own})
    (row,) = (each for each in watched.alerts(Q4) if each.edition == Q4)
    assert (row.measure_id, row.since, row.unanswered) == ("build-s1", Q3, 2)


def test_what_a_published_edition_covered_is_gone_on_from() -> None:
    build = [BLOCKED, BLOCKED, BLOCKED, OPEN]
    watched = Watched(statuses={"build": build, "build-s1": [BLOCKED] * 4})
    record = {"published": watched.alerts(Q3), "published_editions": {Q1, Q2, Q3}}
    assert watched.alerts(Q4, **record) == watched.alerts(Q4)


def test_an_overdue_action_is_its_own_answer_and_says_by_how_much() -> None:
    row = newest(CASES[AlertRule.ACTION_OVERDUE][0][0])
    assert (row.action_ids, row.unanswered, row.measured) == (("a01",), 0, 3)
    assert (row.goal_id, row.period) == ("firms", TimePeriod(2026, 6))


def test_published_warnings_stand_as_they_are_and_are_gone_on_from() -> None:
    watched = Watched(ratings={"firms": [MISSED, MISSED, MISSED]})
    told = [replace(row, measured=1.0) for row in watched.alerts(Q2)]
    rows = watched.alerts(published=told, published_editions={Q1, Q2})
    assert rows[:2] == tuple(told)
    assert (rows[2].since, rows[2].unanswered) == (Q1, 3)


def test_a_published_edition_without_warnings_is_not_looked_at_again() -> None:
    watched = Watched(ratings={"firms": [MISSED, MISSED, MISSED]})
    assert [row.since for row in watched.alerts(published_editions={Q1, Q2})] == [Q3]


def test_a_correction_goes_on_from_the_edition_before() -> None:
    watched = Watched(ratings={"firms": [MISSED, MISSED, MISSED]})
    rows = watched.alerts(replace(Q3, correction=1))
    assert [str(row.edition) for row in rows] == ["2026-Q1", "2026-Q2", "2026-Q3.1"]
    assert rows[-1].since == Q1


def test_an_edition_does_not_see_what_came_later() -> None:
    watched = Watched(
        ratings={"firms": [BEHIND, MISSED, Rating.MET]},
        revisions=[revised("firms", "2026-03", 100.0, 90.0, Q3)],
    )
    assert watched.rules(Q2) == ["due-passed"]
    assert [r for r in watched.alerts() if r.edition == Q2] == list(watched.alerts(Q2))


SAID = st.one_of(
    st.sampled_from([*Rating]).map(lambda rating: {"rating": rating, "reason": None}),
    st.sampled_from([*Reason]).map(silent),
    st.fixed_dictionaries(
        {
            "rating": st.sampled_from([*Rating]),
            "pace": st.none() | st.floats(allow_nan=False),
            "notes": st.sampled_from([(), (Note.FALLEN_OUT,), (Note.MISSED_YEAR,)]),
            "rating_low": st.none() | st.sampled_from([*Rating]),
        }
    ),
)
LIKELY = st.none() | st.fixed_dictionaries(
    {
        "p_met": st.none() | st.sampled_from([n / 20 for n in range(1, 20)]),
        "p_method": st.none() | st.sampled_from([*OutlookMethod]),
        "threshold": st.none() | st.floats(-1e3, 1e6),
        "quarters_left": st.none() | st.floats(0, 11),
        "required_per_quarter": st.none() | st.floats(-1e3, 1e6),
    }
)
TOLD = st.none() | st.tuples(st.sampled_from(["推进中", "受阻", "已完成"]), st.text(max_size=2))
VALUES = st.lists(st.floats(-10, 1e6), min_size=1, max_size=20).map(lambda v: to_date(*v))


@settings(deadline=None)
@given(
    ratings=st.dictionaries(
        st.sampled_from(["revenue", "firms", "added", "share"]), st.lists(SAID, max_size=3)
    ),
    likelihoods=st.dictionaries(
        st.sampled_from(["revenue", "firms", "added"]), st.lists(LIKELY, max_size=3)
    ),
    statuses=st.dictionaries(st.sampled_from(["build", "build-s1"]), st.lists(TOLD, max_size=3)),
    states=st.dictionaries(
        st.just("office"), st.lists(st.sampled_from([*SubmissionState]), max_size=3)
    ),
    values=st.dictionaries(st.sampled_from(["revenue", "firms", "added"]), VALUES),
    annual_targets=st.dictionaries(
        st.sampled_from([LAST_YEAR, THIS_YEAR, ("revenue", 2024)]), st.floats(1, 1e6)
    ),
)
def test_any_history_gives_rows_of_the_contract(**known: Any) -> None:
    watched = Watched(**known)
    rows = watched.alerts()
    assert ALERTS.rows(ALERTS.frame(rows)) == rows
    assert {row.edition for row in rows} <= set(EDITIONS)
    order = list(AlertRule)
    places = [(row.edition, order.index(row.alert_rule)) for row in rows]
    assert places == sorted(places)
    for row in rows:
        assert row.since <= row.edition
        assert 1 <= row.unanswered <= row.edition.editions_since(row.since) + 1
