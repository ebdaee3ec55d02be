"""Compile the book with Jupyter Book's own configuration, in a folder aside.

Warnings are errors. Sphinx reads again only sources that changed (its environment is kept), and
writes only pages that a change can show on (`kept_pages`), as a build from nothing would.
"""

from __future__ import annotations

import gc
import io
import json
import multiprocessing
import os
import re
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import MadeOf, seal_folder, sealed_folder
from planbook.produce.notebooks.cell_names import page_cell_name
from planbook.produce.site.kept_pages import KeptPages, PageBuilder, name_pictures
from planbook.produce.site.sources_read import (
    configured,
    lies_in_book,
    plain,
    shown_elsewhere,
    site_code,
    sources_now,
)
from planbook.produce.site.warming import same_logging
from planbook.put_in_place import clear, empty_folder, make_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_PLACE = re.compile(
    r"^(?P<file>.*?\.(?:md|ipynb|yml))(?::(?P<line>\d+))?: (?:WARNING|ERROR): (?P<what>.*)$"
)
_REMEDY = "改正后重新生成；已有的书未改动"
LINES_A_CELL = 10_000  # MyST-NB counts the lines of a notebook's cell n from here, n times

_WORTH_A_PROCESS = 16  # pages
_IDLE_WHILE_READING = {  # and do not say that they are
    "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering",
}


@dataclass(frozen=True)
class Compiled:
    """What compiling did.

    Attributes
    ----------
    pages
        How many pages the book has.
    read, written
        The pages whose sources were read, and those that were written; all others are as the last
        build left them.
    elsewhere
        Files and folders that do not lie in ``book`` and that pages show or are made with.
    """

    pages: int
    read: tuple[str, ...]
    written: tuple[str, ...]
    elsewhere: tuple[Path, ...]


def compile_html(root: Path, made: Path, kept: Path, jobs: int | None = None) -> Compiled:
    """Build the HTML of the book at `root` into the empty folder `made`.

    Equal to ``jupyter-book build ROOT -W -n --keep-going`` but for the folders. In `kept` lie what
    Sphinx has read and the pages that it wrote; what does not fit is read and written again, by
    `jobs` processes (default: as many as there are processors) where this one may fork.

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
    code = site_code(root)
    folder = _of_code(kept, code)
    doctrees, known = _environment(folder / "doctrees", code)
    templates, _ = _environment(folder / "templates", code)
    sources = sources_now(root, known)
    both = sources.keys() | known.keys()
    work = _Work({path for path in both if known.get(path) != sources.get(path)})
    pages = KeptPages.open(folder / "pages", code)
    failed, aborted = "", False
    try:
        with same_logging(), _quiet_fork(), patch_docutils(str(root)), docutils_namespace():
            with _undisturbed():
                app = Sphinx(
                    srcdir=root,
                    confdir=None,
                    outdir=made,
                    doctreedir=doctrees,
                    buildername="html",
                    # A theme adds to the default, which all builds of a process would share.
                    confoverrides={**config, "templates_path": []},
                    status=None,
                    warning=said,
                    warningiserror=True,
                    keep_going=True,
                )
            app.parallel = _processes(app, jobs)
            _keep_templates(app, templates)
            work.connect(app, pages)
            app.build()
            failed = f"Sphinx 退出码 {app.statuscode}" if app.statuscode else ""
    except SphinxError as error:
        failed, aborted = str(error), True
    problems = _problems(said.getvalue(), root)
    if failed and (not problems or aborted):
        problems.append(_problem(failed, root))
    # What Sphinx has read is whole, even where a page was wrong; that one is to be told again.
    right = {path: sha for path, sha in known.items() if path not in work.sources_read}
    shown = right if problems else sources | shown_elsewhere(app, sources)
    seal_folder(doctrees, MadeOf("", code), about=shown)
    seal_folder(templates, MadeOf("", code))
    if problems:
        raise ProblemsFound("编译网页", problems)
    written = work.keep(app, pages)
    elsewhere = (root / path for path in shown if not lies_in_book(path))
    return Compiled(
        len(app.env.all_docs),
        tuple(work.read),
        tuple(sorted(written)),
        (*elsewhere, *configured(app)),
    )


@dataclass
class _Work:
    """What Sphinx is told of the last build, and what it does in this one."""

    changed: Set[str]  # sources
    read: list[str] = field(default_factory=list)
    sources_read: set[str] = field(default_factory=set)

    def connect(self, app: Sphinx, pages: KeptPages) -> None:
        """Have Sphinx read only what changed and, where the builder can, write only that."""
        app.connect("env-get-outdated", lambda _app, env, *_: _shows_any(env, self.changed))
        app.connect("env-before-read-docs", lambda _app, env, docnames: self._note(env, docnames))
        app.connect("env-updated", lambda _app, env: name_pictures(env))
        texts = getattr(app, "planbook_texts", None)
        if texts is None:
            return  # Sphinx' own search index is made while pages are written: of all, or of none
        texts.before = pages.texts
        if _is_told_what_to_write(builder := app.builder):
            builder.told_what_to_write = True
            # After all numbers are given, which pages of other pages show.
            app.connect("env-get-updated", lambda app, env: _chosen(app, pages), priority=999)

    def keep(self, app: Sphinx, pages: KeptPages) -> Iterable[str]:
        """Keep the pages for the next build; return which of them were written in this one."""
        texts = getattr(app, "planbook_texts", None)
        if texts is None or not _is_told_what_to_write(builder := app.builder):
            return app.env.all_docs
        pages.texts = texts.now
        pages.keep(builder)
        return builder.written

    def _note(self, env: BuildEnvironment, docnames: Iterable[str]) -> None:
        self.read = sorted(docnames)
        self.sources_read = {plain(env.doc2path(docname, base=False)) for docname in docnames}


def _processes(app: Sphinx, jobs: int | None) -> int:
    """Return how many processes Sphinx may use: it forks, which a thread or a daemon forbids."""
    for name in _IDLE_WHILE_READING & app.extensions.keys():
        app.extensions[name].parallel_read_safe = True
    safe = all(
        ext.parallel_read_safe and ext.parallel_write_safe for ext in app.extensions.values()
    )
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    forks = sys.platform == "linux" and hasattr(os, "fork")
    return (jobs or os.cpu_count() or 1) if safe and alone and forks else 1


@contextmanager
def _quiet_fork() -> Iterator[None]:
    """Keep Python from warning of threads that a library for numbers keeps, ready to be forked."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*multi-threaded, use of fork", DeprecationWarning)
        yield


def _chosen(app: Sphinx, pages: KeptPages) -> list[str]:
    """Return the pages to write, and choose as many processes as pay for them."""
    chosen = pages.choose(app, app.env)
    if len(chosen) < _WORTH_A_PROCESS:
        app.parallel = 1
    elif app.parallel > 1:
        app.parallel += 1  # Sphinx leaves one to itself, which is soon done
    return chosen


def _is_told_what_to_write(builder: Any) -> TypeGuard[PageBuilder]:
    # Sphinx's own search reads every page as it is written.
    return hasattr(builder, "told_what_to_write") and not builder.search


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no other thread run in the middle of something: bars, or what waits for processes.

    An extension looks at all objects that the collector knows, for one of those made here; a tuple
    that another thread is still making is an error of Python's in that thread when it goes on.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(10.0)  # seconds, far more than the look takes
    gc.freeze()  # what was there before is not looked at
    try:
        yield
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)


def _of_code(kept: Path, code: str) -> Path:
    """Return the folder for what this code makes; that of other code is deleted."""
    folder = kept / code[:16]
    make_folder(folder)
    for other in kept.iterdir():
        if other != folder:
            clear(other)
    return folder


def _environment(folder: Path, code: str) -> tuple[Path, Mapping[str, str]]:
    """Return a folder for what Sphinx keeps, and the sources it was read from.

    It is emptied unless it is as the last build left it: Sphinx would believe what it finds there.
    """
    record = sealed_folder(folder, MadeOf("", code))
    if record is None:
        empty_folder(folder)
        return folder, {}
    return folder, record.told(dict[str, str]) or {}


def _keep_templates(app: Sphinx, folder: Path) -> None:
    """Let Jinja keep its compiled templates, half a second's work of every build."""
    from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 - as Sphinx itself

    app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _shows_any(env: BuildEnvironment, changed: Set[str]) -> list[str]:
    """Return the pages that are, or were read together with, any of the `changed` sources.

    Sphinx compares only times. A file copied or unpacked may be newer in content and older in
    time, and where a clock was set back all that is written from then on is.
    """
    return [
        docname
        for docname in env.found_docs
        for own in [env.doc2path(docname, base=False)]
        if any(plain(path) in changed for path in (own, *env.dependencies.get(docname, ())))
    ]


def _problems(said: str, root: Path) -> list[Problem]:
    """Return Sphinx's messages; a message may run over several lines."""
    messages: list[str] = []
    for line in _without_colour(said).replace(f"{root}{os.sep}", "").splitlines():
        if _PLACE.match(line) or re.match(r"(?:WARNING|ERROR|CRITICAL): ", line) or not messages:
            messages.append(line)
        else:
            messages[-1] += f"\n  {line}"
    return [_problem(message, root) for message in messages if message.strip()]


def _problem(message: str, root: Path) -> Problem:
    match = _PLACE.match(message)
    if match is None:
        return Problem(message, "_config.yml、_toc.yml 或主题", _REMEDY)
    what = match["what"] + message[match.end() :]
    return Problem(what, _place(match["file"], match["line"], root), _REMEDY)


def _place(file: str, line: str | None, root: Path) -> str:
    """Return a place in a page of the book; of a notebook, the cell that its author knows.

    MyST-NB counts the lines of the first cell from 10,000, of the second from 20,000, and so on.
    """
    written = f"{file}:{line}" if line else file
    if not file.endswith(".ipynb"):
        return written
    try:
        page = json.loads((root / file).read_bytes())
    except (OSError, ValueError):
        return written
    return page_cell_name(page, int(line or 0) // LINES_A_CELL - 1, file)


def _without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
