"""What authors ask for by tags and metadata is what the page's source has, or it is refused."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from markdown_it.token import Token
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from planbook.errors import Problem, ProblemsFound
from planbook.produce.notebooks.cell_names import GIVEN, number_cells
from planbook.produce.notebooks.error_stream import messages
from planbook.produce.notebooks.finish import finished
from planbook.produce.notebooks.held_pictures import read
from planbook.produce.notebooks.tags import KNOWN
from tests.produce.own_cells import pasted, png, raw, text

NAME = "notebooks/own.ipynb"
GIVEN_CELL = new_code_cell("edition = 1", id=GIVEN, metadata={"tags": ["injected-parameters"]})
CHART = {"image/png": base64.b64encode(png("red")).decode(), "text/plain": "<Figure>"}


def made(*cells: NotebookNode, folder: Path = Path()) -> bytes:
    """Return the page of a notebook that is executed: parameters were given to it."""
    notebook = new_notebook(cells=[cell for cell in cells if cell is not GIVEN_CELL])
    number_cells(notebook, NAME)
    if GIVEN_CELL in cells:
        notebook.cells.insert(cells.index(GIVEN_CELL), GIVEN_CELL)
    return finished(notebook, folder)


def page(*cells: NotebookNode, folder: Path = Path()) -> NotebookNode:
    return nbformat.reads(made(*cells, folder=folder), as_version=4)


def refused(*cells: NotebookNode, folder: Path = Path()) -> list[Problem]:
    with pytest.raises(ProblemsFound) as found:
        page(*cells, folder=folder)
    return list(found.value.problems)


def code(*tags: str, **about: Any) -> NotebookNode:
    """Return an executed cell that says what it is of: code, result, both streams."""
    outputs = [
        new_output("stream", name="stdout", text="STDOUT"),
        new_output("stream", name="stderr", text="STDERR"),
        new_output("execute_result", {"text/plain": "RESULT"}, execution_count=3),
    ]
    metadata = {"tags": ["remove-stderr", *tags]} | about
    return new_code_cell("CODE", metadata=metadata, outputs=outputs)


def shows(data: dict[str, Any], *tags: str, **about: Any) -> NotebookNode:
    """Return a cell with one output of these data; `display` are its own metadata."""
    metadata = about.pop("display", {})
    output = new_output("display_data", data, metadata=metadata)
    return new_code_cell("1", metadata={"tags": list(tags)} | about, outputs=[output])


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        ((), {"STDOUT", "RESULT"}),
        (("show-input",), {"CODE", "STDOUT", "RESULT"}),
        (("hide-input",), {"CODE", "STDOUT", "RESULT"}),
        (("hide-cell",), {"CODE", "STDOUT", "RESULT"}),
        (("hide-output",), {"STDOUT", "RESULT"}),
        (("remove-input", "show-input"), {"STDOUT", "RESULT"}),
        (("remove_input", "hide-input"), {"STDOUT", "RESULT"}),
        (("remove-output",), set()),
        (("remove_output", "show-input"), {"CODE"}),
        (("remove-cell", "show-input"), set()),
        (("remove_cell",), set()),
        (("remove-stdout",), {"RESULT"}),
        (("parameters",), set()),
        (("injected-parameters",), set()),  # one that an executed notebook was saved with
        (("load",), set()),
    ],
)
def test_what_is_removed_is_nowhere_in_the_page(tags: tuple[str, ...], kept: set[str]) -> None:
    source = nbformat.writes(page(code(*tags)))
    assert {word for word in ("CODE", "STDOUT", "STDERR", "RESULT") if word in source} == kept


@pytest.mark.parametrize(
    ("about", "kept"),
    [
        ({"remove_code_source": True}, {"STDOUT", "RESULT"}),
        ({"remove_code_outputs": True}, {"CODE"}),
    ],
)
def test_metadata_remove_as_tags_do(about: dict[str, Any], kept: set[str]) -> None:
    source = nbformat.writes(page(code("show-input", mystnb=about)))
    assert {word for word in ("CODE", "STDOUT", "RESULT") if word in source} == kept


@pytest.mark.parametrize(
    "cell",
    [
        text("SECRET", "remove-cell"),
        text("SECRET", "remove_cell"),
        text("SECRET", "remove-input"),
        raw("SECRET <b>粗</b>"),
        raw("---\ntitle: SECRET\n---"),
        raw("SECRET", "remove-cell", raw_mimetype="text/markdown"),
    ],
)
def test_removed_text_and_raw_cells_are_nowhere_in_the_page(cell: NotebookNode) -> None:
    assert "SECRET" not in nbformat.writes(page(text("# 甲"), cell))


def test_a_raw_cell_of_markdown_is_text_and_one_of_another_format_is_refused() -> None:
    shown = page(raw("**甲**", raw_mimetype="text/markdown"))
    assert [(cell.cell_type, cell.source) for cell in shown.cells] == [("markdown", "**甲**")]
    (problem,) = refused(raw("<b>甲</b>", format="text/html"))
    assert "text/html" in problem.what
    assert problem.where == f"{NAME}，第1个单元格"


@pytest.mark.parametrize(
    "tag", ["full-width", "margin", "popout", "scroll-output", "output_scroll"]
)
def test_tags_of_layout_reach_the_page(tag: str) -> None:
    assert tag in page(code(tag)).cells[0].metadata.tags


@pytest.mark.parametrize("tag", ["remove-ouput", "hide_imput", "Remove-Cell", "hide-code"])
def test_a_misspelled_tag_is_refused_before_anything_is_published(tag: str) -> None:
    (problem,) = refused(code(tag))
    assert tag.replace("_", "-") in problem.what
    assert any(known in problem.fix for known in KNOWN)


def test_tags_of_other_tools_are_nobodys_business() -> None:
    assert "草稿" not in nbformat.writes(page(code("草稿", "nbgrader-1")))


def test_hiding_a_text_is_refused_with_what_folds_one() -> None:
    (problem,) = refused(text("甲", "hide-cell"))
    assert "dropdown" in problem.fix


def test_cells_are_counted_as_in_jupyterlab() -> None:
    cells = [text("# 甲"), code("parameters"), GIVEN_CELL, text("**乙")]
    (problem,) = refused(*cells)
    assert problem.where == f"{NAME}，第3个单元格"
    assert "「**乙」" in problem.what


def test_all_problems_of_a_notebook_are_told_at_once() -> None:
    found = refused(text("**甲"), shows(CHART), text("![](a.png)"))
    assert [problem.where[-6:] for problem in found] == [
        "第1个单元格",
        "第2个单元格",
        "第3个单元格",
    ]


def test_a_warning_is_refused_unless_its_author_removes_it() -> None:
    warned = code()
    warned.metadata.tags = []
    warned.outputs[1].text = "/tmp/1.py:2: RuntimeWarning: STDERR\n  STDERR\n"
    (problem,) = refused(warned)
    assert problem.what == "单元格输出了警告：RuntimeWarning: STDERR"
    assert "remove-stderr" in problem.fix
    warned.metadata.tags = ["remove-output"]
    assert not page(text("# 甲"), warned).cells[1:]
    warned.metadata.tags, warned.metadata.mystnb = [], {"output_stderr": "remove"}
    assert "STDERR" not in nbformat.writes(page(warned))


@pytest.mark.parametrize(
    "said",
    [
        "Pandas4Warning: The default engine for reading 'xlsx' files will change",
        "FutureWarning: 将弃用",
        "PendingDeprecationWarning: 将弃用",
        "MatplotlibDeprecationWarning: 将弃用",
        "UserWarning: Data Validation extension is not supported and will be removed",
        "UserWarning: Workbook contains no default style, apply openpyxl's default",
    ],
)
def test_a_warning_of_later_versions_is_told_and_neither_shown_nor_refused(said: str) -> None:
    warned = code()
    warned.metadata.tags = []
    warned.outputs[1].text = f"/tmp/ipykernel_7/1.py:2: {said}\n  甲\n"
    shown = page(warned)
    assert said not in nbformat.writes(shown)
    ((_, told),) = messages(new_notebook(cells=[warned]))
    assert told.startswith(f"在错误输出（stderr）中写了「{said[:50]}")
    warned.outputs[1].text += "/tmp/2.py:3: RuntimeWarning: divide by zero\n"
    (problem,) = refused(warned)
    assert "divide by zero" in problem.what


def test_an_expected_error_is_text() -> None:
    said = ["\x1b[31mZero", "x"]
    error = new_output("error", ename="ZeroDivisionError", evalue="x", traceback=said)
    cell = new_code_cell("1/0", metadata={"tags": ["raises-exception"]}, outputs=[error])
    assert page(cell).cells[0].outputs[0].data == {"text/plain": "Zero\nx"}


def test_an_expected_error_prints_no_code_that_the_book_does_not_show() -> None:
    trace = [
        "ZeroDivisionError   Traceback (most recent call last)",
        "Cell In[3], line 1\n----> 1 secret(0)",
        "Cell In[2], line 4, in secret(x)\n      2 k = 'QA'\n----> 4 return 1 / x",
        "ZeroDivisionError: division by zero",
    ]
    error = new_output("error", ename="ZeroDivisionError", evalue="x", traceback=trace)

    def shown(*tags: str) -> str:
        about = {"tags": ["raises-exception", *tags]}
        cell = new_code_cell("secret(0)", metadata=about, outputs=[error], execution_count=3)
        return str(page(cell).cells[0].outputs[0].data["text/plain"])

    assert "QA" not in shown()
    assert "secret(0)" not in shown()
    assert "secret(0)" in shown("show-input")
    assert "QA" not in shown("show-input")
    assert "Cell In[2], line 4" in shown()
    assert shown().endswith("division by zero")


@pytest.mark.parametrize(
    "source",
    [
        "文 <!-- QA --> 后",
        "前\n\n<!-- QA\n\nQA -->\n\n后",
        "<!-- QA --><b>粗</b>",
        "文`a`<!--QA-->",
    ],
)
def test_comments_are_read_by_nobody(source: str) -> None:
    found = [token for token in read(source) if token.type != "front_matter"]
    said = "".join(f"{t.content if not t.children else ''}{_inner(t)}" for t in found)
    assert "QA" not in said
    shown = shows({"text/html": f"<p>甲{source}</p>"})
    assert "QA" not in page(shown).cells[0].outputs[0].data["text/html"]


def _inner(token: Token) -> str:
    return "".join(part.content for part in token.children or ())


def test_a_comment_that_does_not_end_is_refused() -> None:
    with pytest.raises(ProblemsFound, match="没有结尾"):
        page(text("正文\n\n<!-- 待核实：\n\n## 乙"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('<div style="display:none">草稿</div>', "看不见"),
        ("文<span hidden>草稿</span>", "看不见"),
        ("</article></div>", "没有开头"),
        ("<style>body {display: none}</style>", "不能有 <style>"),
    ],
)
def test_html_that_only_some_would_see_is_refused(source: str, said: str) -> None:
    assert any(said in problem.what for problem in refused(text(source)))


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("![图](data:image/svg+xml;base64,PHN2Zy8+)", "data:image/svg+xml;base64,PHN2…"),
        ("![*图*](data:image/svg+xml,%3Csvg/%3E)", "data:image/svg+xml,%3Csvg/%3E"),
        ("见[总表](<file:///D:/总表.xlsx>)", "file:///D:/总表.xlsx"),
        ("- [点这里](JavaScript:alert(1))", "JavaScript:alert(1"),
    ],
)
def test_an_address_that_would_be_printed_as_it_was_typed_is_refused(
    source: str, address: str
) -> None:
    (problem,) = refused(text(source))
    assert f"地址 {address} 书中不能用" in problem.what


@pytest.mark.parametrize(
    "source", ["写作 `[总表](file:///D:/总表.xlsx)`", "```text\n[甲](data:x)\n```"]
)
def test_an_address_that_is_only_spoken_of_is_not(source: str) -> None:
    page(text(source))


@pytest.mark.parametrize(
    "source", ["<div>\n\n**甲**\n\n</div>", "乙<br>丙<sup>2</sup>", "a < b </"]
)
def test_other_html_is_not(source: str) -> None:
    page(text(source))


@pytest.mark.parametrize(
    "source",
    [
        "for n in (1, 2):\n    planbook.chart(a, title='甲')",
        "planbook.chart(a)\nplt.close(a)",
        "planbook.chart(a)\nplanbook.chart(b)",
    ],
)
def test_a_chart_that_is_made_and_not_shown_is_refused(source: str) -> None:
    with pytest.raises(ProblemsFound, match="没有显示") as found:
        page(new_code_cell(source))
    assert "display(planbook.chart" in str(found.value)


@pytest.mark.parametrize(
    "source",
    [
        "planbook.chart(a)",
        "for n in a:\n    display(planbook.chart(n))",
        "b = planbook.chart(a)\nb",
        "%matplotlib inline\nplanbook.chart(a)",
    ],
)
def test_a_chart_that_is_shown_is_not(source: str) -> None:
    page(new_code_cell(source), text("甲"))


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("/home/w/.venv/lib/site-packages/pandas/core/frame.py", "pandas/core/frame.py"),
        ("C:\\Users\\w\\Lib\\site-packages\\pandas\\io.py", "pandas/io.py"),
        ("~/books/notebooks/helpers.py", "helpers.py"),
    ],
)
def test_an_expected_error_names_no_folder_of_this_computer(file: str, shown: str) -> None:
    trace = [f"File \x1b[32m{file}:12\x1b[39m, in get()"]
    error = new_output("error", ename="KeyError", evalue="x", traceback=trace)
    cell = new_code_cell("{}['x']", metadata={"tags": ["raises-exception"]}, outputs=[error])
    assert page(cell).cells[0].outputs[0].data == {"text/plain": f"File {shown}:12, in get()"}


@pytest.mark.parametrize(
    ("cell", "alt"),
    [
        (shows(CHART, mystnb={"image": {"alt": "甲线"}}), "甲线"),
        (shows(CHART, display={"alt": "甲线"}), "甲线"),
        (shows(CHART, display={"image/png": {"alt": "甲线"}}), "甲线"),
        (shows(CHART, mystnb={"image": {"alt": "乙"}}, display={"alt": "甲线"}), "甲线"),
        (shows(CHART, render={"image": {"alt": "甲线"}}), "甲线"),
        (shows(CHART, mystnb={"figure": {"caption": "甲线"}}), "甲线"),
        (
            shows(CHART, mystnb={"figure": {"caption": "*GDP_2025* 与 R\\*D\n`x`"}}),
            "GDP_2025 与 R*D x",
        ),
    ],
)
def test_a_figure_has_the_words_that_its_author_gave_it(cell: NotebookNode, alt: str) -> None:
    assert page(cell).cells[0].outputs[0].metadata.alt == alt


@pytest.mark.parametrize("kind", ["image/png", "image/svg+xml", "image/jpeg"])
def test_a_figure_without_words_is_refused_with_where_to_give_them(kind: str) -> None:
    (problem,) = refused(shows({kind: "eA==", "text/plain": "<Figure>"}))
    assert "替代文字" in problem.what
    assert "mystnb" in problem.fix
    assert page(text("# 甲"), shows({kind: "eA=="}, "remove-output")).cells


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"text/html": "<div id='p'></div><script>1</script>", "text/plain": "HTML"}, "脚本"),
        ({"application/vnd.plotly.v1+json": {}, "text/html": "<script>1</script>"}, "plotly"),
        ({"application/vnd.vegalite.v6+json": {}, "text/plain": "alt.Chart"}, "altair"),
        ({"text/html": "<div id='vega'></div><script>vegaEmbed()</script>"}, "altair"),
        ({"application/vnd.bokehjs_exec.v0+json": "", "text/html": "<script/>"}, "bokeh"),
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider"}, "控件"),
        ({"text/html": "<iframe src='x.html'></iframe>", "text/plain": "<IFrame>"}, "嵌入的网页"),
        ({"application/json": {"a": 1}, "text/plain": "<JSON>"}, "application/json"),
        ({"application/javascript": "1", "text/plain": "<JS>"}, "javascript"),
    ],
)
def test_what_only_a_screen_could_show_is_refused(data: dict[str, Any], named: str) -> None:
    (problem,) = refused(shows(data))
    assert named in problem.what
    assert "planbook.chart" in problem.fix
    assert "remove-output" in problem.fix
    assert "1" not in page(text("# 甲"), shows(data, "remove-output")).cells[-1].source


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("image/png", "not base64!", "（image/png）读不出"),
        ("image/png", base64.b64encode(png("red")[:-20]).decode(), "（image/png）读不出"),
        ("image/jpeg", base64.b64encode(png("red")).decode(), "（image/jpeg）读不出"),
        ("image/svg+xml", "<svg><g></svg>", "（image/svg+xml）读不出"),
    ],
)
def test_an_output_that_is_no_picture_is_refused(kind: str, content: Any, said: str) -> None:
    output = shows({"text/plain": "x"}, mystnb={"image": {"alt": "甲"}})
    output.outputs[0]["data"][kind] = content
    (problem,) = refused(text("# 甲"), output)
    assert said in problem.what
    assert problem.where == f"{NAME}，第2个单元格"
    assert "重新运行该单元格" in problem.fix


def test_a_picture_typed_into_a_text_is_one_or_is_refused() -> None:
    coded = base64.b64encode(png("red")).decode()
    assert page(text(f"![甲](data:image/png;base64,{coded})")).cells
    for wrong in (f"image/png;base64,{coded[:-30]}", "image/webp;base64,eA=="):
        (problem,) = refused(text(f"![甲](data:{wrong})"))
        assert "读不出" in problem.what


def test_what_has_a_still_picture_beside_is_that_picture_in_each_medium() -> None:
    data = CHART | {"text/html": "<script>1</script>", "application/vnd.x+json": {}}
    output = page(shows(data, display={"alt": "甲"})).cells[0].outputs[0]
    assert set(output.data) == set(CHART)


BAR = "\r  0%|          | 0/3 [00:00<?, ?it/s]\r100%|██████████| 3/3 [00:00<00:00, 9.1it/s]\n"
NICER = "/lib/tqdm/auto.py:21: TqdmWarning: IProgress not found. Please …\n  from .autonotebook\n"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        (BAR, []),
        (NICER + BAR, []),
        ("\r5it [00:01, 4.9it/s]", []),
        ("WARNING:root:记录\n", ["WARNING:root:记录"]),
        (BAR + "INFO 收到3份\n" + BAR, ["INFO 收到3份"]),
        ("\x1b[31m红\x1b[0m\n二\n", ["红"]),
        ("甲" * 90, ["甲" * 60 + "…"]),
        ("", []),
    ],
)
def test_what_is_printed_for_whoever_runs_a_cell_is_in_no_page(
    printed: str, told: list[str]
) -> None:
    cell = code()
    cell.metadata.tags = []
    cell.outputs[1].text = printed
    notebook = new_notebook(cells=[cell])
    assert [said for _, said in messages(notebook)] == [
        f"在错误输出（stderr）中写了「{line}」，书中不刊出" for line in told
    ]
    assert [output.get("name") for output in page(cell).cells[0].outputs] == ["stdout", None]
    cell.metadata.tags = ["remove-stderr"]
    assert not list(messages(notebook))


def test_a_widget_that_is_a_progress_bar_is_in_no_page() -> None:
    widget = "application/vnd.jupyter.widget-view+json"
    for said in ("  0%|          | 0/3 [00:00<?, ?it/s]", "HBox(children=(IntProgress(value=0),))"):
        cells = page(text("# 甲"), shows({widget: {}, "text/plain": said})).cells
        assert len(cells) == 1


def test_a_line_that_was_written_over_is_as_it_was_in_the_end() -> None:
    printed = new_output("stream", name="stdout", text="1/2\r2/2\n完\r\n")
    cell = page(new_code_cell("1", outputs=[printed])).cells[0]
    assert cell.outputs[0].text == "2/2\n完\r\n"


def test_what_a_data_frame_does_not_have_is_a_dash_to_readers() -> None:
    frame = pd.DataFrame(
        {"数": [1.5, None], "日期": [pd.NaT, pd.Timestamp("2026-10-01")], "话": [None, "NaN 元"]}
    )
    html = frame.to_html()
    kept = page(shows({"text/html": html, "text/plain": "1"})).cells[0].outputs[0]["data"]
    assert re.findall(r"<td>(.*?)</td>", kept["text/html"]) == [
        "1.5",
        "—",
        "—",
        "—",
        "2026-10-01",
        "NaN 元",
    ]
    other = "<table><tr><td>NaN</td></tr></table>"  # what somebody wrote is not the frame's
    assert (
        page(shows({"text/html": other, "text/plain": "1"}))
        .cells[0]
        .outputs[0]["data"]["text/html"]
        == other
    )


def test_a_heading_in_an_output_is_refused() -> None:
    (problem,) = refused(shows({"text/markdown": "## 甲", "text/plain": "<M>"}))
    assert "Markdown 单元格" in problem.fix


def test_pictures_pasted_under_one_name_and_files_go_with_their_cells(tmp_path: Path) -> None:
    (tmp_path / "图").mkdir()
    (tmp_path / "图" / "流程.png").write_bytes(png("green"))
    shown = [
        pasted("![红](attachment:image.png)", "image.png", "red"),
        pasted(":::{note}\n![蓝](attachment:image.png)\n:::", "image.png", "blue"),
        text("![绿](图/流程.png) <img src='图/流程.png' alt='绿'>"),
        text("```{figure} 图/流程.png\n:alt: 绿\n\n图注\n```"),
        shows({"text/markdown": "![绿](图/流程.png)"}),
    ]
    held = [cell.metadata.planbook.pictures for cell in page(*shown, folder=tmp_path).cells]
    addresses = [["attachment:image.png"]] * 2 + [["图/流程.png"]] * 3
    assert [list(pictures) for pictures in held] == addresses
    colours = [base64.b64decode(next(iter(p.values())).partition(",")[2]) for p in held]
    assert colours == [png("red"), png("blue"), *[png("green")] * 3]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("![甲](没有.png)", "找不到图片：没有.png"),
        ("![甲](attachment:没有.png)", "没有附件 没有.png"),
        ("![甲](https://example.com/x.png)", "在网上"),
        ("![甲](x.webp)", "格式"),
        ("![](x.png)", "替代文字"),
        ("<img src='x.png'>", "替代文字"),
        ("```{image} x.png\n```", "替代文字"),
        ("<p><img src='x.png' alt='甲'></p>", "无法带入"),
        ("增长**8%**2个", "**"),
        ("![甲](x.png){width=50%}", "width"),
    ],
)
def test_what_a_text_could_not_show_is_refused(source: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(png("red"))
    (problem,) = refused(text("# 甲"), text(source), folder=tmp_path)
    assert what in problem.what
    assert problem.where == f"{NAME}，第2个单元格"
    assert problem.fix


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"mystnb": "x"}, "mystnb 不是对象"),
        ({"mystnb": {"image": "x"}}, "mystnb 不是对象"),
        ({"render": {"figure": []}}, "render 不是对象"),
        ({"mystnb": {"image": {"width": 5}}}, "「width」不是文字"),
    ],
)
def test_odd_metadata_are_refused_with_their_cell(about: dict[str, Any], said: str) -> None:
    (problem,) = refused(new_code_cell("1", metadata=about))
    assert said in problem.what
    assert "第1个单元格" in problem.where


@pytest.mark.parametrize("coded", ["not base64!", base64.b64encode(b"no picture").decode()])
def test_an_attachment_that_is_no_picture_is_refused(coded: str) -> None:
    cell = text("![甲](attachment:a.png)")
    cell["attachments"] = {"a.png": {"image/png": coded}}
    (problem,) = refused(cell)
    assert "a.png 不是能读出的图片" in problem.what


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no picture")
    (problem,) = refused(text(f"![甲]({name})"), folder=tmp_path)
    assert problem.what == f"图片读不出：{name}"


def test_files_that_a_text_includes_come_with_it_from_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "part.md").write_text("\ufeff前言。\n\n```{include} parts/b.md\n```\n", "utf-8")
    (tmp_path / "parts" / "b.md").write_text("内层。\n\n![甲](a.png)\n", "utf-8")
    (tmp_path / "a.png").write_bytes(png("red"))
    (tmp_path / "query.sql").write_text("select '```'\n", "utf-8")
    source = "```{include} part.md\n```\n后文\n\n:::{literalinclude} query.sql\n:language: sql\n:::"
    cell = page(text(source), folder=tmp_path).cells[0]
    code = "```{code-block} sql\nselect '```'\n```"
    assert cell.source == f"前言。\n\n内层。\n\n![甲](a.png)\n后文\n\n{code}"
    assert set(cell.metadata.planbook.pictures) == {"a.png"}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("```{include} part.md\n:start-after: 甲\n```", "include 的选项 start-after"),
        ("```{include} itself.md\n```", "itself.md 插入了它自己"),
        ("```{include} broken.md\n```", "要插入的文件读不出：broken.md"),
    ],
)
def test_a_file_that_could_not_be_included_as_meant_is_refused(
    tmp_path: Path, source: str, said: str
) -> None:
    (tmp_path / "part.md").write_text("甲乙", "utf-8")
    (tmp_path / "itself.md").write_text("```{include} itself.md\n```", "utf-8")
    (tmp_path / "broken.md").write_bytes("甲".encode("gbk"))
    (problem,) = refused(text("# 甲"), text(source), folder=tmp_path)
    assert said in problem.what
    assert problem.where == f"{NAME}，第2个单元格"


def test_what_lies_beside_the_page_is_left_to_it(tmp_path: Path) -> None:
    source = "```{include} _fragments/x.md\n```\n\n````\n```{include} part.md\n```\n````"
    (tmp_path / "part.md").write_text("甲乙", "utf-8")
    assert page(text(source), folder=tmp_path).cells[0].source == source


def test_an_unusable_option_of_a_figure_is_refused() -> None:
    (problem,) = refused(shows(CHART, mystnb={"image": {"alt": "甲", "scale": "50%"}}))
    assert "scale" in problem.what
    assert "width" in problem.fix


def test_the_same_cells_give_the_same_bytes() -> None:
    def once() -> bytes:
        return made(text("# 甲"), code("show-input"), shows(CHART, display={"alt": "甲"}))

    assert once() == once()  # nbformat gives cells new names each time


def test_a_styler_has_the_same_name_each_time() -> None:
    def styled(name: str) -> NotebookNode:
        sheet = f"<style>#{name}_row0_col0 {{color: red}}</style>"
        table = f'<table id="{name}"><td id="{name}_row0_col0">1</td></table>'
        return page(shows({"text/html": sheet + table}))

    first, second = styled("T_0a1b2"), styled("T_93fde")
    assert first == second
    assert "T_cell-1_1_row0_col0 {color" in first.cells[0].outputs[0].data["text/html"]


PAGES = {"cluster_digital": ("digital",), "chapter": ("a", "b"), "my_analysis": ("my-analysis",)}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[甲](cluster_digital.ipynb)", "[甲](digital.ipynb)"),
        ("[甲](./cluster_digital.ipynb#软件信息)", "[甲](digital.ipynb#软件信息)"),
        ('**[甲](../notebooks/my_analysis.ipynb "题")**', '**[甲](my-analysis.ipynb "题")**'),
        ("[甲][1]\n\n[1]: my_analysis.ipynb\n", "[甲][1]\n\n[1]: my-analysis.ipynb\n"),
        ("[甲](digital.ipynb)", "[甲](digital.ipynb)"),  # named by its page already
        ("[甲](../book/methodology.md)", "[甲](../methodology.md)"),
        ("[甲][1]\n\n[1]: ../book/methodology.md#a\n", "[甲][1]\n\n[1]: ../methodology.md#a\n"),
        ("`[甲](../book/a.md)` [甲](../book/a.md)", "`[甲](../book/a.md)` [甲](../a.md)"),
        ("```\n[甲](../book/a.md)\n```\n", "```\n[甲](../book/a.md)\n```\n"),
        (
            "[甲](cluster_digital.ipynb) `[甲](cluster_digital.ipynb)`",
            "[甲](digital.ipynb) `[甲](cluster_digital.ipynb)`",
        ),
        ("打开 cluster_digital.ipynb", "打开 cluster_digital.ipynb"),
        ("[甲](https://example.com/chapter.ipynb)", "[甲](https://example.com/chapter.ipynb)"),
    ],
)
def test_a_link_to_a_notebook_leads_to_its_page(typed: str, shown: str) -> None:
    notebook = new_notebook(cells=[text(typed)])
    number_cells(notebook, NAME)
    made = nbformat.reads(finished(notebook, Path(), PAGES), as_version=4)
    assert made.cells[0].source == shown


@pytest.mark.parametrize(
    ("typed", "what", "fix"),
    [
        ("[甲](other.ipynb)", "不是书中的一页", "analysis add other"),
        ("[甲](chapter.ipynb#乙)", "生成了2页", "a.ipynb、b.ipynb"),
        ("> [甲][1]\n>\n> [1]: cluster_digital.ipynb", "认不出", "digital.ipynb"),
    ],
)
def test_a_link_that_leads_to_no_page_is_refused_with_what_does(
    typed: str, what: str, fix: str
) -> None:
    notebook = new_notebook(cells=[text(typed)])
    number_cells(notebook, NAME)
    with pytest.raises(ProblemsFound) as found:
        finished(notebook, Path(), PAGES)
    (problem,) = found.value.problems
    assert what in problem.what
    assert fix in problem.fix


def chart(name: str, *tags: str) -> NotebookNode:
    """Return a cell that shows a chart of the book's kind."""
    about = {"planbook": {"kind": "figure", "id": name}}
    return shows({"image/svg+xml": "<svg/>"}, *tags, display=about)


def test_a_second_chart_of_the_same_name_is_refused_with_both_cells() -> None:
    (problem,) = refused(chart("own-a"), text("说明"), chart("own-b"), chart("own-a"))
    assert problem.what == f"图 chart-own-a 不止一个：{NAME}，第1个单元格也有"
    assert problem.where == f"{NAME}，第4个单元格"
    assert "另写一个 id" in problem.fix
    assert page(chart("own-a"), chart("own-b"), chart("own-a", "remove-output")).cells
