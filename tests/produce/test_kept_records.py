"""A file whose record is of another shape is made again."""

from __future__ import annotations

from pathlib import Path

from planbook.made_of import MadeOf
from planbook.produce.kept_files import Made, Wanted, begin
from tests.forged import with_other_about

MADE = Made(b"pdf", (3, ("缺字",)))
WANTED = Wanted(
    "a.pdf", MadeOf("this", "code"), lambda: lambda: MADE, about=tuple[int, tuple[str, ...]]
)


def test_a_file_whose_record_is_of_another_shape_is_made_again(tmp_path: Path) -> None:
    def seconds() -> float | None:
        return begin([WANTED], tmp_path).finish("")["a.pdf"].seconds

    assert seconds() is not None
    assert seconds() is None
    for _ in with_other_about(tmp_path / "a.pdf.json", "a.pdf"):
        assert seconds() is not None
    assert seconds() is None
    (kept,) = begin([WANTED], tmp_path).finish("").values()
    assert kept.about == MADE.about
