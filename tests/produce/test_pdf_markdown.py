from pathlib import Path

import pytest
import yaml

from planbook.errors import ProblemsFound
from planbook.produce.markdown_rules import EXTENSIONS
from tests.produce.printing import printed, reader, text

ROOT = Path(__file__).resolve().parents[2]


def test_the_dialect_is_the_one_that_the_book_is_written_in() -> None:
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert set(EXTENSIONS) == set(config["parse"]["myst_enable_extensions"])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("- 甲\n- 乙\n  1. 内一\n  2. 内二", ["甲", "内一", "2.内二"]),
        ("- 甲\n\n  第二段\n\n- 乙", ["第二段", "乙"]),
        ("3. 三\n4. 四", ["3.三", "4.四"]),
        ("| 项 | 数 |\n|---|--:|\n| 甲 | 1.5 |\n| 乙 | 12 |", ["项数", "甲", "1.5", "12"]),
        ("增长[^a]，下降[^a]。\n\n[^a]: 可比口径。", ["可比口径。"]),
        (":::{note}\n标准[^a]。\n:::\n\n[^a]: 本书设定。", ["本书设定。"]),
        (":::{tip}\n先练习。\n:::", ["提示", "先练习。"]),
        ("::::{admonition} 自拟标题\n:::{note}\n内层\n:::\n::::", ["自拟标题", "说明", "内层"]),
        ("```{warning}\n小心。\n```", ["注意", "小心。"]),
        ("词语\n: 解释一\n: 解释二", ["词语", "解释一", "解释二"]),
        ("> **点评**\n>\n> - 其一\n>\n> ——某部门", ["点评", "其一", "——某部门"]),
        ("```python\na = '甲'\n```", ["a='甲'"]),
        ("行内 `代码` 和 **重点**、*强调*", ["行内代码和重点、强调"]),
        ("第一行\n第二行\\\n第三行", ["第一行第二行第三行"]),
        ("{sub}`下` {sup}`上` {code}`x=1`", ["下上x=1"]),
        ("价格~~旧。~~新", ["价格旧。新"]),
        ("- [ ] 未办\n- [x] 已办\n- [注] 其他", ["□未办", "✓已办", "[注]其他"]),
        ("<s>旧</s><del>删</del>新", ["旧删新"]),
        ("---\n\n末尾<br>换行 <b>粗</b>", ["末尾换行粗"]),
        ("% 注释不印出\n\n正文", ["正文"]),
        ("[外部](https://www.stats.gov.cn/)与[页外](other.md)", ["外部与页外"]),
        (
            "```{list-table} 表题\n:header-rows: 1\n* - 甲\n  - 乙\n* - 1\n  - 2\n```",
            ["表1表题", "甲乙", "12"],
        ),
        ("$$\n\\frac{v-b}{\\left|T-b\\right|}\\div 2\n$$\n\n行内 $t_0$", ["行内"]),
        ("```{math}\n\\text{增长}=\\hat{v}^{2}\\times 3\\%\n```", ["增长"]),
        ("&#42;不是强调&#42; &lt;i&gt;", ["*不是强调*<i>"]),
        ('# 标题 #1 [链接](#x) "引号" \\\\ `#eval`', ['标题#1链接"引号"\\#eval']),
    ],
)
def test_every_construct_of_the_book_reaches_the_paper(source: str, words: list[str]) -> None:
    said = text(printed(source))
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("```{mermaid}\ngraph\n```", "{mermaid}"),
        ("{cite}`某文`", "{cite}"),
        ("<video src='x'>看</video>", "<video>"),
        ("<div><canvas></canvas></div>", "<canvas>"),
        ("<ul><li>甲</li></ul>", "<ul>"),
        ("<figure><svg></svg></figure>", "<figure>"),
        ("$\\unknowncommand{x}$", "unknowncommand"),
        ("$\\begin{CD}a\\end{CD}$", "公式"),
        ("增长**8%**2个", "**"),
        ("![说明](没有.png)", "没有.png"),
        ("```{include} 没有.md\n```", "没有.md"),
        ("```{figure} x.png\n```", "x.png"),
        ("文字 <b>没有结尾", "<b>"),
        ("正文\n\n[^a]: 没有引用。", "[^a]"),
    ],
)
def test_what_cannot_be_printed_is_an_error_that_names_it(source: str, what: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        printed(source)
    assert what in str(found.value)
    assert "page1" in str(found.value)


def test_all_problems_of_all_pages_are_told_at_once() -> None:
    with pytest.raises(ProblemsFound) as found:
        printed("{cite}`甲`\n\n```{mermaid}\nx\n```", "$\\nothing$")
    assert [problem.where for problem in found.value.problems] == ["page1", "page1", "page2"]


def test_headings_are_numbered_as_in_an_official_report() -> None:
    said = text(printed("# 章\n\n## 甲\n\n### 乙\n\n#### 丙\n\n### 丁\n\n## 戊"))
    for heading in ("一、甲", "（一）乙", "1.丙", "（二）丁", "二、戊"):
        assert heading in said


@pytest.mark.parametrize(
    "own", ["## 一、甲\n\n### 乙", "## 甲\n\n### （一）乙", "## 1.1 甲\n\n### 乙"]
)
def test_a_page_that_numbers_its_headings_gets_no_other_numbers(own: str) -> None:
    said = text(printed(f"# 章\n\n{own}\n\n## 丙", "# 章\n\n## 2026年目标\n\n### 1.5倍"))
    typed = own.replace("#", "").replace("\n", "").replace(" ", "")
    assert f"{typed}丙" in said
    assert "一、2026年目标（一）1.5倍" in said  # which begin with figures and no numbers


@pytest.mark.parametrize(
    "formula",
    [
        "\\begin{align}a&=b\\\\&=c\\end{align}",
        "f=\\begin{cases}1&x>0\\\\0&x\\le0\\end{cases}",
        "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}",
        "\\left\\{\\begin{aligned}a&=b\\\\c&=d\\end{aligned}\\right.",
    ],
)
def test_formulas_of_several_lines_are_printed(formula: str) -> None:
    assert "begin" not in text(printed(f"$$\n{formula}\n$$"))


def test_a_page_without_a_heading_gets_its_title() -> None:
    titles = [item.title for item in reader(printed("只有正文")).outline]
    assert titles == ["第1章"]


def test_included_files_are_read_from_the_folder_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.md").write_text("片段 [另页](page2.md)", encoding="utf-8")
    made = printed("```{include} parts/a.md\n```", "# 另一页", folder=tmp_path)
    assert "片段另页" in text(made)


def test_a_picture_without_alternative_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8"
    )
    with pytest.raises(ProblemsFound, match="替代文字"):
        printed("![](x.svg)", folder=tmp_path)
    assert printed("![有说明](x.svg)", folder=tmp_path).pages == 1
