"""Which notebooks a plan may name, as files; a rule of `planbook.plan.checks`."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.errors import Problem
from planbook.plan.outline import Outline
from planbook.project_folders import is_kept_by_windows
from planbook.yamlfile import place


def notebooks_can_be_file_names(outline: Outline) -> Iterator[Problem]:
    """No notebook is named as Windows names a device; chapters are files of their own."""
    named = [
        *((each.item.notebook, place(each.where, ("notebook",))) for each in outline.chapters),
        *((each.item.notebook, f"{each.where}.notebook") for each in outline.pages),
    ]
    for notebook, where in named:
        if is_kept_by_windows(notebook):
            what = f"笔记本名「{notebook}」是 Windows 的保留名"
            yield Problem(what, where, f"笔记本改名，如 {notebook}_1.ipynb，这里随之改正")
