"""Turn a raw cell into a number, or say why it is none; a wrong number is worse than no number.

Accepted are numeric cells, and texts that can mean one number only (`accepted_text`, also with a
unit that converts exactly), these with a warning that shows what was read. All else is refused with
a remedy for that very mistake.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import Decimal

from planbook.collect.layout import NOT_APPLICABLE
from planbook.collect.read.unit_scales import converted
from planbook.collect.rules import Rule, cell_rules
from planbook.collect.written_numbers import WIDE, accepted_text, shown
from planbook.collect.xlsx.cell_looks import CONDITIONAL, REMEDIES
from planbook.collect.xlsx.number_formats import SHOWS_FRACTIONS, is_percent, shows, shows_text
from planbook.collect.xlsx.raw_cells import Cell, compact, plain_text
from planbook.vocabulary import ObsStatus

PERCENT = "%"
_DASHES = {"——", "-", "--", "\u2013", "\u2212", "\uff0d", "\u2015", "\u2500"}
_DASHES |= {"/", "\uff0f", "不适用", "N/A", "n/a"}
_NOTHING_YET = {"暂无", "暂无数据", "暂缺", "暂未统计", "尚无数据", "未统计", "待统计", "待报"}
_AMOUNT = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)\s*([^\d\s.,eE+\-()~*]{1,6})")
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")
_HEDGES = ("左右", "以上", "以下", "余", "多", "上下", "约")
_GROWTH = re.compile(  # 回落 may be of the growth itself, 增长-3 may be either: not here
    r"(?:同比|(?:较|比)(?:上年同期|上年|去年同期))?(?:(?P<up>增长|增加|上升|上涨|提高|增|升|↑)"
    r"|(?P<down>下降|减少|降低|下跌|负增长|减|降|↓))了?(?P<figure>[\d.,]+)%?"
)
_SAME = re.compile(r"(?:同比|(?:较|与|和)(?:上年同期|上年|去年同期))?持平")
_LOOK_ALIKES = {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1"}


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What a cell came to. `value` is there only where `status` is normal.

    `rule` is what to report, if anything: a warning beside a value, an error beside a refusal.
    """

    status: ObsStatus
    value: float | None = None
    rule: Rule | None = None
    observed: str = ""
    expected: str = ""
    remedy: str = ""


def read_number(cell: Cell, unit: str, *, is_growth: bool = False) -> NumberRead:
    """Read a cell that should hold a number in `unit` (``%`` for percentages), 「—」 or nothing.

    Of a growth in percent, words that mean one number are read too: 「下降3.2%」, 「持平」.
    """
    raw, code = cell.raw, cell.code
    if cell.error:
        return _refused(cell_rules.ERROR_CELL, cell.error)
    if raw == "" and cell.has_formula:
        return _refused(cell_rules.FORMULA_WITHOUT_VALUE, "")
    if isinstance(raw, bool):
        return _refused(cell_rules.NOT_A_NUMBER, cell.text)
    if isinstance(raw, (dt.date, dt.time, dt.timedelta)):
        return _refused(cell_rules.DATE_IN_CELL, cell.text)
    look = _look(cell, unit)
    if look and cell.text:
        return _refused(cell_rules.UNCLEAR_LOOK, cell.text, REMEDIES.get(look, ""), look)
    if isinstance(raw, str):
        if raw.strip() and not shows_text(code):
            return _refused(cell_rules.SCALED_FORMAT, raw.strip(), expected=code)
        return _read_text(cell.text, unit, is_growth=is_growth)
    if not math.isfinite(raw):
        return _refused(cell_rules.NOT_A_NUMBER, cell.text)
    if is_percent(code, raw) and unit != PERCENT:
        return _read_percent_format(float(raw), unit)
    if not shows(code, raw, unit):
        return _refused(cell_rules.SCALED_FORMAT, shown(float(raw)), expected=code)
    if is_percent(code, raw):
        return _read_percent_format(float(raw), unit)
    return NumberRead(ObsStatus.NORMAL, float(raw))


def _look(cell: Cell, unit: str) -> str:
    """Return what makes a cell's content doubtful to the eye, whichever of its conditions hold."""
    codes = [code for code in cell.conditional if code != SHOWS_FRACTIONS]
    if cell.look or not codes:
        return cell.look
    if isinstance(cell.raw, str):
        seen = all(shows_text(code) for code in codes)
    else:
        number = float(cell.raw) if isinstance(cell.raw, int | float) else math.nan
        finite = math.isfinite(number)
        seen = finite and all(shows(c, number, unit) and not is_percent(c, number) for c in codes)
    return "" if seen else CONDITIONAL


def growth_in_words(text: str) -> float | None:
    """Return the growth in percent that words mean beyond doubt, else ``None``.

    「增长7.2%」 is 7.2, 「同比下降3.2%」 is -3.2 and 「持平」 is 0. Not accepted: a second
    sign, 约, ranges, 百分点, or anything beside it.
    """
    plain = compact(plain_text(text).translate(WIDE)).rstrip("。")
    if _SAME.fullmatch(plain):
        return 0.0
    match = _GROWTH.fullmatch(plain)
    size = None if match is None else accepted_text(match["figure"])
    if match is None or size is None:
        return None
    return -size if match["down"] and size else size


def _read_text(stripped: str, unit: str, *, is_growth: bool) -> NumberRead:
    if not stripped:
        return NumberRead(ObsStatus.NOT_SENT)
    growth = growth_in_words(stripped) if is_growth else None
    if growth is not None:
        return NumberRead(ObsStatus.NORMAL, growth, cell_rules.GROWTH_READ, stripped, shown(growth))
    if stripped in _NOTHING_YET:
        return NumberRead(ObsStatus.NOT_SENT, None, cell_rules.WORD_FOR_BLANK, stripped)
    if stripped == NOT_APPLICABLE:
        return NumberRead(ObsStatus.NOT_APPLICABLE)
    if stripped in _DASHES:
        rule = cell_rules.ODD_DASH
        return NumberRead(ObsStatus.NOT_APPLICABLE, None, rule, stripped, NOT_APPLICABLE)
    body = stripped.translate(WIDE)
    if unit == PERCENT and body.endswith(PERCENT):
        body = body.removesuffix(PERCENT)
    number = accepted_text(body)
    if number is not None:
        return NumberRead(ObsStatus.NORMAL, number, cell_rules.TEXT_NUMBER, stripped, shown(number))
    return _refused_text(stripped, unit)


def _refused_text(text: str, unit: str) -> NumberRead:
    plain = text.translate(WIDE)
    mended = "".join(_LOOK_ALIKES.get(mark, mark) for mark in plain)
    if accepted_text(mended) is not None:
        marks = "、".join(
            f"把{'字母 ' if mark.isascii() else ' '}{mark} 改为数字 {_LOOK_ALIKES[mark]}"
            for mark in dict.fromkeys(plain)
            if mark in _LOOK_ALIKES
        )
        remedy = f"{marks} 后重新报送；若无法更正，在 corrections.yaml 中声明更正"
        return _refused(cell_rules.NOT_A_NUMBER, text, remedy)
    if plain.startswith("(") and plain.endswith(")"):
        return _refused(cell_rules.BRACKETS, text)
    if _SCIENTIFIC.fullmatch(plain):
        return _refused(cell_rules.SCIENTIFIC, text)
    amount = _AMOUNT.fullmatch(plain)
    if amount is not None and not amount[2].endswith(_HEDGES):
        return _read_amount(text, amount[1], amount[2], unit)
    if any(mark.isdigit() for mark in plain) and any(mark.isalpha() for mark in plain):
        return _refused(cell_rules.NOTE_IN_CELL, text)
    return _refused(cell_rules.NOT_A_NUMBER, text)


def _read_amount(text: str, figure: str, written: str, unit: str) -> NumberRead:
    """Read a number with its unit behind it: taken where it converts exactly, else refused."""
    number = accepted_text(figure)
    value = None if number is None else converted(number, written, unit)
    if value is None:
        return _refused(cell_rules.UNIT_IN_CELL, text, expected=unit)
    expected = f"{shown(value)} {unit}"
    return NumberRead(ObsStatus.NORMAL, value, cell_rules.UNIT_CONVERTED, text, expected)


def _read_percent_format(raw: float, unit: str) -> NumberRead:
    """Read a cell formatted as percent: it holds 0.032 where its reader sees 3.2 %."""
    number = float(Decimal(repr(raw)) * 100)
    observed = f"{shown(number)}%"
    if unit != PERCENT:
        return _refused(cell_rules.UNIT_IN_CELL, observed, expected=unit)
    return NumberRead(ObsStatus.NORMAL, number, cell_rules.PERCENT_FORMAT, observed, shown(number))


def _refused(rule: Rule, observed: str, remedy: str = "", expected: str = "") -> NumberRead:
    return NumberRead(ObsStatus.REFUSED, None, rule, observed, expected, remedy)
