"""What the book has of a cell's outputs, and which of them one of the media could not show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

from planbook.present.tables.table import MIME
from planbook.produce.notebooks.tags import Intent

Wrong = tuple[str, str]  # what, and the remedy

PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
_SHOWN = {MIME, *PICTURES, "text/html", "text/markdown", "text/latex", "text/plain"}
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_STYLER = re.compile(r'(?<=<table id=")T_[0-9a-f]{5}\b')
_FROM = re.compile(r"^\S.*?\.py:\d+: (?=\w+Warning: )")  # in which file of a library or kernel
_MARKS = re.compile(r"[*_`]")  # of Markdown
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WHERE_TO_GIVE_ALT = (
    "在单元格的元数据中写 \"mystnb\": {\"image\": {\"alt\": \"…\"}}，"
    "或者 display(图, metadata={\"alt\": \"…\"})"
)  # fmt: skip


def outputs_of(
    cell: NotebookNode, wanted: Intent, mystnb: Mapping[str, Any]
) -> tuple[list[NotebookNode], list[Wrong]]:
    """Return the outputs as the book has them, and what is wrong with them, each with a remedy.

    Each picture has its alternative text in ``metadata["alt"]``: its own, that of the cell, or the
    caption of its figure. An error is text from here on: a cell may show one if it is tagged so.
    """
    caption = _MARKS.sub("", str(mystnb.get("figure", {}).get("caption", "")))
    words = mystnb.get("image", {}).get("alt") or caption
    found, wrong = [], []
    for output in cell.outputs if wanted.outputs else ():
        if output.output_type == "stream" and output.name not in wanted.streams:
            continue
        kept = _as_text(output) if output.output_type == "error" else _lasting(output, cell.id)
        problem = _wrong(kept, str(words).strip())
        wrong += [problem] if problem else []
        found.append(kept)
    return found, wrong


def _lasting(output: NotebookNode, cell: str) -> NotebookNode:
    """Return an output without what differs from run to run; pandas names a `Styler` at random."""
    kept = NotebookNode({key: value for key, value in output.items() if key != "transient"})
    if output.output_type == "execute_result":
        kept["execution_count"] = None
    page = str(output.get("data", {}).get("text/html", ""))
    for number, name in enumerate(dict.fromkeys(_STYLER.findall(page)), start=1):
        page = page.replace(name, f"T_{cell}_{number}")
        kept["data"] = NotebookNode(kept["data"], **{"text/html": page})
    return kept


def _as_text(error: NotebookNode) -> NotebookNode:
    said = _COLOUR.sub("", "\n".join(error.traceback))
    about = {"planbook": {"kind": "traceback"}}
    made: NotebookNode = new_output("display_data", {"text/plain": said}, metadata=about)
    return made


def _wrong(output: NotebookNode, words: str) -> Wrong | None:
    """Give a picture its alternative text; return what is wrong with an output, and the remedy."""
    if output.output_type == "stream":
        if output.name != "stderr":
            return None
        said = _COLOUR.sub("", output.text).strip().splitlines()
        return (
            f"单元格输出了警告：{_FROM.sub('', said[0]) if said else ''}",
            "在 JupyterLab 中运行该单元格，消除警告；与读者无关的，加标签 remove-stderr",
        )
    if "kind" in output.metadata.get("planbook", {}):
        return None  # ours
    return _wrong_data(output, words)


def _wrong_data(output: NotebookNode, words: str) -> Wrong | None:
    data = output.data
    page = str(data.get("text/html", ""))
    picture = next((kind for kind in PICTURES if kind in data), None)
    scripts = bool(_SCRIPT.search(page))
    still = picture or "text/markdown" in data or (page and not scripts)
    unknown = sorted(set(data) - _SHOWN)
    if (scripts or unknown) and not still:
        what = "脚本（交互的图）" if scripts else "、".join(unknown)
        return (
            f"输出是{what}，印不到纸上",
            "另给静态的图（image/svg+xml 或 image/png）；不刊出的，加标签 remove-output",
        )
    for kind in unknown:
        del data[kind]
    if picture:
        places = (output.metadata, *map(output.metadata.get, (picture, "planbook")))
        own = next((place["alt"] for place in places if place and place.get("alt")), "")
        output.metadata["alt"] = str(own or words).strip()
        if not output.metadata["alt"]:
            return "图没有替代文字", _WHERE_TO_GIVE_ALT
    return None
