"""The fields that templates of letters may name, as a table: what an office writes its own by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planbook.letters import Letter, LetterField
from planbook.present.tables.cells import Cell, Column, Rows, words
from planbook.present.tables.table import Table


def letter_fields_table() -> Table:
    """Return the fields of all letters: those of every letter, then each one's own."""
    letters = {letter: letter.fields for letter in Letter}
    shared = [f for f in next(iter(letters.values())) if all(f in own for own in letters.values())]
    groups = [Rows(tuple(_rows(shared)), "各种公文都有")]
    for letter, fields in letters.items():
        groups.append(Rows(tuple(_rows(f for f in fields if f not in shared)), str(letter)))
    columns = (Column("字段"), Column("含义"))
    note = "带「逐条」的写成循环，如 {%p for 项 in 要求 %}、{{ 项.内容 }}、{%p endfor %}。"
    return Table("letter-fields", "公文模板的字段", columns, tuple(groups), note)


def _rows(fields: Iterable[LetterField]) -> Iterator[tuple[Cell, ...]]:
    for each in fields:
        said = each.meaning
        if each.items:
            own = "；".join(f"{item.name}：{item.meaning}" for item in each.items)
            said = f"逐条，{said}。每条有 {own}"
        yield words(each.name), words(said)
