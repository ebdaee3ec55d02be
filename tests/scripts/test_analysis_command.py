"""``planbook analysis`` and ``planbook lab`` as an analyst uses them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result

from planbook.errors import ProblemsFound, UsageError
from planbook.plan import load_plan
from planbook.run import analysis_commands, lab_command
from tests.books import Built, build, copy_second_plan, notebook

ADDED = """  - id: my-analysis
    title: 我的分析
    notebook: my_analysis
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(copy_second_plan(tmp_path))
    return tmp_path


def command(*arguments: str) -> Result:
    options = () if arguments[0] == "new" else ("--dataset", "test")
    return CliRunner().invoke(analysis_commands.main, [*arguments, *options])


def plan_text(root: Path) -> str:
    return (root / "data" / "plan" / "plan.yaml").read_text("utf-8")


def test_a_notebook_is_begun_listed_and_taken_out_again(root: Path) -> None:
    before = plan_text(root)
    assert "已新建 notebooks/my_analysis.ipynb" in command("new").output
    assert "没有列入书中的笔记本：my_analysis.ipynb" in command("list").output
    added = command("add", "notebooks/my_analysis.ipynb")
    assert "chapters/my-analysis.html" in added.output, added.exception
    assert "python -m planbook analysis remove my-analysis" in added.output
    assert plan_text(root) == before + ADDED
    assert load_plan(root / "data" / "plan").about.back[-1].title == "我的分析"
    assert "没有列入书中的笔记本：无" in command("list").output
    assert "my_analysis.ipynb 保留" in command("remove", "my_analysis").output
    assert plan_text(root) == before
    assert (root / "notebooks" / "my_analysis.ipynb").is_file()


def test_what_there_is_already_is_never_overwritten(root: Path) -> None:
    path = notebook(root / "notebooks" / "my_analysis.ipynb", ["1"])
    before = path.read_bytes()
    assert "已经有了" in str(command("new").exception)
    assert path.read_bytes() == before


def test_a_name_that_windows_keeps_begins_no_notebook(root: Path) -> None:
    assert "「aux」是 Windows 的保留名" in str(command("new", "aux").exception)
    assert not (root / "notebooks" / "aux.ipynb").exists()


def test_a_title_stays_as_it_was_typed(root: Path) -> None:
    title = '与 my_analysis 的比较："甲" \\ {乙}'
    command("new", "exports", "--title", title)
    path = root / "notebooks" / "exports.ipynb"
    first, *others = nbformat.read(path, as_version=4).cells
    assert first.source.splitlines()[0] == f"# {title}"
    assert "my_analysis" not in "".join(cell.source for cell in (first, *others)).replace(title, "")
    assert "analysis add exports" in "".join(cell.source for cell in (first, *others))


def test_a_link_that_leads_nowhere_is_not_written_over(root: Path) -> None:
    link = root / "notebooks" / "my_analysis.ipynb"
    link.symlink_to(root / "elsewhere.ipynb")
    assert "已经有了" in str(command("new").exception)
    assert link.is_symlink()
    assert not (root / "elsewhere.ipynb").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("my_analysis", "--id", "overview"), "编号「overview」已用于「总览」"),
        (("my_analysis", "--id", "town"), "编号「town」已用于"),
        (("my_analysis", "--id", "我的"), "「我的」的写法不对"),
        (("my_analysis", "--title", "总览"), "标题「总览」书中已有"),
        (("overview", "--id", "again", "--title", "又一页"), "这个笔记本已在书中：「总览」"),
        (("nowhere",), "没有这个笔记本"),
        (("untitled",), "没有一级标题"),
        (("other",), "参数「dataset」不在 parameters 单元格中"),
        (("我的分析.ipynb",), "只用小写字母、数字和下划线"),
        (("con",), "「con」是 Windows 的保留名"),
        (("com1.ipynb",), "换一个名字，如 com1_analysis"),
        (("data/my_analysis.ipynb",), "不在项目的 notebooks 文件夹中"),
    ],
)
def test_what_could_be_no_page_is_refused_before_anything_changes(
    root: Path, arguments: tuple[str, ...], said: str
) -> None:
    command("new")
    notebook(root / "notebooks" / "untitled.ipynb", [], "edition = None\ndataset = None")
    titled = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 其他")])
    nbformat.write(titled, root / "notebooks" / "other.ipynb")
    before = plan_text(root)
    refused = command("add", *arguments).exception
    assert isinstance(refused, UsageError | ProblemsFound)
    assert said in str(refused)
    assert plan_text(root) == before


def test_a_page_that_the_book_has_not_cannot_be_taken_out(root: Path) -> None:
    assert "可撤下的有：data-quality" in str(command("remove", "nowhere").exception)


def test_a_list_in_one_line_is_left_to_people(root: Path) -> None:
    path = root / "data" / "plan" / "plan.yaml"
    head, _, _ = plan_text(root).partition("back:\n")
    path.write_text(
        f"{head}back: [{{id: data-quality, title: 数据质量, notebook: data_quality}}]\n", "utf-8"
    )
    before = plan_text(root)
    command("new")
    assert "每个键一行" in str(command("add").exception)
    assert plan_text(root) == before


@pytest.mark.book
def test_the_page_is_in_the_book_with_the_next_build(second_book: Built, tmp_path: Path) -> None:
    book = second_book.copied_to(tmp_path)

    def planbook(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "planbook", *arguments],
            cwd=book.root,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    planbook("analysis", "new")
    planbook("analysis", "add", "--dataset", "test")
    done = build(book.root, "--dataset", "test")
    assert done.returncode == 0, done.stderr
    page = (book.html / "chapters" / "my-analysis.html").read_text("utf-8")
    assert "我的分析" in page
    assert "标准内核" not in done.stdout  # the template only calls the book


@pytest.fixture
def jupyterlab(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Something that is called as JupyterLab is, and does what its first cell would do."""
    place = tmp_path_factory.mktemp("lab")
    (place / "jupyterlab.py").write_text(
        "import os, planbook\nbook = planbook.open(None, None)\n"
        "print(os.path.basename(os.getcwd()), book.dataset.name, book.edition)\n",
        encoding="utf-8",
    )
    paths = [str(place), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    monkeypatch.syspath_prepend(str(place))
    return place


def test_jupyterlab_opens_on_the_edition_asked_for_with_a_notebook_begun(
    root: Path, jupyterlab: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    done = CliRunner().invoke(lab_command.main, ["--dataset", "test", "--edition", "2024-Q2"])
    assert done.exit_code == 0, done.exception
    assert "笔记本打开 test 的 2024-Q2" in done.output
    assert capfd.readouterr().out == "notebooks test 2024-Q2\n"
    assert (root / "notebooks" / "my_analysis.ipynb").is_file()


def test_jupyterlab_leaves_a_notebook_that_is_a_page_already(root: Path, jupyterlab: Path) -> None:
    command("new", "--title", "我写的")
    path = root / "notebooks" / "my_analysis.ipynb"
    before = path.read_bytes()
    command("add", "my_analysis")
    assert "没有列入书中的笔记本：无" in command("list").output
    done = CliRunner().invoke(lab_command.main, ["--dataset", "test", "--edition", "2024-Q2"])
    assert done.exit_code == 0, done.exception
    assert path.read_bytes() == before


def test_an_edition_that_does_not_exist_opens_nothing(root: Path, jupyterlab: Path) -> None:
    refused = CliRunner().invoke(lab_command.main, ["--dataset", "test", "--edition", "2031-Q1"])
    assert isinstance(refused.exception, UsageError)
    assert not (root / "notebooks" / "my_analysis.ipynb").exists()
