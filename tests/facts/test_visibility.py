"""Who may see a value: what its unit marks in the form, and that the mark stays with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planbook.collect.decided.declared_correction import Correction
from planbook.collect.form.form import Form
from planbook.collect.read.submission import ReportedValue, Submission
from planbook.facts import as_of, build_facts
from planbook.facts.vintages import Vintages
from planbook.frames import ObservationRow
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import CorrectionAction, ObsStatus, Severity, Visibility
from tests.facts.test_observations import gathered
from tests.office import PLAN, RevisionLine, filled, read, rules_of
from tests.scopes import DIRECT

Q1, Q2 = Edition.parse("2026-Q1"), Edition.parse("2026-Q2")
MARCH = TimePeriod.parse("2026-03")
INTERNAL, PUBLIC = Visibility.INTERNAL, Visibility.PUBLIC


def marked(edition: Edition, word: object, **cells: Any) -> Form:
    return filled(edition, {"firms": {"visibility": word, **cells}})


def firms(*forms: Form, upto: Edition = Q2, **decided: Any) -> list[ObservationRow]:
    facts = build_facts(PLAN, gathered(*forms, upto=upto), **decided)
    return [row for row in as_of(facts.observations, upto) if row.indicator_id == "firms"]


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("内部", INTERNAL),
        ("公开", PUBLIC),
        ("", None),
        ("仅供内部使用", INTERNAL),
        ("可公开", PUBLIC),
    ],
)
def test_a_unit_marks_a_value_in_its_row(word: str, means: Visibility | None) -> None:
    submission = read(marked(Q1, word))
    (value,) = (v for v in submission.values if v.indicator_id == "firms")
    assert (value.visibility, value.value) == (means, 88)
    assert {rule for rule, _ in rules_of(submission)} <= {"word-read"}


@pytest.mark.parametrize("word", ["内不", "公开/内部", 1])
def test_a_mark_that_cannot_be_read_keeps_the_value_out_and_is_internal(
    word: object,
) -> None:
    submission = read(marked(Q1, word))
    (finding,) = submission.findings
    assert (finding.rule, finding.severity) == ("unknown-visibility", Severity.ERROR)
    (value,) = (v for v in submission.values if v.indicator_id == "firms")
    assert (value.status, value.visibility) == (ObsStatus.REFUSED, INTERNAL)


@pytest.mark.parametrize("version", ["1", "2"])
def test_an_older_form_has_no_mark_and_lacks_nothing(version: str) -> None:
    submission = read(replace(marked(Q1, "内部"), template_version=version))
    assert submission.findings == ()
    assert {value.visibility for value in submission.values} == {None}
    (row,) = firms(replace(marked(Q1, "内部"), template_version=version), upto=Q1)
    assert row.visibility is PUBLIC


def test_a_mark_stays_with_a_value_that_is_revised() -> None:
    line = RevisionLine("企业数量", "2026年3月末", 88, 90, "年报核定")
    rows = firms(marked(Q1, "内部"), filled(Q2, revisions=(line,)))
    assert [(row.obs_value, row.visibility) for row in rows] == [(90, INTERNAL), (88, PUBLIC)]


def test_a_mark_stays_with_a_value_that_is_corrected() -> None:
    correction = Correction(
        id="c-1",
        indicator_id="firms",
        time_period=MARCH,
        edition=Q1,
        action=CorrectionAction.OVERRIDE,
        expect=88.0,
        value=89.0,
        reason="核定",
        decided_by="office",
        from_edition=Q2,
    )
    rows = firms(marked(Q1, "内部"), upto=Q2, corrections=(correction,))
    assert [(row.obs_value, row.visibility) for row in rows] == [(89, INTERNAL)]


def said(edition: Edition, value: float | None, visibility: Visibility | None) -> Submission:
    status = ObsStatus.NORMAL if value is not None else ObsStatus.NOT_SENT
    row = ReportedValue("firms", MARCH, DIRECT, status, value, visibility=visibility)
    return Submission(edition, "office", "x.xlsx", "", None, usable=True, values=(row,))


@pytest.mark.parametrize(
    ("first", "second", "then"),
    [
        ((88, INTERNAL), (91, None), (91, INTERNAL)),  # nothing is said: as before
        ((88, INTERNAL), (91, PUBLIC), (91, PUBLIC)),
        ((88, None), (91, None), (91, PUBLIC)),
        ((88, None), (None, INTERNAL), (88, INTERNAL)),  # a blank withdraws no value,
        ((88, INTERNAL), (None, PUBLIC), (88, PUBLIC)),  # and its mark counts
        ((88, INTERNAL), (None, None), (88, INTERNAL)),
    ],
)
def test_a_later_report_of_a_period_decides_only_where_it_says_so(
    first: tuple[float, Visibility], second: tuple[Any, Any], then: tuple[float, Visibility]
) -> None:
    vintages = Vintages.of(PLAN, [said(Q1, *first), said(Q2, *second)])
    row = vintages.known(("firms", MARCH, DIRECT), Q2)
    assert row is not None
    assert (row.obs_value, row.visibility) == then
    before = vintages.known(("firms", MARCH, DIRECT), Q1)
    assert before is not None
    assert (before.obs_value, before.visibility) == (88, first[1] or PUBLIC)
