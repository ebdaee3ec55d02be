"""Fingerprints: sha256 of files and folders, and versions of the libraries that shape a page."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from planbook.made_of import libraries

LIBRARIES = (
    "beautifulsoup4",
    "ipython",
    "jupyter-book",
    "markdown-it-py",
    "matplotlib",
    "mdit-py-plugins",
    "myst-nb",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "planbook",
    "pylopdf-fonts-zh-cn",
    "python-calamine",
    "seaborn",
    "sphinx",
    "sphinx-book-theme",
    "typst",
)


def sha256(content: bytes) -> str:
    """Return the sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of_files(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Return sha256 by path below `folder`, sorted; empty where there is no such folder."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}


def digest_of_code() -> str:
    """Return one sha256 of all files of this package and of the libraries installed."""
    package = Path(__file__).resolve().parents[1]
    sources = digest_of_files(package)
    written = {path: sha for path, sha in sources.items() if "__pycache__" not in path}
    return digest([written, libraries()])


def digest(facts: Mapping[str, Any] | Iterable[Any]) -> str:
    """Return one sha256 of anything JSON can say."""
    return sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode("utf-8"))


def library_versions() -> dict[str, str]:
    """Return the versions of Python and of what computes and draws."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
