"""`make quick` runs the tests that are closest to what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changed import ALWAYS, closest

TESTS = {
    "test_periods.py": "from planbook.periods import Edition",
    "test_books.py": "from books import Built",
    "test_look.py": 'CSS = ROOT / "book" / "theme.css"',
    "test_chinese.py": "",
}


@pytest.mark.parametrize(
    ("changed", "test"),
    [
        ("src/planbook/periods.py", "test_periods.py"),
        ("src/planbook/periods/__init__.py", "test_periods.py"),
        ("tests/books.py", "test_books.py"),
        ("tests/test_look.py", "test_look.py"),
        ("book/theme.css", "test_look.py"),
    ],
)
def test_a_test_is_run_when_what_it_names_changed(changed: str, test: str, tmp_path: Path) -> None:
    for name, source in TESTS.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    chosen = closest([changed], sorted(tmp_path.iterdir()))
    assert [path.name for path in chosen if path.name not in ALWAYS] == [test]
