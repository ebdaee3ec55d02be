"""All tables of an edition from what is known and what was published: every judgement, joined."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from planbook.assess.actions import assess_actions
from planbook.assess.alerts.alert_history import assess_alerts
from planbook.assess.annual import assess_annual_targets
from planbook.assess.edition_corrections import edition_corrections
from planbook.assess.goals import assess_history
from planbook.assess.input_findings import input_findings
from planbook.assess.key_projects import assess_projects
from planbook.assess.known import Known
from planbook.assess.measures import assess_measures
from planbook.assess.outlook.goals import assess_outlooks
from planbook.assess.proposed_tasks import pending_tasks
from planbook.assess.published import Published
from planbook.assess.reasons.change_reasons import explain_changes
from planbook.assess.yearly_tasks import assess_tasks
from planbook.facts import Facts, as_of
from planbook.frames import CommentaryRow, MeasureRow
from planbook.periods import Edition, editions_between
from planbook.plan import Plan
from planbook.saved import Tables
from planbook.watch_frames import ActionRow


def judged_tables(
    plan: Plan,
    facts: Facts,
    edition: Edition,
    commentary: Iterable[CommentaryRow],
    published: Published,
    *,
    demonstration: bool,
) -> Tables:
    """Return all tables of an edition; a pure function of facts, record and commentary."""
    editions = editions_between(plan.about.first_edition, edition)
    if edition not in editions:  # a correction edition replaces the regular one
        editions = (*editions[:-1], edition)
    history = assess_history(
        plan, facts, editions, demonstration=demonstration, published=published.history
    )
    verdicts = [row for row in history if row.edition == edition]
    known = Known.of(facts, edition)

    @cache
    def measures_of(then: Edition) -> tuple[MeasureRow, ...]:
        statuses = published.statuses if then == edition else None
        return assess_measures(plan, facts, then, demonstration=demonstration, published=statuses)

    @cache
    def actions_of(then: Edition) -> tuple[ActionRow, ...]:
        return assess_actions(plan, facts, then, demonstration=demonstration)

    changes = published.method_changes
    told = {row.edition.base for row in published.history}
    outlooks = assess_outlooks(
        plan,
        facts,
        [row for row in history if row.edition.base not in told],
        edition,
        published.outlooks,
        demonstration=demonstration,
    )
    explained = explain_changes(plan, facts, history, edition, published.thresholds)
    return Tables.of(
        verdicts=verdicts,
        history=history,
        observations=as_of(facts.observations, edition),
        measures=measures_of(edition),
        submissions=facts.submissions,
        findings=[*facts.findings, *input_findings(plan, known)],
        revisions=facts.revisions,
        corrections=facts.corrections,
        baselines=as_of(facts.baselines, edition),
        annual_targets=as_of(facts.annual_targets, edition),
        annual_verdicts=assess_annual_targets(plan, known),
        commentary=commentary,
        method_changes=changes,
        edition_corrections=edition_corrections(published.corrected, verdicts, facts, changes),
        editions=published.editions,
        outlooks=outlooks.outlooks,
        fans=outlooks.fans,
        what_ifs=outlooks.what_ifs,
        change_reasons=explained.reasons,
        change_steps=explained.steps,
        actions=actions_of(edition),
        tasks=assess_tasks(plan, facts, edition, demonstration=demonstration),
        pending_tasks=pending_tasks(plan, facts, edition, demonstration=demonstration),
        projects=assess_projects(plan, facts.project_reports, edition, demonstration=demonstration),
        alerts=assess_alerts(
            plan,
            facts,
            edition,
            history=history,
            outlooks=outlooks.outlooks,
            measures_of=measures_of,
            actions_of=actions_of,
            published=published.alerts,
            published_editions=told,
        ),
    )
