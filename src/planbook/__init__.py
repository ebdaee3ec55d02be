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
    dataset: str | None = None, edition: str | None = None, visibility: str | None = None
) -> OpenBook:
    """Return the book of a dataset's edition, judged.

    Reads the tables that the last build saved; where there are none yet, or the inputs have changed
    since, they are computed and saved first.

    Parameters
    ----------
    dataset
        A folder of ``data/`` with a ``dataset.yaml``; without it ``demo``, or the only one.
    edition
        ``2026-Q3``; without it the dataset's newest.
    visibility
        ``internal`` shows everything, ``public`` what the public book shows. Without it, what the
        book shows that is being made, so that no notebook has to say; by hand ``internal``.

    Returns
    -------
    OpenBook
        Its `tables` hold the frames (`verdicts`, …); `chapter(id)` the parts of a chapter.

    Raises
    ------
    UsageError
        If the dataset or edition does not exist; the text lists those that do. If a notebook of
        a public book asks for ``internal``.
    """
    from planbook.produce.notebooks.handed_book import handed  # noqa: PLC0415 (pandas is heavy)

    own = handed(dataset or "", edition, visibility)
    if own is not None:
        return own
    from planbook.run.opening import chosen_visibility  # noqa: PLC0415 (nor is it always needed)
    from planbook.run.pipeline import open_book  # noqa: PLC0415 (as above)

    return open_book(dataset, edition, visibility=chosen_visibility(visibility))
