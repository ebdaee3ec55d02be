"""What a file says to whoever opens it: the text of pages, data, drawings, PDFs and archives.

Turns bytes into lines: a row of a table is a line, its cells are divided by tabs. What a drawing
says by its shapes and a photograph shows is not read.
"""

from __future__ import annotations

import html
import io
import re
import tarfile
import zipfile
from collections.abc import Iterator

import pypdfium2

_MARKUP = (".html", ".svg", ".xml")
_TAG = re.compile(r"<[^<>]*>")
_LINE_ENDS = re.compile(
    r"</?(?:p|div|li|tr|h[1-6]|section|article|row|si|text|title|table)\b[^<>]*>"
)
_CELL_ENDS = re.compile(r"</(?:td|th|dt|dd|c|v)>")
_ATTRIBUTE = re.compile(r'\s([\w:-]+)="([^"]*)"')
_SHAPE = re.compile(  # attributes that draw, and names for style sheets
    r"d|points|transform|[xy][12]?|c[xy]|d[xy]|r[xy]?|width|height|viewBox|id|class|style|s"
)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|n)")


def file_texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield where and what a file says; an archive holds several files."""
    if content.startswith(b"%PDF-"):
        yield name, _pdf_text(content)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from file_texts(f"{name}：{member}", archive.read(member))
    elif content.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            for entry in archive:
                held = archive.extractfile(entry)
                if held is not None:
                    yield from file_texts(f"{name}：{entry.name}", held.read())
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return  # a picture or a font
        yield name, _markup_text(text) if name.endswith(_MARKUP) else _unescaped(text)


def _pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _unescaped(text: str) -> str:
    """Return JSON or a script with its characters as they are."""
    return _ESCAPED.sub(lambda found: chr(int(found[1] or "a", 16)), text)


def _markup_text(markup: str) -> str:
    """Return the text of markup, and below it what its attributes say."""
    told = (
        value
        for tag in _TAG.findall(markup)
        if '="' in tag
        for name, value in _ATTRIBUTE.findall(tag)
        if value and not _SHAPE.fullmatch(name)
    )
    lined = _CELL_ENDS.sub("\t", _LINE_ENDS.sub("\n", markup))
    return html.unescape("\n".join((_TAG.sub("", lined), *told)))
