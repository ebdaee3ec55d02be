"""Numbers as texts: what a text means beyond doubt, and how findings print a number."""

from __future__ import annotations

import math
import re
from decimal import Decimal

WIDE = {ord(plain) + 0xFEE0: plain for plain in "0123456789.,+-%()"}  # full-width forms
_MINUS = "\u2212\u2013\ufe63"  # minus sign, en dash, small hyphen: in front of a number
_PLAIN = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


def accepted_text(text: str) -> float | None:
    """Return the number a text means beyond doubt, else ``None``.

    Blanks around it are ignored, full-width digits and any minus sign are taken for plain ones, and
    thousands marks must stand at every third digit. Not accepted: exponents, brackets, leading
    zeros, a bare decimal point, words.
    """
    plain = text.strip().translate(WIDE)
    if plain.startswith(tuple(_MINUS)):
        plain = "-" + plain[1:]
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _PLAIN.fullmatch(plain):
        return None
    number = float(plain)
    return number if math.isfinite(number) else None


def shown(number: float) -> str:
    """Return a number as findings print it: all its digits, no exponent, no needless zeros."""
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
