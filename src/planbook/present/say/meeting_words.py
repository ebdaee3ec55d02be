"""What the paper of a monthly meeting says: heads, what was left out, what there is none of."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.periods import Edition
from planbook.present import numbers
from planbook.present.say.reason_words import NO_REASON
from planbook.present.say.table_words import named_text, sentence, specified
from planbook.project_frames import ProjectChange, ProjectRow
from planbook.task_frames import TaskRow, TaskState
from planbook.watch_frames import ActionRow, ActionStatus

PAPER = "月度调度会材料"
FOLLOWED, MOVED, LATE, DECIDE, CHANGED, SILENT, DECIDED = (
    "上次会议议定事项的办理情况",
    "本月数据",
    "已逾期的事项",
    "需要会议协调、决定的事项",
    "重点项目的变化",
    "报送情况",
    "议定事项",
)
NO_VALUE = "本月没有报来新的数据。"
NONE_LATE = "没有逾期的任务、项目节点和督办事项。"
NO_REPLY = "本月没有反馈"
NOTHING_TO_DECIDE = "各单位没有提出需要协调、决定的事项。"
NONE_CHANGED = "与上次收数相比，项目的阶段和节点没有变化。"
_ROOM = 14  # letters of what a task serves
TASK, NODE, ACTION = "年度任务", "项目节点", "督办事项"
TO_BE_FILLED = "会上填写；会后由综合单位记入督办事项，列入各单位下一次的填报表。"


def title(short_title: str, edition: Edition) -> str:
    return f"{short_title}{edition.label}调度会材料"


def dateline(edition: Edition, before: Edition | None, *, demonstration: bool) -> str:
    """Return the line below the title: which verdicts hold, if there are any yet."""
    mark = "【示例数据】" if demonstration else ""
    held = f"各目标的判定以{before.label}为准" if before else "各目标尚未作过判定"
    return f"{mark}{edition.label}快报。{held}，本材料不作判定"


IN_FORMS = "见本月各单位填报表。"


def others_head(rows: int) -> str:
    return f"另有{rows}项"


def others(rows: int) -> str:
    """Return how many rows of a table were left out, and where they are; empty if none."""
    return f"{others_head(rows)}，{IN_FORMS}" if rows else ""


def project_node(project: str, node: str) -> str:
    return named_text(project, node)


def task_of(about: str, task: str) -> str:
    """Return a task behind the name of what it serves, of which as much as a line has room for."""
    short = about if len(about) <= _ROOM else f"{about[: _ROOM - 1]}…"
    return named_text(short, task)


def unmarked(name: str) -> str:
    """Return the name of a task without the full stop that its author may have put."""
    return name.rstrip("。")


def year_on_year(rate: float | None, kind: str) -> str:
    """Return 同比 as reported, with its kind."""
    return numbers.ABSENT if rate is None else specified(numbers.growth(rate), kind)


def project_need(row: ProjectRow) -> str:
    return sentence(unmarked(row.need))


def task_asks(row: TaskRow) -> str:
    """Return until when a unit asks to have a task put off."""
    asked = "" if row.asked_month is None else row.asked_month.words
    why = f"：{unmarked(row.progress)}" if row.progress else ""
    return f"时限{row.due_month.words}，申请调整到{asked}{why}。"


def action_blocked(row: ActionRow) -> str:
    return f"{ActionStatus.BLOCKED}：{unmarked(row.reply) or NO_REASON}。"


def action_followed(row: ActionRow) -> str:
    """Return what became of what a meeting decided: closed, or how far its unit says it is."""
    if row.closure:
        return f"已销号：{unmarked(row.closure)}。"
    status = row.action_status if row.replied_in == row.edition else None
    done = status is ActionStatus.DONE
    said = "已办结，待核实销号" if done else str(status or NO_REPLY)
    return _followed(said, "" if done else _until(row), row.reply if status else "")


def task_followed(row: TaskRow) -> str:
    """Return what became of a task that a meeting put off."""
    status = row.task_status if row.reported_in == row.edition else None
    done = row.task_state is TaskState.DONE
    said = str(row.task_state.label if done else status or NO_REPLY)
    return _followed(said, "" if done else _until(row), row.progress if status else "")


def _until(row: ActionRow | TaskRow) -> str:
    late = row.overdue if isinstance(row, ActionRow) else row.task_state is TaskState.OVERDUE
    return f"，时限{row.due_month.words}{'（已逾期）' if late else ''}"


def _followed(said: str, until: str, how: str) -> str:
    return f"{said}{until}{f'：{unmarked(how)}' if how else ''}。"


def project_change(row: ProjectRow) -> str:
    """Return what a month changed of a project."""
    match row.change:
        case ProjectChange.NEW:
            said = f"新增，{row.stage.label}"
        case ProjectChange.LEFT:
            said = f"退库：{unmarked(row.left_reason) or NO_REASON}"
        case ProjectChange.SLIPPED:
            said = f"{row.next_node}延期{row.slipped}个月"
        case _:
            was = "" if row.stage_before is None else f"由{row.stage_before.label}"
            said = f"{row.change.label}，{was}转为{row.stage.label}"
    return sentence(said)


def reported(units: int, silent: Sequence[str]) -> str:
    """Return how many units owe a report of the month, and who has sent none."""
    if not units:
        return "本月没有单位应报。"
    if not silent:
        return f"应报{units}个单位，均已报送。"
    return f"应报{units}个单位，未报{len(silent)}个：{'、'.join(silent)}。"


def of_unit(name: str, unit: str) -> str:
    return specified(name, unit)


def period_value(value: str, period: str) -> str:
    return named_text(period, value)
