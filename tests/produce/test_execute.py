from __future__ import annotations

import multiprocessing as mp
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import nbformat
import pytest

from planbook.disk_reads import EVERYTHING, UNKNOWN
from planbook.errors import Problem, ProblemsFound
from planbook.produce.notebooks import worker
from planbook.produce.notebooks.execute import execute_notebooks
from planbook.produce.notebooks.handed_book import hand
from planbook.produce.notebooks.jobs import Job, kernels_of
from planbook.produce.notebooks.kernel_choice import PYTHON, Kernel
from planbook.run.pipeline import open_book
from tests.books import ROOT, copy_second_plan, job
from tests.forged import with_other_about

pytestmark = pytest.mark.takes(60)
Execute = Callable[..., Mapping[str, float]]


@pytest.fixture
def execute(tmp_path: Path, workers: BaseContext) -> Execute:
    def run(
        *wanted: Job,
        parts: Callable[[str], str] = str,
        code: str = "",
        only: str | None = None,
        root: Path = tmp_path,
        told: Callable[[Mapping[str, str]], None] = lambda states: None,
        wrong: Callable[[Sequence[Problem]], None] = lambda problems: None,
        **others: Any,
    ) -> Mapping[str, float]:
        done = execute_notebooks(
            wanted,
            root=root,
            scratch=tmp_path / "_build" / "scratch",
            records=tmp_path / "_build" / "cache" / "chapters.json",
            parts=parts,
            code=code,
            only=only,
            context=workers,
            workers=2,
            **others,
        )
        told(done.states)
        wrong(done.problems)
        return done.seconds

    return run


def outputs(page: Path) -> list[object]:
    read = nbformat.read(page, as_version=4)
    return [cell.outputs for cell in read.cells if cell.cell_type == "code" and cell.outputs]


def test_a_given_parameter_that_the_notebook_does_not_declare_is_refused(tmp_path: Path) -> None:
    misspelled = job(tmp_path, parameters='datset = "demo"')
    _, problems = kernels_of([misspelled], tmp_path)
    unknown, missing = problems["digital"]
    assert "「dataset」" in unknown.what
    assert "datset" in unknown.what  # what the cell does declare
    assert "「datset」没有取值" in missing.what
    assert "notebooks/digital.ipynb" in unknown.where


def test_a_notebook_without_parameters_cell_or_file_is_refused(tmp_path: Path) -> None:
    gone = job(tmp_path)
    gone.notebook.unlink()
    without = job(tmp_path, id="green")
    read = nbformat.read(without.notebook, as_version=4)
    read.cells[0].metadata.tags = []
    nbformat.write(read, without.notebook)
    kernels, problems = kernels_of([gone, without], tmp_path)
    assert kernels == {}
    assert {id: [p.what for p in found] for id, found in problems.items()} == {
        "digital": ["没有这个笔记本"],
        "green": ["参数「dataset」不在 parameters 单元格中（其中有：无）"],
    }


def test_the_given_value_is_used_and_not_the_default(tmp_path: Path, execute: Execute) -> None:
    wanted = job(tmp_path, "dataset")
    execute(wanted)
    assert "'live'" in str(outputs(wanted.page))


def test_notebooks_open_the_book_that_their_build_hands_on(
    tmp_path: Path, execute: Execute
) -> None:
    book = open_book("test", root=copy_second_plan(tmp_path / "elsewhere"))
    cells = ("import planbook", "book = planbook.open(dataset, edition)", "book.plan.about.title")
    asked = {"dataset": "test", "edition": "2024-Q1"}
    given = "\n".join(f"{name} = {value!r}" for name, value in asked.items())
    wanted = replace(job(tmp_path, *cells, parameters=given), parameters=asked)
    with pytest.raises(ProblemsFound):  # there is nothing in the project itself
        execute(wanted)
    hand(book, tmp_path / "_build")
    execute(wanted)
    assert book.plan.about.title in str(outputs(wanted.page))
    assert execute(wanted, parts=lambda name: name * (name == "plan.about.title")) == {}


def test_others_have_their_turn_once_notebooks_run_and_where_none_has_to(
    tmp_path: Path, execute: Execute
) -> None:
    told: list[str] = []
    wanted = [job(tmp_path, "1", id=id) for id in ("a", "b", "c")]
    tell = {
        "stale": lambda job, why: told.append("begun"),
        "progress": lambda job, seconds: told.append("known" if seconds is None else "ended"),
        "meanwhile": lambda: told.append("others"),
    }
    execute(*wanted, **tell)
    assert told[:4] == ["begun", "begun", "others", "ended"]  # two processes
    told.clear()
    execute(*wanted, **tell)
    assert told == ["known", "known", "known", "others"]


def broken_jobs(root: Path) -> list[Job]:
    """Return jobs whose notebooks go wrong: as files, by their parameters, in a cell, as a page."""
    torn = job(root, "1", id="torn")
    torn.notebook.write_text(torn.notebook.read_text("utf-8")[:-9], encoding="utf-8")
    gone = job(root, "1", id="gone")
    gone.notebook.unlink()
    given = job(root, "1", id="given", parameters="edition = 1")
    fails = job(root, "2", "x = 1\nx / 0", id="fails")
    shown = "from IPython.display import Markdown\nMarkdown('# 标题')"
    return [torn, gone, given, fails, job(root, shown, id="shown")]


def test_a_notebook_that_goes_wrong_leaves_a_page_that_says_so_and_no_other_is_touched(
    tmp_path: Path, execute: Execute
) -> None:
    found: list[Problem] = []
    broken = broken_jobs(tmp_path)
    execute(job(tmp_path, "1 + 1"), *broken, wrong=found.extend)
    assert outputs(tmp_path / "book" / "chapters" / "digital.ipynb")
    for each in broken:
        (said,) = nbformat.read(each.page, as_version=4).cells
        assert said.source.startswith(f"# {each.title}\n\n本页没有生成"), each.id
        assert sum(f"（{each.id}）" in p.where or each.id in p.where for p in found), each.id
    assert len(found) == len(broken) + 1  # wrong parameters are two


def test_a_notebook_that_is_mended_has_its_page_again(tmp_path: Path, execute: Execute) -> None:
    good, sound = job(tmp_path, "1"), job(tmp_path, "2", id="green")
    execute(good, sound)
    before = sound.page.read_bytes()
    execute(good, job(tmp_path, "1 / 0", id="green"))
    assert sound.page.read_bytes() != before
    execute(good, job(tmp_path, "2", id="green"))
    assert sound.page.read_bytes() == before


@pytest.mark.parametrize(("others", "whole"), [(0, False), (1, True)])
def test_no_page_changes_where_none_was_made_or_all_must_be(
    others: int, whole: bool, tmp_path: Path, execute: Execute
) -> None:
    good = [job(tmp_path, "1", id=f"good-{n}") for n in range(others)]
    execute(job(tmp_path, "2", id="green"), *good)
    pages = [*(tmp_path / "book" / "chapters").iterdir()]
    before = [page.read_bytes() for page in pages]
    bad = job(tmp_path, "2", "x = 1\nx / 0", id="green")
    with pytest.raises(ProblemsFound) as failed:
        execute(bad, *good, whole=whole)
    (problem,) = failed.value.problems
    assert "ZeroDivisionError" in problem.what
    for part in ("数智服务", "green", "notebooks/green.ipynb", "第3个单元格第2行", "x / 0"):
        assert part in problem.where
    assert [page.read_bytes() for page in pages] == before


def test_all_failing_notebooks_are_reported_together(tmp_path: Path, execute: Execute) -> None:
    wanted = [job(tmp_path, "1 / 0", id=id) for id in ("a", "b", "c")]
    with pytest.raises(ProblemsFound, match="有3处问题"):
        execute(*wanted)


def test_a_warning_is_an_error(tmp_path: Path, execute: Execute) -> None:
    with pytest.raises(ProblemsFound, match="某字缺字形"):
        execute(job(tmp_path, 'import warnings\nwarnings.warn("某字缺字形")'))


def test_a_process_that_dies_is_reported(tmp_path: Path, execute: Execute) -> None:
    with pytest.raises(ProblemsFound, match="内核中途退出"):
        execute(job(tmp_path, "import os\nos._exit(3)"))


def test_a_process_killed_in_the_middle_of_its_answer_is_reported(
    tmp_path: Path, execute: Execute, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(self: Connection) -> Any:
        raise OSError("got end of file during message")

    monkeypatch.setattr(Connection, "recv", cut)
    with pytest.raises(ProblemsFound, match="进程中途退出"):
        execute(job(tmp_path, "1"))


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, execute: Execute) -> None:
    wanted = job(tmp_path, "import pandas as pd\npd.DataFrame({'a': [1, 2]})", "print(dataset)")
    execute(wanted)
    first = wanted.page.read_bytes()
    wanted.page.unlink()
    execute(wanted)
    assert wanted.page.read_bytes() == first
    text = first.decode()
    assert "papermill" not in text
    assert str(tmp_path) not in text


def test_a_notebook_sees_nothing_of_another(tmp_path: Path, execute: Execute) -> None:
    leaves = 'import builtins, os\nbuiltins.left = os.environ["LEFT"] = "1"'
    looks = 'import builtins, os\nhasattr(builtins, "left"), "LEFT" in os.environ'
    first, second = job(tmp_path, leaves, id="a"), job(tmp_path, looks, id="b")
    execute(first)
    execute(second)
    assert "(False, False)" in str(outputs(second.page))


def test_outputs_are_those_of_the_stock_kernel(tmp_path: Path, execute: Execute) -> None:
    wanted = job(
        tmp_path,
        "import pandas as pd\nfrom IPython.display import Markdown, display",
        "pd.DataFrame({'名称': ['甲', '乙'], 'v': [1.5, None]})",
        "pd.DataFrame([[f'第{n}列，很宽很宽的一列' for n in range(9)]])",
        "print('一')\nprint('二')\ndisplay(Markdown('*三*'))\n'四'",
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\n_ = axes.plot([1, 2])\n"
        "plt.close()\ndisplay(figure, metadata={'alt': '甲线'})",
        "None",
        "[dataset] * 30",
    )
    execute(wanted)
    stock = tmp_path / "_build" / "scratch" / "stock.ipynb"
    assert worker.execute(wanted, tmp_path, stock, Kernel(PYTHON)).problems == ()
    assert wanted.page.read_bytes() == stock.read_bytes()


def test_only_what_changed_is_executed_again(tmp_path: Path, execute: Execute) -> None:
    first, second = job(tmp_path, "1", id="a"), job(tmp_path, "2", id="b")
    assert set(execute(first, second)) == {"a", "b"}
    assert execute(first, second) == {}
    second = job(tmp_path, "3", id="b")
    assert set(execute(first, second)) == {"b"}
    first = replace(first, parameters={"dataset": "demo"})
    assert set(execute(first, second)) == {"a"}
    assert set(execute(first, second, code="new")) == {"a", "b"}


def test_a_page_that_was_lost_or_edited_is_taken_from_what_is_kept(
    tmp_path: Path, execute: Execute
) -> None:
    wanted, kept = job(tmp_path, "1"), tmp_path / "_build" / "cache" / "chapters" / "digital.ipynb"
    execute(wanted)
    made = wanted.page.read_bytes()
    for spoil in (wanted.page.unlink, lambda: wanted.page.write_text("edited by hand", "utf-8")):
        spoil()
        assert execute(wanted) == {}
        assert wanted.page.read_bytes() == made
    kept.write_text("edited by hand", encoding="utf-8")
    assert set(execute(wanted)) == {"digital"}
    assert wanted.page.read_bytes() == made


def test_a_page_is_made_again_when_a_part_that_its_notebook_read_has_changed(
    tmp_path: Path, execute: Execute
) -> None:
    noting = "from planbook.produce.notebooks.noted_reads import now\n_ = now().names.add({!r})"
    first = job(tmp_path, noting.format("tables.measures"), id="a")
    second = job(tmp_path, noting.format("plan.about.thresholds"), id="b")
    told: dict[str, tuple[str, ...]] = {}

    def stale(job: Job, why: tuple[str, ...]) -> None:
        told[job.id] = why

    execute(first, second)
    new = {"tables.measures": "new"}
    assert set(execute(first, second, parts=lambda name: new.get(name, name), stale=stale)) == {"a"}
    assert told == {"a": ("tables.measures",)}
    assert execute(first, second, parts=lambda name: new.get(name, name)) == {}


def test_a_page_is_made_again_when_a_file_that_a_cell_opened_has_changed(
    tmp_path: Path, execute: Execute
) -> None:
    own = tmp_path / "notebooks" / "own.csv"
    wanted = job(tmp_path, f"import pandas as pd\npd.read_csv({str(own)!r})")
    own.write_text("a\n1\n", encoding="utf-8")
    execute(wanted)
    assert execute(wanted) == {}
    own.write_text("a\n22\n", encoding="utf-8")
    assert set(execute(wanted)) == {"digital"}
    assert "22" in str(outputs(wanted.page))


def test_a_page_is_made_again_when_a_folder_that_a_cell_listed_has_another_file(
    tmp_path: Path, execute: Execute
) -> None:
    folder = tmp_path / "lookup"
    folder.mkdir()
    listed = f"from pathlib import Path\n[p.name for p in Path({str(folder)!r}).glob('*.csv')]"
    wanted = job(tmp_path, listed)
    execute(wanted)
    assert execute(wanted) == {}
    (folder / "towns.csv").touch()
    assert set(execute(wanted)) == {"digital"}
    assert "towns.csv" in str(outputs(wanted.page))


@pytest.mark.parametrize(
    "cell",
    [
        "import os\nos.stat(r'{root}/a.csv').st_size",
        "open(r'{root}/_build/saved.csv').read()",
        "import sqlite3\nsqlite3.connect(r'{root}/a.db').close()",
    ],
    ids=["how large a file is", "what was derived", "a database, which may open others"],
)
def test_what_a_cell_read_at_will_depends_on_everything(
    tmp_path: Path, execute: Execute, cell: str
) -> None:
    (tmp_path / "_build").mkdir(exist_ok=True)
    for name in ("_build/saved.csv", "a.csv", "a.db"):
        (tmp_path / name).touch()
    wanted, new = job(tmp_path, cell.format(root=tmp_path)), {EVERYTHING: "new"}
    execute(wanted)
    assert execute(wanted) == {}
    assert set(execute(wanted, parts=lambda name: new.get(name, name))) == {"digital"}


@pytest.mark.parametrize(
    "cell",
    [
        "open(r'{path}').read()",
        "import pandas as pd\nlist(pd.read_csv(r'{path}', header=None)[0])",
        "from pathlib import Path\nPath(r'{path}').read_text()",
        "import numpy as np\nstr(np.loadtxt(r'{path}', dtype=str))",
    ],
    ids=["open", "pandas", "pathlib", "numpy"],
)
@pytest.mark.parametrize("place", ["shared/own.csv", "project/docs/own.csv", "project/.hidden"])
def test_a_page_is_made_again_when_a_file_anywhere_that_a_cell_opened_has_changed(
    tmp_path: Path, execute: Execute, cell: str, place: str
) -> None:
    root, path = tmp_path / "project", tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("old", encoding="utf-8")
    wanted = job(root, cell.format(path=path))
    execute(wanted, root=root)
    assert execute(wanted, root=root) == {}
    path.write_text("new", encoding="utf-8")
    assert set(execute(wanted, root=root)) == {"digital"}
    assert "new" in str(outputs(wanted.page))


def test_a_page_is_made_again_when_a_link_that_a_cell_followed_leads_elsewhere(
    tmp_path: Path, execute: Execute
) -> None:
    link = tmp_path / "notebooks" / "own.csv"
    wanted = job(tmp_path, f"open({str(link)!r}).read()")
    for name in ("old", "new"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    try:
        link.symlink_to(tmp_path / "old")
    except OSError:
        pytest.skip("this system lets no one link")
    execute(wanted)
    link.unlink()
    link.symlink_to(tmp_path / "new")
    assert set(execute(wanted)) == {"digital"}


def test_a_page_is_made_again_when_a_module_that_cells_import_has_changed(
    tmp_path: Path, execute: Execute
) -> None:
    module = tmp_path / "src" / "own_lookup.py"
    module.parent.mkdir()
    module.write_text("VALUE = 'old'\n", encoding="utf-8")
    wanted = job(
        tmp_path,
        f"import sys\nsys.path.insert(0, {str(module.parent)!r})\n"
        "import own_lookup\nown_lookup.VALUE",
    )
    execute(wanted)
    assert execute(wanted) == {}
    module.write_text("VALUE = 'newer'\n", encoding="utf-8")
    assert set(execute(wanted)) == {"digital"}
    assert "newer" in str(outputs(wanted.page))


@pytest.mark.parametrize(
    "cell",
    [
        "from pathlib import Path\nPath(r'{path}').exists()",
        "import os\nos.path.isfile(r'{path}')",
        "try:\n    print(open(r'{path}').read())\nexcept OSError:\n    print('none')",
    ],
    ids=["pathlib", "os", "opened in vain"],
)
def test_a_page_is_made_again_when_a_file_appears_that_a_cell_looked_for(
    tmp_path: Path, execute: Execute, cell: str
) -> None:
    path = tmp_path / "data" / "own.csv"
    path.parent.mkdir()
    wanted = job(tmp_path, cell.format(path=path))
    execute(wanted)
    assert execute(wanted) == {}
    path.write_text("there", encoding="utf-8")
    assert set(execute(wanted)) == {"digital"}


def test_a_page_is_made_again_when_a_module_looked_for_a_file_that_appears(
    tmp_path: Path, execute: Execute
) -> None:
    module = tmp_path / "notebooks" / "own_looking.py"
    wanted = job(
        tmp_path,
        f"import sys\nsys.path.insert(0, {str(module.parent)!r})\n"
        "import own_looking\nown_looking.there",
    )
    module.write_text(
        f"import os\nthere = os.path.exists({str(tmp_path / 'data')!r})\n", encoding="utf-8"
    )
    execute(wanted)
    assert execute(wanted) == {}
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "own.csv").touch()
    assert set(execute(wanted)) == {"digital"}


@pytest.mark.parametrize(
    "cell",
    [
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'print(1)'], capture_output=True).stdout",
        "import os\nos.popen('echo 1').read()",
        "!echo 1",
        "import socket\nsocket.getaddrinfo('127.0.0.1', 80) and 1",
        "import os\nos.environ.get('HOME')",
        "import datetime as dt\ndt.date.today().year",
        "import ctypes\n1",
        "import pandas as pd\npd.read_parquet",
    ],
    ids=["process", "popen", "shell", "network", "environment", "clock", "C", "a reader in C"],
)
def test_a_notebook_whose_reading_leaves_no_trace_is_executed_each_time(
    tmp_path: Path, execute: Execute, cell: str
) -> None:
    wanted, told = job(tmp_path, cell), dict[str, tuple[str, ...]]()
    execute(wanted)
    again = execute(wanted, stale=lambda job, why: told.update({job.id: why}))
    assert set(again) == {"digital"}
    assert told == {"digital": (UNKNOWN,)}


def test_a_database_counts_with_its_bytes(tmp_path: Path, execute: Execute) -> None:
    path = tmp_path / "own.db"
    cell = f"import sqlite3\nsqlite3.connect({str(path)!r}).execute('select * from a').fetchall()"
    _fill(path, "old")
    wanted = job(tmp_path, cell)
    execute(wanted)
    assert execute(wanted) == {}
    _fill(path, "new")
    assert set(execute(wanted)) == {"digital"}
    assert "new" in str(outputs(wanted.page))


def _fill(path: Path, value: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("drop table if exists a")
        database.execute("create table a (b)")
        database.execute("insert into a values (?)", (value,))


def test_what_a_cell_wrote_itself_is_no_input(tmp_path: Path, execute: Execute) -> None:
    cell = (
        "import random, tempfile\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    with open(f'{folder}/own.csv', 'w') as file:\n"
        "        _ = file.write(str(random.random()))\n"
        "    number = open(f'{folder}/own.csv').read()\n"
        "1"
    )
    wanted = job(tmp_path, cell)
    execute(wanted)
    assert execute(wanted) == {}


def test_a_file_that_changes_while_a_notebook_is_executed_counts_as_it_was_read(
    tmp_path: Path, execute: Execute
) -> None:
    wanted = job(tmp_path, "text = open('own.csv').read()", "open('own.csv', 'w').write('new')")
    wanted.notebook.with_name("own.csv").write_text("old", encoding="utf-8")
    execute(wanted)
    assert set(execute(wanted)) == {"digital"}


def test_a_notebook_that_is_saved_while_it_is_executed_is_executed_again(
    tmp_path: Path, execute: Execute
) -> None:
    begun, saved = tmp_path / "notebooks" / "begun", tmp_path / "notebooks" / "saved"
    waits = (
        "import os, time\n"
        f"open({str(begun)!r}, 'w').close()\n"
        f"while not os.path.exists({str(saved)!r}): time.sleep(.05)"
    )
    wanted = job(tmp_path, waits, "'before'")
    text = wanted.notebook.read_text(encoding="utf-8")

    def save() -> None:
        end = time.monotonic() + 60
        while not begun.exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        if not saved.exists():
            wanted.notebook.write_text(text.replace("before", "after"), encoding="utf-8")
            saved.touch()

    execute(wanted, meanwhile=save)
    assert "before" in str(outputs(wanted.page))
    assert set(execute(wanted)) == {"digital"}
    assert "after" in str(outputs(wanted.page))


def test_libraries_and_the_system_are_no_input(tmp_path: Path, execute: Execute) -> None:
    wanted = job(tmp_path, "import wave, nbformat.v1; open('/dev/null').read()", "1")
    states: dict[str, str] = {}
    execute(wanted, told=states.update)
    assert not states


def test_libraries_are_no_input_where_python_keeps_compiled_modules_apart(
    tmp_path: Path, execute: Execute
) -> None:
    apart = f"import sys; sys.pycache_prefix = {str(tmp_path / 'compiled')!r}; import wave"
    states: dict[str, str] = {}
    execute(job(tmp_path, apart), told=states.update)
    assert not states


def test_a_record_of_another_shape_keeps_no_page(tmp_path: Path, execute: Execute) -> None:
    wanted, records = job(tmp_path, "1"), tmp_path / "_build" / "cache" / "chapters.json"
    execute(wanted)
    for _ in with_other_about(records, "digital"):
        assert set(execute(wanted)) == {"digital"}
    assert execute(wanted) == {}


def test_what_succeeded_is_kept_when_another_notebook_fails(
    tmp_path: Path, execute: Execute
) -> None:
    good, bad = job(tmp_path, "1", id="a"), job(tmp_path, "1 / 0", id="b")
    execute(good, bad)
    assert set(execute(good, job(tmp_path, "2", id="b"))) == {"b"}
    assert good.page.exists()


def test_a_killed_run_goes_on_with_the_rest(tmp_path: Path, execute: Execute) -> None:
    waits = (
        f"import pathlib, time\nwhile not pathlib.Path(r'{tmp_path}/go').exists(): time.sleep(.05)"
    )
    longer = f"1  # {'begun first ' * 50}"
    first, second = job(tmp_path, longer, id="a"), job(tmp_path, waits, id="b")
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from planbook.produce.notebooks.execute import execute_notebooks\n"
        "from tests.books import written_job\n"
        "root = Path(sys.argv[1])\n"
        "wanted = [written_job(root, 'a'), written_job(root, 'b')]\n"
        "execute_notebooks(wanted, root=root, scratch=root / '_build' / 'scratch',"
        " records=root / '_build' / 'cache' / 'chapters.json', parts=str, code='', workers=1)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    kept = tmp_path / "_build" / "cache" / "chapters.json"
    try:
        while not kept.exists() and running.poll() is None:
            time.sleep(0.1)
    finally:
        running.kill()
        running.wait()
    assert kept.exists()
    assert not first.page.exists()
    (tmp_path / "go").touch()
    assert set(execute(first, second)) == {"b"}
    assert first.page.exists()
    assert second.page.exists()


def test_a_chosen_chapter_takes_others_along_only_for_their_data(
    tmp_path: Path, execute: Execute
) -> None:
    noting = "from planbook.produce.notebooks.noted_reads import now\n_ = now().names.add('part')"
    first, second = job(tmp_path, "1", id="a"), job(tmp_path, noting, id="b")
    execute(first, second)

    def new(name: str) -> str:
        return f"new {name}"

    assert set(execute(first, second, only="a", code="new")) == {"a"}
    assert set(execute(first, second, only="a", code="new", parts=new)) == {"a", "b"}
    (tmp_path / "_build" / "cache" / "chapters" / "b.ipynb").unlink()
    assert set(execute(first, second, only="a", code="new", parts=new)) == {"a", "b"}


def test_it_works_where_processes_cannot_be_copied(tmp_path: Path) -> None:
    wanted = job(tmp_path, "dataset")
    execute_notebooks(
        [wanted],
        root=tmp_path,
        scratch=tmp_path / "_build" / "scratch",
        records=tmp_path / "records.json",
        parts=str,
        code="",
        context=mp.get_context("spawn"),
    )
    assert "'live'" in str(outputs(wanted.page))
