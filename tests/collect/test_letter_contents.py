"""What 报送通知 and 催报函 say: what is asked for, what came, what is still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from planbook.collect.feedback.letter_contents import reminder_fields, request_fields
from planbook.collect.form.form import (
    Form,
    MeasureLine,
    ProjectLine,
    ReplyLine,
    TaskLine,
    ValueLine,
)
from planbook.errors import Finding
from planbook.frames import SubmissionRow
from planbook.letters import Letter, LetterFields
from planbook.periods import Edition
from planbook.vocabulary import Severity, SubmissionState
from tests.collect.test_flash_forms import MONTHS

Q3 = Edition.parse("2026-Q3")
DEADLINE = dt.date(2026, 10, 20)
ROW = SubmissionRow(
    edition=Q3,
    submitting_unit="energy",
    unit_name="能源部门",
    state=SubmissionState.MISSING,
    deadline="2026-10-20",
    received_on="",
    file="",
    sha256="",
    superseded=0,
    owed=4,
    reported=0,
    errors=0,
    warnings=0,
)
WARNING = Finding("x", Severity.WARNING, "与上年同期相差较大", sheet="填报表", cell="G4")
ERROR = Finding("y", Severity.ERROR, "不是数字", sheet="填报表", cell="G5", remedy="改为数字")


VALUE = ValueLine("revenue", "营业收入", "亿元", "2026年1—9月", "未注明", target="100")
FORM = Form(
    "live",
    Q3,
    "energy",
    "",
    "",
    "",
    deadline="2026年10月20日",
    values=(VALUE, replace(VALUE, period="2026年1—6月")),
    measures=(MeasureLine("m", "举措"), MeasureLine("m-1", "专项", is_sub_item=True)),
    replies=(ReplyLine("a-1", "查明原因", "2026年6月\n（已逾期）", "调度会\n（公开）"),),
    tasks=(
        TaskLine("t-1", "举措：平台", "验收\n（公开）", "报告", "2026年6月\n（已逾期）"),
        TaskLine("t-2", "举措：平台", "上线", "平台", "2026年12月"),
    ),
    task_rows=3,
    task_year="2026年",
    projects=(
        ProjectLine(
            "p-1", "储能电站", "举措：平台", "前期", next_node="备案", next_month="2026-12"
        ),
        ProjectLine("p-2", "数据中心", "举措：平台", "投产"),
    ),
)


def reminded(
    state: SubmissionState,
    *findings: Finding,
    day: int = 25,
    form: Form | None = FORM,
    **said: Any,
) -> LetterFields | None:
    row = replace(ROW, state=state, **said)
    today = dt.date(2026, 10, day)
    until = dt.date(2026, 10, 30)
    return reminder_fields(row, findings, Q3, DEADLINE, form=form, today=today, until=until)


@pytest.mark.parametrize(
    ("state", "day", "why"),
    [
        (
            SubmissionState.MISSING,
            25,
            "尚未收到你单位的2026年三季度填报表（截止日期为2026年10月20日，已过5天）",
        ),
        (SubmissionState.AWAITED, 18, "还有2天"),
        (SubmissionState.AWAITED, 20, "即为今天"),
        (SubmissionState.WITHDRAWN, 25, "已撤回"),
    ],
)
def test_a_unit_is_told_what_did_not_come_against_the_deadline(
    state: SubmissionState, day: int, why: str
) -> None:
    fields = reminded(state, day=day)
    assert fields is not None
    assert why in str(fields["事由"])
    assert "应报数据4项" in str(fields["事由"])
    assert "请于2026年10月30日前" in str(fields["要求"][0])


def test_who_was_sent_back_is_told_of_the_errors_first() -> None:
    fields = reminded(SubmissionState.RETURNED, WARNING, ERROR, received_on="2026-10-18", errors=1)
    assert fields is not None
    assert "2026年10月18日报送的2026年三季度填报表有1处错误，未能采用" in str(fields["事由"])
    assert [item["程度"] for item in fields["问题"]] == ["错误", "提示"]
    assert fields["问题"][0] == {
        "序号": "1",
        "程度": "错误",
        "位置": "「填报表」G5",
        "收到的内容": "",
        "问题": "不是数字",
        "处理办法": "改为数字",
    }


def test_who_reported_and_has_open_findings_is_asked_about_these_only() -> None:
    fields = reminded(SubmissionState.ON_TIME, WARNING, received_on="2026-10-13", reported=4)
    assert fields is not None
    assert "已收到（应报数据4项，已报4项）" in str(fields["事由"])
    assert fields["提示数"] == "1"
    assert "补报" not in str(fields["要求"])


@pytest.mark.parametrize("state", [SubmissionState.ON_TIME, SubmissionState.NOTHING_OWED])
def test_who_owes_nothing_is_not_reminded(state: SubmissionState) -> None:
    assert reminded(state) is None


def requested(form: Form = FORM, *, late: bool = False) -> LetterFields:
    until = dt.date(2026, 10, 30) if late else DEADLINE
    return request_fields(form, "2026-Q3-energy.xlsx", plan=MONTHS, until=until, late=late)


def test_the_letter_of_a_month_asks_for_its_meeting_and_of_no_report() -> None:
    name = MONTHS.about.short_title
    assert requested()["用途"] == f"编制{name}2026年三季度进展报告"
    month = replace(FORM, edition=Edition.parse("2026-10"))
    assert requested(month)["用途"] == f"召开{name}2026年10月调度会"


def test_yearly_tasks_are_counted_and_listed_and_new_ones_asked_for_once_a_year() -> None:
    fields = requested()
    assert fields["任务数"] == "2"
    assert [(item["任务"], item["期限"], item["所属"]) for item in fields["年度任务"]] == [
        ("验收", "2026年6月（已逾期）", "举措：平台"),
        ("上线", "2026年12月", "举措：平台"),
    ]
    assert fields["新任务年度"] == ""
    coming = replace(FORM, edition=Edition.parse("2026-Q4"), task_year="2027年")
    assert requested(coming)["新任务年度"] == "2027年"
    assert requested(replace(coming, task_rows=0))["新任务年度"] == ""


def test_a_request_after_the_deadline_says_that_it_has_passed() -> None:
    assert (requested()["答复期限"], requested()["逾期说明"]) == ("2026年10月20日", "")
    late = requested(late=True)
    assert late["答复期限"] == "2026年10月30日"
    assert late["逾期说明"] == "规定的截止日期2026年10月20日已过"


@pytest.mark.parametrize(
    ("form", "owed", "said"),
    [
        (FORM, 4, "。应报数据4项、举措1项、督办事项1项、年度任务2项、重点项目1个。"),
        (replace(FORM, tasks=(), replies=(), projects=()), 4, "。应报数据4项、举措1项。"),
        (
            replace(FORM, projects=()),
            0,
            "。本期没有应报的数据，须报举措1项、督办事项1项、年度任务2项。",
        ),
        (
            replace(FORM, measures=(), replies=(), tasks=()),
            0,
            "。本期没有应报的数据，须报重点项目1个。",
        ),
        (None, 0, "。本期没有应报的数据。"),
    ],
)
def test_a_reminder_names_all_that_is_owed(form: Form | None, owed: int, said: str) -> None:
    fields = reminded(SubmissionState.MISSING, form=form, owed=owed)
    assert fields is not None
    assert str(fields["事由"]).endswith(said)


def test_a_request_counts_measures_apart_from_sub_items_and_indicators_once() -> None:
    fields = requested()
    counts = [fields[name] for name in ("指标数", "举措数", "专项数", "督办数")]
    assert counts == ["1", "1", "1", "1"]
    assert [item["数据时期"] for item in fields["应报指标"]] == ["2026年1—9月", "2026年1—6月"]
    assert fields["督办事项"][0]["依据"] == "调度会"
    assert fields["督办事项"][0]["期限"] == "2026年6月（已逾期）"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (
            FORM,
            "应报指标1项、举措1项（另有专项1个）、须反馈的督办事项1项、须填报进展的年度任务2项、须更新的重点项目1个",
        ),
        (replace(FORM, measures=(), replies=(), tasks=(), projects=()), "应报指标1项"),
        (
            replace(FORM, values=(), measures=FORM.measures[:1], replies=(), tasks=()),
            "举措1项、须更新的重点项目1个",
        ),
        (
            replace(FORM, projects=FORM.projects[1:], replies=(), tasks=()),
            "应报指标1项、举措1项（另有专项1个）",
        ),
    ],
)
def test_a_request_says_only_what_is_owed(form: Form, said: str) -> None:
    assert requested(form)["应报内容"] == said


def test_projects_that_are_still_to_come_are_listed_with_their_node() -> None:
    assert requested()["项目数"] == "1"
    assert requested()["重点项目"] == [
        {"序号": "1", "项目": "储能电站", "阶段": "前期", "节点": "备案", "期限": "2026年12月"}
    ]


def test_letters_have_the_fields_that_are_documented_and_no_other() -> None:
    shared = {"单位", "单位简称", "方案", "期号", "示例", "发出单位", "联系方式", "成文日期"}
    made = {
        Letter.REMINDER: reminded(SubmissionState.MISSING, ERROR),
        Letter.REQUEST: requested(),
    }
    for letter, fields in made.items():
        assert fields is not None
        documented = {f.name: f for f in letter.fields}
        assert {*fields, *shared} == set(documented)
        for name, said in fields.items():
            if not isinstance(said, str):
                own = {i.name for i in documented[name].items}
                assert all(set(item) == own for item in said)
