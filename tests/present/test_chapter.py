import math
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from planbook.errors import UsageError
from planbook.frames import OBSERVATIONS
from planbook.present.charts.figure import Figure
from planbook.present.notebook.opened import OpenBook
from planbook.present.prose import Prose
from tests.present_rows import observation

MakeBook = Callable[..., OpenBook]
SEAMS = re.compile(r"None|nan|[，、：；（][，。、；）]|。。|\d-\d|增长−|下降−|[a-z]{3,}_[a-z]|Q\d")
HAN = r"[\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{HAN}[,:;!?]|[,:;!?]{HAN}|{HAN}\(|\){HAN}")


def sentences(book: OpenBook) -> list[str]:
    found = [str(message) for message in book.messages()]
    for part in book.plan.chapters:
        chapter = book.chapter(part.id)
        found.append(repr(chapter.lead()))
        for field in part.fields:
            found += [repr(chapter.paragraph(field.id)), repr(chapter.progress(field.id))]
    return found


def test_no_sentence_shows_a_template_seam(judged_book: OpenBook) -> None:
    for sentence in sentences(judged_book):
        assert not SEAMS.search(sentence), sentence
        assert not HALF_WIDTH.search(sentence), sentence


def test_every_figure_of_a_book_draws_and_has_its_words(judged_book: OpenBook) -> None:
    shown: list[Figure | Prose] = [judged_book.overview().state_figure()]
    shown += [judged_book.trajectory(goal.id) for goal in judged_book.plan.goals]
    for part in judged_book.plan.chapters:
        if part.goals:
            shown.append(judged_book.chapter(part.id).summary_figure())
    figures = [figure for figure in shown if isinstance(figure, Figure)]
    for figure in figures:
        words = " ".join((figure.title, figure.subtitle, figure.alt, figure.source))
        assert not SEAMS.search(words), words
        assert not HALF_WIDTH.search(words), words
        assert figure.alt.endswith("。")
        assert figure.svg().startswith("<svg")
    assert len(figures) > (40 if judged_book.dataset.demonstration else 0)
    assert all(isinstance(other, Prose) for other in shown if other not in figures)


def test_every_table_of_a_book_can_be_shown(judged_book: OpenBook) -> None:
    overview, quality = judged_book.overview(), judged_book.quality()
    tables: list[Any] = [overview.counts(), overview.scoreboard(), overview.changes()]
    tables += [quality.submissions(), quality.punctuality(), quality.findings()]
    tables += [quality.revisions(), quality.corrections(), quality.baselines()]
    for part in judged_book.plan.chapters:
        chapter = judged_book.chapter(part.id)
        tables += [chapter.table(field.id) for field in part.fields]
        tables += [chapter.measures(field.id) for field in part.fields]
    for table in tables:
        assert not re.search(r">\s*(nan|None)", table.html())
        assert "\n\n" not in table.html()
    assert overview.scoreboard().count == len(judged_book.views)


def test_unknown_names_are_refused_with_those_that_exist(judged_book: OpenBook) -> None:
    with pytest.raises(UsageError, match="digital"):
        judged_book.chapter("digitl")
    chapter = judged_book.chapter("digital")
    with pytest.raises(UsageError, match="software"):
        chapter.paragraph("softwear")
    with pytest.raises(UsageError, match="software-revenue"):
        chapter.trajectory("green-loans")


def test_opening_a_book_does_not_wait_for_the_charts() -> None:
    code = "import sys, planbook.present.notebook.chapter; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["2025-12", "2024-12"], "数据截至2025年12月末"),
        (["2026-09", "2025-12"], "数据截至2026年9月末"),
        ([], "尚无数据"),
    ],
)
def test_the_dateline_says_how_far_the_data_really_reach(
    make_book: MakeBook, periods: list[str], said: str
) -> None:
    rows = [observation("lawyers", period, 1.0) for period in periods]
    empty = observation("lawyers", "2026-12", math.nan, obs_status="not_sent")
    book = make_book(observations=OBSERVATIONS.frame([*rows, empty]))
    assert book.dateline().split(" · ")[1:] == ["2026年三季度", said, "示例数据"]
