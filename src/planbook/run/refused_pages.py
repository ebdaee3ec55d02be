"""Pages that cannot be printed or compiled: in a book that is not for others, the rest is made.

What is wrong is seen only while PDFs are set and pages compiled, so both are done again without
these pages, which then say that they were not made: in HTML, in PDFs and in packs alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planbook.errors import PagesRefused, Problem
from planbook.produce.not_made import notebook_not_made
from planbook.put_in_place import write_whole


@dataclass
class RefusedPages:
    """The pages of a book that are refused.

    Attributes
    ----------
    titles
        Of the pages of notebooks, by their files, which are replaced where they lie: the next build
        takes them from what is kept. Files that people wrote are left as they are.
    whole
        Whether the book must have all its pages.
    pages
        What is wrong with each, by its file.
    """

    titles: Mapping[Path, str]
    whole: bool
    pages: dict[Path, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with any of them, once each."""
        return tuple(dict.fromkeys(each for several in self.pages.values() for each in several))

    def take(self, *errors: PagesRefused) -> None:
        """Take note of pages that were refused, or raise what is wrong with them.

        It is raised for a book that must be whole, and for pages that say already that they were
        not made.
        """
        new: dict[Path, tuple[Problem, ...]] = {}
        for error in errors:
            for path, problems in error.pages.items():
                new[path] = (*new.get(path, ()), *problems)
        if self.whole or not new.keys() - self.pages.keys():
            raise PagesRefused("、".join(error.subject for error in errors), new)
        for path in new.keys() - self.pages.keys():
            self.pages[path] = new[path]
            if path in self.titles:
                write_whole(path, notebook_not_made(self.titles[path]))
