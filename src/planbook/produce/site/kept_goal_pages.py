"""The goals' pages and charts of the last build: a chapter's stand while nothing read has changed.

They are made of the chapter's part of the book, and what is read of it is noted, as it is while a
notebook is executed. Charts, which take longest, are kept apart: much of what pages say is in none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from planbook.present.book import Book
from planbook.produce.kept_reads import KeptReads, Parts
from planbook.produce.site.chapter_goals import ChapterGoals, Charts


@dataclass(frozen=True)
class KeptGoalPages:
    """Goals' pages lie where the book has them, their charts in a folder of their own.

    Parameters
    ----------
    pages, charts
        Know what was made, by chapter.
    """

    pages: KeptReads
    charts: KeptReads

    @classmethod
    def of(cls, cache: Path, folder: Path, parts: Parts) -> KeptGoalPages:
        """Return what is kept in the folder `cache` of pages below `folder`."""
        pages = KeptReads(cache / "goal_pages.json", folder, parts)
        return cls(pages, KeptReads.in_cache(cache, "goal_charts", parts))

    def standing(self, book: Book, chapter: str, charts: Charts) -> Collection[str]:
        """Return the names of a chapter's files below the book; none where they are to be made."""
        return self.pages.standing(chapter, book, charts)

    def drawn(self, book: Book, chapter: str, charts: Charts) -> bytes | None:
        """Return the charts that were drawn for a chapter's pages; ``None`` where to be drawn."""
        names = self.charts.standing(chapter, book, _to_draw(charts))
        return (self.charts.folder / names[0]).read_bytes() if names else None

    def keep(self, book: Book, chapter: str, charts: Charts, made: ChapterGoals) -> None:
        """Remember pages just written, and keep their charts."""
        if made.drawn is not None:
            drawn = {f"{chapter}.json": made.drawn}
            self.charts.put(chapter, book, drawn, made.chart_reads, _to_draw(charts))
        files = {name: text.encode() for name, text in made.files.items()}
        self.pages.keep(chapter, book, files, made.reads | self.charts.reads(chapter), charts)


def _to_draw(charts: Charts) -> list[str]:
    return [id for id, chart in charts.items() if chart is None]
