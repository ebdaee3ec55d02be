"""A unit's folder holds its PDF, its figures and its next form, and nothing of other units."""

from __future__ import annotations

import datetime as dt
import html
import io
import os
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import MadeOf, digest, sha256
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.present.charts.trajectory import goal_chart
from planbook.present.notebook.opened import OpenBook
from planbook.present.packs.own_book import own_book, own_digests, own_plan
from planbook.present.packs.sections import unit_pack
from planbook.present.say.notice_words import NOTICE
from planbook.present.say.pack_words import DETAILS
from planbook.produce.kept_files import Made, Wanted
from planbook.produce.packs.pack_document import drawn_charts, pack_document
from planbook.produce.packs.pack_xlsx import pack_sheets, pack_workbook
from planbook.produce.packs.write_packs import Pack, begin_packs, names, put_packs
from planbook.produce.pdf import Chart, Document, Running, Typeset
from planbook.run.pipeline import next_templates, open_book
from planbook.workspace import Workspace
from tests.books import Built

ROOT = Path(__file__).resolve().parents[2]
RUNNING = Running("书", "2026年三季度", "0" * 12, demonstration=True, as_of=dt.date(2026, 9, 30))
INVALID_ON_WINDOWS = re.compile(r'[<>:"/\\|?*\s]')


@pytest.fixture(scope="module")
def book() -> OpenBook:
    return open_book("demo")


def shortened(book: OpenBook, *units: str) -> OpenBook:
    """Return the book of a plan that has only these units, to make few packs."""
    kept = tuple(unit for unit in book.plan.units if unit.id in units)
    chapters = [chapter for unit in units for chapter in own_plan(book.plan, unit).chapters]
    plan = Plan(about=book.plan.about, units=kept, chapters=tuple(chapters))
    return replace(book, plan=plan)


@dataclass
class Press:
    """Stands in for the typesetter and remembers what it was asked to set."""

    asked: list[Document]
    refuses: str = ""

    def __call__(self, document: Document) -> Typeset:
        self.asked.append(document)
        if self.refuses and self.refuses in document.title:
            raise ProblemsFound("PDF", [Problem("页面放不下", document.title, "缩短")])
        content = f"%PDF {document.title} {document.running.data_hash}"
        return Typeset(content.encode(), 1, ("字体没有字符",))


@pytest.fixture
def press() -> Press:
    return Press([])


def write(book: OpenBook, root: Path, press: Press, **changed: Any) -> tuple[Pack, ...]:
    known: dict[str, Any] = {
        "forms": {"software": blank(b"form")},
        "chapters": root / "chapters",
        "cache": root / "cache" / "packs",
        "code": "1",
        "typesetter": press,
    }
    packs = begin_packs(book, root / "packs", **(known | changed)).finish()
    put_packs(packs, root / "scratch")
    return packs


def blank(content: bytes) -> Wanted:
    return Wanted("form.xlsx", MadeOf(sha256(content), ""), lambda: partial(Made, content))


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_a_pack_has_its_files_and_a_form_only_where_something_is_owed(
    book: OpenBook, press: Press, tmp_path: Path
) -> None:
    made = write(shortened(book, "software", "crossborderfin"), tmp_path, press)
    assert [pack.unit_id for pack in made] == ["software", "crossborderfin"]
    software, other = made
    assert [file.name for file in software.files] == [
        "软件信息-2026年三季度进展（示例）.pdf",
        "软件信息-2026年三季度数据（示例）.xlsx",
        "软件信息-2026年四季度填报表（示例）.xlsx",
    ]
    assert len(other.files) == 2
    assert software.folder == tmp_path / "packs" / "2026-Q3" / "software"
    for file in software.files:
        assert (software.folder / file.name).stat().st_size == file.size
    assert software.warnings == ("字体没有字符",)
    assert not list((tmp_path / "scratch").iterdir())


def test_a_second_run_gives_the_same_files_and_sets_nothing_again(
    book: OpenBook, press: Press, tmp_path: Path
) -> None:
    few = shortened(book, "software", "hr")
    first = write(few, tmp_path, press)
    before, asked = files(tmp_path / "packs"), len(press.asked)
    second = write(few, tmp_path, press)
    assert files(tmp_path / "packs") == before
    assert len(press.asked) == asked == 2
    assert second[0].warnings == first[0].warnings


def kinds(pack: Pack) -> str:
    """Return which of its files were made anew, a letter each: PDF, data, form."""
    kinds = {"进展": "p", "数据": "d", "填报": "f"}
    return "".join(kind for said, kind in kinds.items() for name in pack.made if said in name)


def with_value(book: OpenBook, goal: str) -> OpenBook:
    """Return the book with another value of a goal's indicator."""
    rows = book.tables.observations.copy()
    indicator = book.plan.indicator_of(book.plan.goal(goal)).id
    at = rows.index[rows["indicator_id"] == indicator][-1]
    rows.loc[at, "obs_value"] += 1
    return replace(book, tables=replace(book.tables, observations=rows))


def with_status(book: OpenBook, unit: str) -> OpenBook:
    """Return the book with another status of a unit's measure."""
    rows = book.tables.measures.copy()
    at = rows.index[rows["submitting_unit"] == unit][0]
    rows.loc[at, "progress"] += "另有进展。"
    return replace(book, tables=replace(book.tables, measures=rows))


def renamed(book: OpenBook, unit: str) -> OpenBook:
    units = tuple(
        u.model_copy(update={"name": f"{u.name}处"}) if u.id == unit else u for u in book.plan.units
    )
    plan = Plan(about=book.plan.about, units=units, chapters=book.plan.chapters)
    return replace(book, plan=plan)


def another_word(book: OpenBook) -> OpenBook:
    rows = book.tables.commentary.copy()
    rows["text"] += "又及。"
    return replace(book, tables=replace(book.tables, commentary=rows))


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (lambda book: with_value(book, "software-revenue"), {"software": "pd"}),
        (lambda book: with_status(book, "hr"), {"hr": "pd"}),
        (lambda book: renamed(book, "hr"), {"hr": "pd"}),
        (another_word, {}),  # commentary is about chapters
        (lambda book: book, {}),
    ],
)
def test_only_the_packs_that_show_a_change_are_made_again_as_from_nothing(
    book: OpenBook,
    press: Press,
    tmp_path: Path,
    change: Callable[[OpenBook], OpenBook],
    anew: dict[str, str],
) -> None:
    few = shortened(book, "software", "hr", "legal")
    before = write(few, tmp_path, press)
    assert [kinds(pack) for pack in before] == ["pdf", "pd", "pd"]
    age(tmp_path / "packs")
    again = write(change(few), tmp_path, press)
    assert {pack.unit_id: kinds(pack) for pack in again if pack.made} == anew
    changed = {
        pack.unit_id for pack, old in zip(again, before, strict=True) if pack.data != old.data
    }
    assert changed == set(anew)
    for pack in again:
        for file in pack.files:
            young = (pack.folder / file.name).stat().st_mtime > 1
            assert young is (file.name in pack.made)
    write(change(few), tmp_path / "from-nothing", press)
    assert files(tmp_path / "packs") == files(tmp_path / "from-nothing" / "packs")


def age(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))


@pytest.mark.parametrize(
    ("given", "anew"),
    [
        ({"code": "2"}, "pd"),
        ({"forms": {}}, "p"),  # it says whether a form lies beside it
    ],
)
def test_what_else_a_pack_is_made_of_is_no_less_noticed(
    book: OpenBook, press: Press, tmp_path: Path, given: dict[str, Any], anew: str
) -> None:
    few = shortened(book, "software")
    write(few, tmp_path, press)
    (pack,) = write(few, tmp_path, press, **given)
    assert kinds(pack) == anew


def test_another_form_makes_the_form_anew_and_nothing_else(
    book: OpenBook, press: Press, tmp_path: Path
) -> None:
    few = shortened(book, "software")
    write(few, tmp_path, press)
    (pack,) = write(few, tmp_path, press, forms={"software": blank(b"other")})
    assert kinds(pack) == "f"
    assert (pack.folder / pack.made[0]).read_bytes() == b"other"


@pytest.mark.parametrize("kept", ["software.pdf", "software.data.xlsx", "software.form.xlsx"])
def test_a_kept_file_that_was_spoilt_is_made_again(
    book: OpenBook, press: Press, tmp_path: Path, kept: str
) -> None:
    few = shortened(book, "software")
    write(few, tmp_path, press)
    before = files(tmp_path / "packs")
    (tmp_path / "cache" / "packs" / kept).write_bytes(b"spoilt")
    (pack,) = write(few, tmp_path, press)
    assert len(pack.made) == 1
    assert files(tmp_path / "packs") == before


def test_a_pack_that_was_changed_where_it_lies_is_put_there_again(
    book: OpenBook, press: Press, tmp_path: Path
) -> None:
    few = shortened(book, "software", "hr")
    (pack, _) = write(few, tmp_path, press)
    before = files(tmp_path / "packs")
    (pack.folder / pack.files[0].name).write_bytes(b"other")
    (pack.folder / "note.txt").write_bytes(b"of somebody")
    assert not any(pack.made for pack in write(few, tmp_path, press))
    assert files(tmp_path / "packs") == before


def test_the_digits_on_a_pack_are_of_its_own_data(
    book: OpenBook, press: Press, tmp_path: Path
) -> None:
    packs = write(shortened(book, "software", "hr"), tmp_path, press)
    assert len({pack.data for pack in packs}) == 2
    for pack, document in zip(packs, press.asked, strict=True):
        assert document.running.data_hash == pack.data[:12]
        assert own_digests(own_book(book, pack.unit_id))[pack.unit_id] == pack.data


def test_one_pack_that_cannot_be_set_leaves_all_as_they_were(
    book: OpenBook, press: Press, tmp_path: Path
) -> None:
    few = shortened(book, "software", "hr", "legal")
    write(few, tmp_path, press)
    before = files(tmp_path / "packs")
    press.refuses = "部门"
    with pytest.raises(ProblemsFound) as raised:
        write(few, tmp_path, press, code="2")
    assert len(raised.value.problems) == 3
    assert files(tmp_path / "packs") == before


def test_a_unit_that_is_no_more_has_no_pack(book: OpenBook, press: Press, tmp_path: Path) -> None:
    write(shortened(book, "software", "hr"), tmp_path, press)
    write(shortened(book, "hr"), tmp_path, press)
    assert [path.name for path in (tmp_path / "packs" / "2026-Q3").iterdir()] == ["hr"]


def test_file_names_can_be_stored_and_mailed_anywhere(book: OpenBook) -> None:
    for unit in book.plan.units:
        for name in vars(names(book, unit)).values():
            assert not INVALID_ON_WINDOWS.search(name)
            assert len(name.encode()) < 120
    strange = book.plan.units[0].model_copy(update={"short": 'A/B: "C" 。'})
    assert names(book, strange).pdf.startswith("ABC。-")


def test_a_chart_that_is_drawn_is_taken_and_another_is_drawn(
    book: OpenBook, tmp_path: Path
) -> None:
    pack = unit_pack(book, "testing", with_form=True)
    drawn = charts_of(pack_document(pack, RUNNING, {}))
    assert set(drawn) == set(pack.book.views)
    cells = []
    for id in drawn:
        data, metadata = goal_chart(pack.book, id)._repr_mimebundle_()
        shown = nbformat.v4.new_output("display_data", data, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("x", outputs=[shown]))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    assert drawn_charts(tmp_path) == drawn
    changed = {id: replace(chart, alt="来自章节") for id, chart in drawn.items()}
    assert charts_of(pack_document(pack, RUNNING, changed)) == changed


def charts_of(document: Document) -> dict[str, Chart]:
    """Return the charts of a document by goal."""
    shown = (item for part in document.parts for item in part.content)
    return {item.id: item for item in shown if isinstance(item, Chart)}


def test_a_document_of_a_pack_can_be_handed_to_another_process(book: OpenBook) -> None:
    document = pack_document(unit_pack(book, "testing", with_form=True), RUNNING, {})
    assert pickle.loads(pickle.dumps(document)) == document
    assert digest(pickle.loads(pickle.dumps(document))) == digest(document)


def test_the_workbook_holds_every_value_of_the_unit(book: OpenBook) -> None:
    pack = unit_pack(book, "ip", with_form=True)
    read = load_workbook(io.BytesIO(pack_workbook(pack)))
    assert read.sheetnames[:2] == ["序列", "数据"]
    own = pack.book.tables.observations
    values = [cell.value for row in read["序列"].iter_rows(min_row=5, min_col=2) for cell in row]
    known = own["obs_value"].dropna()
    assert sorted(float(str(v)) for v in values if v is not None) == pytest.approx(sorted(known))
    assert read["数据"].max_row == 4 + len(own)
    assert pack_workbook(pack) == pack_workbook(pack)


def test_sheets_without_rows_are_left_out(book: OpenBook) -> None:
    pack = unit_pack(book, "crossborderfin", with_form=True)
    shown = [sheet.name for sheet in pack_sheets(pack.book)]
    assert shown == ["举措", "年度任务", "数据质量", "说明"]


def test_the_next_forms_are_those_of_the_collect_command(tmp_path: Path) -> None:
    workspace = Workspace.open("demo", ROOT)
    made = next_templates(workspace, load_plan(workspace.plan), Edition.parse("2026-Q3"))
    command = ["template", "--dataset", "demo", "--edition", "2026-Q4", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "collect.py"), *command],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        f"2026-Q4-{unit}.xlsx": form.task()().content for unit, form in made.items()
    }


@pytest.fixture(scope="session")
def made_packs(demonstration: Built) -> Path:
    return demonstration.root / "_build" / "packs" / "2026-Q3"


@pytest.mark.book
def test_no_file_of_a_pack_names_anything_of_another_unit(made_packs: Path, plan: Plan) -> None:
    assert sorted(path.name for path in made_packs.iterdir()) == sorted(u.id for u in plan.units)
    for unit in plan.units:
        foreign = foreign_names(plan, unit.id)
        kinds = set()
        for path in (made_packs / unit.id).iterdir():
            kinds.add(path.suffix)
            text = "\n".join(pdf_text(path) if path.suffix == ".pdf" else workbook_text(path))
            assert not [name for name in foreign if name in text], path.name
        assert kinds == {".pdf", ".xlsx"}


@pytest.mark.book
def test_a_packs_first_page_says_what_came_in_and_what_is_needed(made_packs: Path) -> None:
    (path,) = (made_packs / "mice").glob("*.pdf")
    first = next(pdf_text(path))
    assert "会展行业服务部门2026年三季度进展" in first
    assert "2026年10月24日收到填报表，迟于截止日期2026年10月20日" in first
    assert "须重点关注（2项）" in first
    assert "示例数据" in first


@pytest.mark.book
def test_no_packs_first_page_runs_over_to_a_second(made_packs: Path) -> None:
    for path in made_packs.glob("*/*.pdf"):
        second = list(pdf_text(path))[1]
        assert second.startswith((NOTICE, DETAILS)), path.name


@pytest.mark.book
def test_no_page_of_a_packs_details_is_half_empty_but_the_last(
    made_packs: Path,
) -> None:
    for path in made_packs.glob("*/*.pdf"):
        with pdfium.PdfDocument(path) as document:
            full = [filled(page) > 0.5 for page in document]
        pages = zip(full, pdf_text(path), strict=True)
        details = [is_full for is_full, text in pages if text.startswith(DETAILS)]
        assert all(details[:-1]), path.name


def filled(page: pdfium.PdfPage) -> float:
    """Return the part of a page above the lowest thing on it but its foot."""
    bottoms = (each.get_bounds()[1] for each in page.get_objects())
    high = page.get_height()
    return 1 - min((low for low in bottoms if low > 72), default=high) / high


def test_the_first_page_is_set_closer_and_names_its_source_in_its_title(book: OpenBook) -> None:
    first, *others = pack_document(unit_pack(book, "port", with_form=True), RUNNING, {}).parts
    assert (first.tight, first.source) == (True, None)
    assert all(part.source and not part.tight for part in others)


def pdf_text(path: Path) -> Iterator[str]:
    """Yield each page's text without line breaks, which may fall within a name."""
    with pdfium.PdfDocument(path) as document:
        for page in document:
            yield re.sub(r"\s", "", page.get_textpage().get_text_range())


def workbook_text(path: Path) -> Iterator[str]:
    """Yield all that a workbook holds: cells, comments, lists to choose from, properties."""
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            yield html.unescape(parts.read(name).decode("utf-8"))


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(ROOT / "data" / "plan")


def foreign_names(plan: Plan, unit: str) -> list[str]:
    """Return the names of other units, and of their goals, indicators and measures.

    Left out are words that the plan's own clauses for this unit use too.
    """
    own = [f for f in plan.fields if f.submitting_unit == unit]
    shared = "\n".join(field.model_dump_json() for field in own)
    found = [other.name for other in plan.units if other.id != unit]
    for field in plan.fields:
        if field.submitting_unit != unit:
            found += [
                name for i in field.indicators for name in (i.name, *(g.name for g in i.goals))
            ]
            found += [name for m in field.measures for name in (m.title, m.id)]
    return [name for name in found if name not in shared]
