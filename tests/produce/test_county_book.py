"""A county's annual work report, from a spreadsheet to a book, by README's commands as printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click import Command, Group
from click.testing import CliRunner

from planbook.__main__ import main
from planbook.plan import load_plan
from planbook.run.starting.list_template import NAME
from tests.books import ROOT, Built, once_a_run, run_python
from tests.county import spreadsheet
from tests.departments import fill_in

pytestmark = [pytest.mark.book, pytest.mark.long, pytest.mark.takes(60)]

README = (ROOT / "README.md").read_text(encoding="utf-8")
OTHERS = ("两江", "重庆", "2027年目标", "scripts/build.py", "software", "直管区")


def commands() -> list[list[str]]:
    """Return the words of README's section, a command a line."""
    section = README.partition("## A plan of your own\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return [shlex.split(line, comments=True) for line in "".join(blocks).splitlines()]


def ran(folder: Path, words: list[str]) -> str:
    assert words[0] == "python"
    done = run_python(folder, *words[1:])
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


def text_of(page: Path) -> str:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text()


def made(folder: Path) -> Built:
    """Run README's commands; between them somebody fills in the list, and departments the forms."""
    template, new, empty, moved, *rest = commands()
    ran(folder, template)
    (folder / NAME).write_bytes(spreadsheet())
    said = [ran(folder, new), ran(folder, empty)]
    assert moved == ["cd", "county"]
    project = folder / "county"
    nothing_yet = text_of(project / "_build" / "html" / "index.html")
    assert "尚无数据" in nothing_yet
    assert "30项目标目前均无法判定" in "".join(nothing_yet.split())
    plan = load_plan(project / "data" / "plan")
    for form in sorted((project / "templates").glob("*.xlsx")):
        fill_in(form, form, plan, {"goal-01": 44.8, "goal-05": 7305.0})
    said += [ran(project, words) for words in rest]
    return Built(folder, "\n".join(said))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The county's finished book. Only look at it."""
    found = once_a_run(tmp_path_factory, "county-of-a-list", made)
    return Built(found.root / "county", found.said)


def test_the_forms_are_taken_and_the_goals_have_values(county: Built) -> None:
    assert "已收取 5 个，此前已收 0 个，未收取 0 个" in county.said
    shown = "".join(text_of(county.html / "index.html").split())
    assert "尚无数据" not in shown
    assert "30项目标目前均无法判定" not in shown
    assert "达序时" in shown
    chapter = BeautifulSoup(
        (county.html / "chapters" / "chapter-1.html").read_text(encoding="utf-8"), "html.parser"
    )
    headings = [heading.get_text().rstrip("#") for heading in chapter.select("article h2")]
    assert headings == ["经济增长", "投资和项目"]
    contents = chapter.select_one(".bd-sidebar-secondary")
    assert contents is not None
    assert "投资和项目" in contents.get_text()
    assert len(chapter.select("article figure")) == len(headings)
    pages = (county.html / "goals").glob("*.html")
    drawn = ["<figure" in page.read_text(encoding="utf-8") for page in pages]
    assert sum(drawn) > 20
    measures = text_of(county.html / "chapters" / "chapter-4.html")
    assert "建成县政务服务中心" in measures
    assert "不动产登记" in measures


def test_every_goal_has_its_page_paper_and_pack(county: Built) -> None:
    plan = load_plan(county.root / "data" / "plan")
    for goal in plan.goals:
        assert goal.quote.replace("~", "～") in text_of(
            county.html / "goals" / f"{goal.id}.html"
        ).replace("~", "～")
    papers = {path.name for path in (county.html / "pdf").iterdir()}
    assert {"2025-Q1-book.pdf", "2025-Q1-chapter-1.pdf"} <= papers
    packs = {path.name for path in (county.root / "_build" / "packs" / "2025-Q1").iterdir()}
    assert packs == {unit.id for unit in plan.units}


def test_nothing_of_another_plan_is_in_it(county: Built) -> None:
    for page in county.pages():
        shown = text_of(page)
        assert not [word for word in OTHERS if word in shown], page


def test_its_pages_have_the_look_of_the_program(county: Built) -> None:
    page = BeautifulSoup((county.html / "index.html").read_text(encoding="utf-8"), "html.parser")
    styles = [str(link["href"]).partition("?")[0] for link in page.select("link[rel=stylesheet]")]
    assert "_static/palette.css" in styles
    assert styles.index("_static/palette.css") < styles.index("_static/theme.css")
    for link in (*page.select("link[rel=stylesheet]"), *page.select("script[src]")):
        address = str(link.get("href") or link.get("src")).partition("?")[0]
        assert (county.html / address).is_file(), address


def test_the_commands_of_its_handbook_are_there(county: Built) -> None:
    handbook = (county.root / "book" / "handbook.md").read_text(encoding="utf-8")
    within = re.findall(r"`(python -m[^`\n]*)`", handbook)
    lines = [line for line in handbook.splitlines() if line.startswith("python -m")]
    typed = [shlex.split(line) for line in (*lines, *within)]
    assert len(within) > 1
    assert len(typed) > 20
    for words in typed:
        options = [word for word in words if word.startswith("--")]
        named: list[str] = []
        command: Command = main
        for word in words[3:]:
            if isinstance(command, Group) and word in command.commands:
                named.append(word)
                command = command.commands[word]
        told = CliRunner().invoke(main, [*named, "--help"])
        assert told.exit_code == 0, words
        assert not [option for option in options if option not in told.output], words
