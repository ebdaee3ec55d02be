from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.decided.declared_correction import Correction
from planbook.collect.form.blank import blank_form
from planbook.collect.inbox import cache as cache_module
from planbook.collect.inbox import submissions as submissions_module
from planbook.collect.inbox.submissions import read_submissions
from planbook.collect.read.workbook_reader import read_submission
from planbook.frames import SUBMISSIONS
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.vocabulary import SubmissionState
from tests.office import DATASET, PLAN, Q1, Q2, Q3, file, filled


def read_all(folder: Any, upto: Any = Q1, cache: Any = None, corrections: Any = ()) -> Any:
    return read_submissions(
        folder, PLAN, dataset=DATASET, upto=upto, cache=cache, corrections=corrections
    )


def state(submissions: Any, unit: str = "office", edition: str = "2026-Q1") -> Any:
    table = SUBMISSIONS.frame(submissions.rows).set_index(["edition", "submitting_unit"])
    return table.loc[(edition, unit)]


def with_value(edition: Any, value: Any) -> Any:
    return filled(edition, {"firms": {"value": value}})


def firms(submissions: Any) -> Any:
    return [
        value.value
        for submission in submissions.current
        for value in submission.values
        if value.indicator_id == "firms"
    ]


def test_without_a_folder_everybody_is_missing(tmp_path: Path) -> None:
    submissions = read_all(tmp_path / "none", Q2)
    assert set(SUBMISSIONS.frame(submissions.rows)["state"]) == {SubmissionState.MISSING}
    assert len(SUBMISSIONS.frame(submissions.rows)) == 4
    assert submissions.current == submissions.findings == ()


def test_a_workbook_in_time_is_on_time_and_counted(tmp_path: Path) -> None:
    path = file(tmp_path, filled(Q1), "2026-04-20")
    row = state(read_all(tmp_path))
    assert (row["state"], row["received_on"], row["deadline"]) == (
        SubmissionState.ON_TIME,
        "2026-04-20",
        "2026-04-20",
    )
    assert (row["file"], row["owed"], row["reported"], row["superseded"]) == (path.name, 4, 4, 0)


def test_a_day_after_the_deadline_is_late(tmp_path: Path) -> None:
    file(tmp_path, filled(Q1), "2026-04-21")
    assert state(read_all(tmp_path))["state"] == SubmissionState.LATE


def test_a_unit_that_corrects_itself_after_the_deadline_was_not_late(tmp_path: Path) -> None:
    file(tmp_path, with_value(Q1, 1), "2026-04-18")
    file(tmp_path, with_value(Q1, 2), "2026-05-02")
    row = state(read_all(tmp_path))
    assert (row["state"], row["received_on"], row["superseded"]) == (
        SubmissionState.ON_TIME,
        "2026-05-02",
        1,
    )


@pytest.mark.parametrize("days", [("2026-04-10", "2026-04-12"), ("2026-04-12", "2026-04-10")])
def test_the_one_received_last_counts_and_the_other_is_kept(
    tmp_path: Path, days: tuple[str, ...]
) -> None:
    for value, day in zip((1, 2), days, strict=True):
        file(tmp_path, with_value(Q1, value), day)
    submissions = read_all(tmp_path)
    assert firms(submissions) == [1 if days[0] > days[1] else 2]
    assert len(submissions.superseded) == 1


def test_two_on_one_day_are_decided_the_same_way_every_time_and_reported(tmp_path: Path) -> None:
    names = [file(tmp_path, with_value(Q1, value)).name for value in (1, 2, 3)]
    submissions = read_all(tmp_path)
    (current,) = submissions.current
    assert current.file == max(names)
    assert [finding.rule for finding in current.findings] == ["same-day"]
    assert state(submissions)["warnings"] == 1


def test_a_workbook_that_cannot_be_used_does_not_replace_one_that_can(tmp_path: Path) -> None:
    file(tmp_path, with_value(Q1, 1), "2026-04-10")
    file(tmp_path, replace(with_value(Q1, 2), template_version="0"), "2026-04-12")
    submissions = read_all(tmp_path)
    assert firms(submissions) == [1]
    assert not submissions.superseded[0].usable


def test_only_an_unusable_workbook_leaves_the_unit_refused(tmp_path: Path) -> None:
    file(tmp_path, replace(filled(Q1), template_version="0"))
    row = state(read_all(tmp_path))
    assert (row["state"], row["errors"], row["reported"]) == (SubmissionState.REFUSED, 1, 0)


def test_later_editions_are_not_looked_at(tmp_path: Path) -> None:
    file(tmp_path, filled(Q1))
    file(tmp_path, filled(Q3))
    assert [submission.edition for submission in read_all(tmp_path, Q2).current] == [Q1]


def test_a_correction_edition_is_a_row_only_for_those_who_sent_one(tmp_path: Path) -> None:
    correction = Edition.parse("2026-Q1.1")
    file(tmp_path, filled(correction), "2026-06-01")
    table = SUBMISSIONS.frame(read_all(tmp_path, correction).rows)
    assert table["edition"].tolist() == ["2026-Q1", "2026-Q1", "2026-Q1.1"]
    assert state(read_all(tmp_path, correction), edition="2026-Q1.1")["state"] == "按时"
    assert "2026-Q1.1" not in SUBMISSIONS.frame(read_all(tmp_path, Q1).rows)["edition"].tolist()


def test_a_file_changed_after_filing_is_not_used(tmp_path: Path) -> None:
    path = file(tmp_path, filled(Q1))
    path.write_bytes(path.read_bytes() + b" ")
    submissions = read_all(tmp_path)
    (current,) = submissions.current
    assert [finding.rule for finding in current.findings] == ["changed-file"]
    assert not current.usable
    assert state(submissions)["state"] == SubmissionState.REFUSED


@pytest.mark.parametrize(
    "name", ["2026-Q1/notes.docx", "2026-Q1/nobody-2026-04-10-00000000.xlsx", "old/x", "2025-Q4/x"]
)
def test_what_is_no_submission_is_a_finding(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.write_bytes(b"")
    assert [finding.rule for finding in read_all(tmp_path).findings] == ["foreign-file"]


@pytest.mark.parametrize("name", ["2026-Q1/~$x.xlsx", "2026-Q1/.keep", ".DS_Store", "README.md"])
def test_files_of_editors_and_the_readme_are_passed_over(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    assert read_all(tmp_path).findings == ()


def test_a_value_not_sent_is_owed_but_not_reported(tmp_path: Path) -> None:
    file(tmp_path, filled(Q1, {"firms": {"value": None}, "added": {"value": "—"}}))
    row = state(read_all(tmp_path))
    assert (row["owed"], row["reported"]) == (4, 3)


def test_a_unit_that_owes_nothing_is_never_late(tmp_path: Path) -> None:
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][1]["indicators"][0]["reported_in"] = (4,)
    submissions = read_submissions(tmp_path, Plan.model_validate(content), dataset=DATASET, upto=Q1)
    assert state(submissions, "bureau")["state"] == SubmissionState.NOTHING_OWED


def test_what_is_cached_is_what_is_read(tmp_path: Path) -> None:
    for edition in (Q1, Q2):
        file(tmp_path / "in", filled(edition, {"revenue": {"value": "1O4.2"}}))
    fresh = read_all(tmp_path / "in", Q2)
    first = read_all(tmp_path / "in", Q2, tmp_path / "cache")
    second = read_all(tmp_path / "in", Q2, tmp_path / "cache")
    assert fresh.current == first.current == second.current
    assert fresh.rows == second.rows


def test_a_cached_workbook_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(tmp_path / "in", filled(Q1))
    read_all(tmp_path / "in", cache=tmp_path / "cache")
    monkeypatch.setattr("planbook.collect.inbox.submissions.read_submission", None)
    assert len(read_all(tmp_path / "in", cache=tmp_path / "cache").current) == 1


@pytest.mark.parametrize("rubbish", [b"", b"{", b"null", b"\xff", b'{"edition": 1}'])
def test_a_damaged_cache_is_ignored_and_written_anew(tmp_path: Path, rubbish: bytes) -> None:
    file(tmp_path / "in", filled(Q1))
    fresh = read_all(tmp_path / "in", cache=tmp_path / "cache")
    (kept,) = (tmp_path / "cache").rglob("*.json")
    sound = kept.read_bytes()
    kept.write_bytes(rubbish)
    assert read_all(tmp_path / "in", cache=tmp_path / "cache").current == fresh.current
    assert kept.read_bytes() == sound


def test_another_plan_is_not_served_from_the_cache(tmp_path: Path) -> None:
    file(tmp_path / "in", filled(Q1))
    read_all(tmp_path / "in", cache=tmp_path / "cache")
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][0]["indicators"][1]["unit"] = "户"
    plan = Plan.model_validate(content)
    submissions = read_submissions(
        tmp_path / "in", plan, dataset=DATASET, upto=Q1, cache=tmp_path / "cache"
    )
    assert [f.rule for f in submissions.current[0].findings] == ["changed-unit"]


def test_limits_that_only_judge_leave_what_is_cached_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(tmp_path / "in", filled(Q1))
    first = read_all(tmp_path / "in", cache=tmp_path / "cache")
    monkeypatch.setattr("planbook.collect.inbox.submissions.read_submission", None)
    content = PLAN.model_dump()
    content["about"]["thresholds"]["far_behind"] = 0.31
    content["about"]["alerts"]["revision"] = 0.31
    plan = Plan.model_validate(content)
    again = read_submissions(
        tmp_path / "in", plan, dataset=DATASET, upto=Q1, cache=tmp_path / "cache"
    )
    assert again.current == first.current


def test_an_edition_is_held_against_the_ones_before_with_and_without_the_cache(
    tmp_path: Path,
) -> None:
    file(tmp_path, with_value(Q1, 88), "2026-04-10")
    file(tmp_path, filled(Q2, {"firms": {"value": 140}}), "2026-07-10")
    cache = tmp_path / "cache"
    for _ in range(2):
        submissions = read_all(tmp_path, Q3, cache=cache)
        assert [f.rule for s in submissions.current for f in s.findings] == ["jump"]
        warnings = SUBMISSIONS.frame(submissions.rows).set_index("edition")["warnings"]
        assert warnings.loc[str(Q2)].sum() == 1


def test_what_the_cache_keeps_does_not_depend_on_earlier_editions(tmp_path: Path) -> None:
    file(tmp_path, filled(Q2, {"firms": {"value": 140}}), "2026-07-10")
    cache = tmp_path / "cache"
    assert not read_all(tmp_path, Q3, cache=cache).current[0].findings
    file(tmp_path, with_value(Q1, 88), "2026-04-10")
    assert read_all(tmp_path, Q3, cache=cache).current[1].findings


def test_a_value_that_people_corrected_is_not_held_against_the_next(tmp_path: Path) -> None:
    file(tmp_path, filled(Q1, {"firms": {"value": 140}}), "2026-04-10")
    file(tmp_path, filled(Q2, {"firms": {"value": 89}}), "2026-07-10")
    corrected = Correction.model_validate(
        {
            "id": "c-1",
            "action": "override",
            "indicator_id": "firms",
            "time_period": "2026-03",
            "edition": "2026-Q1",
            "expect": 140.0,
            "value": 88.0,
            "reason": "小数点",
            "decided_by": "office",
            "from_edition": "2026-Q1",
        }
    )
    assert [f.rule for f in read_all(tmp_path, Q3).current[1].findings] == ["jump"]
    found = read_all(tmp_path, Q3, corrections=[corrected])
    assert found.current[1].findings == ()


def test_a_superseded_workbook_is_held_against_nothing(tmp_path: Path) -> None:
    file(tmp_path, with_value(Q1, 88), "2026-04-10")
    file(tmp_path, filled(Q2, {"firms": {"value": 8800}}), "2026-07-10")
    file(tmp_path, filled(Q2, {"firms": {"value": 90}}), "2026-07-11")
    file(tmp_path, filled(Q3, {"firms": {"value": 91}}), "2026-10-10")
    submissions = read_all(tmp_path, Q3)
    assert [s.findings for s in (*submissions.current, *submissions.superseded)] == [()] * 4


def test_rows_owed_are_counted_and_so_are_those_reported(tmp_path: Path) -> None:
    content = PLAN.model_dump()
    content["chapters"][0]["fields"][0]["indicators"][0]["lag_months"] = 1
    plan = Plan.model_validate(content)
    form = blank_form(plan, "office", Q1, DATASET)
    values = tuple(replace(v, value=2.0) for v in form.values if "1—2" not in v.period)
    file(tmp_path, replace(form, values=values), "2026-04-10")
    table = SUBMISSIONS.frame(read_submissions(tmp_path, plan, dataset=DATASET, upto=Q1).rows)
    office = table.set_index("submitting_unit").loc["office"]
    assert (office["owed"], office["reported"]) == (5, 4)


def damage(kept: Path, how: str) -> None:
    content = kept.read_bytes()
    if how == "edited":
        kept.write_bytes(content.replace(b"321.5", b"999.5"))
    elif how == "cut":
        kept.write_bytes(content[:-20])
    elif how == "empty":
        kept.write_bytes(b"")
    else:
        kept.unlink()
        (kept / "inner").mkdir(parents=True)


@pytest.mark.parametrize("how", ["edited", "cut", "empty", "a folder"])
def test_what_was_kept_and_then_changed_is_read_afresh_and_kept_again(
    tmp_path: Path, how: str
) -> None:
    file(tmp_path / "submissions", filled())
    cache = tmp_path / "cache"
    arguments: dict[str, Any] = {"dataset": DATASET, "upto": Q3, "cache": cache}
    first = read_submissions(tmp_path / "submissions", PLAN, **arguments)
    (kept,) = cache.rglob("*.json")
    sound = kept.read_bytes()
    damage(kept, how)
    again = read_submissions(tmp_path / "submissions", PLAN, **arguments)
    assert again.current == first.current
    assert kept.read_bytes() == sound


def test_a_reading_stays_as_long_as_its_workbook_and_one_of_other_code_gives_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = file(tmp_path / "in", filled(Q1), "2026-04-10")
    second = file(tmp_path / "in", filled(Q2), "2026-07-10")
    cache = tmp_path / "cache"
    read_all(tmp_path / "in", Q2, cache)
    read_all(tmp_path / "in", Q1, cache)  # a book of an earlier edition asks for fewer
    kept = {path.name: path.read_bytes() for path in cache.rglob("*.json")}
    assert kept.keys() == {f"{first.name}.json", f"{second.name}.json"}
    monkeypatch.setattr(cache_module, "code_of", lambda *rooms: "other")
    read_all(tmp_path / "in", Q2, cache)
    again = {path.name: path.read_bytes() for path in cache.rglob("*.json")}
    assert again.keys() == kept.keys()
    assert not [name for name in kept if again[name] == kept[name]]
    first.unlink()
    read_all(tmp_path / "in", Q2, cache)
    assert [path.name for path in cache.rglob("*.json")] == [f"{second.name}.json"]


def test_where_nothing_can_be_kept_everything_is_read_all_the_same(tmp_path: Path) -> None:
    file(tmp_path / "submissions", filled())
    cache = tmp_path / "cache"
    cache.write_text("not a folder", encoding="utf-8")
    found = read_submissions(
        tmp_path / "submissions", PLAN, dataset=DATASET, upto=Q3, cache=cache / "below"
    )
    assert len(found.current) == 1


class Panic(BaseException):
    """As a library in another language may raise: no Exception."""


@pytest.mark.parametrize("error", [ValueError("x"), Panic()])
def test_a_filed_workbook_that_cannot_be_read_does_not_keep_the_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Any
) -> None:
    good = file(tmp_path, filled(Q1, unit="bureau"), "2026-04-10")
    bad = file(tmp_path, filled(Q1), "2026-04-10")

    def broken(data: Any, *arguments: Any, **options: Any) -> Any:
        if options["file"] == bad.name:
            raise error
        return read_submission(data, *arguments, **options)

    monkeypatch.setattr(submissions_module, "read_submission", broken)
    submissions = read_all(tmp_path)
    assert {s.file: s.usable for s in submissions.current} == {good.name: True, bad.name: False}
    assert state(submissions)["state"] == SubmissionState.REFUSED
