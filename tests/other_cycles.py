"""The second plan with books of other lengths and other years, its workbooks filled in."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form, MeasureLine, SignOff
from planbook.collect.form.template import workbook_bytes
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.run.pipeline import prior_knowledge
from planbook.workspace import Workspace
from tests.books import SECOND_PLAN
from tests.registers import begin_at

Values = Mapping[str, Mapping[str, float]]  # of indicators, by edition
BASELINES = (
    "indicator_id,time_period,scope,obs_value,source,note,from_edition\n"
    "throughput,{base},未注明,40,镇统计资料,,{first}\n"
    "berths,{base},未注明,5,镇统计资料,,{first}\n"
)
_SIGNED = SignOff("甲某某", "乙某某", "丙某某", "023-00000000", "2023-10-10")

YEARLY = {
    "2023": {"throughput": 42.0, "berths": 5, "guesthouses-new": 2, "visitors": 11.0},
    "2024": {"throughput": 44.1, "berths": 6, "guesthouses-new": 6, "visitors": 10.5},
}
FROM_APRIL = {
    "2023-09H": {"throughput": 20.0, "guesthouses-new": 1, "visitors": 6.0},
    "2024-03H": {"throughput": 42.0, "berths": 6, "guesthouses-new": 3, "visitors": 11.0},
    "2024-09H": {"throughput": 22.0, "guesthouses-new": 5, "visitors": 5.5},
}
MONTHLY = {
    "2023-01": {"throughput": 3.0},
    "2023-02": {"throughput": 6.0, "guesthouses-new": 1},
    "2023-03": {"throughput": 10.0, "guesthouses-new": 2, "visitors": 3.0},
}


def yearly(root: Path) -> Path:
    """Make the project of a yearly book, two editions long."""
    changes = {
        "plan.yaml": {"first_edition: 2023-Q2": "first_edition: 2023\ncycle: year"},
        "harbour.yaml": {"        reported_in: [4]\n": ""},
        "town.yaml": {"frequency: quarterly": "frequency: monthly"},
    }
    return _project(root, changes, YEARLY, base="2022-12")


def from_april(root: Path) -> Path:
    """Make the project of a book each half of years from April, three editions long."""
    plan = {
        "first_edition: 2023-Q2": "first_edition: 2023-09H\ncycle: half_year\n"
        "fiscal_year_begins: 4",
        "start: 2022-12": "start: 2023-03",
        "due: 2030-12": "due: 2031-03",
    }
    harbour = {
        "base_period: 2022-12": "base_period: 2023-03",
        "due: 2028-12": "due: 2029-03",
        "reported_in: [4]": "reported_in: [2]",
    }
    town = {"2022-12": "2023-03"}
    changes = {"plan.yaml": plan, "harbour.yaml": harbour, "town.yaml": town}
    made = _project(root, changes, FROM_APRIL, base="2023-03")
    (made / "data" / "test" / "annual_targets.csv").write_text(
        "goal_id,year,target_value,source,from_edition\n"
        "throughput,2024,41,镇年度工作要点,2023-09H\n"
        "throughput,2025—2026财年,50,镇年度工作要点,2024-03H\n",
        encoding="utf-8",
    )
    return made


def monthly(root: Path) -> Path:
    """Make the project of a monthly book, three editions long."""
    changes = {
        "plan.yaml": {"first_edition: 2023-Q2": "first_edition: 2023-01\ncycle: month"},
        "harbour.yaml": {"reported_in: [4]": "reported_in: [12]"},
        "town.yaml": {"reported_in: [1]": "reported_in: [3]"},
    }
    return _project(root, changes, MONTHLY, base="2022-12")


def _project(
    root: Path, changes: Mapping[str, Mapping[str, str]], values: Values, *, base: str
) -> Path:
    shutil.copytree(SECOND_PLAN, root, dirs_exist_ok=True)
    for name, replaced in changes.items():
        _change(root / "data" / "plan" / name, replaced)
    data = root / "data" / "test"
    first, *_, current = values
    _change(data / "dataset.yaml", {"2023-Q2": first})
    begin_at(data, current, first)
    (data / "baselines.csv").write_text(BASELINES.format(base=base, first=first), encoding="utf-8")
    for id, own in values.items():
        _report(root, Edition.parse(id), own)
    return root


def _change(path: Path, replaced: Mapping[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in text, (path.name, old)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _report(root: Path, edition: Edition, values: Mapping[str, float]) -> None:
    """File both units' workbooks of an edition, as made from the template and filled in."""
    workspace = Workspace.open("test", root)
    plan = load_plan(workspace.plan)
    prior = prior_knowledge(workspace, plan, edition)
    folder = workspace.submissions / str(edition)
    folder.mkdir(parents=True)
    for unit in plan.units:
        form = _filled(blank_form(plan, unit.id, edition, workspace.dataset, prior), values)
        data, day = workbook_bytes(form), edition.end.last_day + dt.timedelta(days=10)
        (folder / submission_name(unit.id, day, data)).write_bytes(data)


def _filled(form: Form, values: Mapping[str, float]) -> Form:
    return replace(
        form,
        values=tuple(
            replace(line, value=values.get(line.indicator_id), remark="") for line in form.values
        ),
        measures=tuple(map(_with_status, form.measures)),
        sign_off=_SIGNED,
    )


def _with_status(line: MeasureLine) -> MeasureLine:
    status = "本年已开展" if "本年已开展" in line.statuses else "受阻"
    return replace(line, status=status, progress="资料待核")
