"""Make the demonstration dataset ``data/demo`` from the scenario in ``scripts/demo``.

python scripts/make_demo.py            write it
python scripts/make_demo.py --check    compare what lies there with what would be written
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from demo.forms import Desk
from demo.scenario import read_phrases, read_scenario
from demo.tree import WRITTEN, Files, dataset_files, differences, read_tree
from planbook.errors import Problem, ProblemsFound
from planbook.plan import load_plan
from planbook.project_folders import find_root
from planbook.run.command import run
from planbook.workspace import Dataset
from planbook.yamlfile import read_yaml


def desk(plan: Path) -> Desk:
    """Return what it takes to make the dataset for the plan in a folder."""
    written, problems = read_yaml(WRITTEN / "dataset.yaml", "dataset.yaml")
    if problems:
        raise ProblemsFound("示例数据的说明", problems)
    scenario = read_scenario()
    about = Dataset.model_validate({**written, "current_edition": scenario.editions.last})
    made = Desk(load_plan(plan), about, scenario, read_phrases())
    numeric = [indicator.id for indicator in made.plan.indicators if not indicator.by_people]
    missing = [
        Problem(
            f"指标「{id}」没有情节", "scripts/demo/scenario.yaml：stories", f"补一行「{id}: …」"
        )
        for id in numeric
        if id not in made.scenario.stories
    ]
    if missing:
        raise ProblemsFound("示例数据的情节", missing)
    return made


def write(folder: Path, files: Files) -> None:
    """Replace the folder by the files."""
    if folder.exists():
        shutil.rmtree(folder)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


@click.command("scripts/make_demo.py")
@click.option("--check", is_flag=True, help="只比较，不写入；有差异时退出码为 1")
def main(check: bool) -> None:
    """按 scripts/demo 中的剧本重新生成示例数据 data/demo。"""
    root = find_root()
    folder = root / "data" / "demo"
    files = dataset_files(desk(root / "data" / "plan"))
    if not check:
        write(folder, files)
        click.echo(f"已生成 data/demo：{len(files)} 个文件")
        return
    changed = differences(files, read_tree(folder))
    if changed:
        listed = "\n".join(f"  {path}" for path in changed)
        click.echo(f"data/demo 与脚本生成的结果有{len(changed)}处不同：\n{listed}", err=True)
        click.echo("处理：运行 python scripts/make_demo.py 后一并提交", err=True)
        sys.exit(1)
    click.echo(f"data/demo 与脚本生成的结果一致（{len(files)} 个文件）")


if __name__ == "__main__":
    run(main)
