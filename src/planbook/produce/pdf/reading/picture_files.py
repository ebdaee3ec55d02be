"""Pictures that a text shows: from its page, where they were taken into it, or from a file."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.pdf_charts import FORMATS, set_picture
from planbook.produce.pdf.setting.tabular import UPRIGHT

_DATA = re.compile(r"data:image/(png|jpeg|gif|svg)(?:\+xml)?;base64,(.*)", re.DOTALL)
_WIDTH = re.compile(r"(\d+(?:\.\d+)?)\s*(%|px|pt|cm|mm|in)?")
_POINTS = {"px": 0.75, "": 0.75, "pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0}


def picture_file(
    address: str,
    alt: str,
    galley: Galley,
    *,
    width: str = "",
    caption: str = "",
    inline: bool = False,
) -> str:
    """Return a picture, by its address in the text, as an expression; `inline`: within a line."""
    held = _DATA.fullmatch(galley.pictures.get(address, address))
    kind = FORMATS[f".{held[1]}"] if held else FORMATS.get(Path(address).suffix.lower(), "")
    if not kind:
        return galley.problem(f"不支持的图片格式：{address[:60]}", "改用 PNG、JPEG、GIF 或 SVG")
    data = base64.b64decode(held[2]) if held else _file(address, galley)
    if data is None:
        return galley.problem(f"找不到图片：{address}", "路径从所在页面的文件夹写起")
    return sized_picture(data, kind, alt, galley, width=width, caption=caption, inline=inline)


def sized_picture(
    data: bytes,
    kind: str,
    alt: str,
    galley: Galley,
    *,
    width: str = "",
    caption: str = "",
    inline: bool = False,
) -> str:
    """Return a picture as wide as its author wants it, but no wider than the page."""
    wanted = _WIDTH.fullmatch(width.strip())
    if width and wanted is None:
        return galley.problem(f"图片宽度「{width}」无法使用", "写成百分数或像素，如 80%、300px")
    if wanted and wanted[2] == "%":
        width = f"{min(float(wanted[1]), 100):g}%"
    elif wanted:
        width = f"{min(float(wanted[1]) * _POINTS[wanted[2] or ''], UPRIGHT):g}pt"
    return set_picture(data, kind, alt, galley, width=width, caption=caption, inline=inline)


def _file(address: str, galley: Galley) -> bytes | None:
    return galley.notes.file(galley.base / address) if galley.base is not None else None
