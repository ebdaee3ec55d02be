"""A document into a PDF: every part into Typst, Typst into a PDF, the PDF read back."""

from __future__ import annotations

from planbook.errors import ProblemsFound
from planbook.produce.pdf.compiler import compiled
from planbook.produce.pdf.proof import proof_read
from planbook.produce.pdf.reading.set_part import chapter, set_part
from planbook.produce.pdf.setting.document import Cover, Document, Part, Running, Typeset
from planbook.produce.pdf.setting.galley import Galley, Notes, known_places
from planbook.produce.pdf.setting.typst_code import array, call, literal


def typeset(document: Document) -> Typeset:
    """Return the document as a tagged PDF (PDF/UA-1), the same bytes for the same input.

    Raises
    ------
    ProblemsFound
        With everything that cannot be set, by notebook and cell: constructs that are not known,
        charts without alternative text, tables that fit no page; or with what is wrong in the
        finished PDF.
    """
    notes = Notes()
    chapters = []
    for part in document.parts:
        galley = Galley.begun(part, document.running, notes)
        chapters.append(chapter(galley, set_part(galley)))
    front = _front(document, notes)
    if notes.problems:
        raise ProblemsFound(f"《{document.title}》的 PDF ", notes.problems)
    source = "\n".join(["#{", _places(notes), *front, *map(_scoped, chapters), "})}"])
    pdf = compiled(source, notes.pictures, document.running.as_of)
    pages, problems = proof_read(pdf, notes.shown)
    if problems:
        raise ProblemsFound(f"《{document.title}》的 PDF ", problems)
    return Typeset(pdf, pages, tuple(notes.warnings), notes.read)


def _scoped(body: str) -> str:
    return body if body.startswith("{") else "{" + body + "}"


def _places(notes: Notes) -> str:
    places = known_places(notes)
    pairs = ", ".join(f"{literal(key)}: {literal(label)}" for key, label in places.items())
    return f"let known = ({pairs or ':'})"


def _front(document: Document, notes: Notes) -> list[str]:
    """Return what opens the document: its settings, cover and contents."""
    running = document.running
    day = running.as_of
    galley = Galley(Part("", document.title, ()), running, notes, "书名和页眉", None)
    title, everywhere = literal(galley.printable(document.title)), _running(running, galley)
    lines = [_cover(document.cover, galley.at("封面"))] if document.cover else []
    if document.contents:
        lines.append("contents(running)")
    opened = call(
        "report",
        title=title,
        running="running",
        date=f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
        rare=literal("".join(sorted(notes.rare))) if notes.rare else "none",
    )
    if document.dense:  # its dateline names the book: in its head a long name would not fit
        lines[:0] = [
            "show: on-one-page",
            "let captioned-table = close-table",
            'let running = (..running, book: "")',
        ]
    return [f"let running = {everywhere}", f"{opened[:-1]}, {{", *lines]


def _running(running: Running, galley: Galley) -> str:
    return (
        f"(book: {literal(galley.printable(running.book))}, edition: {literal(running.edition)}, "
        f"data-hash: {literal(running.data_hash)}, "
        f"demonstration: {'true' if running.demonstration else 'false'}, "
        f"confidential: {'true' if running.confidential else 'false'})"
    )


def _cover(cover: Cover, galley: Galley) -> str:
    lines = array(galley.text(line) for line in cover.lines)
    return call(
        "cover", galley.text(cover.title), lines, galley.text_or_none(cover.issuer), "running"
    )
