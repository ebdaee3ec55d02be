"""Each sentence of the policy says what the settings in force are."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from planbook.edition_acts import EditionState
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.revision_policy import calendar, revision_policy
from planbook.present.prose import Prose
from planbook.present.say import policy_words as policy
from planbook.produce.site.write_pages import TEXTS
from planbook.vocabulary import ReleaseStage, SubmissionState
from planbook.workspace import Dataset, PublicBook
from tests.books import ROOT

MakeBook = Callable[..., OpenBook]


def with_dataset(book: OpenBook, **settings: Any) -> OpenBook:
    dataset = book.dataset.model_copy(update=settings)
    return OpenBook(book.plan, book.tables, dataset, book.edition)


@pytest.fixture
def dataset(make_book: MakeBook) -> Dataset:
    return make_book().dataset


def test_the_cut_off_is_that_of_the_dataset(make_book: MakeBook) -> None:
    first, *_ = policy.cut_off(make_book())
    assert first == "填报表的截止日期为每期结束后第20日。2026年三季度的截止日期为2026年10月20日。"
    first, *_ = policy.cut_off(with_dataset(make_book(), deadline_days=15))
    assert first == "填报表的截止日期为每期结束后第15日。2026年三季度的截止日期为2026年10月15日。"


def test_dates_of_their_own_are_named(make_book: MakeBook) -> None:
    q3, q1 = Edition.parse("2026-Q3"), Edition.parse("2027-Q1")
    own = {q: q.end.last_day.replace(day=8) for q in (q3, q1)}
    first, *_ = policy.cut_off(with_dataset(make_book(), deadlines=own))
    assert first == (
        "填报表的截止日期为每期结束后第20日，另行规定的：2026年三季度为2026年9月8日、"
        "2027年一季度为2027年3月8日。2026年三季度的截止日期为2026年9月8日。"
    )


def test_the_calendar_has_this_edition_and_the_next_ones(dataset: Dataset) -> None:
    rows = calendar(dataset, Edition.parse("2026-Q3.1")).groups[0].rows
    assert [[cell.text for cell in row] for row in rows][:2] == [
        ["2026年三季度", "2026年9月30日", "2026年10月20日", "未定"],
        ["2026年四季度", "2026年12月31日", "2027年1月20日", "未定"],
    ]
    assert len(rows) == 4


def test_the_calendar_tells_when_each_edition_is_released(dataset: Dataset) -> None:
    own = {
        Edition.parse("2026-Q4"): dt.datetime.fromisoformat("2027-01-29T09:00+08:00"),
        Edition.parse("2027-Q1"): dt.datetime.fromisoformat("2027-04-29T09:30+01:00"),
    }
    dated = dataset.model_copy(update={"release_days": 30, "release_at": own})
    rows = calendar(dated, Edition.parse("2026-Q3")).groups[0].rows
    assert [row[-1].text for row in rows] == [
        "2026年10月30日",
        "2027年1月29日09:00",
        "2027年4月29日09:30（UTC+01:00）",
        "2027年7月30日",
    ]


def test_one_word_for_the_second_unit_and_what_is_before_the_time() -> None:
    said = "".join(policy.access())
    assert "另一个单位审核后发布" in said
    assert "确需提前的，须写明理由" in said
    for path in (TEXTS / "revision-policy.md", TEXTS / "glossary.md", ROOT / "book/handbook.md"):
        page = path.read_text(encoding="utf-8")
        assert not [word for word in ("批准", "审定", "发布地址") if word in page]


def test_both_books_are_told_apart(dataset: Dataset) -> None:
    both, left_out, whole = policy.visibility(dataset)
    assert "公开版和内部版" in both
    assert left_out.endswith("只列数量。")
    assert "「无法判定（不公开）」" in whole
    nameless = dataset.model_copy(update={"public": PublicBook(unit_names=False)})
    assert policy.visibility(nameless)[1].endswith("只列数量，不写填报单位的名称。")


def test_late_workbooks_have_the_words_of_the_table_of_submissions(make_book: MakeBook) -> None:
    said = "".join(policy.cut_off(make_book()))
    for state in (SubmissionState.LATE, SubmissionState.MISSING):
        assert f"「{state}」" in said


def test_release_stages_are_those_of_the_workbooks() -> None:
    stages = [str(stage) for stage in ReleaseStage]
    assert stages == ["快报", "初核", "终核", "估计"]
    first, *_ = policy.revisions()
    assert first == (
        "填报的数值注明数据阶段：快报、初核、终核或者估计。终核以前的数值以后可能修订，属于定期修订，不是差错。"
    )


def test_the_states_named_are_those_of_the_register() -> None:
    edition = Edition.parse("2026-Q3")
    assert f"状态改为「{EditionState.CORRECTED}」" in policy.corrections(edition)[0]
    withdrawn, purged = policy.withdrawal()
    assert f"「{EditionState.WITHDRAWN}」" in withdrawn
    assert f"「{EditionState.PURGED}」" in purged


def test_the_example_of_a_correction_is_of_this_edition() -> None:
    for edition in ("2026-Q3", "2026-Q3.1"):
        assert "如 2026-Q3.1；" in policy.corrections(Edition.parse(edition))[0]


def test_the_limits_in_force_are_the_plans(plan: Plan) -> None:
    *_, limits = policy.methods(plan)
    assert limits == (
        "现行界限：进度比不低于0.95为达序时，低于0.6为严重滞后；"
        "每年达标的目标，当年进度比不低于1为达序时；「约」「左右」的允许误差为5%。"
    )
    stricter = plan.thresholds.model_copy(update={"on_course": 0.97, "every_year": 0.98})
    about = plan.about.model_copy(update={"thresholds": stricter, "approx_tolerance": 0.1})
    *_, limits = policy.methods(plan.model_copy(update={"about": about}))
    assert "不低于0.97为达序时" in limits
    assert "不低于0.98为达序时" in limits
    assert limits.endswith("允许误差为10%。")


def test_readers_are_told_whom_to_ask(dataset: Dataset) -> None:
    told = policy.contact(dataset.model_copy(update={"contact": "综合部门 000-0000"}))
    assert told.endswith("其他问题联系：综合部门 000-0000。")
    assert policy.contact(dataset) == "对某项数据有疑问的，向该目标页面所列的填报单位提出。"


def test_every_fragment_is_on_the_page_and_every_sentence_ends(make_book: MakeBook) -> None:
    page = (TEXTS / "revision-policy.md").read_text(encoding="utf-8")
    made = revision_policy(make_book())
    for name, shown in made.items():
        assert f"chapters/_fragments/{name}.md" in page
        if isinstance(shown, Prose):
            assert all(line.endswith("。") for line in shown.text.splitlines())
