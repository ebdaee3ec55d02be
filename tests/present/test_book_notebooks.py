"""The committed notebooks: thin, clean, and about what the plan holds."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from planbook.plan import Plan
from planbook.run.own_pages import TEMPLATE

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 8
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.With, ast.Lambda, ast.If)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=nbformat.NO_CONVERT)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_is_valid_and_has_no_outputs(notebook: nbformat.NotebookNode) -> None:
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    for cell in code_cells(notebook):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_has_one_parameters_cell_of_plain_assignments(notebook: nbformat.NotebookNode) -> None:
    tagged = [c for c in code_cells(notebook) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    names = [ast.unparse(n.targets[0]) for n in ast.parse(tagged[0].source).body]
    assert names in (["cluster", "edition", "dataset"], ["edition", "dataset"])


def test_cells_are_short_and_hold_no_program(notebook: nbformat.NotebookNode) -> None:
    for cell in code_cells(notebook):
        assert cell.source.count("\n") < MOST_LINES
        nodes = ast.walk(ast.parse(cell.source))
        assert not [node for node in nodes if isinstance(node, FORBIDDEN)]


def test_each_cell_after_loading_is_one_call(notebook: nbformat.NotebookNode) -> None:
    hidden = [c for c in code_cells(notebook) if "show-input" not in c.metadata.get("tags", [])]
    for cell in hidden[2:]:
        (only,) = ast.parse(cell.source).body
        assert isinstance(only, ast.Expr)
        assert isinstance(only.value, ast.Call)


def test_no_number_is_typed_into_the_prose(notebook: nbformat.NotebookNode) -> None:
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    prose = [re.sub(r"`[^`]*`", "", text) for text in prose]  # code is no number
    assert not [text for text in prose if re.search(r"\d", text)]


def test_the_ids_of_cells_say_what_they_hold(notebook: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+", id) for id in ids)


def test_only_the_page_that_teaches_shows_its_code(notebook: nbformat.NotebookNode) -> None:
    title = notebook.cells[0].source.splitlines()[0]
    shown = [c for c in code_cells(notebook) if "show-input" in c.metadata.get("tags", [])]
    assert bool(shown) is (title == "# 自己做分析")


@pytest.mark.book
@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["analysis", "cluster_digital"], id="two"),
        pytest.param([path.stem for path in NOTEBOOKS], id="all", marks=pytest.mark.long),
    ],
)
def test_they_run_top_to_bottom_as_jupyterlab_opens_them(names: list[str]) -> None:
    """In one stock kernel, emptied between notebooks: what counts is cwd and the defaults."""
    whole = nbformat.v4.new_notebook()
    for name in names:
        whole.cells += nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
        whole.cells.append(nbformat.v4.new_code_cell("%reset -f"))
    for number, cell in enumerate(whole.cells):
        cell.id = f"cell-{number}"
    folder = {"metadata": {"path": str(ROOT / "notebooks")}}
    NotebookClient(whole, timeout=300, kernel_name="python3", resources=folder).execute()
    said = [o for c in code_cells(whole) for o in c.outputs if o.output_type == "stream"]
    assert not said


def test_every_notebook_of_the_plan_exists_and_no_other(plan: Plan) -> None:
    used = {page.notebook for page in (*plan.about.front, *plan.about.back)}
    used |= {chapter.notebook for chapter in plan.chapters}
    own = {TEMPLATE}  # that `planbook lab` begins
    assert {path.stem for path in NOTEBOOKS} - own == used


def test_a_chapter_shows_every_fields_goals_once_and_its_measures(plan: Plan) -> None:
    for chapter in plan.chapters:
        path = next(path for path in NOTEBOOKS if path.stem == chapter.notebook)
        text = "\n".join(cell.source for cell in nbformat.read(path, 4).cells)
        for field in chapter.fields:
            if chapter.role != "overall":
                assert re.search(rf"^##+ {re.escape(field.name)}$", text, re.M)
            if field.measures:
                assert f'chapter.measures("{field.id}")' in text
            if field.goals:
                assert text.count(f'chapter.paragraph("{field.id}")') == 1
                assert text.count(f'chapter.course("{field.id}")') == 1
