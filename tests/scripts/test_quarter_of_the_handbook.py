"""The handbook's quarter, run as printed: an empty dataset, a quarter, all that may come of it.

Every command stands here as it stands there. Between them happens what happens between them:
departments fill in their forms.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.books import ROOT
from tests.printed_commands import BLOCK, commands, empty_project, fill_all, run, section

pytestmark = [pytest.mark.book, pytest.mark.long, pytest.mark.takes(300)]

HANDBOOK = (ROOT / "book" / "handbook.md").read_text(encoding="utf-8")
FIRST_DAY = dt.datetime(2027, 1, 18, 9)
RELEASE_DAY = dt.datetime(2027, 1, 29, 10)


def test_the_handbooks_quarter_runs_as_printed(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    text = section(HANDBOOK, "第一步：定期号和截止日", "离线电脑安装").split("(offline-install)")[0]
    yaml = next(block for language, block in BLOCK.findall(text) if language == "yaml")
    path = project / "data" / "live" / "dataset.yaml"
    typed = {line.split(":")[0]: line for line in yaml.splitlines() if not line.startswith(" ")}
    kept = [
        line for line in path.read_text("utf-8").splitlines() if line.split(":")[0] not in typed
    ]
    path.write_text("\n".join([*kept, yaml]), encoding="utf-8", newline="\n")
    head = "indicator_id,time_period,obs_value,"
    (values,) = (block for _, block in BLOCK.findall(text) if block.startswith(head))
    (project / "历史数据.csv").write_text(values, encoding="utf-8", newline="\n")
    done = {}
    day = FIRST_DAY
    for words in commands(text):
        line = " ".join(words[1:])
        if " collect task " in line:  # an id is made of what a unit proposed: there, one has
            continue
        day = RELEASE_DAY if " publish " in line else day
        done[line] = run(project, words, day)
        if " collect template " in line:
            forms = words[words.index("--out") + 1]
            fill_all(project / forms, project / forms.replace("模板", "收件"), port="临港")
        changed = line == "-m planbook commentary check --dataset demo"  # it has one that changed
        said = f"{line}\n{done[line].stdout}{done[line].stderr}"
        assert done[line].returncode == int(changed), said
    assert any("receive 收件" in line for line in done)
    assert any(line.startswith("-m planbook collect withdraw") for line in done)
    assert (project / "feedback" / "临港-核对意见.xlsx").is_file()
    assert (project / "_build" / "html" / "build.json").is_file()
    index = (project / "站点" / "index.html").read_text(encoding="utf-8")
    assert "含有个人信息" in index
    assert (project / "内部站点" / "2026-Q4" / "index.html").is_file()
