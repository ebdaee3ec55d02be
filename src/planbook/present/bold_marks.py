"""Emphasis in Chinese text: ``**“重点”**后`` is bold, as whoever types it expects.

CommonMark lets a mark open or close only by the spaces and punctuation beside it; Chinese has no
spaces, so ``**注意：**下季`` printed its asterisks. Beside Chinese characters and marks only spaces
count here. What is typed in other scripts is read as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.rules_inline.state_inline import Delimiter

_CHINESE = re.compile(
    "[\u2e80-\u303f\u3040-\u312f\u31a0-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\U00020000-\U0003ffff]"
)
_UNMATCHED = "planbook_unmatched"  # in a parser's environment


def chinese_emphasis(parser: MarkdownIt) -> None:
    """Let a parser read emphasis in Chinese text: a plugin for `MarkdownIt.use`."""
    parser.inline.ruler.at("emphasis", _tokenize)
    parser.inline.ruler2.after("emphasis", "planbook_unmatched", _note_unmatched)


def take_unmatched(env: MutableMapping[str, Any]) -> list[str]:
    """Return the bold marks without a partner read since the last call, with what is beside."""
    found: list[str] = env.pop(_UNMATCHED, [])
    return found


def _tokenize(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "*":
        return emphasis.tokenize(state, silent)
    start = end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    opens, closes = leads(after, before), leads(before, after)
    for _ in range(end - start):
        state.push("text", "", 0).content = "*"
        token = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord("*"), end - start, token, -1, opens, closes))
    state.pos = end
    return True


def leads(inner: str, outer: str) -> bool:
    """Tell whether a mark can stand between the text that it sets and what is outside."""
    if inner.isspace():
        return False
    return not _parts(inner) or outer.isspace() or _parts(outer) or bool(_CHINESE.match(outer))


def _parts(character: str) -> bool:
    """Tell whether a character is punctuation, but not of Chinese text."""
    is_mark = isMdAsciiPunct(ord(character)) or isPunctChar(character)
    return is_mark and not _CHINESE.match(character)


def _note_unmatched(state: StateInline) -> None:
    at = next(_unmatched(state), None)
    if at is not None:  # the first says enough of a block
        said = "".join(token.content for token in state.tokens[max(at - 1, 0) : at + 6])
        state.env.setdefault(_UNMATCHED, []).append(said.strip())


def _unmatched(state: StateInline) -> Iterator[int]:
    """Yield the tokens that are one of two or more asterisks and set nothing, as they stand."""
    inner = (about["delimiters"] for about in state.tokens_meta if about and "delimiters" in about)
    for delimiters in (state.delimiters, *inner):
        for mark in delimiters:
            runs_on = mark.marker == ord("*") and mark.length > 1
            if runs_on and state.tokens[mark.token].content == "*":
                yield mark.token
