"""Letters filled from templates: what is refused of a template, and what comes out."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest

from planbook.errors import ProblemsFound
from planbook.letters import Letter, LetterFields
from planbook.periods import Edition
from planbook.present.pages.letter_fields import letter_fields_table
from planbook.produce.word.letter_designs import design
from planbook.produce.word.letter_template import LetterTemplate
from tests.books import ROOT

DAY = dt.date(2026, 10, 25)
WHERE = "data/live/letters/催报函.docx"


def template(*paragraphs: str, letter: Letter = Letter.REMINDER) -> LetterTemplate:
    """Return a template that somebody typed."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    typed = io.BytesIO()
    document.save(typed)
    return LetterTemplate(letter, WHERE, typed.getvalue())


def fields(letter: Letter = Letter.REMINDER, entries: int = 2, **said: str) -> LetterFields:
    """Return a value for each field: its name, in lists numbered; what is given instead."""
    return {
        f.name: [{i.name: f"{i.name}{n}" for i in f.items} for n in range(entries)]
        if f.items
        else said.get(f.name, f.name)
        for f in letter.fields
    }


def texts(letter: bytes) -> list[str]:
    """Return what stands in a letter: paragraphs, then the cells of its tables."""
    document = docx.Document(io.BytesIO(letter))
    cells = (c.text for table in document.tables for row in table.rows for c in row.cells)
    return [*(p.text for p in document.paragraphs), *cells]


def only_problem(*paragraphs: str) -> str:
    (problem,) = template(*paragraphs).problems()
    return str(problem)


@pytest.mark.parametrize("letter", Letter)
def test_the_program_s_own_templates_are_sound_and_always_the_same(letter: Letter) -> None:
    made = design(letter)
    assert LetterTemplate(letter, letter.file, made).problems() == ()
    assert made == design(letter)


@pytest.mark.parametrize("letter", Letter)
@pytest.mark.parametrize("entries", [0, 1, 3])
def test_a_list_has_a_row_or_a_line_for_each_entry(letter: Letter, entries: int) -> None:
    own = LetterTemplate(letter, letter.file, design(letter))
    made = own.filled(fields(letter, entries), DAY)
    said = "\n".join(texts(made))
    lists = [f for f in letter.fields if f.items and f"{f.items[1].name}0" in said]
    assert bool(lists) == bool(entries)
    for each in lists:
        assert f"{each.items[1].name}{entries - 1}" in said
    assert "{" not in said
    assert made == own.filled(fields(letter, entries), DAY)


def test_texts_stay_whatever_they_hold() -> None:
    made = template("{{ 单位 }}").filled(fields(单位="甲&乙<丙>{{ 丁 }}\x07"), DAY)
    assert texts(made) == ["甲&乙<丙>{{ 丁 }}�"]


def test_a_letter_names_its_office_and_its_day_not_who_typed_the_template() -> None:
    document = docx.Document(io.BytesIO(template("{{ 单位 }}").filled(fields(), DAY)))
    about = document.core_properties
    assert (about.author, about.last_modified_by) == ("发出单位", "发出单位")
    assert about.created is not None
    assert about.created.date() == DAY


def test_an_unknown_field_is_told_with_file_place_and_all_there_are() -> None:
    told = only_problem("现请{{ 部门 }}报送")
    assert "没有「部门」这个字段" in told
    assert f"{WHERE}，「现请{{{{ 部门 }}}}报送」" in told
    assert all(f.name in told for f in Letter.REMINDER.fields)


def test_an_unknown_field_is_found_in_a_branch_that_nobody_needs_today() -> None:
    told = only_problem("{% if 错误数 == '999' %}{{ 处长 }}{% endif %}")
    assert "没有「处长」这个字段" in told


def test_a_field_that_entries_of_a_list_lack_is_told_with_those_they_have() -> None:
    told = only_problem("{%p for 项 in 问题 %}", "{{ 项.行 }}", "{%p endfor %}")
    assert "「项」没有「行」" in told
    assert "处理办法" in told


def test_a_list_that_is_not_gone_through_is_told() -> None:
    assert "「问题」有多条，不能直接写出" in only_problem("{{ 问题 }}")


@pytest.mark.parametrize("typed", ["{% if 单位 %}甲", "{{ 单位 | 大写 }}", "{{ 单位"])
def test_broken_syntax_is_told_in_chinese(typed: str) -> None:
    told = only_problem(typed)
    assert "模板语法有误" in told
    assert WHERE in told


def test_a_brace_too_few_is_told_where_the_paragraph_is_dropped() -> None:
    told = only_problem("{%p if 示例 %}", "应报{{ 应报数 }项", "{%p endif %}")
    assert "模板语法有误" in told
    assert f"{WHERE}，「应报{{{{ 应报数 }}项」" in told


def test_wide_braces_are_told_before_they_are_sent() -> None:
    assert "是全角符号" in only_problem("｛｛ 单位 ｝｝")


def test_what_is_no_word_file_is_told() -> None:
    (problem,) = LetterTemplate(Letter.REMINDER, WHERE, b"nothing").problems()
    assert "不是 Word 文档" in str(problem)


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(template("{{ 甲 }}", "{{ 乙 }}", "｛｛ 丙 ｝｝").problems()) == 3


def test_a_template_runs_no_program() -> None:
    with pytest.raises(ProblemsFound):
        template("{{ ''.__class__.__mro__ }}").filled(fields(), DAY)


def test_a_mark_divided_by_word_is_still_a_field() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{{ ")
    paragraph.add_run("单").bold = True
    paragraph.add_run("位 }}")
    typed = io.BytesIO()
    document.save(typed)
    own = LetterTemplate(Letter.REMINDER, WHERE, typed.getvalue())
    assert own.problems() == ()
    assert texts(own.filled(fields(), DAY)) == ["单位"]


def test_every_field_is_documented_for_maintainers_and_in_the_handbook() -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    printed = str(letter_fields_table(Edition.parse("2026-Q3")).html())
    for letter in Letter:
        assert letter.file in readme
        for each in letter.fields:
            names = [each.name, *(item.name for item in each.items)]
            assert all(name in readme and name in printed for name in names)
            assert each.meaning.format(label="2026年三季度", id="2026-Q3") in printed
