"""Compile the book with Jupyter Book's own configuration, in a folder aside.

Warnings are errors. Sphinx reads again only sources that changed
(its environment is kept), but every page is written anew, so no page can be left over from another
edition.
"""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import MadeOf, code_of, digests_of, seal_folder, sealed_folder
from planbook.put_in_place import clear, make_folder

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_PLACE = re.compile(r"^(?P<place>.*?\.(?:md|ipynb|yml)(?::\d+)?): (?:WARNING|ERROR): (?P<what>.*)$")


def compile_html(root: Path, made: Path, doctrees: Path) -> int:
    """Build the HTML of the book at `root` into the empty folder `made`.

    Equal to ``jupyter-book build ROOT -W -n --keep-going`` but for the folders; returned is the
    number of pages. Sphinx keeps in `doctrees` what it has read, and reads again what does not fit.

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
    kept, known = _environment(doctrees)
    sources = digests_of(root / "book")
    changed = {f"book/{path}" for path, sha in sources.items() if known.get(path) != sha}
    failed, pages = "", 0
    try:
        with _same_logging(), patch_docutils(), docutils_namespace():
            app = Sphinx(
                srcdir=root,
                confdir=None,
                outdir=made,
                doctreedir=kept,
                buildername="html",
                # A theme adds to the default, which all builds of a process would share.
                confoverrides={**config, "templates_path": []},
                status=None,
                warning=said,
                warningiserror=True,
                keep_going=True,
            )
            app.connect("env-get-outdated", lambda _app, env, *_: _shows_any(env, changed))
            app.build(force_all=True)
            pages = len(app.env.all_docs)
            failed = f"Sphinx 退出码 {app.statuscode}" if app.statuscode else ""
    except SphinxError as error:
        failed = str(error)
    problems = _problems(said.getvalue().replace(f"{root}{os.sep}", ""))
    if failed and (not problems or not pages):
        problems.append(_problem(failed))
    # What Sphinx has read is whole, even where a page was wrong.
    seal_folder(kept, MadeOf("", code_of()), about=known if problems else sources)
    if problems:
        raise ProblemsFound("编译网页", problems)
    return pages


def warm() -> None:
    """Import what `compile_html` needs, while its caller waits for something else."""
    with _same_logging():
        from jupyter_book.config import get_default_sphinx_config  # noqa: PLC0415 - as above
        from sphinx.application import builtin_extensions  # noqa: PLC0415 - as above

        for extension in (*builtin_extensions, *get_default_sphinx_config()["extensions"]):
            import_module(extension)


@contextmanager
def _same_logging() -> Iterator[None]:
    """Undo what a theme's library does on import: it has all of the process's logs printed."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def _environment(doctrees: Path) -> tuple[Path, Mapping[str, str]]:
    """Return the folder for what Sphinx has read with this code, and the sources it was read from.

    It is emptied unless it is as the last build left it: Sphinx would believe what it finds there.
    That of other code is deleted.
    """
    kept = doctrees / code_of()[:16]
    record = sealed_folder(kept, MadeOf("", code_of()))
    make_folder(doctrees)
    for other in doctrees.iterdir():
        if other != kept or record is None:
            clear(other)
    make_folder(kept)
    return kept, record.about if record is not None else {}


def _shows_any(env: BuildEnvironment, changed: Set[str]) -> list[str]:
    """Return the pages that are, or were read together with, any of the `changed` sources.

    Sphinx compares only times. A file copied or unpacked may be newer in content and older in
    time, and where a clock was set back all that is written from then on is.
    """
    return [
        docname
        for docname in env.found_docs
        for own in [env.doc2path(docname, base=False)]
        if any(_plain(path) in changed for path in (own, *env.dependencies.get(docname, ())))
    ]


def _plain(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")


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
