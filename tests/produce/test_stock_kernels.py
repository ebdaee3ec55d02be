"""What runs in JupyterLab runs in the build: in a stock kernel, in the notebook's own folder."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat
import pytest

from planbook.disk_reads import EVERYTHING
from planbook.errors import Problem, ProblemsFound
from planbook.produce.notebooks.execute import execute_notebooks
from planbook.produce.notebooks.jobs import Job
from planbook.produce.notebooks.kernel_choice import Kernel, kernel_of
from planbook.produce.notebooks.worker import execute as executed_by
from planbook.vocabulary import Visibility
from tests.books import copy_second_plan, job


class Runner:
    """Executes notebooks of a project and keeps what is told."""

    def __init__(self, root: Path, context: BaseContext) -> None:
        self.root, self.context, self.told = root, context, list[str]()

    def __call__(self, *wanted: Job, parts: Callable[[str], str] = str) -> set[str]:
        self.told.clear()
        done = execute_notebooks(
            wanted,
            root=self.root,
            scratch=self.root / "_build" / "scratch",
            records=self.root / "_build" / "cache" / "chapters.json",
            parts=parts,
            code="",
            context=self.context,
            note=self.told.append,
        )
        return set(done.seconds)

    def problem(self, *cells: str) -> Problem:
        with pytest.raises(ProblemsFound) as failed:
            self(job(self.root, *cells))
        (problem,) = failed.value.problems
        return problem

    def reads(self, id: str = "digital") -> set[str]:
        records = json.loads((self.root / "_build" / "cache" / "chapters.json").read_bytes())
        return set(records["records"][id]["about"]["reads"])


@pytest.fixture
def run(tmp_path: Path, workers: BaseContext) -> Runner:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").mkdir()
    return Runner(tmp_path, workers)


def shown(wanted: Job) -> list[str]:
    """Return what each cell of a page that has outputs shows as text."""
    return [
        "".join(str(o.get("text") or o.get("data", {}).get("text/plain")) for o in cell.outputs)
        for cell in nbformat.read(wanted.page, as_version=4).cells
        if cell.get("outputs")
    ]


def test_what_jupyterlab_can_the_build_can(run: Runner) -> None:
    (run.root / "notebooks" / "helpers.py").write_text(
        "import deeper\nsaid = deeper.said\n", encoding="utf-8"
    )
    (run.root / "notebooks" / "deeper.py").write_text("said = 'beside'\n", encoding="utf-8")
    (run.root / "notebooks" / "own.csv").write_text("a\n11\n", encoding="utf-8")
    (run.root / "data" / "other.csv").write_text("a\n22\n", encoding="utf-8")
    wanted = job(
        run.root,
        "import asyncio, pandas as pd\nawait asyncio.sleep(0, '等到了')",
        "import helpers\nhelpers.said",
        "pd.read_csv('own.csv')",
        "pd.read_csv('../data/other.csv')",
        "!echo from-the-shell",
        "import subprocess\n_ = subprocess.run(['echo', 'from-a-program'])",
        "from IPython.display import clear_output\nprint(1)\nclear_output()\nprint(2)",
        "h = display('first', display_id=True)\nh.update('second')",
        "from concurrent.futures import ProcessPoolExecutor\nimport math\n"
        "with ProcessPoolExecutor(1) as pool: print(*pool.map(math.sqrt, [4]))",
        "from threading import Thread\nt = Thread(target=print, args=('thread',))\n"
        "t.start(); t.join()",
        "from pathlib import Path\nPath.cwd().name",
    )
    assert run(wanted) == {"digital"}
    said = shown(wanted)
    expected = (
        *("'等到了'", "'beside'", "11", "22", "from-the-shell", "from-a-program"),
        *("2", "'second'", "2.0", "thread", "'notebooks'"),
    )
    assert len(said) == len(expected)
    for text, part in zip(said, expected, strict=True):
        assert part in text
    assert "1" not in said[6]
    because = "第2个单元格有「import asyncio, pandas as pd」"
    assert run.told == [f"notebooks/digital.ipynb 在单独的标准内核中运行：{because}"]
    assert not list(run.root.rglob("__pycache__"))


def test_what_a_kernel_is_given_counts_as_nothing_that_it_read(run: Runner) -> None:
    wanted = job(run.root, "%matplotlib inline\nimport matplotlib.pyplot as plt")
    assert run(wanted) == {"digital"}
    assert not [name for name in run.reads() if "matplotlibrc" in name]
    assert run(wanted) == set()


@pytest.mark.parametrize("name", ["helpers.py", "deeper.py", "own.csv"])
def test_a_page_is_executed_again_when_what_its_cells_opened_or_imported_has_changed(
    run: Runner, name: str
) -> None:
    files = {
        "helpers.py": "from deeper import said\n",
        "deeper.py": "said = 'old'\n",
        "own.csv": "a\nold\n",
        "unread.csv": "a\nold\n",
    }
    for file, text in files.items():
        (run.root / "notebooks" / file).write_text(text, encoding="utf-8")
    wanted = job(run.root, "import helpers\nprint(helpers.said)", "print(open('own.csv').read())")
    run(wanted)
    assert run(wanted) == set()
    assert len(run.told) == 1  # which kernel it needs is told with each build
    (run.root / "notebooks" / "unread.csv").write_text("a\nnew\n", encoding="utf-8")
    assert run(wanted) == set()
    new = "said = 'new'\n" if name == "helpers.py" else files[name].replace("old", "new")
    (run.root / "notebooks" / name).write_text(new, encoding="utf-8")
    assert run(wanted) == {"digital"}
    assert "new" in "".join(shown(wanted))


def test_a_page_is_executed_again_when_a_file_that_its_text_includes_has_changed(
    run: Runner,
) -> None:
    wanted = job(run.root, "1")
    made = nbformat.read(wanted.notebook, as_version=4)
    made.cells.append(nbformat.v4.new_markdown_cell("```{include} part.md\n```"))
    nbformat.write(made, wanted.notebook)
    part = run.root / "notebooks" / "part.md"
    for words in ("一句话。", "两句话。"):
        part.write_text(words, "utf-8")
        assert run(wanted) == {"digital"}
        assert words in wanted.page.read_text("utf-8")
        assert run(wanted) == set()
    assert "file:notebooks/part.md" in run.reads()


def test_the_account_is_nothing_that_a_notebook_sees(run: Runner) -> None:
    wanted = job(
        run.root,
        "import os, sys\n[name for name in os.environ if 'ACCOUNT' in name]",
        "sorted(n for n in globals() if not n.startswith('_'))",
        "get_ipython().extension_manager.loaded <= {'storemagic', 'planbook'}",
    )
    run(wanted)
    none, names, _ = shown(wanted)
    assert none == "[]"
    assert names == str(
        ["In", "Out", "dataset", "exit", "get_ipython", "open", "os", "quit", "sys"]
    )


def test_files_written_beside_the_notebook_are_told_with_their_cell(run: Runner) -> None:
    wanted = job(run.root, "1", "import pandas as pd\npd.DataFrame({'a': [1]}).to_csv('out.csv')")
    told = "notebooks/digital.ipynb，第3个单元格写入了 notebooks/out.csv"
    assert run(wanted) == {"digital"}
    assert told in run.told
    assert (run.root / "notebooks" / "out.csv").exists()
    run(wanted)  # libraries were looked for in a folder that has one more file now
    assert run(wanted) == set()
    assert told in run.told


CHANGES = {
    "open('../data/base.csv', 'w')": "data/base.csv",
    "os.remove('../data/base.csv')": "data/base.csv",
    "os.replace('../data/base.csv', 'here.csv')": "data/base.csv",
    "os.truncate('../data/base.csv', 0)": "data/base.csv",
    "shutil.rmtree('../data')": "data",
    "shutil.copy('../data/base.csv', '../book.csv')": "book.csv",
    "open('digital.ipynb', 'a')": "notebooks/digital.ipynb",
    "os.mkdir('../new')": "new",
}


def test_nothing_else_of_the_project_can_be_changed_by_a_cell(run: Runner) -> None:
    (run.root / "data" / "base.csv").write_text("a\n1\n", encoding="utf-8")
    tried = [f"try: {call}\nexcept PermissionError as refused: print(refused)" for call in CHANGES]
    wanted = job(run.root, "import os, shutil", *tried)
    before = wanted.notebook.read_bytes()
    run(wanted)
    assert shown(wanted) == [f"生成本书时，单元格不能改动 {path}\n" for path in CHANGES.values()]
    assert (run.root / "data" / "base.csv").read_text(encoding="utf-8") == "a\n1\n"
    assert wanted.notebook.read_bytes() == before
    assert not (run.root / "new").exists()
    problem = run.problem("1", "open('../data/base.csv', 'w')")
    assert problem.what == "生成本书时，单元格不能改动 data/base.csv"
    assert "notebooks/digital.ipynb，第3个单元格" in problem.where
    assert "写到笔记本所在的文件夹" in problem.fix


BY_OTHERS = {
    "!echo 2 >> ../data/base.csv": "data/base.csv",
    "import os\n_ = os.system('cp digital.ipynb ../notebooks/more.ipynb')": "notebooks/more.ipynb",
    "import subprocess\n_ = subprocess.run(['rm', '../data/base.csv'])": "data/base.csv",
    "import sqlite3\nd = sqlite3.connect('../data/x.db')\n_ = d.execute('create table a (b)')\n"
    "d.commit()\nd.close()": "data/x.db",
}


@pytest.mark.skipif(sys.platform == "win32", reason="calls programs that are not there")
@pytest.mark.parametrize("cell", BY_OTHERS)
def test_what_another_program_changes_of_the_project_is_refused(run: Runner, cell: str) -> None:
    (run.root / "data" / "base.csv").write_text("a\n1\n", encoding="utf-8")
    problem = run.problem("1", cell)
    assert problem.what == f"{BY_OTHERS[cell]} 在运行时有改动，页面不能改动它"
    assert "notebooks/digital.ipynb，第3个单元格" in problem.where


@pytest.mark.skipif(sys.platform == "win32", reason="calls programs that are not there")
def test_another_program_may_write_beside_the_notebook_and_read_anything(run: Runner) -> None:
    (run.root / "data" / "base.csv").write_text("a\n1\n", encoding="utf-8")
    assert run(job(run.root, "!cat ../data/base.csv > here.csv")) == {"digital"}
    assert (run.root / "notebooks" / "here.csv").read_text(encoding="utf-8") == "a\n1\n"


def test_cells_may_write_outside_the_project(
    run: Runner, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("elsewhere") / "out.txt"
    run(job(run.root, f"print('x', file=open({str(place)!r}, 'w'))"))
    assert place.exists()
    assert not [text for text in run.told if "写入" in text]


@pytest.mark.parametrize(
    ("cell", "what", "fix"),
    [
        ("print(1)\nexit()", "单元格结束了内核（exit 或 quit）", "删去这一句"),
        ("import sys\nsys.exit()", "单元格结束了程序", "删去这一句"),
        ("import os\nos._exit(3)", "内核中途退出", "os._exit"),
        ("input('期号')", "单元格要求输入（input）", "写在单元格里"),
        ("import nowhere_to_be_found", "ModuleNotFoundError", "放在笔记本旁边"),
        ("open('none.csv')", "FileNotFoundError", "从笔记本所在的文件夹算起"),
    ],
)
def test_what_no_build_can_do_is_named_with_its_cell_and_a_remedy(
    run: Runner, cell: str, what: str, fix: str
) -> None:
    problem = run.problem("1", cell, "print('not reached')")
    assert what in problem.what
    assert "notebooks/digital.ipynb，第3个单元格" in problem.where
    assert fix in problem.fix


@pytest.mark.parametrize("first", ["1", "import os"], ids=["own kernel", "stock kernel"])
def test_an_output_that_no_notebook_can_hold_is_named_with_its_cell(
    run: Runner, first: str
) -> None:
    shows = "from IPython.display import display\ndisplay({'image/png': 5}, raw=True)"
    problem = run.problem(first, shows, "2")
    assert problem.what.startswith("单元格的输出不合笔记本的格式（5 is not valid")
    assert "notebooks/digital.ipynb，第3个单元格" in problem.where
    assert "base64" in problem.fix


def test_a_warning_names_its_cell_and_not_the_kernels_file(run: Runner) -> None:
    problem = run.problem("1", "import warnings\nwarnings.warn('不准', RuntimeWarning)")
    assert problem.what == "单元格输出了警告：RuntimeWarning: 不准"
    assert problem.where.endswith("notebooks/digital.ipynb，第3个单元格")
    assert "remove-stderr" in problem.fix


@pytest.fixture
def other_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernel of another language: it reads Python, and nobody can ask it for an account."""
    folder = tmp_path / "jupyter" / "kernels" / "other"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Other", "language": "julia"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return "other"


def test_a_kernel_without_an_account_may_have_read_everything(
    tmp_path: Path, other_kernel: str
) -> None:
    wanted = job(tmp_path, "print(dataset)")
    made = nbformat.read(wanted.notebook, as_version=4)
    made.metadata.kernelspec = {"name": other_kernel, "display_name": "Other", "language": "julia"}
    nbformat.write(made, wanted.notebook)
    chosen, problems = kernel_of(made, "x")
    assert (chosen, problems) == (Kernel("other", "julia", "x 在它指定的内核「Other」中运行"), [])
    outcome = executed_by(wanted, tmp_path, tmp_path / "made.ipynb", chosen)
    assert outcome.problems == ()
    assert set(outcome.reads) == {EVERYTHING}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_second_plan(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize("first", ["1", "import os"], ids=["own kernel", "stock kernel"])
def test_another_edition_is_opened_only_to_compare(
    project: Path, workers: BaseContext, first: str
) -> None:
    run = Runner(project, workers)
    declared = "edition = None\ndataset = None"
    given = {"dataset": "test", "edition": "2024-Q1"}

    def wanted(*opened: str) -> Job:
        cells = (f"import planbook\nprint({each}.edition)" for each in opened)
        made = job(project, first, *cells, parameters=declared)
        return Job(made.id, made.title, made.notebook, given, made.page)

    own = ("planbook.open(dataset, edition)", "planbook.open()", 'planbook.open("test")')
    run(page := wanted(*own))
    assert shown(page)[-3:] == ["2024-Q1\n"] * 3
    with pytest.raises(ProblemsFound) as refused:
        run(wanted('planbook.open("test", "2024-Q2")'))
    (problem,) = refused.value.problems
    assert "正在生成的是 test 的 2024-Q1，笔记本要打开的是 test 的 2024-Q2" in problem.what
    assert 'planbook.open("test", "2024-Q2", compare=True)' in problem.fix
    assert "第3个单元格第2行" in problem.where
    run(page := wanted('planbook.open("test", "2024-Q2", compare=True)'))
    assert shown(page)[-1] == "2024-Q2\n"
    assert "everything" in run.reads()


_CHANGED = 'import os, planbook\nos.environ["PLANBOOK_{name}"] = "{value}"\n{then}'


@pytest.mark.parametrize(
    ("name", "value", "then"),
    [
        ("EDITION", "2024-Q2", 'planbook.open("test")'),
        ("DATASET", "other", "planbook.open(edition='2024-Q1')"),
    ],
)
def test_no_variable_of_the_environment_opens_another_book(
    project: Path, workers: BaseContext, name: str, value: str, then: str
) -> None:
    if not (other := project / "data" / "other").is_dir():
        shutil.copytree(project / "data" / "test", other)
        said = (other / "dataset.yaml").read_text(encoding="utf-8")
        (other / "dataset.yaml").write_text(said.replace("name: test", "name: other"), "utf-8")
    cell = _CHANGED.format(name=name, value=value, then=then)
    with pytest.raises(ProblemsFound) as refused:
        Runner(project, workers)(_in_book(project, cell))
    (problem,) = refused.value.problems
    opened = {"EDITION": "test 的 2024-Q2", "DATASET": "other 的 2024-Q1"}[name]
    assert f"正在生成的是 test 的 2024-Q1，笔记本要打开的是 {opened}" in problem.what
    assert f"环境变量 PLANBOOK_{name} 在单元格或它导入的模块里改过" in problem.what
    assert f"删去改环境变量 PLANBOOK_{name} 的一句" in problem.fix
    assert "第2个单元格第3行" in problem.where


def test_no_variable_of_the_environment_opens_the_internal_book(
    project: Path, workers: BaseContext
) -> None:
    wanted = _in_book(
        project,
        _CHANGED.format(name="VISIBILITY", value="internal", then="planbook.open().visibility"),
        "planbook.open(visibility='internal').visibility",
    )
    with pytest.raises(ProblemsFound) as refused:
        Runner(project, workers)(replace(wanted, visibility=Visibility.PUBLIC))
    (problem,) = refused.value.problems
    assert "正在生成公开版，笔记本却要打开内部版" in problem.what
    assert "第3个单元格" in problem.where  # the second opened the public one


def test_a_program_that_a_cell_starts_opens_no_other_book_either(
    project: Path, workers: BaseContext
) -> None:
    (project / "notebooks" / "other_edition.py").write_text(
        "import planbook\nplanbook.open('test', '2024-Q2')\n", encoding="utf-8"
    )
    start = "import subprocess, sys\ndone = subprocess.run([sys.executable, 'other_edition.py'], "
    cell = f"{start}capture_output=True)\nprint(done.stderr.decode())"
    Runner(project, workers)(wanted := _in_book(project, cell))
    assert "正在生成的是 test 的 2024-Q1，笔记本要打开的是 test 的 2024-Q2" in shown(wanted)[-1]


def _in_book(project: Path, *cells: str) -> Job:
    made = job(project, *cells, parameters="edition = None\ndataset = None")
    return replace(made, parameters={"dataset": "test", "edition": "2024-Q1"})
