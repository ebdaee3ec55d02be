"""A part as Typst: a notebook cell by cell, with code that readers see, or a pack's sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from click import unstyle
from nbformat import NotebookNode

from planbook.present.prose import Prose
from planbook.produce.notebooks.cell_names import page_cell_name
from planbook.produce.pdf.reading.blocks import MarkdownSetter
from planbook.produce.pdf.reading.outputs import set_bundle, set_shown
from planbook.produce.pdf.setting.document import Shown
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.listing import set_listing
from planbook.produce.pdf.setting.tabular import TURNED_PAGE, WIDE
from planbook.produce.pdf.setting.typst_code import call, joined

# A heading below the chapter's with one paragraph of words at most, or such a paragraph.
_LEAD = re.compile(
    r"\s*(?P<heading>#{2,6} [^\n]+)?\s*(?P<words>^[^\s\d#>|:`*+\-<!$~(\[{][^\n]*)?\s*", re.M
)


def set_part(galley: Galley) -> str:
    """Return the part that the galley is at the beginning of as an expression."""
    setter = MarkdownSetter(galley.part.title)
    pieces: list[str] = []
    for piece in _pieces(galley, setter):
        pieces.append(piece)
        if setter.level == 0 and piece:
            pieces.insert(0, setter.opened(galley))
    if setter.level == 0:
        pieces.insert(0, setter.opened(galley))
    return joined(pieces)


def _pieces(galley: Galley, setter: MarkdownSetter) -> Iterator[str]:
    content = galley.part.content
    if isinstance(content, tuple):
        return _items(content, galley, setter)
    return _cells(content, galley, setter)


def _items(content: tuple[Shown, ...], galley: Galley, setter: MarkdownSetter) -> Iterator[str]:
    """Yield what is shown; text that leads to a formula stays on its page."""
    following = (*content[1:], None)
    for number, (item, after) in enumerate(zip(content, following, strict=True), start=1):
        here = galley.at(f"{galley.part.id} 第{number}处") if len(content) > 1 else galley
        piece = set_shown(item, here, setter)
        yield call("held", piece) if isinstance(item, Prose) and _holds(after) else piece


def _holds(after: Shown | None) -> bool:
    return isinstance(after, Prose) and after.text.startswith("```")


def _cells(notebook: NotebookNode, galley: Galley, setter: MarkdownSetter) -> Iterator[str]:
    """Yield what paper has of each cell: what unfolds on a page is left out, as nothing unfolds."""
    cells = [(cell, _at(galley, notebook, index)) for index, cell in enumerate(notebook.cells)]
    setter.begin([(cell.source, here) for cell, here in cells if cell.cell_type == "markdown"])
    lead: tuple[str, ...] = ()
    for cell, here in cells:
        tags = set(cell.metadata.get("tags", ()))
        if tags & {"remove-cell", "hide-cell"} or cell.cell_type == "raw":
            continue
        if cell.cell_type == "markdown":
            yield from lead
            lead = _lead(cell.source, here, setter)
            yield "" if lead else setter.text(cell.source, here)
            continue
        if not tags & {"remove-input", "hide-input"} and cell.source.strip():
            yield from lead
            lead = ()
            yield set_listing(cell.source, here)
        if not tags & {"remove-output", "hide-output"}:
            for output in cell.outputs:
                piece = _output(output, cell, here, setter)
                yield _led(lead, piece) if piece else ""
                lead = () if piece else lead
    yield from lead
    setter.end()


def _lead(source: str, galley: Galley, setter: MarkdownSetter) -> tuple[str, ...]:
    """Return a heading and the words that stay with what follows; none of a longer text."""
    found = _LEAD.fullmatch(source)
    heading, said = found.groups() if found else (None, None)
    set_heading = [setter.text(heading, galley)] if heading else []
    return (*set_heading, *([call("held", setter.text(said, galley))] if said else []))


def _led(lead: tuple[str, ...], piece: str) -> str:
    """Return what a cell shows behind the words that lead to it.

    These go onto the page of a table that is turned, which begins one.
    """
    if lead and piece.startswith(TURNED_PAGE):
        return call(*WIDE, joined((*lead, piece.removeprefix(TURNED_PAGE).removesuffix(")"))))
    return joined((*lead, piece))


def _at(galley: Galley, notebook: NotebookNode, index: int) -> Galley:
    """Return the galley at a cell, which has the name that its author knows it by."""
    about = notebook.cells[index].metadata.get("planbook", {})
    where = page_cell_name(notebook, index, galley.part.id)
    return replace(galley.at(where), pictures=about.get("pictures", {}))


def _output(
    output: NotebookNode, cell: NotebookNode, galley: Galley, setter: MarkdownSetter
) -> str:
    if output.output_type == "stream":
        if output.name == "stderr":
            return galley.problem("单元格有警告输出（stderr）", "消除警告后重新运行")
        return set_listing(unstyle(output.text), galley)
    if output.output_type == "error":
        return galley.problem(f"单元格运行出错：{output.ename}", "更正后重新运行")
    about = cell.metadata.get("mystnb", {})
    shown = {**about.get("image", {}), **output.metadata}
    return set_bundle(output.data, shown, galley, setter, about.get("figure", {}))


def chapter(galley: Galley, body: str) -> str:
    """Return a part's expression on pages of its own."""
    title = galley.text(galley.part.title)
    lines = call("tight", body) if galley.part.tight else body
    return joined(
        [f"let chapter-title = {title}", call("chapter", "chapter-title", "running", lines)]
    )
