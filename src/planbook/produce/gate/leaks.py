"""Where the finished files of a public book say what only the internal book may.

The last look before it is published: it reads the files and trusts nothing that made them, so it
also finds what a notebook, a written page or a commentary says of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from planbook.errors import Problem
from planbook.made_of import digests_of
from planbook.plan.model import Plan
from planbook.produce.gate.file_texts import file_texts
from planbook.produce.gate.guarded import Guarded
from planbook.saved import Tables

_THEME = ("pydata_sphinx_theme", "sphinx_book_theme")
_BUILD_RECORD = "build.json"
_FIX = "不能发布：找到写有它的点评、笔记本或说明，改正后重新生成公开版"
_REWORD = (
    "不能发布：换一种写法；更正版的理由，先用 python -m planbook publish withdraw 放弃该更正版，"
    "再另行更正"
)


def leaks(
    folder: Path,
    plan: Plan,
    tables: Tables,
    *,
    unit_names: bool = True,
    texts: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Return what files say that the public book must not.

    Looked for are the numbers of the internal tables that the public ones lack (as they are,
    rounded to 0—4 decimals as the book rounds, shares in percent, amounts moved by 万 and 亿, with
    and without separators) and texts: names of measures and units, sentences of commentary,
    progress and remarks, cells that findings quote, names of workbooks.

    A value of fewer than four significant digits, a ratio or a value in another scale of fewer than
    five, and a number that the public tables hold as well cannot be told from chance: they are
    looked for within forty characters of the name or id of their goal or indicator, where a unit or
    the end of a cell follows. Sentences of fewer than eight letters and names of fewer than three
    are not looked for. Read are pages, scripts, CSV, JSON, XLSX, ZIP, TAR.GZ and the texts of PDFs
    and drawings; not read are shapes, pictures and the durations of the build record.

    Parameters
    ----------
    folder
        What is to be published; every file in it is read once.
    plan, tables
        Of the internal book.
    unit_names
        As the public book was made: whether units are named.
    texts
        What is published beside the files, by what it is.

    Returns
    -------
    list of Problem
        One a text or number and file, in the order of the files, then of the texts; empty: it may
        be published.
    """
    guarded = Guarded.of(plan, tables, unit_names=unit_names)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    found = [
        Problem(said, where, _FIX)
        for name, content in contents
        for where, text in file_texts(
            name, _without_durations(name, content), passed_over=_of_the_theme()
        )
        for said in guarded.found_in(text)
    ]
    for name, text in (texts or {}).items():
        found += [Problem(said, name, _REWORD) for said in guarded.found_in(text)]
    return found


def _without_durations(name: str, content: bytes) -> bytes:
    """Return the build record without the seconds it took, which equal a value only by chance."""
    if name != _BUILD_RECORD:
        return content
    record = json.loads(content)
    return json.dumps(record | {"seconds": {}}, ensure_ascii=False).encode()


@cache
def _of_the_theme() -> frozenset[str]:
    """Return the sha256 of the scripts and styles that the theme brings, which say nothing."""
    specs = (find_spec(name) for name in _THEME)
    places = [place for spec in specs if spec for place in spec.submodule_search_locations or ()]
    return frozenset(sha for place in places for sha in digests_of(Path(place)).values())
