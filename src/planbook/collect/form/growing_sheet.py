"""A worksheet whose rows keep growing with what is typed into them.

xlsxwriter marks every height that it is given as fixed by hand, and a long 进展 would then be cut.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet


class GrowingSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A worksheet in which single rows have a height for now, not for good."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def grow_from(self, row: int, height: float) -> None:
        """Give a row, counted from 0, the height in points that its content needs now."""
        self.set_row(row, height)
        self._growing.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row" and dict(attributes).get("r") in self._growing:
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
