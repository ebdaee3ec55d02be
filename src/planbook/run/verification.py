"""What ``verify`` does: hold what was published against the register, every byte and number.

Nothing is changed. What differs is told as problems: on the sites, in the frozen archives, among
the workbooks listed, and in verdicts that today's rules no longer give.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import click
import pandas as pd

from planbook.assess.method import changes_since
from planbook.contract import Contract
from planbook.editions import EditionState, Publishing
from planbook.errors import Problem, ProblemsFound, UsageError
from planbook.frames import HISTORY, VERDICTS
from planbook.frozen import TABLES, unpacked
from planbook.made_of import sha256
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.publish.acts import Site
from planbook.publish.entries import EntryState
from planbook.run.freezing import frozen_workspace
from planbook.run.known_sites import Known, address, reachable, sites_of
from planbook.run.opening import open_workspace
from planbook.run.pipeline import compute
from planbook.run.publication import edition_of
from planbook.workspace import Workspace

_SHOWN = 3  # columns named of a goal that differs
_RELATIVE = 1e-9  # a number is the same if libraries differ in its last digits only
_ON_SITE = {  # a correction may come to one site later, or not at all
    EditionState.PUBLISHED: {EntryState.PUBLISHED},
    EditionState.CORRECTED: {EntryState.CORRECTED, EntryState.PUBLISHED},
    EditionState.WITHDRAWN: {EntryState.WITHDRAWN},
    EditionState.PURGED: {EntryState.PURGED},
}
_OF_EARLIER = ("previous_rating",)  # what a verdict says of the edition before
_INTERRUPTED = (
    "发布被打断的，再运行一次同样的 python -m planbook publish add；记录丢失的，从备份恢复"
)
_CATCH_UP = {
    EditionState.WITHDRAWN: "再运行一次同样的 python -m planbook publish withdraw",
    EditionState.PURGED: "再运行一次同样的 python -m planbook publish purge",
}


def verify(*, dataset: str, edition: str | None, to: str | None, numbers: bool) -> None:
    """Tell all that is not as it was published; leave with code 1 if anything is."""
    workspace, plan = open_workspace(dataset)
    register = workspace.editions
    chosen = edition_of(edition) if edition is not None else None
    if chosen is not None and not register.is_published(chosen):
        known = "、".join(map(str, register.published)) or "无"
        raise UsageError(f"{chosen} 没有发布过。已发布的：{known}")
    editions = register.published if chosen is None else (chosen,)
    kept = [e for e in editions if register.state(e) is not EditionState.PURGED]
    only = address(to, workspace.root) if to else None
    problems = list(site_problems(workspace, plan, chosen, only))
    broken = {e: list(kept_problems(workspace, e)) for e in kept}
    problems += [problem for found in broken.values() for problem in found]
    problems += archives_unknown(workspace)
    if numbers:
        for each in (e for e in kept if not broken[e]):
            found, explained = number_problems(workspace, each)
            problems += found
            for line in explained:
                click.echo(line)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        click.echo(f"核对发现 {len(problems)} 处不符")
        sys.exit(1)
    if not editions:
        click.echo("还没有发布过任何一期，没有可核对的")
        return
    counted = "、".join(map(str, editions))
    also = "，重新计算的结果一致或有说明" if numbers and kept else ""
    click.echo(f"核对无误：{counted}，站点和封存的每个字节与发布时相同{also}")


def site_problems(
    workspace: Workspace, plan: Plan, edition: Edition | None, only: str | None
) -> Iterator[Problem]:
    """Yield what differs on the sites, and which of them nobody can reach."""
    sites = sites_of(workspace.editions, edition, only)
    if only is not None and not sites:
        if sites_of(workspace.editions, None, only):
            its = "、".join(site.to for site in sites_of(workspace.editions, edition))
            raise UsageError(f"{edition} 没有发布到 {only}。它所在的站点：{its}")
        known = "、".join(site.to for site in sites_of(workspace.editions)) or "无"
        raise UsageError(f"发布记录中没有站点 {only}。现有：{known}")
    there, failed = reachable(workspace, plan, sites)
    for error in failed:
        yield from error.problems
    for known_site, site in there:
        yield from site.verify(edition, _manifests(workspace, known_site))
        yield from _unlike_register(workspace, known_site, site, edition)


def kept_problems(workspace: Workspace, edition: Edition) -> Iterator[Problem]:
    """Yield what is wrong with what is kept of an edition here: its archive, its workbooks."""
    act = workspace.editions.publishing(edition)
    try:
        verdicts = unpacked(workspace, edition) / TABLES / f"{VERDICTS.name}.csv"
        if sha256(verdicts.read_bytes()) != act.verdicts:
            fix = "从备份恢复 editions.yaml 和 frozen 文件夹"
            where = f"frozen/{edition}.tar.gz：{TABLES}/{verdicts.name}"
            yield Problem(f"{edition} 封存的结果与发布记录中登记的不同", where, fix)
    except ProblemsFound as error:
        yield from error.problems
    for path, sha in act.submissions.items():
        file = workspace.submissions / path
        where = file.relative_to(workspace.root).as_posix()
        fix = "从备份恢复这份填报表；归档的填报表不能改动、移动或删除"
        if not file.is_file():
            yield Problem(f"{edition} 采用的填报表不见了", where, fix)
        elif sha256(file.read_bytes()) != sha:
            yield Problem(f"{edition} 采用的填报表与发布时不同", where, fix)


def archives_unknown(workspace: Workspace) -> Iterator[Problem]:
    """Yield frozen archives that should not be there: of no edition on record, or of a purged one.

    So it is noticed that the register lost its last acts, which no checksum in it can tell.
    """
    register = workspace.editions
    for path in sorted(workspace.frozen.glob("*.tar.gz")):
        name, where = path.name.removesuffix(".tar.gz"), path.relative_to(workspace.root).as_posix()
        try:
            edition = Edition.parse(name)
        except ValueError:
            continue
        if not register.is_published(edition):
            fix = f"{_INTERRUPTED} editions.yaml"
            yield Problem(f"有 {edition} 发布时的存档，发布记录中没有这一期", where, fix)
        elif register.state(edition) is EditionState.PURGED:
            fix = _CATCH_UP[EditionState.PURGED]
            yield Problem(f"{edition} 已清除，封存的数据还在", where, fix)


def number_problems(workspace: Workspace, edition: Edition) -> tuple[list[Problem], list[str]]:
    """Judge an edition again from its frozen inputs, and hold that against what was published.

    Returned are the differences that nothing explains, and lines on those that a named change of
    the rules does, or that the edition before it, with whose verdicts it was made, was purged, or
    that workbooks of a purged one were deleted.
    """
    then, plan = frozen_workspace(workspace, edition)
    act = workspace.editions.publishing(edition)
    try:
        now = compute(then, plan, edition, act.released)
    except ProblemsFound as error:
        return list(error.problems), []
    folder = unpacked(workspace, edition) / TABLES

    def told_but(but: Collection[str] = ()) -> list[str]:
        found = list(differences(_published(folder, VERDICTS), now.verdicts, but))
        before = _published(folder, HISTORY)
        return [*found, *_history_differences(workspace, before, now.history, but)]

    told = told_but()
    gone = workspace.editions.purged_since(edition)
    if told and gone:
        unlike = told_but(_OF_EARLIER)
        if not unlike:
            why = "、".join(map(str, gone))
            return [], [
                f"{edition} {line}（发布以后清除了 {why}，不能再与之对照）" for line in told
            ]
        told = unlike
    lost = {
        e
        for path, e in workspace.editions.given_up_workbooks.items()
        if e <= edition and not (workspace.submissions / path).is_file()
    }
    if told and lost:
        why = "、".join(map(str, sorted(lost)))
        return [], [
            f"{edition} {line}（{why} 已清除，其填报表已删除，不能再由它重新计算）" for line in told
        ]
    changes = tuple(changes_since(act.method))
    if told and changes:
        why = "；".join(f"{change.number} {change.said}" for change in changes)
        return [], [f"{edition} {line}（方法变化：{why}）" for line in told]
    fix = (
        "封存的结果被人改过的，从备份恢复；程序改变了评定规则的，在 planbook/assess/method.py 登记"
    )
    where = f"{act.edition}：{VERDICTS.name}、{HISTORY.name}"
    return [Problem(f"重新计算的结果不同：{line}", where, fix) for line in told], []


def _history_differences(
    workspace: Workspace, then: pd.DataFrame, now: pd.DataFrame, but: Collection[str]
) -> Iterator[str]:
    """Yield the differences in what an edition tells of those before it, which later ones repeat.

    What was purged is told by the older archives only.
    """
    register = workspace.editions
    for text in sorted({*then["edition"], *now["edition"]}):
        if register.state(Edition.parse(text)) is EditionState.PURGED:
            continue
        old, new = (table[table["edition"] == text] for table in (then, now))
        yield from (f"{text} {line}" for line in differences(old, new, but))


def differences(then: pd.DataFrame, now: pd.DataFrame, but: Collection[str] = ()) -> Iterator[str]:
    """Yield a sentence a goal whose verdict differs, in the columns that both tables have.

    Columns named by `but` are not looked at.
    """
    old, new = then.set_index("goal_id"), now.set_index("goal_id")
    columns = [column for column in old.columns if column in new.columns and column not in but]
    for goal in dict.fromkeys([*old.index, *new.index]):
        if goal not in old.index or goal not in new.index:
            yield f"{goal} {'多出' if goal in new.index else '缺少'}"
            continue
        before, after = old.loc[goal], new.loc[goal]
        unlike = [c for c in columns if not _same(before[c], after[c])]
        if unlike:
            told = "，".join(f"{c} {before[c]} → {after[c]}" for c in unlike[:_SHOWN])
            more = f" 等{len(unlike)}项" if len(unlike) > _SHOWN else ""
            yield f"{goal} {told}{more}"


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return (math.isnan(one) and math.isnan(other)) or math.isclose(
            one, other, rel_tol=_RELATIVE
        )
    return one == other


def _published(folder: Path, contract: Contract[Any]) -> pd.DataFrame:
    """Return a frozen table with the columns that it had then, and no others."""
    path = folder / f"{contract.name}.csv"
    had = pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns
    whole = contract.read_old(path)
    return whole[[column for column in whole.columns if column in had]]


def _manifests(workspace: Workspace, known: Known) -> dict[Edition, str]:
    return {
        act.edition: act.manifest
        for act in workspace.editions.acts
        if isinstance(act, Publishing) and Known(act.to, act.visibility) == known
    }


def _unlike_register(
    workspace: Workspace, known: Known, site: Site, edition: Edition | None
) -> Iterator[Problem]:
    """Yield the editions of which the site says something else than the register."""
    manifests = _manifests(workspace, known)
    for entry in site.entries:
        if edition not in (None, entry.edition):
            continue
        where = f"{known.to}：{entry.edition}"
        state = workspace.editions.state(entry.edition)
        if entry.edition not in manifests:
            what = f"站点上有 {entry.edition}，发布记录中没有"
            yield Problem(what, where, f"{_INTERRUPTED} editions.yaml")
        elif entry.state not in _ON_SITE[state]:
            fix = _CATCH_UP.get(state, "核对发布记录和站点，较旧的一份从备份恢复")
            yield Problem(f"发布记录中{entry.edition}{state}，站点上还不是", where, fix)
