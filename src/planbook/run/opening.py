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
from planbook.produce.notebooks.jobs import DATASET, EDITION, MADE_FOR, Job, jobs
from planbook.project_folders import find_root
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
    plan = gathering.read(lambda: load_plan(root / "data" / "plan", first), None)
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
    known = sorted(path.parent.name for path in find_root().glob("data/*/dataset.yaml"))
    if "demo" in known or len(known) == 1:
        return "demo" if "demo" in known else known[0]
    raise UsageError(f"请写明数据集。现有：{'、'.join(known) or '无'}")


def refuse_another(dataset: str, edition: str) -> None:
    """Refuse a book that is not the one that is being made.

    Raises
    ------
    UsageError
        With what is written instead.
    """
    made = (os.environ.get(DATASET, dataset), os.environ.get(EDITION, edition))
    if made != (dataset, edition):
        raise UsageError(
            f"正在生成的是 {made[0]} 的 {made[1]}，笔记本要打开的是 {dataset} 的 {edition}。\n"
            "  处理：要本期的，写作 planbook.open(dataset, edition)；要拿其他各期或数据集作对照的，"
            f'写作 planbook.open("{dataset}", "{edition}", compare=True)'
        )


def chosen_visibility(asked: str | None) -> Visibility:
    """Return which book a notebook opens: what it asks for, within the book that is being made.

    Raises
    ------
    UsageError
        If there is no such visibility, or the internal book is asked for while a public is made.
    """
    made = os.environ.get(MADE_FOR)
    if made not in (None, *Visibility):  # only a build sets it
        raise UsageError(
            f"环境变量 {MADE_FOR} 是「{made}」，不是任何一种版本。\n  处理：删去这个环境变量"
        )
    if asked not in (None, *Visibility):
        raise UsageError(f"没有「{asked}」这种版本。现有：{'、'.join(Visibility)}")
    if made == Visibility.PUBLIC and asked == Visibility.INTERNAL:
        raise UsageError(
            "正在生成公开版，笔记本却要打开内部版。\n"
            '  处理：删去 planbook.open 的 visibility="internal"'
        )
    return Visibility(asked or made or Visibility.INTERNAL)
