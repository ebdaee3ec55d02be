import json
from collections.abc import Callable
from pathlib import Path

import pytest

from planbook.frames import COMMENTARY
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.redaction import MEASURES
from planbook.run.pipeline import open_book

MakeBook = Callable[..., OpenBook]
ROOT = Path(__file__).resolve().parents[2]
REVENUE = {"latest_value": 899.2, "latest_period": "2026-08", "rating": "达序时"}


def written(figures: dict[str, str], text: str = "正文。") -> object:
    return COMMENTARY.frame(
        [
            {
                "chapter": "digital",
                "edition": "2026-Q3",
                "author": "general",
                "written_on": "2026-10-06",
                "visibility": "public",
                "written_for": json.dumps(figures) if figures else "",
                "text": text,
            }
        ]
    )


@pytest.fixture
def figures(make_book: MakeBook) -> dict[str, str]:
    """The figures of the chapter as its author sees them."""
    return make_book({"software-revenue": REVENUE}).figures("digital")


def test_a_chapters_figures_are_its_goals_and_its_measures(
    figures: dict[str, str], plan: Plan
) -> None:
    goals = [goal.id for goal in plan.chapter("digital").goals]
    assert list(figures) == [*goals, MEASURES] or list(figures) == goals
    assert figures["software-revenue"] == "达序时，899.20亿元（2026-08）"


def test_commentary_is_shown_with_unit_and_date(make_book: MakeBook) -> None:
    book = make_book(commentary=written({}, "**好**"))
    shown = book.chapter("digital").commentary()
    assert shown is not None
    assert "> **好**" in shown.text
    assert f"——{book.plan.unit('general').name}，2026年10月6日" in shown.text


def test_a_chapter_without_commentary_shows_nothing(make_book: MakeBook) -> None:
    assert make_book(commentary=written({})).chapter("green").commentary() is None


def test_what_an_analyst_writes_cannot_leave_the_quotation(make_book: MakeBook) -> None:
    text = "甲\n\n# 乙\n\n<script>x</script>\n\n---\n\n丙"
    shown = make_book(commentary=written({}, text)).chapter("digital").commentary()
    assert shown is not None
    assert all(line.startswith(">") for line in shown.text.splitlines())
    assert "<script" not in shown.text


def test_figures_that_still_hold_are_no_note(make_book: MakeBook, figures: dict[str, str]) -> None:
    book = make_book({"software-revenue": REVENUE}, commentary=written(figures))
    assert book.commentary_notes() == []
    assert "与现有数据一致" in book.quality().commentary().html()


def test_a_changed_figure_is_named_to_the_analyst_and_below_the_text(
    make_book: MakeBook, figures: dict[str, str]
) -> None:
    later = {"software-revenue": REVENUE | {"latest_value": 910.0}}
    book = make_book(later, commentary=written(figures))
    (note,) = book.commentary_notes()
    assert "1项数据变化" in note
    assert "由「达序时，899.20亿元（2026-08）」变为「达序时，910.00亿元（2026-08）」" in note
    shown = book.chapter("digital").commentary()
    assert shown is not None
    assert shown.text.endswith(
        "> （点评写成后有1项数据变化，以本页数据为准：软件和信息服务业主营业务收入由"
        "「达序时，899.20亿元（2026-08）」变为「达序时，910.00亿元（2026-08）」。）"
    )
    assert "复核" not in shown.text  # that is the analyst's to do
    assert "不列入「数据修订」" in book.quality().commentary().note


def test_nothing_stands_below_a_text_whose_figures_hold_or_were_not_kept(
    make_book: MakeBook, figures: dict[str, str]
) -> None:
    for then in (figures, {}):
        book = make_book({"software-revenue": REVENUE}, commentary=written(then))
        shown = book.chapter("digital").commentary()
        assert shown is not None
        assert "变化" not in shown.text


def test_of_many_changes_the_first_ones_stand_below_the_text(
    make_book: MakeBook, figures: dict[str, str]
) -> None:
    others = {id: f"{said}旧" for id, said in figures.items()}
    book = make_book({"software-revenue": REVENUE}, commentary=written(others))
    shown = book.chapter("digital").commentary()
    assert shown is not None
    assert len(others) > 3
    assert f"有{len(others)}项数据变化" in shown.text
    assert shown.text.count("变为") == 3
    assert shown.text.endswith("等。）")


def test_a_change_too_small_to_be_printed_is_no_change(
    make_book: MakeBook, figures: dict[str, str]
) -> None:
    same = {"software-revenue": REVENUE | {"latest_value": 899.2001}}
    assert make_book(same, commentary=written(figures)).commentary_notes() == []


def test_a_new_rating_and_a_goal_that_came_later_are_changes(
    make_book: MakeBook, figures: dict[str, str]
) -> None:
    figures.pop("online-retail-sales")
    worse = {"software-revenue": REVENUE | {"rating": "滞后"}}
    (note,) = make_book(worse, commentary=written(figures)).commentary_notes()
    assert "2项数据变化" in note
    assert "由「无」变为" in note


def test_without_figures_the_analyst_is_told_that_nothing_can_be_compared(
    make_book: MakeBook,
) -> None:
    (note,) = make_book(commentary=written({})).commentary_notes()
    assert "无法核对" in note


def test_of_the_demonstrations_texts_one_must_be_read_again() -> None:
    """If the demonstration's figures changed: ``scripts/commentary.py confirm``, then copy."""
    book = open_book("demo", None, ROOT)
    changed = {id: [c.name for c in changes] for id, (_, changes) in book.commentaries.items()}
    assert changed == {
        "digital": [],
        "finance": ["科技型企业贷款余额"],
        "green": [],
        "programmes": [],
    }
