"""What a preview says: what changes for readers, what has to be decided before, and how."""

from __future__ import annotations

from planbook.acceptance import Acceptance
from planbook.present.say.table_words import NO_REVISED_VALUE, NONE, named_text

FIRST_OF_ALL = "没有已发布的一期可比，全部目标都是首次发布。"
NO_SITE = "没有可比的站点。"
MEND_FINDINGS = "退回部门更正，或在 corrections.yaml 中声明更正"
NO_OPEN_COMMENTARY = "没有未确认、未写完的点评。"
NOTHING_TO_DECIDE = "没有须先决定的事项，可以发布。"
NOTHING, NO_REVISION = NONE, NO_REVISED_VALUE


def headline(title: str, found: int, nothing: str) -> str:
    return f"{title}（{found}）" if found else named_text(title, nothing)


def what_to_do(remedy: str, acceptance: Acceptance | None) -> str:
    """Return the remedy, and how to publish all the same where that may be."""
    accepted = f"；按现状发布的，发布时加 --accept {acceptance}" if acceptance else ""
    return f"处理：{remedy}{accepted}"


def new_page(page: str) -> str:
    return f"新增 {page}"


def gone_page(page: str) -> str:
    return f"不再有 {page}"


def finding(message: str, file: str, cell: str) -> str:
    return f"{message}（{' '.join((file, cell)).strip()}）"


def revised_value(indicator: str, period: str, old: str, new: str) -> str:
    return f"{indicator}，{period}：{old} → {new}"


def to_decide(points: int) -> str:
    return f"须先决定 {points} 项："


def more_on_the_page(more: int) -> str:
    return f"……另有 {more} 项，见预览页"
