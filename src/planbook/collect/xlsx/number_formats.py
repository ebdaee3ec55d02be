"""Tell from a cell's number format what its reader sees: this number, another one, or nothing.

``0.00"万元"`` shows a unit, ``#,##0,`` thousands, ``;;;`` nothing, ``(0.00)`` what looks negative,
``0.0;0.0`` a negative number without its sign, ``aaaa`` a weekday. A number is taken only where its
reader sees that number, rounded by no more than one percent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

SHOWS_FRACTIONS = "#,##0.####"  # the template's own condition on whole numbers
_PLAIN = ("", "General", "@", "#,##0")  # the last is the template's, which shows fractions too
_SECTIONS = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;"])+|(?=;|$)')
_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<core>[0#?][0#?.,]*|\.[0#?]+)(?P<power>[eE][+-]?[0#?]+)?"
    r"|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COLOURS = re.compile(  # but white
    r"black|blue|cyan|green|magenta|red|yellow|colou?r ?\d+"
    r"|(黑|蓝绿|蓝|青|绿|洋红|红|黄)(色|)|颜色\s*\d+",
    re.IGNORECASE,
)
_MONEY = str.maketrans("", "", "¥￥")  # beside an amount in 元 they say nothing new
_ROUNDED = 0.01  # a format may round the number by this share


@dataclass(frozen=True, slots=True)
class Shown:
    """What one section of a format makes of a number; `before` and `after` are words around it."""

    before: str = ""
    after: str = ""
    core: str = ""  # digits as the code has them, empty where the section shows none
    scientific: bool = False
    is_percent: bool = False
    is_odd: bool = False  # dates, fractions, Chinese numerals, fillers, white ink, two numbers

    def number(self, value: float) -> float | None:
        """Return the number as the section rounds it, without its sign; ``None`` for no digits."""
        if self.core == "General":
            return abs(value)
        _, _, fraction = self.core.partition(".")
        if self.scientific:
            return float(f"{abs(value):.{len(fraction)}e}")
        scale = Decimal(100 if self.is_percent else 1) / 1000 ** _trailing(self.core)
        places = Decimal(1).scaleb(-sum(mark in "0#?" for mark in fraction))
        seen = (abs(Decimal(repr(value))) * scale).quantize(places, ROUND_HALF_UP)
        if not seen and "0" not in self.core:
            return None
        return float(seen / (100 if self.is_percent else 1))


def shows(code: str, value: float, unit: str) -> bool:
    """Tell whether a number in `unit`, formatted by `code`, is what its reader sees."""
    if code in _PLAIN:
        return True
    shown, signed = _section_for(code, value)
    if shown.is_odd or not shown.core or _trailing(shown.core):
        return False
    before, after = shown.before, shown.after
    if unit.endswith("元"):
        before = before.translate(_MONEY)
    if value < 0 and not signed:  # the section must draw the sign itself
        if before.startswith("(") and after.endswith(")"):
            before, after = before[1:], after[:-1]
        elif before.startswith("-"):
            before = before[1:]
        else:
            return False
    words = before.lstrip("+") if value > 0 else before
    if words or after not in ("", unit):
        return False
    seen = shown.number(value)
    return seen is not None and abs(seen - abs(value)) <= _ROUNDED * abs(value)


def is_percent(code: str, value: float) -> bool:
    """Tell whether the number is shown as a percentage, a hundred times what the cell holds."""
    return code not in _PLAIN and _section_for(code, value)[0].is_percent


def shows_text(code: str) -> bool:
    """Tell whether a text formatted by `code` is seen as it stands."""
    sections = _sections(code)
    return len(sections) < 4 or sections[3].strip() == "@" or "@" in sections[3]


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[str, ...]:
    found, position = [], 0
    while position <= len(code):
        match = _SECTIONS.match(code, position)
        text = match[0] if match else ""
        found.append(text)
        position += len(text) + 1
    return tuple(found)


def _section_for(code: str, value: float) -> tuple[Shown, bool]:
    """Return the section that a number is shown by, and whether Excel adds the minus sign."""
    sections = _sections(code)[:3]
    conditions = [_condition(section) for section in sections]
    if any(conditions):
        if value < 0 and len(sections) > 1:  # LibreOffice leaves the sign out, Excel does not
            return Shown(is_odd=True), True
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(condition, value):
                return _shown(section), True
        return Shown(is_odd=True), True
    if value < 0 and len(sections) > 1:
        return _shown(sections[1]), False
    if value == 0 and len(sections) > 2:
        return _shown(sections[2]), True
    return _shown(sections[0]), True


def _condition(section: str) -> tuple[str, float] | None:
    for bracket in re.findall(r"\[([^\]]*)\]", section):
        match = _CONDITION.fullmatch(bracket.strip())
        if match is not None:
            return match[1], float(match[2])
    return None


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


@lru_cache(maxsize=1024)
def _shown(section: str) -> Shown:
    around, core, power, percent, odd = ["", ""], "", "", 0, False
    for token in _TOKENS.finditer(section):
        word = token["quoted"] or token["escaped"] or ""
        if token["core"] or token["general"]:
            odd |= bool(core) or (token["core"] or "").count(".") > 1
            core, power = token["core"] or "General", token["power"] or ""
        elif token["percent"]:
            percent += 1
        elif token["fill"]:
            odd |= token["fill"] != " "
        elif token["bracket"] is not None:
            said = _bracket(token["bracket"])
            odd |= said is None
            word = said or ""
        elif token["other"]:
            word = token["other"]
            odd |= word.isascii() and word not in " ()+-$"
        around[bool(core)] += "".join(word.split()).replace("（", "(").replace("）", ")")
    return Shown(around[0], around[1], core, bool(power), percent == 1, odd or percent > 1)


def _bracket(text: str) -> str | None:
    """Return the words that a bracket shows; ``None`` for one that changes what is seen."""
    if text.startswith("$"):
        return text[1:].partition("-")[0]
    if _CONDITION.fullmatch(text.strip()) or _COLOURS.fullmatch(text.strip()):
        return ""
    return None


def _trailing(core: str) -> int:
    """Return by how many thousands a format divides: commas with no digit behind them."""
    return len(re.findall(r",(?=,*(?:\.|$))", core))
