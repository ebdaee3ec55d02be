"""Read an XML part of a workbook element by element, within a budget and without document types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from planbook.collect.rules import file_rules
from planbook.collect.xlsx.package import Refused

MOST_ELEMENTS = 500_000  # in all sheets of a workbook; a filled template has 10 000


@dataclass(slots=True)
class Budget:
    """How many XML elements may still be read of a workbook: bounds the time it can take."""

    left: int = MOST_ELEMENTS

    def spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Refused(
                file_rules.OVERSIZED,
                f"单元格等内容超过 {MOST_ELEMENTS} 项",
                expected=f"{MOST_ELEMENTS} 项",
            )


class Pass:
    """One pass over an XML part, by local names; a document type is refused, it can hide bombs."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def run(self, part: bytes) -> None:
        if part:
            self.parser.Parse(part, True)

    def _doctype(self, *_: Any) -> None:
        raise ValueError("document type declared")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._budget.spend()
        self.start(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(" ")[2])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element."""

    def end(self, name: str) -> None:
        """Leave an element."""


class Elements(Pass):
    """Collects the attributes of all elements of some names, with the parent's name."""

    def __init__(self, budget: Budget, *wanted: str) -> None:
        super().__init__(budget)
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self._wanted, self._path = wanted, [""]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._wanted:
            self.found.append((self._path[-1], name, attributes))
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path.pop()
