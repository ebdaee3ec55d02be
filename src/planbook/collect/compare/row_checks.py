"""Do the figures of a row fit each other, and the value of a year earlier that is on file?

Of 本期值, 上年同期值 and 同比 two give the third. Where they contradict each other, what else is
known of the indicator decides which is wrong; only where nothing decides are all three named.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from planbook.collect.compare.reported_case import ReportedCase
from planbook.collect.compare.size_checks import closest, implausible, is_off_scale, ratio_words
from planbook.collect.compare.usual import GRAVE
from planbook.collect.read.value_checks import computed_yoy, rounding_error
from planbook.collect.rules import history_rules, size_rules
from planbook.collect.written_numbers import shown
from planbook.errors import Finding
from planbook.vocabulary import YoyType

_NEAR = 0.06  # 百分点: a growth is printed with one decimal
_NEAR_SHARE = 0.05  # of a growth, that one computed otherwise may differ
_OTHER_PRICES = 0.15  # the same at constant prices or of a matched panel
_SHIFTS = (10.0, 100.0, 1000.0, 0.1, 0.01)  # a growth of 18.4 written 184, 1840 or 0.184
_CLEAR = 0.5  # 百分点 from which a growth's digits can be told from chance
_LARGEST_GROWTH = 500.0  # percent; the form's own limit
_LARGE = 100.0  # a count from which equality with last year's is no chance


_PRIOR_DOUBTED = (size_rules.PRIOR_SCALE.id, size_rules.IMPLAUSIBLE.id)


def row_findings(case: ReportedCase, *, value_is_doubtful: bool) -> Iterator[Finding]:
    """Return what is doubtful in 上年同期值 and 同比 beside the value.

    Parameters
    ----------
    value_is_doubtful
        Whether the value itself has been questioned: then nothing is computed from it.
    """
    exchanged = list(_exchanged(case))
    if exchanged:
        yield from exchanged
        return
    prior = list(_prior(case))
    yield from prior
    doubtful = value_is_doubtful or any(f.rule in _PRIOR_DOUBTED for f in prior)
    impossible = list(_impossible(case))
    yield from impossible
    if not doubtful and not impossible:
        yield from _growth(case)


def _growth_error(case: ReportedCase, value: float, prior: float) -> float:
    """Return by how many 百分点 a growth reported as it was computed may be off."""
    return _NEAR + rounding_error(value, prior, case.indicator.decimals)


def _exchanged(case: ReportedCase) -> Iterator[Finding]:
    """The value stands in the cell of last year's and that one in its place."""
    value, prior, yoy = case.value.value, case.value.prior_value, case.value.yoy
    if value is None or prior is None or value == prior or min(value, prior) <= 0:
        return
    reason = ""
    before = case.year_ago
    large = not case.indicator.counts_whole or value >= _LARGE
    if before is not None and large and not case.differs(value, before.value):
        if abs(prior / before.value - 1) * 100 > case.plan.about.yoy_gap:
            reason = f"{case.label(before)}报送的是 {shown(before.value)}"
    elif yoy:
        as_written, turned = computed_yoy(value, prior), computed_yoy(prior, value)
        if as_written is None or turned is None:
            return
        off = abs(yoy - as_written) > case.plan.about.yoy_gap + _growth_error(case, value, prior)
        if off and abs(yoy - turned) <= _growth_error(case, prior, value):
            reason = f"互换后同比才是填报的 {shown(yoy)}%"
    if reason:
        yield case.finding(
            size_rules.EXCHANGED, "value", observed=value, prior=prior, reason=reason
        )


def _prior(case: ReportedCase) -> Iterator[Finding]:
    """上年同期值 is not what was reported then, or, not on file, not what is known would explain.

    Up to the plan's `yoy_gap` in percent nothing is said, nor of a matched panel, whose year before
    is another panel's; a power of ten is an error in any case.
    """
    prior, before = case.value.prior_value, case.year_ago
    if prior is None or case.subject.is_net:
        return
    if before is None:
        known = [r for r in case.on_file(case.value.period.plus(-12)) if r.low]
        if is_off_scale(case, prior, known):
            reference = closest(prior, known)
            expected = case.rounded(reference.nearest(prior))
            yield _prior_scale(case, prior, expected, reference.basis)
        else:
            yield from implausible(case, prior, "prior_value", "上年同期值 ")
        return
    if before.value <= 0:
        return
    allowed = case.plan.about.yoy_gap + rounding_error(0, before.value, case.indicator.decimals)
    off = abs(prior / before.value - 1) * 100 > allowed and case.differs(prior, before.value)
    if off and prior > 0 and abs(math.log(prior / before.value)) >= math.log(GRAVE):
        yield _prior_scale(case, prior, before.value, f"{case.label(before)}报送的")
    elif off and case.value.yoy_type != YoyType.COMPARABLE:
        yield case.finding(
            history_rules.PRIOR_DIFFERS,
            "prior_value",
            observed=prior,
            expected=before.told,
            period=case.label(before),
        )


def _prior_scale(case: ReportedCase, prior: float, expected: float, basis: str) -> Finding:
    return case.finding(
        size_rules.PRIOR_SCALE,
        "prior_value",
        observed=prior,
        expected=expected,
        basis=basis,
        ratio=ratio_words(prior, expected),
    )


def _impossible(case: ReportedCase) -> Iterator[Finding]:
    """An amount above zero cannot have fallen by more than all of itself."""
    value, yoy = case.value.value, case.value.yoy
    net = case.subject.is_net
    if yoy is not None and yoy < -100 and not net and (value is None or value >= 0):
        yield case.finding(size_rules.YOY_IMPOSSIBLE, "yoy", observed=yoy)


def _growth(case: ReportedCase) -> Iterator[Finding]:
    """同比 does not follow from the value and the one a year earlier.

    A nominal growth may differ from the computed one by the plan's `yoy_gap` and by rounding. One
    at constant prices or of a matched panel may differ by any amount, but where both growths are
    clear of that gap they should have the same sign.
    """
    value, prior, yoy = case.value.value, case.value.prior_value, case.value.yoy
    if prior is None and case.year_ago is not None:
        prior = case.year_ago.value
    if yoy is None:
        return
    computed = computed_yoy(value, prior)
    if computed is not None and value is not None and prior is not None:
        yield from _misfit(case, value, prior, yoy, computed)
    elif yoy > _LARGEST_GROWTH:
        limit = f"{_LARGEST_GROWTH:g}"
        yield case.finding(size_rules.YOY_UNUSUAL, "yoy", observed=yoy, expected=limit)


def _misfit(
    case: ReportedCase, value: float, prior: float, yoy: float, computed: float
) -> Iterator[Finding]:
    """A growth is not the one computed, by more than may be."""
    kind = case.value.yoy_type
    nominal = kind in ("", YoyType.NOMINAL)
    error = _growth_error(case, value, prior)
    gap = case.plan.about.yoy_gap + error - _NEAR
    if abs(yoy - computed) <= (gap if nominal else error):
        return
    expected = f"{computed:.1f}"
    share = _NEAR_SHARE if nominal else _OTHER_PRICES
    near = max(share * abs(computed), error)
    clear = abs(computed) >= _CLEAR and abs(yoy - computed) > near
    if clear and any(abs(yoy / shift - computed) <= near for shift in _SHIFTS):
        yield case.finding(size_rules.YOY_SHIFTED, "yoy", observed=yoy, expected=expected)
    elif nominal and yoy * computed < 0 and abs(yoy + computed) <= error:
        yield case.finding(size_rules.YOY_SIGN, "yoy", observed=yoy, expected=expected)
    elif _is_undecided(case, value, prior, yoy):
        yield _contradiction(case, value, prior, yoy)
    elif nominal or (yoy * computed < 0 and min(abs(yoy), abs(computed)) > gap):
        reason = f"相差超过 {case.plan.about.yoy_gap:g} 个百分点" if nominal else "一增一减"
        yield case.finding(
            size_rules.YOY_CONTRADICTION,
            "yoy",
            observed=yoy,
            expected=expected if case.references else "",
            computed=expected,
            type=kind,
            reason=reason,
        )


def _is_undecided(case: ReportedCase, value: float, prior: float, yoy: float) -> bool:
    """Tell whether the three are a power of ten apart and nothing known says which is wrong."""
    expected = prior * (1 + yoy / 100)
    if value <= 0 or expected <= 0 or abs(math.log(value / expected)) < math.log(GRAVE):
        return False
    return not case.on_file(case.value.period)


def _contradiction(case: ReportedCase, value: float, prior: float, yoy: float) -> Finding:
    expected = prior * (1 + yoy / 100)
    return case.finding(
        size_rules.ROW_CONTRADICTION,
        "value",
        observed=value,
        expected=case.rounded(expected),
        prior=prior,
        yoy=yoy,
        ratio=ratio_words(value, expected),
    )
