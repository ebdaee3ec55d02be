"""What tables say beside the words of their heads: captions and notes, rows that hold a sentence.

Each is a text or a function of what it is about; a head stands beside its cell in `present.tables`.
"""

from __future__ import annotations

from collections.abc import Iterable

# What was sent, found, revised and corrected.

NOTHING_SENT = "本期没有收到报送文件。"
MEASURES_ONLY = "只报举措"
NOTHING_FOUND = "没有发现问题。"
FINDINGS_ONLY_COUNTED = "公开版只列问题的数量，内容由填报单位各自核对。"
NOTHING_REVISED = "本期没有修订以前各期的数值。"
NO_REVISED_VALUE = "没有数据被修订。"
NO_REVISION = "没有修订。"
NO_CORRECTION = "没有更正声明。"


def sent_caption(edition: str) -> str:
    return f"{edition}各单位报送情况"


def place_in_file(file: str, sheet: str, cell: str) -> str:
    there = f"「{sheet}」{cell}" if sheet else ""
    return " ".join(part for part in (file, there) if part)


def findings_caption(edition: str) -> str:
    return f"{edition}报送中发现的问题"


def input_warning(file: str, message: str, remedy: str) -> str:
    return f"{file}：{message}{remedy}。"


def revised(values: int, published: Iterable[tuple[str, int]]) -> str:
    """Return how many values were revised, and how many of each published edition."""
    told = "、".join(f"{edition}{count}个" for edition, count in published)
    also = f"，其中已经发布的：{told}，发布的各期保留原值" if told else ""
    return f"本期修订以前各期的数值{values}个{also}。"


def reason_of_revision(reason: str, *, declared: bool) -> str:
    undeclared = "" if declared else "没有在「修订」表登记"
    return "；".join(part for part in (reason.rstrip("。"), undeclared) if part)


def source_with_note(source: str, note: str) -> str:
    return "；".join(part for part in (source, note) if part)


def baselines_caption(goals: int, held: int, wanted: int, withheld: int) -> str:
    unshown = f"，不公开{withheld}项" if withheld else ""
    return f"需要基期值的{goals}项目标（已有{held}项，待补{wanted}项{unshown}）"


# What editions, their corrections and the method changed.

NOTHING_CORRECTED = "本期不是更正版，没有更正说明。"
NO_METHOD_CHANGE = "至今没有方法变更。"
NO_STEP = "各期之间没有状态变化。"
STEPS_NOTE = (
    "「上期」「本期」指该期的前一期和该期。变化原因为两期之间不同的内容；"
    "本书这一期的变化，各种原因各占多少见各目标页「为什么变化」。"
    "应达水平随时间提高，数据没有变化的，注明「时间推移」。"
)
ALL_THE_SAME = "各项目标的数值和状态都相同。"
PARTS_NOTE = (
    "各部分依次相加即为本期的进度比。每一部分是这项原因在各种先后次序下影响的平均值，"
    "与先说哪一项无关；「—」表示没有这项变化。"
)
NO_GOAL_CHANGED = "没有目标发生变化。"
NO_RATING_CHANGED = "没有目标的状态发生变化。"


def corrections_caption(before: str) -> str:
    return f"与{before}相比的更正" if before else "更正说明"


def no_difference(before: str) -> str:
    return f"各项目标与{before}没有不同。" if before else NOTHING_CORRECTED


def goals_concerned(count: int) -> str:
    return f"{count}项目标"


def steps_heading(edition: str, groups: Iterable[tuple[str, int]]) -> str:
    said = "，".join(f"{group}{count}项" for group, count in groups)
    return f"{edition}（{said}）"


def changed_caption(before: str) -> str:
    return f"与{before}不同的目标"


def change_of_goal(name: str, what: str, before: str, now: str) -> str:
    return f"{name}（{what}）：{before} → {now}"


def stood(value: str, period: str, rating: str) -> str:
    return "，".join(part for part in (value, period, rating) if part)


def value_then(before: str) -> str:
    return f"{before}数值"


def rating_then(before: str) -> str:
    return f"{before}状态"


def pace_in(edition: str) -> str:
    return f"{edition}的进度比"


def by_reason_caption(before: str) -> str:
    return f"与{before}相比有变化的目标，按主要原因计数（项）"


def moved_caption(before: str) -> str:
    return f"与{before}相比状态有变化的目标及主要原因"


# What stands below the tables of goals.

PROGRESS_NOTE = (
    "目标完成率为数值与目标之比，不与进度比较；增量完成率与应达进度（此时应完成的增量份额）比较，"
    "按个数对照的，应达进度只计整数个。"
)
ESTIMATE_NOTE = (
    "年度未结束的总量指标，完成率按推算的全年数计算，其下为80%的误差范围；"
    "每年达标的，按本年累计数计算；"
    "状态在误差范围之内还可能不同的，注明「初步」。"
)
LIKELIHOOD_NOTE = (
    "达标可能性为到期时达标的估计，不改变状态；「历史频率」为同类情形的历史频率，不是模型预测。"
)


def warned_note(mark: str) -> str:
    return f"名称后注明「{mark}」的，见其页面和「预警与变化」。"


def provisional_note(mark: str) -> str:
    return f"「{mark}」为其中状态在推算的误差范围之内还可能不同的项数。"


def withheld_note(mark: str) -> str:
    return f"「{mark}」为其中数值和判定不公开的项数。"


def about(percentage: str) -> str:
    return f"约{percentage}"


# Which measures are blocked or silent.

BOARD_NOTE = "专项前注明所属举措。未报的举措沿用最近一次报送的状态；已完成的不再列入。"
BLOCKED_NOW = "本期起受阻"
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
    return f"{measure}：{title}" if measure else title


def trouble_lasting(parts: Iterable[str]) -> str:
    return "；".join(parts)


def blocked_since(edition: str, editions: str) -> str:
    return f"{edition}起受阻，已{editions}"


def last_reported(edition: str) -> str:
    return f"最近一次为{edition}"


def status_heading(status: str, measures: int, sub_items: int) -> str:
    counts = [f"{measures}项"] * bool(measures) + [f"专项{sub_items}个"] * bool(sub_items)
    return f"{status}（{'、'.join(counts)}）"


def all_measures(measures: int, sub_items: int) -> str:
    return f"全部{measures}项举措" + (f"和{sub_items}个专项" if sub_items else "")
