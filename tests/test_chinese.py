"""Chinese text is set in Chinese punctuation, wherever the project prints some."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HAN = r"[\u3400-\u9fff《》「」“”、。]"
HALF_WIDTH = re.compile(rf"{HAN}[,;:?!]({HAN}|$)|{HAN}\({HAN}|{HAN}\)({HAN}|$)")
VERBATIM = re.compile(
    r"^\s*(- )?(quote|goal_sentence|heading):"
)  # the plan's text as it was published


def lines_of(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from node.value.splitlines()
    elif path.suffix == ".ipynb":
        for cell in json.loads(text)["cells"]:
            yield from "".join(cell["source"]).splitlines()
    elif path.suffix == ".csv":  # its commas part cells
        for row in csv.reader(text.splitlines()):
            yield from row
    else:
        yield from (line for line in text.splitlines() if not VERBATIM.match(line))


FILES = [
    path
    for pattern in (
        "src/**/*.py",
        "scripts/**/*.py",
        "book/*.md",
        "notebooks/*.ipynb",
        "data/plan/*.yaml",
        "scripts/demo/**/*.yaml",
        "data/*/dataset.yaml",
        "data/*/*.csv",
        "data/*/*.md",
    )
    for path in sorted(ROOT.glob(pattern))
]


def test_chinese_text_has_chinese_punctuation() -> None:
    assert len(FILES) > 200
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}: {line}"
        for path in FILES
        for line in lines_of(path)
        if HALF_WIDTH.search(line)
    ]
    assert not wrong, "\n".join(wrong)
