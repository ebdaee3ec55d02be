"""The templates of letters that are used where a dataset has none of its own.

They are written by the code that gives all Word files their look, as a person would type them:
fields in double braces, loops and conditions in paragraphs and rows that vanish.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from docx.document import Document

from planbook.letters import Letter
from planbook.produce.word.official_style import (
    LETTER,
    add_row,
    add_table,
    all_parts,
    blank_document,
    sized,
)
from planbook.produce.word.same_bytes import saved

_DAY = dt.date(2026, 1, 1)  # of which the templates are


def design(letter: Letter) -> bytes:
    """Return the template of a letter: the same bytes each time."""
    document = blank_document(LETTER)
    _DESIGNS[letter](document)
    about = {"title": letter.value, "author": "{{ 发出单位 }}"}
    return saved(document, day=_DAY, parts=all_parts(), **about)


def _request(document: Document) -> None:
    _opened(document, "关于报送{{ 期号 }}进展数据的通知")
    _text(
        document,
        "为{{ 用途 }}，请你单位填报{{ 期号 }}进展数据，"
        "于{{ 答复期限 }}前报送{% if 逾期说明 %}（{{ 逾期说明 }}）{% endif %}。有关事项通知如下。",
    )
    _heading(document, "一、填报内容")
    _text(
        document,
        "{% if 应报内容 %}{{ 应报内容 }}。{% endif %}"
        "{% if 新任务年度 %}请一并提出{{ 新任务年度 }}的年度任务。{% endif %}"
        "{% if 应报指标 %}应报指标见下表。{% endif %}",
    )
    columns = {"序号": 9, "名称": 34, "计量单位": 13, "数据时期": 22, "口径": 14}
    _listed(document, "应报指标", columns)
    _each(
        document,
        "督办事项",
        "督办事项{{ 项.序号 }}：{{ 项.事项 }}（期限{{ 项.期限 }}，{{ 项.依据 }}）。",
    )
    _each(document, "年度任务", "年度任务{{ 项.序号 }}：{{ 项.任务 }}（期限{{ 项.期限 }}）。")
    _each(
        document,
        "重点项目",
        "重点项目{{ 项.序号 }}：{{ 项.项目 }}（{{ 项.阶段 }}{% if 项.节点 %}，下一节点{{ 项.节点 }}"
        "{% endif %}{% if 项.期限 %}，时限{{ 项.期限 }}{% endif %}）。",
    )
    _heading(document, "二、填报要求")
    _text(
        document,
        "（一）用随附的填报表填报，不改动表头、指标名称和计量单位；没有数的填「—」，不填0。",
    )
    _text(document, "（二）与上年同期相差较大的，在「核实说明」中写明原因。")
    _text(document, "（三）涉及企业不足三家的数值，在「公开范围」一栏写「内部」。")
    _text(document, "附件：{{ 填报表 }}")
    _closed(document)


def _reminder(document: Document) -> None:
    _opened(document, "关于催报{{ 期号 }}进展数据的函")
    _text(document, "{{ 事由 }}")
    columns = {"序号": 9, "程度": 9, "位置": 17, "问题": 35, "处理办法": 32}
    _listed(document, "问题", columns)
    _each(document, "要求", "{{ 项.序号 }}．{{ 项.内容 }}")
    _closed(document)


def _warning(document: Document) -> None:
    _opened(document, "预警通知单")
    _text(document, "{{ 事由 }}{{ 数据时点 }}。")
    _heading(document, "一、预警事项")
    columns = {"序号": 9, "对象": 19, "情况": 26, "起于": 13, "督办": 18, "须反馈": 15}
    _listed(document, "预警", columns)
    _heading(document, "二、要求")
    _each(document, "要求", "（{{ 项.序号 }}）{{ 项.内容 }}")
    _closed(document)


_DESIGNS: Mapping[Letter, Callable[[Document], None]] = {
    Letter.REQUEST: _request,
    Letter.REMINDER: _reminder,
    Letter.WARNING: _warning,
}


def _opened(document: Document, title: str) -> None:
    for line in ("{%p if 示例 %}", "【{{ 示例 }}】", "{%p endif %}"):
        document.add_paragraph(line, style="Salutation")
    document.add_paragraph(title, style="Title")
    document.add_paragraph("{{ 单位 }}：", style="Salutation")


def _closed(document: Document) -> None:
    document.add_paragraph("", style="Signature")
    document.add_paragraph("{{ 发出单位 }}", style="Signature")
    document.add_paragraph("{{ 成文日期 }}", style="Signature")
    _text(document, "{%p if 联系方式 %}")
    _text(document, "（联系方式：{{ 联系方式 }}）")
    _text(document, "{%p endif %}")


def _heading(document: Document, text: str) -> None:
    document.add_paragraph(text, style="Heading 1")


def _text(document: Document, text: str) -> None:
    document.add_paragraph(text, style="Body Text")


def _each(document: Document, field: str, text: str) -> None:
    """Write a paragraph for each entry of a list."""
    for line in ("{%p for 项 in " + field + " %}", text, "{%p endfor %}"):
        _text(document, line)


def _listed(document: Document, field: str, columns: Mapping[str, float]) -> None:
    """Write a table with a row for each entry of a list; none where it is empty."""
    _text(document, "{%p if " + field + " %}")
    said = (field, f"{field}，一项一行：{'、'.join(columns)}")
    table = add_table(document, list(columns), list(columns.values()), said)
    first, *rest = columns
    for cells in _rows(field, first, rest):
        add_row(table, cells)
    for row in table.rows[1:]:
        sized(table, row)
    _text(document, "{%p endif %}")


def _rows(field: str, first: str, rest: list[str]) -> Iterator[list[str]]:
    empty = [""] * len(rest)
    yield ["{%tr for 项 in " + field + " %}", *empty]
    yield ["{{ 项." + first + " }}", *("{{ 项." + name + " }}" for name in rest)]
    yield ["{%tr endfor %}", *empty]
