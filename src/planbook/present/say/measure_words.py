"""What is said of measures: which are blocked or silent, how many there are, captions and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planbook.present.say.table_words import named_text

NO_MEASURES = "没有举措。"
PLAN_WITHOUT_MEASURES = "方案没有举措。"
FIELD_NOTE = "方案同一领域的举措；专项和进展文字见所在章。"
COUNT_NOTE = "方案列明的专项单独报送，计入其中；状态为最近一次报送的状态，已完成的不再计为未报。"
NOT_NOW = "本期未报"
BOARD_NOTE = "专项前注明所属举措。未报的举措沿用最近一次报送的状态；已完成的不再列入。"
BLOCKED_NOW = "本期起受阻"
NOTHING_ASKED = "填报单位没有写明须由谁协调什么，也没有督办事项"
_PART = re.compile("[，。；]")
_ASKS = re.compile("提请|请示|商请|报请|协调|须由|需由|需要")
NO_TROUBLE = "没有受阻的举措，各项举措本期均已报送。"


def board_caption(edition: str) -> str:
    return f"{edition}受阻或本期未报的举措"


def blocked_and_silent(blocked: int, silent: int, *, listed: bool = False) -> str:
    said = [f"受阻{blocked}项" if blocked else "", f"本期未报{silent}项" if silent else ""]
    return ("、" if listed else "，").join(part for part in said if part)


def blocked_and_all_silent(blocked: int, silent: int) -> str:
    return "，".join([*([f"受阻{blocked}项"] if blocked else []), f"全部{silent}项本期未报"])


def board_heading(unit: str, trouble: str) -> str:
    return f"{unit}（{trouble}）"


def sub_item(measure: str, title: str) -> str:
    return named_text(measure, title) if measure else title


def trouble_lasting(parts: Iterable[str]) -> str:
    return "；".join(parts)


def blocked_since(edition: str, editions: str) -> str:
    return f"{edition}起受阻，已{editions}"


def asked_for(progress: str) -> str:
    """Return the parts of a unit's own words in which it asks others for something."""
    parts = (part for part in _PART.split(progress) if _ASKS.search(part))
    said = "，".join(parts)
    return f"填报单位：{said}" if said else ""


def project_needs(project: str, need: str) -> str:
    return f"项目「{project}」：{need}"


def task_asks(task: str, month: str) -> str:
    return f"年度任务「{task}」申请延至{month}"


def action_stands(task: str, due: str) -> str:
    return f"督办：{task}（{due}）"


def last_reported(edition: str) -> str:
    return f"最近一次为{edition}"


def status_heading(status: str, measures: int, sub_items: int) -> str:
    counts = [f"{measures}项"] * bool(measures) + [f"专项{sub_items}个"] * bool(sub_items)
    return f"{status}（{'、'.join(counts)}）"


def all_measures(measures: int, sub_items: int) -> str:
    return f"全部{measures}项举措" + (f"和{sub_items}个专项" if sub_items else "")


def progress_of_field(field: str) -> str:
    return f"{field}举措进展"


def measures_of_field(field: str) -> str:
    return f"{field}的举措"


def counts_caption(chapter: str) -> str:
    return f"{chapter}举措按状态计数（项）"


def completed_on(month: str) -> str:
    return f"（完成时间：{month}）" if month else ""


def never_reported(editions: int) -> str:
    return f"从未报送，已{editions}期"


def not_reported_for(editions: int) -> str:
    return f"连续{editions}期未报" if editions > 1 else NOT_NOW


def sub_items_also(sub_items: int) -> str:
    return f"方案另列明专项{sub_items}个，单独报送。" if sub_items else ""


def trouble_listed(trouble: str, *, with_sub_items: bool) -> str:
    return f"{'连同专项，' if with_sub_items else ''}{trouble}，列于下表。" if trouble else ""
