"""The written pages that every book has: those that a project lacks are put beside the others.

A project made with an older version has no page of what came later, and others link to it.
"""

from __future__ import annotations

from pathlib import Path

from planbook.plan import Plan
from planbook.produce.site.toc import EXPLANATIONS
from planbook.put_in_place import write_whole
from planbook.run.starting.project_texts import project_files, words_of


def add_missing_pages(root: Path, plan: Plan, book_title: str) -> tuple[str, ...]:
    """Write the pages of explanations that a project lacks, as a new project of its plan has them.

    Returns
    -------
    tuple of str
        The files that were written, as paths from `root`.
    """
    names = [f"book/{name}.md" for name in EXPLANATIONS]
    missing = tuple(name for name in names if not (root / name).is_file())
    if missing:
        made = dict(project_files(words_of(plan, book_title), frozenset()))
        for name in missing:
            write_whole(root / name, made[name])
    return missing
