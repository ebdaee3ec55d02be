"""Tell from a cell's number format whether its reader sees another number than the cell holds.

``0.00"万元"`` shows a unit, ``#,##0,`` shows thousands, ``0\\.0,`` shows 万 with a drawn decimal
point. Under a column with a unit of its own, nobody can tell which of the two was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SECTION = re.compile(r'(?:"[^"]*"|[\\!].|[^;"])*')
_PADS = re.compile(r"\[[^\]]*\]|[_*].")  # colours, currencies, conditions; pads and fillers
_LITERALS = re.compile(r'"([^"]*)"|[\\!](.)|([^\x00-\x7f])')
_SHRINKING = re.compile(r"[0#?],+(?![0#?])")
_HARMLESS = re.compile(r"[\s¥￥$€()（）+-]")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a format adds to a number: a percent sign, words, or a division by thousands."""

    code: str
    is_percent: bool
    words: str
    shrinks: bool

    @property
    def is_telling(self) -> bool:
        return self.is_percent or self.shrinks or bool(self.words)

    def is_plain_in(self, unit: str) -> bool:
        """Tell whether a number under this unit is what its reader sees."""
        return not self.shrinks and self.words == unit


@lru_cache(maxsize=1024)
def shown_as(code: str) -> Shown:
    """Read the first section of a format code, the one for numbers above zero."""
    match = _SECTION.match(code)
    section = _PADS.sub("", match[0] if match else "")
    words = "".join("".join(parts) for parts in _LITERALS.findall(section))
    rest = _LITERALS.sub("", section)
    return Shown(
        code=code,
        is_percent="%" in rest,
        words=_HARMLESS.sub("", words),
        shrinks=_SHRINKING.search(rest) is not None,
    )
