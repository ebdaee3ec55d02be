"""``commentary``: write commentary on a chapter, and see whether its figures still hold.

Only what is typed is declared here; what is done is in `planbook.run.commenting`.
"""

from __future__ import annotations

from typing import Any

import click

from planbook.run.command import DATASET

EDITION = click.option("--edition", help="期号，如 2026-Q3；默认为该数据集当前一期")


@click.group("scripts/commentary.py")
def main() -> None:
    """分析点评：新建、核对、复核后确认。"""


@main.command("new")
@click.argument("chapter", metavar="章节")
@click.option("--unit", required=True, help="撰写单位的编号（见 data/plan/units.yaml）")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="撰写日期；默认为今天")
@DATASET
@EDITION
def new_command(**given: Any) -> None:
    """新建一章的点评，写入撰写时的数据。"""
    from planbook.run.commenting import new

    new(**given)


@main.command("check")
@DATASET
@EDITION
def check_command(**given: Any) -> None:
    """核对各章点评所依据的数据是否有变化。"""
    from planbook.run.commenting import check

    check(**given)


@main.command("confirm")
@click.argument("chapter", metavar="章节")
@DATASET
@EDITION
def confirm_command(**given: Any) -> None:
    """复核并改好正文之后，把所依据的数据更新为现有数据。"""
    from planbook.run.commenting import confirm

    confirm(**given)
