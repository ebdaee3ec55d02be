"""A public book holds nothing internal, whoever looks: its files are searched by simple means.

The second plan with numbers planted in it that occur nowhere else, as a public and as an internal
book, both with PDFs; the public one also packed as an archive.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from bs4 import BeautifulSoup

from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form
from planbook.collect.form.template import workbook_bytes
from planbook.errors import UsageError
from planbook.frames import BASELINES
from planbook.outlook_frames import OUTLOOKS
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.present.redaction import redacted
from planbook.produce.gate.leaks import leaks
from planbook.produce.notebooks.jobs import MADE_FOR, Job
from planbook.produce.notebooks.noted_reads import noting
from planbook.run.opening import chosen_visibility
from planbook.run.pipeline import open_book
from planbook.saved import TableRows, Tables
from planbook.vocabulary import Visibility
from planbook.watch_frames import ALERTS, AlertRow, AlertRule
from planbook.workspace import Workspace
from planbook.written_dates import read_day
from tests.books import SECOND_PLAN, Built, build, built, copy_project, once_a_run

pytestmark = [pytest.mark.book, pytest.mark.takes(70)]

EDITION = Edition.parse("2024-Q1")
CHANGED = {  # in the plan's files
    "harbour.yaml": (
        ("plausible: [0, 500]", "plausible: [0, 5000]"),
        ("target: 60\n", "target: 600\n"),
        ("title: 推行绿色装卸", "title: 推行绿色装卸和岸电改造\n        visibility: internal"),
        ("name: 西码头", "name: 西码头泊位疏浚工程\n            visibility: internal"),
    ),
    "town.yaml": (
        ("id: visitors-yearly", "id: visitors-yearly\n            visibility: internal"),
    ),
    "plan.yaml": (("notebook: data_quality", "notebook: data_quality\n    visibility: internal"),),
}
PLANTED: dict[str, dict[str, Any]] = {  # by indicator: marked by its unit, marked by the plan
    "throughput": {
        "value": 137.2916,
        "prior_value": 121.8347,
        "yoy": 12.69,
        "yoy_type": "名义",
        "visibility": "内部",
        "remark": "并入下游两家码头企业",
    },
    "visitors": {"value": 3.8264, "prior_value": 3.5719},
}
BASELINE = 381.6429
PROGRESS = "岸电改造因供货延期推迟到九月"
COMMENTARY = "吞吐量137.2916万吨由两家企业报送，其一为渔港公司。"
NUMBERS = (  # as they are, rounded, scaled, and what follows from them
    *("137.2916", "137.292", "137.29", "137.3", "1372916", "1,372,916"),
    *("121.8347", "121.83", "121.8", "381.6429", "381.64", "381.6"),
    *("549.2", "549.1664", "12.69", "12.7%", "3.8264", "3.83", "3.5719", "3.57"),
)
TEXTS = (
    *("推行绿色装卸和岸电改造", "西码头泊位疏浚工程", PROGRESS, "并入下游两家码头企业"),
    *("港务所", "镇政府办公室", "port-office", "town-office"),
)


@dataclass(frozen=True)
class Both:
    """The public and the internal book of one project."""

    root: Path
    public: Path
    internal: Path


def planted(root: Path) -> Path:
    """Make the second plan's project at `root`, with its secrets."""
    shutil.copytree(SECOND_PLAN, root, dirs_exist_ok=True)
    for name, changes in CHANGED.items():
        path = root / "data" / "plan" / name
        text = path.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after, 1)
        path.write_text(text, encoding="utf-8")
    data = root / "data" / "test"
    with (data / "dataset.yaml").open("a", encoding="utf-8") as about:
        about.write("public: {unit_names: false}\n")
    baseline = ("throughput", "2022-12", "未注明", BASELINE, "统计公报", "", "2023-Q2")
    (data / "baselines.csv").write_bytes(
        BASELINES.to_csv(BASELINES.frame([dict(zip(BASELINES.columns, baseline, strict=True))]))
    )
    (data / "commentary" / "2024-Q1").mkdir(parents=True)
    (data / "commentary" / "2024-Q1" / "harbour.md").write_text(
        f"---\nunit: port-office\ndate: 2024-04-22\nvisibility: internal\n---\n\n{COMMENTARY}\n",
        encoding="utf-8",
    )
    workspace = Workspace.open("test", root)
    plan = load_plan(workspace.plan)
    (workspace.submissions / str(EDITION)).mkdir(parents=True)
    for unit in plan.units:
        content = workbook_bytes(filled(blank_form(plan, unit.id, EDITION, workspace.dataset)))
        name = submission_name(unit.id, read_day("2024-04-20"), content)
        (workspace.submissions / str(EDITION) / name).write_bytes(content)
    return root


def filled(form: Form) -> Form:
    return replace(
        form,
        values=tuple(
            replace(line, **PLANTED.get(line.indicator_id, {"value": 7})) for line in form.values
        ),
        measures=tuple(
            replace(line, status=line.statuses[1], progress=PROGRESS)
            if line.measure_id == "quay-m02"
            else line
            for line in form.measures
        ),
    )


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    root = planted(tmp_path_factory.mktemp("planted"))
    built(root, "--dataset", "test", "--public", "--pdf")
    internal = built(root, "--dataset", "test", "--pdf")
    public = root / "_build" / "public" / "html"
    with tarfile.open(root / "book.tar.gz", "w:gz", encoding="utf-8") as archive:
        archive.add(public, "book")
    shutil.move(root / "book.tar.gz", public / "book.tar.gz")
    return Both(root, public, internal.html)


def said(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield what a file says, without blanks, by its name; written for this test alone."""
    if name.endswith(".pdf"):
        pages = pypdfium2.PdfDocument(content)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        pages.close()
    elif name.endswith((".xlsx", ".zip")):
        archive = zipfile.ZipFile(io.BytesIO(content))
        for member in archive.namelist():
            yield from said(f"{name}!{member}", archive.read(member))
        return
    elif name.endswith(".tar.gz"):
        with tarfile.open(fileobj=io.BytesIO(content), encoding="utf-8") as packed:
            for entry in packed.getmembers():
                if entry.isfile() and not THEMES.search(entry.name):
                    file = packed.extractfile(entry)
                    assert file is not None
                    yield from said(f"{name}!{entry.name}", file.read())
        return
    elif name.endswith(".html"):
        soup = BeautifulSoup(content.decode("utf-8"), "html.parser")
        for drawn in soup.select("path, use, clipPath"):
            drawn.decompose()
        kept = ("alt", "title", "content", "href", "aria-label", "data-sort", "value", "download")
        attributes = (str(tag.get(key, "")) for tag in soup.select("*") for key in kept)
        text = soup.get_text() + "\n".join(attributes)
    else:
        text = content.decode("utf-8", "ignore")
    yield name, re.sub(r"\s", "", text)


def mentions(folder: Path, wanted: str) -> list[str]:
    """Return the files below a folder that say something, a number not as part of another."""
    alone = r"(?<![\d.])(?<!\d,)" if wanted[0].isdigit() else ""
    pattern = re.compile(rf"{alone}{re.escape(wanted)}(?!\d)")
    return [name for name, text in texts_of(folder) if pattern.search(text)]


THEMES = re.compile(r"_static/(?:scripts|styles|vendor|webfonts|locales)/")  # what a library brings
TOLD: dict[Path, list[tuple[str, str]]] = {}


def texts_of(folder: Path) -> list[tuple[str, str]]:
    if folder not in TOLD:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        files = [path for path in files if not THEMES.search(path.as_posix())]
        TOLD[folder] = [
            pair
            for path in files
            for pair in said(path.relative_to(folder).as_posix(), path.read_bytes())
        ]
    return TOLD[folder]


@pytest.mark.parametrize("wanted", [*NUMBERS, *TEXTS, "渔港公司"])
def test_no_file_of_the_public_book_says_what_is_internal(both: Both, wanted: str) -> None:
    assert mentions(both.public, wanted) == []


@pytest.mark.parametrize("wanted", ["137.2916", "137.3", "121.8347", "381.6", "549.2", *TEXTS])
def test_the_internal_book_says_it(both: Both, wanted: str) -> None:
    assert mentions(both.internal, wanted)


def test_the_gate_finds_nothing_in_the_public_book(both: Both) -> None:
    book = open_book("test", None, both.root)
    assert leaks(both.public, book.plan, book.tables, unit_names=False) == []


def test_hidden_goals_say_what_the_plan_says_and_that_they_are_not_shown(both: Both) -> None:
    for goal, sister in (("throughput", "throughput-cagr"), ("visitors-yearly", "")):
        for id in filter(None, (goal, sister)):
            page = (both.public / "goals" / f"{id}.html").read_text(encoding="utf-8")
            text = BeautifulSoup(page, "html.parser").get_text()
            assert "不公开" in text
            assert "方案原文" in text
            assert "历次数据" not in text
            assert not (both.public / "downloads" / "series" / f"{id}.csv").exists()
    first = BeautifulSoup((both.public / "index.html").read_text(encoding="utf-8"), "html.parser")
    said = "本书为公开版，3项目标的数值和判定、2项举措（含专项）、1个页面不公开。"
    assert said in re.sub(r"\s", "", first.get_text())


def test_internal_pages_and_packs_are_not_made_and_files_say_whose_book_it_is(both: Both) -> None:
    assert not (both.public / "chapters" / "data-quality.html").exists()
    assert (both.internal / "chapters" / "data-quality.html").exists()
    assert not (both.root / "_build" / "public" / "packs").exists()
    record = json.loads((both.public / "build.json").read_text(encoding="utf-8"))
    assert record["visibility"] == "public"
    assert record["submissions"]["files"] == {}
    assert "内部版" in (both.internal / "index.html").read_text(encoding="utf-8")
    assert not mentions(both.public, "内部版：")
    for pdf in both.internal.glob("pdf/*.pdf"):
        pages = pypdfium2.PdfDocument(pdf)
        assert all("内部版" in page.get_textpage().get_text_range() for page in pages)
        pages.close()


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("downloads/observations.csv", "throughput,2024-03,未注明,137.2916,normal", "137.2916"),
        ("page.html", "<p>货物吞吐量<b>137</b>.3万吨</p>", "137.3"),
        ("page.html", "<td>接待游客人次</td><td>3.83万人次</td>", "「接待游客人次」旁"),
        ("data.json", '{"id": "visitors-yearly", "value": 3.83}', "「visitors-yearly」旁"),
        ("data.js", r'"\u6e2f\u52a1\u6240"', "港务所"),
        ("page.html", "<p>共140项，137家，2024年3月末</p>", ""),
        ("page.html", "<p>岸电改造，因供货延期<i>推迟到</i>九月</p>", PROGRESS),
        ("drawing.svg", "<text>1,372,916</text>", "1,372,916"),
        ("page.html", "<p>由港 务所报送</p>", "港务所"),
    ],
)
def test_the_gate_finds_what_slipped_in(
    both: Both, tmp_path: Path, file: str, text: str, found: str
) -> None:
    book = open_book("test", None, both.root)
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    problems = leaks(tmp_path, book.plan, book.tables, unit_names=False)
    assert {problem.where for problem in problems} == ({file} if found else set())
    assert not found or any(found in problem.what for problem in problems)


def test_a_duration_of_the_build_that_equals_an_internal_value_is_no_leak(
    both: Both, tmp_path: Path
) -> None:
    book = open_book("test", None, both.root)
    record = json.loads((both.public / "build.json").read_text(encoding="utf-8"))
    took = record | {"seconds": {"读取": 1372916.0}}
    for file, text, found in (
        ("build.json", took, False),
        ("build.json", took | {"pages": 1372916}, True),
        ("else.json", took, True),
    ):
        (tmp_path / file).write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
        problems = leaks(tmp_path, book.plan, book.tables, unit_names=False)
        assert bool(problems) == found, (file, problems)
        (tmp_path / file).unlink()


def test_the_gate_finds_what_a_text_beside_the_files_says(both: Both, tmp_path: Path) -> None:
    book = open_book("test", None, both.root)
    texts = {"--override": "岸电改造，因供货延期推迟到九月", "理由": "漏报一个码头", "空": ""}
    (found,) = leaks(tmp_path, book.plan, book.tables, unit_names=False, texts=texts)
    assert (found.where, PROGRESS in found.what) == ("--override", True)
    assert "换一种写法" in found.fix


def test_the_gate_looks_into_archives_workbooks_and_pdfs(both: Both, tmp_path: Path) -> None:
    book = open_book("test", None, both.root)
    shutil.copy(both.internal / "downloads" / "progress.xlsx", tmp_path)
    shutil.copy(both.internal / "pdf" / "2024-Q1-book.pdf", tmp_path)
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz", encoding="utf-8") as archive:
        archive.add(both.internal / "downloads" / "observations.csv", "observations.csv")
    where = {p.where.partition("：")[0] for p in leaks(tmp_path, book.plan, book.tables)}
    assert where == {"progress.xlsx", "2024-Q1-book.pdf", "a.tar.gz"}


def test_a_table_that_was_not_redacted_is_found(both: Both, tmp_path: Path) -> None:
    internal = open_book("test", None, both.root)
    tables = with_an_outlook(internal.tables, "throughput")
    public = redacted(internal.plan, tables, unit_names=False)
    for name, frame in vars(public.tables).items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "as-it-is.csv").write_text(frame.to_csv(index=False), encoding="utf-8")
        assert leaks(folder, internal.plan, tables, unit_names=False) == []
        whole = getattr(tables, name)
        if not whole.equals(frame):
            (folder / "as-it-is.csv").write_text(whole.to_csv(index=False), encoding="utf-8")
            assert leaks(folder, internal.plan, tables, unit_names=False), name


def with_an_outlook(tables: Tables, goal_id: str) -> Tables:
    """Return the tables with an expected amount of a goal, whose series is too short for one.

    And with a warning that names it.
    """
    rows = TableRows(tables)
    expected = next(row for row in rows.outlooks if row.goal_id == goal_id)
    outlooks = [each for each in rows.outlooks if each != expected]
    warning = AlertRow(
        edition=EDITION,
        alert_rule=AlertRule.OUTLIER,
        goal_id=goal_id,
        submitting_unit=rows.verdicts[0].submitting_unit,
        since=EDITION,
        measured=417.2583,
    )
    return replace(
        tables,
        outlooks=OUTLOOKS.frame([*outlooks, replace(expected, outlook_mid=417.2583)]),
        alerts=ALERTS.frame([*rows.alerts, warning]),
    )


@pytest.mark.long
def test_a_notebook_of_a_public_book_cannot_open_the_internal_one(tmp_path: Path) -> None:
    root = planted(tmp_path)
    path = root / "notebooks" / "harbour.ipynb"
    opened = json.loads(path.read_text(encoding="utf-8"))
    for cell in opened["cells"]:
        cell["source"] = [
            line.replace("planbook.open(dataset, edition)", 'planbook.open(visibility="internal")')
            for line in cell["source"]
        ]
    path.write_text(json.dumps(opened), encoding="utf-8")
    refused = build(root, "--dataset", "test", "--public")
    assert refused.returncode == 1
    assert "正在生成公开版，笔记本却要打开内部版" in refused.stdout + refused.stderr
    assert not (root / "_build" / "public" / "html").exists()


def test_a_visibility_that_no_build_set_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MADE_FOR, "everybody")
    with pytest.raises(UsageError, match="删去这个环境变量"):
        chosen_visibility(None)
    monkeypatch.delenv(MADE_FOR)
    assert chosen_visibility(None) is Visibility.INTERNAL


@pytest.mark.long
def test_a_public_build_leaves_the_internal_one_and_the_sources_alone(
    second_book: Built, tmp_path: Path
) -> None:
    book = second_book.copied_to(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    built(book.root, "--dataset", "test", "--public")
    changed = [path for path, content in before.items() if path.read_bytes() != content]
    assert changed in ([], [tmp_path / "_build" / "build.lock"])


@pytest.fixture(scope="session")
def public_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public book of the demonstration with its PDFs. Only look at it."""
    made = once_a_run(
        tmp_path_factory,
        "public-demonstration",
        lambda root: built(copy_project(root), "--public", "--pdf"),
    )
    return made.root


@pytest.mark.long
def test_an_edition_to_compare_with_shows_nothing_that_is_internal_now(
    public_demonstration: Path,
) -> None:
    page = public_demonstration / "notebooks" / "own.ipynb"
    given = {"dataset": "demo", "edition": "2026-Q3"}
    own = Job("own", "我的分析", page, given, page, visibility=Visibility.PUBLIC)
    book = open_book("demo", "2026-Q2", public_demonstration)
    assert "54941" in book.tables.verdicts.to_csv()  # not marked before the third quarter
    with noting(own, public_demonstration, public_demonstration / "_build" / "scratch"):
        other = open_book("demo", "2026-Q2", public_demonstration, Visibility.PUBLIC, compare=True)
    for name, table in vars(other.tables).items():
        if hasattr(table, "to_csv"):
            assert "54941" not in table.to_csv(), name


@pytest.mark.long
def test_the_demonstrations_public_book_holds_nothing_that_its_units_marked(
    public_demonstration: Path,
) -> None:
    html = public_demonstration / "_build" / "public" / "html"
    book = open_book("demo", None, public_demonstration)
    marked = [row for row in book.rows.observations if row.visibility is Visibility.INTERNAL]
    assert {row.indicator_id for row in marked} == {
        "guoyuan-trade-sales",
        "scrap-appliances-recovered",
    }
    for row in book.rows.observations:
        if row.indicator_id in {each.indicator_id for each in marked}:
            assert row.obs_value is not None
            for form in (f"{row.obs_value:g}", f"{row.obs_value:,.2f}", f"{row.obs_value:,.0f}"):
                assert len(form) < 5 or mentions(html, form) == [], form
    for text in ("废旧家电回收量86,750台", "增量来自以旧换新", "其中一家知道自己的数"):
        assert mentions(html, text) == []
    assert leaks(html, book.plan, book.tables) == []
