"""Collect a quarter: blank workbooks out, filled workbooks checked and filed, who is missing.

python scripts/collect.py template --dataset live --edition 2026-Q4 --out 模板
python scripts/collect.py check 收件                          exit code 1 if there are errors
python scripts/collect.py receive 收件 --edition 2026-Q4      checks, then files what is in order
python scripts/collect.py status --dataset live --edition 2026-Q4
python scripts/collect.py feedback 收件/能源.xlsx             a copy to send back, bad cells marked
python scripts/collect.py withdraw energy-2027-01-12-0a1b2c3d.xlsx --by general --reason 报错了期
python scripts/collect.py choose   energy-2027-01-11-9f8e7d6c.xlsx --by general --reason 以此为准
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from planbook.collect.decided.selections import (
    Selection,
    read_selections,
    set_aside,
    with_selection,
)
from planbook.collect.feedback.findings_report import (
    check_json,
    check_text,
    outcome_text,
    printable,
    summary,
)
from planbook.collect.file_names import FiledName
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form
from planbook.collect.form.template import workbook_bytes
from planbook.collect.inbox.checking import Checked, check_file
from planbook.collect.inbox.filed import earlier_editions, read_filed
from planbook.collect.inbox.receive import Outcome, Received, put, receive
from planbook.collect.inbox.status_table import HEADINGS, EditionStatus, edition_status
from planbook.collect.owed import owed_indicators, owed_measures
from planbook.errors import PlanbookError, UsageError, system_words
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.run.arguments import (
    Inbox,
    feedback_paths,
    filed_workbook,
    inbox,
    known_datasets,
    known_unit,
    open_edition,
    wanted_by,
)
from planbook.run.command import run
from planbook.vocabulary import SelectionAction
from planbook.workspace import Workspace, find_root

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
    type=click.Path(exists=True, readable=False, path_type=Path),
)
NOT_LOOKED_AT = "未查看"


def act_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what an act on a filed workbook is told: the file, who decided, why, and from when."""
    for option in (
        DEBUG,
        CLAIMED,
        click.option("--from-edition", help="从哪一期的书起；默认为当前一期，此前各期不变"),
        click.option("--reason", required=True, help="理由，公布在数据质量页"),
        click.option(
            "--by", "unit", required=True, help="作出决定的单位（编号见 data/plan/units.yaml）"
        ),
        click.argument("file", metavar="文件名"),
    ):
        command = option(command)
    return command


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
    from planbook.run.pipeline import prior_knowledge  # only templates need the past: a second

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

    文件可以在任何位置、叫任何名字；给出文件夹时检查其中的工作簿，其余的列出名称。
    """
    root = find_root()
    plan, datasets = load_plan(root / "data" / "plan"), known_datasets(root)
    wanted = wanted_by(plan, datasets, dataset=dataset, edition=edition, unit=unit)
    before, today = earlier_editions(plan), dt.date.today()
    found = inbox(paths)
    results = [
        check_file(path, plan, datasets, wanted=wanted, before=before, received=today)
        for path in found.files
    ]
    if as_json:
        click.echo(check_json(results, found.aside), nl=False)
    else:
        click.echo("\n\n".join(check_text(checked, plan) for checked in results))
        tell_aside(found)
    if not all(checked.is_acceptable or checked.passed_over for checked in results):
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
    """检查填报表，没有错误的原样归档并附收据；有未收取、未查看的文件时返回码为 1。

    同一文件重复收取不会有任何改变；更正后的文件取代此前的，此前的仍然保留。文件夹中的每个文件
    都有交代：已收取、未收取（写明原因）、跳过或未查看。
    """
    root = find_root()
    plan, datasets = load_plan(root / "data" / "plan"), known_datasets(root)
    wanted = wanted_by(plan, datasets, dataset=dataset, edition=edition)
    day = day_received(received, wanted.edition)
    before = earlier_editions(plan)
    found = inbox(paths)
    outcomes: list[str] = []
    for path in found.files:
        checked = check_file(path, plan, datasets, wanted=wanted, before=before, received=day)
        try:
            done = file_it(checked, plan, day, accept_errors=accept_errors)
        except (PlanbookError, OSError) as error:  # the other files are received all the same
            said = system_words(error) if isinstance(error, OSError) else str(error)
            click.echo(f"{check_text(checked, plan)}\n  → {Outcome.REFUSED}：{said}\n")
            outcomes.append(Outcome.REFUSED)
        else:
            skipped = done.outcome is Outcome.SKIPPED
            told = summary(checked, plan) if skipped else check_text(checked, plan)
            click.echo(f"{told}\n  → {outcome_text(done)}\n")
            outcomes.append(done.outcome)
    tell_aside(found)
    outcomes += [NOT_LOOKED_AT] * len(found.aside)
    always = (Outcome.FILED, Outcome.KNOWN, Outcome.REFUSED)
    words = [w for w in (*Outcome, NOT_LOOKED_AT) if w in always or w in outcomes]
    counted = "，".join(f"{word} {outcomes.count(word)} 个" for word in words)
    click.echo(f"{counted}；共 {len(outcomes)} 个")
    if Outcome.REFUSED in outcomes or len(found.aside) > found.harmless:
        sys.exit(1)


@main.command("withdraw")
@act_options
def withdraw_command(
    *,
    file: str,
    unit: str,
    reason: str,
    from_edition: str | None,
    dataset: str | None,
    debug: bool,
) -> None:
    """撤回一份已归档的填报表：文件保留，不再采用；该单位还有其他份的，采用其中最后收到的。"""
    workspace, plan, edition, name = opened(file, dataset)
    submissions = read_filed(workspace, plan, workspace.dataset.newest_open)
    if name in {s.file for s in submissions.withdrawn if s.edition == edition}:
        raise UsageError(f"「{name}」已经不采用，未作改动")
    record(
        workspace,
        plan,
        action=SelectionAction.WITHDRAW,
        edition=edition,
        file=name,
        unit=unit,
        reason=reason,
        from_edition=from_edition,
    )


@main.command("choose")
@act_options
def choose_command(
    *,
    file: str,
    unit: str,
    reason: str,
    from_edition: str | None,
    dataset: str | None,
    debug: bool,
) -> None:
    """改用一份已归档的填报表，不用该单位现有的其他份；此后新收到的仍以新的为准。"""
    workspace, plan, edition, name = opened(file, dataset)
    submissions = read_filed(workspace, plan, workspace.dataset.newest_open)
    filed = (*submissions.current, *submissions.superseded, *submissions.withdrawn)
    own = {
        s.file: s
        for s in filed
        if (s.edition, s.unit_id) == (edition, FiledName.parse(name).unit_id)
    }
    if not own[name].usable:
        raise UsageError(f"「{name}」无法采用\n  处理：运行 collect.py check 查看原因")
    if own[name] in submissions.current:
        raise UsageError(f"「{name}」就是现在采用的一份，未作改动")
    others = tuple(sorted(set(own) - {name} - {s.file for s in submissions.withdrawn}))
    record(
        workspace,
        plan,
        action=SelectionAction.CHOOSE,
        edition=edition,
        file=name,
        instead_of=others,
        unit=unit,
        reason=reason,
        from_edition=from_edition,
    )


@main.command("feedback")
@FILES
@CLAIMED
@click.option("--edition", help="期号；默认按工作簿所记")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="写到哪个文件夹；默认为项目文件夹中的 feedback",
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

    文件名为 <原文件名>-核对意见.xlsx，原文件不变。副本带有标记，收取时不会当作报送。
    """
    from planbook.collect.feedback.marked_copy import feedback_workbook  # openpyxl is slow to load

    root = find_root()
    plan, datasets = load_plan(root / "data" / "plan"), known_datasets(root)
    wanted = wanted_by(plan, datasets, dataset=dataset, edition=edition)
    before, today = earlier_editions(plan), dt.date.today()
    found = inbox(paths)
    failed = False
    for path, target in feedback_paths(found.files, out, root / "feedback", root).items():
        checked = check_file(path, plan, datasets, wanted=wanted, before=before, received=today)
        if checked.passed_over:
            click.echo(f"{summary(checked, plan)}\n  → 跳过")
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            put(target, feedback_workbook(checked.data, checked.findings))
        except OSError as error:
            failed = True
            said = f"未写出：{system_words(error)}（{printable(str(target))}）；用 --out 指定文件夹"
        else:
            said = printable(str(target))
        click.echo(f"{summary(checked, plan)}\n  → {said}")
    tell_aside(found)
    if failed:
        sys.exit(1)


@main.command("status")
@DATASET
@click.option("--edition", help="期号；默认为该数据集当前一期")
@click.option("--markdown", is_flag=True, help="输出 Markdown，可粘贴到聊天工具")
@DEBUG
def status_command(*, dataset: str, edition: str | None, markdown: bool, debug: bool) -> None:
    """列出各单位报送情况：按时、迟报、待报、未报、已退回，以及待处理的问题。"""
    workspace = Workspace.open(dataset)
    plan = load_plan(workspace.plan, workspace.dataset.first_edition)
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    today = dt.date.today()  # acts of later editions are told as well
    newest = max(chosen, workspace.dataset.newest_open)
    submissions = read_filed(workspace, plan, newest, today=today)
    status = edition_status(workspace.dataset, submissions, chosen, today)
    if markdown:
        click.echo(status.to_markdown(), nl=False)
    else:
        print_status(status)


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


def day_received(given: dt.datetime | None, edition: Edition | None) -> dt.date:
    """Return the day of receipt: today, or one given that can be true."""
    today = dt.date.today()
    if given is None or edition is None:
        return today
    day = given.date()
    if day > today:
        raise UsageError(f"收到日期 {day} 晚于今天 {today}")
    end = edition.base.end.last_day
    if day <= end and day != today:
        raise UsageError(
            f"收到日期 {day} 早于 {edition} 的季度结束日 {end}\n"
            "  处理：核对 --received 和 --edition"
        )
    return day


def tell_aside(found: Inbox) -> None:
    """Name what lies in the folders and is not read."""
    for name, why in found.aside:
        click.echo(f"{printable(name)}\n  → {NOT_LOOKED_AT}：{why}\n")


def opened(file: str, dataset: str | None) -> tuple[Workspace, Plan, Edition, str]:
    """Return where a filed workbook lies: its dataset, the plan, its edition and its name."""
    root = find_root()
    datasets = known_datasets(root)
    wanted_by(load_plan(root / "data" / "plan"), datasets, dataset=dataset, edition=None)
    folders = {name: Workspace.open(name, root).submissions for name in datasets}
    searched = {dataset: folders[dataset]} if dataset else folders
    name, edition, filed = filed_workbook(file, searched)
    workspace = Workspace.open(name, root)
    return workspace, load_plan(workspace.plan, workspace.dataset.first_edition), edition, filed


def record(
    workspace: Workspace,
    plan: Plan,
    *,
    action: SelectionAction,
    edition: Edition,
    file: str,
    instead_of: tuple[str, ...] = (),
    unit: str,
    reason: str,
    from_edition: str | None,
) -> None:
    """Add an act to the dataset's record in one step, and say what counts from then on.

    It holds from the edition given; left out, from the current one, or the workbook's own if that
    is later.
    """
    start = max(edition, workspace.dataset.current_edition)
    if from_edition is not None:
        start = open_edition(workspace.dataset, plan, from_edition)
    if start < edition:
        raise UsageError(f"--from-edition {start} 早于该文件的期号 {edition}")
    words = printable(reason)
    if not words:
        raise UsageError("理由不能为空")
    act = Selection(
        action=action,
        edition=edition,
        file=file,
        instead_of=instead_of,
        by=known_unit(plan, unit),
        on=dt.date.today(),
        reason=words,
        from_edition=start,
    )
    put(workspace.selections, with_selection(workspace.selections, act, plan))
    submissions = read_filed(workspace, plan, max(start, workspace.dataset.newest_open))
    unit_id = FiledName.parse(file).unit_id
    counts = [s.file for s in submissions.current if (s.edition, s.unit_id) == (edition, unit_id)]
    path = workspace.selections.relative_to(workspace.root).as_posix()
    click.echo(f"已记录：{action.label} {file}，自 {start} 起，写在 {path}")
    click.echo(f"{plan.unit(unit_id).name} {edition} 现采用：{'、'.join(counts) or '无'}")


def file_it(checked: Checked, plan: Plan, day: dt.date, *, accept_errors: bool) -> Received:
    """File a workbook in its dataset, if it may be."""
    if not checked.dataset:
        outcome = Outcome.SKIPPED if checked.passed_over else Outcome.REFUSED
        return Received(checked, outcome)
    workspace = Workspace.open(checked.dataset)
    acts = read_selections(workspace.selections, plan)
    return receive(
        checked,
        workspace.submissions,
        received=day,
        now=dt.datetime.now().astimezone(),
        accept_errors=accept_errors,
        aside=set_aside(acts, workspace.dataset.newest_open),
    )


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
