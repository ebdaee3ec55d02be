"""From a dataset's folders to its judged tables, and when saved tables may be read again."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import planbook
from planbook.errors import ProblemsFound, UsageError
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.run import judged_of, pipeline
from planbook.saved import TABLE_CONTRACTS, Tables
from planbook.vocabulary import Rating, Reason, SubmissionState
from planbook.workspace import Workspace
from tests.registers import begin_at

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
    begin_at(path.parent, "2026-Q4")
    return Workspace.open("live", root)


@pytest.fixture
def live(root: Path) -> Workspace:
    return Workspace.open("live", root)


def compute(workspace: Workspace, edition: str, today: dt.date | None = None) -> Tables:
    plan = load_plan(workspace.plan, workspace.dataset.first_edition)
    return pipeline.compute(workspace, plan, Edition.parse(edition), today)


def test_the_real_dataset_says_for_every_goal_why_it_cannot_be_judged(live: Workspace) -> None:
    tables = compute(live, "2026-Q4")
    goals = tables.verdicts
    assert set(goals["rating"]) == {Rating.NOT_ASSESSABLE}
    assert not (goals["reason"] == "").any()
    reasons = Counter(goals["reason"])
    assert reasons[Reason.NO_BASELINE] > len(goals) / 2
    one = goals.set_index("goal_id").loc["testing-institutions"]
    assert (one["baseline_value"], one["reason"]) == (93, Reason.NOT_REPORTED)


def test_saved_tables_are_the_computed_ones(live: Workspace) -> None:
    edition = Edition.parse("2026-Q4")
    tables = compute(live, "2026-Q4")
    made_of = judged_of.tables_made_of(live, edition)
    folder = judged_of.save_tables(live, edition, tables, made_of)
    again = type(tables).read(folder)
    for name in TABLE_CONTRACTS:
        assert getattr(again, name).equals(getattr(tables, name)), name


def test_saving_twice_gives_the_same_bytes_and_leaves_nothing_behind(live: Workspace) -> None:
    edition = Edition.parse("2026-Q4")
    tables = compute(live, "2026-Q4")
    made_of = judged_of.tables_made_of(live, edition)
    folder = judged_of.save_tables(live, edition, tables, made_of)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    judged_of.save_tables(live, edition, tables, made_of)
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


COMMENTARY = """---
unit: general
date: 2026-12-31
---

{}
"""


def say(workspace: Workspace, text: str, name: str = "digital.md") -> None:
    folder = workspace.commentary / "2026-Q4"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(COMMENTARY.format(text), encoding="utf-8")


def test_other_commentary_alone_judges_nothing_again(
    root: Path, live: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.open_book("live", None, root)
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "compute", None)
        for text in ("开局平稳。", "开局平稳，年底回落。"):
            say(live, text)
            for _ in range(2):
                told = pipeline.open_book("live", None, root).tables
                assert list(told.commentary["text"]) == [text]
        say(live, "不知道是哪一章。", "nowhere.md")
        with pytest.raises(ProblemsFound, match="nowhere"):
            pipeline.open_book("live", None, root)
        (live.commentary / "2026-Q4" / "nowhere.md").unlink()
        say(live, "一句。")
        kept = pipeline.open_book("live", None, root).tables
    anew = compute(live, "2026-Q4", dt.date.today())
    for name in TABLE_CONTRACTS:
        assert getattr(kept, name).equals(getattr(anew, name)), name


def test_a_saved_table_that_was_changed_is_judged_again_with_new_commentary_too(
    root: Path, live: Workspace
) -> None:
    sound = pipeline.open_book("live", None, root).tables
    verdicts = live.tables(Edition.parse("2026-Q4")) / "verdicts.csv"
    text = verdicts.read_text(encoding="utf-8")
    assert Reason.NO_BASELINE in text
    verdicts.write_text(text.replace(Reason.NO_BASELINE, Reason.NOT_REPORTED), encoding="utf-8")
    say(live, "一句。")
    assert pipeline.open_book("live", None, root).tables.verdicts.equals(sound.verdicts)


def test_an_earlier_edition_does_not_know_what_came_later(from_the_first: Workspace) -> None:
    tables = compute(from_the_first, "2025-Q2")
    assert tables.baselines.empty
    assert set(tables.history["edition"]) == {"2025-Q1", "2025-Q2"}


def test_a_correction_edition_stands_in_for_its_quarter(from_the_first: Workspace) -> None:
    tables = compute(from_the_first, "2025-Q2.1")
    assert set(tables.history["edition"]) == {"2025-Q1", "2025-Q2.1"}


def test_open_names_what_exists(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    with pytest.raises(UsageError, match="现有：live"):
        planbook.open("liev")
    with pytest.raises(UsageError, match="现有：2026-Q4、2027-Q1"):
        planbook.open("live", "2031-Q1")


def test_what_is_wrong_in_every_file_is_said_at_once(root: Path) -> None:
    data = root / "data" / "live"
    for name, line in {
        "baselines.csv": "nothing,2024-12,未注明,1,来源,,2026-Q1",
        "annual_targets.csv": "nothing,2026,1,来源,2026-Q1",
        "assessments.csv": "nothing,2026-Q1,滞后,纪要,general,2026-04-10",
    }.items():
        with (data / name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    (data / "corrections.yaml").write_text("- id: c-1\n", encoding="utf-8")
    (data / "selections.yaml").write_text("- action: choose\n", encoding="utf-8")
    (data / "commentary" / "2026-Q4").mkdir(parents=True)
    (data / "commentary" / "2026-Q4" / "digital.md").write_text("正文\n", encoding="utf-8")
    said = {
        "commentary/2026-Q4/digital.md",
        "corrections.yaml 第 1 条",
        "selections.yaml 第 1 条",
        "baselines.csv 第 3 行",
        "annual_targets.csv 第 2 行",
        "assessments.csv 第 2 行",
    }
    with pytest.raises(ProblemsFound) as found:
        pipeline.open_book("live", None, root)
    assert {where for where in said if where in str(found.value)} == said
    dataset = data / "dataset.yaml"
    text = dataset.read_text(encoding="utf-8")
    dataset.write_text(text.replace("deadline_days", "deadline_day"), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        pipeline.open_book("live", None, root)
    said = {"dataset.yaml: deadline_day", *(where for where in said if "commentary" not in where)}
    assert {where for where in said if where in str(found.value)} == said


def test_a_correction_that_no_longer_fits_is_said_with_the_rest(root: Path) -> None:
    data = root / "data" / "live"
    with (data / "baselines.csv").open("a", encoding="utf-8") as file:
        file.write("nothing,2024-12,未注明,1,来源,,2026-Q1\n")
    (data / "corrections.yaml").write_text(
        "- {id: c-1, action: drop, indicator_id: testing-institutions, edition: 2026-Q1,"
        " time_period: 2026-03, expect: 95, reason: 笔误, decided_by: general,"
        " from_edition: 2026-Q1}\n",
        encoding="utf-8",
    )
    with pytest.raises(ProblemsFound, match=r"baselines.csv、corrections.yaml有2处问题"):
        pipeline.open_book("live", None, root)


def edit(tables: Path) -> None:
    path = tables / "baselines.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",93.0,", ",39.0,"), encoding="utf-8")


def cut(tables: Path) -> None:
    path = tables / "verdicts.csv"
    path.write_bytes(path.read_bytes()[:-200])


def take_from_another_edition(tables: Path) -> None:
    pipeline.open_book("live", "2027-Q1", tables.parents[3])
    shutil.rmtree(tables)
    shutil.copytree(tables.with_name("2027-Q1"), tables)


def replace_by_a_file(tables: Path) -> None:
    shutil.rmtree(tables)
    tables.write_bytes(b"")


@pytest.mark.parametrize("damage", [edit, cut, take_from_another_edition, replace_by_a_file])
def test_saved_tables_that_were_changed_are_made_again(
    live: Workspace, damage: Callable[[Path], None]
) -> None:
    pipeline.open_book("live", None, live.root)
    folder = live.tables(live.dataset.current_edition)
    sound = {path.name: path.read_bytes() for path in folder.iterdir()}
    damage(folder)
    book = pipeline.open_book("live", None, live.root)
    assert 93 in set(book.tables.baselines["obs_value"])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == sound


def test_before_its_own_first_edition_a_dataset_has_no_quarters(live: Workspace) -> None:
    tables = compute(live, "2027-Q1")
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
    tables = compute(live, "2026-Q4", today)
    assert set(tables.submissions["state"]) == {state}


def test_when_a_deadline_passes_the_saved_tables_are_of_yesterday(live: Workspace) -> None:
    days = [dt.date(2027, 1, day) for day in (19, 20, 21, 22)]
    first, second, third, fourth = (
        judged_of.tables_made_of(live, Edition.parse("2026-Q4"), day) for day in days
    )
    assert first == second != third == fourth
