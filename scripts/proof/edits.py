"""Edits of a project, each as someone of the office makes it, with what it may make anew at most.

An edit changes files of a `Checkout` and returns a `May`, or ``None`` where there is nothing to
change in that way. Chance is given, so that a run can be repeated.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from planbook.periods import editions_between
from proof.bounds import ALL, ALL_PAGES, NOTHING_AT_ALL, May, of_chapters, of_notebook, of_written
from proof.checkout import EDITION, Checkout
from proof.edits_of_data import (
    action,
    annual_target,
    baseline,
    commentary,
    correction,
    new_workbook,
    project,
    removed_workbook,
    status,
    task,
    value,
)

Edit = Callable[[Checkout, random.Random], May | None]
PLAN = "project/data/plan"
WRITTEN = ("handbook", "legend", "glossary", "methodology", "revision-policy")
TURNED = "（改）"


def rating_threshold(checkout: Checkout, chance: random.Random) -> May | None:
    """Move where 滞后 begins; any goal may be rated otherwise."""
    text = checkout.text(f"{PLAN}/plan.yaml")
    limit = f"{chance.uniform(0.3, 0.7):.3f}"
    checkout.write(f"{PLAN}/plan.yaml", re.sub(r"(far_behind: )[\d.]+", rf"\g<1>{limit}", text))
    return ALL


def warning_limit(checkout: Checkout, chance: random.Random) -> May | None:
    """Move the limit from which a revision is warned of."""
    name = f"{PLAN}/plan.yaml"
    text, limit = checkout.text(name), f"revision: {chance.uniform(0.005, 0.02):.4f}"
    if not re.search(r"^alerts:", text, re.M):
        text += f"\nalerts:\n  {limit}\n"
    checkout.write(name, re.sub(r"\brevision: [\d.]+", limit, text))
    return of_chapters(checkout.plan, [])


def goal_name(checkout: Checkout, chance: random.Random) -> May | None:
    """Call a goal otherwise; other pages may list its page by its title."""
    chapter = chance.choice([chapter for chapter in checkout.plan.chapters if chapter.goals])
    goal = chance.choice(chapter.goals)
    of_it = rf"          - id: {goal.id}\n            name: "
    _rename(checkout, f"{PLAN}/{chapter.id}.yaml", of_it)
    return of_chapters(checkout.plan, [chapter]) | ALL_PAGES


def field_name(checkout: Checkout, chance: random.Random) -> May | None:
    """Call a field otherwise."""
    chapter = chance.choice(checkout.plan.chapters)
    field = chance.choice(chapter.fields)
    _rename(checkout, f"{PLAN}/{chapter.id}.yaml", rf"  - id: {field.id}\n    name: ")
    return of_chapters(checkout.plan, [chapter]) | ALL_PAGES


def unit_name(checkout: Checkout, chance: random.Random) -> May | None:
    """Call a unit otherwise."""
    unit = chance.choice(checkout.plan.units)
    _rename(checkout, f"{PLAN}/units.yaml", rf"  - id: {unit.id}\n    name: ")
    return of_chapters(checkout.plan, checkout.plan.chapters)


def code_cell(checkout: Checkout, chance: random.Random) -> May | None:
    """Put a remark into a cell, which shows the same afterwards."""
    name, id, cells = _a_notebook(checkout, chance)
    cell = chance.choice([c for c in cells["cells"] if _shows(c)])
    cell["source"] = f"{''.join(cell['source'])}  # {chance.randrange(1000)}"
    return _written(checkout, name, cells, id)


def cell_taken_out(checkout: Checkout, chance: random.Random) -> May | None:
    """Take a cell out of a notebook."""
    name, id, cells = _a_notebook(checkout, chance)
    cells["cells"].remove(chance.choice([c for c in cells["cells"] if _shows(c)]))
    return _written(checkout, name, cells, id)


def prose_of_a_notebook(checkout: Checkout, chance: random.Random) -> May | None:
    """Add a sentence to the text of a notebook."""
    name, id, cells = _a_notebook(checkout, chance)
    cell = chance.choice([c for c in cells["cells"] if c["cell_type"] == "markdown"])
    cell["source"] = f"{''.join(cell['source'])}\n\n第{chance.randrange(1000)}稿。"
    return _written(checkout, name, cells, id)


def word_of_a_page(checkout: Checkout, chance: random.Random) -> May | None:
    """Add a sentence to a page that people write."""
    name, docname = _a_page(checkout, chance)
    checkout.write(name, f"{checkout.text(name)}\n第{chance.randrange(1000)}稿。\n")
    return of_written(docname)


def title_of_a_page(checkout: Checkout, chance: random.Random) -> May | None:
    """Call a page otherwise, which stands in the side bar of all."""
    name, _ = _a_page(checkout, chance)
    _rename(checkout, name, r"^# ")
    return ALL_PAGES | May({"pdfs": ("*-book.pdf",)})


def section_of_a_page(checkout: Checkout, chance: random.Random) -> May | None:
    """Add a section to a page; another page may show its headings."""
    name, _ = _a_page(checkout, chance)
    number = chance.randrange(1000)
    checkout.write(name, f"{checkout.text(name)}\n## 补充{number}\n\n第{number}稿。\n")
    return ALL_PAGES | May({"pdfs": ("*-book.pdf",)})


def anchor_on_a_page(checkout: Checkout, chance: random.Random) -> May | None:
    """Give a section a name to link to."""
    name, _ = _a_page(checkout, chance)
    anchored = f"(anchor-{chance.randrange(10**6)})=\n# "
    checkout.write(name, re.sub(r"^# ", anchored, checkout.text(name), count=1, flags=re.M))
    return ALL_PAGES | May({"pdfs": ("*-book.pdf",)})


def picture(checkout: Checkout, chance: random.Random) -> May | None:
    """Draw the picture of a page anew, or give a page its first one."""
    page, drawn = "project/book/handbook.md", "project/book/drawn.svg"
    if not checkout.text(drawn):
        checkout.write(page, f"{checkout.text(page)}\n![示意图](drawn.svg)\n")
    size = chance.randrange(10, 400)
    box = f'xmlns="http://www.w3.org/2000/svg" width="{size}" height="9"'
    checkout.write(drawn, f'<svg {box}><rect width="{size}" height="9"/></svg>\n')
    return of_written("book/handbook")


def stylesheet(checkout: Checkout, chance: random.Random) -> May | None:
    """Change a stylesheet of the project's own, which any page may show."""
    name = "project/book/_static/own.css"
    checkout.write(name, f"{checkout.text(name)}/* {chance.randrange(10**6)} */\n")
    return ALL_PAGES


def title_of_the_book(checkout: Checkout, chance: random.Random) -> May | None:
    """Call the book otherwise."""
    _rename(checkout, "project/_config.yml", r"^title: ")
    return ALL


def template_of_the_theme(checkout: Checkout, chance: random.Random) -> May | None:
    """Change a template of the package, or a sheet that it gives to pages and PDFs."""
    assets = "code/planbook/produce/assets"
    name = chance.choice(["templates/layout.html", "look/page.css", "typst/report.typ"])
    remarks = {".html": "{{# {} #}}", ".css": "/* {} */", ".typ": "// {}"}
    _remark(checkout, chance, [f"{assets}/{name}"], remarks[PurePosixPath(name).suffix])
    return ALL


def code(checkout: Checkout, chance: random.Random) -> May | None:
    """Change a module, whatever it does."""
    _remark(checkout, chance, checkout.names("code/planbook/**/*.py"), "# {}")
    return ALL


def locked_version(checkout: Checkout, chance: random.Random) -> May | None:
    """Install another version of a library."""
    version = f"1.{chance.randrange(10**6)}"
    for name in checkout.names("code/locked-*.dist-info/METADATA"):
        checkout.write(name, None)
        (checkout.place / name).parent.rmdir()
    metadata = f"Metadata-Version: 2.1\nName: locked\nVersion: {version}\n"
    checkout.write(f"code/locked-{version}.dist-info/METADATA", metadata)
    return ALL


def another_edition(checkout: Checkout, chance: random.Random) -> May | None:
    """Build an earlier edition, or the current one again."""
    first = checkout.plan.about.first_edition
    first = checkout.workspace.dataset.first_edition or first
    earlier = [each for each in editions_between(first, checkout.current) if each < checkout.built]
    chosen = not checkout.text(EDITION) and earlier
    checkout.write(EDITION, str(chance.choice(earlier[-2:])) if chosen else None)
    return ALL


def touched(checkout: Checkout, chance: random.Random) -> May | None:
    """Give files another time and the same content."""
    for name in chance.sample(checkout.names("project/[bdn]*/**/*.*"), 5):
        (checkout.place / name).touch()
    return NOTHING_AT_ALL


def nothing(checkout: Checkout, chance: random.Random) -> May | None:
    """Change nothing."""
    return NOTHING_AT_ALL


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        value,
        status,
        correction,
        baseline,
        annual_target,
        rating_threshold,
        warning_limit,
        goal_name,
        field_name,
        unit_name,
        code_cell,
        cell_taken_out,
        prose_of_a_notebook,
        commentary,
        word_of_a_page,
        title_of_a_page,
        section_of_a_page,
        anchor_on_a_page,
        picture,
        stylesheet,
        title_of_the_book,
        template_of_the_theme,
        code,
        locked_version,
        action,
        task,
        project,
        new_workbook,
        removed_workbook,
        another_edition,
        touched,
        nothing,
    )
}


def _rename(checkout: Checkout, name: str, before: str) -> None:
    """Call by another name what stands behind `before` in a file: turned, or back."""

    def turned(found: re.Match[str]) -> str:
        name = found[2]
        return found[1] + (name.removesuffix(TURNED) if TURNED in name else name + TURNED)

    text = checkout.text(name)
    checkout.write(name, re.sub(rf"({before})(.+)", turned, text, count=1, flags=re.M))


def _remark(checkout: Checkout, chance: random.Random, names: list[str], form: str) -> bool:
    """Add a remark to one of the files, if there is any."""
    if not names:
        return False
    name = chance.choice(names)
    checkout.write(name, f"{checkout.text(name)}\n{form.format(chance.randrange(10**6))}\n")
    return True


def _a_page(checkout: Checkout, chance: random.Random) -> tuple[str, str]:
    """Return a written page's file and name."""
    page = chance.choice(WRITTEN)
    return f"project/book/{page}.md", f"book/{page}"


def _a_notebook(checkout: Checkout, chance: random.Random) -> tuple[str, str, Any]:
    """Return a notebook's file, the id of its page and its content."""
    about, chapters = checkout.plan.about, checkout.plan.chapters
    pages = [(page.id, page.notebook) for page in (*about.front, *about.back)]
    id, notebook = chance.choice([*pages, *((each.id, each.notebook) for each in chapters)])
    name = f"project/notebooks/{notebook}.ipynb"
    return name, id, json.loads(checkout.text(name))


def _shows(cell: Any) -> bool:
    """Whether a cell shows something, and others do without it."""
    source = "".join(cell["source"])
    tagged = cell["metadata"].get("tags")
    return cell["cell_type"] == "code" and not tagged and "=" not in source.partition("(")[0]


def _written(checkout: Checkout, name: str, cells: Any, id: str) -> May:
    """Write a notebook back, as JupyterLab does."""
    checkout.write(name, json.dumps(cells, ensure_ascii=False, indent=1) + "\n")
    shared = of_notebook(id)
    notebook = PurePosixPath(name).stem
    for page in checkout.plan.chapters:
        if page.notebook == notebook:
            shared |= of_notebook(page.id)
    return shared
