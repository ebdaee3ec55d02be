"""The files that every new project has, with the names of its own plan filled in.

They lie in ``files/`` as they are written, ``{{unit_id}}`` and the like where the plan has a word.
Lines between ``{{#flash}}`` and ``{{/flash}}`` are left out where that word is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from planbook.periods import Edition
from planbook.plan import Plan

FILES = Path(__file__).with_name("files")
DATASET = "live"
_NAMES = {"gitignore": ".gitignore"}  # under its own name git would act on it here
_FILLED = (".md", ".yml", ".ipynb")
_BLANK = re.compile(r"\{\{(\w+)\}\}")
_PART = re.compile(r"^\{\{#(\w+)\}\}\n(.*?)^\{\{/\1\}\}\n", re.MULTILINE | re.DOTALL)


def project_files(
    words: Mapping[str, str], notebooks: frozenset[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield each file's path below the project and its content.

    Parameters
    ----------
    words
        What stands in the blanks; of a notebook they are set as JSON has them.
    notebooks
        Names of the notebooks that the plan uses; others are left out.
    """
    for path in sorted(FILES.rglob("*")):
        name = path.relative_to(FILES).as_posix()
        if not path.is_file() or (path.suffix == ".ipynb" and path.stem not in notebooks):
            continue
        content = path.read_bytes()
        if path.suffix in _FILLED:
            content = _filled(content.decode("utf-8"), words, path.suffix).encode("utf-8")
        yield _NAMES.get(name, name), content


def words_of(plan: Plan, book_title: str) -> dict[str, str]:
    """Return the plan's words for the blanks: titles, and a unit, chapter and goal of its own."""
    first = plan.about.first_edition
    unit, *others = plan.units
    goal = plan.goals[0] if plan.goals else None
    measure = plan.measures[0] if plan.measures else None
    return {
        "title": plan.about.title,
        "book_title": book_title,
        "edition": str(first),
        "next_edition": str(first.plus(1)),
        "correction": f"{first}.1",
        "month": str(first.end),
        "flash": str(plan.cycle.between(first) or ""),  # a month between two editions
        "later_month": str(first.end.plus(6)),
        "base": str(plan.start),
        "year": str(plan.year.of(first.end)),
        "cycle": plan.cycle.name.label,
        "deadline": _deadline(first),
        "unit_id": unit.id,
        "unit_name": unit.name,
        "other_unit_id": others[0].id if others else unit.id,
        "chapter_id": plan.chapters[0].id,
        "chapter_title": plan.chapters[0].title,
        "about": f"--goal {goal.id}" if goal else f"--measure {measure.id}" if measure else "",
        "goal_id": goal.id if goal else "goal-01",
        "indicator_id": plan.indicator_of(goal).id if goal else "goal-01",
    }


def _deadline(first: Edition) -> str:
    return first.end.plus(1).last_day.isoformat()


def _filled(text: str, words: Mapping[str, str], suffix: str) -> str:
    def word(match: re.Match[str]) -> str:
        found = words[match[1]]
        return found if suffix == ".md" else json.dumps(found, ensure_ascii=False)[1:-1]

    return _BLANK.sub(word, _PART.sub(lambda part: part[2] if words[part[1]] else "", text))
