"""The whole demonstration dataset as bytes, file by file, without touching the disk."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from demo.forms import Desk, filled, slipped
from demo.inputs import action_decisions, annual_targets, assessments, baselines
from demo.projects import Reserve, with_projects
from demo.remembered import (
    remembered_replies,
    remembered_statuses,
    remembered_tasks,
    remembered_values,
)
from demo.scenario import FOLDER
from demo.yearly_tasks import agreed_tasks, task_decisions, with_tasks
from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.template import workbook_bytes
from planbook.editions import Opening, Register
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS, BASELINES, ObservationRow, StatusReportRow
from planbook.periods import Edition
from planbook.task_frames import TASK_DECISIONS, TaskReportRow
from planbook.watch_frames import ACTION_DECISIONS, ActionReplyRow

WRITTEN = FOLDER / "files"  # texts that go into the dataset as they are
EARLIER_DAYS = 2  # a workbook sent twice came first this many days before

Files = dict[str, bytes]


def dataset_files(desk: Desk) -> Files:
    """Return every file of the dataset by its path below ``data/demo``."""
    files = read_tree(WRITTEN)
    files["baselines.csv"] = BASELINES.to_csv(baselines(desk), bom=True)
    files["annual_targets.csv"] = ANNUAL_TARGETS.to_csv(annual_targets(desk), bom=True)
    files["assessments.csv"] = ASSESSMENTS.to_csv(assessments(desk), bom=True)
    files["actions.csv"] = ACTION_DECISIONS.to_csv(action_decisions(desk), bom=True)
    files["tasks.csv"] = TASK_DECISIONS.to_csv(task_decisions(desk), bom=True)
    files["editions.yaml"] = _register(desk).to_yaml()
    files.update(_submissions(desk))
    return files


def _register(desk: Desk) -> Register:
    """Return the register: the last edition is being made, those before it were not published."""
    editions = desk.scenario.editions
    began = dt.datetime.combine(editions.last.plus(-1).end.last_day, dt.time(9), dt.UTC)
    unit = desk.plan.units[0].name
    opening = Opening(edition=editions.last, at=began, by=unit, reason="示例数据从这一期起发布")
    return Register(editions.first, (opening,))


def _submissions(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Yield every workbook; what one edition says is what the next one's forms show as known."""
    values: list[ObservationRow] = []
    statuses: list[StatusReportRow] = []
    replies: list[ActionReplyRow] = []
    reports: list[TaskReportRow] = []
    base, targets = BASELINES.rows(baselines(desk)), ANNUAL_TARGETS.rows(annual_targets(desk))
    incidents, decided = desk.scenario.incidents, ACTION_DECISIONS.rows(action_decisions(desk))
    reserve = Reserve(desk)
    agreed, tasks = TASK_DECISIONS.rows(task_decisions(desk)), agreed_tasks(desk)
    editions = desk.scenario.editions
    for edition in desk.plan.cycle.rounds(editions.first, editions.last):
        known = tuple(row for row in decided if _is_in_forms(desk, row.from_edition, edition))
        prior = PriorKnowledge(
            tuple(values),
            base,
            targets,
            tuple(statuses),
            action_decisions=known,
            action_replies=tuple(replies),
            task_decisions=tuple(row for row in agreed if row.from_edition < edition),
            task_reports=tuple(reports),
            project_reports=reserve.reports,
        )
        for unit in desk.plan.units:
            if any((f.edition, f.unit) == (edition, unit.id) for f in incidents.absent):
                continue
            received = desk.received_on(edition, unit.id)
            blank = blank_form(desk.plan, unit.id, edition, desk.dataset, prior)
            if not blank.asks_for_something:
                continue
            form = with_projects(desk, filled(desk, with_tasks(desk, blank, tasks), received))
            values += remembered_values(desk, form)
            statuses += remembered_statuses(form)
            replies += remembered_replies(form)
            reports += remembered_tasks(form)
            for filing in incidents.sent_twice:
                if (filing.edition, filing.unit) == (edition, unit.id):
                    earlier = received - dt.timedelta(days=EARLIER_DAYS)
                    yield _filed(
                        edition, unit.id, earlier, workbook_bytes(slipped(form, filing.slip))
                    )
            data = workbook_bytes(form)
            reserve.take(form, data, received)
            yield _filed(edition, unit.id, received, data)


def _is_in_forms(desk: Desk, since: Edition, edition: Edition) -> bool:
    """Whether what was decided has reached an edition's forms; of a month it is in its own."""
    return since < edition or (since == edition and desk.plan.cycle.is_flash(since))


def _filed(edition: Edition, unit_id: str, received: dt.date, data: bytes) -> tuple[str, bytes]:
    return f"submissions/{edition}/{submission_name(unit_id, received, data)}", data


def read_tree(folder: Path) -> Files:
    """Return the files below a folder by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(made: Mapping[str, bytes], found: Mapping[str, bytes]) -> list[str]:
    """Return the paths that one side lacks or where the contents differ.

    Workbooks are compared by what is in them: another version of zlib packs the same workbook into
    other bytes, and with them changes the end of its name.
    """
    left = {_stem(path): _content(path, data) for path, data in made.items()}
    right = {_stem(path): _content(path, data) for path, data in found.items()}
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


def _stem(path: str) -> str:
    return re.sub(r"-[0-9a-f]{8}\.xlsx$", ".xlsx", path)


def _content(path: str, data: bytes) -> bytes | dict[str, bytes]:
    if not path.endswith(".xlsx"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
