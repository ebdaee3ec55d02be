"""Read many workbooks on an executor, ahead of whoever takes them one after another.

Files → each checked by itself, in their order. Only so many are read ahead that memory does not
grow with the number of files. Whatever an executor fails in is done here, file by file, as without
one: a worker that was killed loses nothing.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache
from pathlib import Path

from planbook.collect.inbox.checking import Basis, Checked, read_file

_MOST_FILES = 16  # of a batch: to hand over each by itself takes longer than to read it
_MOST_BYTES = 2**22  # of a batch, but for the file that exceeds it
_BATCHES_A_CORE = 2  # handed over and not taken: each worker has its next


def read_files(
    files: Iterable[Path], basis: Basis, executor: Executor | None = None
) -> Iterator[Checked]:
    """Yield each file checked by itself, in the order given.

    Parameters
    ----------
    executor
        Any whose workers see the same files; ``None`` reads each file when it is asked for.
    """
    if executor is None:
        yield from (read_file(path, basis) for path in files)
        return
    packed, ahead = pickle.dumps(basis), _BATCHES_A_CORE * (os.cpu_count() or 1)
    waiting: deque[tuple[Sequence[Path], Future[list[Checked]] | None]] = deque()
    for batch in _batches(files):
        waiting.append((batch, _begun(batch, packed, executor)))
        if len(waiting) > ahead:
            yield from _taken(*waiting.popleft(), basis)
    while waiting:
        yield from _taken(*waiting.popleft(), basis)


def _batches(files: Iterable[Path]) -> Iterator[Sequence[Path]]:
    batch: list[Path] = []
    size = 0
    for path in files:
        batch.append(path)
        size += _size(path)
        if len(batch) == _MOST_FILES or size >= _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # whoever reads it says so
        return 0


def _begun(
    batch: Sequence[Path], packed: bytes, executor: Executor
) -> Future[list[Checked]] | None:
    try:
        return executor.submit(_read_batch, batch, packed)
    except RuntimeError:  # its workers were killed, or it was shut down
        return None


def _taken(
    batch: Sequence[Path], future: Future[list[Checked]] | None, basis: Basis
) -> Iterator[Checked]:
    try:
        done = future.result() if future is not None else None
    except Exception:  # noqa: BLE001  raised again here, at the file that it is about
        done = None
    if done is not None:
        yield from done
    else:
        yield from (read_file(path, basis) for path in batch)


def _read_batch(batch: Sequence[Path], packed: bytes) -> list[Checked]:
    basis = _unpacked(packed)
    return [read_file(path, basis) for path in batch]


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Basis:
    """Return the basis of a run, unpacked once in each worker."""
    basis: Basis = pickle.loads(packed)
    return basis
