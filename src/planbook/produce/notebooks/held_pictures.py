"""Pictures that Markdown shows: pasted ones and files beside the notebook, taken into the page.

JupyterLab looks for them in the notebook's folder and among a cell's attachments, a page in its
own. So their bytes go with the page, by the address that the text has for them.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from nbformat import NotebookNode
from PIL import Image

from planbook.produce.markdown_rules import book_config, parser

ATTACHMENT = "attachment:"
FORMATS = (".png", ".jpg", ".jpeg", ".gif", ".svg")
_DIRECTIVE = re.compile(r"^\{([^}]+)\}\s*(.*)$")
_ALT = re.compile(r"^:alt:[ \t]*(\S.*)$", re.MULTILINE)
_SVG = "image/svg+xml"
_WEB = re.compile(r"(?:https?:)?//")


@dataclass(frozen=True)
class Shown:
    """A picture in a text: its address as typed, its alternative text, whether it can be shown."""

    address: str
    alt: str
    simple: bool = True


class Unusable(ValueError):
    """A picture that the book cannot show: what is wrong, and the remedy."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


def read(text: str) -> list[Token]:
    """Return a Markdown text as the book reads it."""
    return _parser().parse(text, {})


def shown_in(tokens: Sequence[Token]) -> Iterator[Shown]:
    """Yield the pictures of a text, in directives and HTML too."""
    for token in tokens:
        if token.type == "image":
            yield Shown(unquote(str(token.attrs.get("src", ""))), token.content)
        elif token.type in {"html_block", "html_inline"}:
            yield from _in_html(token.content)
        elif token.type in {"fence", "colon_fence"} and (found := _DIRECTIVE.match(token.info)):
            if found[1] in {"figure", "image"}:
                alt = _ALT.search(token.content)
                yield Shown(found[2].strip(), alt[1] if alt else "")
            elif found[1] not in {"code", "code-block", "math", "include"}:
                yield from shown_in(read(token.content))
        if token.children:
            yield from shown_in(token.children)


def data_of(address: str, cell: NotebookNode, folder: Path) -> str:
    """Return a picture's bytes as a ``data:`` address; `folder` is the notebook's.

    Raises
    ------
    Unusable
        If there is no such picture, or it lies on the web, or no medium can show its format.
    """
    if _WEB.match(address):
        raise Unusable(f"图片在网上：{address}", "存到笔记本旁边，写相对路径")
    if address.startswith(ATTACHMENT):
        bundle = cell.get("attachments", {}).get(address.removeprefix(ATTACHMENT), {})
        kinds = [kind for kind in bundle if kind in map(_kind, FORMATS)]
        if not kinds:
            what = f"单元格没有附件 {address.removeprefix(ATTACHMENT)}" if not bundle else (
                f"不支持的图片格式：{'、'.join(bundle)}"
            )  # fmt: skip
            raise Unusable(what, "删去这一处，在 JupyterLab 中重新粘贴 PNG 或 JPEG 图片")
        coded = "".join(str(bundle[kinds[0]]).split())
        if not is_picture(coded, kinds[0]):
            what = f"附件 {address.removeprefix(ATTACHMENT)} 不是能读出的图片"
            fix = "删去这一处，在 JupyterLab 中重新粘贴 PNG 或 JPEG 图片"
            raise Unusable(what, fix)
        return f"data:{kinds[0]};base64,{coded}"
    path = folder / address
    if path.suffix.lower() not in FORMATS:
        raise Unusable(f"不支持的图片格式：{address}", "改用 PNG、JPEG、GIF 或 SVG")
    try:
        content = path.read_bytes()
    except OSError:
        raise Unusable(f"找不到图片：{address}", "路径从笔记本所在的文件夹写起") from None
    kind = _kind(path.suffix.lower())
    if not _is_of_kind(content, kind):
        raise Unusable(f"图片读不出：{address}", "用看图软件打开检查，另存为 PNG")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def is_picture(data: object, kind: str) -> bool:
    """Tell whether an output's data, an attachment's or an address's are a picture of a kind.

    SVG may be typed as it is; all else is base64.
    """
    if not isinstance(data, str):
        return False
    if kind == _SVG and data.lstrip().startswith("<"):
        return _is_of_kind(data.encode(), kind)
    try:
        return _is_of_kind(base64.b64decode("".join(data.split()), validate=True), kind)
    except ValueError:
        return False


def is_picture_address(address: str) -> bool:
    """Tell whether a ``data:`` address holds a picture that both media can show."""
    about, _, data = address.partition(",")
    kind, _, how = about.removeprefix("data:").partition(";")
    return kind in map(_kind, FORMATS) and how == "base64" and is_picture(data, kind)


def _is_of_kind(content: bytes, kind: str) -> bool:
    """Tell whether it can be read as what it says it is; one of the media would stop at it."""
    try:
        if kind == _SVG:
            ElementTree.fromstring(content)
            return True
        formats = [kind.removeprefix("image/")]
        with Image.open(BytesIO(content), formats=formats) as picture:
            picture.verify()  # to its end; what is drawn may seem whole before
        with Image.open(BytesIO(content), formats=formats) as picture:
            picture.load()
    except Exception:  # noqa: BLE001 - whatever a reader of pictures raises
        return False
    return True


def _kind(suffix: str) -> str:
    return mimetypes.types_map[suffix]


def _in_html(text: str) -> Iterator[Shown]:
    if "<img" not in text.lower():
        return
    found = BeautifulSoup(text, "html.parser")
    pictures = found.find_all("img")
    alone = len(found.find_all()) == len(pictures) and not found.get_text().strip()
    for picture in pictures:
        yield Shown(unquote(str(picture.get("src", ""))), str(picture.get("alt", "")), alone)


@cache
def _parser() -> MarkdownIt:
    return parser(book_config(), RendererHTML)
