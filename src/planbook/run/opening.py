"""Open a dataset with its plan: what every command does first.

Kept apart from `planbook.run.pipeline`, so that a command that only lists what there is need not
wait for the libraries that judge.
"""

from __future__ import annotations

import os
from pathlib import Path

from planbook.errors import Gathering, UsageError
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.plan.cycle import check_cycle
from planbook.produce.notebooks.being_made import BookBeingMade, being_made
from planbook.produce.notebooks.jobs import DATASET, EDITION, MADE_FOR, Job, jobs
from planbook.project_folders import dataset_names, find_root, plan_folder
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace


def open_workspace(dataset: str = "demo", root: Path | None = None) -> tuple[Workspace, Plan]:
    """Return a dataset's folders and the plan.

    Raises
    ------
    UsageError
        If there is no such dataset.
    ProblemsFound
        With everything that is wrong in ``dataset.yaml`` and the plan; where the plan is sound,
        with what is wrong in the analysts' other files as well.
    """
    root = root or find_root()
    gathering = Gathering()
    workspace = gathering.read(lambda: Workspace.open(dataset, root), None)
    first = workspace.dataset.first_edition if workspace is not None else None
    plan = gathering.read(lambda: load_plan(plan_folder(root), first), None)
    if workspace is not None and plan is not None:
        check_cycle(workspace.dataset, plan.cycle)
        return workspace, plan
    if plan is not None:
        from planbook.collect.decided.corrections import read_corrections  # noqa: PLC0415 - rarely needed
        from planbook.collect.decided.csv_inputs import read_inputs  # noqa: PLC0415 - as above
        from planbook.collect.decided.selections import read_selections  # noqa: PLC0415 - as above

        data = root / "data" / dataset
        read_inputs(data, plan, gathering)
        gathering.read(lambda: read_corrections(data / "corrections.yaml", plan), ())
        gathering.read(lambda: read_selections(data / "selections.yaml", plan), ())
    raise gathering.everything()


def book_jobs(
    workspace: Workspace, plan: Plan, edition: Edition, only: str | None = None
) -> tuple[Job, ...]:
    """Return the book's notebooks in reading order.

    Raises
    ------
    UsageError
        If `only` is given and is none of them.
    """
    chapters = jobs(plan, workspace, edition)
    known = [job.id for job in chapters]
    if only is not None and only not in known:
        raise UsageError(f"没有章节「{only}」。现有：{'、'.join(known)}")
    return chapters


def usual_dataset() -> str:
    """Return the dataset that is opened where nothing names one.

    Raises
    ------
    UsageError
        If there are several, none of them the demonstration.
    """
    known = dataset_names(find_root())
    if "demo" in known or len(known) == 1:
        return "demo" if "demo" in known else known[0]
    raise UsageError(f"请写明数据集。现有：{'、'.join(known) or '无'}")


def refuse_another(
    made: BookBeingMade,
    dataset: str,
    edition: str,
    visibility: Visibility,
    *,
    compare: bool = False,
) -> None:
    """Refuse a book that is not the one being `made`, unless it is opened to `compare`.

    The internal one of a public book's is refused in any case.

    Raises
    ------
    UsageError
        With what is written instead.
    """
    if made.visibility is Visibility.PUBLIC:
        _refuse_internal(visibility)
    if compare or (made.dataset, made.edition) == (dataset, edition):
        return
    own = {DATASET: made.dataset, EDITION: made.edition}
    changed = "、".join(name for name, value in own.items() if os.environ.get(name) != value)
    why = f"（环境变量 {changed} 在单元格或它导入的模块里改过）" if changed else ""
    mend = f"删去改环境变量 {changed} 的一句；" if changed else ""
    raise UsageError(
        f"正在生成的是 {made.dataset} 的 {made.edition}，"
        f"笔记本要打开的是 {dataset} 的 {edition}{why}。\n"
        f"  处理：{mend}要本期的，写作 planbook.open(dataset, edition)；"
        f'要拿其他各期或数据集作对照的，写作 planbook.open("{dataset}", "{edition}", compare=True)'
    )


def chosen_visibility(asked: str | None) -> Visibility:
    """Return which book a notebook opens: what it asks for, within the book that is being made.

    Raises
    ------
    UsageError
        If there is no such visibility, or the internal book is asked for while a public is made.
    """
    said = os.environ.get(MADE_FOR)
    if said not in (None, *Visibility):  # only a build sets it
        raise UsageError(
            f"环境变量 {MADE_FOR} 是「{said}」，不是任何一种版本。\n  处理：删去这个环境变量"
        )
    if asked not in (None, *Visibility):
        raise UsageError(f"没有「{asked}」这种版本。现有：{'、'.join(Visibility)}")
    made = being_made()
    own = made.visibility if made else said
    chosen = Visibility(asked or own or Visibility.INTERNAL)
    if own == Visibility.PUBLIC:
        _refuse_internal(chosen)
    return chosen


def _refuse_internal(visibility: Visibility) -> None:
    if visibility is Visibility.INTERNAL:
        raise UsageError(
            "正在生成公开版，笔记本却要打开内部版。\n"
            '  处理：删去 planbook.open 的 visibility="internal"'
        )
