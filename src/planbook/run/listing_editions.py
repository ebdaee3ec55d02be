"""What ``list`` does: where every edition stands, and when the next ones come."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import click

from planbook.editions import Register
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.run.opening import open_workspace
from planbook.run.printed_rows import print_table


@dataclass(frozen=True)
class Listed:
    """An edition of the register: its state, and of the book when, by whom, where, why."""

    edition: str
    label: str
    state: str
    released: str = ""
    prepared_by: str = ""
    approved_by: str = ""
    sites: tuple[str, ...] = ()
    corrects: str = ""
    reason: str = ""
    override: str = ""


def list_editions(*, dataset: str, as_json: bool) -> None:
    """Print the editions and the release dates to come."""
    workspace, plan = open_workspace(dataset)
    register = workspace.editions
    listed = [_listed(register, plan, edition) for edition in _editions(register)]
    coming = workspace.dataset.next_releases()
    if as_json:
        content = {
            "dataset": dataset,
            "current": str(register.current),
            "editions": [asdict(each) for each in listed],
            "next": [
                {"edition": str(edition), "release": moment.isoformat(timespec="minutes")}
                for edition, moment in coming
            ],
        }
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    click.echo(f"{workspace.dataset.title}：当前一期 {register.current}")
    headings = ("期号", "状态", "发布日期", "编制", "审核", "站点", "说明")
    print_table(headings, [*map(_cells, listed)], folded=range(len(headings)))
    for edition, moment in coming:
        click.echo(f"{edition.label}发布时间：{moment:%Y-%m-%d %H:%M}")


def _cells(each: Listed) -> tuple[str, ...]:
    corrects = f"更正 {each.corrects}" if each.corrects else ""
    early = f"提前发布：{each.override}" if each.override else ""
    return (
        each.edition,
        each.state,
        each.released,
        each.prepared_by,
        each.approved_by,
        "\n".join(each.sites),
        "；".join(filter(None, (corrects, each.reason, early))),
    )


def _editions(register: Register) -> list[Edition]:
    being_made = {register.current, register.open_correction} - {None}
    named = {act.edition for act in register.acts if register.is_published(act.edition)}
    return sorted({*named, *(edition for edition in being_made if edition is not None)})


def _listed(register: Register, plan: Plan, edition: Edition) -> Listed:
    names = {unit.id: unit.name for unit in plan.units}
    told = [a for a in register.acts if a.edition == edition and a.act in _EXPLAINED]
    shown = Listed(
        edition=str(edition),
        label=edition.label,
        state=str(register.state(edition)),
        corrects=str(register.corrects(edition) or ""),
        reason="；".join(filter(None, (act.reason for act in told))),
    )
    if not register.is_published(edition):
        return shown
    act = register.publishing(edition)
    return Listed(
        **{
            **asdict(shown),
            "released": act.released.isoformat(),
            "prepared_by": names.get(act.by, act.by),
            "approved_by": names.get(act.approved_by, act.approved_by),
            "sites": tuple(
                f"{a.to}（{a.visibility.label}版）" for a in register.publishings(edition)
            ),
            "override": act.override,
        }
    )


_EXPLAINED = ("correct", "withdraw", "purge")
