"""Read an XML part of a workbook element by element, within a budget and without document types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self
from xml.parsers import expat

from planbook.collect.rules import file_rules
from planbook.collect.xlsx.package import Refused

MOST_ELEMENTS = 500_000  # in all sheets of a workbook; a filled template has 10 000


@dataclass(slots=True)
class Budget:
    """How many XML elements may still be read of a workbook: bounds the time it can take."""

    left: int = MOST_ELEMENTS

    def spend(self, elements: int = 1) -> None:
        self.left -= elements
        if self.left < 0:
            raise Refused(
                file_rules.OVERSIZED,
                f"单元格等内容超过 {MOST_ELEMENTS} 项",
                expected=f"{MOST_ELEMENTS} 项",
            )


class Pass:
    """One pass over an XML part, by local names; a document type is refused, it can hide bombs.

    `path` are the names of the elements that are open.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.path = [""]
        self._text: list[str] = []
        self._keeper = 0  # how deep the element stands whose text is kept
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def run(self, part: bytes) -> Self:
        if part:
            self._parser.Parse(part, True)
        return self

    def keep_text(self) -> None:
        """Keep the characters of the element that is being taken: `end` is given them."""
        self._text, self._keeper = [], len(self.path)
        self._parser.CharacterDataHandler = self._text.append

    def _doctype(self, *_: Any) -> None:
        raise ValueError("document type declared")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._budget.spend()
        local = name[name.rfind(" ") + 1 :]
        self.start(local, attributes)
        self.path.append(local)

    def _end(self, _: str) -> None:
        name, text = self.path.pop(), None
        if len(self.path) == self._keeper:
            text, self._keeper = "".join(self._text), 0
            self._parser.CharacterDataHandler = None
        self.end(name, text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element, which is not in `path` yet."""

    def end(self, name: str, text: str | None) -> None:
        """Leave an element; `text` is there if it was kept."""


class Elements(Pass):
    """Collects the attributes of all elements of a name."""

    def __init__(self, budget: Budget, wanted: str) -> None:
        super().__init__(budget)
        self.found: list[dict[str, str]] = []
        self._wanted = wanted

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._wanted:
            self.found.append(attributes)
