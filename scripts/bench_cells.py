"""Run the cells of all notebooks in this process, one after another, and nothing else.

    bench_cells.py DATASET

The part of `bench_build`'s floor that executes. Pages are written as a build writes them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from planbook.errors import ProblemsFound
from planbook.produce.notebooks.jobs import jobs
from planbook.run.opening import open_workspace


def main(dataset: str, root: Path) -> None:
    """Execute every notebook of the project at `root`."""
    from planbook.produce.notebooks.worker import execute  # its import draws a chart

    workspace, plan = open_workspace(dataset, root)
    for job in jobs(plan, workspace, workspace.dataset.current_edition):
        done = execute(job, root, job.page)
        if done.problems:
            raise ProblemsFound("执行笔记本", done.problems)


if __name__ == "__main__":
    main(sys.argv[1], Path.cwd())
