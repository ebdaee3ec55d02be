"""The fields that templates of letters may name, as a table: what an office writes its own by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planbook.letters import Letter, LetterField
from planbook.periods import Edition
from planbook.present.say import page_words
from planbook.present.tables.cells import Cell, Column, Rows, words
from planbook.present.tables.table import Table


def letter_fields_table(example: Edition) -> Table:
    """Return the fields of all letters: those of every letter, then each one's own.

    `example` is an edition of the book, by whose names fields are explained.
    """
    letters = {letter: _of(example, letter.fields) for letter in Letter}
    shared = [f for f in next(iter(letters.values())) if all(f in own for own in letters.values())]
    groups = [Rows(tuple(_rows(shared)), "各种公文都有")]
    for letter, fields in letters.items():
        groups.append(Rows(tuple(_rows(f for f in fields if f not in shared)), str(letter)))
    columns = (Column("字段"), Column("含义"))
    note = page_words.LETTER_FIELDS_NOTE
    return Table("letter-fields", "公文模板的字段", columns, tuple(groups), note)


def _of(example: Edition, fields: Iterable[LetterField]) -> list[LetterField]:
    named = {"label": example.label, "id": str(example)}
    return [replace(each, meaning=each.meaning.format(**named)) for each in fields]


def _rows(fields: Iterable[LetterField]) -> Iterator[tuple[Cell, ...]]:
    for each in fields:
        items = [(item.name, item.meaning) for item in each.items]
        said = page_words.letter_items(each.meaning, items) if items else each.meaning
        yield words(each.name), words(said)
