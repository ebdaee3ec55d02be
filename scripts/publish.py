"""Publish an edition: see what changes, put it on a site, correct it, withdraw it, verify it.

python scripts/publish.py preview --edition 2026-Q3         exit code 1 if something is undecided
python scripts/publish.py add --edition 2026-Q3 --to site --prepared-by port --approved-by general
python scripts/publish.py correct --edition 2026-Q3 --by general --reason 迟报的数据
python scripts/publish.py list                              what was published, and what comes next
python scripts/publish.py verify                            every byte, and every number again
"""

from planbook.run.command import run
from planbook.run.publish_commands import main

__all__ = ["main"]

if __name__ == "__main__":
    run(main)
