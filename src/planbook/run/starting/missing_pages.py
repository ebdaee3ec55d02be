"""The written pages that every book has: those that a project lacks are put beside the others.

A project made with an older version has no page of what came later, and others link to it.
"""

from __future__ import annotations

from pathlib import Path

from planbook.produce.site.toc import EXPLANATIONS
from planbook.put_in_place import write_whole

_PAGES = Path(__file__).with_name("files") / "book"


def add_missing_pages(root: Path) -> tuple[str, ...]:
    """Write the pages of explanations that a project lacks, as a new project has them.

    Returns
    -------
    tuple of str
        The files that were written, as paths from `root`.
    """
    names = [f"book/{name}.md" for name in EXPLANATIONS]
    missing = tuple(name for name in names if not (root / name).is_file())
    for name in missing:
        write_whole(root / name, (_PAGES / Path(name).name).read_bytes())
    return missing
