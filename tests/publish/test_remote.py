"""A site in a remote place: whatever fails there, readers are led to whole editions only."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

import fsspec
import pytest

from planbook.errors import ProblemsFound
from planbook.publish.acts import Site, open_site
from tests.publish.conftest import Place
from tests.publish.sites import MARK, NOON, Q1, Q2, Q3, Q3_1, Press, contents, led_to

# All that `Remote` asks of a file system.
OPERATIONS = ("cat_file", "find", "makedirs", "open", "put_file", "rm_file")
LED = ("index.html", "latest/index.html", "feed.xml", "editions.json", "editions.js")


class Counting:
    """A file system that does something, or fails, at one of its operations."""

    def __init__(self, fs: Any) -> None:
        self.fs = fs
        self.count = 0
        self.step = 0
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def __getattr__(self, name: str) -> Any:
        operation = getattr(self.fs, name)
        if name not in OPERATIONS:
            return operation

        def counted(*given: Any, **named: Any) -> Any:
            self.count += 1
            at_step = self.count == self.step
            if at_step:
                self.before()
            done = operation(*given, **named)
            if at_step:
                self.after()
            return done

        return counted


def lost() -> None:
    raise OSError(errno.ETIMEDOUT, "the connection was lost")


@pytest.fixture
def fs(memory: Place, monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting(memory.fs)
    find = fsspec.core.url_to_fs
    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda to: (counting, find(to)[1]))
    return counting


def failure(act: Callable[[], object]) -> str:
    """Return what an act says when it is refused; empty where it is not."""
    try:
        act()
    except ProblemsFound as found:
        return str(found)
    return ""


Act = Callable[[Site], object]
at = NOON + dt.timedelta(hours=3)


@pytest.fixture
def acts(press: Press) -> dict[str, tuple[Act, Act]]:
    """What is done first, and what is to fail then."""
    first, second = press.made(Q1, "a"), press.made(Q3, "a", "b", hours=1)
    third = press.made(Q3_1, "a", hours=2)

    def two(site: Site) -> None:
        site.add(*first)
        site.add(*second)

    return {
        "begin": (lambda site: None, lambda site: site.add(*first)),
        "add": (lambda site: site.add(*first), lambda site: site.add(*second)),
        "correct": (two, lambda site: site.add(*third)),
        "withdraw": (two, lambda site: site.withdraw(Q3, "算错", at)),
        "purge": (two, lambda site: site.purge(Q3, "泄密", at)),
    }


@pytest.mark.parametrize("name", ["begin", "add", "correct", "withdraw", "purge"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_operation_fails_readers_see_whole_editions_and_the_next_run_completes(
    memory: Place, fs: Counting, acts: dict[str, tuple[Act, Act]], name: str, when: str
) -> None:
    prepare, act = acts[name]
    prepare(open_site(memory.to, MARK))
    old = memory.contents()
    stored = dict(memory.fs.store)
    act(open_site(memory.to, MARK))
    new = memory.contents()
    states = set()
    unborn = set(LED) - set(old)  # pages of a first edition link pages that come a moment later
    for step in range(1, 1000):
        memory.fs.store.clear()
        memory.fs.store.update(stored)
        fs.count, fs.step = 0, step
        setattr(fs, when, lost)
        said = failure(lambda: act(open_site(memory.to, MARK)))
        setattr(fs, when, lambda: None)
        assert "连接超时" in said or said == ""
        now = memory.contents()
        for path in LED:
            assert now.get(path) in (old.get(path), new.get(path)), f"step {step}: {path}"
        for address in led_to(now.get) - unborn:
            assert now.get(address) in (old.get(address), new.get(address)), f"{step}: {address}"
            assert address in now, f"step {step}: {address} leads nowhere"
        states.add(tuple(now.get(path) == new.get(path) for path in LED))
        if fs.count < step:
            break
        act(open_site(memory.to, MARK))
        assert memory.contents() == new, f"step {step}"
        assert open_site(memory.to, MARK).verify() == []
    assert step > 20, "hardly anything was asked of the place"
    assert said == "", "it failed at every step"
    assert len(states) == 6, "the five that lead are not replaced one after the other"


def test_the_edition_comes_first_and_the_script_of_all_pages_last(
    memory: Place, fs: Counting, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    put = memory.fs.put_file

    def noted(source: str, to: str) -> None:
        path = to.partition(memory.to.removeprefix("memory://"))[2][1:]
        assert PurePath(source).name == PurePath(path).name or path.startswith("archive/")
        written.append(path)
        put(source, to)

    monkeypatch.setattr(memory.fs, "put_file", noted)
    press.publish(open_site(memory.to, MARK), Q1, "a")
    assert written[0] == "site.json"
    assert {path.partition("/")[0] for path in written[1:-6]} == {"2026-Q1", "archive"}
    assert written[-6:] == [".nojekyll", *LED]


def test_a_site_changed_while_the_book_is_uploaded_is_left_as_the_other_made_it(
    memory: Place, fs: Counting, press: Press
) -> None:
    press.publish(open_site(memory.to, MARK), Q1, "a")
    mine, others = press.made(Q3, "a", hours=1), press.made(Q2, "a", hours=1)
    fs.count, fs.step = 0, 20
    fs.before = lambda: (open_site(memory.to, MARK).add(*others), None)[1]
    with pytest.raises(ProblemsFound, match="站点在此期间已被改动"):
        open_site(memory.to, MARK).add(*mine)
    assert [str(e.edition) for e in open_site(memory.to, MARK).entries] == ["2026-Q1", "2026-Q2"]
    assert "2026-Q3" not in memory.contents()["index.html"].decode()
    open_site(memory.to, MARK).add(*mine)
    assert open_site(memory.to, MARK).verify() == []


def test_what_an_earlier_try_left_of_an_edition_is_written_over(
    memory: Place, press: Press
) -> None:
    site = memory.site()
    press.publish(site, Q1)
    memory.put("2026-Q3/index.html", b"half")
    memory.put("2026-Q3/goals/gone.html", b"of an earlier try")
    memory.put("archive/2026-Q3.tar.gz", b"half")
    press.publish(site, Q3, "a", hours=1)
    assert "2026-Q3/goals/gone.html" not in memory.contents()
    assert memory.site().verify() == []


@pytest.mark.parametrize("arrived", [b"other", None])
@pytest.mark.parametrize("path", ["goals/a.html", "manifest.json", ".tar.gz"])
def test_what_arrived_otherwise_than_it_was_sent_is_not_published(
    memory: Place,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    arrived: bytes | None,
) -> None:
    site = memory.site()
    press.publish(site, Q1)
    before = {p: memory.contents()[p] for p in LED}
    put = memory.fs.put_file

    def garbled(source: str, to: str) -> None:
        put(source, to)
        if to.endswith(path) and arrived is None:
            memory.fs.rm_file(to)
        elif to.endswith(path):
            memory.fs.pipe_file(to, arrived)

    monkeypatch.setattr(memory.fs, "put_file", garbled)
    with pytest.raises(ProblemsFound, match="会重新上传") as found:
        press.publish(site, Q3, "a", hours=1)
    assert path in str(found.value)
    assert {p: memory.contents()[p] for p in LED} == before


def test_a_place_of_another_kind_holds_the_same_as_a_folder(
    tmp_path: Path, memory: Place, press: Press
) -> None:
    """The protocol ``local`` is a folder to fsspec, and so a remote place to us."""
    other = tmp_path / "other"
    for to in (f"local://{other.as_posix()}", str(tmp_path / "folder"), memory.to):
        site = open_site(to, MARK)
        press.publish(site, Q1, "a")
        press.publish(site, Q2, "b", hours=1)
        press.publish(site, Q3, "a", hours=1)
        press.publish(site, Q3_1, "a", hours=2)
        site.withdraw(Q3, "算错", at)
        site.purge(Q2, "泄密", at)
        assert open_site(to, MARK).verify() == []
    assert contents(other) == contents(tmp_path / "folder") == memory.contents()


def test_looking_for_a_site_leaves_nothing_behind(tmp_path: Path) -> None:
    assert open_site(str(tmp_path / "nowhere" / "site"), MARK).verify() == []
    assert open_site(str(tmp_path / "site"), MARK).verify() == []
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_asked_is_told() -> None:
    with pytest.raises(ProblemsFound, match="不认识这种位置"):
        open_site("nowhere://site", MARK)


def test_a_place_whose_component_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(to: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(ProblemsFound, match=r"s3fs to access S3.*\n.*\n.*pip 安装"):
        open_site("s3://bucket/site", MARK)


class NoCredentials(Exception):
    """What a component says in a class of its own."""


@pytest.mark.parametrize(("error", "told"), [(NoCredentials, ProblemsFound), (KeyError, KeyError)])
def test_what_a_component_refuses_is_told_and_a_mistake_of_ours_is_not_hidden(
    memory: Place,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
    told: type[Exception],
) -> None:
    def refused(path: str) -> None:
        raise error("no account")

    monkeypatch.setattr(memory.fs, "cat_file", refused)
    with pytest.raises(told, match="no account"):
        memory.site()


def test_a_place_whose_listing_fails_for_a_missing_folder_is_empty(
    memory: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(path: str, detail: bool) -> None:
        raise FileNotFoundError(path)

    monkeypatch.setattr(memory.fs, "find", missing)
    assert memory.site().entries == ()
