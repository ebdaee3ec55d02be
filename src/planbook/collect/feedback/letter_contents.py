"""The fields of 报送通知 and 催报函: what a unit is asked for, and what it still owes.

Blank forms and the state of an edition → what templates of letters are filled with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from planbook.collect.form.form import Form, ProjectLine
from planbook.errors import Finding
from planbook.frames import SubmissionRow
from planbook.letters import LetterFields
from planbook.periods import Edition, TimePeriod, day_label
from planbook.plan import Plan
from planbook.project_frames import ProjectStage
from planbook.vocabulary import Severity, SubmissionState

_SENT_NOTHING = (SubmissionState.AWAITED, SubmissionState.MISSING)
_OWING = {  # what a unit in this state still has to do
    SubmissionState.AWAITED: "按期报送填报表",
    SubmissionState.MISSING: "补报填报表",
    SubmissionState.RETURNED: "改正后重报填报表",
    SubmissionState.WITHDRAWN: "重报填报表",
    SubmissionState.REFUSED: "改正后重报填报表",
}


def request_fields(
    form: Form, file: str, *, plan: Plan, until: dt.date, late: bool
) -> LetterFields:
    """Return the own fields of the letter that goes out with a blank form.

    Parameters
    ----------
    file
        The form's file name.
    until
        The day by which the form is asked for.
    late
        Whether the edition's deadline has passed on the day of the letter.
    """
    return {
        "填报表": file,
        "用途": _purpose(form.edition, plan),
        "答复期限": day_label(until),
        "逾期说明": f"规定的截止日期{form.deadline}已过" if late else "",
        "指标数": str(len({line.indicator_id for line in form.values})),
        "应报内容": "、".join(_asked_for(form)),
        **_counts(form),
        "新任务年度": form.asks_for_tasks_of,
        "应报指标": _numbered(
            {
                "名称": line.name,
                "计量单位": line.unit,
                "数据时期": line.period,
                "口径": line.scope,
                "目标": line.target,
            }
            for line in form.values
        ),
        "应报举措": _numbered(
            {"名称": line.title, "上期状态": line.previous_status} for line in form.measures
        ),
        "督办事项": _numbered(
            {
                "事项": line.task,
                "期限": line.due.replace("\n", ""),
                "依据": line.decided_in.partition("\n")[0],
            }
            for line in form.replies
        ),
        "年度任务": _numbered(
            {
                "任务": line.task.partition("\n")[0],
                "期限": line.due.replace("\n", ""),
                "所属": line.about,
            }
            for line in form.tasks
        ),
        "重点项目": _numbered(
            {
                "项目": line.project,
                "阶段": line.stage,
                "节点": line.next_node,
                "期限": TimePeriod.parse(line.next_month).words if line.next_month else "",
            }
            for line in _open_projects(form)
        ),
    }


def _purpose(edition: Edition, plan: Plan) -> str:
    """Return what is made of the forms: of a month between two editions no report, a meeting."""
    name = f"{plan.about.short_title}{edition.label}"
    return f"召开{name}调度会" if plan.cycle.is_flash(edition) else f"编制{name}进展报告"


def _asked_for(form: Form) -> Iterator[str]:
    """Return what a blank form asks for with how much of it; what it does not ask for is left out.

    Of new projects and of the running year's new tasks none is owed.
    """
    counts = _counts(form)
    indicators = len({line.indicator_id for line in form.values})
    if indicators:
        yield f"应报指标{indicators}项"
    if form.measures:
        subs = f"（另有专项{counts['专项数']}个）" if counts["专项数"] != "0" else ""
        yield f"举措{counts['举措数']}项{subs}"
    if form.replies:
        yield f"须反馈的督办事项{counts['督办数']}项"
    if form.tasks:
        yield f"须填报进展的年度任务{counts['任务数']}项"
    if _open_projects(form):
        yield f"须更新的重点项目{counts['项目数']}个"


def _open_projects(form: Form) -> list[ProjectLine]:
    """Return the projects of which a form wants to hear: one that produces may stay as it is."""
    open_stages = {stage.label for stage in ProjectStage if stage.is_open}
    return [line for line in form.projects if line.stage in open_stages]


def _counts(form: Form | None) -> dict[str, str]:
    """Return how much a form asks for beside values."""
    measures = form.measures if form else ()
    subs = sum(line.is_sub_item for line in measures)
    counted = {
        "举措数": len(measures) - subs,
        "专项数": subs,
        "督办数": len(form.replies) if form else 0,
        "任务数": len(form.tasks) if form else 0,
        "项目数": len(_open_projects(form)) if form else 0,
    }
    return {name: str(count) for name, count in counted.items()}


def reminder_fields(
    unit: SubmissionRow,
    findings: Sequence[Finding],
    edition: Edition,
    deadline: dt.date,
    *,
    form: Form | None,
    today: dt.date,
    until: dt.date,
) -> LetterFields | None:
    """Return the own fields of a reminder; ``None`` for a unit that is reminded of nothing.

    Parameters
    ----------
    findings
        Of the workbook that counts, or of the one that was sent back.
    form
        What the edition asks of the unit; ``None``: nothing.
    until
        The day by which an answer is asked for.
    """
    owing = _OWING.get(unit.state, "")
    if not owing and not findings:
        return None
    ordered = sorted(findings, key=lambda found: list(Severity).index(found.severity))
    errors = sum(found.severity is Severity.ERROR for found in findings)
    asked = _asked(owing, errors, len(findings) - errors, day_label(until))
    return {
        "报送状态": str(unit.state),
        "截止日期": day_label(deadline),
        "答复期限": day_label(until),
        "事由": _why(unit, form, edition, deadline, today),
        "应报数": str(unit.owed),
        **_counts(form),
        "已报数": str(unit.reported),
        "错误数": str(errors),
        "提示数": str(len(findings) - errors),
        "问题": _numbered(_finding(found) for found in ordered),
        "要求": _numbered({"内容": line} for line in asked),
    }


def _why(
    unit: SubmissionRow, asked: Form | None, edition: Edition, deadline: dt.date, today: dt.date
) -> str:
    """Return what came by today, against the deadline, in a sentence."""
    left = (deadline - today).days
    when = f"还有{left}天" if left > 0 else "即为今天" if left == 0 else f"已过{-left}天"
    until = f"截止日期为{day_label(deadline)}，{when}"
    form = f"{edition.label}填报表"
    owed = _owed(unit, asked)
    received = day_label(dt.date.fromisoformat(unit.received_on)) if unit.received_on else ""
    match unit.state:
        case SubmissionState.RETURNED | SubmissionState.REFUSED:
            said = f"你单位{received}报送的{form}有{unit.errors}处错误，未能采用"
        case SubmissionState.WITHDRAWN:
            said = f"你单位报送的{form}已撤回"
        case state if state in _SENT_NOTHING:
            said = f"截至{day_label(today)}，尚未收到你单位的{form}"
        case _:
            counted = f"应报数据{unit.owed}项，已报{unit.reported}项"
            return (
                f"你单位{received}报送的{form}已收到（{counted}），其中有下列问题须核对或者改正。"
            )
    return f"{said}（{until}）。{owed}。"


def _owed(unit: SubmissionRow, form: Form | None) -> str:
    """Return what the edition asks of a unit: values, measures, actions, yearly tasks, projects."""
    counts = _counts(form)
    kinds = {
        "举措数": "举措{}项",
        "督办数": "督办事项{}项",
        "任务数": "年度任务{}项",
        "项目数": "重点项目{}个",
    }
    besides = [said.format(counts[key]) for key, said in kinds.items() if counts[key] != "0"]
    if unit.owed:
        return "、".join((f"应报数据{unit.owed}项", *besides))
    return "，须报".join(part for part in ("本期没有应报的数据", "、".join(besides)) if part)


def _asked(owing: str, errors: int, warnings: int, until: str) -> Iterator[str]:
    if owing:
        yield f"请于{until}前{owing}。"
    if errors and not owing:
        yield f"请于{until}前改正所列{errors}处错误，重报填报表。"
    if warnings:
        yield f"所列提示{warnings}处，核对无误的在「核实说明」中写明，有误的改正。"
    yield "不能按期报送的，请在期限前说明原因和可以报送的日期。"


def _finding(found: Finding) -> dict[str, str]:
    return {
        "程度": found.severity.label,
        "位置": f"「{found.sheet}」{found.cell}" if found.sheet else "整个文件",
        "收到的内容": found.observed,
        "问题": found.message,
        "处理办法": found.remedy,
    }


def _numbered(items: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return [{"序号": str(number), **item} for number, item in enumerate(items, start=1)]
