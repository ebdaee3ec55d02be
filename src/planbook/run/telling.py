"""Choose who tells how a command goes on: bars on a terminal, else lines. Loads nothing slow."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from planbook.run.interruptions import ENDED, ToldToEnd
from planbook.run.log_lines import JsonLines, PlainLines, Teller


@contextmanager
def teller_of(
    log: str = "text", expected: Mapping[str, float] | None = None, *, bars: bool = True
) -> Iterator[Teller]:
    """Give who tells how a command goes on.

    Parameters
    ----------
    log
        One of `FORMATS`.
    expected
        Seconds by the label of a stage, as they were the last time: what a bar reckons with.
    bars
        Whether a terminal gets bars: what ends at once needs none.
    """
    if log == "text" and bars and is_terminal():
        from planbook.run.screen import Screen  # noqa: PLC0415 - only a terminal needs what draws

        with Screen(expected or {}) as screen:
            yield screen
        return
    teller: Teller = JsonLines() if log == "json" else PlainLines()
    try:
        yield teller
    except Exception as error:
        teller.failed(str(error))
        raise
    except (KeyboardInterrupt, ToldToEnd):
        teller.failed(ENDED)
        raise


def is_terminal() -> bool:
    """Tell whether somebody looks at a terminal that can draw."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
