"""What Sphinx said while it compiled: which page it is of, and the problem to be told."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from click import unstyle

from planbook.errors import PagesRefused, Problem, ProblemsFound
from planbook.produce.notebooks.cell_names import page_cell_name
from planbook.produce.site.sources_read import plain
from planbook.produce.site.sphinx_words import in_chinese

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

LINES_A_CELL = 10_000  # MyST-NB counts the lines of a notebook's cell n from here, n times
_LEVEL = "(?:WARNING|ERROR|CRITICAL)"
_PLACE = re.compile(rf"^(?P<file>.*?\.(?:md|ipynb|yml))(?::(?P<line>\d*))?: {_LEVEL}: (?P<what>.*)")
_BEFORE = re.compile(rf"^[^\n]*?{_LEVEL}: ")
_BEGINS = re.compile(rf"{_LEVEL}: ")
_LEADS_NOWHERE = re.compile(  # Sphinx 7 does not say of which kind a message is
    r"\[(?:myst\.xref_\w+|ref\.\w+)\]\s*$|"
    r"^(?:undefined label|unknown document|term not in|equation not found|.*target not found):? "
)
_REMEDY = "改正后重新生成"
_OF_CONTENTS = "[etoc.ref]"  # told of the page that links it, but what is wrong stands in _toc.yml
_TITLE = "在开头写「# 标题」；笔记本写在第一个 Markdown 单元格中"
_UNTITLED = re.compile(r"document '([^']+)' that doesn't have a title")  # told of whoever links it
_SUBJECT = "编译网页（已有的书未改动）"


@dataclass(frozen=True)
class Message:
    """A warning or an error, and the source it is of as the folder of the book calls it."""

    what: str
    file: str = ""
    line: int = 0
    fix: str = ""

    @property
    def leads_nowhere(self) -> bool:
        """Whether it tells of a link whose target is not there."""
        return bool(_LEADS_NOWHERE.search(self.what))

    def problem(self, root: Path) -> Problem:
        """Return what is to be told of it."""
        place = self._place(root) if self.file else "_config.yml、_toc.yml 或主题"
        what, fix = in_chinese(self.what, "页面的写法有误" if self.file else "编译网页时出错")
        return Problem(what, place, self.fix or fix or _REMEDY)

    def _place(self, root: Path) -> str:
        """Return the place in a page of the book; of a notebook, the cell its author knows."""
        if self.file.endswith(".ipynb"):
            try:
                page = json.loads((root / self.file).read_bytes())
                return page_cell_name(page, self.line // LINES_A_CELL - 1, self.file)
            except (OSError, ValueError):
                pass  # no notebook: its line says more
        return f"{self.file}:{self.line}" if self.line else self.file


def messages(said: str, root: Path) -> Iterator[Message]:
    """Yield Sphinx's messages; one may run over several lines."""
    found: list[str] = []
    for line in unstyle(said).replace(f"{root}{os.sep}", "").splitlines():
        if _PLACE.match(line) or _BEGINS.match(line) or not found:
            found.append(line)
        else:
            found[-1] += f"\n  {line}"
    for text in filter(str.strip, found):
        match = _PLACE.match(text)
        if untitled := _UNTITLED.search(text):
            yield Message("没有标题，目录和链接中没有可用的名称", untitled[1], fix=_TITLE)
        elif match is None or _OF_CONTENTS in text:
            yield Message(_BEFORE.sub("", text))
        else:
            what = match["what"] + text[match.end() :]
            yield Message(what, plain(match["file"]), int(match["line"] or 0))


def _pages_of(file: str, env: BuildEnvironment) -> list[str]:
    """Return the sources of the pages that a file is, or is part of."""
    own = {name: plain(env.doc2path(name, base=False)) for name in env.found_docs}
    if file in own:  # told by its name
        return [own[file]]
    if file in own.values():
        return [file]
    parts = ((name, env.dependencies.get(name, ())) for name in own)
    return [own[name] for name, several in parts if file in map(plain, several)]


def refusal(
    told: Sequence[Message], app: Sphinx | None, root: Path, replaced: Set[str] = frozenset()
) -> ProblemsFound:
    """Return the error of what was told: of pages, where each is of one that is not `replaced`."""
    found: dict[Path, list[Problem]] = {}
    for message in dict.fromkeys(told):
        pages = _pages_of(message.file, app.env) if app and message.file else []
        if not pages or replaced & {*pages}:
            return ProblemsFound(_SUBJECT, [each.problem(root) for each in told])
        for page in pages:
            found.setdefault(root / page, []).append(message.problem(root))
    return PagesRefused(_SUBJECT, found)
