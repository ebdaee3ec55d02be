"""What the commands of ``analysis`` do with analysts' own notebooks and ``back:`` of the plan."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import click

from planbook.errors import Problem, ProblemsFound, UsageError
from planbook.plan import Plan
from planbook.plan.model import Chapter
from planbook.plan.page_lines import with_page, without_page
from planbook.plan.plan_file import Page, PlanFile
from planbook.produce.notebooks.jobs import Job, kernels_of
from planbook.produce.notebooks.notebook_files import read_notebook
from planbook.project_folders import PLAN, find_root, is_kept_by_windows
from planbook.put_in_place import put_new, write_whole
from planbook.run.opening import open_workspace
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace
from planbook.yamlfile import as_model, yaml_value

TEMPLATE = "my_analysis"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HOW_TO_NAME = (
    "在 JupyterLab 中改名，只用小写字母、数字和下划线，以字母开头，如 my_analysis.ipynb；"
    "页面的中文标题用 --title 写"
)


def new(notebook: str, title: str) -> None:
    """Write a notebook like the template, where there is none of that name."""
    root = find_root()
    path = _path(root, notebook)
    if not put_new(path, begun(path.stem, title)):
        raise UsageError(f"{_shown(path, root)} 已经有了。\n  处理：换一个名字")
    click.echo(f"已新建 {_shown(path, root)}。在 JupyterLab 中打开：python -m planbook lab")


def begun(name: str, title: str = "我的分析") -> bytes:
    """Return a notebook of this name like the template; of the title every letter stays."""
    asset = files("planbook.produce") / "assets" / "notebooks" / f"{TEMPLATE}.ipynb"
    made = json.loads(asset.read_text(encoding="utf-8").replace(TEMPLATE, name))
    made["cells"][0]["source"][0] = f"# {title}\n"
    return f"{json.dumps(made, ensure_ascii=False, indent=1)}\n".encode()


def add(notebook: str, id: str | None, title: str | None, internal: bool, dataset: str) -> None:
    """List a notebook under ``back:``, if it can be a page of the book."""
    workspace, plan = open_workspace(dataset)
    path = _path(workspace.root, notebook)
    where = _shown(path, workspace.root)
    read, problems = read_notebook(path, where, where)
    heading = ""
    if read is not None:
        heading = next((found for cell in read.cells if (found := _heading(cell))), "")
        if not heading:
            what, fix = "没有一级标题", "在最前面加一个 Markdown 单元格，写「# 标题」"
            problems.append(Problem(what, where, fix))
    page, wrong = as_model(
        Page,
        {
            "id": id or path.stem.replace("_", "-"),
            "title": title or heading or "？",
            "notebook": path.stem,
            "visibility": Visibility.INTERNAL if internal else Visibility.PUBLIC,
        },
        "python -m planbook analysis add",
    )
    problems += wrong
    if page is not None:
        problems += _taken(page, plan, where)
    if page is not None and not problems:
        _, wrong_by_page = kernels_of([_job(page, workspace)], workspace.root)
        problems += wrong_by_page.get(page.id, ())
    if problems or page is None:
        raise ProblemsFound("笔记本", problems)
    _rewrite(workspace, lambda text: with_page(text, page), (*plan.about.back, page))
    click.echo(f"已把 {where} 列入书中：「{page.title}」，网址 chapters/{page.id}.html。")
    click.echo(f"生成：python -m planbook build --dataset {dataset}")
    click.echo(f"撤下：python -m planbook analysis remove {page.id}")


def remove(page: str, dataset: str) -> None:
    """Take a page out of ``back:``; its notebook stays."""
    workspace, plan = open_workspace(dataset)
    asked = page.removesuffix(".ipynb").rpartition("/")[2]
    found = [each for each in plan.about.back if asked in (each.id, each.notebook)]
    if not found:
        known = "、".join(each.id for each in plan.about.back) or "无"
        raise UsageError(f"书中没有「{page}」这一页。可撤下的有：{known}")
    gone = found[0]
    left = tuple(each for each in plan.about.back if each is not gone)
    _rewrite(workspace, lambda text: without_page(text, gone.id), left)
    click.echo(f"已从书中撤下「{gone.title}」，notebooks/{gone.notebook}.ipynb 保留。")
    click.echo(f"恢复：python -m planbook analysis add {gone.notebook} --id {gone.id}")


def list_pages(dataset: str) -> None:
    """Print the pages of ``back:`` and the notebooks that no page is made of."""
    workspace, plan = open_workspace(dataset)
    for page in plan.about.back:
        kept = "（只进内部版）" if page.visibility is Visibility.INTERNAL else ""
        click.echo(f"{page.id}  {page.title}{kept}  notebooks/{page.notebook}.ipynb")
    others = outside_the_book(workspace, plan)
    click.echo(f"没有列入书中的笔记本：{'、'.join(others) or '无'}")


def outside_the_book(workspace: Workspace, plan: Plan) -> list[str]:
    """Return the names of the notebooks that no page is made of."""
    used = {page.notebook for page in (*plan.about.front, *plan.about.back)}
    used |= {chapter.notebook for chapter in plan.chapters}
    return sorted(
        path.name for path in workspace.notebooks.glob("*.ipynb") if path.stem not in used
    )


def _path(root: Path, notebook: str) -> Path:
    """Return the path of a notebook by its name or path, which has to lie in ``notebooks``."""
    given, folder = Path(notebook), root / "notebooks"
    name = given.name.removesuffix(".ipynb")
    places = {given.resolve().parent, (root / given).resolve().parent}
    if given.parent != Path() and folder.resolve() not in places:
        raise UsageError(f"{notebook} 不在项目的 notebooks 文件夹中。\n  处理：移到 {folder}")
    if not _NAME.fullmatch(name):
        raise UsageError(f"文件名「{given.name}」不能用作书中的笔记本。\n  处理：{_HOW_TO_NAME}")
    if is_kept_by_windows(name):
        raise UsageError(
            f"「{name}」是 Windows 的保留名，那里打不开这样的文件。\n"
            f"  处理：换一个名字，如 {name}_analysis"
        )
    return folder / f"{name}.ipynb"


def _heading(cell: object) -> str:
    source = getattr(cell, "source", "") if getattr(cell, "cell_type", "") == "markdown" else ""
    first = (source.strip().splitlines() or [""])[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else ""


def _taken(page: Page, plan: Plan, where: str) -> list[Problem]:
    """Return why a page cannot stand beside those that the plan has."""
    pages: tuple[Page | Chapter, ...]
    pages = (*plan.about.front, *plan.about.back, *plan.chapters)
    problems = [
        Problem(f"编号「{page.id}」已用于「{each.title}」", where, "用 --id 另取一个编号")
        for each in pages
        if each.id == page.id
    ]
    problems += [
        Problem(f"标题「{page.title}」书中已有", where, "用 --title 另写一个标题")
        for each in pages
        if each.title == page.title and each.id != page.id
    ]
    return problems + [
        Problem(f"这个笔记本已在书中：「{each.title}」", where, "不用再列入")
        for each in pages
        if each.notebook == page.notebook and each.id != page.id
    ]


def _job(page: Page, workspace: Workspace) -> Job:
    return Job(
        page.id,
        page.title,
        workspace.notebooks / f"{page.notebook}.ipynb",
        {"dataset": workspace.name, "edition": ""},
        workspace.book / "chapters" / f"{page.id}.ipynb",
    )


def _rewrite(workspace: Workspace, change: Callable[[str], str], pages: tuple[Page, ...]) -> None:
    """Change ``plan.yaml``, if it then says exactly these pages and all else as before."""
    path = workspace.root / PLAN
    where = _shown(path, workspace.root)
    before = path.read_bytes().decode("utf-8")
    by_hand = Problem(
        "back 不是每项几行的写法，不能由命令改写",
        f"{where}: back",
        "把 back 改为每页一项、每个键一行（见 data/README.md），再运行一次",
    )
    try:
        after = change(before)
    except (ValueError, KeyError) as error:
        raise ProblemsFound("方案", [by_hand]) from error
    was, now = (
        as_model(PlanFile, yaml_value(text, where)[0], where)[0] for text in (before, after)
    )
    if was is None or now != was.model_copy(update={"back": pages}):
        raise ProblemsFound("方案", [by_hand])
    write_whole(path, after.encode("utf-8"))


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
