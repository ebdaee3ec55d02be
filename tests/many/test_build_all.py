"""Many plans on an executor: each whole, none built twice, none that stops another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import fsspec
import pytest

from planbook.errors import ProblemsFound
from planbook.made_of import SEAL, MadeOf
from planbook.periods import Edition
from planbook.run.many import task
from planbook.run.many.bound import run_bound
from planbook.run.many.build_all import build_all
from planbook.run.many.orders import Wanted, order
from planbook.run.many.task import PlanOutcome, build_one
from planbook.workspace import Workspace
from tests.many.conftest import TEST, BuildAll, MakeProject
from tests.publish.sites import contents


def index(place: Path) -> dict[str, dict[str, Any]]:
    """Return the lines of an index by the plan's name."""
    plans = json.loads((place / "index.json").read_bytes())["plans"]
    return {plan["name"]: plan for plan in plans}


def test_each_plan_has_its_whole_book_and_a_line_in_the_index(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    projects = [make_project("alpha"), make_project("beta 区 #1")]
    report = build_tiny(projects, tmp_path / "out")
    assert not report.failed
    assert not report.kept
    for project in projects:
        made = contents(project.root / "_build" / "html")
        put = contents(tmp_path / "out" / project.name)
        assert SEAL in put
        assert made == {path: content for path, content in put.items() if path != SEAL}
    lines = index(tmp_path / "out")
    assert list(lines) == ["alpha", "beta 区 #1"]
    assert lines["alpha"]["counts"] == {"已达成": 1, "滞后": 2}
    assert lines["beta 区 #1"]["address"] == "beta%20%E5%8C%BA%20%231/index.html"


def test_what_lies_there_of_the_same_inputs_is_not_built_again(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    projects = [make_project("alpha"), make_project("beta")]
    build_tiny(projects, tmp_path / "out")
    before = contents(tmp_path / "out")
    assert len(build_tiny(projects, tmp_path / "out").kept) == 2
    assert contents(tmp_path / "out") == before
    make_project("beta", "另一页")
    (kept,) = build_tiny(projects, tmp_path / "out").kept
    assert kept.name == "alpha"
    assert "另一页" in (tmp_path / "out/beta/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        lambda book: (book / "index.html").write_bytes(b"<h1>\xe4\xb9\xa6</h2>"),
        lambda book: (book / "index.html").unlink(),
        lambda book: (book / "more.html").touch(),
        lambda book: (book / SEAL).write_bytes(b"{}"),
    ],
)
def test_a_result_that_does_not_prove_itself_is_built_again(
    make_project: MakeProject,
    build_tiny: BuildAll,
    tmp_path: Path,
    damage: Callable[[Path], object],
) -> None:
    project, out = make_project(), tmp_path / "out"
    build_tiny([project], out)
    whole = contents(out)
    damage(out / "alpha")
    assert not build_tiny([project], out).kept
    assert contents(out) == whole


def test_another_edition_visibility_or_pdfs_are_another_book(
    make_project: MakeProject,
) -> None:
    project = make_project()
    asked = [
        TEST,
        replace(TEST, public=True),
        replace(TEST, pdf=True),
        replace(TEST, edition="2024-Q1"),
    ]
    inputs = {order(project, each, "out", travels=False).made_of.inputs for each in asked}
    assert len(inputs) == 4
    jobs = replace(TEST, jobs=3)
    assert order(project, jobs, "out", travels=False).made_of.inputs in inputs


def test_a_deadline_that_passes_makes_another_book(make_project: MakeProject) -> None:
    project = make_project()
    days = [dt.date(2024, 4, day) for day in range(1, 31)]
    due = Workspace.open("test", project.root).dataset.deadline(Edition.parse("2024-Q1"))
    inputs = {d: order(project, TEST, "", travels=False, today=d).made_of.inputs for d in days}
    assert [d for d in days if inputs[d] == inputs[due]] == [d for d in days if d <= due]
    assert len(set(inputs.values())) == 2


def test_one_that_fails_is_named_and_stops_no_other(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    good, bad = make_project("alpha"), make_project("beta", "fail")
    unread = make_project("gamma")
    (unread.root / "data/test/dataset.yaml").write_text("name: [", encoding="utf-8")
    lost = make_project("delta")
    (lost.root / "_config.yml").unlink()
    report = build_tiny([bad, unread, lost, good], tmp_path / "out")
    assert report.failed[0].problem.endswith("1. 「1O4」不是数字")
    assert [outcome.name for outcome in report.failed] == ["beta", "delta", "gamma"]
    assert "dataset.yaml" in report.failed[2].problem
    lines = index(tmp_path / "out")
    assert "「1O4」不是数字" in lines["beta"]["failed"]
    assert lines["alpha"]["failed"] == ""
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "「1O4」不是数字" in page


def test_a_plan_that_fails_keeps_its_book_and_its_numbers_from_before(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    build_tiny([make_project()], tmp_path / "out")
    book = contents(tmp_path / "out/alpha")
    build_tiny([make_project(wish="fail")], tmp_path / "out")
    assert contents(tmp_path / "out/alpha") == book
    line = index(tmp_path / "out")["alpha"]
    assert line["goals"] == 3
    assert line["failed"]


def test_plans_of_an_earlier_run_stay_in_the_index_while_their_books_lie_there(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    alpha, beta, gamma = (make_project(name) for name in ("alpha", "beta", "gamma"))
    build_tiny([alpha, beta], tmp_path / "out")
    (tmp_path / "out/beta" / SEAL).unlink()
    build_tiny([gamma], tmp_path / "out")
    assert list(index(tmp_path / "out")) == ["alpha", "gamma"]


def test_a_build_that_is_killed_is_tried_once_more(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    once, always = make_project("alpha", "die once"), make_project("beta", "die")
    report = build_tiny([once, always], tmp_path / "out")
    (failed,) = report.failed
    assert failed.name == "beta"
    assert "2次被系统结束（信号 9）" in failed.problem
    assert (tmp_path / "out/alpha" / SEAL).exists()


@pytest.mark.parametrize("code", [-9, 1, 0xC0000005])  # of a signal; as Windows says it
def test_whatever_a_system_says_of_a_killed_build_it_is_tried_once_more(
    code: int, make_project: MakeProject, build_tiny: BuildAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def killed(command: Sequence[str]) -> CompletedProcess[str]:
        asked.append(code)
        return CompletedProcess(command, code, "", "")

    monkeypatch.setattr(task, "run_bound", killed)
    project = make_project()
    (failed,) = build_tiny([project], project.root.parent / "out").failed
    assert "2次被系统结束" in failed.problem
    assert asked == [code, code]


def test_a_build_that_fails_and_says_why_is_not_tried_again(
    make_project: MakeProject, build_tiny: BuildAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []

    def counted(command: Sequence[str]) -> CompletedProcess[str]:
        asked.append(command)
        return run_bound(command)

    monkeypatch.setattr(task, "run_bound", counted)
    project = make_project(wish="fail")
    (failed,) = build_tiny([project], project.root.parent / "out").failed
    assert "不是数字" in failed.problem
    assert len(asked) == 1


def test_a_project_travels_as_just_the_files_that_were_digested(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    project = make_project()
    stays = order(project, TEST, "out", travels=False)
    sent = order(project, TEST, "out", travels=True)
    (project.root / "_build").mkdir()
    (project.root / "_build" / "old").touch()
    (project.root / "book" / "chapters").mkdir()
    (project.root / "book" / "chapters" / "town.ipynb").touch()
    assert order(project, TEST, "out", travels=True) == sent
    assert sent.made_of == stays.made_of
    with sent.project() as root:
        assert not (root / "_build").exists()
        assert not (root / "book" / "chapters").exists()
        copied = contents(root)
    assert not root.exists()
    own = contents(project.root)
    assert copied == {path: own[path] for path in copied}
    assert {"_config.yml", "data/plan/plan.yaml", "data/test/dataset.yaml"} < set(copied)
    build_tiny([project], tmp_path / "out", travels=True)
    assert not (project.root / "_build" / "html").exists()
    assert (tmp_path / "out/alpha/index.html").exists()


def test_packs_lie_with_the_book(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    build_tiny([make_project()], tmp_path / "out", replace(TEST, pdf=True))
    assert (tmp_path / "out/alpha/packs/town/数据.xlsx").read_bytes() == b"pack"


def test_a_remote_place_is_written_proven_and_completed(
    make_project: MakeProject, build_tiny: BuildAll
) -> None:
    to, fs = "memory://many/books", fsspec.filesystem("memory")
    projects = [make_project("alpha"), make_project("beta")]
    assert not build_tiny(projects, to).failed
    assert fs.cat_file("/many/books/alpha/index.html") == "<h1>书</h1>".encode()
    assert b"beta" in fs.cat_file("/many/books/index.html")
    fs.pipe_file("/many/books/beta/stale.html", b"")
    fs.rm_file("/many/books/beta/index.html")
    (kept,) = build_tiny(projects, to).kept
    assert kept.name == "alpha"
    assert fs.exists("/many/books/beta/index.html")
    assert not fs.exists("/many/books/beta/stale.html")
    fs.rm("/many", recursive=True)


def test_an_upload_that_breaks_off_proves_nothing_and_is_done_again(
    make_project: MakeProject, build_tiny: BuildAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    to, fs = "memory://many/broken", fsspec.filesystem("memory")
    upload = type(fs).put_file

    def breaks(self: Any, source: str, path: str, **more: Any) -> None:
        if path.endswith("alpha/index.html"):
            raise OSError(5, "gone")
        upload(self, source, path, **more)

    with monkeypatch.context() as patched:
        patched.setattr(type(fs), "put_file", breaks)
        (failed,) = build_tiny([make_project()], to).failed
    assert "磁盘读写出错" in failed.problem
    assert fs.cat_file(f"/many/broken/alpha/{SEAL}") == b""
    assert not build_tiny([make_project()], to).failed
    assert len(build_tiny([make_project()], to).kept) == 1
    fs.rm("/many", recursive=True)


def test_what_others_put_there_is_left_alone(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    theirs = tmp_path / "out" / "alpha" / "thesis.docx"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"years of work")
    (failed,) = build_tiny([make_project()], tmp_path / "out").failed
    assert "这里已有别的文件" in failed.problem
    assert theirs.read_bytes() == b"years of work"


@pytest.mark.parametrize("below", ["", "data/out", "_build/out", "book"])
def test_no_place_inside_a_project(
    make_project: MakeProject, build_tiny: BuildAll, below: str
) -> None:
    project = make_project()
    before = contents(project.root)
    with pytest.raises(ProblemsFound, match="之中"):
        build_tiny([project], project.root / below)
    assert contents(project.root) == before


def test_no_place_that_is_a_published_site(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    (tmp_path / "site.json").write_bytes(b"{}")
    with pytest.raises(ProblemsFound, match="发布站点"):
        build_tiny([make_project()], tmp_path)


def test_another_program_elsewhere_builds_nothing(
    make_project: MakeProject, tmp_path: Path
) -> None:
    asked = order(make_project(), TEST, str(tmp_path / "out"), travels=True)
    other = replace(asked, made_of=MadeOf(asked.made_of.inputs, "other"))
    assert "程序或依赖版本" in build_one(other).problem
    assert not (tmp_path / "out").exists()


class Watching:
    """Counts the plans that the executor has; interrupts after so many ends."""

    def __init__(self, interrupt_after: int = 0) -> None:
        self.now = self.most = self.ends = 0
        self._after = interrupt_after

    def begun(self, plans: int) -> None:
        self.plans = plans

    def started(self, name: str, workers: int) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    def ended(self, outcome: PlanOutcome) -> None:
        self.now -= 1
        self.ends += 1
        if self.ends == self._after:
            raise KeyboardInterrupt


def test_the_executor_never_has_more_than_it_may(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    watching = Watching()
    build_tiny([make_project(f"p{n}") for n in range(5)], tmp_path / "out", watcher=watching)
    assert (watching.plans, watching.most, watching.ends) == (5, 2, 5)


def test_an_interruption_leaves_what_is_finished_and_an_index_of_it(
    make_project: MakeProject, build_tiny: BuildAll, tmp_path: Path
) -> None:
    projects = [make_project(f"p{n}") for n in range(5)]
    with pytest.raises(KeyboardInterrupt):
        build_tiny(projects, tmp_path / "out", watcher=Watching(interrupt_after=1))
    finished = {path.parent.name for path in (tmp_path / "out").glob(f"*/{SEAL}")}
    assert 1 <= len(finished) < 5
    assert set(index(tmp_path / "out")) == finished
    assert {kept.name for kept in build_tiny(projects, tmp_path / "out").kept} == finished


class Broken(Executor):
    """Takes one task, which never ends well, and then no more."""

    def __init__(self) -> None:
        self.taken = False

    def submit(self, fn: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        if self.taken:
            raise BrokenExecutor
        self.taken = True
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor())
        return future


def test_an_executor_that_breaks_fails_its_plans_and_leaves_an_index(
    make_project: MakeProject, tmp_path: Path
) -> None:
    projects = [make_project("alpha"), make_project("beta")]
    report = build_all(projects, str(tmp_path / "out"), Broken(), TEST, workers=lambda: 2)
    assert [o.name for o in report.failed] == ["alpha", "beta"]
    assert "执行任务的进程中途退出" in report.failed[1].problem
    assert list(index(tmp_path / "out")) == ["alpha", "beta"]


def test_options_are_those_of_build() -> None:
    wanted = Wanted("live", "2026-Q3", pdf=True, public=True, jobs=2)
    assert wanted.arguments() == (
        ["--dataset", "live", "--edition", "2026-Q3", "--jobs", "2", "--pdf", "--public"]
    )
