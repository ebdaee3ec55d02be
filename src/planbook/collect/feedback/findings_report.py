"""What `check` and `receive` say about workbooks: for people at a console, and as JSON.

The JSON is a contract: other programs read it, so keys are added to it, never renamed or dropped.
Nobody's name or telephone number is in either, unless somebody typed it into a table cell.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import Any

from planbook.collect.decided.task_decisions import proposal_id
from planbook.collect.inbox.checking import Checked
from planbook.collect.inbox.receive import Outcome, Received
from planbook.collect.read.submission import Submission
from planbook.collect.rules import expected_label, title_of
from planbook.errors import Finding
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import SelectionAction, Severity

FORMAT = "planbook-check/1"
_LONGEST = 200  # characters of a cell's text that are shown


def printable(text: str) -> str:
    """Return a text on one line, without what could move a console's cursor or turn its writing."""
    if text.isprintable():  # nothing of these is in it, and of blanks only the plain one
        return text.strip()
    return "".join(
        " " if c.isspace() else "�" if unicodedata.category(c).startswith("C") else c for c in text
    ).strip()


def _short(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def summary(checked: Checked, plan: Plan) -> str:
    """Return one line: which file, whose it is, how much is wrong."""
    if checked.passed_over:
        return f"{printable(checked.file)}：{checked.passed_over}"
    errors, warnings = checked.count(Severity.ERROR), checked.count(Severity.WARNING)
    whose = "未能识别填报单位"
    if checked.unit_id and checked.edition is not None:
        whose = f"{plan.unit(checked.unit_id).name}，{checked.edition}"
    found = f"错误 {errors} 处，提示 {warnings} 处" if errors or warnings else "未发现问题"
    return f"{printable(checked.file)}：{whose}。{found}"


def finding_text(finding: Finding) -> str:
    """Return a finding in the order in which one looks for it: what, where, and what to do."""
    place = [finding.file]
    if finding.sheet:
        place.append(f"工作表「{finding.sheet}」{finding.cell}".rstrip())
    if finding.indicator_id:
        place.append(finding.indicator_id)
    lines = [
        f"[{finding.severity.label}] {title_of(finding.rule)}（{finding.rule}）",
        f"  {_short(finding.message)}",
        f"  位置：{printable('，'.join(place))}",
    ]
    if finding.observed:
        lines.append(f"  实际：{_short(finding.observed)}")
    if finding.expected:
        lines.append(f"  {expected_label(finding.rule)}：{_short(finding.expected)}")
    lines.append(f"  处理：{printable(finding.remedy)}")
    return "\n".join(lines)


def check_text(checked: Checked, plan: Plan) -> str:
    """Return the summary, what was read of projects, and every finding, errors first."""
    errors_first = sorted(checked.findings, key=lambda f: f.severity is not Severity.ERROR)
    return "\n".join(
        [summary(checked, plan), *_projects_read(checked), *map(finding_text, errors_first)]
    )


def _projects_read(checked: Checked) -> Iterator[str]:
    """Yield how many projects a workbook tells of, if it does."""
    projects = () if checked.submission is None else checked.submission.projects
    told = [project for project in projects if project.stage is not None]
    new = sum(project.is_new for project in told)
    if told:
        yield f"  重点项目 {len(told)} 个" + (f"（新增 {new} 个）" if new else "")


def proposals_text(submission: Submission, decisions: Sequence[TaskDecisionRow], plan: Plan) -> str:
    """Return how many tasks a workbook proposes that wait to be decided; empty for none.

    Of those that were decided before it is said which way: a unit may propose again what was
    declined, and nobody would learn of it.
    """
    decided = {
        row.task_id: bool(row.dropped) for row in sorted(decisions, key=attrgetter("from_edition"))
    }
    same = {(row.goal_id, row.measure_id, row.task): row.task_id for row in decisions}
    waiting, agreed, over = 0, 0, []
    for told in submission.proposals:
        id = same.get(
            (told.goal_id, told.measure_id, told.task),
            proposal_id(plan, submission.unit_id, told),
        )
        if id not in decided:
            waiting += 1
        elif decided[id]:
            over.append(told.task)
        else:
            agreed += 1
    said = [f"待核定 {waiting} 项（用 collect tasks 查看）"] if waiting else []
    said += [f"此前已核定 {agreed} 项"] if agreed else []
    if over:
        named = "、".join(f"「{_short(task)}」" for task in over)
        said.append(f"此前不予核定或已取消 {len(over)} 项，不再列出：{named}")
    proposed = len(submission.proposals)
    return f"  提出年度任务 {proposed} 项：{'，'.join(said)}" if said else ""


def outcome_text(done: Received) -> str:
    """Say in a sentence what became of a workbook."""
    return printable(_outcome(done))


def _outcome(done: Received) -> str:
    match done.outcome:
        case Outcome.SKIPPED if done.refusal is not None:
            day, errors = done.refusal.received_on, done.refusal.errors
            return (
                f"跳过：{day} 已退回（错误 {errors} 处），该单位此后已报来 {done.counts}，"
                "不再处理；可从收件文件夹中移走"
            )
        case Outcome.SKIPPED:
            return (
                f"跳过：{done.checked.passed_over}，不收取。"
                "部门的更正请报送原表，或改好后删去「核对意见」表再报"
            )
        case Outcome.REFUSED:
            more = "；确需先收的，加 --accept-errors" if done.checked.is_usable else ""
            since = f"。仍采用此前收到的 {done.counts}" if done.counts else ""
            return f"未收取：请部门改正错误后重新报送{more}{since}"
    said = f"{done.outcome}：{done.checked.dataset}/{done.file}"
    if done.outcome is Outcome.KNOWN:
        said += "，内容相同，未作任何改动"
    elif done.superseded and done.counts == done.file:
        said += f"，取代 {'、'.join(done.superseded)}（保留）"
    if done.aside is not None:
        withdrawn = done.aside.action is SelectionAction.WITHDRAW
        why = "撤回" if withdrawn else f"改用 {done.aside.file}"
        again = "需要恢复的，运行 python -m planbook collect choose"
        return f"{said}。注意：{done.aside.on} 已{why}，这份不采用；{again}"
    if done.counts != done.file:
        said += f"。注意：本期采用的是后收到的 {done.counts}"
    return said


def check_json(results: Iterable[Checked], aside: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return the findings of several workbooks as one JSON document in UTF-8.

    Each is taken once, and only what is said of it is kept. `aside` are the entries of folders that
    were not looked at, each with the reason.
    """
    files = [_file(checked) for checked in results]
    document = {
        "format": FORMAT,
        "files": files,
        "errors": sum(file["errors"] for file in files),
        "warnings": sum(file["warnings"] for file in files),
        "not_looked_at": [{"file": name, "reason": why} for name, why in aside],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _file(checked: Checked) -> dict[str, Any]:
    submission = checked.submission
    return {
        "file": checked.file,
        "sha256": checked.sha256,
        "dataset": checked.dataset,
        "edition": str(submission.edition) if submission else "",
        "submitting_unit": submission.unit_id if submission else "",
        "passed_over": checked.passed_over,
        "usable": checked.is_usable,
        "acceptable": checked.is_acceptable,
        "errors": checked.count(Severity.ERROR),
        "warnings": checked.count(Severity.WARNING),
        "findings": [_finding(finding) for finding in checked.findings],
    }


def _finding(finding: Finding) -> dict[str, str]:
    severity = finding.severity.value
    return {**asdict(finding), "severity": severity, "title": title_of(finding.rule)}
