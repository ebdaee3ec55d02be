"""`make quick` runs the tests that are closest to what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changed import ALWAYS, closest

SOURCES = {
    "src/planbook/periods.py": "import re",
    "src/planbook/editions.py": "from planbook.periods import TimePeriod",
    "src/planbook/months.py": "import calendar",
    "src/planbook/days.py": "from planbook import months",
}
TESTS = {
    "tests/test_books.py": "from tests.books import Built",
    "tests/test_chinese.py": "",
    "tests/test_days.py": "from planbook.days import Day",
    "tests/test_look.py": 'CSS = ROOT / "book" / "theme.css"',
    "tests/test_periods.py": "from planbook.periods import Edition",
}


@pytest.mark.parametrize(
    ("changed", "test"),
    [
        ("src/planbook/periods.py", ["test_periods.py"]),
        ("src/planbook/periods/__init__.py", ["test_periods.py"]),
        ("src/planbook/months.py", ["test_days.py"]),  # by the module that imports it
        ("src/planbook/editions.py", []),
        ("tests/books.py", ["test_books.py"]),
        ("tests/test_look.py", ["test_look.py"]),
        ("book/theme.css", ["test_look.py"]),
    ],
)
def test_a_test_is_run_when_what_it_names_changed(
    changed: str, test: list[str], tmp_path: Path
) -> None:
    for name, text in (SOURCES | TESTS).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    chosen = closest([changed], sorted((tmp_path / "tests").iterdir()), tmp_path / "src")
    assert [path.name for path in chosen if path.name not in ALWAYS] == test
