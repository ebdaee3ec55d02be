"""Collect an edition: blank workbooks out, filled workbooks checked and filed, who is missing.

python scripts/collect.py template --dataset live --edition 2026-Q4 --out 模板
python scripts/collect.py check 收件                          exit code 1 if there are errors
python scripts/collect.py receive 收件 --edition 2026-Q4      checks, then files what is in order
python scripts/collect.py status --dataset live --edition 2026-Q4
python scripts/collect.py feedback 收件/能源.xlsx             a copy to send back, bad cells marked
python scripts/collect.py withdraw energy-2027-01-12-0a1b2c3d.xlsx --by general --reason 报错了期
python scripts/collect.py choose   energy-2027-01-11-9f8e7d6c.xlsx --by general --reason 以此为准
"""

from planbook.run.collect_commands import main
from planbook.run.command import run

__all__ = ["main"]

if __name__ == "__main__":
    run(main)
