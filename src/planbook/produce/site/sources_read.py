"""What the pages of a book are read from: the sources in ``book``, and what lies elsewhere.

Paths are told from the folder of the configuration, as Sphinx tells them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.disk_reads import is_no_input, project_files
from planbook.made_of import (
    digest,
    digests_of,
    files_below,
    sha256,
    whole_program,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_WRITTEN = "book"


def site_code(root: Path) -> str:
    """Return a digest of all that makes pages: code, libraries, settings, a project's programs."""
    own = {}
    if b"local_extensions" in (root / "_config.yml").read_bytes():
        own = {path: sha for path, sha in project_files(root).items() if path.endswith(".py")}
    return digest([whole_program(), own, _sha256(root / "docutils.conf")])


def sources_now(root: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Return sha256 of all sources, and of what lies elsewhere of those that are known."""
    sources = {f"{_WRITTEN}/{path}": sha for path, sha in digests_of(root / _WRITTEN).items()}
    return sources | {path: _sha256(root / path) for path in known if not lies_in_book(path)}


def shown_elsewhere(app: Sphinx, before: Mapping[str, str]) -> dict[str, str]:
    """Return sha256 of what pages include or show that lies elsewhere.

    What was known `before` they were read is taken from there. What notebooks hold, as pictures, is
    written beside the output while they are read, and is no source.
    """
    found = {plain(path) for paths in app.env.dependencies.values() for path in paths}
    elsewhere = (path for path in found if not lies_in_book(path))
    beside = Path(app.outdir).parent
    return {
        path: before.get(path) or _sha256(Path(app.srcdir, path))
        for path in elsewhere
        if not Path(app.srcdir, path).is_relative_to(beside)
    }


def configured(app: Sphinx) -> Iterator[Path]:
    """Yield the files and folders elsewhere that the configuration names."""
    config = app.config
    named = (*config.html_static_path, *config.html_extra_path, *config.templates_path)
    for name in filter(None, (*named, config.html_logo, config.html_favicon)):
        path = Path(app.confdir, name)
        if not path.is_relative_to(Path(app.srcdir, _WRITTEN)) and not is_no_input(path):
            yield path
            yield from files_below(path)


def lies_in_book(path: str) -> bool:
    """Tell whether a source lies where all are looked at."""
    return path.startswith(f"{_WRITTEN}/")


def plain(path: str) -> str:
    """Return a path as it is compared."""
    return os.path.normpath(path).replace(os.sep, "/")


def _sha256(path: Path) -> str:
    return sha256(path.read_bytes()) if path.is_file() else ""
