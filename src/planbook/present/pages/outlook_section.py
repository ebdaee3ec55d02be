"""The part 达标可能性 of a goal's page: sentence, what other growths lead to, all editions."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.pages.older_rows import with_older_folded
from planbook.present.say.outlook_families import family_sentence
from planbook.present.say.outlook_sentences import outlook_sentence
from planbook.present.say.outlook_words import HOW
from planbook.present.say.why_both import both_hold
from planbook.present.tables.outlook_tables import outlook_history_table, what_if_table
from planbook.present.views import GoalView


def outlook_blocks(book: Book, view: GoalView) -> list[str]:
    """Return the part's blocks; none for goals that people judge, or without outlooks."""
    said = outlook_sentence(view)
    if not said or view.kind.by_people:
        return []
    both = both_hold(view)
    blocks = ["## 达标可能性", markdown(said + both), markdown(family_sentence(book, view))]
    if view.outlook is not None and view.outlook.p_met is not None:
        blocks.append(HOW)
    rows = book.what_ifs(view.id)
    if rows:
        blocks += ["### 增速不同的结果", what_if_table(view, rows).html()]
    if any(then.p_met is not None for then in book.outlooks_so_far(view.id)):
        table = outlook_history_table(book, view)
        blocks += ["### 历期估计", with_older_folded(table, "期")]
    return blocks
