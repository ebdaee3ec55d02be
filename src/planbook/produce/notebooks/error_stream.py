"""What cells print to the error stream, which is for whoever runs them and never for readers.

A warning of Python's may mean that what is shown is wrong, so it stops the page until its author
has looked. One that only tells what a library will do in later versions, or of a workbook's looks,
does not: today's result is right. It is told to whoever builds, as messages of `logging` are.
Progress bars are told to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from click import unstyle
from nbformat import NotebookNode

from planbook.produce.notebooks.tags import intent

_BAR = re.compile(r"\d+%\||\d+(?:it|B)? \[\d+:\d\d|(?:Float|Int)Progress\(")  # as tqdm draws one
_OF_BARS = re.compile(r"^.*TqdmWarning: .*\n(?:  .*\n)?", re.MULTILINE)  # that they could be nicer
_WARNING = re.compile(r"^\S.*?:\d+: (?P<said>\w*Warning: .*)$", re.MULTILINE)
_HARMLESS = re.compile(
    r"\w*(?:Deprecation|Future)\w*Warning: |Pandas\d+Warning: |"
    r"UserWarning: (?:.* extension is not supported and will be removed|"
    r"Workbook contains no default style|Cannot parse header or footer)"
)
_SHOWN = 60  # characters of a message


def is_progress(text: str) -> bool:
    """Tell whether a text is nothing but a progress bar."""
    return bool(_BAR.search(text)) and not _said(text)


def warning_in(text: str) -> str:
    """Return the first warning of Python's without the file that it names; empty: there is none.

    What concerns later versions only, or looks of a workbook, is none.
    """
    found = (match["said"] for match in _WARNING.finditer("\n".join(_said(text))))
    return next((said for said in found if not _HARMLESS.match(said)), "")


def messages(executed: NotebookNode) -> Iterator[tuple[int, str]]:
    """Yield, by the index of its cell, what is told of each that prints messages."""
    for index, cell in enumerate(executed.cells):
        if cell.cell_type != "code" or not _is_asked(cell):
            continue
        text = "".join(o.text for o in cell.outputs if o.get("name") == "stderr")
        said = [] if warning_in(text) else _said(text)
        if said:
            warned = _WARNING.fullmatch(said[0])
            line = warned["said"] if warned else said[0]  # the file has another name each time
            line = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
            yield index, f"在错误输出（stderr）中写了「{line}」，书中不刊出"


def _is_asked(cell: NotebookNode) -> bool:
    wanted = intent(cell)
    return wanted.outputs and "stderr" in wanted.streams


def _said(text: str) -> list[str]:
    """Return the lines that are no progress bars."""
    plain = _OF_BARS.sub("", unstyle(text))
    lines = re.split(r"[\r\n]", plain)
    return [line for line in lines if line.strip() and not _BAR.search(line)]
