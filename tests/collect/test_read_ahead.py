"""Many workbooks read in processes: the same, in the same order, as one after another."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.inbox.checking import Basis, Checked, Wanted, check_file, hold_against
from planbook.collect.inbox.read_ahead import read_files
from planbook.worker_context import worker_context
from tests.office import DATASET, PLAN, Q2, Q3, filled, workbook_bytes

DATASETS = {"demo": DATASET}
BASIS = Basis(PLAN, DATASETS, Wanted(edition=Q3), dt.date(2026, 10, 12))


@pytest.fixture
def processes() -> Iterator[ProcessPoolExecutor]:
    context = worker_context(("planbook.collect.inbox.read_ahead",))
    with ProcessPoolExecutor(2, context) as executor:
        yield executor


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return forty files: sound ones, wrong ones, no workbooks at all, and one that is not there"""
    contents = [
        workbook_bytes(filled(Q3)),
        workbook_bytes(filled(Q3, {"firms": {"value": "1O4"}})),
        workbook_bytes(filled(Q2)),
        b"PK\x03\x04 no workbook",
        b"",
    ]
    files = [tmp_path / f"{number:02}.xlsx" for number in range(40)]
    for number, path in enumerate(files[:-1]):
        path.write_bytes(contents[number % len(contents)])
    return files


class Counting(Executor):
    """Does a task when its result is asked for; counts those that were handed over."""

    def __init__(self) -> None:
        self.handed_over = 0

    def submit(self, task: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        self.handed_over += 1
        future: Future[Any] = Future()
        future.set_result(task(*arguments))
        return future


def one_by_one(files: Iterable[Path]) -> list[Checked]:
    return list(read_files(files, BASIS))


def test_what_processes_read_is_what_is_read_here_in_the_order_of_the_files(
    files: list[Path], processes: ProcessPoolExecutor
) -> None:
    ahead = list(read_files(files, BASIS, processes))
    assert [checked.file for checked in ahead] == [path.name for path in files]
    assert ahead == one_by_one(files)


def test_of_many_files_only_so_many_are_read_ahead(files: list[Path]) -> None:
    executor = Counting()
    many = read_files(files * 50, BASIS, executor)
    next(many)
    assert 1 < executor.handed_over <= 2 * (os.cpu_count() or 1) + 1


def test_large_files_are_handed_over_by_themselves(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.xlsx" for number in range(3)]
    for path in paths:
        path.write_bytes(bytes(2**22))
    executor = Counting()
    assert [len(checked.data) for checked in read_files(paths, BASIS, executor)] == [2**22] * 3
    assert executor.handed_over == 3


def test_when_workers_are_killed_the_rest_is_read_here(
    files: list[Path], processes: ProcessPoolExecutor
) -> None:
    reading = read_files(files, BASIS, processes)
    first = next(reading)
    for process in list(processes._processes.values()):
        process.kill()
    assert [first, *reading] == one_by_one(files)


def test_an_executor_that_takes_nothing_is_done_without(files: list[Path]) -> None:
    context = worker_context(())
    with ProcessPoolExecutor(1, context, os._exit, (1,)) as broken:
        assert list(read_files(files, BASIS, broken)) == one_by_one(files)
    assert list(read_files(files, BASIS, broken)) == one_by_one(files)  # it is shut down


def test_a_file_read_by_itself_and_then_compared_is_as_checked_at_once(files: list[Path]) -> None:
    for path, read in zip(files, read_files(files, BASIS), strict=True):
        at_once = check_file(path, PLAN, DATASETS, wanted=BASIS.wanted, received=BASIS.received)
        assert hold_against(read, BASIS, None) == at_once
