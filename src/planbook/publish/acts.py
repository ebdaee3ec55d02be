"""Acts on a site: add an edition, withdraw it, purge it, verify what lies there.

What commands call. An act reads the site, changes its `Listing` and has the site written anew;
whoever is killed or refused leaves what was there. Nothing here knows of registers or workspaces.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from planbook.errors import Problem
from planbook.periods import Edition
from planbook.publish.entries import Entry, NextDate, SiteMark


def open_site(to: str, mark: SiteMark) -> Site:
    """Open the site at a local path or a URL that fsspec knows; it need not exist yet.

    Raises
    ------
    ProblemsFound
        If what lies there is not ours, belongs to another plan, dataset or visibility, was
        written by a newer version, or its ``editions.json`` was edited.
    """
    raise NotImplementedError


class Site:
    """A site as it was when it was opened; each act leaves it as it then is."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The editions, oldest first."""
        raise NotImplementedError

    def add(
        self,
        entry: Entry,
        book: Path,
        archive: Path,
        next_dates: Iterable[NextDate] | None = None,
    ) -> Entry:
        """Publish a sealed book with its archive; what it corrects is marked.

        Returned is the entry as it stands on the site. An edition that is there already with the
        same bytes keeps its time, and what an interrupted run left undone is completed.

        Raises
        ------
        ProblemsFound
            If the edition is there with other bytes, the book is not as it was sealed, `entry` is
            older than the newest act, what it corrects is not there, an edition that is there
            lost bytes, the site was changed meanwhile, another publishes, or the disk is full.
        """
        raise NotImplementedError

    def withdraw(self, edition: Edition, reason: str, at: dt.datetime) -> Entry:
        """Mark an edition withdrawn; its bytes stay. Errors as `add`."""
        raise NotImplementedError

    def purge(self, edition: Edition, reason: str, at: dt.datetime) -> Entry:
        """Delete an edition's bytes and archive; a page with the reason takes their place."""
        raise NotImplementedError

    def next_dates(self, dates: Iterable[tuple[str, dt.date]]) -> None:
        """Announce editions to come, each a label and a day, instead of those announced before."""
        raise NotImplementedError

    def verify(
        self, edition: Edition | None = None, manifests: Mapping[Edition, str] | None = None
    ) -> list[Problem]:
        """Return all that differs from what was published, in one edition or in all.

        `manifests` are the sha256 that the publisher's own register knows.
        """
        raise NotImplementedError
