"""From the text of a page to its grams: short pieces by which the search knows what it can hold.

Grams are the pairs of neighbouring characters, the beginnings of Latin words and numbers, and the
last characters before a space or a mark. Whatever a reader can find in a page holds grams that the
page has too, so a page without one of them need not be read. ``assets/static/search_files.js``
takes the grams of what was typed in the same way; `fold` and what divides words are the same there.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from operator import add
from string import ascii_uppercase

from planbook.produce.sphinx_ext.search_text import PageText

HEAD = "W"  # stands before the beginning of a word or number; folded text has no such letter
COUNTED = 5  # a word that fills a section is not worth more than this many
IN_HEADING = 15  # what a word in a heading is worth beside those below it

_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), ord("％"))
_FOLDED = {
    **{ord(letter): letter.lower() for letter in ascii_uppercase},
    **{wide: chr(wide - 0xFEE0).lower() for wide in _WIDE},
    **dict.fromkeys(map(ord, "‐‑–—―−－"), "-"),
}
_DIVIDING = r"\s,，。；：、！？「」『』《》〈〉（）()【】“”‘’\"'…"
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9])")
_HEADS = re.compile(r"(?<![a-z0-9])(?<![0-9]\.)[a-z0-9]{1,4}")
_LAST = re.compile(rf"[^a-z0-9{_DIVIDING}](?=[{_DIVIDING}]|\Z)")
_NO_GRAM = re.compile(rf"[a-z0-9]{{2}}|.?[{_DIVIDING}].?", re.DOTALL)


def fold(text: str) -> str:
    """Return one form for all ways to write a character; the length stays."""
    return text.translate(_FOLDED)


def grams_of(text: str) -> Counter[str]:
    """Return how often each gram is in a text."""
    folded = _THOUSANDS.sub("", fold(text))
    pairs = Counter(map(add, folded, folded[1:]))
    grams = Counter({pair: count for pair, count in pairs.items() if _is_gram(pair)})
    grams.update(HEAD + head for head in _HEADS.findall(folded))
    grams.update(_LAST.findall(folded))
    return grams


def page_grams(page: PageText) -> dict[str, int]:
    """Return the grams of a page, each with the most that a section is worth to who looks for it.

    A section is worth the number of times it has the gram, up to `COUNTED`, and `IN_HEADING` if its
    heading has it. The heading of the top of a page is the page's title, which the search knows.
    """
    most: dict[str, int] = {}
    for number, section in enumerate(page.sections):
        worth = {gram: min(count, COUNTED) for gram, count in grams_of(section.text).items()}
        for gram in grams_of(section.heading) if number else ():
            worth[gram] = worth.get(gram, 0) + IN_HEADING
        for gram, value in worth.items():
            most[gram] = max(most.get(gram, 0), value)
    return most


@cache
def _is_gram(pair: str) -> bool:
    return _NO_GRAM.fullmatch(pair) is None
