from collections.abc import Callable
from typing import Any

import pytest

from planbook.edition_frames import EDITIONS
from planbook.frames import (
    BASELINES,
    CORRECTIONS,
    FINDINGS,
    REVISIONS,
    SUBMISSIONS,
)
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.packs.own_book import own_book, own_digests
from planbook.present.redaction import redacted
from planbook.present.tables.quality_tables import (
    baseline_scope,
    corrections_table,
    findings_table,
    input_warnings,
    punctuality_table,
    revisions_lead,
    revisions_table,
    submissions_table,
)
from planbook.present.views import GoalView
from planbook.project_frames import PROJECTS
from tests.present.edition_rows import edition_row
from tests.present_rows import LEVEL_REVISION, column, project

MakeBook = Callable[..., OpenBook]


def correction(**known: Any) -> dict[str, Any]:
    row = {
        "correction_id": "c-1",
        "amount": "",
        "action": "override",
        "indicator_id": "software-revenue",
        "time_period": "2026-08",
        "edition": "2026-Q3",
        "expect": "拒收",
        "value": "899.2",
        "reason": "经电话核对。",
        "decided_by": "general",
        "from_edition": "2026-Q3",
    }
    return row | known


def test_a_correction_names_indicator_period_and_who_decided(
    make_book: MakeBook, plan: Plan
) -> None:
    shown = corrections_table(make_book(corrections=CORRECTIONS.frame([correction()]))).html()
    for words in (
        plan.indicator("software-revenue").name,
        "2026年1—8月",
        "899.2亿元",
        "拒收",
        "综合",
    ):
        assert f">{words}<" in shown


def test_a_correction_without_a_value_says_what_is_done(make_book: MakeBook) -> None:
    flagged = correction(action="flag", value="", expect="899.2")
    assert (
        "照用并注明存疑"
        in corrections_table(make_book(corrections=CORRECTIONS.frame([flagged]))).html()
    )


def test_a_measures_correction_names_the_measure(make_book: MakeBook, plan: Plan) -> None:
    measure = plan.measure("software-m02-s1")
    of_measure = correction(indicator_id="software-m02-s1", time_period="", action="drop", value="")
    shown = corrections_table(make_book(corrections=CORRECTIONS.frame([of_measure]))).html()
    assert f"{measure.title}：{measure.sub_items[0].name}" in shown
    assert "software-m02" not in shown


@pytest.mark.parametrize(
    ("reason", "declared", "said"),
    [
        ("年报核定。", True, "年报核定"),
        ("", False, "没有在「修订」表登记"),
        ("年报核定。", False, "年报核定；没有在「修订」表登记"),
        ("", True, "—"),
    ],
)
def test_a_revision_says_why_and_whether_it_was_declared(
    make_book: MakeBook, reason: str, declared: bool, said: str
) -> None:
    row = {
        "indicator_id": "software-revenue",
        "time_period": "2026-06",
        "scope": "未注明",
        "vintage": "2026-Q3",
        "old_vintage": "2026-Q2",
        "old_value": 600.0,
        "new_value": 610.0,
        "declared": declared,
        "reason": reason,
        "source_file": "",
        "source_cell": "",
    }
    shown = revisions_table(make_book(revisions=REVISIONS.frame([row]))).html()
    assert f">{said}<" in shown
    assert ">600.00亿元<" in shown


def test_it_is_said_how_many_published_values_an_edition_revised(make_book: MakeBook) -> None:
    rows = [
        LEVEL_REVISION,
        LEVEL_REVISION | {"time_period": "2026-03", "old_vintage": "2026-Q1"},
        LEVEL_REVISION | {"time_period": "2025-12", "vintage": "2026-Q2", "old_vintage": "2026-Q1"},
    ]
    revisions = REVISIONS.frame(rows)
    assert repr(revisions_lead(make_book(revisions=revisions))) == "本期修订以前各期的数值2个。"
    editions = EDITIONS.frame([edition_row("2026-Q2", "已发布", released="2026-07-28")])
    assert repr(revisions_lead(make_book(revisions=revisions, editions=editions))) == (
        "本期修订以前各期的数值2个，其中已经发布的：2026年二季度1个，发布的各期保留原值。"
    )
    assert repr(revisions_lead(make_book())) == "本期没有修订以前各期的数值。"


def test_the_newest_revisions_stand_first_and_say_where_the_old_value_is(
    make_book: MakeBook,
) -> None:
    older = LEVEL_REVISION | {
        "time_period": "2026-03",
        "vintage": "2026-Q2",
        "old_vintage": "2026-Q1",
    }
    table = revisions_table(make_book(revisions=REVISIONS.frame([older, LEVEL_REVISION])))
    assert [[row[3].text, row[6].text] for row in table.groups[0].rows] == [
        ["2026年二季度", "2026年三季度"],
        ["2026年一季度", "2026年二季度"],
    ]


def test_errors_stand_before_warnings(make_book: MakeBook) -> None:
    rows = [
        dict.fromkeys(FINDINGS.columns, "")
        | {"severity": kind, "message": said, "edition": "2026-Q3"}
        for kind, said in (("warning", "第一"), ("error", "第二"), ("warning", "第三"))
    ]
    table = findings_table(make_book(findings=FINDINGS.frame(rows)))
    said = [row[0].text for group in table.groups for row in group.rows]
    assert said == ["第二", "第一", "第三"]


def test_readers_are_told_no_names_of_files(make_book: MakeBook) -> None:
    empty = dict.fromkeys(FINDINGS.columns, "") | {"severity": "error", "edition": "2026-Q3"}
    rows = [
        {"file": "digital-2026-10-12-3fa9c1d2.xlsx", "sheet": "填报表", "cell": "F7"}
        | {"remedy": "改为数字后重新报送；若无法更正，在 corrections.yaml 中声明更正"},
        {"file": "annual_targets.csv", "remedy": "核对年度目标"},
        {"file": "assessments.csv", "remedy": "重新评定"},
        {"file": "digital-2026-10-12-3fa9c1d2.xlsx", "remedy": "重新报送"},
    ]
    table = findings_table(make_book(findings=FINDINGS.frame([empty | row for row in rows])))
    assert column(table, "位置") == ["「填报表」F7", "年度目标", "人工评定", "填报表文件"]
    assert column(table, "处理办法") == [
        "改为数字后重新报送",
        "核对年度目标",
        "重新评定",
        "重新报送",
    ]


def test_analysts_are_told_of_their_own_inputs_and_not_of_workbooks(make_book: MakeBook) -> None:
    empty = dict.fromkeys(FINDINGS.columns, "") | {"severity": "warning", "edition": "2026-Q3"}
    own = {"file": "annual_targets.csv", "message": "年度目标低于应达数。", "remedy": "核对"}
    sent = {"file": "a.xlsx", "submitting_unit": "office", "message": "空白。"}
    earlier = empty | own | {"edition": "2026-Q2"}
    found = FINDINGS.frame([empty | own, empty | sent, earlier])
    book = make_book(findings=found)
    told = input_warnings(book)
    assert told == ["annual_targets.csv：年度目标低于应达数。核对。"]
    assert "年度目标低于应达数" in findings_table(book).html()


def test_a_baseline_keeps_its_own_area_beside_a_value_of_another(
    make_book: MakeBook, make_view: Callable[..., GoalView]
) -> None:
    view = make_view("lawyers", scope="新行政区", baseline_value=3040.0, baseline_period="2024-12")
    row = dict.fromkeys(BASELINES.columns, "") | {
        "indicator_id": "lawyers",
        "time_period": "2024-12",
        "scope": "直管区",
        "obs_value": 3040.0,
        "from_edition": "2025-Q1",
    }
    assert baseline_scope(make_book(baselines=BASELINES.frame([row])), view) == "直管区"


def test_only_states_that_occur_have_a_column(make_book: MakeBook) -> None:
    counts = dict.fromkeys(("superseded", "owed", "reported", "errors", "warnings"), 0)
    row = dict.fromkeys(SUBMISSIONS.columns, "") | counts
    sent = SUBMISSIONS.frame(
        {**row, "edition": "2026-Q3", "submitting_unit": unit, "state": state}
        for unit, state in (("a", "待报"), ("b", "已退回"), ("c", "按时"))
    )
    shown = punctuality_table(make_book(submissions=sent))
    assert [column.head for column in shown.columns] == ["期号", "按时", "待报", "已退回"]


def test_a_quarter_in_which_nobody_was_late_says_0(make_book: MakeBook) -> None:
    counts = dict.fromkeys(("superseded", "owed", "reported", "errors", "warnings"), 0)
    row = dict.fromkeys(SUBMISSIONS.columns, "") | counts | {"submitting_unit": "a"}
    sent = SUBMISSIONS.frame(
        {**row, "edition": edition, "state": state}
        for edition, state in (("2026-Q2", "按时"), ("2026-Q3", "迟报"))
    )
    shown = punctuality_table(make_book(submissions=sent)).html()
    assert shown.count(">0<") == 2
    assert "—" not in shown


def test_who_owes_no_values_and_sent_nothing_is_said_to_owe_its_measures(
    make_book: MakeBook,
) -> None:
    counts = dict.fromkeys(("superseded", "owed", "reported", "errors", "warnings"), 0)
    row = dict.fromkeys(SUBMISSIONS.columns, "") | counts | {"edition": "2026-Q3"}
    sent = SUBMISSIONS.frame(
        {**row, "submitting_unit": unit, "state": state, "owed": owed}
        for unit, state, owed in (("a", "未报", 0), ("b", "未报", 3), ("c", "本期无应报", 0))
    )
    (group,) = submissions_table(make_book(submissions=sent)).groups
    assert [cells[1].mark for cells in group.rows] == ["只报进展", "", ""]


def test_a_projects_correction_names_project_amount_and_edition(make_book: MakeBook) -> None:
    own = correction(
        indicator_id="p01", amount="total_investment", time_period="", expect="350", value="3.5"
    )
    book = make_book(corrections=CORRECTIONS.frame([own]), projects=PROJECTS.frame([project()]))
    shown = corrections_table(book).html()
    for words in ("p01的项目：总投资", "2026年三季度", "350亿元", "3.5亿元"):
        assert f">{words}<" in shown


def test_the_public_book_lists_the_corrections_of_public_projects_only(
    make_book: MakeBook,
) -> None:
    own = correction(indicator_id="p01", amount="total_investment", time_period="")
    other = correction(correction_id="c-2")
    rows = CORRECTIONS.frame([own, other])

    def listed(visibility: str) -> list[str]:
        known = PROJECTS.frame([project(visibility=visibility)])
        book = make_book(corrections=rows, projects=known)
        return list(redacted(book.plan, book.tables).tables.corrections["correction_id"])

    assert listed("internal") == ["c-2"]
    assert listed("public") == ["c-1", "c-2"]


def test_a_pack_lists_the_corrections_of_its_own_projects(make_book: MakeBook) -> None:
    own = correction(indicator_id="p01", amount="invested", time_period="")
    rows = {
        "corrections": CORRECTIONS.frame([own]),
        "projects": PROJECTS.frame([project(submitting_unit="port")]),
    }
    book = make_book(**rows)
    assert own_book(book, "port").tables.corrections["correction_id"].tolist() == ["c-1"]
    assert own_book(book, "software").tables.corrections.empty
    less = own_digests(make_book(projects=rows["projects"]))
    changed = {unit for unit, told in own_digests(book).items() if told != less[unit]}
    assert changed == {"port"}


def test_the_first_sentence_counts_reports_and_names_what_is_missing(make_book: MakeBook) -> None:
    counts = {"superseded": 0, "owed": 2, "reported": 2, "errors": 0, "warnings": 0}
    row = dict.fromkeys(SUBMISSIONS.columns, "") | counts | {"edition": "2026-Q3", "state": "按时"}
    said = [
        row | {"submitting_unit": "software"},
        row | {"submitting_unit": "ecommerce", "reported": 1, "errors": 1},
        row | {"submitting_unit": "mice", "state": "迟报", "warnings": 2},
        row | {"submitting_unit": "data", "state": "本期无应报", "owed": 0, "reported": 0},
        row | {"submitting_unit": "port", "edition": "2026-Q2"},
    ]
    silent = {"reason": "本期未报", "notes": "refused"}
    blank = dict.fromkeys(FINDINGS.columns, "")
    found = [
        blank | {"severity": severity, "edition": edition}
        for severity, edition in [
            ("error", "2026-Q3"),
            ("warning", "2026-Q3"),
            ("warning", "2026-Q3"),  # of an analyst's own file, which no report counts
            ("error", "2026-Q2"),
        ]
    ]
    book = make_book(
        {"cross-border-ecommerce": silent},
        submissions=SUBMISSIONS.frame(said),
        findings=FINDINGS.frame(found),
    )
    assert repr(book.quality().lead()) == (
        "本期应报的单位3家：按时2家，迟报1家（会展）。"
        "应报的数据6项，收到5项，缺1项：跨境电商交易额（拒收）。"
        "发现错误1处、提示2处，列于「发现的问题」。"
    )
    (group,) = submissions_table(book).groups
    marks = {cells[1].mark for cells in group.rows}
    assert marks == {"", "缺1项"}  # in time, and yet not complete


def test_without_reports_the_first_sentence_says_so(make_book: MakeBook) -> None:
    assert repr(make_book().quality().lead()) == "本期没有收到报送文件。"
