"""Books of other lengths than a quarter and of years from April: from forms to pages and paper."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from pypdf import PdfReader

from planbook.periods import Edition, TimePeriod
from planbook.present.notebook.opened import OpenBook
from planbook.present.say.sentences import goal_sentence
from planbook.run.opening import open_workspace
from planbook.run.pipeline import next_templates, open_book
from planbook.vocabulary import Rating, YearVerdict
from tests import other_cycles
from tests.books import Built, built, once_a_run
from tests.record import Record


@pytest.fixture(scope="session")
def yearly(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A yearly book with its PDFs. Only look at it."""
    return once_a_run(
        tmp_path_factory,
        "yearly",
        lambda root: built(other_cycles.yearly(root), "--dataset", "test", "--pdf"),
    )


@pytest.fixture(scope="session")
def from_april(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A book each half of years from April, with its PDFs. Only look at it."""
    return once_a_run(
        tmp_path_factory,
        "from-april",
        lambda root: built(other_cycles.from_april(root), "--dataset", "test", "--pdf"),
    )


@pytest.fixture(scope="session")
def monthly(tmp_path_factory: pytest.TempPathFactory) -> OpenBook:
    return open_book("test", root=other_cycles.monthly(tmp_path_factory.mktemp("month") / "p"))


def pages(book: Built) -> str:
    return "\n".join(
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text()
        for path in book.pages()
    )


def paper(path: Path) -> str:
    """Return the text of a PDF without its line breaks."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


# The yearly book. 40 → 60 in eight years are 5.198 % a year; 40 → 44.1 in two are 5 %.


@pytest.mark.book
def test_a_yearly_book_is_judged_by_years(yearly: Built) -> None:
    book = open_book("test", root=yearly.root)
    verdicts = {view.id: view.verdict for view in book.views.values()}
    assert verdicts["throughput"].pace == pytest.approx(0.05 / (1.5 ** (1 / 8) - 1))
    assert verdicts["throughput-cagr"].pace == pytest.approx(5 / 7.2)
    assert verdicts["visitors-yearly"].pace == pytest.approx(1.05)
    new = verdicts["guesthouses-new"]
    assert (new.average_step, new.required_step) == (3, pytest.approx(14 / 6))
    assert new.share_due == pytest.approx(2 / 8)
    assert verdicts["berths"].required_step == pytest.approx(3 / 4)


@pytest.mark.book
def test_no_page_of_a_yearly_book_speaks_of_quarters(yearly: Built) -> None:
    said = pages(yearly)
    assert "季" not in said
    assert "此后平均每年须新增2.4家（此前平均3家）" in said
    assert "距目标还差3个，还有4年" in said
    assert "2024年版" in said
    assert not list(yearly.html.rglob("*-Q*"))


@pytest.mark.book
def test_no_paper_of_a_yearly_book_speaks_of_quarters(yearly: Built) -> None:
    whole = paper(yearly.html / "pdf" / "2024-book.pdf")
    assert "季" not in whole
    assert "此后平均每年须新增2.4家" in whole
    packs = sorted((yearly.root / "_build" / "packs" / "2024").rglob("*.pdf"))
    assert len(packs) == 2
    assert not [pack.name for pack in packs if "季" in paper(pack)]


@pytest.mark.book
def test_the_next_form_of_a_yearly_book_asks_for_the_next_year(yearly: Built) -> None:
    (form,) = (yearly.root / "_build" / "packs" / "2024").rglob("镇办-2025年填报表.xlsx")
    book = load_workbook(form)
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "2025年" in texts
    assert not [text for text in texts if "季" in text]
    assert any("（2025年）" in text for text in texts)


def test_a_correction_of_a_year_is_read_back_from_its_tables(tmp_path: Path) -> None:
    root = other_cycles.yearly(tmp_path / "p")
    record = Record(root, "test")
    record.publish("2024")
    record.correct("2024.1")
    computed, saved = (open_book("test", "2024.1", root) for _ in range(2))
    assert str(saved.edition) == "2024.1"
    assert saved.edition.label == "2024年\uff08更正1\uff09"
    assert saved.rows.verdicts == computed.rows.verdicts
    assert {str(row.edition) for row in saved.rows.history} == {"2023", "2024.1"}


# The book of half-years from April. FY2024: 20 by September, 42 by March; FY2025: 22 by September.


@pytest.mark.book
def test_a_year_from_april_is_estimated_from_its_own_half(from_april: Built) -> None:
    book = open_book("test", root=from_april.root)
    verdicts = {view.id: view.verdict for view in book.views.values()}
    total = verdicts["throughput"]
    assert (total.observed_value, total.observed_period) == (
        pytest.approx(22 / (20 / 42)),
        TimePeriod(2025, 3),
    )
    assert total.rolling_value == pytest.approx(22 + 42 - 20)
    assert total.pace == pytest.approx((1.155**0.5 - 1) / (1.5 ** (1 / 8) - 1))
    growth = verdicts["throughput-cagr"]
    assert (growth.observed_period, growth.pace) == (TimePeriod(2024, 3), pytest.approx(5 / 7.2))
    new = verdicts["guesthouses-new"]  # a third of FY2024's came in its first half
    assert new.share_due == pytest.approx((12 + 12 / 3) / 96)
    assert (new.average_step, new.required_step) == (pytest.approx(5 / 3), pytest.approx(15 / 13))
    each = verdicts["visitors-yearly"]
    assert each.pace == pytest.approx(5.5 / (10 * 6 / 11))
    assert each.required_step == pytest.approx(4.5)


@pytest.mark.book
def test_yearly_targets_are_of_years_from_april(from_april: Built) -> None:
    book = open_book("test", root=from_april.root)
    rows = {row.year: row for row in book.rows.annual_verdicts}
    assert (rows[2024].observed_value, rows[2024].verdict) == (42, YearVerdict.REACHED)
    assert rows[2026].verdict is YearVerdict.YEAR_OPEN
    assert "2025—2026财年" in pages(from_april)


@pytest.mark.book
def test_pages_and_paper_name_years_and_periods_from_april(from_april: Built) -> None:
    said, whole = pages(from_april), paper(from_april.html / "pdf" / "2024-09H-book.pdf")
    for text in (said, whole):
        assert "季" not in text.replace("报送频率季度", "")  # how often there is a value
        assert "2024—2025财年全年约46.2万吨" in text
        assert "2024年4—9月为22.0万吨" in text
        assert "此后平均每半年须新增1.2家" in text
        assert "还有9个半年" in text
    assert "2023年4月—2024年3月" in said
    assert "2024年4—9月版" in said


def test_what_ends_in_march_is_decided_by_the_year_to_march(tmp_path: Path) -> None:
    root = other_cycles.from_april(tmp_path / "p")
    path = root / "data" / "plan" / "harbour.yaml"
    text = path.read_text(encoding="utf-8")
    due = "kind: annual_flow\n            target: 60\n            due: 2024-03"
    text = text.replace("kind: annual_flow\n            target: 60", due)
    text = text.replace("kind: cagr\n", "kind: cagr\n            due: 2024-03\n")
    path.write_text(text, encoding="utf-8")
    ends = {
        id: {row.goal_id: row for row in open_book("test", id, root).rows.verdicts}
        for id in other_cycles.FROM_APRIL
    }
    before, closed, after = ends.values()
    assert before["throughput"].rating is not Rating.MISSED
    assert (closed["throughput"].rating, closed["throughput"].observed_value) == (Rating.MISSED, 42)
    assert closed["throughput-cagr"].rating is Rating.MISSED
    assert after["throughput"].observed_value == 42  # what comes later never decides


def test_a_recurring_measure_is_asked_again_in_april(tmp_path: Path) -> None:
    root = other_cycles.from_april(tmp_path / "p")
    shutil.rmtree(root / "data" / "test" / "submissions" / "2024-09H")
    rows = {
        edition: {row.measure_id: row for row in open_book("test", edition, root).rows.measures}
        for edition in ("2023-09H", "2024-03H", "2024-09H")
    }
    assert rows["2024-03H"]["visitors-m01"].status == "本年已开展"
    assert rows["2024-09H"]["visitors-m01"].status is None
    assert rows["2024-09H"]["quay-m02"].status == "受阻"


# The monthly book.


def test_a_monthly_book_counts_months(monthly: OpenBook) -> None:
    new, each = monthly.views["guesthouses-new"], monthly.views["visitors-yearly"]
    assert new.verdict.required_step == pytest.approx(18 / 93)
    assert "此后平均每月须新增0.2家（此前平均0.7家）" in goal_sentence(new)
    assert (each.verdict.average_step, each.verdict.required_step) == (1, pytest.approx(7 / 9))
    assert monthly.edition.label == "2023年3月"
    assert "季" not in "".join(map(goal_sentence, monthly.views.values()))


def test_a_quarters_value_is_asked_once_a_quarter_in_a_monthly_book(tmp_path: Path) -> None:
    root = other_cycles.monthly(tmp_path / "p")
    workspace, plan = open_workspace("test", root)
    indicator = plan.indicator("guesthouses-new")
    ids = ("2023-03", "2023-04", "2023-05", "2023-06")
    owed = [indicator.owed_in(Edition.parse(id), plan.cycle) for id in ids]
    assert owed == [TimePeriod(2023, 3), None, None, TimePeriod(2023, 6)]
    assert set(next_templates(workspace, plan, Edition.parse("2023-03"))) == {
        "port-office",
        "town-office",
    }
