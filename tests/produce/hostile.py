"""A project whose every text tries to do something: the second plan, poisoned.

Plan, workbooks, analysts' files and commentary carry markup of all the languages that the book is
written in or published as. `hostile_project` writes the project; `everything` is the text of every
remark, reason, source and progress report, so that tests can look for it letter by letter.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path

import nbformat

from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form, RevisionLine
from planbook.collect.form.template import workbook_bytes
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.workspace import Workspace
from tests.books import ROOT, SECOND_PLAN

# Anything of this that runs sets `window.ran` or asks for a file of the host evil.example.
MARKUP = (
    "<script>window.ran='script'</script>",
    "<img src=x onerror=\"window.ran='img'\">",
    "\"><svg onload=window.ran='svg'>",
    "' onmouseover='window.ran=1' autofocus onfocus='window.ran=2",
    "<a href=\"javascript:window.ran='a'\">点我</a>",
    "[点我](javascript:window.ran=3)",
    "![图](https://evil.example/i.png)",
    "<iframe src=https://evil.example></iframe>",
    "<style>body{display:none}</style>",
    "</td></table></article></body></html>",
    "</title></textarea><plaintext>",
    "https://evil.example/?a=1&b=2",
    "{{ 7*7 }}",
    "{% include '_config.yml' %}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "{raw}`html <b>`",
    "{ref}`search`{doc}`methodology`",
    "```{raw} html",
    "~~~{include} /etc/passwd",
    "(target)=",
    "[methodology](methodology.md)[^1]",
    "[^1]: 脚注",
    "|subst|",
    "$x^2$ 与 $$\\frac{1}{0}$$",
    "\\begin{equation}",
    "**粗** __线__ `码` ~~删~~",
    "# 标题",
    "+++",
    "% 注释",
    '#import "@preview/evil:1.0.0": *',
    '#eval("1+1") #link("https://evil.example")[x]',
    "*强* _调_ @引用 <标签> ~ \\ \\u{41}",
    "&lt;b&gt; &amp;amp; &#60; &nbsp; &undefined;",
    "<!-- 注释",
    "-->",
    "]]>",
    "<![CDATA[ x",
    "<?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "C:\\temp\\x",
    "%s %d %(x)s {0} {x!r}",
    "../../../etc/passwd",
    "𠮷野 CO₂ Łódź Ω 10⁻³",
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("https://evil.example")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=cmd|'/c calc'!A0",
)
CONTROL = "\x07\x1b[31m"  # YAML refuses them; cells, CSV and Markdown may hold them
UNSEEN = "右\u202e到左\u202c零\u200b宽\u2060字\ufeff符\u200f\xad"  # as they are typed
LONG_WORD = "W" * 2000
LONG_TEXT = "长" * 10_000
WORKBOOK_LIMIT = 32_767  # characters of an Excel cell

EDITION = Edition.parse("2024-Q1")
FIRST = Edition.parse("2023-Q4")


def everything(tag: str, control: str = CONTROL) -> str:
    """Return one text with all of it."""
    return " ".join((tag, *MARKUP, *FORMULAS, UNSEEN + control, LONG_WORD))


def hostile_project(root: Path) -> Path:
    """Write the project into the empty folder `root`."""
    shutil.copytree(SECOND_PLAN, root, dirs_exist_ok=True)
    _poison_plan(root / "data" / "plan")
    _write_inputs(root / "data" / "test")
    _submit(root)
    _own_pages(root)
    return root


def _poison_plan(folder: Path) -> None:
    """Put markup behind every name, title, quote and remark of the plan's files.

    A name is printed in charts, so each carries a few pieces only; together they carry all.
    """
    pieces = cycle(MARKUP)
    keys = "name|title|heading|quote|ambiguity|reading|short|section|type|area|issuer|goal_sentence"
    line = re.compile(rf"^(\s*(?:- )?(?:{keys}|short_title)): (.*)$", re.MULTILINE)

    def poisoned(match: re.Match[str]) -> str:
        said = match[2].strip("'\"")
        some = 1 if re.match(" {0,4}title| +short", match[1]) else 3  # these stand atop pages
        text = " ".join((said, *islice(pieces, some)))
        return f"{match[1]}: '{text.replace(chr(39), chr(39) * 2)}'"

    offsets = count(0, 10_000)  # longer quotes must not overlap
    for path in sorted(folder.glob("*.yaml")):
        text = line.sub(poisoned, path.read_text(encoding="utf-8"))
        text = re.sub(r"plan_offset: \d+", lambda _: f"plan_offset: {next(offsets)}", text)
        path.write_text(text, encoding="utf-8")


def _write_inputs(folder: Path) -> None:
    said = (folder / "dataset.yaml").read_text(encoding="utf-8")
    title = "云湾镇 <script>window.ran='title'</script> &amp; {{ 7*7 }} $x$ &P"
    said = re.sub(r"title: .*", lambda _: f'title: "{title}"', said)
    (folder / "dataset.yaml").write_text(said, encoding="utf-8")
    _csv(
        folder / "baselines.csv",
        "indicator_id,time_period,scope,obs_value,source,note,from_edition",
        [
            "throughput", "2022-12", "未注明", "40", everything("基数出处", control=""),
            everything("基数备注", control=""), "2023-Q2",
        ],
    )  # fmt: skip
    _csv(
        folder / "annual_targets.csv",
        "goal_id,year,target_value,source,from_edition",
        ["throughput", "2024", "45", everything("年度目标出处", control=""), "2023-Q2"],
    )
    _csv(
        folder / "assessments.csv",
        "goal_id,edition,verdict,evidence,assessed_by,assessed_on",
        [
            "fishing-museum", "2024-Q1", "滞后", everything("评定依据", control="") + LONG_TEXT,
            "town-office", "2024-04-10",
        ],
    )  # fmt: skip
    reason = everything("更正理由", control="").replace("'", "''")
    (folder / "corrections.yaml").write_text(
        "- id: c-1\n  indicator_id: throughput\n  edition: 2024-Q1\n  time_period: 2024-03\n"
        "  action: flag\n  expect: 12.5\n  decided_by: port-office\n  from_edition: 2024-Q1\n"
        f"  reason: '{reason}'\n",
        encoding="utf-8",
    )
    commentary = folder / "commentary" / str(EDITION)
    commentary.mkdir(parents=True)
    front = "---\nunit: port-office\ndate: 2024-04-20\n---\n\n"
    (commentary / "harbour.md").write_text(front + _commentary(), encoding="utf-8")


def _commentary() -> str:
    """Return Markdown with each piece in a paragraph, a list, a heading, a quotation, a fence."""
    blocks = [everything("点评首段"), *MARKUP, *(f"- {piece}" for piece in MARKUP)]
    blocks += [f"# {piece}" for piece in MARKUP] + [f"> {piece}" for piece in MARKUP]
    blocks += ["```{raw} html\n<script>window.ran='fence'</script>\n```"]
    blocks += [":::{include} /etc/passwd\n:::", "```{code-cell}\n1+1\n```", "$$\nx\n$$"]
    blocks += [
        "[注]: javascript:window.ran=4",
        "[注]",
        "<div\nonclick=window.ran=5>",
        "---\na: b\n---",
    ]
    blocks += [
        "| 甲 | 乙 |\n| - | - |\n| <b> | 丁 |",
        "术语\n: 解释",
        "    缩进的代码 <b>",
        LONG_TEXT,
    ]
    return "\n\n".join(blocks) + "\n"


def _csv(path: Path, header: str, row: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header.split(","), row])


def _submit(root: Path) -> None:
    workspace = Workspace.open("test", root)
    plan = load_plan(workspace.plan)
    for edition in (FIRST, EDITION):
        folder = workspace.submissions / str(edition)
        folder.mkdir(parents=True)
        received = edition.end.plus(1)
        for unit in plan.units:
            blank = blank_form(plan, unit.id, edition, workspace.dataset)
            data = workbook_bytes(_filled(blank, edition))
            day = dt.date(received.year, received.month, 20)
            (folder / submission_name(unit.id, day, data)).write_bytes(data)
    for name in _file_names():
        (workspace.submissions / str(EDITION) / name).write_bytes(b"")


def _filled(blank: Form, edition: Edition) -> Form:
    values = {"throughput": 12.5 if edition == EDITION else 48.0, "berths": 6, "empty-houses": 7.5}
    values |= {"guesthouses-new": 4, "visitors": 2.25}
    lines = []
    for line in blank.values:
        remark = (everything("备注") + LONG_TEXT)[:WORKBOOK_LIMIT]
        given = values[line.indicator_id]
        if edition == EDITION and line.indicator_id == "visitors":
            lines.append(replace(line, value=everything("拒收的值"), remark=remark))
        else:
            lines.append(replace(line, value=given, remark=remark))
    measures = [
        replace(line, status=line.statuses[1], progress=everything("进展") + (LONG_TEXT * (not n)))
        for n, line in enumerate(blank.measures)
    ]
    revisions = []
    if edition == EDITION and blank.revisable:
        revisions = [
            RevisionLine(line.name, "2023年1—12月", 48.0, 49.0, everything("修订原因"))
            for line in blank.values
            if line.indicator_id == "throughput"
        ]
    return replace(blank, values=tuple(lines), measures=tuple(measures), revisions=tuple(revisions))


def _file_names() -> Iterator[str]:
    """Yield names of files that somebody might drop into the folder."""
    yield "$x$ {{ 7*7 }} #import &amp; [a](b).xlsx"
    if sys.platform != "win32":  # which has no such names
        yield "<img src=x onerror=window.ran=6>.xlsx"
        yield "=1+1\u202exslx.xlsx"


def _own_pages(root: Path) -> None:
    """Give the project the real book's look and every table of its data-quality page."""
    shutil.copy(ROOT / "_config.yml", root)
    shutil.copytree(ROOT / "book" / "_static", root / "book" / "_static")
    index = root / "book" / "index.md"
    parts = (
        *("edition", "expected", "decisions", "moved", "successes", "coming"),
        *("units", "kinds", "ratings"),
    )
    included = (f"```{{include}} chapters/_fragments/{part}.md\n```" for part in parts)
    index.write_text("# 导读\n\n" + "\n\n".join(included) + "\n", encoding="utf-8")
    quality = ("submissions", "punctuality", "findings", "revisions", "corrections", "commentary")
    _add_cells(root, "data_quality", *(f"quality.{part}()" for part in (*quality, "baselines")))
    _add_cells(root, "overview", "overview.messages()", "overview.changes()")
    for name in ("harbour", "town"):
        calls = ("commentary", "summary_figure", "small_multiples")
        _add_cells(root, name, *(f"chapter.{part}()" for part in calls))
    _add_cells(root, "harbour", 'chapter.trajectory("berths")', 'chapter.progress("quay")')
    frame = 'planbook.open(dataset, edition).tables.measures[["title", "progress"]].head(2)'
    _add_cells(root, "town", frame)


def _add_cells(root: Path, notebook: str, *calls: str) -> None:
    path = root / "notebooks" / f"{notebook}.ipynb"
    content = nbformat.read(path, as_version=4)
    have = {cell.source for cell in content.cells}
    content.cells += [nbformat.v4.new_code_cell(call) for call in calls if call not in have]
    nbformat.write(content, path)
