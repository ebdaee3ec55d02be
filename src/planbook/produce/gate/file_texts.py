"""What a file says to whoever opens it: the text of pages, data, drawings, PDFs and archives.

Turns bytes into lines: a row of a table is a line, its cells are divided by tabs. What a drawing
says by its shapes and a photograph shows is not read.
"""

from __future__ import annotations

import csv
import html
import io
import re
import tarfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import suppress

import pypdfium2

from planbook.made_of import sha256

_MARKUP = (".html", ".svg", ".xml")
_TAG = re.compile(r"<[^<>]*>")
_LINE_ENDS = re.compile(
    r"</?(?:w:)?(?:p|div|li|tr|h[1-6]|section|article|row|si|text|title|table)\b[^<>]*>"
)
_CELL_ENDS = re.compile(r"</(?:td|th|dt|dd|c|v|w:tc)>")
_ATTRIBUTE = re.compile(r'\s([\w:-]+)="([^"]*)"')
_SHAPE = re.compile(  # attributes that draw, and names for style sheets
    r"d|points|transform|[xy][12]?|c[xy]|d[xy]|r[xy]?|width|height|viewBox|id|class|style|s"
)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|n)")


def file_texts(
    name: str, content: bytes, passed_over: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield where and what a file says; an archive holds several files.

    A file whose sha256 is among `passed_over` says nothing.
    """
    members = _members(content)
    if members is not None:
        for member, held in members:
            yield from file_texts(f"{name}：{member}", held, passed_over)
    elif content.startswith(b"%PDF-"):
        yield name, _pdf_text(content)
    elif sha256(content) not in passed_over:
        with suppress(UnicodeDecodeError):  # a picture or a font
            yield name, _text(name, content.decode("utf-8-sig"))


def _members(content: bytes) -> Iterator[tuple[str, bytes]] | None:
    """Return the names and contents of an archive's files; ``None``: it is no archive."""
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    return _tarred(content) if content.startswith(b"\x1f\x8b") else None


def _zipped(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            yield member, archive.read(member)


def _tarred(content: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content), encoding="utf-8") as archive:
        for entry in archive:
            held = archive.extractfile(entry)
            if held is not None:
                yield entry.name, held.read()


def _text(name: str, text: str) -> str:
    if name.endswith(_MARKUP):
        return _markup_text(text)
    if name.endswith(".csv"):
        return "\n".join(map("\t".join, csv.reader(io.StringIO(text))))
    return _unescaped(text)


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
