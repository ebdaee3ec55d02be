"""A site in a folder: exchanged whole, with all that others keep in it."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from planbook import put_in_place as placing
from planbook.errors import ProblemsFound
from planbook.publish import folder as module
from planbook.publish.acts import Site
from planbook.publish.folder import Folder
from tests.publish.sites import NOON, Q1, Q3, Press, contents, opened

unix = pytest.mark.skipif(os.name == "nt", reason="needs modes and links")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "www" / "site"


@pytest.fixture
def site(place: Path, press: Press) -> Site:
    made = opened(place)
    press.publish(made, Q1, "a")
    return made


def beside(place: Path) -> set[str]:
    return {path.name for path in place.parent.iterdir()} - {f".{place.name}.lock"}


@unix
def test_what_others_keep_in_the_site_is_carried_over(
    site: Site, place: Path, press: Press
) -> None:
    (place / "CNAME").write_bytes(b"example.org")
    (place / "CNAME").chmod(0o600)
    (place / ".git" / "objects").mkdir(parents=True)
    (place / ".git" / "objects").chmod(0o700)
    (place / ".git" / "HEAD").write_bytes(b"ref")
    (place / "empty").mkdir()
    (place / "current").symlink_to("2026-Q1", target_is_directory=True)
    (place / "gone").symlink_to("../nowhere")
    os.utime(place / "CNAME", (1, 1))
    press.publish(site, Q3, "a", hours=1)
    assert (place / "CNAME").read_bytes() == b"example.org"
    assert (place / "CNAME").stat().st_mtime == 1
    assert stat.S_IMODE((place / "CNAME").stat().st_mode) == 0o600
    assert stat.S_IMODE((place / ".git" / "objects").stat().st_mode) == 0o700
    assert (place / ".git" / "HEAD").read_bytes() == b"ref"
    assert (place / "empty").is_dir()
    assert (place / "current").readlink() == Path("2026-Q1")
    assert (place / "gone").readlink() == Path("../nowhere")
    assert opened(place).verify() == []


@unix
@pytest.mark.parametrize(("folder", "file"), [(0o755, 0o644), (0o2775, 0o664), (0o700, 0o600)])
def test_who_may_read_the_site_may_read_what_is_new(
    site: Site, place: Path, press: Press, folder: int, file: int
) -> None:
    place.chmod(folder)
    press.publish(site, Q3, "a", hours=1)
    modes = {
        path: stat.S_IMODE((place / path).stat().st_mode)
        for path in (".", "2026-Q3", "2026-Q3/goals", "2026-Q3/index.html", "index.html")
    }
    assert list(modes.values()) == [folder, folder, folder, file, file]


@unix
def test_old_editions_are_linked_and_new_ones_are_copies(
    site: Site, place: Path, press: Press
) -> None:
    before = (place / "2026-Q1" / "index.html").stat().st_ino
    entry, book, archive = press.made(Q3, "a", hours=1)
    site.add(entry, book, archive)
    assert (place / "2026-Q1" / "index.html").stat().st_ino == before
    assert (place / "2026-Q3" / "index.html").stat().st_ino != (book / "index.html").stat().st_ino
    (book / "index.html").write_bytes(b"built anew")
    archive.write_bytes(b"packed anew")
    assert opened(place).verify() == []


def test_a_disk_without_links_gets_copies(
    site: Site, place: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    press.publish(site, Q3, "a", hours=1)
    assert opened(place).verify() == []
    assert len(opened(place).entries) == 2


@unix
def test_a_link_to_the_site_goes_on_leading_to_it(
    site: Site, place: Path, press: Press, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(place, target_is_directory=True)
    press.publish(opened(link), Q3, "a", hours=1)
    assert link.is_symlink()
    assert contents(link) == contents(place)
    assert opened(place).get(Q3) is not None
    assert beside(place) == {"site"}


def test_a_site_is_made_with_the_folders_above_it(tmp_path: Path, press: Press) -> None:
    place = tmp_path / "a" / "b" / "site"
    press.publish(opened(place.as_uri()), Q1)
    assert opened(place).verify() == []


def _full(*given: object, **named: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


FULL: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "a folder": lambda patch: patch.setattr(Path, "mkdir", _full),
    "a copied file": lambda patch: patch.setattr(shutil, "copyfileobj", _full),
    "what is kept": lambda patch: (
        patch.setattr(Path, "hardlink_to", _full),
        patch.setattr(shutil, "copy2", _full),
    )[0],
    "what reaches the disk late": lambda patch: patch.setattr(os, "fsync", _full),
    "the exchange": lambda patch: patch.setattr(module, "put_in_place", _full),
}


@pytest.mark.parametrize("what", FULL)
def test_a_full_disk_is_told_and_changes_nothing(
    site: Site, place: Path, press: Press, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    made = press.made(Q3, "a", hours=1)
    before = contents(place)
    with monkeypatch.context() as patch:
        FULL[what](patch)
        with pytest.raises(ProblemsFound, match="磁盘空间不足") as found:
            site.add(*made)
    assert place.as_posix() in str(found.value)
    assert "读者看到的仍是原来的内容" in str(found.value)
    assert contents(place) == before
    assert beside(place) == {"site"}
    site.add(*made)
    assert opened(place).verify() == []


def test_two_at_once_are_refused(site: Site, place: Path, press: Press) -> None:
    made = press.made(Q3, "a", hours=1)
    before = contents(place)
    with (
        FileLock(place.with_name(".site.lock"), is_singleton=False),
        pytest.raises(ProblemsFound, match="另一个发布正在写这个站点"),
    ):
        site.add(*made)
    assert contents(place) == before
    site.add(*made)


def test_a_drive_itself_is_no_site(
    site: Site, place: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(place)
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == place)
    with pytest.raises(ProblemsFound, match="改用其中的一个子文件夹"):
        press.publish(site, Q3, "a", hours=1)
    assert contents(place) == before


def test_a_kill_between_two_renames_is_mended_when_the_site_is_opened(
    site: Site, place: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(place)
    place.replace(place.with_name(".site.old"))
    assert opened(place).entries == site.entries
    assert contents(place) == before
    monkeypatch.setattr(placing, "_exchange", lambda one, other: False)  # as on Windows
    press.publish(site, Q3, "a", hours=1)
    assert opened(place).verify() == []
    assert beside(place) == {"site"}


@pytest.mark.parametrize("name", [".site.next", ".site.old"])
def test_a_purge_that_was_killed_at_its_end_leaves_nothing_beside_the_site(
    site: Site, place: Path, name: str
) -> None:
    site.purge(Q1, "误载个人信息", NOON)
    (place.with_name(name) / "2026-Q1").mkdir(parents=True)
    opened(place).purge(Q1, "误载个人信息", NOON)
    assert beside(place) == {"site"}


def test_what_a_kill_left_beside_the_site_is_made_anew(
    site: Site, place: Path, press: Press
) -> None:
    left = place.with_name(".site.next")
    (left / "2026-Q3").mkdir(parents=True)
    (left / "2026-Q3" / "half.html").write_bytes(b"<ht")
    press.publish(site, Q3, "a", hours=1)
    assert beside(place) == {"site"}
    assert opened(place).verify() == []


def test_an_act_that_changes_nothing_leaves_the_folder_alone(site: Site, place: Path) -> None:
    before = place.stat().st_ino
    site.next_dates([])
    site.withdraw(Q1, "算错", NOON)
    inode = place.stat().st_ino
    assert inode != before
    opened(place).withdraw(Q1, "算错", NOON)
    assert place.stat().st_ino == inode


def test_a_path_of_another_kind_has_no_content(tmp_path: Path) -> None:
    (tmp_path / "editions.json").mkdir()
    (tmp_path / "file").touch()
    folder = Folder(tmp_path)
    assert folder.read("editions.json") is None
    assert folder.read("file/below") is None
    assert folder.sha256("missing") == ""


def test_a_file_is_no_site_and_stays(tmp_path: Path) -> None:
    (tmp_path / "notes").write_bytes(b"kept")
    with pytest.raises(ProblemsFound, match="是文件，不是文件夹"):
        opened(tmp_path / "notes")
    assert (tmp_path / "notes").read_bytes() == b"kept"
