"""Which notebooks may run in the worker's own process, and what is told of the others."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat
import pytest

from planbook.produce.notebooks.kernel_choice import PYTHON, Kernel, kernel_of

PARAMETERS = "edition = None\ndataset: str | None = None"
OPENS = "import planbook\n\nbook = planbook.open(dataset, edition)"


def kernel(cells: Sequence[str], **metadata: object) -> Kernel:
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in (PARAMETERS, OPENS, *cells)],
        metadata=metadata,
    )
    chosen, problems = kernel_of(made, "notebooks/x.ipynb")
    assert not problems
    return chosen


@pytest.mark.parametrize(
    "cell",
    [
        'book.chapter("digital").table("software")',
        'frame = book.tables.verdicts\nframe[frame["pace"] > 1].head(3).round(2)',
        'import pandas as pd\npd.crosstab(book.tables.verdicts["kind"], 1)',
        "for chapter in [1, 2]:\n    display(book.chapter(chapter).lead())",
        "print([name.upper() for name in 'ab' if name], f'{1 + 1:.2f}')",
        "book.tables.observations.query(\"indicator_id == 'a'\")",
        "planbook.chart(book.tables.verdicts, title='甲', unit='项', source=book.source('乙'))",
        "import pandas as pd\npd.read_csv('自己的数.csv', index_col=0)",
        "import seaborn as sns\nplanbook.chart(sns.histplot(book.tables.verdicts), unit='')",
        "rows = book.tables.verdicts\nrows['更名'] = 1\nrows.sort_values('更名', key=lambda v: -v)",
    ],
)
def test_what_only_calls_the_book_stays_in_the_workers_process(cell: str) -> None:
    assert kernel([cell]) == Kernel()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("import matplotlib.pyplot as plt", "import matplotlib.pyplot as plt"),
        ("import seaborn as sns\nsns.histplot([1])", "sns.histplot"),
        ("import seaborn as sns\nsns.set_theme()", "sns.set_theme"),
        ("import seaborn as sns\nplanbook.chart(sns.set_theme())", "sns.set_theme"),
        ("import seaborn as sns\nplanbook.chart(sns.histplot(open('a')))", "open"),
        ("import seaborn as sns\nplanbook.chart(sns.histplot([1]), title=open('a'))", "open"),
        ("import seaborn as sns\nplanbook.open(sns.histplot([1]))", "sns.histplot"),
        ("planbook.fonts", "planbook.fonts"),
        ("from planbook.workspace import find_root", "from planbook.workspace import find_root"),
        ("1\n%time 2", "%time 2"),
        ("!ls", "!ls"),
        ("planbook.open?", "planbook.open?"),
        ("input('期号')", "input"),
        ("await book", "await book"),
        ("async for x in book: pass", "async for x in book:"),
        ("get_ipython().run_line_magic('time', '1')", "get_ipython"),
        ("exit()", "exit"),
        ("exec('1')", "exec"),
        ("open('a.csv')", "open"),
        ("_", "_"),
        ("pwd", "pwd"),
        ("book.__class__", "book.__class__"),
        ("import pandas as pd\npd.options.display.max_rows = 5", "pd.options"),
        ("import pandas as pd\npd.set_option('display.max_rows', 5)", "pd.set_option"),
        ("import pandas as pd\npd.read_csv('https://example.com/a.csv')", "pd.read_csv"),
        ("import pandas as pd\npd.read_csv(book)", "pd.read_csv"),
        ("import pandas as pd\npd.read_csv('a.csv', sep=open('b'))", "open"),
        ("import pandas as pd\npd.read_excel('a.xlsx')", "pd.read_excel"),
        ("import pandas as pd\ntools = pd\ntools.read_csv('a.csv')", "pd"),
        ("import pandas as pd\npd = book", "pd = book"),
        ("book.tables.verdicts.to_csv('a.csv')", "book.tables.verdicts.to_csv"),
        ("book.tables.verdicts.plot()", "book.tables.verdicts.plot"),
        ("book.tables.verdicts.query('@book')", "book.tables.verdicts.query"),
        ("book.edition = 1", "book.edition"),
        ("display('a', display_id=True)", "display('a', display_id=True)"),
        ("with book: pass", "with book:"),
        ("def f(): return 1", "def f():"),
        ("del book", "del book"),
    ],
)
def test_anything_else_goes_to_a_stock_kernel_which_is_told_with_cell_and_cause(
    cell: str, said: str
) -> None:
    chosen = kernel([cell])
    assert chosen.name == PYTHON
    told = "notebooks/x.ipynb 在单独的标准内核中运行：第3个单元格有「"
    assert chosen.why.startswith(told + said)
    assert "\n" not in chosen.why


def test_a_name_that_an_earlier_cell_did_not_give_is_not_plain() -> None:
    assert kernel(["mine = 1", "mine + 1"]) == Kernel()
    assert "第4个单元格有「yours」" in kernel(["mine = 1", "yours + 1"]).why


def test_a_long_line_is_cut_short() -> None:
    assert kernel([f"import a{'b' * 60}"]).why.endswith("…」")


def test_a_python_kernel_that_is_not_installed_is_replaced_and_told() -> None:
    spec = {"name": "conda-env-stats-py", "display_name": "Python [conda env:stats]"}
    chosen = kernel(["1"], kernelspec=spec)
    assert chosen.name is None
    assert "指定的内核「Python [conda env:stats]」没有安装，改用 Python 3" in chosen.why
    chosen = kernel(["!ls"], kernelspec=spec)
    assert chosen.name == PYTHON
    assert "第3个单元格有「!ls」；指定的内核「Python [conda env:stats]」没有安装" in chosen.why


def test_another_language_whose_kernel_is_not_installed_is_refused() -> None:
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    )
    _, (problem,) = kernel_of(made, "notebooks/x.ipynb")
    assert problem.what == "笔记本指定的内核「R」没有安装"
    assert "ir" in problem.fix


def test_a_notebook_that_names_no_kernel_is_python() -> None:
    assert kernel(["1"]) == Kernel()
