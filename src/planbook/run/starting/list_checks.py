"""A spreadsheet's bytes become a plan without a mistake, or every problem in its own words.

The plan's own rules speak of files and keys; here their problems are told by sheet, row and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from planbook.errors import Problem, ProblemsFound
from planbook.plan import Plan, load_plan
from planbook.project_folders import plan_folder
from planbook.run.starting.list_reader import Entry, Listed, read_list
from planbook.run.starting.listed_baselines import baseline_problems
from planbook.run.starting.listed_plan import NewPlan, plan_of
from planbook.run.starting.plan_writer import write_plan
from planbook.run.starting.second_look import further_problems
from planbook.run.starting.stand_ins import DATES

_COLUMNS = {  # keys of the plan's files that a column of another name was made into
    "since": "base_period",
    "reported_in": "reported",
    "every_years": "frequency",
    "accumulation": "kind",
    "name": "name",
}
_WORDS = {  # how the plan's files are spoken of, and how the spreadsheet is
    "plan.yaml 的 scopes": "「口径」表",
    "comparator: '<='": "怎样算达到「不高于」",
    "comparator: '>='": "怎样算达到「达到或以上」",
    "direction: down": "方向「越低越好」",
    "kind: level_at_end": "目标类型「期末水平」",
    "frequency: annual": "多久有一个数「每年」",
    "accumulation: status": "由人评定的指标",
    "accumulation: since_start": "累计新增的指标",
    "accumulation: ytd": "年初累计的指标",
    "kind: cumulative": "目标类型「累计新增」",
    "fiscal_year_begins": "年度从几月开始",
    "scope_break": "区划调整",
    "since_break": "调整后才有",
    "scopes": "「口径」表",
    "first_edition": "第一期",
    "submitting_unit": "填报单位",
    "target_high": "区间上限",
    "base_period": "基期",
    "value_year": "有数的年份",
    "every_years": "多久有一个数",
    "reported_in": "年度数何时报",
    "lag_months": "晚几个月",
    "comparator": "怎样算达到",
    "units.yaml": "「单位」表",
    "plan.yaml": "「方案」表",
    "frequency": "多久有一个数",
    "direction": "方向",
    "cycle": "多久出一期",
    "rated_by": "进度比",
    "range": "「区间」",
    "target:": "目标值",
    "target": "目标值",
    "start": "起点",
    "since": "基期",
    "kind": "目标类型",
    "unit": "计量单位",
    "due": "到期",
    "<=": "「不高于」",
}
_SPOKEN = re.compile(
    rf" ?(?<![A-Za-z_-])({'|'.join(re.escape(word) for word in _WORDS)})(?![A-Za-z_-]) ?"
)
_QUOTED_TWICE = re.compile(r"「「([^「」]+)」」")
_INDEX = re.compile(r"(.*)(?:\.|: )([a-z_]+)(?:\[\d+\])?")


def checked_list(data: bytes, file: str) -> tuple[NewPlan, Plan]:
    """Return the plan that a spreadsheet holds, as files and loaded.

    Raises
    ------
    ProblemsFound
        With all that is wrong, each by sheet, cell and column.
    """
    listed, problems = read_list(data, file)
    if listed is None:
        raise ProblemsFound("目标清单", problems)
    again = deepcopy(listed)
    made, plan, found = _checked(listed, years=1)
    if not listed.about.wrong.isdisjoint(DATES):  # others stand in, and what follows is not told
        *_, same = _checked(again, years=2)
        found = [problem for problem in found if problem in same]
    problems += found
    problems += further_problems(listed, lambda mended, way: _checked(mended, years=way)[2])
    if problems or plan is None:
        raise ProblemsFound("目标清单", dict.fromkeys(problems))
    return made, plan


def _checked(listed: Listed, *, years: int) -> tuple[NewPlan, Plan | None, list[Problem]]:
    """Return the plan and what is wrong with it; `years` as of `plan_of`.

    Of a plan that cannot be loaded the rows that are sound are looked at by themselves, so that no
    mistake hides a doubtful baseline.
    """
    made, problems = plan_of(listed, years=years)
    plan, found = _loaded(made)
    problems += found
    sound, whole = made, plan
    if plan is None:
        sound, _ = plan_of(listed, years=years)
        whole, _ = _loaded(sound)
    if whole is not None:
        problems += map(_in_words_of_the_list, baseline_problems(sound, whole))
    return made, plan, problems


def _loaded(made: NewPlan) -> tuple[Plan | None, list[Problem]]:
    """Return the plan, or what is wrong by its cells, whose entries are wrong from then on."""
    if not made.files["plan.yaml"]["chapters"]:
        return None, []
    with TemporaryDirectory(prefix="planbook-") as folder:
        place = plan_folder(Path(folder))
        write_plan(made, place)
        try:
            return load_plan(place), []
        except ProblemsFound as wrong:
            told = list(_of_cells(wrong.problems, made))
            for problem in wrong.problems:
                _give_up(problem, made)
            return None, told


def _of_cells(problems: Iterable[Problem], made: NewPlan) -> Iterator[Problem]:
    """Yield problems of the plan's files as problems of the spreadsheet.

    What follows from a cell whose problem is told already is left out.
    """
    about = made.places["plan.yaml"]
    for problem in problems:
        entry, key = _entry(_place(problem), made)
        if entry is None:
            yield problem
            continue
        if _by_the_start(entry, key):
            if "due" in entry.values:  # which itself is not after the start
                continue
            entry, key = about, "start"
        if not (key in entry.wrong if entry is about else entry.wrong):
            yield _in_words_of_the_list(replace(problem, where=entry.where(key)))


def _by_the_start(entry: Entry, key: str) -> bool:
    """Whether a problem is about a row's base and that is the plan's start."""
    return key == "base_period" and key not in entry.values


def _give_up(problem: Problem, made: NewPlan) -> None:
    """Take a problem's row for wrong; of dates that do not fit each other the start."""
    about = made.places["plan.yaml"]
    entry, key = _entry(_place(problem), made)
    if entry is about or (entry is not None and _by_the_start(entry, key)):
        if key in (*DATES, "base_period"):
            about.wrong.add("start")
            about.values.pop("start", None)
    elif entry is not None:
        entry.wrong.add(key)


def _place(problem: Problem) -> str:
    return problem.where.removeprefix("data/plan/")


def _entry(place: str, made: NewPlan) -> tuple[Entry | None, str]:
    """Return the entry that a place came from, and the column, as far as they can be told."""
    key = ""
    while place not in made.places:
        match = _INDEX.fullmatch(place)
        if match is None:
            file = place.partition(":")[0]
            return made.places.get(file), key
        place, key = match[1], match[2]
    entry = made.places[place]
    key = _COLUMNS.get(key, key)
    return entry, key if key in entry.cells else ""


def _in_words_of_the_list(problem: Problem) -> Problem:
    return replace(problem, what=_spoken(problem.what), fix=_spoken(problem.fix))


def _spoken(text: str) -> str:
    spoken = _SPOKEN.sub(lambda match: _WORDS[match[1]], text)
    return _QUOTED_TWICE.sub(r"「\1」", spoken)  # a key in quotes whose word has its own
