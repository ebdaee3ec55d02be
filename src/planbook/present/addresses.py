"""Where everything stands in the book: names of pages, and addresses as links say them.

An address begins with `root`, which leads from the page that links to the book's own folder. Pages
of chapters, goals and programmes lie one folder below it, hence `TO_ROOT`.
"""

from __future__ import annotations

from collections.abc import Iterable

from planbook.periods import Edition
from planbook.present.palette import RATING_CLASSES
from planbook.project_folders import GENERATED
from planbook.vocabulary import Rating

TO_ROOT = "../"
CHAPTERS, GOALS, PROGRAMMES, UNITS = GENERATED  # programmes and safeguards: a field each
CATALOGUE = f"{GOALS}/index"
DOWNLOADS = "downloads"
SERIES_FOLDER = f"{DOWNLOADS}/series"
API = "api"  # the book as data for programs
SCOREBOARD = "scoreboard"  # the id of the table of all goals
FRAGMENTS = f"{CHAPTERS}/_fragments"
OFFER = "downloads.md"  # written after the PDFs are made, as is
BRIEF = "brief.md"  # where the brief of one page is to be had
LEGEND = "legend.html"  # how to read the charts


def legend_address(form: str) -> str:
    """Return where 图例 says how to read a form of chart, for pages one folder below the root."""
    return f"{TO_ROOT}{LEGEND}" + (f"#legend-{form}" if form else "")


def chapter_address(root: str, chapter_id: str) -> str:
    """Return the address of a chapter's page, or of another page that has a notebook."""
    return f"{root}{CHAPTERS}/{chapter_id}.html"


def goal_address(root: str, goal_id: str) -> str:
    """Return the address of a goal's page."""
    return f"{root}{GOALS}/{goal_id}.html"


def unit_address(root: str, unit_id: str) -> str:
    """Return the address of a reporting unit's page."""
    return f"{root}{UNITS}/{unit_id}.html"


def programme_address(root: str, field_id: str) -> str:
    """Return the address of the page of a programme or safeguard."""
    return f"{root}{PROGRAMMES}/{field_id}.html"


def downloads_address(root: str) -> str:
    """Return the address of the page 下载."""
    return f"{root}{DOWNLOADS}.html"


def edition_address(root: str, edition: Edition, page: str) -> str:
    """Return the address of a page of another edition on the same site, whose books lie together.

    Parameters
    ----------
    page
        Address from that book's root.
    """
    return f"{root}../{edition}/{page}"


def scoreboard_address(page: str, ratings: Iterable[Rating]) -> str:
    """Return the address at which the scoreboard shows only goals with these ratings.

    Parameters
    ----------
    page
        Address of the scoreboard's page.
    """
    return f"{page}#{SCOREBOARD}?rating={','.join(RATING_CLASSES[r] for r in ratings)}"


def series_address(goal_id: str) -> str:
    """Return the address of the CSV behind a goal's chart, below the book's root."""
    return f"{SERIES_FOLDER}/{goal_id}.csv"


def goal_data_address(goal_id: str) -> str:
    """Return the address of all data of a goal as JSON, below the book's root."""
    return f"{API}/goals/{goal_id}.json"
