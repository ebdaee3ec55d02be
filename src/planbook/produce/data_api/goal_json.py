"""A goal as JSON: clause, target, baseline, verdict, history and every value behind them."""

from __future__ import annotations

from planbook.grouping import grouped
from planbook.present.addresses import (
    TO_ROOT,
    goal_address,
    goal_data_address,
    series_address,
)
from planbook.present.book import Book
from planbook.present.reserve import projects_of_goal
from planbook.present.say.alert_sentences import alert_sentence
from planbook.present.say.outlook_sentences import outlook_sentence
from planbook.present.say.sentences import clause, goal_sentence, note_sentences
from planbook.present.tables.quality_tables import baseline_scope, baseline_source
from planbook.present.tasked import tasks_of_goal
from planbook.present.views import GoalView
from planbook.present.watched import actions_of, alerts_of
from planbook.produce.data_api.api_record import VERSION, json_bytes
from planbook.produce.data_api.book_part import BookPart
from planbook.produce.data_api.goal_parts import (
    AnnualTargetPart,
    BaselinePart,
    BaselineStatus,
    ClausePart,
    FanPart,
    GoalFile,
    GoalLinks,
    IndicatorPart,
    Judgement,
    NotePart,
    ObservationPart,
    OutlookPart,
    RevisionPart,
    TargetPart,
    ValueStatus,
    VerdictPart,
    WhatIfPart,
)
from planbook.produce.data_api.watch_parts import (
    ActionPart,
    AlertPart,
    PendingTaskPart,
    ProjectPart,
    TaskPart,
)
from planbook.vocabulary import ObsStatus
from planbook.watch_frames import AlertRow

GOAL_SCHEMA = "schema/goal.json"  # below the interface's folder
_TO_BOOK = TO_ROOT * 2  # from a goal's file to the book's root
_WITH_VALUE = (ObsStatus.NORMAL, ObsStatus.ESTIMATED)


def value_status(view: GoalView) -> ValueStatus:
    """Return why a goal's newest value is there or not."""
    verdict = view.verdict
    if view.is_withheld:
        return ValueStatus.WITHHELD
    if view.kind.by_people:
        return ValueStatus.BY_PEOPLE
    if verdict.latest_status is None:
        return ValueStatus.NOT_SENT if verdict.owed_period else ValueStatus.NOT_OWED
    if verdict.latest_value is None and verdict.latest_status in _WITH_VALUE:
        return ValueStatus.GROWTH_ONLY
    return ValueStatus(verdict.latest_status.value)


def goal_files(book: Book, part: BookPart) -> dict[str, bytes]:
    """Return each goal's file by its address below the book's root."""
    yearly = grouped(book.rows.annual_verdicts, lambda row: row.goal_id)
    revised = grouped(book.rows.revisions, lambda row: row.indicator_id)
    pending = grouped(book.rows.pending_tasks, lambda row: row.goal_id)
    found = {}
    for view in book.views.values():
        observed = book.observations.get(view.indicator.id, ())
        file = GoalFile(
            schema_address=f"../{GOAL_SCHEMA}",
            version=VERSION,
            book=part,
            goal_id=view.id,
            name=view.name,
            chapter=view.chapter.id,
            chapter_title=view.chapter.title,
            field_id=view.field.id,
            field=view.field.name,
            indicator=_indicator(view),
            clause=ClausePart.of(view.goal, clause=clause(view)),
            target=_target(view),
            baseline=_baseline(book, view),
            verdict=_verdict(view),
            history=tuple(
                Judgement.of(then.verdict, value_status=value_status(then))
                for then in book.history(view.id)
            ),
            outlook=_outlook(view),
            outlook_history=tuple(filter(None, map(_outlook, book.history(view.id)))),
            fan=tuple(map(FanPart.of, book.fan(view.id))),
            what_ifs=tuple(map(WhatIfPart.of, book.what_ifs(view.id))),
            annual_targets=tuple(map(AnnualTargetPart.of, yearly.get(view.id, ()))),
            observations=tuple(
                ObservationPart.of(row, period=view.label_of(row.time_period, row.accumulation))
                for row in observed
            ),
            revisions=tuple(map(RevisionPart.of, revised.get(view.indicator.id, ()))),
            alerts=tuple(_alert(book, row) for row in alerts_of(book, view.id)),
            actions=tuple(map(ActionPart.of, actions_of(book, view.id))),
            tasks=tuple(map(TaskPart.of, tasks_of_goal(book, view.id))),
            pending_tasks=tuple(map(PendingTaskPart.of, pending.get(view.id, ()))),
            projects=tuple(map(ProjectPart.of, projects_of_goal(book, view.id))),
            links=_links(view),
        )
        found[goal_data_address(view.id)] = json_bytes(file)
    return found


def _alert(book: Book, row: AlertRow) -> AlertPart:
    return AlertPart.of(row, rule_label=row.alert_rule.label, words=alert_sentence(book, row))


def _indicator(view: GoalView) -> IndicatorPart:
    return IndicatorPart.of(
        view.indicator,
        indicator_id=view.indicator.id,
        unit_measure=view.indicator.unit,
        freq=view.indicator.frequency,
        submitting_unit=view.submitting_unit.id,
        unit_name=view.submitting_unit.name,
    )


def _target(view: GoalView) -> TargetPart:
    return TargetPart.of(
        view.goal,
        kind_label=view.kind.label,
        target_low=view.goal.target,
        unit_measure=view.unit,
        due=view.due,
        words=view.target_words(),
    )


def _baseline(book: Book, view: GoalView) -> BaselinePart:
    status = BaselineStatus.KNOWN
    if view.is_withheld:
        status = BaselineStatus.WITHHELD
    elif view.verdict.baseline_value is None:
        status = BaselineStatus.MISSING if view.kind.from_base else BaselineStatus.NOT_NEEDED
    return BaselinePart.of(
        view.verdict,
        scope=baseline_scope(book, view),
        source=baseline_source(book, view),
        status=status,
    )


def _verdict(view: GoalView) -> VerdictPart:
    return VerdictPart.of(
        view.verdict,
        value_status=value_status(view),
        value_words=view.latest_words,
        words=goal_sentence(view),
        notes=[
            NotePart(code=code, text=text)
            for code, text in zip(view.verdict.notes, note_sentences(view), strict=True)
        ],
    )


def _outlook(view: GoalView) -> OutlookPart | None:
    """Return what the view's edition expected; ``None`` where it had no outlooks."""
    if view.outlook is None:
        return None
    return OutlookPart.of(view.outlook, words=outlook_sentence(view))


def _links(view: GoalView) -> GoalLinks:
    drawn = not (view.kind.by_people or view.is_withheld)
    return GoalLinks(
        page=goal_address(_TO_BOOK, view.id),
        series=f"{_TO_BOOK}{series_address(view.id)}" if drawn else None,
        index="../index.json",
    )
