"""``collect``: blank workbooks out, filled workbooks checked and filed, who is missing.

Only what is typed is declared here; what is done is in `planbook.run.collecting`, `selecting` and
`adding_history`, which are imported when a command runs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from planbook.run.command import DATASET
from planbook.run.deciding_commands import (
    action_group,
    actions_command,
    projects_command,
    task_group,
    tasks_command,
)
from planbook.run.letter_commands import letters_group

CLAIMED = click.option("--dataset", help="数据集；默认按工作簿所记")
FILES = click.argument(
    "paths",
    metavar="文件…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, readable=False, path_type=Path),
)


def act_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what an act on a filed workbook is told: the file, who decided, why, and from when."""
    for option in (
        CLAIMED,
        click.option(
            "--from-edition",
            help="从哪一期的书起；默认为该期编制中的更正版，否则为当前一期；已发布各期不变",
        ),
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
    """收数：下发模板、检查和收取填报表、查看报送和督办情况。"""


@main.command("template")
@DATASET
@click.option("--edition", required=True, help="期号，如 2026-Q4；可为当前期的下一期")
@click.option("--unit", help="只生成这个填报单位的模板（编号见 data/plan/units.yaml）")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="写到哪个文件夹，如 forms；没有时新建",
)
@click.option("--overwrite", is_flag=True, help="覆盖内容不同的同名文件")
def template_command(**given: Any) -> None:
    """为每个填报单位生成一份空白填报表，文件名为 <期号>-<单位编号>.xlsx。

    表中已填好应报指标、基期值、前四期数值、目标和举措的上期状态。
    """
    from planbook.run.collecting import template

    template(**given)


@main.command("check")
@FILES
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@CLAIMED
@click.option("--edition", help="期号；默认按工作簿所记")
@click.option("--unit", help="填报单位的编号；默认按工作簿所记")
def check_command(**given: Any) -> None:
    """检查填报表，列出全部问题；有错误时返回码为 1。

    文件可以在任何位置、叫任何名字；给出文件夹时检查其中的工作簿，其余的列出名称。
    """
    from planbook.run.collecting import check

    check(**given)


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
def receive_command(**given: Any) -> None:
    """检查填报表，没有错误的原样归档并附收据；有未收取、未查看的文件时返回码为 1。

    同一文件重复收取不会有任何改变；更正后的文件取代此前的，此前的仍然保留。文件夹中的每个文件
    都有交代：已收取、未收取（写明原因）、跳过或未查看。
    """
    from planbook.run.collecting import receive

    receive(**given)


@main.command("withdraw")
@act_options
def withdraw_command(**given: Any) -> None:
    """撤回一份已归档的填报表：文件保留，不再采用；该单位还有未撤回、未被改用的，采用其中最后收到的。"""
    from planbook.run.selecting import withdraw

    withdraw(**given)


@main.command("choose")
@act_options
def choose_command(**given: Any) -> None:
    """改用一份已归档的填报表，不用该单位现有的其他份；此后新收到的仍以新的为准。"""
    from planbook.run.selecting import choose

    choose(**given)


@main.command("feedback")
@FILES
@CLAIMED
@click.option("--edition", help="期号；默认按工作簿所记")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="写到哪个文件夹；默认为项目文件夹中的 feedback",
)
def feedback_command(**given: Any) -> None:
    """生成退回部门的核对意见：原表副本，有问题的单元格着色并加批注。

    文件名为 <原文件名>-核对意见.xlsx，原文件不变。副本带有标记，收取时不会当作报送。
    """
    from planbook.run.collecting import feedback

    feedback(**given)


@main.command("history")
@DATASET
@click.option(
    "--from-edition", help="没有写 from_edition 的各行，自哪一期起；默认为当前一期；已发布各期不变"
)
@click.argument(
    "path", metavar="文件", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def history_command(**given: Any) -> None:
    """导入历史数据：以前公布的数值，每行一个，写明来源；写入该数据集的 history.csv。

    列：indicator_id、time_period、obs_value、source；可另有 scope、yoy、yoy_type、release_stage、
    note、from_edition、confirmed。全部无误才写入，有错的逐处列出；同一文件再次导入不会有任何改变。
    """
    from planbook.run.adding_history import history

    history(**given)


@main.command("status")
@DATASET
@click.option("--edition", help="期号；默认为该数据集当前一期")
@click.option("--markdown", is_flag=True, help="输出 Markdown，可粘贴到聊天工具")
def status_command(**given: Any) -> None:
    """列出各单位报送情况：按时、迟报、待报、未报、已退回，以及待处理的问题。"""
    from planbook.run.collecting import status

    status(**given)


@main.command("meeting")
@DATASET
@click.option("--edition", required=True, help="月份，如 2026-10：两期之间收数的月份")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="写到哪个文件夹"
)
@click.option("--overwrite", is_flag=True, help="覆盖内容不同的同名文件")
def meeting_command(**given: Any) -> None:
    """月度调度会材料（PDF 和 Word，两页）：数据、逾期、需决定的事项、项目变化，留有议定事项表。"""
    from planbook.run.meeting import meeting

    meeting(**given)


for more in (
    letters_group,
    actions_command,
    action_group,
    tasks_command,
    task_group,
    projects_command,
):
    main.add_command(more)
