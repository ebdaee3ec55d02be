"""``collect tasks`` and ``collect task``: yearly tasks listed, agreed, put off and dropped.

Only what is typed is declared here; what is done is in `planbook.run.tasking`.
"""

from __future__ import annotations

from typing import Any

import click

from planbook.run.command import DATASET, SINCE


@click.command("tasks")
@DATASET
@click.option("--edition", help="期号；默认为该数据集当前一期")
def tasks_command(**given: Any) -> None:
    """列出未完成的年度任务（逾期、时限、申请调整至何时），和各单位提出、待核定的新任务。"""
    from planbook.run.tasking import tasks

    tasks(**given)


@click.group("task")
def task_group() -> None:
    """年度任务：核定、改期、取消；写入该数据集的 tasks.csv，也可以在 Excel 中填写。"""


AGREED_IN = click.option("--decided-in", required=True, help="核定依据：会议或文件，不写个人")
TASK = click.argument("task_id", metavar="编号")


@task_group.command("agree")
@DATASET
@SINCE
@AGREED_IN
@click.option("--visibility", help="公开或内部；默认为内部")
@click.option("--unit", "units", multiple=True, help="只核定这个单位（编号）提出的；可写多次")
@click.argument("proposals", nargs=-1, metavar="[编号]...")
def agree_command(**given: Any) -> None:
    """核定各单位提出的新任务；不写编号和单位的，核定全部。核定后列入下一期的填报表。"""
    from planbook.run.tasking import agree

    agree(**given)


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
