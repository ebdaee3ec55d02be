"""From a dataset's folders to its judged tables, and when saved tables may be read again."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from pathlib import Path

import pytest

import planbook
from planbook import pipeline
from planbook.errors import ProblemsFound, UsageError
from planbook.periods import Edition
from planbook.saved import TABLE_CONTRACTS
from planbook.vocabulary import Rating, Reason, SubmissionState
from planbook.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with the plan and the real dataset as it is published."""
    shutil.copytree(ROOT / "data" / "plan", tmp_path / "data" / "plan")
    ignore = shutil.ignore_patterns("*.xlsx")
    shutil.copytree(ROOT / "data" / "live", tmp_path / "data" / "live", ignore=ignore)
    return tmp_path


@pytest.fixture
def from_the_first(root: Path) -> Workspace:
    """The real dataset as if it had begun with the plan's first edition."""
    path = root / "data" / "live" / "dataset.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("first_edition")]
    path.write_text("\n".join(kept), encoding="utf-8", newline="\n")
    return Workspace.open("live", root)


@pytest.fixture
def live(root: Path) -> Workspace:
    return Workspace.open("live", root)


def test_the_real_dataset_says_for_every_goal_why_it_cannot_be_judged(live: Workspace) -> None:
    _, tables = pipeline.compute(live, Edition.parse("2026-Q4"))
    goals = tables.verdicts
    assert set(goals["rating"]) == {Rating.NOT_ASSESSABLE}
    assert not (goals["reason"] == "").any()
    reasons = Counter(goals["reason"])
    assert reasons[Reason.NO_BASELINE] > len(goals) / 2
    one = goals.set_index("goal_id").loc["testing-institutions"]
    assert (one["baseline_value"], one["reason"]) == (93, Reason.NOT_REPORTED)


def test_saved_tables_are_the_computed_ones(live: Workspace) -> None:
    edition = Edition.parse("2026-Q4")
    _, tables = pipeline.compute(live, edition)
    folder = pipeline.save_tables(live, edition, tables)
    again = type(tables).read(folder)
    for name in TABLE_CONTRACTS:
        assert getattr(again, name).equals(getattr(tables, name)), name


def test_saving_twice_gives_the_same_bytes_and_leaves_nothing_behind(live: Workspace) -> None:
    edition = Edition.parse("2026-Q4")
    _, tables = pipeline.compute(live, edition)
    folder = pipeline.save_tables(live, edition, tables)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    pipeline.save_tables(live, edition, tables)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert not list(live.scratch.iterdir())


def test_a_book_is_read_from_its_tables_until_an_input_changes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = []
    compute = pipeline.compute

    def count(*arguments: object) -> object:
        computed.append(arguments)
        return compute(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "compute", count)
    pipeline.open_book("live", None, root)
    pipeline.open_book("live", None, root)
    assert len(computed) == 1
    baselines = root / "data" / "live" / "baselines.csv"
    text = baselines.read_text(encoding="utf-8")
    baselines.write_text(text.replace(",93,", ",94,"), encoding="utf-8")
    book = pipeline.open_book("live", None, root)
    assert len(computed) == 2
    assert 94 in set(book.tables.baselines["obs_value"])


def test_an_earlier_edition_does_not_know_what_came_later(from_the_first: Workspace) -> None:
    _, tables = pipeline.compute(from_the_first, Edition.parse("2025-Q2"))
    assert tables.baselines.empty
    assert set(tables.history["edition"]) == {"2025-Q1", "2025-Q2"}


def test_a_correction_edition_stands_in_for_its_quarter(from_the_first: Workspace) -> None:
    _, tables = pipeline.compute(from_the_first, Edition.parse("2025-Q2.1"))
    assert set(tables.history["edition"]) == {"2025-Q1", "2025-Q2.1"}


def test_open_names_what_exists(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with pytest.raises(UsageError, match="现有：live"):
        planbook.open("liev")
    with pytest.raises(UsageError, match="现有：2026-Q4、2027-Q1"):
        planbook.open("live", "2031-Q1")


def test_before_its_own_first_edition_a_dataset_has_no_quarters(live: Workspace) -> None:
    _, tables = pipeline.compute(live, Edition.parse("2027-Q1"))
    assert set(tables.submissions["edition"]) == {"2026-Q4", "2027-Q1"}
    assert set(tables.history["edition"]) == {"2026-Q4", "2027-Q1"}


def test_a_dataset_cannot_begin_before_the_plan(root: Path) -> None:
    path = root / "data" / "live" / "dataset.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("first_edition: 2026-Q4", "first_edition: 2024-Q4"),
        encoding="utf-8",
        newline="\n",
    )
    with pytest.raises(ProblemsFound, match="首期 2024-Q4 早于方案的首期 2025-Q1"):
        pipeline.open_book("live", None, root)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (dt.date(2027, 1, 20), SubmissionState.AWAITED),
        (dt.date(2027, 1, 21), SubmissionState.MISSING),
        (None, SubmissionState.MISSING),
    ],
)
def test_until_the_deadline_the_book_awaits_and_then_it_misses(
    live: Workspace, today: dt.date | None, state: SubmissionState
) -> None:
    _, tables = pipeline.compute(live, Edition.parse("2026-Q4"), today)
    assert set(tables.submissions["state"]) == {state}


def test_when_a_deadline_passes_the_saved_tables_are_of_yesterday(live: Workspace) -> None:
    days = [dt.date(2027, 1, day) for day in (19, 20, 21, 22)]
    first, second, third, fourth = (pipeline.inputs_digest(live, day) for day in days)
    assert first == second != third == fourth
