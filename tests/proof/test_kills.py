"""A build that is killed leaves the old book or the new one, and the next goes on from there."""

from __future__ import annotations

import os
import random

import pytest

from planbook.run.watching import Stage
from proof.checkout import Checkout
from proof.edits import rating_threshold
from proof.kills import Kill, Kills

pytestmark = [
    pytest.mark.book,
    pytest.mark.long,
    pytest.mark.takes(150),
    pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs SIGKILL of a group"),
]


@pytest.fixture(scope="module")
def kills(filled: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Kills:
    folder = tmp_path_factory.mktemp("kills")
    return Kills(filled.copied(folder / "kept"), rating_threshold, folder / "scratch")


def check(kill: Kill) -> None:
    assert kill.left in ("old", "new"), "the book is neither the old one nor the new one"
    assert kill.equal, "the next build did not make the book that is made from nothing"
    assert kill.executed_twice == []


@pytest.mark.parametrize("stage", [stage.value for stage in Stage])
def test_killed_when_a_stage_has_ended_a_build_goes_on_with_the_rest(
    kills: Kills, stage: str
) -> None:
    kill = kills.after("stage_ended", stage)
    check(kill)
    assert kill.killed or stage == Stage.FILES.value
    if stage not in (Stage.READ.value, Stage.NOTEBOOKS.value):
        assert len(kill.finished) == 6
        assert kill.again.get("notebooks", ()) == ()


def test_killed_at_random_moments_a_build_goes_on_with_the_rest(kills: Kills) -> None:
    usual = sum(told["seconds"] for told in kills.events if told["event"] == "stage_ended")
    chance = random.Random(2027)
    made = [kills.at(chance.uniform(0, usual)) for _ in range(4)]
    for kill in made:
        check(kill)
    assert sum(kill.killed for kill in made) >= 2, "hardly any kill came in time"
