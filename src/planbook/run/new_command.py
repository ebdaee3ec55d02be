"""``new``: a project folder of a plan of one's own, made from a spreadsheet of goals."""

from __future__ import annotations

from pathlib import Path

import click

from planbook.errors import UsageError

UNTOUCHED = "没有写下任何文件。"


@click.command("-m planbook new")
@click.argument(
    "folder", metavar="[文件夹]", required=False, type=click.Path(path_type=Path), default=None
)
@click.option(
    "--from",
    "spreadsheet",
    metavar="清单.xlsx",
    type=click.Path(path_type=Path),
    help="填好的目标清单",
)
@click.option("--template", is_flag=True, help="写一份空白的目标清单，写到 [文件夹] 所指的文件")
def main(*, folder: Path | None, spreadsheet: Path | None, template: bool) -> None:
    """由目标清单建一个新项目：方案、填报单位、笔记本、目录、空的数据集和第一期的填报表。

    先用 --template 得到空白清单，填好以后用 --from 建成新文件夹。清单有错的，逐处列出，什么都不写。
    """
    if template:
        if spreadsheet is not None:
            raise click.UsageError("--template 和 --from 只写其中一个")
        _write_template(folder)
    elif folder is None or spreadsheet is None:
        raise click.UsageError("写明新文件夹和 --from 清单.xlsx；要空白清单的，写 --template")
    else:
        _make(folder, spreadsheet)


def _write_template(file: Path | None) -> None:
    from planbook.put_in_place import put_new
    from planbook.run.starting.list_template import NAME, template_bytes

    path = file or Path(NAME)
    path = path / NAME if path.is_dir() else path
    if not put_new(path, template_bytes()):
        raise UsageError(f"{path} 已经存在\n  处理：换一个文件名，或先移走它")
    click.echo(f"已写好 {path}。填好以后运行：")
    click.echo(f"  python -m planbook new 新文件夹 --from {path}")


def _make(folder: Path, spreadsheet: Path) -> None:
    from planbook.run.starting.new_project import FORMS, new_project

    made = new_project(folder, spreadsheet)
    plan = made.plan
    counts = f"{len(plan.chapters)}章、{len(plan.goals)}项目标、{len(plan.measures)}项举措"
    click.echo(f"已建成 {folder}：{counts}，{len(plan.units)}个填报单位")
    click.echo(f"{plan.about.first_edition} 的填报表 {made.forms} 份，在 {folder / FORMS}")
    for notice in plan.notices:
        click.echo(str(notice))
    click.echo("现在就可以成书（尚无数据）：")
    click.echo(f"  python -m planbook build --project {folder}")
    click.echo(f"以后怎样收数、出书，见 {folder / 'README.md'}")
