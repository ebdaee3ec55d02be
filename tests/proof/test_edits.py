"""After any edit the book made again is the one from nothing, and no more was made than may be."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from proof.bounds import KINDS, NOTHING_AT_ALL, May
from proof.checkout import Checkout
from proof.edits import EDITS
from proof.trial import Step, Trial

COUNT = int(os.environ.get("PLANBOOK_EDITS", "20"))  # of pages; with PDFs three in ten of it


def wrong(steps: list[Step]) -> list[str]:
    return [str(step) for step in steps if not step.is_sound]


@pytest.mark.book
@pytest.mark.long
@pytest.mark.takes(300)
@pytest.mark.parametrize(
    ("count", "pdf"), [(COUNT, False), (COUNT * 3 // 10, True)], ids=["html", "pdf"]
)
def test_after_every_edit_the_book_is_the_one_from_nothing_and_no_more_was_made(
    checkout: Checkout, tmp_path: Path, count: int, pdf: bool
) -> None:
    steps = Trial(checkout, tmp_path / "scratch", seed=2027 + pdf, pdf=pdf).run(count, print)
    assert len(steps) == count + 1
    assert wrong(steps) == []
    first, *others = steps
    assert len(first.made["notebooks"]) == 6
    assert sum(step.refused for step in others) <= count // 5, "hardly any edit makes a book"
    assert sum(bool(step.changed["pages"]) for step in others if not step.refused) >= count // 3


@pytest.mark.parametrize("name", [*EDITS])
def test_an_edit_changes_what_it_says_and_can_be_undone(name: str, checkout: Checkout) -> None:
    before = checkout.state()
    with checkout.changing() as change:
        may = EDITS[name](checkout, random.Random(1))
    changes_nothing = name in ("nothing", "touched")
    if may is None:  # what it is about is not there: no stylesheets, no tables saved yet
        assert name in ("stylesheet", "correction")
    assert (checkout.state() == before) is (changes_nothing or may is None)
    assert checkout.stands(change)
    checkout.undo(dict(change))
    assert checkout.state() == before


def test_what_was_made_without_need_is_named() -> None:
    may = May({"pages": ("book/chapters/town", "book/goals/*")})
    made = {"pages": ("book/chapters/town", "book/goals/berths", "book/index", "book/glossary")}
    assert may.excess(made, {"pages": ("book/index",)}) == ["pages: book/glossary"]
    assert NOTHING_AT_ALL.excess(dict.fromkeys(KINDS, ("x",)), {}) == [
        f"{kind}: x" for kind in KINDS
    ]
