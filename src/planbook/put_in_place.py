"""Put files and folders in place whole, whatever lies there: an older one, or something foreign.

An interrupted write leaves the old or the new. What is derived needs no more; what is not is
written by `put`, which waits for the disk.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planbook.errors import Problem, ProblemsFound

UNFINISHED = ".part"  # how files end that `put` has not put in place yet


def put_in_place(made: Path, place: Path) -> None:
    """Move a file or folder, made on the same disk, to where `place` is; what was there is deleted.

    At every moment `place` holds the old or the new, whole: a file everywhere, a folder where the
    system can exchange two names in one step (Linux). Elsewhere there is an instant between two
    renames: a failure in it puts the old folder back, and after a kill `mend` does.

    Raises
    ------
    ProblemsFound
        If a program holds the old folder open (Windows); it is left as it was.
    """
    make_folder(place.parent)
    if not (_is_folder(place) or (made.is_dir() and os.path.lexists(place))):
        made.replace(place)
        return
    if not _exchange(made, place):
        _move_over(made, place)
    with suppress(OSError):  # Windows: a file of the old folder is still open
        clear(made)
        clear(_aside(place))


@contextmanager
def made_aside(scratch: Path, place: Path) -> Iterator[Path]:
    """Give a new folder below `scratch`, on the same disk; put it in place if nothing goes wrong.

    It may be read by whom the system lets read any folder made here: what `tempfile` makes is its
    owner's alone, and stays so where it is moved to.
    """
    make_folder(scratch)
    own = Path(tempfile.mkdtemp(dir=scratch, prefix="aside-"))
    try:
        made = own / "made"
        made.mkdir()
        yield made
        put_in_place(made, place)
    finally:
        with suppress(OSError):  # Windows: a file of it is still open
            clear(own)


def mend(place: Path) -> None:
    """Put the old folder back where `put_in_place` was killed between its two renames.

    Killed after them, it left the old folder aside: that is deleted.
    """
    if needs_mending(place):
        _aside(place).replace(place)
    elif _aside(place).is_dir():
        with suppress(OSError):  # Windows: a file of the old folder is still open
            clear(_aside(place))


def needs_mending(place: Path) -> bool:
    """Tell whether only the old folder is there, under another name."""
    return _aside(place).is_dir() and not place.exists()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step; others may be writing it too."""
    make_folder(path.parent)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    clear(made)
    try:
        made.write_bytes(content)
        put_in_place(made, path)
    except OSError:  # a full disk
        with suppress(OSError):
            clear(made)
        raise


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file, as `write_whole`, if what lies there is another; say whether it was."""
    if path.is_file() and path.read_bytes() == content:
        return False
    write_whole(path, content)
    return True


def put(path: Path, data: bytes) -> None:
    """Write a file so that under its name there is, at any moment, the old content or the new.

    It survives a power cut, for what cannot be made again.
    """
    aside = _unfinished(path)
    try:
        _write_down(aside, data)
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def put_new(path: Path, data: bytes) -> bool:
    """Write a file, whole, where nothing lies under its name; say whether that was so.

    What lies there is left as it is, a link that leads nowhere too, and so is what comes while
    this is on its way.
    """
    path.parent.mkdir(parents=True, exist_ok=True)  # of what lies above nothing is deleted either
    aside = _unfinished(path)
    try:
        _write_down(aside, data)
        is_new = _named_too(aside, path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return is_new


def _named_too(made: Path, path: Path) -> bool:
    """Give a file a name, unless something has it."""
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links
        if os.path.lexists(path):
            return False
        made.replace(path)
    return True


def _unfinished(path: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]  # the name may be long already
    return path.with_name(f".{digest}.{os.getpid()}{UNFINISHED}")


def _write_down(path: Path, data: bytes) -> None:
    """Write a file and wait for the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut, where the system lets folders be synced."""
    with suppress(OSError):  # Windows opens no folders; its file systems journal names
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear(path: Path) -> None:
    """Delete a file, a link or a folder with all in it; nothing there is fine too."""
    if _is_folder(path):
        shutil.rmtree(path)
    else:
        with suppress(NotADirectoryError):  # a file in place of the folder above it
            path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder and those above it; a file or a broken link in place of one is deleted."""
    if path.is_dir():
        return
    make_folder(path.parent)
    try:
        path.mkdir(exist_ok=True)
    except FileExistsError:
        path.unlink(missing_ok=True)
        path.mkdir(exist_ok=True)


def empty_folder(path: Path) -> None:
    """Make an empty folder, whatever was there."""
    clear(path)
    make_folder(path)


def _move_over(made: Path, place: Path) -> None:
    """Move what is there aside, and `made` to its place."""
    old = _aside(place)
    clear(old)
    try:
        place.replace(old)
    except PermissionError as error:  # Windows: somebody has it open
        fix = "关闭正在使用该文件夹的程序（浏览器、资源管理器、命令行窗口）后重试。原有的内容未改动"
        problem = Problem("文件夹正被占用", place.as_posix(), fix)
        raise ProblemsFound("替换文件夹", [problem]) from error
    try:
        made.replace(place)
    except BaseException:
        old.replace(place)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; say whether this system could."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2: Callable[..., int] | None = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    at_cwd, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE in linux/fs.h
    return renameat2(at_cwd, bytes(one), at_cwd, bytes(other), exchange) == 0


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
