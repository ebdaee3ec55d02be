from collections.abc import Callable

from bs4 import BeautifulSoup
from syrupy.assertion import SnapshotAssertion

from planbook.present.pages.field_points import field_points
from planbook.present.views import GoalView

MakeView = Callable[..., GoalView]


def test_each_goal_is_a_point_with_rating_and_linked_name_in_front(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    known = {"latest_value": 102.0, "latest_period": "2026-09", "accumulation": "end_of_period"}
    views = [
        make_view("testing-institutions", rating="达序时", **known),
        make_view("testing-revenue"),
    ]
    page = BeautifulSoup(str(field_points(views).html), "html.parser")
    assert page.p is not None
    assert page.p.text == approved
    first, second = page.select("li")
    assert first.text == approved
    assert first.a is not None
    assert first.a["href"] == "../goals/testing-institutions.html"
    assert second.text == approved


def test_two_goals_on_one_indicator_tell_its_value_once(make_view: MakeView) -> None:
    known = {"latest_value": 899.2, "latest_period": "2026-08"}
    views = [make_view(id, **known) for id in ("software-revenue", "software-revenue-cagr")]
    block = field_points(views)
    assert block.html.count("899.20") == 1
    assert block.text.count("899.20") == 1


def test_evidence_is_escaped_in_both_media(make_view: MakeView) -> None:
    evidence = "<script>x</script>[甲](javascript:y)"
    view = make_view("green-sorting-centre", rating="已达成", evidence=evidence)
    block = field_points([view])
    assert "<script>" not in str(block.html)
    assert "](javascript" not in block.text
    assert evidence in BeautifulSoup(str(block.html), "html.parser").text


def test_a_field_without_goals_says_so(make_view: MakeView, approved: SnapshotAssertion) -> None:
    assert field_points([]).text == approved
