"""The package holds no plan: no word of the one that lies beside it stands in its files."""

from __future__ import annotations

import re

import pytest

from planbook.plan import load_plan
from tests.books import ROOT

PACKAGE = ROOT / "src" / "planbook"
FILES = sorted(
    path
    for path in PACKAGE.rglob("*")
    if path.suffix in {".py", ".md", ".yaml", ".yml", ".ipynb", ".html", ".js", ".css", ".svg"}
)
PLACES = ("两江", "重庆", "江北区", "渝北区", "北碚", "果园港")
COMMON = 4  # letters: shorter names of fields are words of any plan


def words_of_the_plan() -> list[str]:
    """Return names that only this plan has: of places, units, goals, chapters and scopes."""
    plan = load_plan(ROOT / "data" / "plan")
    names = [*PLACES, plan.about.title, plan.about.short_title, plan.about.issuer]
    names += [unit.name for unit in plan.units]
    names += [chapter.heading for chapter in plan.chapters if len(chapter.heading) > COMMON]
    names += [goal.name for goal in plan.goals if len(goal.name) > COMMON]
    names += [measure.title for measure in plan.measures if len(measure.title) > COMMON]
    return names + [scope.name for scope in plan.about.scopes]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_word_of_this_district_stands_in_the_package(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert [word for word in WORDS if word in text] == []


def test_no_id_of_this_plan_stands_in_the_package() -> None:
    plan = load_plan(ROOT / "data" / "plan")
    ids = {f.id for f in plan.fields} | {c.id for c in plan.chapters} | {g.id for g in plan.goals}
    own = sorted(id for id in ids if "-" in id)
    assert len(own) > 50
    found = re.compile("|".join(rf"(?<![\w-]){re.escape(id)}(?![\w-])" for id in own))
    told = [path.name for path in FILES if found.search(path.read_text(encoding="utf-8"))]
    assert told == []


WORDS = words_of_the_plan()
