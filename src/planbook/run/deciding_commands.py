"""``collect actions``, ``action``, ``tasks``, ``task``, ``projects``: what was decided and agreed.

What is done is in `planbook.run.deciding`, `tasking` and `listing_projects`.
"""

from __future__ import annotations

from typing import Any

import click

from planbook.run.command import DATASET


@click.command("actions")
@DATASET
@click.option("--edition", help="期号；默认为该数据集当前一期")
def actions_command(**given: Any) -> None:
    """列出未销号的督办事项：责任单位、期限、办理状态，逾期的在前。"""
    from planbook.run.deciding import actions

    actions(**given)


@click.group("action")
def action_group() -> None:
    """督办事项：交办、改期、销号；写入该数据集的 actions.csv，也可以在 Excel 中填写。"""


SINCE = click.option(
    "--from-edition",
    help="从哪一次收数起；默认为当前一期，收过其中月度快报的，为快报的下一次；已发布各期不变",
)
DUE = click.option("--due", "due_month", required=True, help="办结期限，如 2026-12")
DECIDED_IN = click.option("--decided-in", required=True, help="交办依据：会议或文件，不写个人")
ACTION = click.argument("action_id", metavar="编号")


@action_group.command("add")
@DATASET
@SINCE
@click.option("--visibility", help="公开或内部；默认为内部")
@click.option("--rule", "alert_rule", help="回应哪一种预警，写预警名称；不写则不限")
@click.option("--goal", "goal_id", help="关于哪个目标（编号）")
@click.option("--measure", "measure_id", help="关于哪条举措（编号）；与 --goal 只写一个")
@DECIDED_IN
@DUE
@click.option("--unit", "submitting_unit", required=True, help="责任单位的编号、名称或简称")
@click.option("--task", required=True, help="要办什么")
@ACTION
def add_command(**given: Any) -> None:
    """交办一项；编号由小写字母、数字和半角连字符组成，如 a-2026-01。"""
    from planbook.run.deciding import add

    add(**given)


@action_group.command("move")
@DATASET
@SINCE
@DECIDED_IN
@DUE
@ACTION
def move_command(**given: Any) -> None:
    """改期：另记一行新的办结期限和依据，原来的一行保留。"""
    from planbook.run.deciding import move

    move(**given)


@action_group.command("close")
@DATASET
@SINCE
@click.option("--closure", required=True, help="以什么销号：结果和核实情况")
@ACTION
def close_command(**given: Any) -> None:
    """销号：该事项在这一期最后一次列出，以后不再列出，也不再请单位反馈。"""
    from planbook.run.deciding import close

    close(**given)


@click.command("tasks")
@DATASET
@click.option("--edition", help="期号；默认为该数据集当前一期")
def tasks_command(**given: Any) -> None:
    """列出未完成的年度任务（逾期、时限、申请调整至何时），和各单位提出、待核定的新任务。"""
    from planbook.run.tasking import tasks

    tasks(**given)


@click.group("task")
def task_group() -> None:
    """年度任务：核定或不予核定、改期、取消；写入该数据集的 tasks.csv，也可以在 Excel 中填写。"""


AGREED_IN = click.option("--decided-in", required=True, help="核定依据：会议或文件，不写个人")
TASK = click.argument("task_id", metavar="编号")


@task_group.command("agree")
@DATASET
@SINCE
@AGREED_IN
@click.option("--due", "due_month", help="新的完成时限，如 2026-12；不写则按单位提出的")
@click.option("--visibility", help="公开或内部；默认为内部")
@click.option("--unit", "units", multiple=True, help="只核定这个单位（编号）提出的；可写多次")
@click.argument("proposals", nargs=-1, metavar="[编号]...")
def agree_command(**given: Any) -> None:
    """核定各单位在本期和以前各期提出的新任务；不写编号和单位的，核定全部。核定后列入下一期的填报表。"""
    from planbook.run.tasking import agree

    agree(**given)


@task_group.command("decline")
@DATASET
@SINCE
@AGREED_IN
@click.option("--dropped", required=True, help="为什么不予核定")
@click.argument("proposals", nargs=-1, required=True, metavar="编号...")
def decline_command(**given: Any) -> None:
    """不予核定：提出的任务在这一期最后一次列出，写明理由，以后不再列出。"""
    from planbook.run.tasking import decline

    decline(**given)


@task_group.command("move")
@DATASET
@SINCE
@AGREED_IN
@click.option("--due", "due_month", help="新的时限，如 2026-12；不写则按责任单位申请的")
@TASK
def move_task_command(**given: Any) -> None:
    """改期：另记一行新的时限和依据，原来的一行保留。"""
    from planbook.run.tasking import move

    move(**given)


@task_group.command("drop")
@DATASET
@SINCE
@click.option("--dropped", required=True, help="为什么取消")
@TASK
def drop_command(**given: Any) -> None:
    """取消：该任务在这一期最后一次列出，以后不再跟踪，也不再请单位填报。"""
    from planbook.run.tasking import drop

    drop(**given)


@click.command("projects")
@DATASET
@click.option("--edition", help="期号；默认为该数据集当前一期")
@click.option("--unit", "units", multiple=True, help="只列这个单位（编号）的；可写多次")
@click.option("--closed", is_flag=True, help="也列出已投产、已退库的")
def projects_command(**given: Any) -> None:
    """列出重点项目储备库：各单位报送的阶段、投资、下一节点和时限，以及需协调事项。"""
    from planbook.run.listing_projects import projects

    projects(**given)
