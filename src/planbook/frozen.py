"""The frozen inputs and tables of published editions: an archive each, proved and unpacked once.

``data/<dataset>/frozen/<edition>.tar.gz`` ↔ files by path. Its sha256 stands in the register, so an
archive that is missing or was changed is never taken for what was published; nothing is computed in
its place. What goes into one, `planbook.run.freezing` decides.
"""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from planbook.errors import Problem, ProblemsFound
from planbook.frozen_formats import FORMAT, MEMBER, TooNew, as_today, written_by
from planbook.made_of import MadeOf, seal_folder, sealed_folder, sha256
from planbook.periods import Edition
from planbook.put_in_place import made_aside, make_folder
from planbook.workspace import Workspace

TABLES = "tables"  # folder of the saved tables within an archive
_RESTORE = "从版本库或备份恢复该文件；已发布的站点中如有存档，也可由其取回。不要重新生成"
_UNPACKED = "1"  # how archives are unpacked: another number unpacks them again


def frozen_path(workspace: Workspace, edition: Edition) -> Path:
    """Return where the frozen state of an edition lies."""
    return workspace.frozen / f"{edition}.tar.gz"


def unpacked(workspace: Workspace, edition: Edition) -> Path:
    """Return the folder with the frozen state of a published edition, unpacked if it is not yet.

    Raises
    ------
    ProblemsFound
        If the archive is missing, or is not the one that was published.
    KeyError
        If the edition was never published.
    """
    expected = workspace.editions.publishing(edition).frozen
    content = _proved(workspace, edition, expected)
    folder = workspace.build / "frozen" / workspace.dataset.name / str(edition)
    made_of = MadeOf(expected, f"{_UNPACKED}.{FORMAT}")
    if sealed_folder(folder, made_of) is None:
        with made_aside(workspace.scratch, folder) as aside:
            _unpack(workspace, edition, content, aside)
            seal_folder(aside, made_of)
    return folder


def _unpack(workspace: Workspace, edition: Edition, content: bytes, folder: Path) -> None:
    try:
        for name, data in as_today(dict(_files(content)), TABLES).items():
            make_folder((folder / name).parent)
            (folder / name).write_bytes(data)
    except TooNew as error:
        what = f"格式为 {error}，本程序只认得到 {FORMAT}"
        raise _refused(workspace, edition, what, _newer(content)) from error
    except (OSError, EOFError, ValueError, tarfile.TarError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the disk, not the archive
            raise
        raise _refused(workspace, edition, f"不是存档（{type(error).__name__}）") from error


def _proved(workspace: Workspace, edition: Edition, expected: str) -> bytes:
    try:
        content = frozen_path(workspace, edition).read_bytes()
    except FileNotFoundError:
        raise _refused(workspace, edition, "不见了") from None
    if sha256(content) != expected:
        raise _refused(workspace, edition, "与发布时不同（校验不符）")
    return content


def _newer(content: bytes) -> str:
    by = written_by(dict(_files(content))[MEMBER])
    return f"存档由较新的程序写入：装上 planbook {by or '较新的版本'}，或更新的版本"


def known_by(folder: Path) -> str:
    """Say which version of the program can read what is unpacked in a folder, to whoever cannot."""
    said = folder / MEMBER
    by = written_by(said.read_bytes()) if said.is_file() else ""
    return f"发布时的程序版本（planbook {by}）" if by else "发布时的程序版本"


def _refused(
    workspace: Workspace, edition: Edition, what: str, fix: str = _RESTORE
) -> ProblemsFound:
    where = frozen_path(workspace, edition).relative_to(workspace.root).as_posix()
    said = f"{edition} 发布时的存档{what}"
    return ProblemsFound("发布存档", [Problem(said, where, fix)])


def _files(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an archive; whatever would lie elsewhere, or is no file, is refused."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz", encoding="utf-8") as tar:
        for entry in tar:
            read = tar.extractfile(entry) if entry.isreg() else None
            if read is None or not _is_below(entry.name):
                raise ValueError(entry.name)
            yield entry.name, read.read()


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and not set(name) & {"\\", ":", "\0"}
