"""What stands in the place of a page that is not made: its title, and why nothing else is there."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from planbook.present.escaping import markdown

if TYPE_CHECKING:
    from nbformat import NotebookNode

WORDS = "本页没有生成：有错误。错在哪里、如何处理，生成本书时已经列出，改正后重新生成。"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
METADATA = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
_ID = "not-made"
_NOTEBOOK_ID = f'"id": "{_ID}"'
_HEADING = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)


def notebook_not_made(title: str) -> bytes:
    """Return the page of a notebook."""
    import nbformat  # noqa: PLC0415 - slow, and seldom needed

    said = nbformat.v4.new_markdown_cell(text_not_made(title), id=_ID)
    return notebook_bytes(nbformat.v4.new_notebook(metadata=METADATA, cells=[said]))


def notebook_bytes(page: NotebookNode) -> bytes:
    """Return a page as the file that it becomes, the same bytes for the same cells."""
    import nbformat  # noqa: PLC0415 - as above

    nbformat.validate(page)
    text: str = nbformat.writes(page, sort_keys=True)
    return (text.rstrip("\n") + "\n").encode("utf-8")


def text_not_made(title: str) -> str:
    """Return the page in Markdown."""
    return f"# {markdown(title)}\n\n{WORDS}"


def is_not_made(page: Path) -> bool:
    """Tell whether a notebook's page says that it was not made."""
    return _NOTEBOOK_ID in page.read_text(encoding="utf-8")


def stand_in(name: str, source: str) -> str:
    """Return what stands in the place of a page's source, which for a notebook it may be already.

    Its title is its first heading's, else the file's name.
    """
    is_notebook = name.endswith(".ipynb")
    if is_notebook and _NOTEBOOK_ID in source:
        return source
    found = _HEADING.search(_texts(source) if is_notebook else source)
    title = found[1] if found else PurePath(name).stem
    return notebook_not_made(title).decode("utf-8") if is_notebook else text_not_made(title)


def _texts(source: str) -> str:
    """Return the text cells of a notebook, if it is one."""
    try:
        cells = json.loads(source)["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError):
        return ""
    return "\n".join(texts)
