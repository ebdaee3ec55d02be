"""``publish``: look at what would change, publish, correct, withdraw, verify.

Only what is typed is declared here; what is done is in `planbook.run.previewing`, `publishing`,
`beginning`, `ending`, `verification` and `listing_editions`, imported when a command runs.
"""

from __future__ import annotations

from typing import Any

import click

from planbook.acceptance import Acceptance
from planbook.run.command import DATASET
from planbook.vocabulary import Visibility

EDITION = click.option("--edition", required=True, help="期号，如 2026-Q4，更正版如 2026-Q4.1")
VISIBILITY = click.option(
    "--visibility",
    type=click.Choice([str(each) for each in Visibility]),
    default=str(Visibility.PUBLIC),
    show_default=True,
    help="公开版 public 或内部版 internal",
)
SITE = click.option(
    "--to", help="站点：文件夹，或 fsspec 认得的地址；默认为发布记录中该期所在的全部站点"
)
BY = click.option("--by", required=True, help="作出决定的单位（编号见 data/plan/units.yaml）")
REASON = click.option("--reason", required=True, help="理由，对读者公布")


@click.group("scripts/publish.py")
def main() -> None:
    """发布：预览、发布、更正、撤回、清除、核对。"""


@main.command("preview")
@DATASET
@EDITION
@VISIBILITY
def preview_command(**given: Any) -> None:
    """生成要发布的书（含 PDF），列出读者将看到的变化；有须先决定的事项时返回码为 1。

    书在 _build/publication/<public 或 internal>，预览页在它旁边。发布的就是这本书，不再另行生成。
    """
    from planbook.run.previewing import preview

    preview(**given)


@main.command("add")
@DATASET
@EDITION
@VISIBILITY
@click.option("--to", required=True, help="站点：文件夹，或 fsspec 认得的地址；没有时新建")
@click.option("--prepared-by", required=True, help="编制单位（编号见 data/plan/units.yaml）")
@click.option("--approved-by", required=True, help="审核单位，不能是编制单位")
@click.option(
    "--accept",
    multiple=True,
    type=click.Choice([str(each) for each in Acceptance]),
    help="按现状发布：未报送、有错误、点评未确认；可写多次，写入发布记录",
)
@click.option("--override", default="", help="提前于发布时间的理由，公布在站点首页")
def add_command(**given: Any) -> None:
    """把预览过的书发布到站点，并写入发布记录；发布以后内容不再改变。

    预览之后有任何改动的，先重新预览。中途断电、被打断的，再运行一次同样的命令即可。
    """
    from planbook.run.publishing import add

    add(**given)


@main.command("correct")
@DATASET
@click.option("--edition", required=True, help="要更正的一期，即最近发布的一期")
@BY
@REASON
def correct_command(**given: Any) -> None:
    """开始编制更正版：发布以后收到的该期填报表，已收的和再收的，都计入更正版。"""
    from planbook.run.beginning import correct

    correct(**given)


@main.command("withdraw")
@DATASET
@EDITION
@BY
@REASON
@SITE
def withdraw_command(**given: Any) -> None:
    """撤回已发布的一期：内容保留，处处注明已撤回；编制中的更正版则放弃。"""
    from planbook.run.ending import withdraw

    withdraw(**given)


@main.command("purge")
@DATASET
@EDITION
@BY
@REASON
@SITE
@click.option("--yes-delete", help="再写一遍期号，确认删除")
def purge_command(**given: Any) -> None:
    """删除已发布的一期，只在其中有个人信息或秘密时使用；不能恢复。

    站点上的网页和存档、数据集中封存的一份都删除，原处只留一页说明和理由。
    """
    from planbook.run.ending import purge

    purge(**given)


@main.command("verify")
@DATASET
@click.option("--edition", help="只核对这一期；默认为已发布的全部各期")
@click.option("--to", help="只核对这个站点；默认为发布记录中的全部站点")
@click.option(
    "--numbers/--no-numbers",
    default=True,
    show_default=True,
    help="是否用现在的程序从封存的数据重新计算并对照",
)
def verify_command(**given: Any) -> None:
    """核对已发布的各期：站点上的每个字节、封存的数据、重新计算的结果；有不符的返回码为 1。"""
    from planbook.run.verification import verify

    verify(**given)


@main.command("list")
@DATASET
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def list_command(**given: Any) -> None:
    """列出各期的状态、发布日期、单位、站点，和以后的发布时间。"""
    from planbook.run.listing_editions import list_editions

    list_editions(**given)


@main.command("open")
@DATASET
@click.option("--edition", required=True, help="从这一期起编制，如 2027-Q1")
@BY
@click.option("--reason", default="", help="理由，写入发布记录")
@click.option("--yes-skip", help="跳过的不止当前一期时，再写一遍期号，确认跳过")
def open_command(**given: Any) -> None:
    """不发布当前一期，直接进入后面的一期。"""
    from planbook.run.beginning import open_edition

    open_edition(**given)
