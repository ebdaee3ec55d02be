from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.collect.inbox.received import Submissions
from planbook.collect.inbox.submissions import read_submissions
from planbook.collect.read.submission import DeclaredRevision, ReportedValue, Submission
from planbook.facts import Facts, as_of, build_facts
from planbook.frames import BaselineRow, ObservationRow
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import Accumulation, MeasureStatus, ObsStatus, Origin, YoyType
from tests.office import DATASET, PLAN, Q1, Q2, Q3, RevisionLine, file, filled, read
from tests.scopes import DIRECT, WHOLE

CORRECTION = Edition.parse("2026-Q2.1")


def gathered(*forms: Any, upto: Any = Q3) -> Submissions:
    return Submissions(
        upto=upto,
        current=tuple(read(form) for form in forms if form.edition <= upto),
        superseded=(),
        findings=(),
        rows=(),
    )


def facts_of(*forms: Any, upto: Any = Q3) -> Facts:
    return build_facts(PLAN, gathered(*forms, upto=upto))


def rows(known: Iterable[ObservationRow], indicator: str) -> list[tuple[str, str, float | None]]:
    own = (row for row in known if row.indicator_id == indicator)
    return [(str(row.time_period), str(row.vintage), row.obs_value) for row in own]


def only(known: Iterable[ObservationRow], indicator: str) -> ObservationRow:
    (row,) = (row for row in known if row.indicator_id == indicator)
    return row


def test_a_value_is_an_observation_with_its_source() -> None:
    facts = facts_of(filled(Q1))
    row = only(facts.observations, "revenue")
    assert row.obs_value == 321.5
    assert (row.time_period, row.vintage) == (TimePeriod(2026, 3), Q1)
    assert row.accumulation is Accumulation.YTD
    assert (row.yoy, row.yoy_type, row.prior_value) == (7.2, YoyType.NOMINAL, 300.0)
    assert (row.source_file, row.source_sheet, row.source_cell) == ("office.xlsx", "填报表", "G4")
    assert (row.origin, row.submitting_unit) == (Origin.REPORT, "office")


def test_a_refused_and_a_blank_cell_are_seen_and_never_zero() -> None:
    facts = facts_of(filled(Q1, {"revenue": {"value": "1O4.2"}, "firms": {"value": None}}))
    revenue, firms = (only(facts.observations, id) for id in ("revenue", "firms"))
    assert (revenue.obs_status, revenue.obs_value) == (ObsStatus.REFUSED, None)
    assert (firms.obs_status, firms.obs_value) == (ObsStatus.NOT_SENT, None)
    assert sorted(found.rule for found in facts.findings) == ["blank-value", "not-a-number"]


def test_a_revision_is_a_new_vintage_of_the_old_period() -> None:
    line = RevisionLine("企业数量", "2026年3月末", 88, 90, "核实")
    facts = facts_of(filled(Q1), filled(Q2, revisions=(line,)))
    assert rows(facts.observations, "firms") == [
        ("2026-03", "2026-Q1", 88),
        ("2026-03", "2026-Q2", 90),
        ("2026-06", "2026-Q2", 88),
    ]
    assert rows(as_of(facts.observations, Q1), "firms") == [("2026-03", "2026-Q1", 88)]
    assert rows(as_of(facts.observations, Q2), "firms")[0] == ("2026-03", "2026-Q2", 90)
    (revised,) = (row for row in facts.observations if row.origin is Origin.REVISION)
    assert (revised.remark, revised.source_sheet, revised.source_cell) == ("核实", "修订", "D4")


def test_what_a_department_confirmed_is_published_with_its_value() -> None:
    rows_given = {"firms": {"remark": "季末数", "confirmed": "并购两家企业后首次并表"}}
    line = RevisionLine("营业收入", "2026年1—3月", 321.5, 330, "核实", "并表范围扩大所致")
    facts = facts_of(filled(Q1), filled(Q2, rows_given, revisions=(line,)))
    remarks = {row.remark for row in facts.observations}
    assert {
        "季末数；核实说明：并购两家企业后首次并表",
        "核实；核实说明：并表范围扩大所致",
    } <= remarks
    assert [row.reason for row in facts.revisions] == ["核实；核实说明：并表范围扩大所致"]


def test_a_revision_goes_to_the_scope_whose_value_it_names() -> None:
    form = filled(Q1)
    line = next(v for v in form.values if v.indicator_id == "firms")
    both = replace(form, values=(*form.values, replace(line, scope="全域", value=99)))
    revised = filled(Q2, revisions=(RevisionLine("企业数量", "2026年3月末", 99, 97, "核实"),))
    known = as_of(facts_of(both, revised).observations, Q2)
    own = [row for row in known if row.indicator_id == "firms" and row.time_period == Q1.end]
    assert {row.scope: row.obs_value for row in own} == {"全域": 97, "直管区": 88}


def test_silence_does_not_withdraw_a_value() -> None:
    lagging = filled(Q1, {"revenue": {"period": "2026年1—3月"}})
    again = filled(
        Edition.parse("2026-Q1.1"), {"revenue": {"value": "1O4"}, "firms": {"value": None}}
    )
    facts = facts_of(lagging, again)
    assert rows(as_of(facts.observations, Q2), "revenue") == [("2026-03", "2026-Q1", 321.5)]
    assert "not-a-number" in {found.rule for found in facts.findings}


def test_not_applicable_does_withdraw_a_value() -> None:
    facts = facts_of(filled(Q1), filled(Edition.parse("2026-Q1.1"), {"firms": {"value": "—"}}))
    assert rows(as_of(facts.observations, Q2), "firms") == [("2026-03", "2026-Q1.1", None)]


def test_statuses_are_kept_by_edition() -> None:
    facts = facts_of(filled(Q1), filled(Q2, statuses={"keep": {"status": "受阻"}}))

    def status(edition: Edition) -> MeasureStatus | None:
        known = as_of(facts.status_reports, edition)
        return {row.measure_id: row.status for row in known}["keep"]

    assert status(Q2) is MeasureStatus.BLOCKED
    assert status(Q1) is MeasureStatus.UNDER_WAY


def test_a_correction_edition_comes_after_its_quarter_and_before_the_next() -> None:
    facts = facts_of(
        filled(Q2),
        filled(CORRECTION, {"firms": {"value": 87}}),
        filled(Q3, {"firms": {"value": 95}}),
    )
    assert rows(as_of(facts.observations, Q2), "firms") == [("2026-06", "2026-Q2", 88)]
    assert rows(as_of(facts.observations, CORRECTION), "firms") == [("2026-06", "2026-Q2.1", 87)]


def test_editions_are_compared_as_numbers_not_as_text() -> None:
    many = [filled(Edition.parse(f"2026-Q2.{n}"), {"firms": {"value": n}}) for n in (2, 10)]
    assert rows(as_of(facts_of(*many).observations, Q3), "firms")[0][1] == "2026-Q2.10"


def test_baselines_hold_from_their_own_edition() -> None:
    row = BaselineRow(
        indicator_id="firms",
        time_period=TimePeriod(2024, 12),
        scope="直管区",
        obs_value=61,
        source="公报",
        note="",
        from_edition=Q1,
    )
    later = replace(row, obs_value=62, from_edition=Q3)
    facts = build_facts(PLAN, gathered(), baselines=[row, later])
    assert as_of(facts.baselines, Q2) == (row,)
    assert as_of(facts.baselines, Q3) == (later,)


def test_nothing_is_known_of_empty_facts() -> None:
    assert build_facts(PLAN, gathered()) == Facts()


def test_findings_of_a_workbook_that_was_replaced_are_gone(tmp_path: Path) -> None:
    file(tmp_path, filled(Q1, {"revenue": {"value": "1O4.2"}}), "2026-04-10")
    file(tmp_path, filled(Q1), "2026-04-12")
    submissions = read_submissions(tmp_path, PLAN, dataset=DATASET, upto=Q1)
    assert build_facts(PLAN, submissions).findings == ()


def test_findings_of_a_workbook_that_could_not_replace_one_stay(tmp_path: Path) -> None:
    file(tmp_path, filled(Q1), "2026-04-10")
    file(tmp_path, replace(filled(Q1), template_version="0"), "2026-04-12")
    submissions = read_submissions(tmp_path, PLAN, dataset=DATASET, upto=Q1)
    (found,) = build_facts(PLAN, submissions).findings
    assert found.rule == "wrong-template"


EDITIONS = (
    Q1,
    Edition.parse("2026-Q1.1"),
    Q2,
    Edition.parse("2026-Q2.2"),
    Edition.parse("2026-Q2.10"),
    Q3,
)
periods = st.sampled_from([TimePeriod(2026, 3), TimePeriod(2026, 6)])
amounts = st.integers(min_value=0, max_value=3).map(float)
reports = st.builds(
    ReportedValue,
    indicator_id=st.sampled_from(["revenue", "firms"]),
    period=periods,
    scope=st.sampled_from([DIRECT, WHOLE]),
    status=st.sampled_from([s for s in ObsStatus if s is not ObsStatus.ESTIMATED]),
    value=amounts,
    prior_value=st.none() | amounts,
    yoy=st.none(),
    yoy_type=st.just(""),
    stage=st.just(""),
    remark=st.sampled_from(["", "说明"]),
    cell=st.just("G4"),
).map(lambda v: v if v.status is ObsStatus.NORMAL else replace(v, value=None))
declarations = st.builds(
    DeclaredRevision,
    indicator_id=st.sampled_from(["revenue", "firms"]),
    period=periods,
    old_value=st.none() | amounts,
    new_value=amounts,
    reason=st.just("核实"),
    cell=st.just("D4"),
)


@st.composite
def histories(draw: Any) -> list[Submission]:
    """Draw what a unit sent in each edition: values and revisions of whatever period."""
    return [
        Submission(
            edition=edition,
            unit_id="office",
            file=f"{edition}.xlsx",
            sha256="",
            received=None,
            usable=True,
            values=tuple(
                draw(st.lists(reports, unique_by=lambda v: (v.indicator_id, v.period, v.scope)))
            ),
            statuses=(),
            revisions=tuple(
                draw(st.lists(declarations, unique_by=lambda r: (r.indicator_id, r.period)))
            ),
            findings=(),
        )
        for edition in EDITIONS
    ]


def built(history: list[Submission], upto: Edition = Q3) -> Facts:
    current = tuple(submission for submission in history if submission.edition <= upto)
    return build_facts(PLAN, replace(gathered(upto=upto), current=current))


@settings(max_examples=settings().max_examples // 5)  # whole workbooks
@given(histories(), st.sampled_from(EDITIONS), st.randoms())
def test_a_past_edition_is_rebuilt_exactly_and_the_order_of_files_is_irrelevant(
    history: Any, edition: Any, shuffler: random.Random
) -> None:
    everything, then = built(history), built(history, edition)
    mixed = [replace(s, values=tuple(shuffler.sample(s.values, len(s.values)))) for s in history]
    shuffler.shuffle(mixed)
    again = built(mixed)
    assert again == everything
    assert as_of(everything.observations, edition) == as_of(then.observations, edition)
    assert as_of(everything.revisions, edition) == as_of(then.revisions, edition)
