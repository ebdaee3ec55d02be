"""Keep two builds of one checkout from writing into each other's folders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from planbook.errors import Problem, ProblemsFound
from planbook.put_in_place import clear, make_folder


@contextmanager
def only_build(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, or raise `ProblemsFound` where another build holds it.

    The system frees the lock when its process ends, however it ends, so a file that was left
    behind blocks nobody.
    """
    make_folder(path.parent)
    if path.is_dir() or path.is_symlink():
        clear(path)
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        fix = "等它结束后再试；要同时生成另一期，请把项目文件夹另存一份，在副本中运行"
        raise ProblemsFound(
            "生成", [Problem("另一个生成或发布正在进行，两者会互相覆盖", path.as_posix(), fix)]
        ) from error
    try:
        yield
    finally:
        lock.release()
