"""From what was typed to projects, and names that cannot lie side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.errors import ProblemsFound
from planbook.run.many.projects import Project, name_problems, projects_of
from tests.many.conftest import MakeProject


def names(*typed: str) -> list[str]:
    return [project.name for project in projects_of(typed)]


def test_folders_folders_of_folders_patterns_and_lists_lead_to_the_same(
    make_project: MakeProject, tmp_path: Path
) -> None:
    for name in ("alpha", "beta 区", ".hidden"):
        make_project(name)
    above = tmp_path / "projects"
    (above / "notes").mkdir()
    listed = tmp_path / "all.txt"
    listed.write_text("# 两个\nprojects/alpha\n\nprojects/b*\n", encoding="utf-8")
    both = ["alpha", "beta 区"]
    assert names(str(above)) == both
    assert names(f"{above}/*") == both
    assert names(str(listed)) == both
    assert names(str(above / "beta 区"), str(above / "alpha"), str(above)) == both


def test_everything_that_is_no_project_is_named(make_project: MakeProject, tmp_path: Path) -> None:
    alpha = make_project().root
    with pytest.raises(ProblemsFound) as found:
        projects_of([str(alpha), str(tmp_path / "nowhere"), f"{tmp_path}/x*", str(alpha / "book")])
    assert len(found.value.problems) == 3


def test_two_of_one_name_are_refused_with_both_places() -> None:
    one, other, third = (
        Project(name, Path(place, name))
        for place, name in (("/a", "北区"), ("/b", "北区"), ("/c", "Nord"))
    )
    (problem,) = name_problems([one, other, third])
    assert "「北区」、「北区」" in problem.what
    assert problem.where == "/a/北区，/b/北区"
    fourth = Project("nord", Path("/d/nord"))
    assert len(name_problems([third, fourth])) == 1  # the same on Windows


@pytest.mark.parametrize(
    "name",
    [
        "a/b",
        "..",
        "a\\b",
        "",
        " a",
        "a.",
        "a\n",
        "a:b",
        ".git",
        "INDEX.HTML",
        "index.json",
        "区" * 80,
    ],
)
def test_a_name_that_is_no_folder_everywhere_is_refused(name: str) -> None:
    assert len(name_problems([Project(name, Path("/x"))])) == 1


def test_blanks_and_chinese_are_names() -> None:
    assert not name_problems([Project("两江 新区 (2)", Path("/x"))])
