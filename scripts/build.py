"""Build an edition's book: from the workbooks received to the finished HTML in ``_build/html``.

- ``python scripts/build.py``: the demonstration, newest edition
- ``python scripts/build.py --dataset live --edition 2026-Q3``
- ``python scripts/build.py --pdf``: with PDFs of the whole, of each chapter, and packs
- ``python scripts/build.py --list``: datasets, editions and chapters
"""

from planbook.run.build_command import UNTOUCHED, main
from planbook.run.command import run

__all__ = ["main"]

if __name__ == "__main__":
    run(main, untouched=UNTOUCHED)
