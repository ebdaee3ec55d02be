"""A file that somebody names is an ordinary one of a sane size, or it is not read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from planbook.collect.decided.csv_file import MOST_PROBLEMS, read_csv
from planbook.collect.decided.csv_inputs import read_baselines
from planbook.errors import ProblemsFound, UnfitFile, UsageError
from planbook.frames import BASELINES
from planbook.plain_reads import LARGEST_TEXT, first_bytes, whole_file
from planbook.run.starting.new_project import new_project
from planbook.yamlfile import read_text
from tests.office import PLAN

pipe = getattr(os, "mkfifo", None)  # not on Windows
Read = Callable[[Path], str]


def of_a_list(path: Path) -> str:
    with pytest.raises(UsageError) as found:
        new_project(path.parent / "made", path)
    assert "--template" in str(found.value)
    return str(found.value)


def of_a_table(path: Path) -> str:
    rows, (problem,) = read_csv(path, ["id"])
    assert not rows
    return str(problem)


def of_a_text(path: Path) -> str:
    text, (problem,) = read_text(path, path.name)
    assert text is None
    return str(problem)


each_reader = pytest.mark.parametrize("read", [of_a_list, of_a_table, of_a_text])


@each_reader
def test_of_a_huge_file_nothing_is_made(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "x"
    with path.open("wb") as file:
        file.truncate(50 * LARGEST_TEXT)
    assert "文件有 500.0 MB，超过 10.0 MB" in read(path)
    content, size = first_bytes(path, 7)
    assert (len(content), size) == (8, 50 * LARGEST_TEXT)


@each_reader
def test_a_folder_is_told_as_such(read: Read, tmp_path: Path) -> None:
    assert "是文件夹，不是文件" in read(tmp_path)


@pytest.mark.skipif(pipe is None, reason="no such pipes here")
@each_reader
def test_a_pipe_to_which_nobody_writes_holds_nobody_up(read: Read, tmp_path: Path) -> None:
    assert pipe is not None
    pipe(tmp_path / "x")
    assert "不是普通文件" in read(tmp_path / "x")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
@each_reader
def test_a_device_without_end_is_not_read(read: Read, tmp_path: Path) -> None:
    link = tmp_path / "x"
    link.symlink_to("/dev/zero")
    assert "不是普通文件" in read(link)


def test_what_is_as_large_as_it_may_be_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    assert whole_file(path, 5) == b"12345"
    with pytest.raises(UnfitFile):
        whole_file(path, 4)
    with pytest.raises(FileNotFoundError):
        whole_file(tmp_path / "gone", 5)


def test_lines_end_as_python_ends_them_wherever_a_text_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes("甲\r\n乙\r丙\n".encode())
    assert read_text(path, "x") == ("甲\n乙\n丙\n", [])


@pytest.mark.parametrize("line", ["甲,2024,乙,多,丙,,丁\n", '"甲\n', "甲\n"])
def test_a_table_that_is_none_is_given_up_and_says_where(line: str, tmp_path: Path) -> None:
    path = tmp_path / "baselines.csv"
    path.write_text(",".join(BASELINES.columns) + "\n" + line * 20_000, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        read_baselines(path, PLAN)
    told = found.value.problems
    assert len(told) < 2 * MOST_PROBLEMS
    assert "没有检查" in str(found.value)
