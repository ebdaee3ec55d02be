"""Projects like the demonstration's, as large as wanted and with values of their own.

`write_project` writes a whole project into a folder: plan, notebooks, written pages, configuration
and the dataset ``demo`` with the workbooks of all editions. Every chapter but the overall aims
stands there so many times with its fields, goals, measures and units, under ids and names of its
own: twice the goals come from twice the workbooks. A `variant` is another district: the same goals,
another name, other values. Nothing is left to chance: the same arguments write the same bytes.

- ``python scripts/larger.py FOLDER --goals 223``: a project of 223 goals
- ``python scripts/larger.py FOLDER --variant 7``: the seventh district beside the demonstration
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import yaml

from demo.copies import Copy, copies_of, scenario_of
from demo.forms import Desk
from demo.tree import WRITTEN, Files, dataset_files
from make_demo import desk, write
from planbook.errors import ProblemsFound
from planbook.periods import Edition, TimePeriod
from planbook.plan import load_plan
from planbook.project_folders import find_root
from planbook.run.command import run
from planbook.yamlfile import read_yaml

TIMES = {61: 1, 115: 2, 223: 4, 439: 8}  # by number of goals: how often the chapters stand there
IDS = ("id", "submitting_unit")  # keys of the plan's files that hold ids,
NAMES = ("name", "short", "title")  # and those that hold names
GENERATED = ("chapters", "goals", "programmes")  # folders below book/ that a build fills


def write_project(folder: Path, *, goals: int = 61, variant: int = 0) -> None:
    """Write a project into a folder that has none yet.

    Parameters
    ----------
    goals
        How many goals the plan has; one of `TIMES`.
    variant
        0 is the demonstration, each other number a district with a name and values of its own.
    """
    root = find_root()
    written, plan = desk(root / "data" / "plan"), folder / "data" / "plan"
    copies = copies_of(written.plan, written.scenario, TIMES[goals], variant)
    shutil.copytree(root / "book", folder / "book", ignore=shutil.ignore_patterns(*GENERATED))
    beside = shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints", "__pycache__")
    shutil.copytree(root / "notebooks", folder / "notebooks", ignore=beside)
    plan.mkdir(parents=True)
    for name in ("_toc.yml", "data/README.md"):
        shutil.copy2(root / name, folder / name)
    title = f"title: {_district(variant)}2027年目标进展报告"
    config = (root / "_config.yml").read_text(encoding="utf-8")
    _write(folder / "_config.yml", re.sub("(?m)^title: .*$", title, config))
    write_plan(root / "data" / "plan", plan, copies)
    _write_notebooks(root / "notebooks", folder / "notebooks", copies)
    write(folder / "data" / "demo", _dataset(written, plan, copies))


def _district(variant: int) -> str:
    return f"第{variant}区" if variant else ""


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def write_plan(source: Path, folder: Path, copies: Sequence[Copy]) -> None:
    """Write the files of a plan with its chapters, below an existing folder, once for each copy."""
    about, units = _content(source / "plan.yaml"), _content(source / "units.yaml")
    chapters, variant = about["chapters"], copies[0].variant
    about["chapters"] = list(dict.fromkeys(copy.id(id) for copy in copies for id in chapters))
    if variant:
        title = f"{_district(variant)}生产性服务业实施方案"
        about |= {"id": f"district-{variant}", "title": title, "short_title": title}
    units["units"] = [_renamed(unit, copy) for copy in copies for unit in units["units"]]
    _write_yaml(folder / "plan.yaml", about)
    _write_yaml(folder / "units.yaml", units)
    for id in chapters:
        chapter = _content(source / f"{id}.yaml")
        for copy in copies if id in copies[0].ids else copies[:1]:
            _write_yaml(folder / f"{copy.id(id)}.yaml", _renamed(chapter, copy))


def _content(path: Path) -> Any:
    content, problems = read_yaml(path, path.name)
    if problems:
        raise ProblemsFound("方案文件", problems)
    return content


def _write_yaml(path: Path, content: Any) -> None:
    _write(path, yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**6))


def _renamed(content: Any, copy: Copy) -> Any:
    """Return what a file of the plan says, by the copy's ids, names and notebooks."""
    match content:
        case list():
            return [_renamed(each, copy) for each in content]
        case Mapping():
            return {key: _value(key, value, copy) for key, value in content.items()}
        case _:
            return content


def _value(key: str, value: Any, copy: Copy) -> Any:
    if key in IDS:
        return copy.id(value)
    if key in NAMES:
        return copy.name(value)
    if key == "notebook":
        return _notebook(value, copy)
    return _renamed(value, copy)


def _notebook(name: str, copy: Copy) -> str:
    return name if copy.is_original else f"{name}_{copy.number}"


def _write_notebooks(source: Path, folder: Path, copies: Sequence[Copy]) -> None:
    for path in sorted(source.glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        code = "".join("".join(cell["source"]) for cell in notebook["cells"])
        chapter = re.search('cluster = "([^"]+)"', code)
        repeated = chapter is not None and chapter[1] in copies[0].ids
        for copy in copies if repeated else copies[:1]:
            cells = [{**cell, "source": _source(cell, copy)} for cell in notebook["cells"]]
            text = json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1)
            _write(folder / f"{_notebook(path.stem, copy)}.ipynb", f"{text}\n")


def _source(cell: Mapping[str, Any], copy: Copy) -> str:
    """Return a cell with the ids that it calls, or the names of its headings."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "code":
        return re.sub('"([a-z0-9-]+)"', lambda found: f'"{copy.id(found[1])}"', source)
    return re.sub("(?m)^(#+ )(.+)$", lambda found: found[1] + copy.name(found[2]), source)


def _dataset(written: Desk, plan: Path, copies: Sequence[Copy]) -> Files:
    own = replace(written, plan=load_plan(plan), scenario=scenario_of(written.scenario, copies))
    files = dataset_files(own)
    corrections = _content(WRITTEN / "corrections.yaml")
    corrected = [_corrected(each, copy, written, own) for copy in copies for each in corrections]
    text = yaml.safe_dump(corrected, allow_unicode=True, sort_keys=False)
    files["corrections.yaml"] = text.encode()
    for path in [path for path in files if Path(path).stem in copies[0].ids]:
        for copy in copies[1:]:
            own_path = Path(path).with_stem(copy.id(Path(path).stem)).as_posix()
            files[own_path] = _commentary(files[path].decode(), copy).encode()
    return files


def _corrected(each: Mapping[str, Any], copy: Copy, written: Desk, own: Desk) -> dict[str, Any]:
    """Return a declared correction of the copy, with the value that its own workbook has."""
    indicator, period = each["indicator_id"], TimePeriod.parse(each["time_period"])
    edition = Edition.parse(each["edition"])
    before = written.series[indicator].known(period, edition)
    now = own.series[copy.id(indicator)].known(period, edition)
    ids = {"id": f"{each['id']}-{copy.number}"} if not copy.is_original else {}
    reason = each["reason"].replace(str(before), str(now))
    made = {**each, **ids, "indicator_id": copy.id(indicator), "reason": reason}
    return {key: now if value == before else value for key, value in made.items()}


def _commentary(text: str, copy: Copy) -> str:
    """Return a chapter's commentary of the copy; it was written for the goals named in its head."""
    return re.sub("(?m)^  ([a-z0-9-]+):", lambda found: f"  {copy.id(found[1])}:", text)


@click.command("scripts/larger.py")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--goals", type=click.Choice([str(goals) for goals in TIMES]), default="61")
@click.option("--variant", default=0, help="0 为示例本身，其他数为另一个区")
def main(folder: Path, goals: str, variant: int) -> None:
    """在新文件夹中写一个更大的（或另一个区的）示例项目。"""
    if folder.exists():
        raise click.UsageError(f"{folder} 已经存在；换一个新的文件夹名")
    write_project(folder, goals=int(goals), variant=variant)
    click.echo(f"已写入 {folder}：{goals}项目标")


if __name__ == "__main__":
    run(main)
