"""What can go wrong, said as what, where and how to fix it.

``Problem`` is one thing wrong in files that maintainers or analysts write; ``ProblemsFound``
carries all of them at once, ``PagesRefused`` those of pages that others can do without.
``Finding`` is one thing wrong in a department's submission: it is data, saved and published, not
an exception. Scripts print an error's text without a traceback and leave with `exit_code`.
"""

from __future__ import annotations

import errno
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from planbook.vocabulary import Severity

T = TypeVar("T")
U = TypeVar("U")


class PlanbookError(Exception):
    """Base of all errors meant for the person at the keyboard; the text is complete and Chinese."""

    exit_code = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as it is: what it was made of, its text does not tell."""
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[PlanbookError], args: tuple[object, ...]) -> PlanbookError:
    return kind.__new__(kind, *args)


class UsageError(PlanbookError):
    """The command names something that does not exist; the text lists what does."""

    exit_code = 2


_SYSTEM_WORDS = {  # by errno's name, so that no system's numbers stand here
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "ENOENT": "文件或文件夹不存在",
    "ENOTDIR": "路径中有一段不是文件夹",
    "EISDIR": "是文件夹，不是文件",
    "EEXIST": "已有同名的文件或文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "ENOSPC": "磁盘空间不足",
    "EDQUOT": "磁盘配额已用完",
    "EROFS": "磁盘或文件夹是只读的",
    "EIO": "磁盘读写出错",
    "ENAMETOOLONG": "文件名过长",
    "EBUSY": "文件正被其他程序使用",
    "ETXTBSY": "文件正被其他程序使用",
    "EAGAIN": "文件正被其他程序使用",
    "EINVAL": "文件名或位置无效",
    "ENXIO": "不是可读取的文件",
    "ENODEV": "不是可读取的文件",
    "ELOOP": "链接互相指向，找不到文件",
    "EFBIG": "文件过大",
    "EMFILE": "打开的文件过多",
    "ENFILE": "打开的文件过多",
    "ESTALE": "网络文件夹已断开",
    "ETIMEDOUT": "连接超时",
    "EHOSTDOWN": "网络文件夹无法连接",
    "ENOTCONN": "网络文件夹已断开",
    "EXDEV": "不在同一磁盘上",
}


class UnfitFile(OSError):
    """A file that is not read though the system would give it; its text says why, in Chinese."""


def megabytes(size: int) -> str:
    """Return a size, rounded up: what is above a limit is never printed as the limit."""
    return f"{math.ceil(size * 10 / 2**20) / 10:.1f} MB"


def system_words(error: OSError) -> str:
    """Return what the operating system refused, in Chinese, without the file's name."""
    if isinstance(error, UnfitFile):
        return str(error)
    if getattr(error, "winerror", None) in (32, 33):  # sharing and lock violations
        return "文件正被其他程序使用"
    name = errno.errorcode.get(error.errno or 0, "")
    return _SYSTEM_WORDS.get(name, f"系统错误 {name or type(error).__name__}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input file: what, where (file and key path) and how to fix it."""

    what: str
    where: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what}\n  位置：{self.where}\n  处理：{self.fix}"


class ProblemsFound(PlanbookError):
    """All problems of a set of input files, raised once.

    Attributes
    ----------
    problems
        At least one, in the order of the files.
    """

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        self.subject = subject
        self.problems = tuple(problems)
        listed = "\n".join(f"{n}. {problem}" for n, problem in enumerate(self.problems, start=1))
        super().__init__(f"{subject}有{len(self.problems)}处问题：\n{listed}")


class PagesRefused(ProblemsFound):
    """Pages that cannot be printed or compiled; nothing else is wrong with the book.

    Attributes
    ----------
    pages
        The problems of each, by the file that it is made of.
    """

    def __init__(self, subject: str, pages: Mapping[Path, Sequence[Problem]]) -> None:
        self.pages = pages
        super().__init__(subject, dict.fromkeys(chain.from_iterable(pages.values())))


class Gathering:
    """Reads several files before saying what is wrong in any, so that all is said at once."""

    def __init__(self) -> None:
        self._found: list[ProblemsFound] = []

    def add(self, subject: str, problems: Iterable[Problem]) -> None:
        """Take in problems that were not raised."""
        problems = tuple(problems)
        if problems:
            self._found.append(ProblemsFound(subject, problems))

    def read(self, reader: Callable[[], T], otherwise: U) -> T | U:
        """Return what `reader` returns, or `otherwise` where it raises `ProblemsFound`."""
        try:
            return reader()
        except ProblemsFound as found:
            self._found.append(found)
            return otherwise

    def everything(self) -> ProblemsFound:
        """Return all that is wrong as one error."""
        subjects = dict.fromkeys(found.subject for found in self._found)
        problems = dict.fromkeys(problem for found in self._found for problem in found.problems)
        return ProblemsFound("、".join(subjects), problems)

    def finish(self) -> None:
        """Raise what is wrong, if anything is."""
        if self._found:
            raise self.everything()


class NotAssessable(PlanbookError):
    """A quantity was asked for that is not defined for these values."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a submission, told to the department and published on 数据质量.

    Empty strings stand for "does not apply" (a file that cannot be opened has no cell).
    """

    rule: str
    severity: Severity
    message: str
    edition: str = ""
    submitting_unit: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    indicator_id: str = ""
    observed: str = ""
    expected: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        place = [
            self.file,
            f"工作表「{self.sheet}」{self.cell}" if self.sheet else "",
            self.indicator_id,
        ]
        where = "，".join(part for part in place if part)
        return f"{self.message}\n  位置：{where}\n  处理：{self.remedy}"
