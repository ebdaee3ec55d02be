"""The demonstration's key projects: what units say of them in their workbooks, edition by edition.

All of them are of the scenario, each for a case that the book must show. What one workbook said is
read from it again, so that the next form is filled in as a real one is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from demo.forms import Desk
from demo.scenario import ProjectSaid
from planbook.collect.compare.project_checks import checked_projects
from planbook.collect.compare.projects_so_far import ProjectsSoFar
from planbook.collect.form.form import Form, ProjectLine
from planbook.collect.owed import task_subjects
from planbook.collect.read.submission import Submission
from planbook.collect.read.workbook_reader import read_submission
from planbook.facts.vintages import Vintages
from planbook.project_frames import ProjectReportRow

VERSION = "6"  # of the template that has the sheet
_PLACES = {  # keys of the scenario that have another name in a form
    "total": "total_investment",
    "year": "year_investment",
    "node": "next_node",
    "month": "next_month",
    "left": "left_reason",
}


@dataclass(frozen=True)
class Reserve:
    """What was reported of projects in the editions so far."""

    desk: Desk

    @cached_property
    def vintages(self) -> Vintages:
        return Vintages(self.desk.plan)

    @cached_property
    def known(self) -> ProjectsSoFar:
        return ProjectsSoFar(self.desk.plan)

    @property
    def reports(self) -> tuple[ProjectReportRow, ...]:
        held = self.vintages.projects.values()
        return tuple(row for rows in held for row in rows.values())

    def take(self, form: Form, data: bytes, received: dt.date) -> None:
        """Take in what a workbook says of projects, as it is read when it comes in."""
        if form.template_version != VERSION:
            return
        read = read_submission(
            data,
            self.desk.plan,
            file=f"{form.unit_id}.xlsx",
            dataset=form.dataset,
            edition=form.edition,
            unit_id=form.unit_id,
            received=received,
        )
        projects, _ = checked_projects(read, self.known)
        told = Submission(form.edition, form.unit_id, "", "", received, projects=projects)
        self.known.take(told)
        self.vintages.take(told)


def with_projects(desk: Desk, form: Form) -> Form:
    """Return a form with what its unit says of projects; most units keep an older template."""
    told = {
        project.project: (project.about, said)
        for project in desk.scenario.projects
        if project.unit == form.unit_id
        for said in project.said
        if said.edition == form.edition
    }
    if not (told or form.projects):
        return replace(form, projects=(), project_rows=0)
    names = {
        id: name
        for name, subject in task_subjects(desk.plan, form.unit_id).items()
        for id in subject
    }
    known = {line.project for line in form.projects}
    new = (name for name in told if name not in known)
    return replace(
        form,
        template_version=VERSION,
        projects=tuple(_said(line, told) for line in form.projects),
        new_projects=tuple(
            _said(ProjectLine(project=name, about=names[told[name][0]]), told) for name in new
        ),
    )


def _said(line: ProjectLine, told: Mapping[str, tuple[str, ProjectSaid]]) -> ProjectLine:
    """Return a row after its unit said what has changed; where that is nothing, as it is."""
    if line.project not in told:
        return line
    _, said = told[line.project]
    if said.forgotten:
        return ProjectLine(project_id=line.project_id)
    typed = said.model_dump(exclude_unset=True, exclude={"edition", "month", "public", "stage"})
    cells: dict[str, Any] = {_PLACES.get(key, key): cell for key, cell in typed.items()}
    if said.stage is not None:
        cells["stage"] = said.stage.label
    if said.month is not None:
        cells["next_month"] = str(said.month)
    if said.public:
        cells["visibility"] = "公开"
    return replace(line, **cells)
