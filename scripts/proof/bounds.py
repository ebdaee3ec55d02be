"""What an edit may make anew at most, said by hand, from what the plan says and not from the code.

Names are as `planbook.run.built_book.BuiltBook.made` has them, or patterns of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from planbook.plan import Plan
from planbook.plan.model import Chapter
from proof.checkout import Made

NOTHING: dict[str, tuple[str, ...]] = {}
KINDS = ("notebooks", "sources", "read", "pages", "pdfs", "packs", "downloads")
EVERY = ("*",)
ALWAYS = ("book/index", "book/downloads")  # Sphinx wants to write one; the files on offer
FRAGMENTS = "chapters/_fragments/*"  # parts of pages, of which most show all goals
SHOWS_ALL = ("index", "downloads", "methodology", "revision-policy", "goals/index", "units/index")


@dataclass(frozen=True)
class May:
    """Patterns of names by kind; of a kind that is left out nothing may be made."""

    of: Mapping[str, tuple[str, ...]]

    def excess(self, made: Made, changed: Made) -> list[str]:
        """Return what was made although it may not have been, and did not come out otherwise."""
        return [
            f"{kind}: {name}"
            for kind in KINDS
            for name in made.get(kind, ())
            if name not in changed.get(kind, ())
            and not any(fnmatchcase(name, pattern) for pattern in self.of.get(kind, ()))
        ]

    def __or__(self, other: May) -> May:
        kinds = {*self.of, *other.of}
        return May({k: (*self.of.get(k, ()), *other.of.get(k, ())) for k in kinds})

    def only(self, *kinds: str) -> May:
        """Return what it says of these kinds."""
        return May({kind: names for kind, names in self.of.items() if kind in kinds})


NOTHING_AT_ALL = May(NOTHING)
ALL = May(dict.fromkeys(KINDS, EVERY))
ALL_PAGES = May({"read": EVERY, "pages": EVERY})


def of_chapters(plan: Plan, chapters: Iterable[Chapter]) -> May:
    """Return what figures of these chapters may make anew: what shows them, and what shows all."""
    concerned = list(chapters)
    units = {id for chapter in concerned for id in units_of(chapter)}
    show_all = [page.id for page in (*plan.about.front, *plan.about.back)]
    notebooks = (*show_all, *(chapter.id for chapter in concerned))
    pages = (
        *(f"book/{page}" for page in SHOWS_ALL),
        *(f"book/chapters/{id}" for id in notebooks),
        *(f"book/goals/{goal.id}" for chapter in concerned for goal in chapter.goals),
        *(f"book/programmes/{field.id}" for chapter in concerned for field in chapter.fields),
        *(f"book/units/{id}" for id in sorted(units)),
    )
    return May(
        {
            "notebooks": notebooks,
            "sources": (*(f"{page.removeprefix('book/')}.md" for page in pages), FRAGMENTS),
            "read": pages,
            "pages": pages,
            "pdfs": (*(f"*-{id}.pdf" for id in notebooks), "*-book.pdf"),
            "packs": tuple(f"{plan.unit(id).short}-*" for id in sorted(units)),
            "downloads": EVERY,  # most of them hold all goals
        }
    )


def of_notebook(id: str) -> May:
    """Return what a change in one notebook's cells may make anew."""
    page = (f"book/chapters/{id}",)
    return May(
        {
            "notebooks": (id,),
            "read": page,
            "pages": (*page, *ALWAYS),
            "pdfs": (f"*-{id}.pdf", "*-book.pdf"),
            "packs": EVERY,  # a pack prints what notebooks drew
        }
    )


def of_written(page: str) -> May:
    """Return what a word on a written page may make anew."""
    return May({"read": (page,), "pages": (page, *ALWAYS), "pdfs": ("*-book.pdf",)})


def units_of(chapter: Chapter) -> set[str]:
    """Return the ids of the units that report anything of a chapter."""
    return {
        own or field.submitting_unit
        for field in chapter.fields
        for own in (
            *(indicator.submitting_unit for indicator in field.indicators),
            *(measure.submitting_unit for measure in field.measures),
        )
    }


def chapters_of(plan: Plan, unit: str) -> list[Chapter]:
    """Return the chapters of which a unit reports anything."""
    return [chapter for chapter in plan.chapters if unit in units_of(chapter)]
