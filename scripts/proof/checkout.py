"""A project and the code that builds it, in a folder where both may be changed, and undone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from planbook.made_of import digest, digests_of
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.workspace import Workspace

TELLING = Path(__file__).with_name("telling_build.py")
EDITION = "edition.txt"  # beside project and code: the edition to build, where one was chosen
GENERATED = (
    "project/_build",
    *(f"project/book/{name}" for name in ("chapters", "goals", "programmes", "units")),
)

Change = Mapping[str, tuple[bytes | None, bytes | None]]  # by name: before, after; None: no file
Made = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Run:
    """A build that ended.

    Attributes
    ----------
    made
        What was made anew, by kind; empty where nothing had changed.
    seconds
        Of the whole command.
    """

    code: int
    said: str
    made: Made
    seconds: float


@dataclass
class Checkout:
    """A folder with ``project`` and ``code``; files are called by their names below it."""

    place: Path
    dataset: str
    _changing: dict[str, tuple[bytes | None, bytes | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Path, code: Path, place: Path, dataset: str) -> Checkout:
        """Copy a project, and a folder that holds the package, below `place`.

        What was generated, is copied too: the next build goes on from there.
        """
        shutil.copytree(project, place / "project")
        shutil.copytree(code / "planbook", place / "code" / "planbook")
        return cls(place, dataset)

    @property
    def project(self) -> Path:
        return self.place / "project"

    @property
    def data(self) -> str:
        """The folder of the dataset, as files are called."""
        return f"project/data/{self.dataset}"

    @property
    def plan(self) -> Plan:
        """The plan as its files are now."""
        return load_plan(self.project / "data" / "plan")

    @property
    def workspace(self) -> Workspace:
        return Workspace.open(self.dataset, self.project)

    @property
    def current(self) -> Edition:
        """The dataset's current edition, whichever is built."""
        return self.workspace.dataset.current_edition

    @property
    def built(self) -> Edition:
        """The edition that is built."""
        chosen = self.text(EDITION)
        return Edition.parse(chosen) if chosen else self.current

    def names(self, pattern: str) -> list[str]:
        """Return the names of the files that match, sorted."""
        found = sorted(self.place.glob(pattern))
        return [path.relative_to(self.place).as_posix() for path in found if path.is_file()]

    def text(self, name: str) -> str:
        """Return a file's text; nothing where it is missing."""
        return (self._read(name) or b"").decode("utf-8-sig")

    def write(self, name: str, content: str | bytes | None) -> None:
        """Write a file, or delete it."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        before = self._changing[name][0] if name in self._changing else self._read(name)
        self._changing[name] = (before, data)
        path = self.place / name
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """Collect what is written inside, so that it can be undone."""
        self._changing = {}
        yield self._changing

    def stands(self, change: Change) -> bool:
        """Whether all its files are still as it left them."""
        return all(self._read(name) == after for name, (_, after) in change.items())

    def undo(self, change: Change) -> None:
        """Put all its files back as they were before."""
        for name, (before, _) in change.items():
            self.write(name, before)

    def copied(self, place: Path) -> Checkout:
        """Return a copy without anything that was generated."""
        skipped = {self.place / name for name in GENERATED}

        def ignored(folder: str, names: list[str]) -> set[str]:
            return {name for name in names if Path(folder, name) in skipped}

        shutil.copytree(self.place, place, ignore=ignored)
        return Checkout(place, self.dataset)

    def state(self) -> str:
        """Return one digest of all that a build may depend on."""
        files = digests_of(self.place)
        made = tuple(f"{name}/" for name in GENERATED)
        return digest(
            {n: s for n, s in files.items() if not n.startswith(made) and "__pycache__" not in n}
        )

    def command(self, *, pdf: bool) -> list[str]:
        """Return the build's command; what is made anew is told in ``made.json``."""
        options = ["--dataset", self.dataset, *(["--pdf"] if pdf else [])]
        if edition := self.text(EDITION):
            options += ["--edition", edition]
        return [sys.executable, "-P", str(TELLING), str(self._told), *options]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.place / "code"), "PYTHONUTF8": "1"}

    def build(self, *, pdf: bool) -> Run:
        """Build the book by the command."""
        self._told.unlink(missing_ok=True)
        begun = time.perf_counter()
        done = subprocess.run(
            self.command(pdf=pdf),
            cwd=self.project,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        seconds = time.perf_counter() - begun
        return Run(done.returncode, done.stdout + done.stderr, self.told(), seconds)

    def told(self) -> Made:
        """Return what the last build told that it had made, by kind."""
        if not self._told.is_file():
            return {}
        told: dict[str, list[str]] = json.loads(self._told.read_bytes())
        return {kind: tuple(names) for kind, names in told.items()}

    def results(self, *, pdf: bool) -> dict[str, str]:
        """Return the sha256 of all that a build is for: pages, PDFs, downloads, packs, tables."""
        built, workspace = str(self.built), self.workspace
        folders = {"html": workspace.html, "tables": workspace.tables(self.built)}
        if pdf:
            folders["packs"] = workspace.packs / built
        found = {
            f"{kind}/{name}": sha
            for kind, folder in folders.items()
            for name, sha in digests_of(folder).items()
        }
        found.pop("html/build.json", None)
        return found

    def _read(self, name: str) -> bytes | None:
        path = self.place / name
        return path.read_bytes() if path.is_file() else None

    @property
    def _told(self) -> Path:
        return self.project / "_build" / "made.json"
