"""Links from one notebook to another, as JupyterLab follows them, lead to the other's page.

In `notebooks/` lie notebooks by their names, in the book pages by their ids. A label or heading
behind ``#`` stays; written pages, ``../book/x.md``, are one folder nearer in the book.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from markdown_it.token import Token

from planbook.produce.notebooks.cell_outputs import Wrong

Pages = Mapping[str, Sequence[str]]  # by a notebook's name without suffix: the pages made of it

_LINK = re.compile(
    r"(?P<before>\]\(\s*<?|^\[[^\]]+\]:\s*<?)(?:\./|\.\./notebooks/)?"
    r"(?P<name>[\w%.-]+)\.ipynb(?=[#?)\s>])",
    re.MULTILINE,
)
_WRITTEN = re.compile(r"(\]\(\s*<?)\.\./book/(?=[\w.-]+\.md[#)\s>])")


def to_pages(source: str, tokens: Sequence[Token], pages: Pages) -> tuple[str, list[Wrong]]:
    """Return a text whose links lead to pages of the book, and what is wrong with its links."""
    meant = Counter(_linked(tokens))
    written = Counter(unquote(found["name"]) for found in _LINK.finditer(source))
    ids = {id for made in pages.values() for id in made}
    wrong = [
        _wrong(name, pages.get(name, ()))
        for name, times in meant.items()
        if name not in ids and (len(pages.get(name, ())) != 1 or written[name] != times)
    ]

    def lead(found: re.Match[str]) -> str:
        name = unquote(found["name"])
        made = pages.get(name, ()) if name in meant and name not in ids else ()
        return f"{found['before']}{made[0]}.ipynb" if len(made) == 1 else found[0]

    return _WRITTEN.sub(r"\1../", _LINK.sub(lead, source)), wrong


def _linked(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names of the notebooks that a text leads to."""
    for token in tokens:
        address = unquote(str(token.attrs.get("href", "")))
        folder, name = posixpath.split(re.split("[#?]", address)[0])
        if folder in ("", ".", "../notebooks") and name.endswith(".ipynb"):
            yield name.removesuffix(".ipynb")
        yield from _linked(token.children or ())


def _wrong(name: str, made: Sequence[str]) -> Wrong:
    link = f"链接到笔记本 {name}.ipynb"
    if not made:
        fix = f"先列入书中：python -m planbook analysis add {name}；或者核对文件名"
        return f"{link}，而它不是书中的一页", fix
    if len(made) > 1:
        return (
            f"{link}，而它生成了{len(made)}页",
            f"写成其中一页：{'、'.join(f'{id}.ipynb' for id in made)}",
        )
    return f"{link}，这种写法书中认不出", f"写成 [文字]({made[0]}.ipynb)"
