"""Is a figure of the right size? It is held against what is known of its indicator.

An error is a figure nearer to ten times, or a tenth, of all that is expected than to any of it; one
without its sign, or nothing where there was plenty. A warning is one outside its usual range.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from planbook.collect.compare.reported_case import ReportedCase
from planbook.collect.compare.usual import GRAVE, Reference, from_prior, share_possible
from planbook.collect.read.number_cells import PERCENT
from planbook.collect.rules import Rule, history_rules, size_rules
from planbook.collect.written_numbers import shown
from planbook.errors import Finding
from planbook.written_units import behind_number

_SHARE_LIMIT = 1.0  # a percentage given as a share is at most this
_FAR_BELOW = 20  # a percentage this many times below its target may be one
_FITS = 1.6  # factor to the target within which a share, times 100, would fit it
_STEADY = 1.25  # factor to 上年同期值 within which a value needs no other witness
_NOTHING = 1e-9
# How far two counts are apart, in standard deviations of chance: one firm more doubles one firm.
_FAR, _VERY_FAR = 1.25, 3.5


def size_findings(case: ReportedCase) -> Iterator[Finding]:
    """Return what is doubtful in the size of a value; the gravest question only."""
    number = case.value.value
    if number is None:
        return
    checks = (_share, _negative, _zero, _net_total, _scale, implausible, _unusual, _far)
    for check in checks:
        found = list(check(case, number))
        if found:
            yield from found
            return


def is_off_scale(case: ReportedCase, number: float, known: Sequence[Reference]) -> bool:
    """Tell whether a figure is nearer to ten times, or a tenth, of all that is expected of it."""
    if number <= 0 or not known:
        return False
    return all(_is_grave(case, number, reference) for reference in known)


def closest(number: float, known: Sequence[Reference]) -> Reference:
    """Return the reference that a number above zero fits best."""
    return min(known, key=lambda reference: abs(math.log(reference.ratio(number))))


def ratio_words(number: float, expected: float) -> str:
    """Return a factor as findings print it."""
    ratio = number / expected
    if ratio >= 100:
        return f"{ratio:.0f}"
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2g}"


def _scale(case: ReportedCase, number: float) -> Iterator[Finding]:
    """The value is off by about a power of ten."""
    for known in (case.references, case.aims):
        if not is_off_scale(case, number, known):
            continue
        reference = closest(number, known)
        expected = reference.high if known is case.aims else reference.nearest(number)
        yield _off(case, size_rules.SCALE, number, expected, basis=reference.basis)
        return


def _unusual(case: ReportedCase, number: float) -> Iterator[Finding]:
    """The value is outside the range that its own history, or what there is, makes usual."""
    if number <= 0 or not case.references:
        return
    reference = closest(number, case.references)
    beside = from_prior(case.subject, case.value.prior_value)
    if beside and abs(math.log(beside[0].ratio(number))) <= math.log(_STEADY):
        return
    yield from _beyond(case, number, reference)


def _far(case: ReportedCase, number: float) -> Iterator[Finding]:
    """The value is a power of ten from the newest one, whatever else makes it usual."""
    if number > 0:
        for newest in case.newest:
            yield from _beyond(case, number, newest)


def _beyond(case: ReportedCase, number: float, reference: Reference) -> Iterator[Finding]:
    """Ask about a value above zero that is beyond the usual factor of a reference."""
    ratio, expected = reference.ratio(number), reference.nearest(number)
    if 1 / reference.limit <= ratio <= reference.limit or _is_near(case, number, expected):
        return
    limit = f"{reference.limit:.1f}"
    yield _off(case, history_rules.JUMP, number, expected, basis=reference.basis, limit=limit)


def _off(case: ReportedCase, rule: Rule, number: float, expected: float, **words: str) -> Finding:
    """Return a finding on a value that is so many times what is expected."""
    words["ratio"] = ratio_words(number, expected)
    return case.finding(rule, "value", observed=number, expected=case.rounded(expected), **words)


def _is_grave(case: ReportedCase, number: float, reference: Reference) -> bool:
    limit = max(GRAVE, reference.limit)
    expected = reference.nearest(number)
    if 1 / limit < reference.ratio(number) < limit:
        return False
    if case.indicator.counts_whole:
        return _apart(number, expected) > _VERY_FAR
    return abs(number - expected) > _small(case)


def _is_near(case: ReportedCase, number: float, expected: float) -> bool:
    if case.indicator.counts_whole:
        return _apart(number, expected) <= _FAR
    return abs(number - expected) <= _small(case)


def _apart(count: float, other: float) -> float:
    """Return how many standard deviations two counts are apart (variance-stabilised)."""
    return 2 * abs(math.sqrt(count) - math.sqrt(other))


def _small(case: ReportedCase) -> float:
    """Return the difference that the last digits reported may make."""
    return case.plan.about.small_target * 10.0**-case.indicator.decimals


def _net_total(case: ReportedCase, number: float) -> Iterator[Finding]:
    """A net total, which may cross zero, is far beyond its target and its own movements."""
    if not case.subject.is_net or not number:
        return
    due = [
        abs(goal.target) * share_possible(case.subject, goal)
        for goal in case.indicator.goals
        if goal.target
    ]
    earlier = [known.value for known in case.earlier]
    size = max([*due, *map(abs, earlier), float(case.plan.about.small_target)])
    steps = [abs(b - a) for a, b in pairwise(earlier)]
    moved = abs(number - earlier[-1]) if earlier else abs(number)
    usual = 3 * max([*steps, 1.0]) if steps else size
    beyond = abs(number) > GRAVE * size or (bool(steps) and moved > GRAVE * usual)
    if beyond or moved > usual:
        rule = size_rules.SCALE if beyond else history_rules.JUMP
        expected = earlier[-1] if earlier else size
        yield case.finding(
            rule,
            "value",
            observed=number,
            expected=expected,
            basis="上一次报送的" if earlier else "目标",
            ratio=ratio_words(abs(number), abs(expected)) if expected else "许多",
            limit=ratio_words(usual, abs(expected)) if expected else "1",
        )


def _zero(case: ReportedCase, number: float) -> Iterator[Finding]:
    """Nothing, where there was something; where there was plenty it is an error."""
    known = [reference for reference in case.references if reference.low]
    if number != 0 or not known or case.subject.is_net:
        return
    least = min(known, key=lambda reference: reference.low)
    plenty = least.low > _small(case)
    yield case.finding(
        size_rules.ZERO_VALUE if plenty else history_rules.ZERO_AFTER_VALUES,
        "value",
        observed="0",
        expected=case.rounded(least.low),
        basis=least.basis,
    )


def _negative(case: ReportedCase, number: float) -> Iterator[Finding]:
    """A value below zero of what has never been so."""
    if number >= 0 or case.subject.is_net:
        return
    if any(known.value < 0 for known in case.earlier):
        return
    known = case.references
    yield case.finding(
        size_rules.NEGATIVE_VALUE,
        "value",
        observed=number,
        expected=case.rounded(known[0].high) if known else "正数",
        basis=known[0].basis if known else "目标",
    )


def implausible(
    case: ReportedCase, number: float, key: str = "value", what: str = ""
) -> Iterator[Finding]:
    """The number in the row's cell `key`, called `what`, is outside the indicator's range."""
    if case.indicator.plausible is None or case.is_plausible(number):
        return
    low, high = case.indicator.plausible
    unit = behind_number(case.indicator.unit)
    yield case.finding(
        size_rules.IMPLAUSIBLE,
        key,
        observed=f"{shown(number)}{unit}",
        expected=f"{shown(low)} 至 {shown(high)}{unit}",
        what=what,
    )


def _share(case: ReportedCase, number: float) -> Iterator[Finding]:
    """A percentage that was given as a share: it fits what is known only when times 100.

    The indicator's own size decides. Where nothing is known of it, a number with more digits than
    are reported, which times 100 is near the target, is taken for one; else it is a question.
    """
    if case.indicator.unit != PERCENT or not 0 < abs(number) <= _SHARE_LIMIT:
        return
    times_100 = float(f"{number * 100:.12g}")
    meant = case.finding(size_rules.PERCENT_AS_SHARE, "value", observed=number, expected=times_100)
    own = [reference for reference in case.references if reference.low]
    if own:
        off = is_off_scale(case, abs(number), own)
        if off and not is_off_scale(case, abs(times_100), own):
            yield meant
        return
    targets = [
        goal.target
        for goal in case.indicator.goals
        if goal.target is not None and case.plan.goal_unit(goal) == PERCENT
    ]
    far = [target for target in targets if abs(number) * _FAR_BELOW < target]
    more_digits = abs(number - round(number, case.indicator.decimals)) > _NOTHING
    if more_digits and any(1 / _FITS <= abs(times_100) / target <= _FITS for target in far):
        yield meant
    elif far:
        yield case.finding(
            size_rules.MAYBE_SHARE, "value", observed=number, expected=f"{shown(far[0])}%"
        )
