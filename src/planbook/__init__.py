"""Follow a public plan to its targets.

`open` is what notebooks and analysts call: the judged tables of an edition, as data frames and as
chapters that can be shown. Everything behind it is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planbook.present.notebook.opened import OpenBook

__all__ = ["open"]


def open(
    dataset: str | None = None,
    edition: str | None = None,
    visibility: str | None = None,
    *,
    compare: bool = False,
) -> OpenBook:
    """Return the book of a dataset's edition, judged.

    Reads the tables that the last build saved; where there are none yet, or the inputs have changed
    since, they are computed and saved first.

    Parameters
    ----------
    dataset
        A folder of ``data/`` with a ``dataset.yaml``. Without it the one of the book that is being
        made; by hand the one that ``planbook lab`` was given, else ``demo`` or the only one.
    edition
        ``2026-Q3``; without it that of the book being made, or that ``planbook lab`` was given, if
        the dataset is that book's; else the dataset's newest.
    visibility
        ``internal`` shows everything, ``public`` what the public book shows. Without it, what the
        book shows that is being made, so that no notebook has to say; by hand ``internal``.
    compare
        Says that a page shows another dataset or edition than its book's on purpose. Without it a
        build refuses to open one.

    Returns
    -------
    OpenBook
        Its `tables` hold the frames (`verdicts`, …); `chapter(id)` the parts of a chapter.

    Raises
    ------
    UsageError
        If the dataset or edition does not exist; the text lists those that do. If a notebook of
        a public book asks for ``internal``, or one of any book for another book without `compare`.
    """
    # Imported as late as can be: pandas is heavy, and what opens other books is seldom needed.
    from planbook.produce.notebooks.handed_book import asked_for, handed  # noqa: PLC0415

    name, of = asked_for(dataset, edition)
    own = handed(name, of, visibility)
    if own is not None:
        return own
    from planbook.run.opening import chosen_visibility, usual_dataset  # noqa: PLC0415
    from planbook.run.pipeline import open_book  # noqa: PLC0415

    visible = chosen_visibility(visibility)
    return open_book(name or usual_dataset(), of, visibility=visible, compare=compare)
