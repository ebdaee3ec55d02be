"""The baselines of a spreadsheet as the file that a project holds, checked as that file is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from planbook.collect.decided.csv_inputs import BASELINES_FILE, read_baselines
from planbook.collect.written_numbers import shown
from planbook.errors import Problem, ProblemsFound
from planbook.frames import BASELINES
from planbook.plan import Plan
from planbook.run.starting.listed_plan import NewPlan
from planbook.spreadsheet_texts import guarded

_LINE = re.compile(rf"{re.escape(BASELINES_FILE)} 第 (\d+) 行(?:「(\w+)」列)?")


def baselines_csv(made: NewPlan, plan: Plan) -> bytes:
    """Return ``baselines.csv``, known from the plan's first edition on."""
    return csv_bytes([[*BASELINES.columns], *_rows(made, plan)])


def csv_bytes(rows: Iterable[list[str]]) -> bytes:
    """Return rows as a file that spreadsheets open with their letters right."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(guarded, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def baseline_problems(made: NewPlan, plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong or doubtful in the baselines, each by its cell of the spreadsheet."""
    with TemporaryDirectory(prefix="planbook-") as folder:
        path = Path(folder, BASELINES_FILE)
        path.write_bytes(baselines_csv(made, plan))
        try:
            read_baselines(path, plan)
        except ProblemsFound as found:
            yield from (_of_cell(problem, made) for problem in found.problems)


def _rows(made: NewPlan, plan: Plan) -> Iterator[list[str]]:
    first = str(plan.about.first_edition)
    for indicator, month, value, entry in made.baselines:
        source = entry.get("baseline_source")
        scope = plan.indicator(indicator).scope
        yield [indicator, month, scope, shown(value), source, "", first]


def _of_cell(problem: Problem, made: NewPlan) -> Problem:
    line = _LINE.match(problem.where)
    if line is None:
        return problem
    *_, entry = made.baselines[int(line[1]) - 2]  # below the headings, counted from 1
    key = "baseline_source" if line[2] == "source" else "baseline"
    fix = problem.fix
    if "confirmed" in fix:
        fix = (
            "核对后改正；确实如此的，这里先不填，建成以后写入 baselines.csv，"
            "并在 confirmed 列写明原因"
        )
    return Problem(problem.what, entry.where(key), fix)
