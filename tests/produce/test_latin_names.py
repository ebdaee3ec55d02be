"""A book whose names, units and quotes are in Latin letters, amid Chinese sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup

from planbook.collect.form.form import Form
from tests.books import Built, built, copy_second_plan, once_a_run, signed

pytestmark = pytest.mark.book

EMISSIONS = "Internationally comparable greenhouse gas emissions"
OFFICE = "Department of Infrastructure and Transportation"
QUOTE = 'Commit to "net-zero" loading, at more than 8 berths'
WORDED = {
    "name: 货物吞吐量\n": f"name: {EMISSIONS}\n",
    "unit: 万吨": "unit: tonnes of CO2 equivalent",
    "港务所": OFFICE,
    "改造东码头和西码头": "Electrification of the eastern and western quays",
    "quote: 生产性泊位超过8个": f"quote: '{QUOTE}'",
    "plan_offset: 30\n": "plan_offset: 800\n",  # the quote is longer
}
BASELINES = "indicator_id,time_period,scope,obs_value,source,note,from_edition\n"


def filled(form: Form) -> Form:
    """Return a form with a number for each value."""
    done = signed(form)
    return replace(done, values=tuple(replace(row, value=12.5) for row in done.values))


def make(root: Path) -> Built:
    copy_second_plan(root, WORDED, filled)
    baseline = "throughput,2022-12,未注明,40,Ministry report,,2024-Q1\n"
    (root / "data" / "test" / "baselines.csv").write_text(BASELINES + baseline, encoding="utf-8")
    return built(root, "--dataset", "test", "--pdf")


@pytest.fixture(scope="module")
def latin(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return once_a_run(tmp_path_factory, "latin-names", make)


def shown(path: Path) -> str:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for hidden in soup.select("head, script, svg, math, code, pre"):
        hidden.decompose()
    for block in soup.select("td, th, p, li, dt, dd, caption, h1, h2, h3"):
        block.append(" ")
    for remark in soup.select("dd > small"):  # on a line of its own
        remark.insert_before(" ")
    return re.sub(r"\s+", " ", soup.get_text())


def on_paper(file: Path) -> str:
    pages = list(pypdfium2.PdfDocument(file))
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return re.sub(r"\s+", " ", text)


def glued(text: str) -> list[str]:
    """Return where a number runs into a word of its unit, or a name into a number."""
    return re.findall(
        r"\d(?:tonnes|percent)|(?:emissions|Transportation|equivalent)\d|CO2equivalent|tonnesof",
        text,
    )


def test_no_number_runs_into_a_word_on_any_page(latin: Built) -> None:
    told = {page.name: shown(page) for page in latin.pages()}
    assert "12.5 tonnes of CO2 equivalent" in told["harbour.html"]
    assert {name: glued(text) for name, text in told.items() if glued(text)} == {}


def test_no_number_runs_into_a_word_on_paper(latin: Built) -> None:
    packs = latin.root / "_build" / "packs"
    files = [*(latin.html / "pdf").glob("*harbour.pdf"), *packs.glob("*/port-office/*.pdf")]
    assert len(files) == 2
    told = {file.name: on_paper(file) for file in files}
    assert {name: glued(text) for name, text in told.items() if glued(text)} == {}
    assert any(f"{OFFICE} 2024年一季度进展" in text for text in told.values())


def test_a_quote_in_another_script_is_left_as_it_is(latin: Built) -> None:
    pages = [shown(page) for page in latin.pages()]
    assert any(QUOTE in text for text in pages)
    assert not [text for text in pages if "“net-zero”" in text or "，at least" in text]
