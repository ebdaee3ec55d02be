"""What ``correct`` and ``open`` do: begin an edition, on record."""

from __future__ import annotations

from dataclasses import replace

import click

from planbook.editions import Correcting, Opening
from planbook.errors import UsageError
from planbook.run.acting import acting, now, published_words, record, words
from planbook.run.arguments import known_unit
from planbook.run.publication import edition_of


def correct(*, dataset: str, edition: str, by: str, reason: str) -> None:
    """Open the correction edition of the last published one."""
    given = edition_of(edition)
    with acting(dataset) as (workspace, plan):
        acts = workspace.editions.acts
        numbers = [act.edition.correction for act in acts if act.edition.base == given.base]
        wanted = replace(given.base, correction=max(numbers, default=0) + 1)
        act = Correcting(
            edition=wanted, at=now(), by=known_unit(plan, by), reason=words(reason, plan)
        )
        record(workspace, workspace.editions.with_act(act))
    of = f"--dataset {dataset} --edition {wanted}"
    click.echo(f"已开始编制更正版 {wanted}（{wanted.label}）。接下来：")
    click.echo(f"  补收、更正数据，照常用 python -m planbook collect，期号写 {given.base}")
    click.echo(f"  python -m planbook build {of}")
    click.echo(f"  python -m planbook publish preview {of}")
    click.echo(f"  python -m planbook publish add {of} --to <站点> --prepared-by … --approved-by …")
    click.echo(f"  放弃：python -m planbook publish withdraw {of} --by … --reason …")


def open_edition(*, dataset: str, edition: str, by: str, reason: str, yes_skip: str | None) -> None:
    """Move the current edition on without publishing."""
    chosen = edition_of(edition)
    with acting(dataset) as (workspace, plan):
        if said := plan.cycle.why_not(chosen):  # what is recorded cannot be taken back
            raise UsageError(said)
        current = workspace.editions.current
        skips = chosen > current.plus(1)
        if skips and (yes_skip is None or edition_of(yes_skip) != chosen):
            last = chosen.base.plus(-1)
            raise UsageError(
                f"从 {current} 进入 {chosen}，其间各期（{current} 至 {last}）不能再发布，不能收回\n"
                f"  处理：确认要跳过的，加 --yes-skip {chosen}；"
                f"只跳过当前一期的，写 {current.plus(1)}"
            )
        unit = known_unit(plan, by)
        act = Opening(edition=chosen, at=now(), by=unit, reason=published_words(reason, plan))
        record(workspace, workspace.editions.with_act(act))
    click.echo(f"当前一期是 {chosen}。此前没有发布的各期仍可生成，不能再发布。")
