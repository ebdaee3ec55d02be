"""What goes wrong with workbooks: damages by rule, and an independent judge of what was read.

A `Damage` says what someone did to a good workbook, which rule should say so and at which cell, and
what the damaged cell may be read as at most. `misread` compares a submission with the workbook as
openpyxl sees it: whatever was read must stand there, in the row, unit and period it is said to be.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from planbook.collect.form.blank import blank_form
from planbook.collect.read.submission import Submission
from tests.office import DATASET, PLAN, Q3, SIGNED, RevisionLine, filled, workbook_bytes

VALUES, MEASURES, REVISIONS, META = "填报表", "举措", "修订", "_meta"
TRUTH = 321.5  # 本期值 of the indicator that most damages are about, in G4

Change = Callable[[Workbook], object]


@dataclass(frozen=True)
class Damage:
    """One damage. `reads` is the number of the indicator `about` afterwards, ``None`` for none."""

    name: str
    rule: str  # empty: harmless, nothing is to be said
    cell: str
    data: Callable[[], bytes]
    reads: float | None = TRUTH
    about: str = "revenue"


@cache
def good() -> bytes:
    return workbook_bytes(filled())


def changed(change: Change) -> bytes:
    """Return the good workbook after someone changed it in a spreadsheet program."""
    book = openpyxl.load_workbook(io.BytesIO(good()))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parts(data: bytes | None = None) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data or good())) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return buffer.getvalue()


def put(sheet: str, cell: str, value: Any) -> Change:
    return lambda book: setattr(book[sheet][cell], "value", value)


def struck(cell: str, text: str = "") -> Change:
    """Return a change that strikes out a cell of 填报表."""

    def change(book: Workbook) -> None:
        book[VALUES][cell].value = text or book[VALUES][cell].value
        book[VALUES][cell].font = Font(strike=True)

    return change


def without(sheet: str) -> Change:
    return lambda book: book.remove(book[sheet])


def merge(cells: str) -> Change:
    return lambda book: book[VALUES].merge_cells(cells)


def show_as(code: str) -> Change:
    return lambda book: setattr(book[VALUES]["G4"], "number_format", code)


def damages() -> Iterator[Damage]:
    """Yield every damage, by where it is done."""
    yield from _of_files()
    yield from _of_marks()
    yield from _of_sheets()
    yield from _of_rows()
    yield from _of_numbers()
    yield from _of_growth()
    yield from _of_explanations()
    yield from _of_measures()
    yield from _of_revisions()


def _of_files() -> Iterator[Damage]:
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    macro = parts()["[Content_Types].xml"].replace(b"sheet.main", b"macroEnabled.main")
    bomb = b"<sst>" + b"<si><t>a</t></si>" * 2_000_000 + b"</sst>"
    doctype = b'<!DOCTYPE a [<!ENTITY x "1">]><worksheet/>'
    files: dict[str, tuple[str, bytes]] = {
        "an empty file": ("unreadable", b""),
        "plain text": ("unreadable", "指标，数值\n收入，321.5\n".encode("gb18030")),
        "a web page called .xlsx": ("unreadable", b"<html><table><tr><td>321.5</td></tr></table>"),
        "an old .xls": ("unreadable", ole + bytes(4096)),
        "a password": ("unreadable", ole + "EncryptedPackage".encode("utf-16-le")),
        "half a download": ("unreadable", good()[: len(good()) // 2]),
        "a document": ("unreadable", packed({"word/document.xml": b"<a/>"})),
        "a binary workbook": ("unreadable", packed({"xl/workbook.bin": b"x"})),
        "a part that is no XML": ("unreadable", _with("xl/worksheets/sheet1.xml", b"<a><b></a>")),
        "a part that declares entities": (
            "unreadable",
            _with("xl/worksheets/sheet1.xml", doctype),
        ),
        "a part twice": ("unreadable", _with("XL/workbook.xml", b"<a/>")),
        "a macro": ("macros", _with("xl/vbaProject.bin", b"x")),
        "a macro workbook under another name": ("macros", _with("[Content_Types].xml", macro)),
        "a link to another workbook": (
            "external-links",
            _with("xl/externalLinks/externalLink1.xml", b"<a/>"),
        ),
        "a data connection": ("external-links", _with("xl/connections.xml", b"<a/>")),
        "a bomb": ("oversized", _with("xl/sharedStrings.xml", bomb)),
    }
    for name, (rule, data) in files.items():
        yield Damage(name, rule, "", partial(bytes, data), None)
    yield _sheet("a cell far out", "oversized", "", put(VALUES, "A9000", 1), None)


def _with(name: str, part: bytes) -> bytes:
    return packed({**parts(), name: part})


def _sheet(
    name: str,
    rule: str,
    cell: str,
    change: Change,
    reads: float | None = TRUTH,
) -> Damage:
    return Damage(name, rule, cell, lambda: changed(change), reads)


def _of_marks() -> Iterator[Damage]:
    for cell, rule, text in (
        ("B1", "wrong-template", "0"),
        ("B1", "wrong-template", None),
        ("B2", "wrong-dataset", "live"),
        ("B3", "wrong-edition", "2026-Q2"),
        ("B3", "wrong-edition", "2026-Q3 "),
        ("B4", "wrong-unit", "bureau"),
    ):
        # a blank at the end of an edition makes no other edition
        harmless = text == "2026-Q3 "
        yield _sheet(
            f"{META} {cell} {text!r}",
            "" if harmless else rule,
            "" if harmless else cell,
            put(META, cell, text),
            TRUTH if harmless else None,
        )
    for name in (VALUES, MEASURES, REVISIONS, META):
        yield _sheet(f"no sheet {name}", "not-ours", "", without(name), None)
    yield _sheet(
        "a sheet renamed",
        "not-ours",
        "",
        lambda book: setattr(book[VALUES], "title", "填报表 (2)"),
        None,
    )


def _of_sheets() -> Iterator[Damage]:
    def swap_columns(book: Workbook) -> None:
        for row in range(3, 7):
            left, right = book[VALUES].cell(row, 7), book[VALUES].cell(row, 8)
            left.value, right.value = right.value, left.value

    yield _sheet("an extra sheet", "extra-sheet", "", lambda book: book.create_sheet("附表"))
    yield _sheet("a new column", "moved-column", "G3", lambda b: b[VALUES].insert_cols(7), None)
    yield _sheet("a lost column", "moved-column", "F3", lambda b: b[VALUES].delete_cols(6), None)
    yield _sheet("two columns swapped", "moved-column", "G3", swap_columns, None)
    yield _sheet("a heading renamed", "moved-column", "G3", put(VALUES, "G3", "累计值"), None)
    yield _sheet("a row above", "moved-column", "A3", lambda b: b[VALUES].insert_rows(1), None)
    yield _sheet("the title lost", "moved-column", "A3", lambda b: b[VALUES].delete_rows(1), None)
    yield _sheet("a heading wrapped", "", "", put(VALUES, "G3", "本期\n值"))
    for merged in ("G4:G5", "G4:H4", "E4:E5", "C4:C5", "A4:B4"):
        yield _sheet(
            f"{merged} merged",
            "merged-cells",
            merged[:2],
            merge(merged),
            None,
        )
    yield _sheet(
        "a hidden row",
        "hidden-row",
        "A4",
        lambda book: setattr(book[VALUES].row_dimensions[4], "hidden", True),
    )
    for letter, rule in (("F", "unclear-look"), ("G", "unclear-look"), ("O", "")):

        def hide(book: Workbook, letter: str = letter) -> None:
            book[VALUES].column_dimensions[letter].hidden = True

        cell, reads = (f"{letter}4", None) if rule else ("", TRUTH)
        yield _sheet(f"a hidden column {letter}", rule, cell, hide, reads)
    yield _sheet(
        "a note",
        "cell-note",
        "G4",
        lambda book: setattr(book[VALUES]["G4"], "comment", Comment("口径变了", "某人")),
    )
    yield _sheet("no date of signing", "unsigned", "L9", put(VALUES, "L9", None))
    yield _sheet("nobody responsible", "unsigned", "C9", put(VALUES, "C9", None))
    yield _sheet("a name in a text", "personal-data", "L4", put(VALUES, "L4", "问甲某某"))


def _of_rows() -> Iterator[Damage]:
    def exchange_rows(book: Workbook) -> None:
        for column in range(1, 20):
            upper, lower = book[VALUES].cell(4, column), book[VALUES].cell(5, column)
            upper.value, lower.value = lower.value, upper.value

    def repeat_row(book: Workbook) -> None:
        for letter in "ACDEFG":
            book[VALUES][f"{letter}7"].value = book[VALUES][f"{letter}4"].value

    def repeat_row_wholly(book: Workbook) -> None:
        for column in range(1, 21):
            book[VALUES].cell(7, column).value = book[VALUES].cell(4, column).value

    def repeat_row_otherwise(book: Workbook) -> None:
        repeat_row(book)
        book[VALUES]["G7"].value = 421.5

    def total_row(book: Workbook) -> None:
        book[VALUES]["C7"].value, book[VALUES]["G7"].value = "合计", 421.5

    def repeat_below(book: Workbook) -> None:
        for letter in "ACDEFG":
            book[VALUES][f"{letter}12"].value = book[VALUES][f"{letter}4"].value
        book[VALUES]["G12"].value = 999

    yield _sheet("a row repeated below the sign-off", "below-sign-off", "A12", repeat_below)
    yield _sheet("a number below the sign-off", "below-sign-off", "A11", put(VALUES, "G11", 999))
    yield _sheet("words below", "text-below-sign-off", "A12", put(VALUES, "C12", "以年报为准"))
    empty = blank_form(PLAN, "office", Q3, DATASET)
    for name, form in (
        ("nothing filled in", empty),
        ("nothing but the sign-off", replace(empty, sign_off=SIGNED)),
    ):
        yield Damage(name, "nothing-filled", "", partial(workbook_bytes, form), None)
    yield _sheet("rows sorted another way", "", "", exchange_rows)
    yield _sheet("a blank row between", "", "", lambda book: book[VALUES].insert_rows(5))
    yield _sheet("a row deleted", "missing-row", "", lambda book: book[VALUES].delete_rows(4), None)
    yield _sheet("a row repeated", "repeated-row", "A7", repeat_row_wholly)
    yield _sheet("a row repeated in part", "duplicate-row", "A7", repeat_row, None)
    yield _sheet("another value below", "duplicate-row", "A7", repeat_row_otherwise, None)
    yield _sheet("a row of totals", "unknown-indicator", "A7", total_row)
    yield _sheet("an id lost", "unknown-indicator", "A4", put(VALUES, "A4", None), None)
    yield _sheet("an id of nobody", "unknown-indicator", "A4", put(VALUES, "A4", "x"), None)
    yield _sheet("another unit's id", "unknown-indicator", "A4", put(VALUES, "A4", "other"), None)
    yield _sheet(
        "the id of the next row", "swapped-indicator", "C4", put(VALUES, "A4", "firms"), None
    )
    yield _sheet("a name pasted", "swapped-indicator", "C4", put(VALUES, "C4", "企业数量"), None)
    yield _sheet("a name changed", "renamed-indicator", "C4", put(VALUES, "C4", "营业总收入"))
    yield _sheet("a name with blanks", "", "", put(VALUES, "C4", "营业 收入"))
    yield _sheet("another unit", "changed-unit", "D4", put(VALUES, "D4", "万元"), None)
    yield _sheet("no unit", "changed-unit", "D4", put(VALUES, "D4", None), None)
    periods = {
        "九月": "bad-period",
        "2026年9月": "bad-period",
        "2026年9月末": "bad-period",
        "1-9月": "bad-period",
        "2026-Q3": "bad-period",
        dt.date(2026, 9, 30): "bad-period",
        202609: "bad-period",
        "2026年1—13月": "bad-period",
        "2026年1—6月": "period-outside",
        "2025年1—9月": "period-outside",
        "2026年1—10月": "period-outside",
        "2025年": "period-outside",
        "2026年1-9月": "",
        "２０２６年1～9月": "",
        "2026-09": "",
    }
    for typed, rule in periods.items():
        yield _sheet(
            f"period {typed}",
            rule,
            "E4" if rule else "",
            put(VALUES, "E4", typed),
            None if rule else TRUTH,
        )
    yield _sheet("no period", "bad-period", "E4", put(VALUES, "E4", None), None)
    for word in ("全市", "直管区、全域", 1):
        yield _sheet(f"scope {word}", "unknown-scope", "F4", put(VALUES, "F4", word), None)
    for word in ("内不", "内部、公开", 1):
        yield _sheet(f"seen by {word}", "unknown-visibility", "N4", put(VALUES, "N4", word), None)
    yield _sheet("growth of another kind", "unknown-word", "J4", put(VALUES, "J4", "按美元"))
    yield _sheet("growth in other words", "word-read", "J4", put(VALUES, "J4", "同口径"))
    yield _sheet("a stage in other words", "word-read", "K4", put(VALUES, "K4", "快报数。"))
    yield _sheet("a struck-out period", "unclear-look", "E4", struck("E4"), None)
    yield _sheet("a struck-out value", "unclear-look", "G4", struck("G4"), None)
    yield _sheet("a struck-out remark", "struck-text", "L4", struck("L4", "核实中"))
    yield _sheet("an unknown stage", "unknown-word", "K4", put(VALUES, "K4", "初步"))


NUMBERS: dict[str, tuple[Any, float | None]] = {  # typed → rule, reading
    "321.5": ("text-number", TRUTH),
    " 321.5": ("text-number", TRUTH),
    "321.50": ("text-number", TRUTH),
    "+321.5": ("text-number", TRUTH),
    "３２１．５": ("text-number", TRUTH),
    "321。5": ("not-a-number", None),
    "321，5": ("not-a-number", None),
    "\u2212321.5": ("text-number", -TRUTH),
    "－321.5": ("text-number", -TRUTH),
    "–321.5": ("text-number", -TRUTH),
    "321.5-": ("not-a-number", None),
    "1,321.5": ("text-number", 1321.5),
    "1，321.5": ("text-number", 1321.5),
    "13,21.5": ("not-a-number", None),
    "1 321.5": ("not-a-number", None),
    "321.5亿元": ("unit-converted", TRUTH),
    "3,215,000万元": ("unit-converted", TRUTH),
    "0.03215万亿元": ("unit-converted", TRUTH),
    "32150000000元": ("unit-converted", TRUTH),
    "321.5亿": ("unit-in-cell", None),
    "3215000万": ("unit-in-cell", None),
    "321.5亿美元": ("unit-in-cell", None),
    "321.5家": ("unit-in-cell", None),
    "321.5%": ("unit-in-cell", None),
    "约321.5": ("note-in-cell", None),
    "321.5左右": ("note-in-cell", None),
    "321.5（预计）": ("note-in-cell", None),
    "其中软件321.5": ("note-in-cell", None),
    "321.5*": ("not-a-number", None),
    "320—322": ("not-a-number", None),
    "321.5/300": ("not-a-number", None),
    "=321.5": ("not-a-number", None),
    "'321.5": ("not-a-number", None),
    "(321.5)": ("brackets", None),
    "（321.5）": ("brackets", None),
    "3.215E2": ("scientific-notation", None),
    "3.215e+02": ("scientific-notation", None),
    "32l.5": ("not-a-number", None),
    "32I.5": ("not-a-number", None),
    "321.S": ("note-in-cell", None),
    "0321.5": ("not-a-number", None),
    "321..5": ("not-a-number", None),
    ".5": ("not-a-number", None),
    "三百二十一点五": ("not-a-number", None),
    "叁佰": ("not-a-number", None),
    "Ⅲ": ("not-a-number", None),
    "①": ("not-a-number", None),
    "³": ("not-a-number", None),
    "٣": ("not-a-number", None),
    "无": ("not-a-number", None),
    "N/A": ("odd-dash", None),
    "不适用": ("odd-dash", None),
    "暂无数据": ("word-for-blank", None),
    "同上": ("not-a-number", None),
    "—": ("", None),
    "——": ("odd-dash", None),
    "-": ("odd-dash", None),
    "/": ("odd-dash", None),
    "TRUE": ("not-a-number", None),
    "inf": ("not-a-number", None),
    "<script>alert(1)</script>": ("note-in-cell", None),
}


def _of_numbers() -> Iterator[Damage]:
    for text, (rule, reads) in NUMBERS.items():
        form = filled(rows={"revenue": {"value": text, "yoy": None}})
        yield Damage(
            f"typed {text}", rule, "G4" if rule else "", partial(workbook_bytes, form), reads
        )
    typed: dict[str, tuple[Any, str]] = {
        "a date": (dt.date(2026, 3, 21), "date-in-cell"),
        "a time": (dt.time(3, 21, 5), "date-in-cell"),
        "true": (True, "not-a-number"),
        "#N/A": ("#N/A", "error-cell"),
        "#REF!": ("#REF!", "error-cell"),
        "a formula nobody calculated": ("=300+21.5", "formula-without-value"),
        "a formula on another sheet": ("=举措！C4", "formula-without-value"),
        "nothing": (None, "blank-value"),
        "a blank": (" ", "blank-value"),
    }
    for name, (value, rule) in typed.items():
        yield _sheet(name, rule, "G4", put(VALUES, "G4", value), None)
    for code, rule in (
        ("0%", "unit-in-cell"),
        ('0.0"万元"', "scaled-format"),
        ("#,##0,", "scaled-format"),
        ("0\\.0,", "scaled-format"),
        ('0.0"亿元"', ""),
        ("0.0E+00", ""),
        ("0", ""),
    ):
        yield _sheet(
            f"shown as {code}",
            rule,
            "G4" if rule else "",
            show_as(code),
            None if rule else TRUTH,
        )
    for value, rule, reads in (
        (-88, "negative-count", None),
        (88.5, "fraction-of-count", None),
        ("(88)", "brackets", None),
    ):
        form = filled(rows={"firms": {"value": value}})
        yield Damage(f"firms {value}", rule, "G5", partial(workbook_bytes, form), reads, "firms")


def _of_explanations() -> Iterator[Damage]:
    same = {key: {"confirmed": "经核实无误"} for key in ("revenue", "firms", "added")}
    form = filled(rows=same)
    rule = "repeated-explanation"
    yield Damage("an explanation copied down", rule, "M4", lambda: workbook_bytes(form))


def _of_growth() -> Iterator[Damage]:
    def as_percent(book: Workbook) -> None:
        book[VALUES]["I4"].value, book[VALUES]["I4"].number_format = 0.072, "0.0%"

    yield _sheet("growth formatted as percent", "percent-format", "I4", as_percent)
    for typed, rule in (
        ("7.2%", "text-number"),
        ("增长7.2", "growth-read"),
        ("增长约7.2", "note-in-cell"),
    ):
        form = filled(rows={"revenue": {"yoy": typed}})
        yield Damage(f"growth {typed}", rule, "I4", partial(workbook_bytes, form))
    form = filled(rows={"revenue": {"prior_value": "300家"}})
    yield Damage("a year earlier in 家", "unit-in-cell", "H4", lambda: workbook_bytes(form))


def _of_measures() -> Iterator[Damage]:
    for word in ("基本完成", "已完成（80%）", "√", 1):
        yield _sheet(f"status {word}", "unknown-status", "C4", put(MEASURES, "C4", word))
    for name, typed in (("an error", "#REF!"), ("a formula nobody calculated", "=C5")):
        yield _sheet(f"status {name}", "unknown-status", "C4", put(MEASURES, "C4", typed))
    for word in ("进行中", "推进", "已完结", "推进中。"):
        yield _sheet(f"status {word}", "word-read", "C4", put(MEASURES, "C4", word))
    yield _sheet("a continuous one done", "continuous-done", "C7", put(MEASURES, "C7", "已完成"))
    yield _sheet("no status", "blank-status", "C4", put(MEASURES, "C4", None))
    yield _sheet("no reason", "blocked-unexplained", "D4", put(MEASURES, "C4", "受阻"))

    def explain(book: Workbook) -> None:
        book[MEASURES]["C4"].value, book[MEASURES]["D4"].value = "受阻", "用地未落实"

    yield _sheet("a reason", "", "", explain)
    yield _sheet("no measure", "missing-row", "", lambda book: book[MEASURES].delete_rows(4))
    yield _sheet("another measure", "unknown-measure", "A4", put(MEASURES, "A4", "x"))
    yield _sheet("a measure twice", "duplicate-row", "A5", put(MEASURES, "A5", "build"))
    for text in ("年底", "2026年", "2026-13", 2026):
        yield _sheet(f"completed {text}", "bad-completion", "E4", put(MEASURES, "E4", text))
    completed: tuple[tuple[str, Any, str], ...] = (
        ("已完成", "2026-08", ""),
        ("已完成", dt.date(2026, 8, 1), ""),
        ("已完成", "2026-02-31", "bad-completion"),
        ("已完成", "1999-01", "early-completion"),
        ("已完成", "2026-12", "completion-contradicts"),
        ("已完成", "2035-01", "completion-contradicts"),
        ("推进中", "2026-08", "completion-not-done"),
        ("推进中", "2026-12", "completion-not-done"),
    )
    for status, text, rule in completed:

        def complete(book: Workbook, status: str = status, text: Any = text) -> None:
            book[MEASURES]["C4"].value, book[MEASURES]["E4"].value = status, text

        yield _sheet(f"{status} {text}", rule, "E4" if rule else "", complete)


def _of_revisions() -> Iterator[Damage]:
    fine = ("企业数量", "2026年6月末", 80, 81, "年报核定")
    broken: dict[str, tuple[tuple[Any, ...], str, str]] = {
        "nobody's indicator": (("别处的指标", *fine[1:]), "unknown-revised", "A4"),
        "no period": ((fine[0], "", *fine[2:]), "bad-period", "B4"),
        "a period of another kind": ((fine[0], "2026年1—6月", *fine[2:]), "bad-period", "B4"),
        "a period to come": ((fine[0], "2026年12月末", *fine[2:]), "period-outside", "B4"),
        "no new value": ((*fine[:3], None, fine[4]), "incomplete-revision", "D4"),
        "a new value in words": ((*fine[:3], "八十一", fine[4]), "not-a-number", "D4"),
        "an old value in words": ((*fine[:2], "八十", *fine[3:]), "not-a-number", "C4"),
        "no reason": ((*fine[:4], ""), "revision-without-reason", "E4"),
        "another value than the table": (
            ("企业数量", "2026年9月末", 80, 81, "年报核定"),
            "revision-conflict",
            "D4",
        ),
    }
    for name, (line, rule, cell) in broken.items():
        form = filled(revisions=(RevisionLine(*line),))
        yield Damage(f"a revision with {name}", rule, cell, partial(workbook_bytes, form))


# --- the judge ---------------------------------------------------------------------------------

_UNITS = {
    "万亿元": Decimal(10**12),
    "亿元": Decimal(10**8),
    "万元": Decimal(10**4),
    "元": Decimal(1),
}


def misread(submission: Submission, data: bytes) -> list[str]:
    """Return what was read that does not stand in the workbook; nothing, if all is well."""
    if not submission.usable:
        return [] if submission.findings else ["refused without a word"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book[VALUES]
    wrong = []
    for value in submission.values:
        if value.value is None:
            continue
        row = sheet[value.cell].row
        indicator = PLAN.indicator(value.indicator_id)
        cells = {letter: sheet[f"{letter}{row}"].value for letter in "ACDEFG"}
        if cells["A"] != indicator.id or _plain(cells["D"]) != indicator.unit:
            wrong.append(f"{value.cell} is not {indicator.id} in {indicator.unit}")
        named = _plain(cells["C"]) == indicator.name
        said = any(
            f.rule == "renamed-indicator" and f.cell == f"C{row}" for f in submission.findings
        )
        if not named and not said:
            wrong.append(f"{value.cell} is called {cells['C']}")
        if str(value.period.month) not in re.findall(r"[1-9]\d*", _plain(cells["E"])):
            wrong.append(f"{value.cell} is of {cells['E']}, not {value.period}")
        if cells["F"] is not None and _plain(cells["F"]) != value.scope:
            wrong.append(f"{value.cell} is of {cells['F']}, not {value.scope}")
        if meaning(cells["G"], indicator.unit) != value.value:
            wrong.append(f"{value.cell} holds {cells['G']!r}, not {value.value}")
    return wrong


def meaning(cell: object, unit: str) -> float | None:
    """Return the number that a person sees in a cell, by rules of its own."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    text = re.sub("^[\u2212\u2013\ufe63]", "-", text)
    match = re.fullmatch(r"([+-]?[\d,]*\.?\d+)\s*(\D*)", text)
    if match is None:
        return None
    try:
        number = Decimal(match[1].replace(",", ""))
    except InvalidOperation:
        return None
    written = match[2].strip()
    if written and written != unit:
        if written not in _UNITS or unit not in _UNITS:
            return None
        number = number * _UNITS[written] / _UNITS[unit]
    return float(number)


def _plain(cell: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(cell)).split())
