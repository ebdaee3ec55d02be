"""Turn what was typed on a command line into editions, units and files, or say which there are.

Every name is looked up among those that exist before anything is done with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from planbook.collect.checking import Wanted, newest_open
from planbook.errors import UsageError
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.workspace import Dataset, Workspace


def open_edition(dataset: Dataset, plan: Plan, text: str) -> Edition:
    """Return an edition for which workbooks may go out and come in, the next one included."""
    first, last = plan.about.first_edition, newest_open(dataset)
    try:
        edition = Edition.parse(text)
    except ValueError as error:
        raise UsageError(f"{error}。可用 {first} 至 {last}") from error
    if not first <= edition.base <= last:
        raise UsageError(
            f"「{text}」不在收数范围内：{dataset.name} 可用 {first} 至 {last}。\n"
            f"  处理：更晚的期号，先改 data/{dataset.name}/dataset.yaml 中的 current_edition"
        )
    return edition


def known_unit(plan: Plan, id: str) -> str:
    """Return the id of a unit, or say which there are."""
    known = [unit.id for unit in plan.units]
    if id not in known:
        raise UsageError(f"没有填报单位「{id}」。现有：{'、'.join(known)}")
    return id


def known_datasets(root: Path) -> dict[str, Dataset]:
    """Return every dataset of a checkout by name."""
    names = sorted(path.parent.name for path in (root / "data").glob("*/dataset.yaml"))
    return {name: Workspace.open(name, root).dataset for name in names}


def wanted_by(
    plan: Plan,
    datasets: Mapping[str, Dataset],
    *,
    dataset: str | None,
    edition: str | None,
    unit: str | None = None,
) -> Wanted:
    """Return what the options insist on, as far as they are given."""
    if dataset is not None and dataset not in datasets:
        raise UsageError(f"没有数据集「{dataset}」。现有：{'、'.join(datasets)}")
    chosen = None
    if edition is not None:  # of which dataset the workbooks are, only they tell
        possible = [datasets[dataset]] if dataset else list(datasets.values())
        chosen = open_edition(max(possible, key=newest_open), plan, edition)
    return Wanted(dataset, chosen, known_unit(plan, unit) if unit else None)


def workbooks(paths: Iterable[Path]) -> list[Path]:
    """Return the files given, and of folders the workbooks in them, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
        found |= dict.fromkeys(file for file in inside if not file.name.startswith("~$"))
    if not found:
        raise UsageError("所给的文件夹中没有 .xlsx 文件")
    return list(found)


def feedback_path(path: Path, out: Path | None, root: Path) -> Path:
    """Return where a workbook's feedback goes: beside it, but never among the filed ones."""
    folder = (out or path.parent).resolve()
    filed = [place.resolve() for place in (root / "data").glob("*/submissions")]
    if any(folder.is_relative_to(place) for place in filed):
        raise UsageError(f"{folder} 是归档文件夹，不能写入其他文件。\n  处理：用 --out 指定文件夹")
    return folder / f"{path.stem}-核对意见.xlsx"
