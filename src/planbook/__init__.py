"""Follow a public plan to its targets.

`open` and `chart` are what notebooks and analysts call: the judged tables of an edition, as data
frames and as chapters that can be shown, and a figure of one's own in the book's style. Everything
behind them is imported when it is first used. matplotlib draws Chinese from here on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from planbook.chinese_letters import draw_chinese

if TYPE_CHECKING:
    import pandas as pd

    from planbook.present.charts.figure import Figure
    from planbook.present.notebook.opened import OpenBook
    from planbook.present.prose import Prose

__all__ = ["chart", "open"]

draw_chinese()


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


def chart(
    shown: Any,
    *,
    title: str = "",
    unit: str = "",
    source: str = "",
    alt: str = "",
    note: str = "",
    data: pd.DataFrame | pd.Series | None = None,
    kind: Literal["line", "bar"] | None = None,
    id: str = "",
) -> Figure | Prose:
    """Return an analyst's own chart in the style of the book's, with all that they have.

    It shows itself in JupyterLab, on the book's pages, light and dark, and in its PDFs.

    Parameters
    ----------
    shown
        A data frame or series, drawn as `kind` says: one row a time or name (numbers of rows are
        none), at most five columns of numbers. Or a figure that is drawn already: of matplotlib, or
        of seaborn or pandas by its axes. It is put into the book's style and is not shown by pyplot
        any more.
    title
        The finding, as a statement. A drawn figure may have it as its one title.
    unit
        Of the values: ``亿元``, ``%``.
    source
        Where the values come from; of the book's own data, ``book.source("各填报单位")``.
    alt
        What the chart shows, with its numbers, for readers who do not see it. Of a data frame it
        is written from the values: first, last, highest and lowest, or each of a few bars.
    note
        What else stands behind the unit: the period, what marks mean.
    data
        The values of a drawn figure, as the table that readers can unfold; of a data frame it is
        there by itself.
    kind
        How a data frame is drawn: ``line``, in order of time where the index has times, broken
        where a value is missing; or ``bar``, a row each. Without it lines where rows follow each
        other (times, numbers, ordered categories), and bars where they are names: these are
        joined by no line.
    id
        What links can name, as ``chart-own-`` and this, once a page; without it, made of the words
        and values.

    Returns
    -------
    Figure or Prose
        `title`, `alt`, `data` and `svg()` of a figure can be asked for; a sentence where a data
        frame holds no value yet, as the book's own charts have it.

    Raises
    ------
    UsageError
        With everything that is missing or cannot be drawn.
    """
    from planbook.present.charts.analyst_chart import analyst_chart  # noqa: PLC0415 - matplotlib

    return analyst_chart(
        shown,
        title=title,
        unit=unit,
        source=source,
        alt=alt,
        note=note,
        data=data,
        kind=kind,
        id=id,
    )
