"""``build.json``: what a book was made of, and how long that took.

The only file of a book that differs when nothing else does.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from planbook.made_of import digest, digests_of
from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.saved import Tables
from planbook.vocabulary import Severity, Visibility
from planbook.workspace import Workspace

_LIBRARIES = (  # that compute and draw
    "beautifulsoup4",
    "ipython",
    "jupyter-book",
    "markdown-it-py",
    "matplotlib",
    "mdit-py-plugins",
    "myst-nb",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "planbook",
    "pylopdf-fonts-zh-cn",
    "python-calamine",
    "seaborn",
    "sphinx",
    "sphinx-book-theme",
    "typst",
)


def build_record(
    workspace: Workspace,
    plan: Plan,
    tables: Tables,
    edition: Edition,
    *,
    data: str,
    parts: Mapping[str, str],
    pages: int,
    seconds: Mapping[str, float],
    made: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Return the record of a build.

    ``plan.sha256`` and ``submissions.sha256`` are of the files' own digests, which follow by path;
    ``data.sha256`` is `data_digest`, ``data.parts`` the sha256 of what each PDF shows, whose first
    digits stand on its every page; ``made`` counts what was made anew.
    """
    plan_files = digests_of(workspace.plan)
    submissions = _up_to(edition, workspace)
    public = workspace.visibility is Visibility.PUBLIC
    severities = tables.findings["severity"].value_counts()
    return {
        "edition": str(edition),
        "dataset": workspace.dataset.name,
        "demonstration": workspace.dataset.demonstration,
        "visibility": workspace.visibility,
        "plan": {"id": plan.about.id, "sha256": digest(plan_files), "files": plan_files},
        "data": {"sha256": data, "parts": dict(parts)},
        "submissions": {
            "sha256": digest(submissions),
            "files": {} if public else submissions,  # their names say who sent what, and when
        },
        "findings": {s.value: int(severities.get(s.value, 0)) for s in Severity},
        "chapters": [chapter.id for chapter in plan.chapters],
        "pages": pages,
        "versions": {"python": platform.python_version()} | {n: version(n) for n in _LIBRARIES},
        "made": {kind: len(names) for kind, names in made.items()},
        "seconds": {step: round(spent, 3) for step, spent in seconds.items()},
    }


def data_digest(workspace: Workspace, edition: Edition) -> str:
    """Return one sha256 of the plan and of the edition's saved tables: what its pages tell of."""
    tables = digests_of(workspace.tables(edition), "*.csv")
    return digest({"plan": digests_of(workspace.plan, "*.yaml"), "tables": tables})


def write_record(record: Mapping[str, Any], html: Path) -> None:
    """Write ``build.json`` at the book's root."""
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (html / "build.json").write_text(text, encoding="utf-8", newline="\n")


def _up_to(edition: Edition, workspace: Workspace) -> dict[str, str]:
    """Return the digests of the workbooks that an edition may know, late ones not."""
    found = digests_of(workspace.submissions, "*.xlsx")
    known = {}
    for path, sha in found.items():
        try:
            if workspace.editions.vintage(path) <= edition:
                known[path] = sha
        except ValueError:
            continue  # not an edition's folder: nothing reads it
    return known
