"""Text that is struck out and lists of tasks, as JupyterLab shows them: plugins for a parser.

``~~旧~~`` is struck out, also beside Chinese marks; ``- [ ]`` and ``- [x]`` begin with a box or a
tick, which are letters of the book's fonts and stay where text is copied.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from planbook.present.bold_marks import leads

_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_MARKS = {" ": "□ ", "x": "✓ "}
_STRUCK = "~"


def struck_and_tasks(parser: MarkdownIt) -> None:
    """Let a parser read both: a plugin for `MarkdownIt.use`."""
    parser.enable("strikethrough")
    parser.inline.ruler.at("strikethrough", _strike)
    parser.core.ruler.before("inline", "planbook_tasks", _tasks)


def _strike(state: StateInline, silent: bool) -> bool:
    start = end = state.pos
    while end < state.posMax and state.src[end] == _STRUCK:
        end += 1
    if silent or end - start != 2:  # 1~3 is a range, and longer ones are lines
        return False
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    state.push("text", "", 0).content = _STRUCK * 2
    token = len(state.tokens) - 1
    opens, closes = leads(after, before), leads(before, after)
    state.delimiters.append(Delimiter(ord(_STRUCK), 0, token, -1, opens, closes))
    state.pos = end
    return True


def _tasks(state: StateCore) -> None:
    """Put the letters in the place of the brackets that an item of a list begins with."""
    for n, token in enumerate(state.tokens[2:], start=2):
        begins = [before.type for before in state.tokens[n - 2 : n]]
        if token.type == "inline" and begins == ["list_item_open", "paragraph_open"]:
            found = _TASK.match(token.content)
            if found:
                mark = _MARKS[found[1].lower()]
                token.content = mark + token.content[found.end() :]
