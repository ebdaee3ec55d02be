"""``analysis``: an analyst's own notebook: begun, put into the book, taken out of it again.

Only what is typed is declared here; what is done is in `planbook.run.own_pages`.
"""

from __future__ import annotations

from typing import Any

import click

from planbook.run.command import DATASET


@click.group("-m planbook analysis")
def main() -> None:
    """自己的分析笔记本：新建、列入书中、从书中撤下。"""


@main.command("new")
@click.argument("notebook", metavar="笔记本", default="my_analysis")
@click.option("--title", default="我的分析", show_default=True, help="页面的标题")
def new_command(**given: Any) -> None:
    """按样板新建 notebooks/ 中的一个笔记本。"""
    from planbook.run.own_pages import new

    new(**given)


@main.command("add")
@click.argument("notebook", metavar="笔记本", default="my_analysis")
@click.option("--id", help="页面的编号，即网址 chapters/编号.html；默认由文件名得出")
@click.option("--title", help="目录中的标题；默认为笔记本的一级标题")
@click.option("--internal", is_flag=True, help="只进内部版，公开版没有这一页")
@DATASET
def add_command(**given: Any) -> None:
    """检查笔记本，并把它列入书的「数据」部分（data/plan/plan.yaml 的 back）。"""
    from planbook.run.own_pages import add

    add(**given)


@main.command("remove")
@click.argument("page", metavar="页面", default="my-analysis")
@DATASET
def remove_command(**given: Any) -> None:
    """把一页从书中撤下；笔记本文件保留。"""
    from planbook.run.own_pages import remove

    remove(**given)


@main.command("list")
@DATASET
def list_command(**given: Any) -> None:
    """列出书中的这类页面，以及没有列入书中的笔记本。"""
    from planbook.run.own_pages import list_pages

    list_pages(**given)
