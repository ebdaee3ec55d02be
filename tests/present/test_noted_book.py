from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from planbook.contract import Contract
from planbook.plan import Plan
from planbook.present.notebook.chapter import Chapter
from planbook.present.notebook.noted_book import BookParts, NotedBook
from planbook.present.notebook.noted_record import noted_record
from planbook.present.notebook.opened import OpenBook
from planbook.present.redaction import redacted
from planbook.project_frames import PROJECTS_SHEET
from planbook.saved import TABLE_CONTRACTS
from planbook.vocabulary import Severity, Visibility
from planbook.workspace import Dataset
from tests.present.conftest import MakeBook, judged


def as_public(book: OpenBook) -> OpenBook:
    public = redacted(book.plan, book.tables)
    return replace(
        book,
        plan=public.plan,
        tables=public.tables,
        withheld=public.withheld,
        visibility=Visibility.PUBLIC,
    )


def shown(said: Any) -> Any:
    return None if said is None else said._repr_mimebundle_()


def texts(chapter: Chapter) -> Iterator[Any]:
    """Yield all that a chapter says without drawing."""
    yield shown(chapter.dateline())
    yield shown(chapter.lead())
    yield shown(chapter.commentary())
    yield shown(chapter.fields())
    for field in chapter.plan.fields:
        yield shown(chapter.progress(field.id))
        yield shown(chapter.measures(field.id))
        if field.goals:
            yield shown(chapter.paragraph(field.id))
            yield shown(chapter.table(field.id))


def drawn(chapter: Chapter) -> Iterator[Any]:
    yield shown(chapter.summary_figure())
    yield shown(chapter.small_multiples())
    for field in chapter.plan.fields:
        if field.goals:
            yield shown(chapter.course(field.id))
    for goal in chapter.plan.goals:
        yield shown(chapter.trajectory(goal.id))


def of_whole(book: OpenBook, id: str) -> Chapter:
    """Return a chapter that may look at the whole book."""
    return Chapter(book, book.plan.chapter(id), book)


def noted(book: OpenBook) -> tuple[NotedBook, set[str]]:
    names: set[str] = set()
    return NotedBook(book, names.add), names


@pytest.mark.parametrize("public", [False, True], ids=["internal", "public"])
def test_a_chapter_says_from_its_part_what_it_says_from_the_whole_book(
    judged_book: OpenBook, public: bool
) -> None:
    book = as_public(judged_book) if public else judged_book
    reader, _ = noted(book)
    for chapter in book.plan.chapters:
        whole = list(texts(of_whole(book, chapter.id)))
        assert list(texts(book.chapter(chapter.id))) == whole
        assert list(texts(reader.chapter(chapter.id))) == whole


@pytest.mark.parametrize("id", ["digital", "overall", "scitech"])
def test_charts_of_a_chapter_are_the_same_from_its_part(id: str) -> None:
    book = judged("demo")
    assert list(drawn(noted(book)[0].chapter(id))) == list(drawn(of_whole(book, id)))


def test_the_part_of_a_chapter_holds_nothing_of_another() -> None:
    book = judged("demo")
    for chapter in book.plan.chapters:
        part = book.part(chapter.id)
        assert {goal.id for goal in part.plan.goals} == {goal.id for goal in chapter.goals}
        assert {row.goal_id for row in part.rows.history} <= set(part.views)
        assert {row.chapter for row in part.rows.measures} <= {chapter.id}
        assert part.tables.submissions.empty


def test_a_chapter_reads_its_own_rows_and_only_the_keys_of_the_plan_that_it_shows() -> None:
    book, names = noted(judged("demo"))
    list(texts(book.chapter("digital")))
    assert {"chapter.digital.verdicts", "plan.about.thresholds", "data_words"} <= names
    assert not {"plan.about.alerts", "plan.units", "plan.chapters"} & names
    assert not [name for name in names if name.startswith(("tables.", "chapter.green"))]


def test_a_page_on_measures_reads_no_values() -> None:
    book, names = noted(judged("demo"))
    page = book.measures()
    for said in (page.lead(), page.attention(), page.by_chapter(), page.by_type(), page.list()):
        assert shown(said)
    of_tables = {name for name in names if name.startswith("tables.")}
    asked = {"tables.actions", "tables.projects", "tables.tasks"}  # what is needed, and from whom
    assert of_tables == {"tables.measures"} | asked


def test_a_page_on_tasks_reads_no_verdicts() -> None:
    book, names = noted(judged("demo"))
    page = book.tasks()
    for said in (page.lead(), page.board(), page.list(), page.pending(), page.ahead()):
        assert shown(said)
    assert {name for name in names if name.startswith("tables.")} == {
        "tables.measures",
        "tables.pending_tasks",
        "tables.tasks",
    }


def test_a_page_on_editions_reads_of_the_history_what_moved_only() -> None:
    book = judged("demo")
    reader, names = noted(book)
    page = reader.editions()
    for said in (page.dateline(), page.counts_figure(), page.counts(), page.record()):
        assert shown(said)
    assert shown(page.steps()) == shown(book.editions().steps())
    assert {"rating_counts", "moved_verdicts", "value_origins"} <= names
    assert not {"tables.history", "tables.verdicts", "tables.observations"} & names
    history = book.tables.history
    moved = {now.goal_id for _, now in book.moved_verdicts}
    value, rated = history.copy(), history.copy()
    value.loc[~history["goal_id"].isin(moved), "latest_value"] += 1
    rated["rating"] = history["rating"].iloc[::-1].to_numpy()
    assert not value.equals(history)
    for rows, same in ((value, True), (rated, False)):
        other = replace(book, tables=replace(book.tables, history=rows))
        for name in ("rating_counts", "moved_verdicts"):
            assert (BookParts(book)(name) == BookParts(other)(name)) is same


def test_a_page_on_projects_reads_of_the_findings_only_those_on_projects() -> None:
    book = judged("demo")
    reader, names = noted(book)
    assert shown(reader.projects().lead())
    assert "refused_of_projects" in names
    assert "tables.findings" not in names
    findings = book.tables.findings
    (own,) = findings.index[
        (findings["sheet"] == PROJECTS_SHEET)
        & (findings["edition"] == str(book.edition))
        & (findings["severity"] == Severity.ERROR)
    ][:1]
    other = next(at for at in findings.index if findings["sheet"][at] != PROJECTS_SHEET)
    for left_out, same in ((other, True), (own, False)):
        without = replace(book, tables=replace(book.tables, findings=findings.drop(left_out)))
        digests = [BookParts(each)("refused_of_projects") for each in (book, without)]
        assert (digests[0] == digests[1]) is same
    renamed = replace(book, tables=replace(book.tables, findings=findings.assign(file="b.xlsx")))
    assert BookParts(renamed)("refused_of_projects") == BookParts(book)("refused_of_projects")


def test_a_list_of_tables_reads_their_sizes_only() -> None:
    book = judged("demo")
    reader, names = noted(book)
    assert shown(reader.contents()) == shown(book.contents())
    assert names == {f"tables.{name}.shape" for name in TABLE_CONTRACTS}
    measures = book.tables.measures
    for rows, same in ((measures.assign(title="另一句话"), True), (measures[:-1], False)):
        other = replace(book, tables=replace(book.tables, measures=rows))
        digests = [BookParts(each)("tables.measures.shape") for each in (book, other)]
        assert (digests[0] == digests[1]) is same


@pytest.mark.parametrize("column", ["progress", "title"])
def test_what_changes_in_one_chapter_changes_the_digests_of_that_one(column: str) -> None:
    book = judged("demo")
    measures = book.tables.measures.copy()
    row = measures.index[measures["chapter"] == "green"][0]
    measures.loc[row, column] = "另一句话"
    other = replace(book, tables=replace(book.tables, measures=measures))
    names = ["tables.measures", *(f"chapter.{c.id}.measures" for c in book.plan.chapters)]
    before, after = BookParts(book), BookParts(other)
    changed = {name for name in names if before(name) != after(name)}
    assert changed == {"tables.measures", "chapter.green.measures"}


@pytest.mark.parametrize("contract", TABLE_CONTRACTS.values(), ids=str)
def test_every_table_has_a_digest_of_its_own(make_book: MakeBook, contract: Contract[Any]) -> None:
    book = make_book()
    more = judged("demo").tables
    other = replace(
        book, tables=replace(book.tables, **{contract.name: getattr(more, contract.name)})
    )
    name = f"tables.{contract.name}"
    if not getattr(more, contract.name).empty:
        assert BookParts(book)(name) != BookParts(other)(name)
    assert BookParts(book)(name) == BookParts(make_book())(name) != ""


def test_a_units_name_changes_the_chapters_that_name_it() -> None:
    book = judged("demo")
    first, *others = book.plan.units
    renamed = first.model_copy(update={"name": "另一部门"})
    plan = book.plan.model_copy(update={"units": (renamed, *others)})
    other = replace(book, plan=Plan(about=plan.about, units=plan.units, chapters=plan.chapters))
    before, after = BookParts(book), BookParts(other)
    ids = [chapter.id for chapter in book.plan.chapters]
    changed = {id for id in ids if before(f"chapter.{id}.plan") != after(f"chapter.{id}.plan")}
    assert changed == {id for id in ids if renamed in other.part(id).plan.units}
    assert changed
    assert changed != set(ids)


def test_what_there_is_no_more_has_no_digest(make_book: MakeBook) -> None:
    parts = BookParts(make_book())
    gone = ["chapter.gone.plan", "tables.gone", "plan.about.gone", "chapter.digital.gone"]
    assert [parts(name) for name in gone] == [""] * 4


def test_a_record_notes_the_fields_that_are_read_by_name_or_by_a_method() -> None:
    read: list[str] = []
    plain = judged("demo").dataset
    dataset = noted_record(plain, {"deadline_days": "days", "deadlines": "dates"}, read.append)
    assert isinstance(dataset, Dataset)
    assert dataset.name == "demo"
    assert read == []
    assert dataset.deadline(plain.current_edition) == plain.deadline(plain.current_edition)
    assert set(read) == {"days", "dates"}


def test_what_was_worked_out_before_a_record_was_noted_is_noted_all_the_same() -> None:
    book, names = judged("demo"), set[str]()
    assert book.plan.goals  # worked out of the chapters, and remembered by the plan
    assert NotedBook(book, names.add).plan.goals == book.plan.goals
    assert "plan.chapters" in names
    assert "goals" in vars(book.plan)


@pytest.mark.parametrize(
    "read_all", [dict, repr, lambda it: it.model_dump(), lambda it: it == it.model_copy()]
)
def test_a_record_that_is_read_whole_notes_all_fields(read_all: Any) -> None:
    read: list[str] = []
    dataset = judged("demo").dataset
    read_all(noted_record(dataset, {"contact": "contact", "title": "title"}, read.append))
    assert set(read) == {"contact", "title"}
