"""``collect letters``: covering papers for units, written by `planbook.run.writing_letters`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from planbook.run.command import DATASET


@click.group("letters")
def letters_group() -> None:
    """随表发出的公文（Word）：报送通知、催报函、预警通知单，每个单位一份。

    模板在该数据集的 letters 文件夹中；没有的用随程序提供的。可用的字段见操作手册。
    """


def letter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add what every letter is told: dataset, unit, date, and where it is written."""
    for option in (
        DATASET,
        click.option("--unit", help="只写给这个填报单位（编号见 data/plan/units.yaml）"),
        click.option(
            "--dated",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="YYYY-MM-DD",
            help="成文日期；默认为今天",
        ),
        click.option(
            "--until",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="YYYY-MM-DD",
            help="请对方最迟在哪一天报送或答复；默认为截止日期；已过的，催报函不足五天的，为成文后第五天",
        ),
        click.option(
            "--out",
            required=True,
            type=click.Path(file_okay=False, path_type=Path),
            help="写到哪个文件夹，如 forms；没有时新建",
        ),
        click.option("--overwrite", is_flag=True, help="覆盖内容不同的同名文件"),
    ):
        command = option(command)
    return command


@letters_group.command("templates")
@DATASET
def letter_templates_command(**given: Any) -> None:
    """把还没有的模板写入该数据集的 letters 文件夹，检查已有的。"""
    from planbook.run.writing_letters import templates

    templates(**given)


@letters_group.command("request")
@letter_options
@click.option("--edition", required=True, help="期号，如 2026-Q4；可为当前期的下一期")
def letter_request_command(**given: Any) -> None:
    """报送通知：随填报表发出，写明应报什么、何时截止。"""
    from planbook.run.writing_letters import request

    request(**given)


@letters_group.command("remind")
@letter_options
@click.option("--edition", help="期号；默认为该数据集当前一期")
def letter_remind_command(**given: Any) -> None:
    """催报函：写给尚未报送、被退回，或者所报数据有错误、提示待核对的单位。"""
    from planbook.run.writing_letters import remind

    remind(**given)


@letters_group.command("warn")
@letter_options
@click.option("--edition", help="哪一期的预警；默认为该数据集当前一期")
def letter_warn_command(**given: Any) -> None:
    """预警通知单：写给有目标、举措触发预警的单位，写明事由、起于何时、何时前反馈。"""
    from planbook.run.writing_letters import warn

    warn(**given)
