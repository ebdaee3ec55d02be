"""The workbooks filed by version 1 of the template are read for ever as they were when it was new.

`tests/fixtures/version_1.json` was made before version 2 existed: for each filed workbook a digest
of the values, statuses and revisions read from it, and what was found. ``PLANBOOK_DRAW_GOLDEN=1``
makes it anew, which is right only where the demonstration's own story has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from planbook.collect.decided.corrections import read_corrections
from planbook.collect.decided.csv_inputs import read_baselines
from planbook.collect.inbox.submissions import read_submissions
from planbook.collect.read.submission import Submission
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.workspace import Workspace

KEPT = Path(__file__).resolve().parents[1] / "fixtures" / "version_1.json"
# The last edition in which units use version 1; some have the newest by then.
LAST = Edition.parse("2026-Q2")
VALUE = (
    "indicator_id",
    "period",
    "scope",
    "status",
    "value",
    "prior_value",
    "yoy",
    "yoy_type",
    "stage",
    "remark",
    "cell",
)
STATUS = ("measure_id", "status", "progress", "completed_on", "cell")
REVISION = ("indicator_id", "period", "old_value", "new_value", "reason", "cell")


def said(submission: Submission) -> str:
    """Return a digest of all that was read from a workbook."""
    rows = [
        [str(getattr(row, field)) for field in fields]
        for found, fields in (
            (submission.values, VALUE),
            (submission.statuses, STATUS),
            (submission.revisions, REVISION),
        )
        for row in found
    ]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:16]


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, object]]:
    workspace = Workspace.open("demo", Path(__file__).resolve().parents[2])
    plan = load_plan(workspace.plan)
    submissions = read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=workspace.dataset.current_edition,
        corrections=read_corrections(workspace.data / "corrections.yaml", plan),
        baselines=read_baselines(workspace.data / "baselines.csv", plan),
    )
    found: dict[str, dict[str, object]] = {
        f"{s.edition}/{s.file}": {
            "says": said(s),
            "findings": [f"{f.severity.value} {f.rule} {f.sheet}{f.cell}" for f in s.findings],
        }
        for s in sorted(submissions.current, key=lambda s: (s.edition, s.file))
    }
    for s in submissions.superseded:  # what was found in them is not published
        found[f"{s.edition}/{s.file}"] = {"says": said(s), "findings": []}
    newer = {
        f"{s.edition}/{s.file}"
        for s in submissions.current
        if s.asks_for_projects or s.edition > LAST
    }
    return {name: entry for name, entry in found.items() if name not in newer}


def test_every_workbook_of_version_1_is_read_as_before(read: dict[str, dict[str, object]]) -> None:
    if os.environ.get("PLANBOOK_DRAW_GOLDEN"):
        text = json.dumps(read, ensure_ascii=False, indent=1)
        KEPT.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    assert len(read) > 100
    assert read == json.loads(KEPT.read_text(encoding="utf-8"))
