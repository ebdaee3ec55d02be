"""What a site lies in, and what is to be written there: a folder and a remote place look alike.

`Change` says what an act wants; a `Place` makes it so, in the way that is safe there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from planbook.errors import Problem, ProblemsFound, system_words
from planbook.periods import Edition

MARK, LISTING, SWITCHER = "site.json", "editions.json", "editions.js"


@dataclass(frozen=True)
class NewBook:
    """An edition to be added: its sealed book and its archive, both checked."""

    edition: Edition
    book: Path
    archive: Path


@dataclass(frozen=True)
class Change:
    """What is to lie at a place.

    Attributes
    ----------
    before
        ``editions.json`` as the act found it; None where there was none.
    generated
        Content by path, in the order in which a remote place has it: last what readers' pages ask.
    purged
        Editions of which nothing is to lie there but what is generated.
    """

    before: bytes | None
    generated: Mapping[str, bytes]
    new: NewBook | None = None
    purged: tuple[Edition, ...] = ()


class Place(Protocol):
    """A folder, or a remote place, that holds one site."""

    @property
    def where(self) -> str:
        """What people call it."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other acts of this kind from this place, as far as the place allows."""

    def read(self, path: str) -> bytes | None:
        """Return a file's content; None where there is no such file."""

    def sizes(self, below: str = "") -> dict[str, int]:
        """Return the size of every file below a folder, by path below it."""

    def sha256(self, path: str) -> str:
        """Return the sha256 of a file, read piece by piece; empty where there is none."""

    def write(self, change: Change) -> None:
        """Make it so: readers see what was there, or all of what is wanted."""

    def put_file(self, path: str, content: bytes) -> None:
        """Have a file of this content, in one step."""

    def put_book(self, name: str, files: Mapping[str, Path], seal: bytes) -> None:
        """Have one folder hold these files by path, and ``made_of.json`` that proves them."""


def is_url(to: str) -> bool:
    """Tell whether a place is written as a URL, and not as a path: ``C:\\site`` is a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", to) is not None


def readers_archive(edition: Edition) -> str:
    """Return where an edition's archive lies in a site."""
    return f"archive/{edition}.tar.gz"


@contextmanager
def telling(where: str) -> Iterator[None]:
    """Say in Chinese what the system or the remote place refused, and that nothing is half done."""
    try:
        yield
    except OSError as error:
        named = f"（{error.filename}）" if error.filename else ""
        fix = "解决后再运行一次同样的命令；读者看到的仍是原来的内容，没有写到一半的书"
        problem = Problem(f"没有完成：{system_words(error)}{named}", where, fix)
        raise ProblemsFound("发布", [problem]) from error
    except ImportError as error:
        fix = "在本项目的环境中用 pip 安装括号中所说的组件（s3:// 用 s3fs，sftp:// 用 paramiko）"
        problem = Problem(f"缺少访问这种位置的组件（{error}）", where, fix)
        raise ProblemsFound("发布", [problem]) from error
    except Exception as error:
        library = type(error).__module__.partition(".")[0]
        if "://" not in where or library in ("builtins", "planbook"):
            raise
        fix = "核对地址、账号和权限（按该组件的说明设置），再运行一次同样的命令"
        problem = Problem(f"没有完成，{library} 报错：{error}", where, fix)
        raise ProblemsFound("发布", [problem]) from error


def changed_meanwhile(where: str) -> ProblemsFound:
    """Say that somebody else wrote there since the site was opened."""
    fix = "另有人在发布。确认对方已结束，再运行一次同样的命令"
    return ProblemsFound("发布", [Problem("站点在此期间已被改动，没有覆盖", where, fix)])
