"""Covering letters: which there are, and the fields that a template of each may name.

What fills them is put together where it is known; `planbook.produce.word.letter_template` refuses a
template that names anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class LetterField:
    """A field as it is named in templates, and what it says.

    `items` are the fields of each entry where it is a list; a list is gone through by a loop.
    In `meaning`, ``{label}`` and ``{id}`` stand for an edition of the book that is read.
    """

    name: str
    meaning: str
    items: tuple[LetterField, ...] = ()


LetterItems = Sequence[Mapping[str, str]]
LetterFields = Mapping[str, str | LetterItems]  # by name; exactly those that its letter has


class Letter(StrEnum):
    """A covering letter, by the name that its template bears in ``letters/``."""

    REQUEST = "报送通知"
    REMINDER = "催报函"
    WARNING = "预警通知单"

    @property
    def file(self) -> str:
        """The file name of its template."""
        return f"{self.value}.docx"

    @property
    def fields(self) -> tuple[LetterField, ...]:
        """All fields of it: those of every letter, then its own."""
        return (*_OF_ALL, *_OWN[self])


_NUMBER = LetterField("序号", "从1起的编号")
_OF_ALL = (
    LetterField("单位", "填报单位的全称"),
    LetterField("单位简称", "填报单位的简称"),
    LetterField("方案", "方案的简称"),
    LetterField("期号", "如{label}"),
    LetterField("示例", "示例数据为「示例数据」，正式数据为空"),
    LetterField("发出单位", "编制单位，没有写明的为方案的印发单位"),
    LetterField("联系方式", "数据集说明中的 contact，可能为空"),
    LetterField("成文日期", "命令运行的日期，或 --dated 所写的"),
    LetterField("答复期限", "请对方最迟在哪一天报送或反馈"),
)
_ASKED = LetterField("要求", "请对方做什么，逐条", (_NUMBER, LetterField("内容", "一条要求")))
_OWN: Mapping[Letter, tuple[LetterField, ...]] = {
    Letter.REQUEST: (
        LetterField("填报表", "随附填报表的文件名"),
        LetterField("用途", "为什么请对方填报：编制一期进展报告，或者召开一个月的调度会"),
        LetterField("应报内容", "应报的各类内容和数量，没有的不列"),
        LetterField("指标数", "应报指标的项数"),
        LetterField("举措数", "应报举措的项数，专项另计"),
        LetterField("专项数", "应报专项的个数"),
        LetterField("督办数", "须反馈的督办事项的项数"),
        LetterField("任务数", "须填报进展的年度任务的项数"),
        LetterField("项目数", "须更新的重点项目的个数，已投产的不计"),
        LetterField("新任务年度", "须一并提出哪一年的年度任务，如2027年；不须提出的为空"),
        LetterField("逾期说明", "截止日期已过的，写明是哪一天；没有过的为空"),
        LetterField(
            "应报指标",
            "应报的指标和数据时期，一项一条",
            (
                _NUMBER,
                LetterField("名称", "指标名称"),
                LetterField("计量单位", "指标的计量单位"),
                LetterField("数据时期", "应报哪一时期的数，与填报表所写的相同"),
                LetterField("口径", "数值所指的范围"),
                LetterField("目标", "方案的目标"),
            ),
        ),
        LetterField(
            "应报举措",
            "应报的举措和专项",
            (
                _NUMBER,
                LetterField("名称", "举措或专项的名称"),
                LetterField("上期状态", "上一期所报的状态，没有报过的为空"),
            ),
        ),
        LetterField(
            "督办事项",
            "须在填报表中反馈的督办事项",
            (
                _NUMBER,
                LetterField("事项", "要办什么"),
                LetterField("期限", "办结期限"),
                LetterField("依据", "在哪里决定的"),
            ),
        ),
        LetterField(
            "年度任务",
            "须在填报表中填报进展的年度任务",
            (
                _NUMBER,
                LetterField("任务", "要做什么"),
                LetterField("期限", "应完成的月份，已逾期的注明"),
                LetterField("所属", "属于哪个目标或举措"),
            ),
        ),
        LetterField(
            "重点项目",
            "须在填报表中更新的重点项目",
            (
                _NUMBER,
                LetterField("项目", "项目名称"),
                LetterField("阶段", "上一期所报的阶段"),
                LetterField("节点", "下一节点，没有报过的为空"),
                LetterField("期限", "节点时限，没有报过的为空"),
            ),
        ),
    ),
    Letter.REMINDER: (
        LetterField("报送状态", "待报、未报、已退回等，与 collect status 相同"),
        LetterField("截止日期", "本期报送的截止日期"),
        LetterField("事由", "一句话：报送到什么程度、迟了多久"),
        LetterField("应报数", "应报的数据项数"),
        LetterField("举措数", "应报举措的项数，专项另计"),
        LetterField("专项数", "应报专项的个数"),
        LetterField("督办数", "须反馈的督办事项的项数"),
        LetterField("任务数", "须填报进展的年度任务的项数"),
        LetterField("项目数", "须更新的重点项目的个数，已投产的不计"),
        LetterField("已报数", "已报的数据项数"),
        LetterField("错误数", "已报数据中的错误"),
        LetterField("提示数", "已报数据中须核对的提示"),
        LetterField(
            "问题",
            "已报数据中的错误和提示，错误在前",
            (
                _NUMBER,
                LetterField("程度", "错误或提示"),
                LetterField("位置", "工作表和单元格"),
                LetterField("收到的内容", "单元格中所填的"),
                LetterField("问题", "有什么问题"),
                LetterField("处理办法", "怎样改正"),
            ),
        ),
        _ASKED,
    ),
    Letter.WARNING: (
        LetterField("事由", "一句话：依据哪一期报告，有几项触发预警"),
        LetterField("预警数", "触发预警的项数"),
        LetterField("数据时点", "报告的数据截至何时"),
        LetterField("编号", "本期进展报告的期号，如{id}"),
        LetterField(
            "预警",
            "触发的预警，轻重为序",
            (
                _NUMBER,
                LetterField("对象", "哪个目标、举措，或者本单位的报送"),
                LetterField("类别", "预警规则的名称"),
                LetterField("情况", "实测值和界限"),
                LetterField("起于", "自哪一期起触发"),
                LetterField("督办", "已有的督办事项，或者尚无"),
                LetterField("须反馈", "对这一条要答复什么"),
            ),
        ),
        _ASKED,
    ),
}
