"""The charts of the page 图例 as fragments: drawn when code has changed, for no data are in them.

Beside each lies, as beside all that is printed too, what it was made of as a notebook's output.
"""

from __future__ import annotations

import json
from pathlib import Path

from planbook.made_of import code_of, sha256
from planbook.present.addresses import FRAGMENTS
from planbook.put_in_place import clear, write_whole

PREFIX = "legend-"
_RECORD = f"{PREFIX}charts.json"  # which code drew them, and their files


def write_legend(folder: Path) -> tuple[str, ...]:
    """Write the charts below `folder` (the project's ``book``) if other code drew those there.

    Returned are the names of the files that were written.
    """
    place, code = folder / FRAGMENTS, code_of()
    if _stands(place, code):
        return ()
    from planbook.present.pages.legend_page import legend_figures  # noqa: PLC0415 - matplotlib, 0.5 s

    wanted = {}
    for name, figure in legend_figures().items():
        data, metadata = figure._repr_mimebundle_()
        wanted[f"{name}.md"] = f"{data.pop('text/html')}\n"
        output = {"data": data, "metadata": metadata}
        wanted[f"{name}.json"] = json.dumps(output, ensure_ascii=False) + "\n"
    for stale in place.glob(f"{PREFIX}*"):
        if stale.name not in wanted:
            clear(stale)
    for name, text in wanted.items():
        write_whole(place / name, text.encode("utf-8"))
    made = {name: sha256(text.encode("utf-8")) for name, text in wanted.items()}
    record = json.dumps({"code": code, "files": made}) + "\n"
    write_whole(place / _RECORD, record.encode("utf-8"))
    return tuple(f"{FRAGMENTS}/{name}" for name in (*wanted, _RECORD))


def _stands(place: Path, code: str) -> bool:
    """Whether all charts stand as this code draws them."""
    try:
        record = json.loads((place / _RECORD).read_text(encoding="utf-8"))
        files = record["files"].items()
        whole = all(sha256((place / name).read_bytes()) == sha for name, sha in files)
        return record["code"] == code and whole
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
