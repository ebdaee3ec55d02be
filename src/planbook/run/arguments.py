"""Turn what was typed on a command line into editions, units and files, or say which there are.

Every name is looked up among those that exist before anything is done with it.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planbook.collect.file_names import FiledName, shown_name
from planbook.collect.inbox.checking import Wanted
from planbook.errors import UsageError
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.plan.cycle import check_cycle
from planbook.project_folders import dataset_names
from planbook.workspace import Dataset, Workspace, how_to_move_on


def open_edition(dataset: Dataset, plan: Plan, text: str) -> Edition:
    """Return an edition for which workbooks may go out and come in, the next one included."""
    first, last = plan.followed_from(dataset.first_edition).about.first_edition, dataset.newest_open
    try:
        edition = Edition.parse(text)
    except ValueError as error:
        raise UsageError(f"{error}。可用 {first} 至 {last}") from error
    if said := plan.cycle.why_not_collected(edition):
        raise UsageError(f"{said}。可用 {first} 至 {last}")
    if not first <= plan.cycle.told_in(edition.base) <= last:
        raise UsageError(
            f"「{text}」不在收数范围内：{dataset.name} 可用 {first} 至 {last}。\n"
            f"  处理：更晚的期号，发布 {dataset.current_edition} 之后才有；"
            f"{how_to_move_on(dataset.name, last)}"
        )
    return edition


def decided_from(workspace: Workspace, plan: Plan) -> str:
    """Return from when on a decision holds of which nobody says it: the next forms that go out.

    The current edition; once workbooks of a month within it have come, the round after that month.
    """
    current = workspace.dataset.current_edition
    told = [
        month
        for month in plan.cycle.rounds(current, current)
        if plan.cycle.is_flash(month) and any((workspace.submissions / str(month)).glob("*.xlsx"))
    ]
    return str(plan.cycle.after(told[-1]) if told else current)


def known_unit(plan: Plan, id: str) -> str:
    """Return the id of a unit, or say which there are."""
    known = [unit.id for unit in plan.units]
    if id not in known:
        raise UsageError(f"没有填报单位「{id}」。现有：{'、'.join(known)}")
    return id


def known_workspaces(root: Path, plan: Plan) -> dict[str, Workspace]:
    """Return every dataset of a checkout by name, with its folders."""
    names = dataset_names(root)
    found = {name: Workspace.open(name, root) for name in names}
    for workspace in found.values():
        check_cycle(workspace.dataset, plan.cycle)
    return found


def wanted_by(
    plan: Plan,
    workspaces: Mapping[str, Workspace],
    *,
    dataset: str | None,
    edition: str | None,
    unit: str | None = None,
) -> Wanted:
    """Return what the options insist on, as far as they are given."""
    if dataset is not None and dataset not in workspaces:
        raise UsageError(f"没有数据集「{dataset}」。现有：{'、'.join(workspaces)}")
    chosen = None
    if edition is not None:  # of which dataset the workbooks are, only they tell
        possible = [workspaces[dataset]] if dataset else workspaces.values()
        chosen = _edition_of_any([each.dataset for each in possible], plan, edition)
    return Wanted(dataset, chosen, known_unit(plan, unit) if unit else None)


def _edition_of_any(datasets: Sequence[Dataset], plan: Plan, text: str) -> Edition:
    """Return an edition that is open in one of the datasets."""
    refusals = []
    for dataset in sorted(datasets, key=lambda dataset: dataset.newest_open, reverse=True):
        try:
            return open_edition(dataset, plan, text)
        except UsageError as refusal:
            refusals.append(refusal)
    raise refusals[0]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the arguments of a command name, each entry once.

    Attributes
    ----------
    files
        To be read: those named, and of folders all that could be a department's workbook.
    aside
        Everything else in the folders: what it is called, and why nobody looks into it.
    harmless
        How many of those are nobody's report: what systems and spreadsheet programs leave behind.
    """

    files: tuple[Path, ...]
    aside: tuple[tuple[str, str], ...]
    harmless: int = 0


def inbox(paths: Sequence[Path]) -> Inbox:
    """Return what is to be read of the files and folders given; of folders, not what lies deeper.

    Raises
    ------
    UsageError
        If nothing is to be read; the text says what lies there.
    """
    files: dict[Path, None] = {}
    aside: dict[str, str] = {}
    harmless = 0
    for given in paths:
        for path in sorted(given.iterdir()) if given.is_dir() else [given]:
            why, matters = _not_read(path) if path is not given else ("", False)
            if why:
                name = shown_name(path) if len(paths) == 1 else f"{given}/{shown_name(path)}"
                aside[name] = why
                harmless += not matters
            else:
                files[path] = None
    if not files:
        listed = "".join(f"\n  {name}：{why}" for name, why in aside.items())
        raise UsageError(f"所给的文件夹中没有可读取的填报表（.xlsx）{listed}")
    return Inbox(tuple(files), tuple(aside.items()), harmless)


_WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".xltx", ".et", ".ett", ".ods"}


def _not_read(path: Path) -> tuple[str, bool]:
    """Return why an entry of a folder is not read, and whether it could be somebody's report.

    What only looks like a workbook is read, so that it is refused with its reason.
    """
    if path.name.startswith("~$"):
        return "表格软件打开文件时的临时文件", False
    if path.name.startswith(".") or path.name.lower() in ("thumbs.db", "desktop.ini"):
        return "系统的隐藏文件", False
    if path.is_dir():
        return "是子文件夹，其中的文件未查看；移到上一层，或单独给出这个文件夹", True
    if path.is_symlink() and not path.exists():
        return "链接指向的文件不存在", True
    if path.suffix.lower() in _WORKBOOKS:
        return "", True
    return "不是填报表（.xlsx）；请部门用下发的模板报送", True


def feedback_paths(
    paths: Iterable[Path], out: Path | None, default: Path, root: Path
) -> dict[Path, Path]:
    """Return where each workbook's feedback goes: `out` or `default`, never among the filed ones.

    Two of one name get different ones, and no name is longer than a disk allows.
    """
    folder = (out or default).resolve()
    filed = [place.resolve() for place in (root / "data").glob("*/submissions")]
    if any(folder.is_relative_to(place) for place in filed):
        raise UsageError(f"{folder} 是归档文件夹，不能写入其他文件。\n  处理：用 --out 指定文件夹")
    found: dict[Path, Path] = {}
    taken: set[str] = set()
    for path in paths:
        stem = _shortened(Path(shown_name(path)).stem)
        name, number = f"{stem}-核对意见.xlsx", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-核对意见-{number}.xlsx"
        taken.add(name.casefold())
        found[path] = folder / name
    return found


_LONGEST_STEM = 200  # bytes; systems allow 255 for a whole name
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')


def _shortened(stem: str) -> str:
    plain = _NOT_IN_NAMES.sub("_", stem)
    return plain.encode()[:_LONGEST_STEM].decode("utf-8", "ignore").rstrip(". ") or "_"


def filed_workbook(
    text: str, workspaces: Mapping[str, Workspace]
) -> tuple[Workspace, Edition, str]:
    """Return the dataset, edition and name of a filed workbook.

    Parameters
    ----------
    text
        Its path, its name, or as much of the name's beginning as is needed to tell it.
    workspaces
        The datasets in which it may be, by name.

    Raises
    ------
    UsageError
        If there is none of that name, or there are several.
    """
    given = Path(text)
    found = [
        (workspace, Edition.parse(path.parent.name), path)
        for workspace in workspaces.values()
        for path in sorted(workspace.submissions.glob(f"*/{glob.escape(given.name)}*"))
        if _is_filed(path)
    ]
    exact = [entry for entry in found if entry[2].resolve() == given.resolve()]
    whole = [entry for entry in found if entry[2].name == given.name]
    for several in (exact, whole, found):
        if len(several) == 1:
            workspace, edition, path = several[0]
            return workspace, edition, path.name
    if not found:
        raise UsageError(
            f"归档中没有「{given.name}」（已查找数据集 {'、'.join(workspaces)}）。\n"
            "  处理：照抄收取时或 python -m planbook collect status 显示的文件名，"
            "可只写开头，如 port-2027-01-12"
        )
    listed = "、".join(f"{w.dataset.name}/{e}/{path.name}" for w, e, path in found)
    raise UsageError(f"「{given.name}」不止一份：{listed}。\n  处理：把文件名写全，或写出路径")


def _is_filed(path: Path) -> bool:
    try:
        FiledName.parse(path.name)
        Edition.parse(path.parent.name)
    except ValueError:
        return False
    return path.is_file()
