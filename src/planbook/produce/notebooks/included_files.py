"""Files that a notebook's text includes, taken into its page as they are.

``{include}`` and ``{literalinclude}`` name a file by its path from the notebook, as in Jupyter
Book; the page lies elsewhere. So the file's text takes the directive's place, for pages and paper
alike, and counts as read. What is not beside the notebook is left to the page's own folder, where
the book's own fragments lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from planbook.produce.notebooks.held_pictures import read

Wrong = tuple[str, str]  # what, and the remedy

_DIRECTIVE = re.compile(r"^\{(include|literalinclude)\}[ \t]+(\S.*?)\s*$")
_OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)$", re.MULTILINE)
_TICKS = re.compile(r"^[ \t]*(`{3,})", re.MULTILINE)
_TAKEN = {"include": frozenset[str](), "literalinclude": frozenset({"language"})}
_DEEPEST = 5  # files that include files
_FIX_OPTION = "删去选项，只插入整个文件；要插入一部分的，把这部分单独存成文件"


def with_files(source: str, folder: Path, within: tuple[Path, ...] = ()) -> tuple[str, list[Wrong]]:
    """Return a text with the files that it includes, and what is wrong with any of them.

    Parameters
    ----------
    folder
        Where the notebook, or the file that is included, lies.
    within
        The files that this text is part of.
    """
    if "include}" not in source:
        return source, []
    lines, wrong = source.split("\n"), list[Wrong]()
    found = list(_included(source, folder))
    for begin, end, name, path, options in reversed(found):
        if other := sorted(options.keys() - _TAKEN[name]):
            wrong.append((f"{name} 的选项 {'、'.join(other)} 在书中不起作用", _FIX_OPTION))
            continue
        if path in within or len(within) == _DEEPEST:
            what = f"{path.name} 插入了它自己，或者层数超过{_DEEPEST}层"
            wrong.append((what, "删去其中一处 include"))
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            fix = "换成 UTF-8 编码的文本文件，并关闭正在使用它的程序"
            wrong.append((f"要插入的文件读不出：{path.name}", fix))
            continue
        if name == "include":
            text, inner = with_files(text, path.parent, (*within, path))
            wrong += inner
            lines[begin:end] = text.rstrip("\n").split("\n")
        else:
            lines[begin:end] = _as_code(text, options.get("language") or path.suffix[1:])
    return "\n".join(lines), wrong


def _included(source: str, folder: Path) -> Iterator[tuple[int, int, str, Path, dict[str, str]]]:
    """Yield of each file beside the notebook that is included: lines, directive, path, options."""
    for token in read(source):
        found = _DIRECTIVE.match(token.info) if token.type in {"fence", "colon_fence"} else None
        if found is None or token.map is None or token.level:
            continue
        path = folder / found[2]
        if path.is_file():
            begin, end = token.map
            options = dict(_OPTION.findall(token.content))
            yield begin, end, found[1], path.resolve(), options


def _as_code(text: str, language: str) -> list[str]:
    ticks = max(map(len, _TICKS.findall(text)), default=2) + 1
    fence = "`" * max(ticks, 3)
    about = f"{{code-block}} {language}" if language else ""
    return [f"{fence}{about}", *text.rstrip("\n").split("\n"), fence]
