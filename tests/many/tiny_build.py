"""Stands in for ``planbook build``: a book of a few files, or the mishap that a project asks for.

A project asks by a line in ``book/wish.md``: ``fail``, ``die once``, ``die``.
"""

import json
import sys
from pathlib import Path

import psutil

root = Path(sys.argv[sys.argv.index("--project") + 1])
wish_file = root / "book" / "wish.md"
wish = wish_file.read_text(encoding="utf-8") if wish_file.exists() else ""
died = root / "died"
if wish.startswith("die") and not (wish == "die once" and died.exists()):
    died.touch()
    psutil.Process().kill()
if wish == "fail":
    sys.stderr.write("填报表有1处问题：\n1. 「1O4」不是数字\n")
    sys.exit(1)
html = root / "_build" / "html"
(html / "api").mkdir(parents=True, exist_ok=True)
(html / "index.html").write_text(f"<h1>{wish or '书'}</h1>", encoding="utf-8")
book = {
    "plan_title": "港口振兴规划",
    "edition": "2024-Q1",
    "edition_label": "2024年一季度",
    "dataset_title": "云湾镇",
    "demonstration": True,
    "visibility": "internal",
    "data_until": "2024-03",
}
ratings = [{"rating": "已达成", "count": 1}, {"rating": "滞后", "count": 2}]
index = {"book": book, "goal_count": 3, "ratings": ratings}
(html / "api" / "index.json").write_text(json.dumps(index), encoding="utf-8")
packs = root / "_build" / "packs" / "2024-Q1"
if "--pdf" in sys.argv:
    (packs / "town").mkdir(parents=True, exist_ok=True)
    (packs / "town" / "数据.xlsx").write_bytes(b"pack")
told = {"event": "finished", "html": str(html), "packs": str(packs) if "--pdf" in sys.argv else ""}
sys.stdout.write(f"a line\n{json.dumps(told)}\n")
