"""Build the facts: submissions, inputs and corrections become long tables with vintages.

``as_of`` cuts any of them to what was known in an edition, so that every past book can be remade.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from planbook.collect.decided.corrections import Correction, corrections_table
from planbook.collect.inbox.submissions import Submissions
from planbook.contract import Contract
from planbook.facts.corrected import apply_corrections
from planbook.facts.reselected import vintages_of
from planbook.facts.revisions import find_revisions
from planbook.frames import (
    ANNUAL_TARGETS,
    ASSESSMENTS,
    BASELINES,
    CORRECTIONS,
    FINDINGS,
    OBSERVATIONS,
    REVISIONS,
    STATUS_REPORTS,
    SUBMISSIONS,
)
from planbook.periods import Edition
from planbook.plan import Plan


@dataclass(frozen=True)
class Facts:
    """All that is known, each frame by the contract of its name in `planbook.frames`.

    `observations` and `status_reports` hold every vintage; `as_of` gives those of an edition.
    """

    observations: pd.DataFrame
    status_reports: pd.DataFrame
    baselines: pd.DataFrame
    annual_targets: pd.DataFrame
    assessments: pd.DataFrame
    submissions: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame
    revisions: pd.DataFrame


def build_facts(
    plan: Plan,
    submissions: Submissions,
    *,
    baselines: pd.DataFrame | None = None,
    annual_targets: pd.DataFrame | None = None,
    assessments: pd.DataFrame | None = None,
    corrections: Iterable[Correction] = (),
) -> Facts:
    """Put together all that is known up to ``submissions.upto``.

    The order of submissions, of their rows and of corrections makes no difference.

    Parameters
    ----------
    baselines, annual_targets, assessments
        Frames of their contracts, any vintages; ``None`` for none.
    corrections
        All that are declared; those in force in ``submissions.upto`` are applied.

    Raises
    ------
    ProblemsFound
        If a correction no longer finds the value it expects.
    """
    upto = submissions.upto
    in_force = sorted(
        (c for c in corrections if c.from_edition <= upto),
        key=lambda c: (c.from_edition, c.id),
    )
    vintages = vintages_of(plan, submissions)
    apply_corrections(vintages, in_force)
    observations = [row for held in vintages.values.values() for row in held.values()]
    statuses = [row for held in vintages.statuses.values() for row in held.values()]
    return Facts(
        observations=_sorted(OBSERVATIONS, observations),
        status_reports=_sorted(STATUS_REPORTS, statuses),
        baselines=BASELINES.frame([] if baselines is None else baselines),
        annual_targets=ANNUAL_TARGETS.frame([] if annual_targets is None else annual_targets),
        assessments=ASSESSMENTS.frame([] if assessments is None else assessments),
        submissions=submissions.table,
        findings=_findings(submissions),
        corrections=corrections_table(tuple(in_force)),
        revisions=find_revisions(vintages),
    )


def as_of(frame: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return what a frame of `Facts` knew in an edition.

    Of tables whose rows replace each other (observations, status reports, baselines, yearly
    targets, assessments) one row a key, the newest; of the others all rows up to the edition.

    Raises
    ------
    ValueError
        If the frame is none of the facts.
    """
    contract, column = _contract_of(frame)
    editions = {text: Edition.parse(text) for text in frame[column].unique() if text}
    held = {text for text, start in editions.items() if start <= edition}
    known = frame[frame[column].isin({"", *held})]  # a finding on no edition's file has none
    if contract in _REPLACING:
        key = [name for name in contract.key if name != column]
        rank = {
            text: place for place, text in enumerate(sorted(editions, key=editions.__getitem__))
        }
        oldest_first = known[column].map(rank).sort_values(kind="stable").index
        newest = known.loc[oldest_first].drop_duplicates(key, keep="last")
        known = newest.sort_index()
    return known.reset_index(drop=True)


_REPLACING = (OBSERVATIONS, STATUS_REPORTS, BASELINES, ANNUAL_TARGETS, ASSESSMENTS)
_EDITION_COLUMNS = {  # which column says from when a row holds
    OBSERVATIONS.name: "vintage",
    STATUS_REPORTS.name: "vintage",
    BASELINES.name: "from_edition",
    ANNUAL_TARGETS.name: "from_edition",
    ASSESSMENTS.name: "edition",
    SUBMISSIONS.name: "edition",
    FINDINGS.name: "edition",
    CORRECTIONS.name: "from_edition",
    REVISIONS.name: "vintage",
}


def _contract_of(frame: pd.DataFrame) -> tuple[Contract[Any], str]:
    contracts = (*_REPLACING, SUBMISSIONS, FINDINGS, CORRECTIONS, REVISIONS)
    for contract in contracts:
        if list(frame.columns) == list(contract.columns):
            return contract, _EDITION_COLUMNS[contract.name]
    raise ValueError(f"not a frame of the facts: {list(frame.columns)}")


def _sorted(contract: Contract[Any], rows: list[dict[str, object]]) -> pd.DataFrame:
    return contract.frame(sorted(rows, key=lambda row: [str(row[name]) for name in contract.key]))


def _findings(submissions: Submissions) -> pd.DataFrame:
    """Collect the findings that still matter: of workbooks that count or were not usable."""
    refused = [s for s in submissions.superseded if not s.usable]
    found = [
        *submissions.findings,
        *(f for s in (*submissions.current, *refused) for f in s.findings),
    ]
    order = sorted(found, key=lambda f: (f.edition, f.submitting_unit, f.file))
    rows = [asdict(finding) | {"severity": finding.severity.value} for finding in order]
    return FINDINGS.frame(rows)
