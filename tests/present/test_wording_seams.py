"""Every sentence the book can produce, of all editions and invented edges, without a seam."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planbook.periods import editions_between
from planbook.plan import Plan, load_plan
from planbook.present.formulas.goal_formulas import formula, second_formula
from planbook.present.notebook.opened import OpenBook
from planbook.present.say.change_sentences import (
    alone_sentence,
    change_sentence,
)
from planbook.present.say.sentences import (
    clause,
    field_lead,
    goal_points,
    goal_sentence,
    headline,
    note_sentences,
)
from planbook.present.say.wording import (
    KIND_SENTENCES,
    NOTE_SENTENCES,
    RATED_BY_SENTENCES,
    REASON_SENTENCES,
    STATE_SENTENCES,
    rating_rules,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, Note, RatedBy, Rating, Reason
from tests.present.conftest import judged
from tests.present_rows import with_cells

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
SEAMS = {
    "a doubled word": r"为为|的的|比比|与与|了了|年年(?!均)|目标目标|累计累计|约约",
    "a mark after a mark": r"[，、；：。][，、；：。]|^[，、；：。]|（[，、；：。]|[，、；：]）",
    "an open end": r"[，、；：]$",
    "empty brackets": r"（）|「」|《》",
    "unpaired brackets": r"^[^（]*）|（[^）]*$",
    "a negative growth": r"(?:增长|提高|增加|下降|减少|新增|还差)[−-]",
    "a share that moves in percent": r"(?:提高|下降|高|低|快|慢)于?[\d.]+%(?=比重|占比)",
    "a hyphen between months": r"\d-\d+月|\d~\d",
    "half-width marks": r"[一-鿿][,;:?!()]|[,;:?!()][一-鿿]",
    "a value that is missing": r"(?<![A-Za-z])(?:nan|None|inf|NaT)(?![A-Za-z])",
    "a code of ours": r"[a-z]_[a-z]",
    "比 with 持平": r"比[^，。；]*持平",
    "all of one": r"(?<!\d)1项[^，。；、（]*均",
    "nothing left to do": r"还差0[家个项人]|须新增0[家个项人]",
}
COMPILED = {name: re.compile(pattern) for name, pattern in SEAMS.items()}


def seams(texts: Iterable[str]) -> list[str]:
    found = []
    for text in dict.fromkeys(texts):
        found += [f"{name}: {text}" for name, seam in COMPILED.items() if seam.search(text)]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "目标为为3家",
        "完成8.0%，，判定为滞后",
        "此前平均0.4家，",
        "判定为滞后（）",
        "基数待补）",
        "同比增长−3.2%",
        "2026年1-9月",
        "完成,判定",
        "增长nan%",
        "按share_of_year评定",
        "比上年持平",
        "1项目标均无法判定",
        "距目标还差0家",
    ],
)
def test_a_seam_is_found(text: str) -> None:
    assert seams([text])


def said_of(view: GoalView) -> Iterator[str]:
    yield clause(view).replace("~", "—")  # the plan's own words
    yield goal_sentence(view)
    for follows in (False, True):
        yield from goal_points(view, follows=follows)
    yield view.target_words()
    yield from note_sentences(view)
    for shown in (formula(view), second_formula(view)):
        yield from (meaning for _, meaning in (shown.symbols if shown else ()))


def said_in(book: OpenBook) -> Iterator[str]:
    views = list(book.views.values())
    for view in views:
        yield from said_of(view)
    yield from (str(message) for message in book.messages())
    for row in book.rows.change_reasons:
        if row.edition == book.edition:
            yield change_sentence(book.views[row.goal_id], row) + alone_sentence(row)
    yield headline(views)
    yield repr(book.measures().lead())
    yield repr(book.watchlist().lead())
    for chapter in book.plan.chapters:
        yield repr(book.chapter(chapter.id).lead())
        for field in chapter.fields:
            yield field_lead([book.views[goal.id] for goal in field.goals])
            yield repr(book.chapter(chapter.id).progress(field.id))
            yield book.chapter(chapter.id).table(field.id).caption
            yield book.chapter(chapter.id).measures(field.id).caption
    quality, board = book.quality(), book.measures()
    for table in (quality.submissions(), quality.baselines(), board.attention(), board.list()):
        yield table.caption


@pytest.mark.parametrize(
    ("name", "root"),
    [("demo", ROOT), ("live", ROOT), ("test", FIXTURES / "second_plan")],
)
def test_no_edition_of_a_dataset_has_a_seam(name: str, root: Path) -> None:
    newest = judged(name, root)
    plan, tables = newest.plan, newest.tables
    found: dict[str, None] = {}
    for edition in editions_between(plan.about.first_edition, newest.edition):
        verdicts = tables.history[tables.history["edition"] == str(edition)]
        book = OpenBook(plan, replace(tables, verdicts=verdicts), newest.dataset, edition)
        found |= dict.fromkeys(seams(text for text in said_in(book) if text))
    assert not found, "\n".join(found)


VALUES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "usual": {
        "latest_value": 50.0,
        "prior_value": 40.0,
        "yoy": 25.0,
        "yoy_type": "名义",
        "observed_value": 50.0,
        "completion": 0.5,
        "increment_completion": 0.4,
        "pace": 0.9499,
        "remaining": 50.0,
        "required_rate": 0.2,
        "required_step": 5.0,
        "average_step": 4.0,
    },
    "zero": {
        "latest_value": 0.0,
        "prior_value": 0.0,
        "yoy": 0.0,
        "yoy_type": "实际",
        "observed_value": 0.0,
        "completion": 0.0,
        "increment_completion": 0.0,
        "pace": 0.0,
        "remaining": 1.0,
        "required_rate": 0.0,
        "required_step": 0.2,
        "average_step": 0.0,
    },
    "negative": {
        "latest_value": -3.0,
        "prior_value": 2.0,
        "yoy": -250.0,
        "observed_value": -3.0,
        "completion": -0.1,
        "increment_completion": -0.2,
        "pace": -0.3,
        "remaining": 103.0,
        "required_rate": -0.05,
        "required_step": 12.0,
        "average_step": -3.0,
    },
    "on the spot": {
        "latest_value": 100.0,
        "prior_value": 100.0,
        "yoy": 0.01,
        "observed_value": 100.0,
        "completion": 1.0,
        "increment_completion": 0.5,
        "pace": 1.0,
        "remaining": 0.0,
        "exceeded": True,
        "average_step": 0.04,
    },
}
TIMES: tuple[dict[str, Any], ...] = (
    {"latest_period": "2026-09", "observed_period": "2026-12", "is_estimate": True},
    {"latest_period": "2026-12", "observed_period": "2026-12", "time_elapsed": 0.5},
    {"latest_period": "2025-12", "observed_period": "2025-12", "time_elapsed": 0.3333},
)
ONE_OF_A_KIND = (
    "law-firms-100",
    "green-loans",
    "overall-producer-share",
    "logistics-cost-gdp",
    "software-revenue",
    "software-new-firms",
    "overall-net-new-above-scale",
    "a-grade-logistics-new",
    "leasing-growth",
    "scrap-appliances-growth",
    "hr-placements-yearly",
    "patent-attorneys",
    "bonded-plus-pilot",
    "overall-ecosystem",
)


@pytest.fixture(scope="module")
def edges(make_view: Callable[..., GoalView]) -> list[GoalView]:
    found = []
    outcomes: list[tuple[Rating, Reason | None]]
    outcomes = [(rating, None) for rating in Rating if rating is not Rating.NOT_ASSESSABLE]
    outcomes += [(Rating.NOT_ASSESSABLE, reason) for reason in Reason]
    views = {id: make_view(id) for id in ONE_OF_A_KIND}
    for id, (rating, reason) in itertools.product(ONE_OF_A_KIND, outcomes):
        for values, time in itertools.product(VALUES.values(), TIMES):
            for rated_by, notes in (
                (RatedBy.GROWTH, ""),
                (RatedBy.LINEAR, f"{Note.SMALL_TARGET} {Note.PROVISIONAL}"),
                (RatedBy.WHOLE_UNITS, f"{Note.CARRIED_ANNUAL} {Note.WITHIN_TOLERANCE}"),
            ):
                row = time | values
                row |= {"rating": str(rating), "reason": str(reason or ""), "notes": notes}
                row |= {"rated_by": str(rated_by), "baseline_value": 60.0}
                row |= {"baseline_period": "2024-12", "target_value": 100.0}
                if views[id].kind is Kind.EVERY_YEAR:
                    row["missed_years"] = "2025"
                found.append(with_cells(views[id], **row))
    return found


def test_no_kind_rating_reason_or_edge_has_a_seam(edges: list[GoalView], plan: Plan) -> None:
    assert {view.kind for view in edges} == {goal.kind for goal in plan.goals}
    found = dict.fromkeys(seams(text for view in edges for text in said_of(view)))
    assert not found, "\n".join(list(found)[:40])


def test_sentences_are_no_longer_than_a_reader_can_hold(edges: list[GoalView]) -> None:
    sentences = {s for view in edges for s in goal_sentence(view).split("。")}
    longest = max(sentences, key=len)
    assert len(longest) <= 120, longest


def test_the_words_for_every_code_have_no_seam() -> None:
    plan = load_plan(ROOT / "data" / "plan")
    words = (KIND_SENTENCES, RATED_BY_SENTENCES, REASON_SENTENCES, NOTE_SENTENCES, STATE_SENTENCES)
    texts = [text for known in words for text in known.values()]
    assert seams([*texts, *rating_rules(plan).values()]) == []


def test_one_word_for_one_idea() -> None:
    """评级 is 状态 or 评定 in the glossary; the plan is 方案, not 计划书."""
    texts = [*KIND_SENTENCES.values(), *RATED_BY_SENTENCES.values(), *NOTE_SENTENCES.values()]
    pages = [*(ROOT / "book").glob("*.md"), *(ROOT / "src").rglob("*.md")]
    texts += [page.read_text(encoding="utf-8") for page in pages]
    assert [text for text in texts if re.search("评级|计划书", text)] == []
