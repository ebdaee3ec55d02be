"""What a unit's pack says around its sentences: lines of the first page, heads, captions, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planbook.present.say.briefing_words import form_due, form_owed
from planbook.present.say.notice_words import NOTICE
from planbook.present.say.table_words import (
    counted_heading,
    named_text,
    remarks,
    sentence,
    specified,
)
from planbook.vocabulary import SubmissionState


def progress_of(whose: str) -> str:
    return f"{whose}进展"


def bold_head(name: str, said: str, detail: str = "") -> str:
    """Return a text behind its head, in Markdown; what is given is escaped already."""
    return named_text(specified(f"**{name}**", detail), said)


DETAILS = "分项情况"

# What came in.

NO_REPORT = "没有报送记录。"
NO_VALUE = "本期没有收到数据。"


def no_report_of(edition: str) -> str:
    return f"没有{edition}的报送记录。"


def values_caption(edition: str) -> str:
    return f"{edition}报送的数据"


def values_counted(owed: int, reported: int) -> str:
    return f"应报数据{owed}项，已报{reported}项" if owed else "本期没有应报的数据"


def form_missing(deadline: str, counted: str, *, ever: bool) -> str:
    """Return that the form is overdue; `ever`: whether anything came in any edition."""
    older = "以下沿用最近一次报送的数据" if ever else "此前也没有报送过数据"
    return f"尚未收到填报表{_until(deadline)}；{counted}，{older}。"


def form_awaited(deadline: str, counted: str) -> str:
    return f"尚未收到填报表{_until(deadline)}，截止日期未到；{counted}。"


def form_returned(received: str, errors: int, deadline: str, counted: str) -> str:
    back = f"{received}收到的填报表有{errors}处错误，已退回{_until(deadline)}"
    return f"{back}，须改正后重报；{counted}。"


def form_withdrawn(deadline: str, counted: str) -> str:
    return f"收到的填报表已撤回{_until(deadline)}，须重报；{counted}。"


def form_refused(received: str, deadline: str, counted: str) -> str:
    return f"{received}收到的填报表无法采用{_until(deadline)}，须改正后重报；{counted}。"


def form_received(received: str, deadline: str, counted: str, lacking: str, *, late: bool) -> str:
    """Return that the form came; `lacking`: the names of what it lacked."""
    punctual = f"迟于截止日期{deadline}" if late else f"按时{_until(deadline)}"
    lack = f"，未报：{lacking}" if lacking else ""
    return f"{received}收到填报表，{punctual}；{counted}{lack}。"


def _until(deadline: str) -> str:
    return f"（截止日期{deadline}）" if deadline else ""


# Goals, measures, warnings and actions, a line each.

NO_GOAL = "方案没有由本单位填报的量化目标，按举措跟踪。"
NO_MEASURE = "方案没有由本单位填报的举措。"


def goals_stand(goals: int, ratings: str, lagging: int) -> str:
    """Return goals by rating, and how many of them need attention."""
    attend = f"；须重点关注的有{lagging}项，见下表" if lagging else ""
    return f"共{goals}项：{ratings}{attend}。"


def goals_changed(group: str, goals: int, names: str) -> str:
    return f"{group}{goals}项（{names}）"


def since_last_edition(changes: Iterable[str]) -> str:
    return f"与上期相比，{remarks(changes)}。"


def sub_items_and_trouble(sub_items: int, trouble: str) -> str:
    """Return how many sub-items there are besides, and what is blocked or silent of all."""
    both = "连同专项" if sub_items else "其中"
    told = remarks(
        (f"另有{sub_items}个专项" if sub_items else "", f"{both}{trouble}" if trouble else "")
    )
    return sentence(told) if told else ""


def warned_of(warnings: int, names: str) -> str:
    return f"共{warnings}条：{names}，详见{NOTICE}。"


def actions_below(counted: str, *, with_form: bool) -> str:
    """Return where open actions are; `with_form`: and where to reply to them."""
    reply = "，请在下一期填报表的「督办事项」表中反馈" if with_form else ""
    return f"{counted}，见下表{reply}。"


# What is asked for.

_NOW = "本期"
FORM_TO_SEND = {
    SubmissionState.AWAITED: form_due(_NOW),
    SubmissionState.MISSING: form_owed(_NOW),
    SubmissionState.RETURNED: f"改正后重报{_NOW}填报表",
    SubmissionState.WITHDRAWN: f"重报{_NOW}填报表",
    SubmissionState.REFUSED: f"改正后重报{_NOW}填报表",
}


def findings_to_answer(findings: int) -> str:
    return f"核对或改正本期报送中的{findings}个问题" if findings else ""


def bases_to_send(names: str) -> str:
    return f"补报基期值（{names}）" if names else ""


def opinions_to_send(names: str) -> str:
    return f"提供评定意见（{names}）" if names else ""


def form_due_by(last: str, edition: str) -> str:
    return f"于{last}前{form_due(edition)}"


def no_form_due(edition: str) -> str:
    return f"{edition}没有应报内容，不需报送"


# What goals still need.

TO_ATTEND_TO = "须重点关注"
NOT_JUDGED_NOW = "暂时无法判定"
TO_KEEP_UP = "达序时，须保持"
REACHED = "已达成"


def named_only(groups: Mapping[str, Sequence[str]]) -> str:
    """Return the goals that a table leaves out, by group; empty for none."""
    told = remarks(
        f"{counted_heading(heading, len(goals))}：{'、'.join(goals)}"
        for heading, goals in groups.items()
    )
    return f"表中未列{told}，见{DETAILS}。" if told else ""


def needs_note(every: Iterable[str], *, yearly: bool) -> str:
    """Return what the columns mean; `every`: how a plan says that something comes each edition.

    `yearly`: whether a goal says what the running year still needs.
    """
    of_year = "当年还需的，为当年年末的应达数与当年已有的数之差。" if yearly else ""
    averages = "".join(f"「{word}」" for word in dict.fromkeys((*every, "每年", "年均")))
    return (
        "「还差」为达到目标所需的数与本期值（年度未结束的总量指标为推算的全年数）之差。"
        f"{averages}按数据时点至到期的时间平均。{of_year}"
    )
