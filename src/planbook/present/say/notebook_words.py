"""What notebooks' calls say beside tables and charts: leads, why nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable

NO_PACE_YET = "各项目标暂时都算不出进度，收到数据并补齐基数后在此绘图。"
TOO_FEW_FOR_PANELS = "数据还不够并列走势，收到填报后在此绘图。"
NOTHING_TO_DRAW = "还没有可以绘图的数据。"
JUDGED_BY_PEOPLE = "由人工评定，不绘走势。"
NO_GOALS_TO_COUNT = "方案没有目标，没有状态可以计数。"


def part_of(chapter: str, book: str) -> str:
    return f"{chapter}（{book}）"


def goals_of_chapter(counted: str) -> str:
    return f"本章共{counted}。"


def progress_of_goals(field: str) -> str:
    return f"{field.removesuffix('目标')}目标进展"


def no_rating_changed(before: str) -> str:
    return f"与{before}相比，各项目标的状态没有变化。"


def no_chapter(name: str, known: Iterable[str]) -> str:
    return f"没有章节「{name}」。现有：{'、'.join(known)}"


def no_goal_in_chapter(name: str, known: Iterable[str]) -> str:
    return f"本章没有目标「{name}」。现有：{'、'.join(known)}"


def no_field_in_chapter(name: str, known: Iterable[str]) -> str:
    return f"本章没有领域「{name}」。现有：{'、'.join(known)}"
