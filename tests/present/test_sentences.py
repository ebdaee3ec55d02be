from collections.abc import Callable

import pytest

from planbook.present.sentences import (
    clause,
    goal_sentence,
    goals_counted,
    headline,
    measures_sentence,
    note_sentences,
    rating_counts,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Note, RatedBy, Rating, Reason

MakeView = Callable[..., GoalView]


def test_a_yearly_total_is_told_with_growth_estimate_and_time_due(make_view: MakeView) -> None:
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
        time_elapsed=2 / 3,
        pace=0.9,
    )
    assert goal_sentence(view) == (
        "2026年1—9月，软件和信息服务业主营业务收入1,234.50亿元，同比增长12.3%（名义）。"
        "按往年同期占比推算，2026年全年约1,650.0亿元，相当于2027年目标（1,800亿元）的91.7%。"
        "增量完成率50.0%，慢于序时进度16.7个百分点，折合年均增速为所需的90.0%，判定为滞后▲。"
    )


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
        baseline_value=240.0,
        baseline_period="2024-12",
        increment_completion=-0.217,
        time_elapsed=0.58,
        pace=-0.37,
    )
    assert "低于基期水平（2024年末240家），判定为逆转▼" in goal_sentence(view)


def test_a_missed_year_explains_the_rating(make_view: MakeView) -> None:
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
    assert goal_sentence(view).endswith("为同期应达数的103.0%。但2025年未达标，判定为严重滞后■。")


@pytest.mark.parametrize("reason", Reason)
def test_a_goal_without_value_says_why_it_cannot_be_judged(
    make_view: MakeView, reason: Reason
) -> None:
    said = goal_sentence(make_view("testing-institutions", reason=str(reason)))
    assert said.startswith("检验检测机构数量")
    assert said.endswith("无法判定○。")


def test_a_goal_judged_by_people_names_the_unit_not_its_id(make_view: MakeView) -> None:
    view = make_view(
        "bonded-plus-pilot", rating="达序时", assessed_by="airport", evidence="材料已报送。"
    )
    assert goal_sentence(view).endswith("评定为达序时●：材料已报送。")
    assert "airport" not in goal_sentence(view)


def test_a_pace_without_distance_is_not_printed(make_view: MakeView) -> None:
    view = make_view(
        "green-loans",
        rating="达序时",
        latest_value=1.0,
        latest_period="2026-09",
        pace=float("inf"),
    )
    assert (
        goal_sentence(view)
        == "截至2026年9月末，绿色贷款余额1.00亿元，目标为3,200亿元，判定为达序时●。"
    )


def test_the_clause_is_printed_with_its_due_date_and_full_width_marks(make_view: MakeView) -> None:
    said = clause(make_view("software-new-employees"))
    assert said == "到2027年，全区软件和信息服务业新增企业5600家，新增从业人员约8万人"


def test_counts_name_the_reason_once_when_it_is_one(make_view: MakeView) -> None:
    views = [make_view("green-loans"), make_view("testing-revenue")]
    assert rating_counts(views) == "无法判定2项（基数待补）"
    assert goals_counted(views) == "2项目标，均无法判定（基数待补）"
    assert goals_counted(views[:1]) == "1项目标：无法判定1项（基数待补）"


def test_the_headline_is_right_when_all_or_none_can_be_judged(make_view: MakeView) -> None:
    met, silent = make_view("green-loans", rating="已达成"), make_view("testing-revenue")
    assert headline([met, met]) == "2项目标均已达成或达序时"
    assert headline([silent]) == "1项目标无法判定"
    assert headline([met, silent]) == "2项目标中，1项已达成或达序时、1项无法判定"
    missed = make_view("green-loans", rating=str(Rating.MISSED))
    assert headline([met, missed]) == "2项目标中，1项已达成或达序时、1项未达成"


def test_measures_are_counted_and_the_silent_ones_are_not_left_out() -> None:
    assert measures_sentence(["推进中", "", "受阻"]) == (
        "共3项举措：推进中1项、受阻1项、未报送1项。"
    )
    assert measures_sentence(["", ""]) == "共2项举措，均未报送进展。"
    assert measures_sentence(["本年已开展"] * 2) == "共2项举措，本年均已开展。"
    assert measures_sentence(["受阻"]) == "共1项举措，受阻。"
    assert measures_sentence([]) == ""


def test_notes_are_sentences_in_their_order(make_view: MakeView) -> None:
    view = make_view("green-loans", notes=f"{Note.REVISED} {Note.PROVISIONAL}")
    assert len(note_sentences(view)) == 2
