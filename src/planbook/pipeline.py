"""From a dataset's inputs to the judged tables of an edition: the one place that joins the layers.

Scripts call `compute` and `save_tables`; notebooks come in through `planbook.open`, which reads the
tables of the last build. The tables of an edition are saved with a digest of everything they were
made of, so that a notebook opened by hand never shows yesterday's verdicts for today's inputs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from planbook.assess.goals import assess_history
from planbook.assess.measures import assess_measures
from planbook.collect.blank import PriorKnowledge, blank_form
from planbook.collect.commentary import read_commentary
from planbook.collect.corrections import read_corrections
from planbook.collect.inputs import read_annual_targets, read_assessments, read_baselines
from planbook.collect.owed import owed_indicators, owed_measures
from planbook.collect.selections import read_selections
from planbook.collect.submissions import read_submissions
from planbook.facts import Facts, as_of, build_facts
from planbook.frames import CORRECTIONS, FINDINGS, REVISIONS, SUBMISSIONS, VERDICTS
from planbook.periods import Edition, editions_between
from planbook.plan import Plan, load_plan
from planbook.present.chapter import Book
from planbook.saved import Tables
from planbook.workspace import Workspace

_JUDGING = ("plan", "collect", "facts", "assess")  # packages whose code decides what a table says
_DIGEST = "inputs.sha256"


def compute(
    workspace: Workspace, edition: Edition, today: dt.date | None = None
) -> tuple[Plan, Tables]:
    """Read every input known in `edition` and judge every goal and measure.

    Until a deadline, `today` decides, a unit that sent nothing is awaited; ``None``: all passed.

    Raises
    ------
    ProblemsFound
        If the plan or the analysts' own inputs are wrong; all problems at once. What departments
        sent wrong is no exception: it is in the table `findings`.
    """
    plan = load_plan(workspace.plan, workspace.dataset.first_edition)
    commentary = read_commentary(workspace.data / "commentary", plan, edition)
    facts = read_facts(workspace, plan, edition, today)
    demonstration = workspace.dataset.demonstration
    return plan, judge(plan, facts, edition, commentary, demonstration=demonstration)


def read_facts(
    workspace: Workspace, plan: Plan, edition: Edition, today: dt.date | None = None
) -> Facts:
    """Read all that was submitted and decided up to `edition`."""
    data = workspace.data
    corrections = read_corrections(data / "corrections.yaml", plan)
    submissions = read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=edition,
        cache=workspace.cache,
        corrections=corrections,
        selections=read_selections(workspace.selections, plan),
        today=today,
    )
    return build_facts(
        plan,
        submissions,
        baselines=read_baselines(data / "baselines.csv", plan),
        annual_targets=read_annual_targets(data / "annual_targets.csv", plan),
        assessments=read_assessments(data / "assessments.csv", plan),
        corrections=corrections,
    )


def prior_knowledge(workspace: Workspace, plan: Plan, edition: Edition) -> PriorKnowledge:
    """Return what was known in the edition before, for the reference columns of a blank form."""
    before = edition.base if edition.correction else edition.plus(-1)
    facts = read_facts(workspace, plan, max(before, plan.about.first_edition))
    return PriorKnowledge(
        observations=as_of(facts.observations, before),
        baselines=as_of(facts.baselines, edition),
        annual_targets=as_of(facts.annual_targets, edition),
        status_reports=as_of(facts.status_reports, before),
    )


def next_templates(workspace: Workspace, plan: Plan, edition: Edition) -> dict[str, bytes]:
    """Return the blank workbook of the quarter after `edition` by unit.

    The same bytes as ``scripts/collect.py template`` writes. A unit that owes nothing has none.
    """
    from planbook.collect.template import workbook_bytes  # noqa: PLC0415 - notebooks do without

    following = edition.plus(1)
    prior = prior_knowledge(workspace, plan, following)
    return {
        unit.id: workbook_bytes(blank_form(plan, unit.id, following, workspace.dataset, prior))
        for unit in plan.units
        if owed_indicators(plan, unit.id, following) or owed_measures(plan, unit.id, following)
    }


def judge(
    plan: Plan, facts: Facts, edition: Edition, commentary: pd.DataFrame, *, demonstration: bool
) -> Tables:
    """Return all tables of an edition; a pure function of the facts and what analysts wrote."""
    editions = editions_between(plan.about.first_edition, edition)
    if edition not in editions:  # a correction edition replaces the regular one of its quarter
        editions = (*editions[:-1], edition)
    history = assess_history(plan, facts, editions, demonstration=demonstration)
    return Tables(
        verdicts=VERDICTS.frame(history[history["edition"] == str(edition)]),
        history=history,
        observations=as_of(facts.observations, edition),
        measures=assess_measures(plan, facts, edition, demonstration=demonstration),
        submissions=SUBMISSIONS.frame(facts.submissions),
        findings=FINDINGS.frame(facts.findings),
        revisions=REVISIONS.frame(facts.revisions),
        corrections=CORRECTIONS.frame(facts.corrections),
        baselines=as_of(facts.baselines, edition),
        annual_targets=as_of(facts.annual_targets, edition),
        commentary=commentary,
    )


def save_tables(
    workspace: Workspace, edition: Edition, tables: Tables, today: dt.date | None = None
) -> Path:
    """Write the tables aside, then put them in place as one folder; return that folder."""
    folder = workspace.tables(edition)
    workspace.scratch.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=workspace.scratch, prefix="tables-"))
    tables.save(aside)
    (aside / _DIGEST).write_bytes(inputs_digest(workspace, today).encode("ascii"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        old = Path(tempfile.mkdtemp(dir=workspace.scratch, prefix="old-"))
        folder.replace(old / folder.name)
    aside.replace(folder)
    for rest in workspace.scratch.glob("old-*"):
        shutil.rmtree(rest, ignore_errors=True)
    return folder


def open_book(dataset: str = "demo", edition: str | None = None, root: Path | None = None) -> Book:
    """Return a judged edition, from the saved tables where they are of today's inputs."""
    today = dt.date.today()
    workspace = Workspace.open(dataset, root)
    plan = load_plan(workspace.plan, workspace.dataset.first_edition)
    wanted = workspace.edition(edition, plan.about.first_edition)
    folder = workspace.tables(wanted)
    digest = folder / _DIGEST
    if digest.is_file() and digest.read_text(encoding="ascii") == inputs_digest(workspace, today):
        tables = Tables.read(folder)
    else:
        plan, tables = compute(workspace, wanted, today)
        save_tables(workspace, wanted, tables, today)
    return Book(plan, tables, workspace.dataset, wanted)


def inputs_digest(workspace: Workspace, today: dt.date | None = None) -> str:
    """Return the sha256 of every input's path and bytes, the judging code among them.

    Of `today` it matters only which deadlines have not passed.
    """
    digest = hashlib.sha256()
    if today is not None:
        digest.update(f"{sorted(map(str, _open_editions(workspace, today)))}\n".encode())
    for name, path in sorted(_inputs(workspace)):
        digest.update(name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _open_editions(workspace: Workspace, today: dt.date) -> Iterator[Edition]:
    """Yield the editions whose deadline has not passed, of the last ten years and those named."""
    dataset = workspace.dataset
    recent = (dataset.newest_open.plus(-quarters) for quarters in range(40))
    for edition in {*recent, *dataset.deadlines}:
        if today <= dataset.deadline(edition):
            yield edition


def _inputs(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    package = Path(__file__).resolve().parent
    folders = [(workspace.plan, "plan"), (workspace.data, "data")]
    folders += [(package / layer, f"code/{layer}") for layer in _JUDGING]
    for folder, name in folders:
        for parent, _, files in os.walk(folder):
            for file in files:
                path = Path(parent, file)
                if path.suffix in {".yaml", ".csv", ".xlsx", ".json", ".md", ".py"}:
                    yield f"{name}/{path.relative_to(folder).as_posix()}", path
    for path in package.glob("*.py"):
        yield f"code/{path.name}", path
