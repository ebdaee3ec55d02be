"""From sheet 方案 of a spreadsheet to ``plan.yaml``, with what every new plan begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from planbook.plan.cycle import Cycle
from planbook.run.starting.list_reader import Entry
from planbook.run.starting.stand_ins import ISSUED, TEXT, Dates

_STANDARD = {  # as the handbook and 方法 explain them; whoever keeps the plan may change them
    "thresholds": {"on_course": 0.95, "far_behind": 0.6},
    "approx_tolerance": 0.05,
    "small_target": 10,
    "yoy_gap": 1.0,
}
_FRONT = {"overview": "总览", "watchlist": "预警与变化"}
_FOLLOWED = {"tasks": "年度任务", "projects": "重点项目"}
_BACK = {"editions": "各期变化", "data_quality": "数据质量", "analysis": "自己做分析"}


def plan_file(
    about: Entry,
    dates: Dates,
    cycle: Cycle,
    *,
    scopes: Sequence[dict[str, Any]],
    chapters: Sequence[str],
    with_measures: bool,
) -> dict[str, Any]:
    """Return the content of ``plan.yaml``; `chapters` are ids, `scopes` as the file has them."""
    keys = ("title", "short_title", "issuer", "issued", "area", "goal_sentence")
    areas = {"scopes": list(scopes), "scope_break": about.get("scope_break")}
    pages = _FRONT | _FOLLOWED | ({"measures": "举措一览"} if with_measures else {})
    return {
        "id": about.get("id", "plan"),
        **{key: about.get(key, ISSUED if key == "issued" else TEXT) for key in keys},
        **asdict(dates),
        "cycle": cycle.name.value,
        "fiscal_year_begins": cycle.year.first_month,
        **{key: told for key, told in areas.items() if told},
        **_STANDARD,
        "front": [_page(*page) for page in pages.items()],
        "chapters": list(chapters),
        "back": [_page(*page) for page in _BACK.items()],
    }


def _page(notebook: str, title: str) -> dict[str, str]:
    return {"id": notebook.replace("_", "-"), "title": title, "notebook": notebook}
