"""What lies at a place proves itself; a record of another shape proves nothing."""

from __future__ import annotations

from pathlib import Path

from planbook.made_of import SEAL, MadeOf
from planbook.publish.folder import Folder
from planbook.publish.plan_list import PlanRow
from planbook.publish.proven import proven_row, put_proven, row_there
from tests.forged import with_other_about

OF_THIS, ROW = MadeOf("this", "code"), PlanRow("north", "北区", "2026-Q3", counts={"达序时": 2})


def test_a_record_of_another_shape_is_no_book(tmp_path: Path) -> None:
    page, place = tmp_path / "index.html", Folder(tmp_path / "books")
    page.write_text("北区", encoding="utf-8")
    put_proven(place, "north", {"index.html": page}, OF_THIS, ROW)
    assert proven_row(place, "north", OF_THIS) == row_there(place, "north") == ROW
    for _ in with_other_about(tmp_path / "books" / "north" / SEAL, ""):
        assert proven_row(place, "north", OF_THIS) is None
        assert row_there(place, "north") is None
    assert row_there(place, "north") == ROW
