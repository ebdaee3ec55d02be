"""``commentary``: write commentary on a chapter, and see whether its figures still hold.

Only what is typed is declared here; what is done is in `planbook.run.commenting`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that all commands share."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, help="出错时显示详细信息"),
        click.option("--edition", help="期号，如 2026-Q3；默认为该数据集当前一期"),
        click.option(
            "--dataset", default="demo", show_default=True, help="数据集，即 data/ 下的文件夹名"
        ),
    ):
        command = option(command)
    return command


@click.group("scripts/commentary.py")
def main() -> None:
    """分析点评：新建、核对、复核后确认。"""


@main.command("new")
@click.argument("chapter", metavar="章节")
@click.option("--unit", required=True, help="撰写单位的编号（见 data/plan/units.yaml）")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="撰写日期；默认为今天")
@options
def new_command(**given: Any) -> None:
    """新建一章的点评，写入撰写时的数据。"""
    from planbook.run.commenting import new

    new(**given)


@main.command("check")
@options
def check_command(**given: Any) -> None:
    """核对各章点评所依据的数据是否有变化。"""
    from planbook.run.commenting import check

    check(**given)


@main.command("confirm")
@click.argument("chapter", metavar="章节")
@options
def confirm_command(**given: Any) -> None:
    """复核并改好正文之后，把所依据的数据更新为现有数据。"""
    from planbook.run.commenting import confirm

    confirm(**given)
