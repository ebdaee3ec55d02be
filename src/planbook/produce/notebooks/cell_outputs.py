"""What the book has of a cell's outputs, and which of them one of the media could not show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from click import unstyle
from markdown_it import MarkdownIt
from nbformat import NotebookNode
from nbformat.v4 import new_output

from planbook.present.numbers import ABSENT
from planbook.present.tables.table import MIME
from planbook.produce.markdown_rules import without_comments
from planbook.produce.notebooks.error_stream import is_progress, warning_in
from planbook.produce.notebooks.held_pictures import is_picture
from planbook.produce.notebooks.tags import Intent

Wrong = tuple[str, str]  # what, and the remedy

PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
_SHOWN = {MIME, *PICTURES, "text/html", "text/markdown", "text/latex", "text/plain"}
_ALIVE = re.compile(r"<(?:script|iframe|object|embed|video|audio|canvas)\b", re.IGNORECASE)
_STYLER = re.compile(r'(?<=<table id=")T_[0-9a-f]{5}\b')
_FRAME = '<table border="1" class="dataframe">'
_MISSING = re.compile(r"(?<=<td>)(?:NaN|NaT|None|&lt;NA&gt;)(?=</td>)")
_RETURNED = re.compile(r"[^\n]*\r(?!\n)")  # what the rest of its line is written over
_FILE = re.compile(r"^File (.+?)(?=:\d+)", re.MULTILINE)
_ENDS = ("softbreak", "hardbreak")  # of lines
_WHERE_TO_GIVE_ALT = (
    "用 planbook.chart(图, title=\"…\", unit=\"…\", source=\"…\", alt=\"…\") 显示；只要替代文字的，"
    "在单元格的元数据中写 \"mystnb\": {\"image\": {\"alt\": \"…\"}}，"
    "或者 display(图, metadata={\"alt\": \"…\"})"
)  # fmt: skip
_INTERACTIVE = {  # by a word in their types or HTML
    "plotly": "plotly 的交互图",
    "vega": "altair 的交互图",
    "bokeh": "bokeh 的交互图",
    "widget": "控件（ipywidgets）",
    "": "脚本或嵌入的网页",
}
_MADE_AGAIN = (
    "在 JupyterLab 中重新运行该单元格；自己给出图片内容的，核对格式和 base64 编码；"
    "不重新运行的（skip-execution），清除输出后另存图片，用 ![替代文字](路径) 显示"
)
_INSTEAD = (
    "用 planbook.chart 画同样的数（数据框、matplotlib、seaborn 的图都可以），各数在图下的数据表中；"
    "只供自己看的，加标签 remove-output"
)


def outputs_of(
    cell: NotebookNode, wanted: Intent, mystnb: Mapping[str, Any]
) -> tuple[list[NotebookNode], list[Wrong]]:
    """Return the outputs as the book has them, and what is wrong with them, each with a remedy.

    Each picture has its alternative text in ``metadata["alt"]``: its own, that of the cell, or the
    caption of its figure. An error is text from here on: a cell may show one if it is tagged so.
    """
    caption = _read_aloud(str(mystnb.get("figure", {}).get("caption", "")))
    words = mystnb.get("image", {}).get("alt") or caption
    found, wrong = [], []
    for output in cell.outputs if wanted.outputs else ():
        if output.output_type == "stream" and output.name not in wanted.streams:
            continue
        if _is_progress(output):
            continue
        is_error = output.output_type == "error"
        kept = _as_text(output, cell, wanted) if is_error else _lasting(output, cell.id)
        problem = _wrong(kept, str(words).strip())
        wrong += [problem] if problem else []
        found += [] if output.get("name") == "stderr" else [kept]
    return found, wrong


def _read_aloud(caption: str) -> str:
    """Return a caption's words without the marks of Markdown."""
    (inline,) = MarkdownIt().parseInline(caption)
    return "".join(part.content or " " * (part.type in _ENDS) for part in inline.children or ())


def _lasting(output: NotebookNode, cell: str) -> NotebookNode:
    """Return an output without comments, and without what differs from run to run.

    pandas names a `Styler` at random. What a data frame does not have is no NaN to readers.
    """
    kept = NotebookNode({key: value for key, value in output.items() if key != "transient"})
    if output.output_type == "stream":
        kept["text"] = _RETURNED.sub("", output.text)
    if output.output_type == "execute_result":
        kept["execution_count"] = None
    said = str(output.get("data", {}).get("text/html", ""))
    page = without_comments(said)
    for number, name in enumerate(dict.fromkeys(_STYLER.findall(page)), start=1):
        page = page.replace(name, f"T_{cell}_{number}")
    if _FRAME in page:
        page = _MISSING.sub(ABSENT, page)
    if page != said:
        kept["data"] = NotebookNode(kept["data"], **{"text/html": page})
    return kept


def _as_text(error: NotebookNode, cell: NotebookNode, wanted: Intent) -> NotebookNode:
    """Return an error with the code that the book shows of this cell, and no other code."""
    own = f"Cell In[{cell.execution_count}]," if wanted.code else None
    frames = (unstyle(frame) for frame in error.traceback)
    told = (_place_alone(frame) if _is_of_code(frame, own) else frame for frame in frames)
    said = _FILE.sub(_shortened, "\n".join(told))
    about = {"planbook": {"kind": "traceback"}}
    made: NotebookNode = new_output("display_data", {"text/plain": said}, metadata=about)
    return made


def _is_of_code(frame: str, own: str | None) -> bool:
    return frame.startswith(("Cell In[", "File ")) and (own is None or not frame.startswith(own))


def _place_alone(frame: str) -> str:
    return frame.partition("\n")[0]


def _shortened(file: re.Match[str]) -> str:
    """Return a file of a traceback without the folders of this computer."""
    _, library, below = file[1].replace("\\", "/").rpartition("-packages/")
    return f"File {below if library else below.rpartition('/')[2]}"


def _wrong(output: NotebookNode, words: str) -> Wrong | None:
    """Give a picture its alternative text; return what is wrong with an output, and the remedy."""
    if output.output_type == "stream":
        said = warning_in(output.text) if output.name == "stderr" else ""
        fix = "在 JupyterLab 中运行该单元格，消除警告；与读者无关的，加标签 remove-stderr"
        return (f"单元格输出了警告：{said}", fix) if said else None
    if "kind" in output.metadata.get("planbook", {}):
        return None  # ours
    return _wrong_data(output, words)


def _is_progress(output: NotebookNode) -> bool:
    """Tell of a widget whether it is a progress bar; one that is printed is in no page anyway."""
    data = output.get("data", {})
    is_widget = any("widget" in kind for kind in data)
    return is_widget and is_progress(str(data.get("text/plain", "")))


def _wrong_data(output: NotebookNode, words: str) -> Wrong | None:
    data = output.data
    page = str(data.get("text/html", ""))
    picture = next((kind for kind in PICTURES if kind in data), None)
    alive = bool(_ALIVE.search(page))
    still = picture or "text/markdown" in data or (page and not alive)
    unknown = sorted(set(data) - _SHOWN)
    if (alive or unknown) and not still:
        return _not_still(unknown, page)
    for kind in [*unknown, *(["text/html"] if alive else [])]:  # the same in both media
        del data[kind]
    if picture:
        places = (output.metadata, *map(output.metadata.get, (picture, "planbook")))
        own = next((place["alt"] for place in places if place and place.get("alt")), "")
        output.metadata["alt"] = str(own or words).strip()
        if not output.metadata["alt"]:
            return "图没有替代文字", _WHERE_TO_GIVE_ALT
    broken = next((k for k in PICTURES if k in data and not is_picture(data[k], k)), None)
    return (f"输出的图片（{broken}）读不出", _MADE_AGAIN) if broken else None


def _not_still(unknown: list[str], page: str) -> Wrong:
    """Return what is said of what only a program in a browser could show."""
    said = " ".join((*unknown, page)).lower()
    word = next(word for word in _INTERACTIVE if word in said)
    if word or page:
        return f"输出是{_INTERACTIVE[word]}，离线的网页和纸上都显示不出", _INSTEAD
    return f"输出是{'、'.join(unknown)}，书中显示不出", _INSTEAD
