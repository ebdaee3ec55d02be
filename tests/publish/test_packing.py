from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

from planbook.made_of import sha256
from planbook.publish.entries import Archive
from planbook.publish.manifests import (
    MANIFEST,
    File,
    differences,
    pages_of,
    read_manifest,
    seal,
    written,
)
from planbook.publish.packing import pack
from tests.publish.sites import Q3, book, contents


def test_a_manifest_names_every_file_but_itself(tmp_path: Path) -> None:
    folder = book(tmp_path / "book", Q3, "a")
    sealed = seal(folder)
    assert sealed == seal(folder), "sealed twice it is another book"
    files = contents(folder)
    data = files.pop(MANIFEST)
    assert sealed.manifest == sha256(data)
    assert read_manifest(data) == {p: File(sha256(c), len(c)) for p, c in files.items()}
    assert list(read_manifest(data)) == sorted(files)
    assert sealed.pages == ("goals/a.html", "index.html", "search.html")


def test_only_what_readers_open_is_a_page() -> None:
    file = File("", 0)
    assert pages_of({"b.html": file, "_static/a.html": file, "a.csv": file}) == ("b.html",)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"files": []}', b'{"files": {"a": 1}}', b'{"files": {}, "format": 1}'],
)
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="文件清单"):
        read_manifest(data)


def test_differences_are_told_by_kind_and_counted() -> None:
    files = {f"{n}.html": File("same", 1) for n in range(8)}
    sizes = {**dict.fromkeys(list(files)[1:], 1), "7.html": 2, "more.txt": 1}
    digests = dict.fromkeys(files, "same") | {"1.html": "other"}
    assert list(differences(files, sizes)) == [
        "缺少文件1个：0.html",
        "多出文件1个：more.txt",
        "内容有变的文件1个：7.html",
    ]
    assert list(differences(files, sizes, digests.__getitem__))[2] == (
        "内容有变的文件2个：1.html、7.html"
    )
    assert list(differences(files, {})) == [
        "缺少文件8个：0.html、1.html、2.html、3.html、4.html 等"
    ]
    assert read_manifest(written(files)) == files


def test_the_same_files_give_the_same_archive(tmp_path: Path) -> None:
    made = []
    for name, time, mask in (("one", 1, 0o077), ("other", 10**9, 0o022)):
        folder = book(tmp_path / name, Q3, "a", "中文")
        for path in folder.rglob("*"):
            path.chmod(path.stat().st_mode & ~mask)
            os.utime(path, (time, time))
        made.append(pack({"2026-Q3/book": folder}, tmp_path / name / ".." / f"{name}.tar.gz"))
    assert made[0] == made[1]
    one = (tmp_path / "one.tar.gz").read_bytes()
    assert one == (tmp_path / "other.tar.gz").read_bytes()
    assert made[0] == Archive(sha256=sha256(one), size=len(one))
    assert one[3:8] == b"\0\0\0\0\0", "a name or a time stands in the head"


def test_an_archive_gives_the_files_back_and_names_nobody(tmp_path: Path) -> None:
    folder = book(tmp_path / "book", Q3, "a", "很长的名称" * 15)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "goals.csv").write_bytes(b"id\n")
    pack({"2026-Q3/book": folder, "2026-Q3/data": tmp_path / "data"}, tmp_path / "a.tar.gz")
    with tarfile.open(tmp_path / "a.tar.gz", encoding="utf-8") as tar:
        members = tar.getmembers()
        tar.extractall(tmp_path / "out", filter="data")
    assert [m.name for m in members] == sorted(m.name for m in members)
    assert {(m.mtime, m.uid, m.gid, m.uname, m.gname, m.mode) for m in members} == {
        (0, 0, 0, "", "", 0o644)
    }
    assert contents(tmp_path / "out" / "2026-Q3" / "book") == contents(folder)
    assert contents(tmp_path / "out" / "2026-Q3" / "data") == {"goals.csv": b"id\n"}


def test_an_archive_that_cannot_be_written_whole_is_not_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: tarfile.TarFile, *given: object) -> None:
        raise OSError(28, "no space left")

    folder = book(tmp_path / "book", Q3)
    monkeypatch.setattr(tarfile.TarFile, "addfile", full)
    with pytest.raises(OSError, match="no space"):
        pack({"book": folder}, tmp_path / "a.tar.gz")
    assert not (tmp_path / "a.tar.gz").exists()
