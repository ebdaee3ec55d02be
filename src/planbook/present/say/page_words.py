"""What pages say that are neither of a goal nor of a notebook: banner, downloads, limits, units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

DEMONSTRATION = "示例数据：书中数值均为演示而编造，不是真实统计，不得引用。"
CONFIDENTIAL = "内部版：含有不对外公布的内容，请勿外传。"

EVERY_YEAR_LIMIT = "每年达标的目标，当年进度比不低于此数为达序时"
TOLERANCE_USE = "相对目标值，单边；误差之内即为达到目标，应达路径止于误差的一端"
WHOLE_UNITS_USE = "按个数计、从基期到达标不多于此数的，以应达的整数个对照"
LIMITS_NOTE = "国家没有统一标准，以上取值由本书设定，在方案数据文件中可以调整。"
LETTER_FIELDS_NOTE = (
    "带「逐条」的写成循环，如 {%p for 项 in 要求 %}、{{ 项.内容 }}、{%p endfor %}。"
)

UNITS_LEAD = "点击表头可以排序；单位的页面列出它负责的目标、举措、督办事项和报送情况。"
NO_GOAL_OF_ITS_OWN = "没有由本单位填报的目标。"


def series_files(files: int) -> str:
    return f"各目标图中数据（{files}个 CSV 文件）"


def goal_files(files: int) -> str:
    return f"各目标全部数据（{files}个 JSON 文件）"


def for_meetings(links: Sequence[str]) -> str:
    return f"会议用：{'、'.join(links)}。" if links else ""


def corrections_section(table: str) -> str:
    return f"## 更正说明\n\n{table}"


def points_of_percent(points: str) -> str:
    return f"{points}个百分点"


def things(count: int) -> str:
    return f"{count}项"


def letter_items(meaning: str, items: Sequence[tuple[str, str]]) -> str:
    """Return what a field means that is a list, and what each of its items has."""
    own = "；".join(f"{name}：{what}" for name, what in items)
    return f"逐条，{meaning}。每条有 {own}"


def measures_and_clauses(field: str) -> str:
    return f"{field}举措与原文"


def share_of_goals(total: int, what: str, share: str) -> str:
    return f"／{total}项目标{what}，占{share}"


def share_of_rating(share: str, some: str) -> str:
    return f"项，{share}{f'（{some}）' if some else ''}"


def answers_for(goals: str) -> str:
    return f"负责{goals}。" if goals else NO_GOAL_OF_ITS_OWN


def overdue(things: int) -> str:
    """Return how many actions, yearly tasks and nodes of projects are late; nothing for none."""
    return f"逾期事项{things}件。" if things else ""


def owes_nothing(edition: str) -> str:
    return f"{edition}没有应报内容。"


def next_forms(owed: Iterable[tuple[str, str]]) -> str:
    """Return the days before which workbooks are due, each with its edition or month."""
    told = (f"{last}前报送{edition}填报表" for last, edition in owed)
    return f"下一次报送：{'，'.join(told)}。"
