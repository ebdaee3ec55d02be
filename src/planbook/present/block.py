"""A piece of a page that is more than text and no table: safe HTML, and the same in plain Markdown.

HTML pages show the first; the PDF, which knows no style sheet, the second.
"""

from __future__ import annotations

import html as _html
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Block:
    """Safe HTML without blank lines, and Markdown with the same content for other media."""

    html: str
    text: str

    def __repr__(self) -> str:
        return _html.unescape(self.text)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/html": self.html, "text/markdown": self.text, "text/plain": repr(self)}
        return data, {"planbook": {"kind": "text"}}
