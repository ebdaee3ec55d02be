"""Whether the rows of a data frame follow each other, so that a line may join them."""

from __future__ import annotations

import re

import pandas as pd

_COUNTS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_COUNTED = re.compile(rf"(\D*?)(\d+|{'|'.join(reversed(_COUNTS))})(\D*)")


def in_order(index: pd.Index) -> bool:
    """Tell whether rows that are no times follow each other all the same.

    Numbers do, also within the same words (第1周, 三月), and categories that their author ordered.
    """
    if isinstance(index, pd.CategoricalIndex):
        return bool(index.ordered)
    if isinstance(index, pd.MultiIndex):
        return False
    if pd.api.types.is_numeric_dtype(index.dtype):
        return bool(index.is_monotonic_increasing or index.is_monotonic_decreasing)
    found = [_COUNTED.fullmatch(str(name)) for name in index]
    if not all(found) or len({(each[1], each[3]) for each in found if each}) > 1:
        return False
    counts = [_count(each[2]) for each in found if each]
    return counts == sorted(counts) and len(counts) > 1


def _count(written: str) -> int:
    return int(written) if written.isdecimal() else _COUNTS.index(written) + 1
