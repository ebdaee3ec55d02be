"""What tables say beside the words of their heads: captions and notes, rows that hold a sentence.

Each is a text or a function of what it is about; a head stands beside its cell in `present.tables`.
"""

from __future__ import annotations

from collections.abc import Iterable

# What tables and pages of every kind may say.

NONE = "没有。"
NO_RECORD = "没有记录。"
NO_RECORD_YET = "尚无记录。"
_INPUTS = {"annual_targets.csv": "年度目标", "assessments.csv": "人工评定"}
NO_FORMAT = "表格的数据没有注明存储格式的版本"


def named_text(name: str, text: str) -> str:
    return f"{name}：{text}"


def sentence(said: str) -> str:
    return f"{said}。"


def with_rows(caption: str, rows: int) -> str:
    return f"{caption}（{rows}行）"


def counted_heading(name: str, count: int) -> str:
    return f"{name}（{count}项）"


def specified(said: str, detail: str) -> str:
    return f"{said}（{detail}）" if detail else said


def in_unit(what: str, unit: str) -> str:
    return f"{what}（单位：{unit}）" if unit else what


def marks(parts: Iterable[str | None]) -> str:
    return "，".join(part for part in parts if part)


def remarks(parts: Iterable[str | None]) -> str:
    return "；".join(part for part in parts if part)


def newer_format(version: int, known: int) -> str:
    return f"表格的存储格式是第{version}版，本程序只认得第{known}版及更早的"


def unreadable(place: str) -> str:
    return f"表格的数据读不出来（{place or '整体'}）"


# What was sent, found, revised and corrected.

NOTHING_SENT = "本期没有收到报送文件。"
MEASURES_ONLY = "只报进展"
NOTHING_FOUND = "没有发现问题。"
FINDINGS_ONLY_COUNTED = "公开版只列问题的数量，内容由填报单位各自核对。"
NOTHING_REVISED = "本期没有修订以前各期的数值。"
NO_REVISED_VALUE = "没有数据被修订。"
NO_REVISION = "没有修订。"
NO_CORRECTION = "没有更正声明。"


def sent_caption(edition: str) -> str:
    return f"{edition}各单位报送情况"


def place_of_finding(file: str, sheet: str, cell: str) -> str:
    """Return the cell of a unit's workbook, or which input of the book it is.

    No names of files: a unit has one workbook an edition, and readers have no inputs.
    """
    if sheet:
        return f"「{sheet}」{cell}"
    return _INPUTS.get(file, "填报表文件" if file.endswith(".xlsx") else file)


def remedy_printed(remedy: str) -> str:
    """Return a remedy without what analysts do in a file of the project."""
    asked = [part for part in remedy.split("；") if "corrections.yaml" not in part]
    return "；".join(asked) or remedy


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
    return remarks((reason.rstrip("。"), undeclared))


def source_with_note(source: str, note: str) -> str:
    return remarks((source, note))


def baselines_caption(goals: int, held: int, wanted: int, withheld: int) -> str:
    unshown = f"，不公开{withheld}项" if withheld else ""
    return f"需要基期值的{goals}项目标（已有{held}项，待补{wanted}项{unshown}）"


def amount_of_project(project: str, amount: str) -> str:
    return f"{project}：{amount}"


# What editions, their corrections and the method changed.

UNRECORDED_NOTE = "未发布：本书没有这一期的发布记录，其判定按当时已有的数据算出，供各期比较。"
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
    return marks((value, period, rating))


def value_then(before: str) -> str:
    return f"{before}数值"


def rating_then(before: str) -> str:
    return f"{before}状态"


def pace_in(edition: str) -> str:
    return f"{edition}的进度比"


def changed_rating_caption(before: str) -> str:
    return f"与{before}相比状态有变化的目标"


def by_reason_caption(before: str) -> str:
    return f"与{before}相比有变化的目标，按主要原因计数（项）"


def moved_caption(before: str) -> str:
    return f"{changed_rating_caption(before)}及主要原因"


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

SCOREBOARD_NOTE = (
    f"{PROGRESS_NOTE}进度比为已取得的进展与应取得的进展之比，1.00即与应达进度一致。"
    f"{ESTIMATE_NOTE}{LIKELIHOOD_NOTE}"
)
HOW_TO_FILTER = "点击表头可以排序。所选条件记在网址中，复制网址即可把同一视图发给他人。"


def completed(share: str) -> str:
    return f"完成率{share}"


def warned_note(mark: str) -> str:
    return f"名称后注明「{mark}」的，见其页面和「预警与变化」。"


def provisional_note(mark: str) -> str:
    return f"「{mark}」为其中状态在推算的误差范围之内还可能不同的项数。"


def withheld_note(mark: str) -> str:
    return f"「{mark}」为其中数值和判定不公开的项数。"


def about(percentage: str) -> str:
    return f"约{percentage}"
