"""What is said of commentaries: the head, the signature, whether their figures still hold."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present.say.table_words import named_text
from planbook.present.say.wording import NOT_YET_REPORTED

HEAD = "分析点评"
UNWRITTEN = "还留着提示行，没有写完，不刊出"
NO_COMMENTARY = "本期没有分析点评。"
NOT_COMPARABLE = "未记录撰写时的数据，无法核对"
AS_WRITTEN = "与现有数据一致"
NO_REVISION = (
    "撰写后的变化是本期定稿以前的：数据在本期之内重新报送或更正，或者状态重新判定，"
    "不改动以前各期的数值，不列入「数据修订」。"
)
_NAMED = 3  # changes that stand below a commentary


def signed(author: str, day: str) -> str:
    return f"——{author}，{day}"


def bold_without_pair(said: str) -> str:
    return f"「{said}」中的 ** 没有成对，按原样印出"


def left_out(kind: str, address: str) -> str:
    if kind == "image":
        return f"图片 {address} 不刊出，只印替代文字；要刊出的，放进这一章的笔记本"
    return f"链接 {address} 不能点，只印文字；写 https:// 开头的完整网址，或者说明在哪一页"


def changed(name: str, then: str, now: str) -> str:
    return f"{name}由「{then or '无'}」变为「{now or '无'}」"


def differs_since(changes: Sequence[str]) -> str:
    """Return for readers what stands otherwise now; of many the first ones."""
    more = "等" if len(changes) > _NAMED else ""
    said = "；".join(changes[:_NAMED])
    return f"（点评写成后有{len(changes)}项数据变化，以本页数据为准：{said}{more}。）"


def changed_since(changes: Sequence[str]) -> str:
    return f"撰写后有{len(changes)}项数据变化，请复核：{'；'.join(changes)}"


def status_figure(status: str | None, count: int) -> str:
    return f"{status or NOT_YET_REPORTED}{count}"


def figures(said: Sequence[str]) -> str:
    return "，".join(said)


def about(title: str, said: str) -> str:
    return named_text(f"分析点评「{title}」", said)
