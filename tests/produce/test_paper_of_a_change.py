"""After one change, the PDFs and packs that show it are made again, as from nothing; no other."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.template import workbook_bytes
from planbook.run.build import build_book
from planbook.run.built_book import BuiltBook
from planbook.run.opening import open_workspace
from planbook.run.pipeline import next_templates
from tests.books import Built, copy_second_plan

OWN = {"pdfs": {"book", "overview", "harbour", "data-quality"}, "packs": {"port-office"}}
# All packs and the brief say until when there are data; a value that decides nothing is not in it.
FIRST = {"pdfs": {*OWN["pdfs"], "brief"}, "packs": {"port-office", "town-office"}}
NOTHING: dict[str, set[str]] = {"pdfs": set(), "packs": set()}


def value(root: Path, value: float = 14.5, day: int = 21) -> None:
    """File a workbook with a value of the port office."""
    workspace, plan = open_workspace("test", root)
    edition = workspace.dataset.current_edition
    form = blank_form(plan, "port-office", edition, workspace.dataset)
    first, *others = form.values
    data = workbook_bytes(replace(form, values=(replace(first, value=value), *others)))
    folder = workspace.submissions / str(edition)
    name = submission_name("port-office", dt.date(2024, 4, day), data)
    (folder / name).write_bytes(data)


def another_value(root: Path) -> None:
    value(root, 15.5, 22)


def unit_name(root: Path) -> None:
    path = root / "data" / "plan" / "units.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: 港务所", "name: 港务管理所"), encoding="utf-8")


def pages_only(root: Path) -> None:
    """Add a stylesheet, and a paragraph to a page that is no part of the book on paper."""
    path = root / "book" / "_static" / "own.css"
    path.parent.mkdir(exist_ok=True)
    path.write_text("p { margin: 0 }", encoding="utf-8")
    path = root / "book" / "handbook.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n另有说明。\n", encoding="utf-8")


def build(root: Path) -> BuiltBook:
    workspace, plan = open_workspace("test", root)
    return build_book(workspace, plan, workspace.dataset.current_edition, pdf=True)


def anew(built: BuiltBook) -> dict[str, set[str]]:
    """Return the PDFs, by name, and the units' packs of which something was made anew."""
    return {
        "pdfs": {pdf.path.stem.split("-", 2)[2] for pdf in built.pdfs if pdf.seconds is not None},
        "packs": {pack.unit_id for pack in built.packs if pack.made},
    }


def on_paper(root: Path) -> dict[str, Path]:
    folders = (root / "_build" / "html" / "pdf", root / "_build" / "packs")
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path for path in files}


@pytest.mark.book
@pytest.mark.xdist_group("second")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")  # of Sphinx extensions
def test_only_the_paper_that_shows_a_change_is_made_again_and_is_as_from_nothing(
    second_book_on_paper: Built, tmp_path: Path
) -> None:
    root = tmp_path / "changed"
    second_book_on_paper.copied_to(root)
    changes: list[tuple[Callable[[Path], None], dict[str, set[str]]]] = [
        (pages_only, NOTHING),
        (value, FIRST),
        (another_value, OWN),
        (unit_name, OWN),
    ]
    for change, wanted in changes:
        for path in on_paper(root).values():
            os.utime(path, (1, 1))
        change(root)
        built = build(root)
        assert anew(built) == wanted, change
        young = {path.parent.name for path in on_paper(root).values() if path.stat().st_mtime > 1}
        assert young - {"pdf"} == wanted["packs"], change  # pages and their PDFs are copied

    other = copy_second_plan(tmp_path / "from-nothing")
    for change, _ in changes:
        change(other)
    build(other)
    contents = [{name: p.read_bytes() for name, p in on_paper(r).items()} for r in (root, other)]
    assert contents[0] == contents[1]


def test_a_form_is_made_again_where_what_it_repeats_has_changed(tmp_path: Path) -> None:
    root = copy_second_plan(tmp_path)
    workspace, plan = open_workspace("test", root)
    edition = workspace.dataset.current_edition
    before = next_templates(workspace, plan, edition)
    value(root)
    after = next_templates(workspace, plan, edition)
    changed = [unit for unit, form in after.items() if form.made_of != before[unit].made_of]
    assert changed == ["port-office"]
