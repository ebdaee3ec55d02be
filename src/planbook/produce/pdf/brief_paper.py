"""The brief of an edition as a document to be printed, and the origin that its Word file tells."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.charts.expected_strip import Strip
from planbook.present.pages.brief import Brief, Briefed, Points
from planbook.present.pages.fragments import BRIEF
from planbook.present.prose import Heading, dateline
from planbook.produce.pdf.setting.document import Chart, Document, Part, Running, Shown
from planbook.produce.word.issued import Issued


def brief_document(brief: Brief, running: Running, name: str = BRIEF) -> Document:
    """Return a brief as a PDF's document; `name` says what kind of paper it is."""
    content = (Heading(1, brief.title), dateline(brief.dateline), *map(_shown, brief.content))
    title = f"{brief.title}（{name}）"
    return Document(title, (Part("brief", name, content, source=None),), running, dense=True)


def issued(book: Book, running: Running) -> Issued:
    """Return who issues the brief, and the foot of its Word file."""
    marks = [
        "示例数据" if running.demonstration else "",
        "内部版" if running.confidential else "",
        f"据{running.book}{running.edition}版（数据指纹 {running.data_hash}）",
        "修改后以原书为准",
    ]
    author = book.dataset.prepared_by or book.plan.about.issuer
    return Issued(author, running.as_of, "　".join(filter(None, marks)))


def brief_word(brief: Brief, about: Issued) -> bytes:
    """Return the brief as a Word file."""
    from planbook.produce.word.brief_docx import brief_docx  # noqa: PLC0415 - only where it is made

    return brief_docx(brief, about)


def _shown(item: Briefed) -> Shown:
    match item:
        case Strip(svg, alt):
            return Chart("", svg, alt)
        case Points():
            return item.prose
        case _:
            return item
