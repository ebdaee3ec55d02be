"""How a unit stands behind its number: ``12家``, ``65.2%``, ``12 persons``, ``5% of GDP``.

Chinese units and signs as % and ㎡ follow at once; whatever begins with a letter or a currency's
sign is a word and stands apart; a unit that is itself a number is multiplied: ``12 × 1,000 t``.
"""

from __future__ import annotations

import re

_FOLLOWS_AT_ONCE = re.compile(r"[%‰°′″℃\u3300-\u9fff\uff05]")


def behind_number(unit: str) -> str:
    """Return a unit as it is printed behind a number, with the space that is between them."""
    if not unit or _FOLLOWS_AT_ONCE.match(unit):
        return unit
    return f" × {unit}" if unit[0].isdecimal() else f" {unit}"
