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
    r"(?P<name>[\w%.-]+)\.ipynb(?=[#?)\s>]|$)",
    re.MULTILINE,
)
_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[^\n]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_WRITTEN = re.compile(
    r"(?P<before>\]\(\s*<?|^\[[^\]]+\]:\s*<?)\.\./book/(?P<name>[\w%.-]+)\.md(?=[#?)\s>]|$)",
    re.MULTILINE,
)


def to_pages(source: str, tokens: Sequence[Token], pages: Pages) -> tuple[str, list[Wrong]]:
    """Return a text whose links lead to pages of the book, and what is wrong with its links."""
    meant = Counter(_linked(tokens))
    texts = list(_texts(source))
    written = Counter(
        unquote(found["name"])
        for text, is_code in texts
        for found in _LINK.finditer(text)
        if not is_code
    )
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

    led = [t if code else _WRITTEN.sub(_nearer, _LINK.sub(lead, t)) for t, code in texts]
    return "".join(led), wrong


def _nearer(found: re.Match[str]) -> str:
    return f"{found['before']}../{found['name']}.md"


def _texts(source: str) -> Iterator[tuple[str, bool]]:
    """Yield the source in pieces, each with whether it is code, in which nothing is a link."""
    end = 0
    for code in _CODE.finditer(source):
        yield source[end : code.start()], False
        yield code[0], True
        end = code.end()
    yield source[end:], False


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
