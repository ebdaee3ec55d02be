"""From a dataset's inputs to the judged tables of an edition: the one place that joins the layers.

`judged_book` is what a build calls; notebooks come to it through `planbook.open`. The tables of an
edition are saved with a proof of what they were made of and that they are whole, so that a notebook
opened by hand never shows yesterday's verdicts for today's inputs, nor what somebody changed in a
saved file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from planbook.assess.published import Published
from planbook.collect.compare.project_corrections import doubtful_amounts
from planbook.collect.decided.commentary_files import altered_commentary, read_commentary
from planbook.collect.decided.corrections import doubtful_corrections
from planbook.collect.decided.csv_inputs import BASELINES_FILE, baseline_rows, read_inputs
from planbook.collect.decided.unused_inputs import unused_baselines
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form
from planbook.collect.inbox.filed import Decided, submissions_of
from planbook.collect.read.submission import Submission
from planbook.disk_reads import EVERYTHING
from planbook.errors import Gathering, Problem
from planbook.facts import Facts, as_of, build_facts
from planbook.frames import COMMENTARY, CommentaryRow
from planbook.made_of import MadeOf, code_of, digest, sealed_folder
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.internal import internal_indicators
from planbook.present.notebook.opened import OpenBook
from planbook.present.redaction import redacted
from planbook.produce.kept_files import Made, Wanted
from planbook.produce.notebooks.being_made import being_made
from planbook.produce.notebooks.noted_reads import now
from planbook.project_folders import find_root, usual_dataset
from planbook.run.freezing import as_published
from planbook.run.judged_of import is_judged, made_and_judged_of, save_tables
from planbook.run.judged_tables import judged_tables
from planbook.run.opening import open_workspace, refuse_another
from planbook.run.published_record import what_was_published
from planbook.saved import Tables
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace
from planbook.yamlfile import of_today, passing_over_unknown


def compute(
    workspace: Workspace, plan: Plan, edition: Edition, today: dt.date | None = None
) -> Tables:
    """Read every input known in `edition` and judge every goal and measure.

    Until a deadline, `today` decides, a unit that sent nothing is awaited; ``None``: all passed.

    Raises
    ------
    ProblemsFound
        If the analysts' own inputs are wrong; all problems at once. What departments sent wrong
        is no exception: it is in the table `findings`.
    """
    gathering = Gathering()
    published = gathering.read(lambda: what_was_published(workspace, plan, edition), Published())
    commentary = gathering.read(lambda: _commentary(workspace, plan, edition), ())
    facts = read_facts(workspace, plan, edition, gathering, today)
    demonstration = workspace.dataset.demonstration
    return judged_tables(plan, facts, edition, commentary, published, demonstration=demonstration)


def _commentary(workspace: Workspace, plan: Plan, edition: Edition) -> tuple[CommentaryRow, ...]:
    with passing_over_unknown(workspace.unpacked is not None):
        return read_commentary(workspace.commentary, plan, edition)


def read_facts(
    workspace: Workspace,
    plan: Plan,
    edition: Edition,
    gathering: Gathering,
    today: dt.date | None = None,
) -> Facts:
    """Read all that was submitted and decided up to `edition`.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the analysts' files, and what was gathered before.
    """
    decided = Decided.read(workspace, plan, gathering)
    if decided.fixed is not None:
        folders = (workspace.commentary, decided.fixed.data / workspace.commentary.name)
        gathering.add("分析点评", altered_commentary(*folders, edition))
    submissions = gathering.read(
        lambda: submissions_of(workspace, plan, edition, decided, today), None
    )
    if submissions is None:
        raise gathering.everything()
    with passing_over_unknown(workspace.unpacked is not None):
        doubts = of_today(_doubted(decided, plan, submissions.current))
        gathering.add("corrections.yaml", doubts)
        known = submissions.as_known
        inputs = read_inputs(workspace.data, plan, gathering, known, decided.fixed)
    facts = gathering.read(
        lambda: build_facts(
            plan,
            submissions,
            baselines=inputs.baselines,
            annual_targets=inputs.annual_targets,
            assessments=inputs.assessments,
            corrections=decided.corrections,
            action_decisions=inputs.action_decisions,
            task_decisions=inputs.task_decisions,
            past_values=inputs.past_values,
        ),
        None,
    )
    if facts is None:
        raise gathering.everything()
    gathering.finish()
    return facts


def _doubted(decided: Decided, plan: Plan, submissions: Iterable[Submission]) -> Iterator[Problem]:
    """Yield which corrections put a doubtful value in."""
    counting = tuple(submissions)
    reported = [value for submission in counting for value in submission.values]
    yield from doubtful_corrections(decided.corrections, plan, reported)
    yield from doubtful_amounts(decided.corrections, plan, counting)


def input_notes(workspace: Workspace, plan: Plan, edition: Edition) -> list[Problem]:
    """Return which baselines an edition knows and makes no use of, and what to do about it."""
    with passing_over_unknown(workspace.unpacked is not None):
        rows, _ = baseline_rows(workspace.data / BASELINES_FILE, plan)
    return unused_baselines(rows, plan, edition)


def prior_knowledge(workspace: Workspace, plan: Plan, edition: Edition) -> PriorKnowledge:
    """Return what was known in the round before, for the reference columns of a blank form."""
    before = edition.base if edition.correction else plan.cycle.before(edition)
    before = workspace.editions.before(edition).standing(before)
    facts = read_facts(workspace, plan, max(before, plan.about.first_edition), Gathering())
    return PriorKnowledge(
        observations=as_of(facts.observations, before),
        baselines=as_of(facts.baselines, edition),
        annual_targets=as_of(facts.annual_targets, edition),
        status_reports=as_of(facts.status_reports, before),
        action_decisions=facts.action_decisions,
        action_replies=as_of(facts.action_replies, before),
        task_decisions=facts.task_decisions,
        task_reports=as_of(facts.task_reports, before),
        task_proposals=facts.task_proposals,
        project_reports=facts.project_reports,
    )


def next_templates(workspace: Workspace, plan: Plan, edition: Edition) -> dict[str, Wanted]:
    """Return the blank workbook of the edition after `edition` by unit, as files to be made.

    The same bytes as ``scripts/collect.py template`` writes. A unit that owes nothing and
    has no open action, task or project has none.
    """
    following = edition.plus(1)
    prior = prior_knowledge(workspace, plan, following)
    forms = (blank_form(plan, u.id, following, workspace.dataset, prior) for u in plan.units)
    return {form.unit_id: _blank(form) for form in forms if form.asks_for_something}


def _blank(form: Form) -> Wanted:
    made_of = MadeOf(digest(form), code_of("plan", "collect"))
    return Wanted(f"{form.unit_id}.xlsx", made_of, lambda: partial(_written, form))


def _written(form: Form) -> Made:
    from planbook.collect.form.template import workbook_bytes  # noqa: PLC0415 - notebooks do without

    return Made(workbook_bytes(form))


def open_book(
    dataset: str | None = None,
    edition: str | None = None,
    root: Path | None = None,
    visibility: Visibility = Visibility.INTERNAL,
    compare: bool = False,
) -> OpenBook:
    """Return a judged edition of a dataset, both by name: its internal book or its public one.

    In a process that executes a notebook, whose own book is handed to it, another one is opened
    only to `compare`; what is read of it is not told apart.
    """
    reading = now()
    with reading.of_files(listens=False) if reading else nullcontext():
        project = root or find_root()
        workspace, plan = open_workspace(dataset or usual_dataset(project), project)
        chosen = workspace.edition(edition, plan.about.first_edition)
        made = being_made()
        if made is not None:
            refuse_another(made, workspace.dataset.name, str(chosen), visibility, compare=compare)
        if reading is not None:
            reading.names.add(EVERYTHING)
        book = judged_book(workspace.of(visibility), plan, chosen)
        if made is None or visibility is Visibility.INTERNAL:
            return book
        return _as_public_as(made.edition, book, workspace, plan)


def _as_public_as(edition: str, book: OpenBook, workspace: Workspace, plan: Plan) -> OpenBook:
    """Return the public book of another edition without what is internal in this one.

    A value may have been marked internal later than the other edition was.
    """
    own = judged_book(workspace, plan, workspace.edition(edition, plan.about.first_edition))
    internal = internal_indicators(own.plan, own.tables)
    names = workspace.dataset.public.unit_names
    cut = redacted(book.plan, book.tables, unit_names=names, also=internal)
    return replace(book, plan=cut.plan, tables=cut.tables, withheld=cut.withheld)


def judged_book(
    workspace: Workspace,
    plan: Plan,
    edition: Edition,
    today: dt.date | None = None,
) -> OpenBook:
    """Return a judged edition, from the saved tables where they are of today's inputs.

    One that was published is as it was then: its tables are the frozen ones. Of a workspace of the
    public book, without anything internal; `plan` is the whole one. Deadlines are held against
    `today`.
    """
    workspace, plan = as_published(workspace, plan, edition)
    tables = _saved_or_judged(workspace, plan, edition, today or dt.date.today())
    return shown_book(workspace, plan, edition, tables)


def shown_book(workspace: Workspace, plan: Plan, edition: Edition, tables: Tables) -> OpenBook:
    """Return a book of these tables; of a workspace of the public book, what that shows of them."""
    if workspace.visibility is Visibility.INTERNAL:
        return OpenBook(plan, tables, workspace.dataset, edition)
    public = redacted(plan, tables, unit_names=workspace.dataset.public.unit_names)
    return OpenBook(
        public.plan,
        public.tables,
        workspace.dataset,
        edition,
        visibility=Visibility.PUBLIC,
        withheld=public.withheld,
    )


def _saved_or_judged(workspace: Workspace, plan: Plan, edition: Edition, today: dt.date) -> Tables:
    if workspace.is_frozen(edition):
        return Tables.read_old(workspace.tables(edition))
    made_of, judged_of = made_and_judged_of(workspace, edition, today)
    folder = workspace.tables(edition)
    if sealed_folder(folder, made_of):
        return Tables.read(folder)
    if workspace.visibility is Visibility.INTERNAL:
        # A correction edition's commentary is held against what was published, with all else.
        if not edition.correction and is_judged(folder, judged_of):
            commentary = COMMENTARY.frame(_commentary(workspace, plan, edition))
            tables = replace(Tables.read(folder), commentary=commentary)
        else:
            tables = compute(workspace, plan, edition, today)
    else:
        judged = _saved_or_judged(workspace.of(Visibility.INTERNAL), plan, edition, today)
        named = workspace.dataset.public.unit_names
        tables = redacted(plan, judged, unit_names=named).tables
    save_tables(workspace, edition, tables, made_of, judged_of)
    return tables
