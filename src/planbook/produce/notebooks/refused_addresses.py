"""Addresses that Markdown refuses: a link or picture that would be printed as it was typed.

The parser holds ``javascript:``, ``vbscript:``, ``file:`` and most of ``data:`` for attacks on the
reader, and says nothing. JupyterLab shows some of them, as a drawing in ``data:image/svg+xml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from planbook.produce.notebooks.cell_outputs import Wrong

_REFUSED = re.compile(r"\]\(\s*<?((?:data|file|javascript|vbscript):[^\s>)]*)", re.IGNORECASE)
_SHOWN = 30  # letters of an address, which may be a whole picture


def refused_addresses(tokens: Sequence[Token]) -> list[Wrong]:
    """Return the addresses of links and pictures in a text that stay text."""
    return list(dict.fromkeys(_refused(tokens)))


def _refused(tokens: Sequence[Token]) -> Iterator[Wrong]:
    for token in tokens:
        for address in _REFUSED.findall(token.content if token.type == "text" else ""):
            shown = address if len(address) <= _SHOWN else f"{address[:_SHOWN]}…"
            fix = "图片、文件放在笔记本旁边，写文件名；只是举例的，放在反引号 ` 之间"
            yield f"地址 {shown} 书中不能用，会照字面印出", fix
        yield from _refused(token.children or ())
