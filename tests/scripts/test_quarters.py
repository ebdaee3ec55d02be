"""README's and the handbook's quarter, run as printed: an empty dataset, two quarters, two books.

Every command stands here as it stands there. Between them happens what happens between them:
quarters end, and departments fill in their forms.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planbook.plan import load_plan
from planbook.vocabulary import SubmissionState
from tests.books import ROOT, copy_project
from tests.departments import fill_in

pytestmark = [pytest.mark.book, pytest.mark.long]

README = (ROOT / "README.md").read_text(encoding="utf-8")
HANDBOOK = (ROOT / "book" / "handbook.md").read_text(encoding="utf-8")
OTHER_CLOCK = ROOT / "tests" / "fixtures" / "other_clock"
FIRST_DAY, SECOND_DAY = dt.datetime(2027, 1, 18, 9), dt.datetime(2027, 4, 12, 9)
RELEASE_DAY = dt.datetime(2027, 1, 29, 10)  # the handbook's
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout with an empty real dataset, and its environment where the handbook has it."""
    root = copy_project(tmp_path_factory.mktemp("quarters"))
    shutil.rmtree(root / "data" / "live" / "submissions", ignore_errors=True)
    for name in ("scripts", "src"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    (root / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    return root


def section(text: str, start: str, end: str) -> str:
    return text[text.index(f"## {start}") : text.index(f"## {end}")]


def commands(text: str) -> list[list[str]]:
    """Return the commands of a text's blocks for this system, in their order."""
    lines = [line for language, block in BLOCK.findall(text) if not language for line in [block]]
    parts = [shlex.split(line, comments=True) for block in lines for line in block.splitlines()]
    return [words for words in parts if words[:1] in (["python"], [".venv/bin/python"])]


STARTED = dt.datetime.now().timestamp()


def run(project: Path, words: list[str], now: dt.datetime) -> subprocess.CompletedProcess[str]:
    """Run a command as typed in the project's folder, at a day that is not today's."""
    shift = now.timestamp() - STARTED  # the clock goes on from one command to the next
    path = os.pathsep.join([str(OTHER_CLOCK), *filter(None, sys.path)])
    python = sys.executable if words[0] == "python" else str(project / words[0])
    return subprocess.run(
        [python, *words[1:]],
        cwd=project,
        env={
            **os.environ,
            "PYTHONPATH": path,
            "PYTHONUTF8": "1",
            "SHIFT_SECONDS": str(shift),
            "COLUMNS": "200",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def fill_all(forms: Path, inbox: Path, **names: str) -> None:
    """Let every department fill in its form; some give the file a name of their own."""
    plan = load_plan(ROOT / "data" / "plan")
    for form in sorted(forms.glob("*.xlsx")):
        name = names.get(form.stem.split("-", 2)[2], form.stem)
        fill_in(form, inbox / f"{name}.xlsx", plan)


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


def test_readmes_quarter_runs_as_printed_and_the_next_one_after_it(project: Path) -> None:
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


def test_the_handbooks_quarter_runs_as_printed(project: Path) -> None:
    shutil.rmtree(project / "data" / "live")
    shutil.copytree(
        ROOT / "data" / "live", project / "data" / "live", ignore=shutil.ignore_patterns("20*")
    )
    text = section(HANDBOOK, "第一步：定期号和截止日", "离线电脑安装").split("(offline-install)")[0]
    yaml = next(block for language, block in BLOCK.findall(text) if language == "yaml")
    path = project / "data" / "live" / "dataset.yaml"
    typed = {line.split(":")[0]: line for line in yaml.splitlines() if not line.startswith(" ")}
    kept = [
        line for line in path.read_text("utf-8").splitlines() if line.split(":")[0] not in typed
    ]
    path.write_text("\n".join([*kept, yaml]), encoding="utf-8", newline="\n")
    done = {}
    day = FIRST_DAY
    for words in commands(text):
        line = " ".join(words[1:])
        day = RELEASE_DAY if "publish.py" in line else day
        done[line] = run(project, words, day)
        if "template" in line:
            fill_all(project / "模板", project / "收件", port="临港")
        changed = line == "scripts/commentary.py check --dataset demo"  # it has one that changed
        said = f"{line}\n{done[line].stdout}{done[line].stderr}"
        assert done[line].returncode == int(changed), said
    assert any("receive 收件" in line for line in done)
    assert any(line.startswith("scripts/collect.py withdraw") for line in done)
    assert (project / "feedback" / "临港-核对意见.xlsx").is_file()
    assert (project / "_build" / "html" / "build.json").is_file()
    index = (project / "站点" / "index.html").read_text(encoding="utf-8")
    assert "含有个人信息" in index
    assert (project / "内部站点" / "2026-Q4" / "index.html").is_file()
