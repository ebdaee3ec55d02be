"""Edits of what departments send and analysts decide: workbooks, tables, corrections, words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from planbook.collect.file_names import FiledName, submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.template import workbook_bytes
from planbook.collect.layout import FIRST_ROW, MEASURES, PROJECTS, VALUES
from planbook.collect.owed import task_subjects
from planbook.plan.model import Goal, Indicator
from planbook.plan.parts import Measure, Unit
from planbook.project_frames import ProjectStage
from proof.bounds import May, chapters_of, of_chapters
from proof.checkout import Checkout

IDS, TITLES, NUMBERS, STATES = 1, 3, 7, 3  # columns: 填报表 A, C and G, 举措 C


def value(checkout: Checkout, chance: random.Random) -> May | None:
    """File a workbook again in which one number is another."""
    unit = chance.choice(checkout.plan.units)
    book, sheet = _workbook(checkout, unit, VALUES.sheet)
    rows = _rows(sheet)
    if sheet is None or not rows:
        return None
    row, id = chance.choice(rows)
    cell, indicator = sheet.cell(row, NUMBERS), checkout.plan.indicator(id)
    old = cell.value if isinstance(cell.value, int | float) else _usual(indicator)
    step = 10.0**-indicator.decimals
    cell.value = round(max(old * chance.uniform(0.97, 1.03), old + step), indicator.decimals)
    _file(checkout, unit, book)
    return of_chapters(checkout.plan, chapters_of(checkout.plan, unit.id))


def status(checkout: Checkout, chance: random.Random) -> May | None:
    """File a workbook again in which the state of a measure is another."""
    unit = chance.choice(checkout.plan.units)
    book, sheet = _workbook(checkout, unit, MEASURES.sheet)
    rows = _rows(sheet)
    if sheet is None or not rows:
        return None
    row, _ = chance.choice(rows)
    cell = sheet.cell(row, STATES)
    cell.value = "受阻" if cell.value == "推进中" else "推进中"
    _file(checkout, unit, book)
    return of_chapters(checkout.plan, chapters_of(checkout.plan, unit.id))


def project(checkout: Checkout, chance: random.Random) -> May | None:
    """File a workbook again in which a project is new, or a known one stands in another stage."""
    plan, edition = checkout.plan, checkout.current
    unit = chance.choice(plan.units)
    book, sheet = _workbook(checkout, unit, PROJECTS.sheet)
    subjects = sorted(task_subjects(plan, unit.id))
    if sheet is None or not subjects:
        return None
    column = {each.key: number for number, each in enumerate(PROJECTS.columns, start=1)}
    rows = range(FIRST_ROW + 1, sheet.max_row + 1)
    named = [row for row in rows if sheet.cell(row, column["project"]).value]
    blank = [row for row in rows if row not in named][:1]
    row = chance.choice([*named, *blank])
    said: dict[str, str | float] = {
        "project": f"码头改造{chance.randrange(10**6)}号",
        "about": chance.choice(subjects),
        "total_investment": round(chance.uniform(1, 50), 2),
        "next_node": "取得施工许可",
        "next_month": f"{edition.plus(chance.choice([0, 1])).end}",
    }
    for key, entry in said.items() if row in blank else ():
        sheet.cell(row, column[key]).value = entry
    stage = sheet.cell(row, column["stage"])
    stages = [each.label for each in ProjectStage if each.is_open and each.label != stage.value]
    stage.value = chance.choice(stages)
    _file(checkout, unit, book)
    return of_chapters(plan, chapters_of(plan, unit.id))


def new_workbook(checkout: Checkout, chance: random.Random) -> May | None:
    """File a workbook of a unit in which hardly anything is filled in."""
    unit = chance.choice(checkout.plan.units)
    dataset = checkout.workspace.dataset
    form = blank_form(checkout.plan, unit.id, checkout.current, dataset)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(form)))
    _file(checkout, unit, book)
    return of_chapters(checkout.plan, chapters_of(checkout.plan, unit.id))


def removed_workbook(checkout: Checkout, chance: random.Random) -> May | None:
    """Take away all that a unit has sent for the current edition."""
    units = [unit for unit in checkout.plan.units if _filed(checkout, unit)]
    if not units:
        return None
    unit = chance.choice(units)
    for name in _filed(checkout, unit):
        checkout.write(name, None)
    return of_chapters(checkout.plan, chapters_of(checkout.plan, unit.id))


def correction(checkout: Checkout, chance: random.Random) -> May | None:
    """Declare that a value which a workbook has is another."""
    edition = checkout.current
    saved = checkout.workspace.tables(edition).relative_to(checkout.place).as_posix()
    known = [
        row
        for row in _table(checkout, f"{saved}/observations.csv")
        if row["vintage"] == str(edition) and row["origin"] == "report" and row["obs_value"]
    ]
    if not known:
        return None
    row = chance.choice(known)
    number, told = float(row["obs_value"]), f"{checkout.data}/corrections.yaml"
    kept = checkout.text(told).replace("[]", "").rstrip()
    checkout.write(
        told,
        f"{kept}\n\n- id: c-proof-{chance.randrange(10**6)}\n"
        f"  indicator_id: {row['indicator_id']}\n  edition: {edition}\n"
        f"  time_period: {row['time_period']}\n  scope: {row['scope']}\n"
        f"  action: flag\n  expect: {number:g}\n"
        f"  reason: 与台账不一致，已请部门核对。\n"
        f"  decided_by: {row['submitting_unit']}\n  from_edition: {edition}\n",
    )
    return _of_indicator(checkout, row["indicator_id"])


def baseline(checkout: Checkout, chance: random.Random) -> May | None:
    """Give another value at the start, or the first one of an indicator."""
    name = f"{checkout.data}/baselines.csv"
    columns = ["indicator_id", "time_period", "scope", "obs_value", "source", "note"]
    rows = _table(checkout, name)
    if rows:
        row = chance.choice(rows)
        row["obs_value"] = _nearby(chance, row["obs_value"])
    else:
        indicator, goal = chance.choice(
            [(i, g) for i in checkout.plan.indicators for g in i.goals if g.base_period]
        )
        number = f"{_usual(indicator) * chance.uniform(0.5, 0.9):.{indicator.decimals}f}"
        place = (indicator.id, str(goal.base_period), str(indicator.scope))
        row = dict(zip(columns, (*place, number, "统计公报", ""), strict=True))
        rows = [row | {"from_edition": str(checkout.current)}]
    _write_table(checkout, name, rows)
    return _of_indicator(checkout, row["indicator_id"])


def annual_target(checkout: Checkout, chance: random.Random) -> May | None:
    """Set another target for a year, or the first one."""
    name = f"{checkout.data}/annual_targets.csv"
    rows = _table(checkout, name)
    if rows:
        row = chance.choice(rows)
        row["target_value"] = _nearby(chance, row["target_value"])
    else:
        goal = chance.choice([each for each in checkout.plan.goals if each.base_period])
        year = str(checkout.current.end.year)
        row = {"goal_id": goal.id, "year": year, "target_value": f"{goal.target}"}
        rows = [row | {"source": "年度工作要点", "from_edition": str(checkout.current)}]
    _write_table(checkout, name, rows)
    return _of_goal(checkout, row["goal_id"])


def action(checkout: Checkout, chance: random.Random) -> May | None:
    """Decide that a unit has to act on a goal."""
    plan, edition = checkout.plan, checkout.current
    goal = chance.choice(plan.goals)
    name = f"{checkout.data}/actions.csv"
    columns = "action_id,goal_id,measure_id,alert_rule,task,submitting_unit,due_month,decided_in"
    row = dict.fromkeys(f"{columns},closure,visibility,from_edition".split(","), "")
    row |= {
        "action_id": f"a-proof-{chance.randrange(10**6)}",
        "goal_id": goal.id,
        "task": "查明进度偏慢的原因，提出措施和时间安排。",
        "submitting_unit": plan.unit_of(goal).id,
        "due_month": f"{edition.plus(1).end}",
        "decided_in": "季度调度会",
        "visibility": "internal",
        "from_edition": str(edition),
    }
    _write_table(checkout, name, [*_table(checkout, name), row])
    return _of_goal(checkout, goal.id)


def task(checkout: Checkout, chance: random.Random) -> May | None:
    """Agree on a task of the year for a goal or a measure, which its unit has to do."""
    plan, edition = checkout.plan, checkout.current
    any_of: list[Goal | Measure] = [*plan.goals, *plan.measures]
    about = chance.choice(any_of)
    owner = plan.field_of(plan.indicator_of(about.id) if isinstance(about, Goal) else about)
    name = f"{checkout.data}/tasks.csv"
    columns = "task_id,goal_id,measure_id,task,deliverable,submitting_unit,due_month,decided_in"
    row = dict.fromkeys(f"{columns},dropped,visibility,from_edition".split(","), "")
    row |= {
        "task_id": f"t-proof-{chance.randrange(10**6)}",
        "goal_id" if isinstance(about, Goal) else "measure_id": about.id,
        "task": "完成可行性研究报告并通过评审。",
        "deliverable": "评审意见",
        "submitting_unit": plan.unit_of(about).id,
        "due_month": f"{edition.plus(chance.choice([0, 1])).end}",
        "decided_in": "年度任务分解会",
        "visibility": "internal",
        "from_edition": str(edition),
    }
    _write_table(checkout, name, [*_table(checkout, name), row])
    concerned = [chapter for chapter in plan.chapters if owner in chapter.fields]
    return of_chapters(plan, concerned)


def commentary(checkout: Checkout, chance: random.Random) -> May | None:
    """Write one more sentence of commentary on a chapter."""
    chapter = chance.choice(checkout.plan.chapters)
    name = f"{checkout.data}/commentary/{checkout.current}/{chapter.id}.md"
    unit, day = checkout.plan.units[-1].id, checkout.current.end.last_day + dt.timedelta(days=20)
    text = checkout.text(name) or f"---\nunit: {unit}\ndate: {day}\nvisibility: public\n---\n"
    checkout.write(name, f"{text}\n第{chance.randrange(1000)}稿。\n")
    return of_chapters(checkout.plan, [chapter])


def _usual(indicator: Indicator) -> float:
    """Return a number that an indicator could have."""
    targets = [goal.target for goal in indicator.goals if goal.target and goal.unit is None]
    low, high = indicator.plausible or (0.0, 2 * (targets or [50.0])[0])
    return targets[0] * 0.6 if targets else (low + high) / 4


def _nearby(chance: random.Random, number: str) -> str:
    """Return a number that is a few percent more, with as many digits."""
    decimals = len(number.partition(".")[2])
    more = float(number) * chance.uniform(1.0, 1.03) + 10.0**-decimals
    return f"{more:.{decimals}f}"


def _filed(checkout: Checkout, unit: Unit) -> list[str]:
    """Return what a unit has sent for the current edition, oldest first."""
    names = checkout.names(f"{checkout.data}/submissions/{checkout.current}/{unit.id}-*.xlsx")
    own = [name for name in names if _name(name).unit_id == unit.id]
    return sorted(own, key=lambda name: _name(name).received)


def _name(name: str) -> FiledName:
    return FiledName.parse(name.rpartition("/")[2])


def _workbook(
    checkout: Checkout, unit: Unit, sheet: str
) -> tuple[openpyxl.Workbook, Worksheet | None]:
    """Return the newest workbook of a unit, else a blank one, and a sheet of it."""
    if filed := _filed(checkout, unit):
        data = (checkout.place / filed[-1]).read_bytes()
    else:
        dataset = checkout.workspace.dataset
        data = workbook_bytes(blank_form(checkout.plan, unit.id, checkout.current, dataset))
    book = openpyxl.load_workbook(io.BytesIO(data))
    return book, book[sheet] if sheet in book.sheetnames else None


def _rows(sheet: Worksheet | None) -> list[tuple[int, str]]:
    """Return the numbers, counted from 1, and the ids of a sheet's rows."""
    if sheet is None:
        return []
    rows = ((row, sheet.cell(row, IDS).value) for row in range(FIRST_ROW + 1, sheet.max_row + 1))
    return [(row, id) for row, id in rows if isinstance(id, str)]


def _file(checkout: Checkout, unit: Unit, book: openpyxl.Workbook) -> None:
    """File a workbook as received after all that the unit has sent."""
    buffer = io.BytesIO()
    book.save(buffer)
    data, edition = buffer.getvalue(), checkout.current
    filed = _filed(checkout, unit)
    last = _name(filed[-1]).received if filed else edition.end.last_day + dt.timedelta(days=10)
    name = submission_name(unit.id, last + dt.timedelta(days=1), data)
    checkout.write(f"{checkout.data}/submissions/{edition}/{name}", data)


def _table(checkout: Checkout, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(checkout.text(name))))


def _write_table(checkout: Checkout, name: str, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    checkout.write(name, f"\ufeff{text.getvalue()}")


def _of_indicator(checkout: Checkout, id: str) -> May:
    plan = checkout.plan
    owner = plan.field_of(plan.indicator(id))
    concerned = [chapter for chapter in plan.chapters if owner in chapter.fields]
    return of_chapters(plan, concerned)


def _of_goal(checkout: Checkout, id: str) -> May:
    return _of_indicator(checkout, checkout.plan.indicator_of(id).id)
