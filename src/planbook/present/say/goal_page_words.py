"""What a goal's page says around its numbers: captions, notes, remarks of key numbers, clauses."""

from __future__ import annotations

from collections.abc import Iterable

from planbook.present.say.table_words import in_unit

YEARLY_TARGETS_NOTE = "年度目标只按年末的数值判定，单独列出，不改变状态；状态以方案的路径为准。"
SECOND_FORMULA = "另一种算法，只列示，不用于评定："
CATALOGUE = (
    "每项目标一页，列出原文、类型、基数与来源、判定公式、历次数据和理解上的说明。页面地址固定不变。"
)
LATEST = "最新值"
WITHIN_TOLERANCE = "误差之内即为达到"


def all_goals(goals: int) -> str:
    return f"全部{goals}项目标"


def due_target(due: str, target: str, *, yearly: bool) -> str:
    return f"{'至' if yearly else ''}{due}{target}"


def sources(remarks: Iterable[str]) -> str:
    return "；".join(remark.removeprefix("来源：") for remark in remarks)


def history_caption(unit: str) -> str:
    return in_unit("历次数据与判定", unit)


def older_rows(rows: int, counted: str) -> str:
    return f"更早的{rows}{counted}"


def quoted_clause(clause: str, title: str, section: str) -> str:
    """Return a clause as a quotation in Markdown, all of which is escaped."""
    return f"> {clause}。\n>\n> ——{of_section(title, section)}"


def of_section(title: str, section: str) -> str:
    return f"《{title}》，{section}"


def not_judged(reason: str, sentence: str) -> str:
    return f"本期无法判定，原因是「{reason}」：{sentence}"


def tolerance(meeting: str) -> str:
    means = f"{meeting}，应达路径也止于此数" if meeting else WITHIN_TOLERANCE
    return f"原文用「约」或「左右」，本书允许误差：{means}。"


def until(period: str) -> str:
    return f"截至{period}"


def year_counted(year: str, *, estimated: bool) -> str:
    """Return a year's total as what growth is counted from: 推算的2026年全年数, 2025年数."""
    return f"推算的{year}全年数" if estimated else f"{year}数"


def from_until_due(start: str) -> str:
    return f"从{start}算起，至到期"


def progress_due(share: str) -> str:
    return f"应达进度{share}"


def yearly_target_of(year: str) -> str:
    return f"{year}年度目标"


def left_until_due(left: str) -> str:
    return f"到期前还有{left}"


def at_most(rate: str) -> str:
    return f"{rate}以内"


def more(amount: str) -> str:
    return f"新增{amount}"


def needed_every(step: str) -> str:
    return f"此后{step}须"
