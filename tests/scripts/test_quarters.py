"""README's quarter, run as printed: an empty dataset, two quarters, two books.

Every command stands here as it stands there. Between them happens what happens between them:
quarters end, and departments fill in their forms.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from planbook.plan import load_plan
from planbook.vocabulary import SubmissionState
from tests.books import ROOT
from tests.printed_commands import commands, empty_project, fill_all, run, section

pytestmark = [pytest.mark.book, pytest.mark.long, pytest.mark.takes(300)]

README = (ROOT / "README.md").read_text(encoding="utf-8")
FIRST_DAY, SECOND_DAY = dt.datetime(2027, 1, 18, 9), dt.datetime(2027, 4, 12, 9)


def write_commentary(project: Path, edition: str) -> None:
    """Let the analyst write what `commentary.py new` has begun."""
    path = project / "data" / "live" / "commentary" / edition / "digital.md"
    begun = path.read_text(encoding="utf-8")
    head, end, _ = begun.rpartition("---\n")
    path.write_text(f"{head}{end}\n各项目标进展平稳。\n", encoding="utf-8", newline="\n")


def quarter_of_the_readme(project: Path, edition: str, now: dt.datetime) -> str:
    """Run README's quarter and return all that was said."""
    text = section(README, "A quarter, step by step", "Publishing")
    first, *others = commands(text.replace("2026-Q4", edition))
    said = [run(project, first, now)]
    fill_all(project / "forms", project / "inbox")
    shutil.rmtree(project / "forms")
    for words in others:
        said.append(run(project, words, now))
        if "new" in words:
            write_commentary(project, edition)
    for done in said:
        assert done.returncode == 0, f"{done.args}\n{done.stdout}{done.stderr}"
    return "\n".join(done.stdout for done in said)


def test_readmes_quarter_runs_as_printed_and_the_next_one_after_it(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    assert "next quarter the same lines run with `2027-Q1`" in README
    units = len(load_plan(ROOT / "data" / "plan").units)
    said = quarter_of_the_readme(project, "2026-Q4", FIRST_DAY)
    assert f"已收取 {units} 个，此前已收 0 个，未收取 0 个；共 {units} 个" in said
    assert f"按时 {units}" in said
    assert "已新建 data/live/commentary/2026-Q4/digital.md" in said
    book = (project / "_build" / "html" / "chapters" / "data-quality.html").read_text("utf-8")
    assert str(SubmissionState.MISSING) not in text_of_tables(book)
    assert "2025年" not in text_of_tables(book).split("各期报送情况")[1].split("发现的问题")[0]

    assert "2026-Q4 公开版已发布到 site" in said
    shutil.rmtree(project / "inbox")
    said = quarter_of_the_readme(project, "2027-Q1", SECOND_DAY)
    assert f"已收取 {units} 个" in said
    assert "nothing-changed" not in said
    book = (project / "_build" / "html" / "chapters" / "data-quality.html").read_text("utf-8")
    assert "2027年一季度" in text_of_tables(book)
    assert "2027年一季度公开版，与2026年四季度相比" in said
    assert {path.name for path in (project / "site").glob("20*")} == {"2026-Q4", "2027-Q1"}
    kept = project / "data" / "live" / "submissions"
    assert len(list(kept.glob("*/*.xlsx"))) == 2 * units
    assert not (project / "feedback").exists() or list((project / "feedback").iterdir())

    for words in commands(section(README, "Publishing", "Many plans")):
        done = run(project, words, SECOND_DAY)
        assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"


def text_of_tables(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)
