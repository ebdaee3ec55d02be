"""Where editions stand, in words: 已发布（2026年10月28日）, 已更正 and by which, 已撤回 and why.

A book says of itself 本期 or 更正版, which stays true whatever becomes of it.
"""

from __future__ import annotations

from planbook.edition_acts import EditionState
from planbook.edition_frames import EditionRow
from planbook.periods import Edition
from planbook.present.book import Book
from planbook.present.say.wording import day_words

OWN = "本期"
_FAULTY = (EditionState.WITHDRAWN, EditionState.PURGED)


def edition_before(book: Book) -> str:
    """Return what the edition before is called, where there is none too."""
    return "上期" if book.is_first else book.previous().label


def state_word(book: Book, row: EditionRow) -> str:
    """Return where an edition stands in one word."""
    return OWN if row.edition == book.edition else str(row.edition_state)


def state_remark(book: Book, row: EditionRow) -> str:
    """Return what else is to be said of it: what it corrects, what corrects it, why it ended."""
    said = [f"更正{row.corrects.label}" if row.corrects else ""]
    by = _corrected_by(book, row.edition)
    said.append(f"由{by.label}更正" if by else "")
    if row.reason and (row.corrects or row.edition_state in _FAULTY):
        said.append(row.reason.rstrip("。"))
    return "；".join(part for part in said if part)


def _corrected_by(book: Book, edition: Edition) -> Edition | None:
    """Return the edition that corrects another: one that was published, or this book."""
    return next(
        (
            row.edition
            for row in book.rows.editions
            if row.corrects == edition and (row.released or row.edition == book.edition)
        ),
        None,
    )


def is_kept(row: EditionRow) -> bool:
    """Whether an edition can still be read on the site: it was published, and not purged."""
    return bool(row.released) and row.edition_state is not EditionState.PURGED


def state_short(book: Book, row: EditionRow) -> str:
    """Return where an edition stands, since when it can be read, and what this one corrects."""
    word, day = state_word(book, row), day_words(row.released)
    if row.edition == book.edition:
        return f"{word}，更正{row.corrects.label}" if row.corrects else word
    return f"{word}（{day}）" if day else word


def correction_notice(book: Book) -> str:
    """Return what every page of a correction edition says of itself; empty in others."""
    row = book.own_row
    if row is None or row.corrects is None:
        return ""
    count = len(book.rows.edition_corrections)
    why = f"更正原因：{row.reason.rstrip('。')}。" if row.reason else ""
    said = f"{count}项目标的内容有更正" if count else "各项目标的数值和状态没有不同"
    return f"本书为更正版，更正{row.corrects.label}。{why}与{row.corrects.label}相比，{said}。"
