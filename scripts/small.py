"""Small projects: the second plan of the tests as many districts, a name and values of each.

A book of it is made in seconds, so that many can be built where what is measured is how many plans
go through, not how large one is. The same arguments write the same bytes.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form, ValueLine
from planbook.collect.form.template import workbook_bytes
from planbook.plan import load_plan
from planbook.project_folders import find_root
from planbook.workspace import Workspace

SMALL = Path("tests", "fixtures", "second_plan")
DATASET = "test"


def write_small(folder: Path, variant: int) -> None:
    """Write a district of a number into a folder that has none yet, with its newest workbooks."""
    shutil.copytree(find_root() / SMALL, folder)
    about = folder / "data" / "plan" / "plan.yaml"
    text = about.read_text(encoding="utf-8").replace("yunwan", f"small-{variant}")
    text = text.replace("云湾镇", f"第{variant}镇")
    about.write_text(text, encoding="utf-8", newline="\n")
    workspace, plan = Workspace.open(DATASET, folder), load_plan(about.parent)
    edition = workspace.dataset.current_edition
    filed = workspace.submissions / str(edition)
    filed.mkdir(parents=True)
    for unit in plan.units:
        form = _filled(blank_form(plan, unit.id, edition, workspace.dataset), variant)
        data = workbook_bytes(form)
        name = submission_name(unit.id, workspace.dataset.deadline(edition) - dt.timedelta(1), data)
        (filed / name).write_bytes(data)


def _filled(form: Form, variant: int) -> Form:
    return replace(form, values=tuple(_line(line, variant) for line in form.values))


def _line(line: ValueLine, variant: int) -> ValueLine:
    low, high = line.plausible or (0.0, 100.0)
    share = 0.1 + variant % 50 / 100
    return replace(line, value=round(low + share * (high - low), line.decimals))
