"""Read ``corrections.yaml``: what people decided to do with a reported value that is wrong.

A correction never touches a workbook. It names the value by edition, indicator (or measure) and
period, says what it `expect`s to find there, and from which edition's book it holds.
`planbook.facts` applies it, and refuses to once the department has sent something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from planbook.collect.decided.declared_correction import Correction
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_sizes import CONFIRM, impossible, is_confirmed, value_doubt
from planbook.collect.decided.yaml_records import other_cycle, read_records, stranger
from planbook.collect.personal import personal_problem
from planbook.collect.read.submission import ReportedValue
from planbook.collect.written_numbers import shown
from planbook.errors import Problem
from planbook.plan import Indicator, Measure, Plan
from planbook.vocabulary import STATUSES, ObsStatus
from planbook.yamlfile import place

_ABSENT = (ObsStatus.REFUSED.label, ObsStatus.NOT_SENT.label, ObsStatus.NOT_APPLICABLE.label)


def read_corrections(path: Path, plan: Plan, fixed: Fixed | None = None) -> tuple[Correction, ...]:
    """Read the declared corrections, in the file's order; without a file there are none.

    Parameters
    ----------
    fixed
        What was published and must not change.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    taken: set[str] = set()

    def check(correction: Correction, where: str) -> list[Problem]:
        problems = _misfits(correction, plan, where)
        if correction.id in taken:
            problems.append(Problem(f"编号「{correction.id}」重复", where, "换一个编号"))
        taken.add(correction.id)
        return problems

    none = "每条更正以「- 」开头；没有更正时写 []"
    return read_records(path, Correction, check, none, fixed=fixed, key=lambda c: c.id)


def doubtful_corrections(
    corrections: Iterable[Correction], plan: Plan, reported: Iterable[ReportedValue]
) -> list[Problem]:
    """Return which values put in by corrections are doubtful, as a reported one would be.

    Parameters
    ----------
    reported
        What departments reported; other periods' values are what a corrected one is held against.
    """
    known: dict[tuple[str, str], list[ReportedValue]] = defaultdict(list)
    for row in reported:
        known[row.indicator_id, row.scope].append(row)
    problems = []
    for correction in corrections:
        if not isinstance(correction.value, float) or correction.time_period is None:
            continue  # of a measure, or of a project: `compare.project_corrections` asks
        indicator, period = plan.indicator(correction.about), correction.time_period
        others = known[indicator.id, correction.scope or indicator.scope]
        others = [row for row in others if row.period != period]
        never = impossible(indicator, correction.value)
        doubt = never or value_doubt(plan, indicator, period, correction.value, others)
        if doubt and (never or not is_confirmed(correction.value, correction.confirmed)):
            fix = "核对数值和单位" if never else CONFIRM
            problems.append(Problem(doubt, f"corrections.yaml「{correction.id}」value", fix))
    return problems


def _misfits(correction: Correction, plan: Plan, where: str) -> list[Problem]:
    """Return what does not fit the plan: unknown ids, a status or number in the wrong place."""
    problems = personal_problem(correction.reason, place(where, ("reason",)), plan.about.telephones)
    problems += stranger(correction.decided_by, plan, where, "decided_by")
    problems += other_cycle(correction, plan, where)
    if correction.project_id is not None:
        return problems + _of_amount(correction, where)
    owner: Indicator | Measure
    try:
        if correction.indicator_id is not None:
            owner = plan.indicator(correction.indicator_id)
        else:
            owner = plan.measure(correction.about)
    except KeyError:
        what = f"方案中没有「{correction.about}」"
        problems.append(Problem(what, where, "核对 indicator_id 或 measure_id"))
        return problems
    if correction.scope not in (None, *plan.about.scope_codes):
        fix = f"改为：{'、'.join(plan.about.scope_codes)}"
        what = f"没有「{correction.scope}」这一口径"
        problems.append(Problem(what, place(where, ("scope",)), fix))
    for key in ("expect", "value"):
        entry: float | str | None = getattr(correction, key)
        if isinstance(owner, Measure):
            allowed = [status.value for status in STATUSES[owner.pattern]]
        else:
            allowed = list(_ABSENT) if key == "expect" else []
        if entry is None or entry in allowed:
            continue
        if isinstance(owner, Measure) or isinstance(entry, str):
            words = "、".join(allowed)
            fits = words if isinstance(owner, Measure) else "、".join(["数值", *allowed])
            problems.append(Problem(f"「{entry}」不可用", place(where, (key,)), f"改为：{fits}"))
    return problems


def _of_amount(correction: Correction, where: str) -> list[Problem]:
    """Return what cannot be an amount of a project, or what was received of one."""
    none = ObsStatus.NOT_SENT.label
    allowed = {"expect": ("数值", none), "value": ("数值",)}
    problems = []
    for key, fits in allowed.items():
        entry: float | str | None = getattr(correction, key)
        if isinstance(entry, str) and entry not in fits[1:]:
            fix = f"改为：{'、'.join(fits)}"
            problems.append(Problem(f"「{entry}」不可用", place(where, (key,)), fix))
    if isinstance(correction.value, float) and correction.value < 0:
        what = f"「{shown(correction.value)}」：投资额不能为负"
        problems.append(Problem(what, place(where, ("value",)), "核对数值"))
    return problems
