"""Seconds to receive many workbooks, beside a loop that only lets pandas read them.

The plan is the largest that `larger` makes, 168 units with the demonstration's goals and forms.
Each unit hands in one workbook after another for the same edition, every one with values of its own
and in order. Ours is the command ``collect receive``: it reads the plan, checks, files and writes
receipts. Both start as a command of their own, from a folder of files; they take turns.
"""

from __future__ import annotations

import datetime as dt
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

from bench_commands import Spent, spend
from demo.copies import copies_of, scenario_of
from demo.forms import Desk, filled, slipped
from demo.inputs import baselines
from larger import TIMES, write_plan
from make_demo import desk
from planbook.collect.form.blank import PriorKnowledge, blank_form
from planbook.collect.form.form import Form
from planbook.collect.form.template import workbook_bytes
from planbook.editions import Opening, Register
from planbook.frames import BASELINES
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.project_folders import find_root

DEMANDED = 5.0  # times as fast
FLAT = 50  # MB by which four times the workbooks may take more
MB = 2**20
_EDITION = Edition.parse("2026-Q3")
_DATASET = f"""\
name: many
title: 大量填报表
demonstration: true
first_edition: {_EDITION}
deadline_days: 20
"""
_PANDAS = """
import sys, warnings
from pathlib import Path
import pandas as pd
warnings.simplefilter("ignore")
for path in sorted(Path(sys.argv[1]).iterdir()):
    pd.read_excel(path, sheet_name=None, engine="openpyxl")
"""


@dataclass(frozen=True)
class Speed:
    """What rounds took: ours and pandas' for all workbooks, ours once for a quarter of them."""

    workbooks: int
    ours: tuple[Spent, ...]
    pandas: tuple[Spent, ...]
    quarter: Spent

    @property
    def ratio(self) -> float:
        """How many times as fast ours is, by the medians of the rounds."""
        medians = (statistics.median(s.seconds for s in each) for each in (self.pandas, self.ours))
        theirs, own = medians
        return theirs / own

    @property
    def growth(self) -> float:
        """Bytes that all workbooks take beyond a quarter of them."""
        return max(spent.peak for spent in self.ours) - self.quarter.peak


def write_project(folder: Path, workbooks: int) -> None:
    """Write a project in which nothing is filed, and beside its data as many workbooks to file."""
    written, plan, data = (
        desk(find_root() / "data/plan"),
        folder / "data/plan",
        folder / "data/many",
    )
    copies = copies_of(written.plan, written.scenario, max(TIMES.values()), variant=0)
    for made in (plan, data, folder / "inbox"):
        made.mkdir(parents=True)
    write_plan(find_root() / "data/plan", plan, copies)
    scenario = scenario_of(written.scenario, copies)
    incidents = scenario.incidents.model_copy(update={"cells": ()})  # nothing mistyped
    scenario = scenario.model_copy(update={"incidents": incidents})
    own = replace(written, plan=load_plan(plan), scenario=scenario)
    (data / "dataset.yaml").write_text(_DATASET, encoding="utf-8", newline="\n")
    began = dt.datetime.combine(_EDITION.end.last_day, dt.time(9), dt.UTC)
    unit = own.plan.units[0].name
    opening = Opening(edition=_EDITION, at=began, by=unit, reason="从这一期起收数")
    (data / "editions.yaml").write_bytes(Register(_EDITION, (opening,)).to_yaml())
    table = BASELINES.to_csv(baselines(own), bom=True)
    (data / "baselines.csv").write_bytes(table)
    with ProcessPoolExecutor() as pool:
        for name, content in pool.map(_workbook, islice(_forms(own), workbooks), chunksize=8):
            (folder / "inbox" / name).write_bytes(content)


def _forms(own: Desk) -> Iterator[tuple[int, Form]]:
    """Yield the forms of all units as first handed in, then as second, and so on."""
    forms = []
    for unit in own.plan.units:
        blank = blank_form(own.plan, unit.id, _EDITION, own.dataset, PriorKnowledge())
        if blank.asks_for_something:
            forms.append(filled(own, blank, own.received_on(_EDITION, unit.id)))
    for number in count():
        for form in forms:
            signed = replace(form.sign_off, compiler=f"示例人员{number}")
            yield number, replace(slipped(form, 1 - number / 1000), sign_off=signed, dataset="many")


def _workbook(numbered: tuple[int, Form]) -> tuple[str, bytes]:
    number, form = numbered
    return f"{number:03}-{form.unit_id}.xlsx", workbook_bytes(form)


def measure(folder: Path, workbooks: int, rounds: int, told: Callable[[str], None]) -> Speed:
    """Receive and read the workbooks in turn, after a first round of a quarter of them."""
    project, quarter = folder / "project", folder / "quarter"
    write_project(project, workbooks)
    quarter.mkdir()
    for path in sorted((project / "inbox").iterdir())[: workbooks // 4]:
        shutil.copy2(path, quarter)
    small = _receive(project, quarter)
    ours, pandas = [], []
    for number in range(rounds):
        ours.append(_receive(project, project / "inbox"))
        pandas.append(spend([sys.executable, "-c", _PANDAS, str(project / "inbox")], project))
        told(f"第{number + 1}轮：{ours[-1].seconds:.1f} 秒，pandas {pandas[-1].seconds:.1f} 秒")
    return Speed(workbooks, tuple(ours), tuple(pandas), small)


def _receive(project: Path, inbox: Path) -> Spent:
    """File the workbooks of a folder where none is filed."""
    shutil.rmtree(project / "data/many/submissions", ignore_errors=True)
    command = [sys.executable, "-m", "planbook", "collect", "receive", str(inbox)]
    return spend([*command, "--edition", str(_EDITION)], project)


def lines(speed: Speed) -> list[str]:
    """Return what was measured, beside what is demanded."""
    seconds = [statistics.median(s.seconds for s in each) for each in (speed.ours, speed.pandas)]
    cpu = [statistics.median(s.cpu for s in each) for each in (speed.ours, speed.pandas)]
    peak = max(spent.peak for spent in speed.ours)
    held = "符合" if speed.ratio >= DEMANDED else "不足"
    flat = "符合" if speed.growth <= FLAT * MB else "超过"
    return [
        f"收取 {speed.workbooks} 份填报表：{seconds[0]:.2f} 秒（CPU {cpu[0]:.2f} 秒）",
        f"pandas 逐份读取，不作核对：{seconds[1]:.2f} 秒（CPU {cpu[1]:.2f} 秒）",
        f"快 {speed.ratio:.1f} 倍；要求 {DEMANDED:.0f} 倍：{held}",
        f"内存最多 {peak / MB:.0f} MB，只收四分之一时 {speed.quarter.peak / MB:.0f} MB；"
        f"要求多占不超过 {FLAT} MB：{flat}",
    ]
