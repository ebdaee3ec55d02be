"""How the year that a verdict rests on was estimated, as formulas: its total and its band."""

from __future__ import annotations

import math
from dataclasses import replace

from planbook.contract import Number
from planbook.present import numbers
from planbook.present.formulas.filled_formula import DECIMALS, Formula, Symbols, filled
from planbook.present.formulas.formula_symbols import decimals_shown, usual_share_symbol, value_said
from planbook.present.say.goal_terms import band_quantity
from planbook.present.views import GoalView
from planbook.vocabulary import Kind


def estimate_formulas(view: GoalView) -> tuple[Formula, ...]:
    """Return how the whole year was estimated, and the ends of its 80 % band."""
    so_far, share = view.verdict.latest_value, view.verdict.usual_share
    places = decimals_shown(view)
    whole = view.estimated
    if view.kind is Kind.EVERY_YEAR and band_quantity(view) and so_far is not None and share:
        whole = so_far / share  # judged on the year to date: the estimate is for its band
    if whole is None:
        return ()
    symbols: Symbols = (
        ("A", f"年初至今累计数（{view.latest_label}）：{value_said(view, so_far)}"),
        usual_share_symbol(view, share),
    )
    shown = filled(
        lambda a, s: rf"\frac{{{a}}}{{{s}}}",
        lambda a, s: a / s,
        [so_far, share],
        result=whole,
        decimals=[places, DECIMALS],
        printed=lambda result: numbers.plain(result, places),
    )
    found = Formula("推算全年", r"\frac{A}{s}", shown, symbols)
    return (found, *_band(view, so_far, whole))


def _band(view: GoalView, so_far: Number, whole: float) -> tuple[Formula, ...]:
    """Return the ends of the band: the known part, and the remainder with its spread."""
    low, high = view.verdict.band_low, view.verdict.band_high
    if so_far is None or low is None or high is None:
        return ()
    rest, places = whole - so_far, decimals_shown(view)
    if rest <= 0 or high <= so_far:
        return ()
    spread = math.log((high - so_far) / rest)
    meaning = f"余下月份的离散程度，80%的情形在其范围之内：{numbers.plain(spread, DECIMALS)}"
    ends = []
    for name, sign, end in (("下端", "-", low), ("上端", "", high)):
        shown = filled(
            lambda a, v, z, sign=sign: rf"{a}+\left({v}-{a}\right)e^{{{sign}{z}}}",
            lambda a, v, z, sign=sign: a + (v - a) * math.exp(float(f"{sign}{z}")),
            [so_far, whole, spread],
            result=end,
            decimals=[places, places, DECIMALS],
            printed=lambda result: numbers.plain(result, places),
        )
        if not shown:  # a band of another form: its ends stand beside the estimate
            return ()
        general = rf"A+\left(\frac{{A}}{{s}}-A\right)e^{{{sign}z}}"
        ends.append(Formula(f"误差范围{name}", general, shown, ()))
    return (replace(ends[0], symbols=(("z", meaning),)), ends[1])
