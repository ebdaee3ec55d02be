import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markupsafe import Markup

from planbook.frames import ANNUAL_TARGETS, ANNUAL_VERDICTS, FINDINGS, VERDICTS
from planbook.present.addresses import CATALOGUE
from planbook.present.escaping import full_width
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.goal_pages import catalogue_page, goal_page, goal_pages
from planbook.vocabulary import Rating

MakeBook = Callable[..., OpenBook]


def soup(page: str) -> BeautifulSoup:
    return BeautifulSoup(MarkdownIt("commonmark").render(page), "html.parser")


@pytest.fixture(scope="module")
def pages(judged_book: OpenBook) -> dict[str, str]:
    return {CATALOGUE: catalogue_page(judged_book), **goal_pages(judged_book)}


def test_every_goal_has_a_page_and_stands_in_the_catalogue(
    judged_book: OpenBook, pages: dict[str, str]
) -> None:
    goals = judged_book.plan.goals
    assert set(pages) == {"goals/index"} | {f"goals/{goal.id}" for goal in goals}
    links = {a["href"] for a in soup(pages["goals/index"]).find_all("a")}
    assert {f"{goal.id}.html" for goal in goals} <= links


def test_a_page_quotes_its_clause_with_section_unit_kind_and_scope(
    judged_book: OpenBook, pages: dict[str, str]
) -> None:
    for view in judged_book.views.values():
        text = soup(pages[f"goals/{view.id}"]).get_text()
        assert f"{full_width(view.goal.quote)}。" in text
        assert f"到2027年，{full_width(view.goal.quote)}" not in text
        for words in (full_width(view.goal.section), view.kind.label, view.submitting_unit.name):
            assert words in text
        assert view.verdict.scope in text


def test_who_entered_no_ambiguity_is_not_made_to_say_that_there_is_none(
    make_book: MakeBook,
) -> None:
    book = make_book()
    view = book.views["software-revenue"]
    assert "原文未明确之处" in goal_page(book, view.id)
    silent = replace(view, goal=view.goal.model_copy(update={"ambiguity": "", "reading": ""}))
    book.views[view.id] = silent
    assert "歧义" not in goal_page(book, view.id)
    assert "原文未明确之处" not in goal_page(book, view.id)


def test_a_goal_that_changed_says_why_with_parts_that_add_up(
    judged_book: OpenBook, pages: dict[str, str]
) -> None:
    for view in judged_book.views.values():
        row, page = judged_book.change_reasons.get(view.id), soup(pages[f"goals/{view.id}"])
        assert ("为什么变化" in page.get_text()) is (row is not None)
        table = page.find(id="change-parts")
        assert (table is not None) is (row is not None and row.turned_by is None)
        if table is None:
            continue
        shown = [tr.find_all("td")[-1].text for tr in table.select("tbody tr")]
        old, *parts, new = (
            Decimal(text.replace("−", "-").replace("—", "0").replace(",", "")) for text in shown
        )
        assert old + sum(parts) == new


def test_a_goal_without_baseline_says_so_on_its_page(make_book: MakeBook) -> None:
    assert "基数待补（2024年）" in soup(goal_page(make_book(), "software-revenue")).get_text()


def test_formulas_are_filled_where_the_numbers_are_known(
    judged_book: OpenBook, pages: dict[str, str]
) -> None:
    for view in judged_book.views.values():
        page = pages[f"goals/{view.id}"]
        if view.kind.by_people:
            assert "```{math}" not in page
        elif view.verdict.pace is not None:
            assert page.count("```{math}") >= 2
        else:
            assert "```{math}" in page


def test_the_verdict_comes_first_and_the_record_last(
    judged_book: OpenBook, pages: dict[str, str]
) -> None:
    for id in judged_book.views:
        page = pages[f"goals/{id}"]
        order = ['class="pb-head"', 'class="pb-lede"', "## 方案原文", "## 怎样判定"]
        order += ["## 历次", "## 目标、基数与填报", "## 下载"]
        places = [page.index(part) for part in order]
        assert places == sorted(places)


def test_a_chart_that_is_drawn_already_is_not_drawn_again(make_book: MakeBook) -> None:
    page = goal_page(
        make_book(), "software-revenue", Markup('<figure id="chart-software-revenue">')
    )
    assert page.count('id="chart-software-revenue"') == 1
    assert "尚无数据，收到填报后在此绘图" not in page


def test_findings_of_the_indicator_stand_on_its_goals_pages(make_book: MakeBook) -> None:
    finding = {
        "rule": "yoy",
        "severity": "warning",
        "message": "同比与上年同期值不符。",
        "edition": "2026-Q2",
        "submitting_unit": "software",
        "file": "x.xlsx",
        "sheet": "填报表",
        "cell": "F7",
        "indicator_id": "software-revenue",
        "observed": "12.0",
        "expected": "21.1",
        "remedy": "核对后重报",
    }
    book = make_book(findings=FINDINGS.frame([finding]))
    for goal in ("software-revenue", "software-revenue-cagr"):
        assert "同比与上年同期值不符。" in goal_page(book, goal)
    assert "同比与上年同期值不符。" not in goal_page(book, "lawyers")


def test_key_numbers_show_only_what_applies(make_book: MakeBook) -> None:
    known = {
        "rating": "滞后",
        "rated_by": "linear",
        "latest_value": 14.1,
        "latest_period": "2025-12",
        "observed_value": 14.1,
        "path_value": 13.93,
        "remaining": -1.1,
        "completion": 1.08,
    }
    page = soup(goal_page(make_book({"logistics-cost-gdp": known}), "logistics-cost-gdp"))
    names = [str(term.get_text()) for term in page.select(".pb-keys dt")]
    assert "目标完成率" not in names  # of a falling goal
    assert "推算全年" not in names
    assert {"最新值", "应达水平", "目标", "还差"} <= set(names)


def keys(page: BeautifulSoup) -> dict[str, tuple[str, str]]:
    found = {}
    for pair in page.select(".pb-keys > div"):
        name, said = pair.dt, pair.dd
        assert name is not None
        assert said is not None
        small = said.small.extract().get_text() if said.small else ""
        found[name.get_text()] = (said.get_text(), small)
    return found


def test_key_numbers_of_a_goal_in_whole_units_count_what_is_due_and_left(
    make_book: MakeBook,
) -> None:
    known = {
        "rating": "滞后",
        "rated_by": "whole_units",
        "latest_value": 116.0,
        "latest_period": "2026-09",
        "observed_value": 116.0,
        "observed_period": "2026-09",
        "baseline_value": 111.0,
        "target_value": 120.0,
        "meeting_value": 120.0,
        "path_value": 117.0,
        "increment_completion": 5 / 9,
        "increment_due": 0.55561,
        "remaining": 4.0,
        "met_period": "",
    }
    page = soup(goal_page(make_book({"testing-institutions": known}), "testing-institutions"))
    shown = keys(page)
    assert shown["应达水平"] == ("117家", "按整数个对照")
    assert shown["还差"] == ("4家", "到期前还有5个季度")
    # the two differ in the third decimal, and must not read as the same
    assert shown["增量完成率"] == ("55.556%", "应达进度55.561%")
    assert "达到目标的时期" not in shown


def test_an_estimate_has_its_band_and_a_target_about_a_number_what_meets_it(
    make_book: MakeBook,
) -> None:
    known = {
        "rating": "滞后",
        "rating_provisional": True,
        "rated_by": "growth",
        "latest_value": 938.0,
        "latest_period": "2026-09",
        "accumulation": "ytd",
        "observed_value": 1321.1,
        "observed_period": "2026-12",
        "is_estimate": True,
        "band_low": 1280.04,
        "band_high": 1362.2,
        "target_value": 1800.0,
        "meeting_value": 1710.0,
        "met_period": "2025-12",
    }
    page = soup(goal_page(make_book({"software-revenue": known}), "software-revenue"))
    shown = keys(page)
    assert shown["推算全年"] == ("1,321.1亿元", "误差范围1,280.0—1,362.2亿元")
    assert shown["目标"][1] == "2027年，不低于1,710亿元即达到"
    assert shown["达到目标的时期"] == ("2025年", "")
    assert "▲ 滞后 初步" in page.select(".pb-head")[0].get_text()


def test_what_is_left_is_never_printed_as_nothing(make_book: MakeBook) -> None:
    known = {"rating": "滞后", "latest_value": 119.6, "remaining": 0.4, "target_value": 120.0}
    page = soup(goal_page(make_book({"testing-institutions": known}), "testing-institutions"))
    assert keys(page)["还差"][0] == "0.4家"


TARGETS = ANNUAL_TARGETS.frame(
    {
        "goal_id": "green-loans",
        "year": year,
        "target_value": value,
        "source": f"{year}年度计划",
        "from_edition": edition,
    }
    for year, value, edition in (
        (2026, 2900.0, "2026-Q1"),
        (2025, 2600.0, "2025-Q1"),
        (2026, 3000.0, "2026-Q2"),
    )
)


def test_yearly_targets_are_listed_by_year_each_with_its_own_verdict(make_book: MakeBook) -> None:
    verdicts = ANNUAL_VERDICTS.frame(
        {
            "goal_id": "green-loans",
            "year": year,
            "target_value": target,
            "observed_value": value,
            "verdict": verdict,
            "source": "",
            "edition": "2026-Q3",
        }
        for year, target, value, verdict in (
            (2025, 2600.0, 2599.998, "未达到"),
            (2026, 3000.0, math.nan, "年度未结束"),
        )
    )
    book = make_book(annual_targets=TARGETS, annual_verdicts=verdicts)
    rows = soup(goal_page(book, "green-loans")).select("#annual-targets tbody tr")
    assert [[cell.get_text() for cell in row.select("th, td")] for row in rows] == [
        ["2025年", "2,600.000亿元", "2,599.998亿元", "未达到", "2025年度计划", "2025年一季度"],
        ["2026年", "3,000亿元", "—", "年度未结束", "2026年度计划", "2026年二季度"],
    ]


def test_yearly_targets_are_listed_before_anything_is_said_of_them(make_book: MakeBook) -> None:
    book = make_book(annual_targets=TARGETS)
    rows = soup(goal_page(book, "green-loans")).select("#annual-targets tbody tr")
    assert [row.select("td")[2].get_text() for row in rows] == ["—", "—"]


def test_a_cumulative_goal_names_the_month_it_counts_from(make_book: MakeBook) -> None:
    page = soup(goal_page(make_book(), "tech-managers"))
    assert "统计起点2025年1月" in page.select_one("#record").get_text().replace("\n", "")


def test_symbols_have_the_indices_of_the_formula(make_book: MakeBook) -> None:
    page = soup(goal_page(make_book(), "rnd-platforms"))
    symbols = [head.decode_contents() for head in page.select("#symbols tbody th")]
    assert "t − t<sub>0</sub>" in symbols
    assert "t<sub>E</sub> − t<sub>0</sub>" in symbols


def test_a_field_called_like_its_chapter_is_named_once(make_book: MakeBook) -> None:
    place = soup(goal_page(make_book(), "overall-ecosystem")).select_one(".pb-place")
    assert place is not None
    assert place.get_text() == "总体目标"


def test_sister_goals_lead_to_each_other(make_book: MakeBook) -> None:
    page = soup(goal_page(make_book(), "software-revenue"))
    assert page.find("a", href="../goals/software-revenue-cagr.html") is not None


def test_hostile_evidence_reaches_the_page_as_characters_only(make_book: MakeBook) -> None:
    evil = "<script>x</script> {{y}} $(z)\n\n:::{raw} html\n[a](javascript:b)"
    changes = {"bonded-plus-pilot": {"rating": str(Rating.MET), "evidence": evil}}
    book = make_book(changes)
    book = OpenBook(book.plan, book.tables, book.dataset, book.edition)
    page = soup(goal_page(book, "bonded-plus-pilot"))
    assert page.script is None
    assert not [a for a in page.find_all("a") if "javascript" in a["href"]]
    assert "<script>x</script> {{y}} $(z) :::{raw} html [a](javascript:b)" in page.get_text()


def test_pages_are_the_same_text_for_the_same_tables(make_book: MakeBook) -> None:
    assert goal_pages(make_book()) == goal_pages(make_book())


def test_verdicts_that_lack_a_goal_are_refused(make_book: MakeBook) -> None:
    book = make_book()
    fewer = VERDICTS.frame(book.tables.verdicts.iloc[1:])
    broken = make_book(verdicts=fewer)
    with pytest.raises(ValueError, match="overall-signature-clusters"):
        catalogue_page(broken)
