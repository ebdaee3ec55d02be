from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from planbook.present.charts.figure import Figure
from planbook.present.pages.legend_page import legend_figures
from planbook.present.tables.cells import Column
from planbook.present.tables.table import listing
from planbook.produce.site.legend_charts import write_legend
from planbook.produce.site.write_pages import TEXTS
from tests.drawn_words import SCREENS, clashes, outside

FORMS = (  # every module that draws, and which of its charts shows it
    ("bullets", "横条为从起点到目标已走完的份额"),
    ("level", "×为修订前的数"),
    ("few", "单位：个；2025年末"),
    ("totals", "柱内横线为年内各期的累计数"),
    ("range", "自2025年1月起累计"),
    ("growth", "累计同比与年均增速"),
    ("panels", "时间轴相同，纵轴各异"),
    ("states", "★已达成"),
    ("likelihood", "纵轴为达标可能性"),
    ("moves", "左为转出，右为转入"),
    ("editions", "每行一种状态"),
)


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return legend_figures()


def test_every_form_of_chart_is_drawn_once(figures: dict[str, Figure]) -> None:
    assert list(figures) == [f"legend-{name}" for name, _ in FORMS]
    for name, said in FORMS:
        assert said in figures[f"legend-{name}"].subtitle


def test_the_page_includes_each_chart_and_no_other(figures: dict[str, Figure]) -> None:
    text = (TEXTS / "legend.md").read_text(encoding="utf-8")
    included = [line.split("/")[-1] for line in text.splitlines() if "{include}" in line]
    assert included[1:] == [f"{name}.md" for name in figures]


def test_each_form_leads_to_the_section_that_shows_it(figures: dict[str, Figure]) -> None:
    text = (TEXTS / "legend.md").read_text(encoding="utf-8")
    for name, figure in figures.items():
        assert f"legend-{figure.form}" == name
        section = text.split(f"({name})=\n## ")[1].split("\n## ")[0]
        assert f"{name}.md" in section
        table = listing("values", "数值", {Column("值"): str}, [1])
        held = replace(figure, data=table, csv="../downloads/goals.csv").html()
        assert f'<a href="../legend.html#{name}">怎样读图</a>' in held


def test_invented_numbers_say_so_and_cannot_be_taken_away(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        assert figure.source.startswith("虚构示例")
        page = figure.html()
        assert "<details" not in page
        assert "<a " not in page


@pytest.mark.parametrize(("size", "narrow"), SCREENS)
def test_its_words_lie_on_nothing(figures: dict[str, Figure], size: float, narrow: bool) -> None:
    for name, figure in figures.items():
        assert not clashes(figure, size, narrow=narrow), name
        assert not outside(figure, size, narrow=narrow), name


def test_charts_are_drawn_again_only_by_other_code_or_where_one_is_not_as_it_was(
    tmp_path: Path,
) -> None:
    written = write_legend(tmp_path)
    assert {Path(name).suffix for name in written} == {".md", ".json"}
    assert write_legend(tmp_path) == ()
    (tmp_path / written[0]).unlink()
    assert write_legend(tmp_path) == written
    (tmp_path / written[0]).write_text("edited by hand", encoding="utf-8")
    assert write_legend(tmp_path) == written
    record = tmp_path / "chapters" / "_fragments" / "legend-charts.json"
    record.write_text('{"code": "of before", "files": {}}', encoding="utf-8")
    assert write_legend(tmp_path) == written


def test_it_speaks_of_no_quarters_which_other_cycles_do_not_have(
    figures: dict[str, Figure],
) -> None:
    for name, figure in figures.items():
        shown = figure._repr_mimebundle_()[0]["text/html"]
        assert "季" not in BeautifulSoup(shown, "html.parser").get_text(), name
