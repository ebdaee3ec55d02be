"""Compile the book with Jupyter Book's own configuration, in a folder aside.

Warnings are errors. Sphinx reads again only sources that changed (its environment is kept), and
writes only pages that a change can show on (`kept_pages`), as a build from nothing would.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
import threading
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from planbook.child_processes import WATCHING
from planbook.made_of import MadeOf, seal_folder, sealed_folder
from planbook.produce.not_made import stand_in
from planbook.produce.site.compile_messages import Message, messages, refusal
from planbook.produce.site.kept_pages import (
    KeptPages,
    PageBuilder,
    merge_links,
    name_pictures,
    note_links,
)
from planbook.produce.site.process_state import quiet_fork, same_logging, undisturbed
from planbook.produce.site.sources_read import (
    configured,
    lies_in_book,
    plain,
    shown_elsewhere,
    site_code,
    sources_now,
)
from planbook.put_in_place import clear, empty_folder, make_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

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


def compile_html(
    root: Path,
    made: Path,
    kept: Path,
    jobs: int | None = None,
    refused: Collection[Path] = (),
) -> Compiled:
    """Build the HTML of the book at `root` into the folder `made`, which is emptied.

    Equal to ``jupyter-book build ROOT -W -n --keep-going`` but for the folders. In `kept` lie what
    Sphinx has read and the pages that it wrote; what does not fit is read and written again, by
    `jobs` processes (default: as many as there are processors) where this one may fork.

    In the place of pages whose files are `refused` stands that they were not made; links to what
    they would have held are text. Of such a book no page is kept.

    Raises
    ------
    PagesRefused
        Sphinx's warnings and errors, all of them, each with file and line.
    ProblemsFound
        As well, if one is of no page, or of a page that is refused already.
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
    empty_folder(made)
    said = io.StringIO()
    code = site_code(root)
    folder = _of_code(kept, code)
    doctrees, known = _environment(folder / "doctrees", code)
    templates, _ = _environment(folder / "templates", code)
    sources = sources_now(root, known)
    both = sources.keys() | known.keys()
    replaced = {plain(os.path.relpath(path, root)) for path in refused}
    changed = {path for path in both if known.get(path) != sources.get(path)}
    work = _Work(changed | replaced, replaced)
    pages = KeptPages.open(folder / "pages", code)
    failed, aborted, app = "", False, None
    try:
        with same_logging(), quiet_fork(), patch_docutils(str(root)), docutils_namespace():
            with undisturbed():
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
    except Exception as error:
        if app is not None and app.parallel > 1:  # which page it was, only one process can tell
            return compile_html(root, made, kept, 1, refused)
        if not isinstance(error, SphinxError) and not work.at:
            raise
        failed, aborted = str(error), True
    told = [m for m in messages(said.getvalue(), root) if not (replaced and m.leads_nowhere)]
    if aborted or (failed and not told and not replaced):
        told.append(Message(failed, work.at))
    # What Sphinx has read is whole, even where a page was wrong; that one is to be told again.
    right = {path: sha for path, sha in known.items() if path not in work.sources_read}
    if told or app is None:
        seal_folder(doctrees, MadeOf("", code), about=right)
        seal_folder(templates, MadeOf("", code))
        raise refusal(told, app, root, replaced)
    shown = sources | shown_elsewhere(app, sources)
    own = {path: sha for path, sha in shown.items() if path not in replaced}
    seal_folder(doctrees, MadeOf("", code), about=own)
    seal_folder(templates, MadeOf("", code))
    written = work.written(app) if replaced else work.keep(app, pages)
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
    replaced: Set[str]  # sources in whose place stands that they were not made
    at: str = ""  # the source of the page that is being read
    read: list[str] = field(default_factory=list)
    sources_read: set[str] = field(default_factory=set)

    def connect(self, app: Sphinx, pages: KeptPages) -> None:
        """Have Sphinx read only what changed and, where the builder can, write only that."""
        app.connect("source-read", self._reads, priority=1)
        app.connect("env-get-outdated", lambda _app, env, *_: _shows_any(env, self.changed))
        app.connect("env-before-read-docs", self._note)
        app.connect("doctree-read", note_links)
        app.connect("env-merge-info", merge_links)
        app.connect("env-updated", lambda _app, env: self._has_read(env))
        texts = getattr(app, "planbook_texts", None)
        if texts is None:
            return  # Sphinx' own search index is made while pages are written: of all, or of none
        texts.before = pages.texts
        if _is_told_what_to_write(builder := app.builder):
            builder.told_what_to_write = True
            most = app.parallel
            # After all numbers are given, which pages of other pages show.
            app.connect("env-get-updated", lambda *_: _chosen(app, pages, most), priority=999)

    def written(self, app: Sphinx) -> Iterable[str]:
        """Return the pages that were written in this build."""
        builder = app.builder
        return builder.written if _is_told_what_to_write(builder) else app.env.all_docs

    def keep(self, app: Sphinx, pages: KeptPages) -> Iterable[str]:
        """Keep the pages for the next build; return which of them were written in this one."""
        texts = getattr(app, "planbook_texts", None)
        if texts is not None and _is_told_what_to_write(builder := app.builder):
            pages.texts = texts.now
            pages.keep(builder)
        return self.written(app)

    def _reads(self, app: Sphinx, docname: str, source: list[str]) -> None:
        self.at = plain(app.env.doc2path(docname, base=False))
        if self.at in self.replaced:
            source[0] = stand_in(self.at, source[0])

    def _has_read(self, env: BuildEnvironment) -> None:
        self.at = ""
        name_pictures(env)

    def _note(self, app: Sphinx, env: BuildEnvironment, docnames: Collection[str]) -> None:
        if len(docnames) < _WORTH_A_PROCESS:  # each takes over all that Sphinx knows
            app.parallel = 1
        self.read = sorted(docnames)
        self.sources_read = {plain(env.doc2path(docname, base=False)) for docname in docnames}


def _processes(app: Sphinx, jobs: int | None) -> int:
    """Return how many processes Sphinx may use: it forks, which a thread or a daemon forbids.

    A thread that only waits for the end of the caller holds nothing that a fork could miss.
    """
    for name in _IDLE_WHILE_READING & app.extensions.keys():
        app.extensions[name].parallel_read_safe = True
    safe = all(
        ext.parallel_read_safe and ext.parallel_write_safe for ext in app.extensions.values()
    )
    watching = sum(each.name == WATCHING for each in threading.enumerate())
    daemon = multiprocessing.current_process().daemon
    alone = threading.active_count() - watching == 1 and not daemon
    forks = sys.platform == "linux" and hasattr(os, "fork")
    return (jobs or os.cpu_count() or 1) if safe and alone and forks else 1


def _chosen(app: Sphinx, pages: KeptPages, most: int) -> list[str]:
    """Return the pages to write, and choose as many processes as pay for them."""
    chosen = pages.choose(app, app.env)
    several = most + 1 if most > 1 else 1  # Sphinx leaves one to itself, which is soon done
    app.parallel = several if len(chosen) >= _WORTH_A_PROCESS else 1
    return chosen


def _is_told_what_to_write(builder: Any) -> TypeGuard[PageBuilder]:
    # Sphinx's own search reads every page as it is written.
    return hasattr(builder, "told_what_to_write") and not builder.search


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
