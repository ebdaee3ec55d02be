"""Collect a quarter: blank workbooks out, filled workbooks checked and filed, who is missing.

python scripts/collect.py template --dataset live --edition 2026-Q4 --out 模板
python scripts/collect.py check 收件                          exit code 1 if there are errors
python scripts/collect.py receive 收件 --edition 2026-Q4      checks, then files what is in order
python scripts/collect.py status --dataset live --edition 2026-Q4
python scripts/collect.py feedback 收件/能源.xlsx             a copy to send back, bad cells marked
"""

from __future__ import annotations

import datetime as dt
import sys
from functools import cache
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from planbook.collect.blank import blank_form
from planbook.collect.checking import Before, Checked, check_file, newest_open
from planbook.collect.command_line import (
    feedback_path,
    known_datasets,
    known_unit,
    open_edition,
    wanted_by,
    workbooks,
)
from planbook.collect.corrections import Correction, read_corrections
from planbook.collect.findings_report import (
    check_json,
    check_text,
    outcome_text,
    printable,
    summary,
)
from planbook.collect.form import Form
from planbook.collect.history import History
from planbook.collect.owed import owed_indicators, owed_measures
from planbook.collect.receive import Outcome, Received, put, receive
from planbook.collect.status import HEADINGS, EditionStatus, edition_status
from planbook.collect.submissions import Submissions, read_submissions
from planbook.collect.template import workbook_bytes
from planbook.errors import PlanbookError, UsageError
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.produce.command import run
from planbook.workspace import Dataset, Workspace, find_root

DATASET = click.option(
    "--dataset", default="demo", show_default=True, help="数据集，即 data/ 下的文件夹名"
)
CLAIMED = click.option("--dataset", help="数据集；默认按工作簿所记")
DEBUG = click.option("--debug", is_flag=True, help="出错时显示详细信息")
FILES = click.argument(
    "paths",
    metavar="文件…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)


@click.group("scripts/collect.py")
def main() -> None:
    """收数：下发模板、检查和收取填报表、查看报送情况。"""


@main.command("template")
@DATASET
@click.option("--edition", required=True, help="期号，如 2026-Q4；可为当前期的下一期")
@click.option("--unit", help="只生成这个填报单位的模板（编号见 data/plan/units.yaml）")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="覆盖内容不同的同名文件")
@DEBUG
def template_command(
    *, dataset: str, edition: str, unit: str | None, out: Path, overwrite: bool, debug: bool
) -> None:
    """为每个填报单位生成一份空白填报表，文件名为 <期号>-<单位编号>.xlsx。

    表中已填好应报指标、基期值、前四期数值、目标和举措的上期状态。
    """
    from planbook.pipeline import prior_knowledge  # only templates need the past: a second

    workspace = Workspace.open(dataset)
    plan = load_plan(workspace.plan, workspace.dataset.first_edition)
    chosen = open_edition(workspace.dataset, plan, edition)
    units = [known_unit(plan, unit)] if unit else [unit.id for unit in plan.units]
    prior = prior_knowledge(workspace, plan, chosen)
    forms = [
        blank_form(plan, unit_id, chosen, workspace.dataset, prior)
        for unit_id in units
        if owed_indicators(plan, unit_id, chosen) or owed_measures(plan, unit_id, chosen)
    ]
    click.echo(f"{workspace.dataset.title} · {chosen.label}")
    write_templates(forms, plan, out, overwrite=overwrite)
    click.echo(f"共 {len(forms)} 份，在 {out}")


@main.command("check")
@FILES
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@CLAIMED
@click.option("--edition", help="期号；默认按工作簿所记")
@click.option("--unit", help="填报单位的编号；默认按工作簿所记")
@DEBUG
def check_command(
    *,
    paths: tuple[Path, ...],
    as_json: bool,
    dataset: str | None,
    edition: str | None,
    unit: str | None,
    debug: bool,
) -> None:
    """检查填报表，列出全部问题；有错误时返回码为 1。

    文件可以在任何位置、叫任何名字；给出文件夹时检查其中所有 .xlsx。
    """
    root = find_root()
    plan, datasets = load_plan(root / "data" / "plan"), known_datasets(root)
    wanted = wanted_by(plan, datasets, dataset=dataset, edition=edition, unit=unit)
    before = earlier_editions(plan)
    results = [
        check_file(path, plan, datasets, wanted=wanted, before=before) for path in workbooks(paths)
    ]
    if as_json:
        click.echo(check_json(results), nl=False)
    else:
        click.echo("\n\n".join(check_text(checked, plan) for checked in results))
    if not all(checked.is_acceptable for checked in results):
        sys.exit(1)


@main.command("receive")
@FILES
@click.option("--edition", required=True, help="期号，如 2026-Q4")
@CLAIMED
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="收到日期；默认为今天",
)
@click.option(
    "--accept-errors", is_flag=True, help="部门暂不能改正时使用：有错的单元格不采用，其余照收"
)
@DEBUG
def receive_command(
    *,
    paths: tuple[Path, ...],
    edition: str,
    dataset: str | None,
    received: dt.datetime | None,
    accept_errors: bool,
    debug: bool,
) -> None:
    """检查填报表，没有错误的原样归档并附收据；有未收取的文件时返回码为 1。

    同一文件重复收取不会有任何改变；更正后的文件取代此前的，此前的仍然保留。
    """
    root = find_root()
    plan, datasets = load_plan(root / "data" / "plan"), known_datasets(root)
    wanted = wanted_by(plan, datasets, dataset=dataset, edition=edition)
    today = dt.date.today()
    day = received.date() if received else today
    if day > today:
        raise UsageError(f"收到日期 {day} 晚于今天 {today}")
    before = earlier_editions(plan)
    outcomes: list[Outcome] = []
    for path in workbooks(paths):
        checked = check_file(path, plan, datasets, wanted=wanted, before=before)
        click.echo(check_text(checked, plan))
        try:
            done = file_it(checked, day, accept_errors=accept_errors)
        except (PlanbookError, OSError) as error:  # the other files are received all the same
            click.echo(f"  → {Outcome.REFUSED}：{error}\n")
            outcomes.append(Outcome.REFUSED)
        else:
            click.echo(f"  → {outcome_text(done)}\n")
            outcomes.append(done.outcome)
    click.echo("，".join(f"{outcome} {outcomes.count(outcome)} 个" for outcome in Outcome))
    if Outcome.REFUSED in outcomes:
        sys.exit(1)


@main.command("feedback")
@FILES
@CLAIMED
@click.option("--edition", help="期号；默认按工作簿所记")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="写到哪个文件夹；默认与原文件在一起",
)
@DEBUG
def feedback_command(
    *,
    paths: tuple[Path, ...],
    dataset: str | None,
    edition: str | None,
    out: Path | None,
    debug: bool,
) -> None:
    """生成退回部门的核对意见：原表副本，有问题的单元格着色并加批注。

    文件名为 <原文件名>-核对意见.xlsx，原文件不变。
    """
    from planbook.collect.feedback import feedback_workbook  # openpyxl is slow to load

    root = find_root()
    plan, datasets = load_plan(root / "data" / "plan"), known_datasets(root)
    wanted = wanted_by(plan, datasets, dataset=dataset, edition=edition)
    before = earlier_editions(plan)
    targets = {path: feedback_path(path, out, root) for path in workbooks(paths)}
    for path, target in targets.items():
        checked = check_file(path, plan, datasets, wanted=wanted, before=before)
        target.parent.mkdir(parents=True, exist_ok=True)
        put(target, feedback_workbook(checked.data, checked.findings))
        click.echo(f"{summary(checked, plan)}\n  → {printable(str(target))}")


@main.command("status")
@DATASET
@click.option("--edition", help="期号；默认为该数据集当前一期")
@click.option("--markdown", is_flag=True, help="输出 Markdown，可粘贴到聊天工具")
@DEBUG
def status_command(*, dataset: str, edition: str | None, markdown: bool, debug: bool) -> None:
    """列出各单位报送情况：按时、迟报、未报，以及待处理的问题。"""
    workspace = Workspace.open(dataset)
    plan = load_plan(workspace.plan, workspace.dataset.first_edition)
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    corrections = read_corrections(workspace.data / "corrections.yaml", plan)
    submissions = read_filed(workspace, plan, chosen, corrections)
    status = edition_status(workspace.dataset, submissions, chosen, dt.date.today())
    if markdown:
        click.echo(status.to_markdown(), nl=False)
    else:
        print_status(status)


def earlier_editions(plan: Plan) -> Before:
    """Return a function that gives what was filed before an edition; reads a dataset once."""

    @cache
    def filed(name: str) -> tuple[Submissions, tuple[Correction, ...]]:
        workspace = Workspace.open(name)
        corrections = read_corrections(workspace.data / "corrections.yaml", plan)
        return read_filed(workspace, plan, newest_open(workspace.dataset), corrections), corrections

    def before(dataset: Dataset, edition: Edition) -> History:
        submissions, corrections = filed(dataset.name)
        return History.before(edition, plan, submissions.current, corrections)

    return before


def read_filed(
    workspace: Workspace, plan: Plan, upto: Edition, corrections: tuple[Correction, ...]
) -> Submissions:
    """Read what is filed in a dataset."""
    return read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=upto,
        cache=workspace.cache,
        corrections=corrections,
    )


def write_templates(forms: list[Form], plan: Plan, out: Path, *, overwrite: bool) -> None:
    """Write the forms, unless a filled workbook of the same name would be lost."""
    made = {f"{form.edition}-{form.unit_id}.xlsx": workbook_bytes(form) for form in forms}
    taken = [
        name
        for name, data in made.items()
        if (out / name).exists() and (out / name).read_bytes() != data
    ]
    if taken and not overwrite:
        raise UsageError(
            f"{out} 中已有内容不同的同名文件：{'、'.join(taken)}。未写入任何文件。\n"
            "  处理：换一个文件夹；确认可以覆盖时加 --overwrite"
        )
    out.mkdir(parents=True, exist_ok=True)
    for form, (name, data) in zip(forms, made.items(), strict=True):
        put(out / name, data)
        click.echo(f"  {name}  {plan.unit(form.unit_id).name}")


def file_it(checked: Checked, day: dt.date, *, accept_errors: bool) -> Received:
    """File a workbook in its dataset, if it may be."""
    if checked.submission is None:
        return Received(checked, Outcome.REFUSED)
    folder = Workspace.open(checked.dataset).submissions
    now = dt.datetime.now().astimezone()  # of each: the later of one day counts
    return receive(checked, folder, received=day, now=now, accept_errors=accept_errors)


def print_status(status: EditionStatus) -> None:
    """Print the table, then what is to be done."""
    table = Table(box=None, pad_edge=False)
    for heading in HEADINGS:
        table.add_column(heading, no_wrap=True)
    for unit in status.units:
        table.add_row(*(Text(printable(cell)) for cell in unit.cells))
    click.echo(status.headline)
    Console(highlight=False, markup=False).print(table)
    click.echo(status.counts)
    for heading, names in status.calls:
        click.echo(f"{heading}：{printable(names)}")


if __name__ == "__main__":
    run(main)
