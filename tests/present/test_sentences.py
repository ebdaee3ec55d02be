from collections.abc import Callable
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from planbook.frames import MeasureRow
from planbook.present.say.sentences import (
    clause,
    further_notes,
    goal_points,
    goal_sentence,
    goals_counted,
    headline,
    measures_and_sub_items,
    measures_sentence,
    note_sentences,
    rating_counts,
)
from planbook.present.views import GoalView
from planbook.vocabulary import MeasureStatus, Note, RatedBy, Rating, Reason
from tests.present.conftest import MakeBook

MakeView = Callable[..., GoalView]


def test_a_yearly_total_is_told_with_growth_estimate_and_time_due(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    view = make_view(
        "software-revenue",
        rating="滞后",
        rated_by=str(RatedBy.GROWTH),
        accumulation="ytd",
        latest_value=1234.5,
        latest_period="2026-09",
        yoy=12.34,
        yoy_type="名义",
        is_estimate=True,
        share_from_history=True,
        observed_value=1650.0,
        observed_period="2026-12",
        completion=0.9167,
        increment_completion=0.5,
        increment_due=0.6214,
        time_elapsed=2 / 3,
        pace=0.9,
    )
    assert goal_sentence(view) == approved


def test_a_decline_is_said_to_decline(make_view: MakeView) -> None:
    view = make_view("green-loans", latest_value=1.0, latest_period="2026-09", yoy=-3.2)
    assert "同比下降3.2%" in goal_sentence(view)


def test_a_falling_share_moves_in_points_and_has_no_completion(make_view: MakeView) -> None:
    said = goal_sentence(
        make_view(
            "logistics-cost-gdp",
            rating="滞后",
            latest_value=14.1,
            latest_period="2025-12",
            accumulation="year",
            prior_value=14.4,
            yoy=-2.1,
            completion=1.08,
            increment_completion=0.214,
            time_elapsed=1 / 3,
            pace=0.64,
        )
    )
    assert said.startswith("2025年，社会物流总费用占GDP比重为14.1%，比上年下降0.3个百分点，")
    assert "目标为不高于13%" in said
    assert "108" not in said


def test_what_is_below_the_baseline_is_said_so(make_view: MakeView) -> None:
    view = make_view(
        "hr-institutions",
        rating="逆转",
        latest_value=227.0,
        latest_period="2026-09",
        observed_value=227.0,
        baseline_value=240.0,
        baseline_period="2024-12",
        increment_completion=-0.217,
        time_elapsed=0.58,
        pace=-0.37,
    )
    assert "低于基期水平（2024年末240家），判定为逆转▼" in goal_sentence(view)


def test_a_missed_year_explains_the_rating(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    view = make_view(
        "hr-placements-yearly",
        rating="严重滞后",
        rated_by=str(RatedBy.YEAR_TARGET),
        latest_value=6.34,
        latest_period="2026-09",
        completion=0.834,
        pace=1.03,
        missed_years="2025",
    )
    assert goal_sentence(view) == approved


@pytest.mark.parametrize("reason", Reason)
def test_a_goal_without_value_says_why_it_cannot_be_judged(
    make_view: MakeView, reason: Reason
) -> None:
    said = goal_sentence(make_view("testing-institutions", reason=str(reason)))
    assert said.startswith("检验检测机构数量")
    assert said.endswith("无法判定○。")


def test_a_goal_judged_by_people_names_the_unit_not_its_id(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    view = make_view(
        "bonded-plus-pilot", rating="达序时", assessed_by="airport", evidence="材料已报送。"
    )
    assert goal_sentence(view) == approved
    assert "airport" not in goal_sentence(view)


def test_a_pace_without_distance_is_not_printed(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    view = make_view(
        "green-loans",
        rating="达序时",
        latest_value=1.0,
        latest_period="2026-09",
        pace=float("inf"),
    )
    assert goal_sentence(view) == approved


def test_the_clause_is_the_plans_words_with_full_width_marks(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    said = clause(make_view("software-new-employees"))
    assert said == approved


def test_counts_name_the_reason_once_when_it_is_one(make_view: MakeView) -> None:
    views = [make_view("green-loans"), make_view("testing-revenue")]
    assert rating_counts(views) == "无法判定2项（基数待补）"
    assert goals_counted(views) == "2项目标，均无法判定（基数待补）"
    assert goals_counted(views[:1]) == "1项目标：无法判定1项（基数待补）"


def test_the_headline_is_right_when_all_or_none_can_be_judged(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    met, silent = make_view("green-loans", rating="已达成"), make_view("testing-revenue")
    assert headline([met, met]) == "2项目标均已达成或达序时"
    assert headline([silent]) == "1项目标无法判定"
    assert headline([met, silent]) == approved
    missed = make_view("green-loans", rating=str(Rating.MISSED))
    assert headline([met, missed]) == approved
    behind = make_view("green-loans", rating=str(Rating.REVERSING))
    assert headline([missed, behind]) == "2项目标中，1项未达成、1项进度滞后"


def test_measures_are_counted_and_the_silent_ones_are_not_left_out(
    approved: SnapshotAssertion,
) -> None:
    assert measures_sentence([MeasureStatus.UNDER_WAY, None, MeasureStatus.BLOCKED]) == approved
    assert measures_sentence([None, None]) == approved
    assert measures_sentence([MeasureStatus.DONE_THIS_YEAR] * 2) == approved
    assert measures_sentence([MeasureStatus.BLOCKED]) == "共1项举措，受阻。"
    assert measures_sentence([]) == ""


def test_sub_items_in_another_status_are_counted_beside_their_measures(
    make_book: MakeBook,
) -> None:
    some = make_book().rows.measures[0]

    def row(status: MeasureStatus | None, parent: str = "") -> MeasureRow:
        return replace(some, parent_id=parent, status=status)

    under_way = [row(MeasureStatus.UNDER_WAY)] * 2
    parts = [row(MeasureStatus.BLOCKED, "m"), row(MeasureStatus.UNDER_WAY, "m"), row(None, "m")]
    assert measures_and_sub_items(under_way) == "共2项举措，均在推进中。"
    assert measures_and_sub_items([*under_way, *parts]) == (
        "共2项举措，均在推进中；专项3个：推进中1个、受阻1个、未报送1个。"
    )
    assert measures_and_sub_items(parts[:1]) == "共专项1个，受阻。"
    assert measures_and_sub_items([]) == ""


def test_notes_are_sentences_in_their_order(make_view: MakeView) -> None:
    view = make_view("green-loans", notes=f"{Note.REVISED} {Note.PROVISIONAL}")
    assert len(note_sentences(view)) == 2


def test_an_estimate_is_told_with_its_band_and_what_the_rating_may_turn_out_to_be(
    make_view: MakeView,
    approved: SnapshotAssertion,
) -> None:
    known = {
        "rating": "滞后",
        "rated_by": str(RatedBy.GROWTH),
        "accumulation": "ytd",
        "latest_value": 1234.5,
        "latest_period": "2026-09",
        "is_estimate": True,
        "share_from_history": True,
        "observed_value": 1580.0,
        "observed_period": "2026-12",
        "completion": 0.878,
        "pace": 0.93,
        "rating_provisional": True,
    }
    band = {"band_low": 1500.0, "band_high": 1660.0, "rating_low": "滞后", "rating_high": "达序时"}
    said = goal_sentence(make_view("software-revenue", **known, **band))
    assert "2026年全年约1,580.0亿元（80%可能在1,500.0—1,660.0亿元之间）" in said
    assert said == approved
    unknown = make_view("software-revenue", notes=str(Note.NO_BAND), **known)
    assert goal_sentence(unknown) == approved
    assert rating_counts([unknown]) == "滞后1项（初步）"
    settled = make_view("software-revenue", **known | {"rating_provisional": False})
    assert rating_counts([unknown, settled, unknown]) == "滞后3项（其中初步2项）"


def test_what_is_on_course_though_behind_says_from_where_on(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    view = make_view(
        "testing-institutions",
        rating="达序时",
        rated_by=str(RatedBy.LINEAR),
        latest_value=102.0,
        latest_period="2026-09",
        increment_completion=0.5714,
        increment_due=0.5833,
        pace=0.9796,
    )
    assert goal_sentence(view) == approved


def test_a_few_units_are_held_against_the_whole_number_due(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    known = {
        "rated_by": str(RatedBy.WHOLE_UNITS),
        "latest_period": "2026-09",
        "accumulation": "end_of_period",
        "baseline_value": 5.0,
        "path_value": 6.9999999999,
        "target_value": 7.0,
    }
    late = make_view(
        "law-firms-100", rating="滞后", latest_value=6.0, observed_value=6.0, remaining=1, **known
    )
    assert goal_sentence(late) == approved
    early = make_view(
        "law-firms-100",
        rating="达序时",
        latest_value=5.0,
        observed_value=5.0,
        notes=str(Note.LESS_THAN_ONE_DUE),
        **known,
    )
    assert "按时间折算，此时应达不足1家，判定为达序时●" in goal_sentence(early)
    assert len(note_sentences(early)) == 1
    assert further_notes(early) == []  # the sentence beside them has said it


def test_the_yearly_target_has_a_sentence_of_its_own_once_its_year_is_closed(
    make_view: MakeView,
    approved: SnapshotAssertion,
) -> None:
    known = {
        "rating": "滞后",
        "latest_value": 104.96,
        "latest_period": "2025-12",
        "annual_target": 105.0,
        "annual_target_year": "2025",
        "annual_target_value": 104.96,
    }
    missed = make_view("testing-institutions", annual_target_verdict="未达到", **known)
    assert goal_sentence(missed) == approved
    still = make_view("testing-institutions", annual_target_verdict="年度未结束", **known)
    assert "年度目标" not in goal_sentence(still)


def test_exactly_the_number_is_not_above_it(make_view: MakeView) -> None:
    view = make_view(
        "overall-producer-share",
        rating="未达成",
        latest_value=65.0,
        latest_period="2027-12",
        observed_value=65.0,
        target_value=65.0,
        completion=1.0,
    )
    assert "恰为目标数，须超过目标数方为达到，判定为未达成×" in goal_sentence(view)


def test_a_goal_met_and_missed_by_a_hair_does_not_read_as_met(make_view: MakeView) -> None:
    view = make_view(
        "leasing-growth",
        rating="未达成",
        latest_value=173.0,
        latest_period="2027-12",
        observed_value=19.998,
        observed_period="2027-12",
        baseline_period="2024-12",
    )
    assert "年均增长19.998%，比目标（年均增长20%）低0.002个百分点" in goal_sentence(view)


def test_growth_that_the_values_contradict_is_told_with_theirs(make_view: MakeView) -> None:
    known = {"latest_value": 231.86, "latest_period": "2026-09", "prior_value": 220.2}
    view = make_view("exhibition-area", yoy=-5.4, notes=str(Note.YOY_GAP), **known)
    assert "同比下降5.4%（填报数，按总量计算为增长5.3%）" in goal_sentence(view)


def test_a_value_that_was_refused_is_not_said_to_be_missing(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    known = {
        "reason": str(Reason.NOT_REPORTED),
        "latest_value": 35.54,
        "latest_period": "2026-06",
        "owed_period": "2026-09",
    }
    refused = make_view("cross-border-ecommerce", notes=str(Note.REFUSED), **known)
    assert "因应报的2026年1—9月数据未能采用（拒收），暂无法判定○" in goal_sentence(refused)
    assert goal_points(refused)[1] == approved
    silent = make_view("cross-border-ecommerce", **known)
    assert "因应报的2026年1—9月数据未报，暂无法判定○" in goal_sentence(silent)


def test_a_word_of_progress_is_no_verdict_after_the_due_date_and_is_not_denied(
    make_view: MakeView,
) -> None:
    view = make_view(
        "bonded-plus-pilot",
        reason=str(Reason.AWAITING_ASSESSMENT),
        assessed_by="airport",
        assessed_on="2027-10-12",
    )
    said = goal_sentence(view)
    assert "尚未收到" not in said
    assert "2027年10月12日的评定意见没有评定是否达成，尚待最终评定，无法判定○" in said


def test_a_name_that_ends_in_a_figure_does_not_run_into_its_number(make_view: MakeView) -> None:
    view = make_view("green-loans", latest_value=36058.0, latest_period="2026-09")
    named = replace(view, goal=view.goal.model_copy(update={"name": "Loans 2016"}))
    assert "Loans 2016为36,058.00亿元" in goal_sentence(named)


def test_the_value_that_counts_as_met_stands_beside_a_target_it_differs_from(
    make_view: MakeView,
) -> None:
    known = {"rating": "滞后", "latest_period": "2026-09", "latest_value": 60.0}
    about = make_view(
        "patent-attorneys", target_value=150.0, meeting_value=143.0, completion=0.4, **known
    )
    assert "（150人左右，达标值143人）" in goal_sentence(about)
    above = make_view("overall-net-new-above-scale", target_value=40.0, meeting_value=41.0, **known)
    assert "目标为累计超过40家（即41家及以上）" in goal_sentence(above)


def test_growth_without_a_level_is_no_missing_value(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    view = make_view(
        "leasing-growth",
        rating="滞后",
        latest_period="2025-12",
        accumulation="end_of_period",
        yoy=17.8,
        observed_value=17.8,
        observed_period="2025-12",
        required_rate=0.211,
    )
    assert view.latest_words == "只报同比"
    assert goal_sentence(view) == approved


def test_an_unsteady_goal_says_what_it_fell_below(make_view: MakeView) -> None:
    view = make_view(
        "ufi-members",
        rating="达成待稳",
        latest_value=3.0,
        latest_period="2026-09",
        prior_value=4.0,
        adverse=True,
        completion=1.0,
    )
    assert "的100.0%，但低于上年同期（4家），判定为达成待稳☆" in goal_sentence(view)
    assert goal_points(view)[1] == "低于上年同期（4家）。"


def test_a_total_met_early_waits_for_the_year_that_is_due(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    view = make_view(
        "large-exhibitions",
        rating="达成待稳",
        latest_value=4.0,
        latest_period="2027-09",
        is_estimate=True,
        share_from_history=True,
        observed_value=5.14,
        observed_period="2027-12",
        completion=0.857,
        met_period="2026-12",
        notes=str(Note.EARLY_TOTAL),
    )
    assert goal_sentence(view) == approved
