"""Compile the book with Jupyter Book's own configuration, aside, and put it in place in one step.

What readers have open stays until the new book is complete: a build that fails or is interrupted
leaves ``_build/html`` as it was. Warnings are errors. Sphinx reads again only sources that changed
(its environment is kept), but every page is written anew, so no page can be left over from another
edition.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import is_whole, seal_folder
from planbook.produce.digest import digest_of_code, digest_of_files
from planbook.put_in_place import clear, make_folder

_SOURCES = "sources.json"
_PLACE = re.compile(r"^(?P<place>.*?\.(?:md|ipynb|yml)(?::\d+)?): (?:WARNING|ERROR): (?P<what>.*)$")


def compile_html(root: Path, made: Path, doctrees: Path) -> int:
    """Build the HTML of the book at `root` into the empty folder `made`.

    Equal to ``jupyter-book build ROOT -W -n --keep-going`` but for the folders.

    Parameters
    ----------
    doctrees
        Where Sphinx keeps what it has read; anything that does not fit is read again.

    Returns
    -------
    int
        The number of pages.

    Raises
    ------
    ProblemsFound
        Sphinx's warnings and errors, all of them, each with file and line.
    """
    # Imported here: a second of imports that only this step needs.
    from jupyter_book.config import get_final_config  # noqa: PLC0415
    from sphinx.application import Sphinx  # noqa: PLC0415
    from sphinx.errors import SphinxError  # noqa: PLC0415
    from sphinx.util.docutils import docutils_namespace, patch_docutils  # noqa: PLC0415

    config, _ = get_final_config(
        user_yaml=root / "_config.yml",
        sourcedir=root,
        cli_config={
            "external_toc_path": (root / "_toc.yml").as_posix(),
            "latex_individualpages": False,
            "nitpicky": True,
        },
        raise_on_invalid=True,
    )
    said = io.StringIO()
    kept = _environment(doctrees)
    _touch_changed(root, kept)
    try:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                srcdir=root,
                confdir=None,
                outdir=made,
                doctreedir=kept,
                buildername="html",
                confoverrides=config,
                status=None,
                warning=said,
                warningiserror=True,
                keep_going=True,
            )
            app.build(force_all=True)
    except SphinxError as error:
        raise ProblemsFound(
            "编译网页",
            [*_problems(said.getvalue().replace(f"{root}{os.sep}", "")), _problem(str(error))],
        ) from error
    finally:
        seal_folder(kept, digest_of_code())  # whole, even where a page was wrong
    problems = _problems(said.getvalue().replace(f"{root}{os.sep}", ""))
    if problems or app.statuscode:
        raise ProblemsFound("编译网页", problems or [_problem(f"Sphinx 退出码 {app.statuscode}")])
    _remember_sources(root, kept)
    seal_folder(kept, digest_of_code())
    return len(app.env.all_docs)


def put_back(place: Path, aside: Path) -> None:
    """Put the old book back where an earlier `swap_in` was killed between its two renames."""
    if aside.is_dir() and not place.exists():
        aside.rename(place)


def swap_in(made: Path, place: Path, aside: Path) -> None:
    """Put the folder `made` where `place` is; what was there goes to `aside` and is deleted.

    At every moment `place` holds the old book or the new one, whole, where the system can exchange
    two names in one step (Linux). Elsewhere there is an instant between two renames: a failure in
    it puts the old book back, and after a kill `put_back` does.
    """
    clear(aside)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        made.rename(place)
        return
    if _exchange(made, place):
        made.rename(aside)
    else:
        _move_over(made, place, aside)
    with contextlib.suppress(OSError):  # Windows: a file of the old book is still open
        clear(aside)


def _move_over(made: Path, place: Path, aside: Path) -> None:
    try:
        place.rename(aside)
    except PermissionError as error:  # Windows: somebody has the book open
        where = place.as_posix()
        fix = "关闭正在使用该文件夹的程序（浏览器、资源管理器、命令行窗口）后重试。原有的书未改动"
        raise ProblemsFound("替换网页", [Problem("文件夹正被占用", where, fix)]) from error
    try:
        made.rename(place)
    except BaseException:
        aside.rename(place)
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


def _environment(doctrees: Path) -> Path:
    """Return the folder for what Sphinx has read with this code; that of other code is deleted.

    It is emptied unless it is as the last build left it: Sphinx would believe what it finds there.
    """
    code = digest_of_code()
    kept = doctrees / code[:16]
    is_sound = is_whole(kept, code)
    make_folder(doctrees)
    for other in doctrees.iterdir():
        if other != kept or not is_sound:
            clear(other)
    make_folder(kept)
    return kept


def _touch_changed(root: Path, kept: Path) -> None:
    """Give every source that differs from what was last built a new time of change.

    Sphinx compares only times, and a file copied or unpacked may be newer in content and older in
    time.
    """
    try:
        known = json.loads((kept / _SOURCES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    for path, sha in _sources(root).items():
        if known.get(path) != sha:
            (root / path).touch()


def _remember_sources(root: Path, kept: Path) -> None:
    text = json.dumps(_sources(root), indent=1)
    (kept / _SOURCES).write_text(text, encoding="utf-8", newline="\n")


def _sources(root: Path) -> dict[str, str]:
    found = digest_of_files(root / "book")
    return {f"book/{path}": sha for path, sha in found.items()}


def _problems(said: str) -> list[Problem]:
    """Return Sphinx's messages; a message may run over several lines."""
    messages: list[str] = []
    for line in _without_colour(said).splitlines():
        if _PLACE.match(line) or re.match(r"(?:WARNING|ERROR|CRITICAL): ", line) or not messages:
            messages.append(line)
        else:
            messages[-1] += f"\n  {line}"
    return [_problem(message) for message in messages if message.strip()]


def _problem(message: str) -> Problem:
    match = _PLACE.match(message)
    place = match["place"] if match else "_config.yml、_toc.yml 或主题"
    what = match["what"] + message[match.end() :] if match else message
    return Problem(what, place, "改正后重新生成；已有的书未改动")


def _without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
