"""What ``withdraw`` and ``purge`` do: end an edition on every site, then put it on record.

Run again, either completes what could not be reached or was interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from planbook.editions import EditionState, Purging, Withdrawing
from planbook.errors import ProblemsFound, UsageError
from planbook.frozen import frozen_path
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.publish.acts import Site
from planbook.put_in_place import clear
from planbook.run.acting import acting, now, record, words
from planbook.run.arguments import known_unit
from planbook.run.giving_up import give_acts_over, tell_what_is_left
from planbook.run.known_sites import address, reachable, sites_of
from planbook.run.publication import Shelf, edition_of
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace


def withdraw(*, dataset: str, edition: str, by: str, reason: str, to: str | None) -> None:
    """Mark an edition withdrawn everywhere, or give a correction edition up."""
    chosen, time = edition_of(edition), now()
    with acting(dataset) as (workspace, plan):
        act = Withdrawing(
            edition=chosen, at=time, by=known_unit(plan, by), reason=words(reason, plan)
        )
        if chosen == workspace.editions.open_correction:
            longer = workspace.editions.with_act(act)
            give_acts_over(workspace, plan, chosen)
            record(workspace, longer)
            click.echo(f"更正版 {chosen} 已放弃，没有对读者发布过。")
            tell_what_is_left(workspace, plan, chosen)
            return
        _end(workspace, plan, act, to, lambda site: site.withdraw(chosen, act.reason, time))


def purge(
    *, dataset: str, edition: str, by: str, reason: str, to: str | None, yes_delete: str | None
) -> None:
    """Delete the bytes of an edition everywhere."""
    chosen, time = edition_of(edition), now()
    if yes_delete is None or edition_of(yes_delete) != chosen:
        raise UsageError(
            f"清除会删除 {chosen} 的网页、存档和封存的数据，不能恢复，只用于个人信息和秘密\n"
            f"  处理：确认要删除的，加 --yes-delete {chosen}；"
            "只是不再有效的，用 python -m planbook publish withdraw"
        )
    with acting(dataset) as (workspace, plan):
        act = Purging(edition=chosen, at=time, by=known_unit(plan, by), reason=words(reason, plan))
        _end(workspace, plan, act, to, lambda site: site.purge(chosen, act.reason, time))


def _end(
    workspace: Workspace,
    plan: Plan,
    act: Withdrawing | Purging,
    to: str | None,
    on_site: Callable[[Site], object],
) -> None:
    """Carry an end out on each site that can be reached, then record it.

    Run again, it completes what could not be reached or was interrupted.
    """
    register, edition = workspace.editions, act.edition
    wanted = EditionState.PURGED if isinstance(act, Purging) else EditionState.WITHDRAWN
    recorded = register.state(edition) is wanted
    longer = register if recorded else register.with_act(act)
    only = address(to, workspace.root) if to else None
    sites = sites_of(register, edition, only)
    if not sites:
        known = "、".join(site.to for site in sites_of(register, edition))
        raise UsageError(f"{edition} 没有在 {to} 发布过。发布记录中的站点：{known}")
    there, failed = reachable(workspace, plan, sites)
    for known_site, site in there:
        try:
            on_site(site)
            click.echo(f"{known_site.to}：{edition} {wanted}")
        except ProblemsFound as error:
            failed.append(error)
    if len(failed) == len(sites):
        raise ProblemsFound("发布", [problem for error in failed for problem in error.problems])
    if not recorded:
        correction = _corrected_by(workspace, act)
        if correction is not None:  # what it was to correct is no more
            shared = act.model_dump(exclude={"act", "edition"})
            given_up = register.with_act(Withdrawing(edition=correction, **shared))
            longer = given_up.with_act(act)
            give_acts_over(workspace, plan, correction)
        record(workspace, longer)
        if correction is not None:
            click.echo(f"更正版 {correction} 要更正的一期已清除，随之放弃。")
            tell_what_is_left(workspace, plan, correction)
    if isinstance(act, Purging):
        _delete_kept(workspace, edition)
    click.echo(f"已写入发布记录：{edition} {wanted}")
    others = [site.to for site in sites_of(register, edition) if site not in sites]
    if others:
        again = "不带 --to 再运行一次同样的命令，会一并处理"
        click.echo(f"没有处理的站点：{'、'.join(others)}。{again}")
    if failed:
        for refused in failed:
            click.echo(str(refused), err=True)
        click.echo("以上站点没有改动；恢复连接后再运行一次同样的命令", err=True)
        sys.exit(1)


def _corrected_by(workspace: Workspace, act: Withdrawing | Purging) -> Edition | None:
    """Return the correction edition that is being made of what a purge deletes, if one is."""
    correction = workspace.editions.open_correction
    if correction is None or not isinstance(act, Purging):
        return None
    return correction if workspace.editions.corrects(correction) == act.edition else None


def _delete_kept(workspace: Workspace, edition: Edition) -> None:
    """Delete what is kept of an edition here: its frozen inputs, and what was made of them."""
    clear(frozen_path(workspace, edition))
    clear(workspace.build / "frozen" / workspace.dataset.name / str(edition))
    for visibility in Visibility:
        clear(workspace.of(visibility).tables(edition))
        Shelf(workspace, visibility).clear()
