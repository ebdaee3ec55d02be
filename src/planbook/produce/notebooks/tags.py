"""Cell tags of Jupyter Book and MyST-NB: what each leaves of a cell for the book.

What is removed is not in the page at all; what is hidden unfolds on a page and is not printed, as
in Jupyter Book's own PDF. Code is removed unless its author shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from nbformat import NotebookNode

SET_UP = frozenset({"parameters", "injected-parameters", "load"})
SHOW_INPUT = "show-input"
RAISES, SKIPPED = "raises-exception", "skip-execution"
HIDING = ("hide-input", "hide-output", "hide-cell")
REMOVING = ("remove-input", "remove-output", "remove-cell", "remove-stdout", "remove-stderr")
LAYOUT = ("scroll-output", "output_scroll", "scroll-input", "full-width", "margin", "popout")
KNOWN = (SHOW_INPUT, *HIDING, *REMOVING, *LAYOUT, RAISES, SKIPPED, *sorted(SET_UP))


@dataclass(frozen=True)
class Intent:
    """What the author of a cell wants to be seen of it.

    Attributes
    ----------
    code, outputs
        Whether the book has them at all.
    streams
        Which of ``stdout`` and ``stderr`` it has.
    tags
        What pages and paper are told: which part is removed, hidden, laid out.
    """

    code: bool
    outputs: bool
    streams: frozenset[str]
    tags: tuple[str, ...]


def tags_of(cell: NotebookNode) -> set[str]:
    """Return a cell's tags; ``remove_cell`` is ``remove-cell``."""
    written = {str(tag).strip() for tag in cell.metadata.get("tags", ())}
    return {tag if tag in KNOWN else tag.replace("_", "-") for tag in written}


def intent(cell: NotebookNode) -> Intent:
    """Return what the tags and the `mystnb` metadata of a code cell ask for."""
    tags = tags_of(cell)
    said = cell.metadata.get("mystnb", {})
    about = said if isinstance(said, Mapping) else {}
    gone = (bool(tags & SET_UP) and SHOW_INPUT not in tags) or "remove-cell" in tags
    shows = bool(tags & {SHOW_INPUT, "hide-input", "hide-cell"})
    code = not gone and shows and "remove-input" not in tags and not about.get("remove_code_source")
    outputs = not (gone or "remove-output" in tags or about.get("remove_code_outputs"))
    no_error_stream = about.get("output_stderr") in {"remove", "remove-warn"}
    removed = {"stdout"} if "remove-stdout" in tags else set()
    removed |= {"stderr"} if "remove-stderr" in tags or no_error_stream else set()
    told = [tag for tag in (*HIDING, *LAYOUT) if tag in tags]
    return Intent(
        code,
        outputs,
        frozenset({"stdout", "stderr"} - removed),
        tuple(told if code else [*told, "remove-input"]),
    )


def misspelled(cell: NotebookNode) -> list[tuple[str, str]]:
    """Return tags that look like one of `KNOWN` and are none, each with the one it looks like."""
    found = []
    for tag in sorted(tags_of(cell) - set(KNOWN)):
        near = get_close_matches(tag.lower(), KNOWN, n=1, cutoff=0.8)
        if near or tag.lower().startswith(("hide-", "remove-")):
            found.append((tag, near[0] if near else "、".join((*HIDING, *REMOVING))))
    return found
