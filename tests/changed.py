"""Print the test modules that are closest to what changed, for `make quick`.

What changed is what differs from where this branch left ``main``, committed or not. Chosen are test
modules that changed, that import a changed module, or that name another changed file; none that
builds books. `make test` runs everything: this only answers sooner.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALWAYS = ("test_architecture.py", "test_chinese.py")


def git(*arguments: str) -> list[str]:
    done = subprocess.run(
        ["git", "-c", "core.quotepath=false", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.splitlines() if done.returncode == 0 else []


def changed_files() -> list[str]:
    """Return the files that differ from where this branch left ``main``, and new ones."""
    (since,) = git("merge-base", "HEAD", "main") or ["HEAD"]
    return [*git("diff", "--name-only", since), *git("ls-files", "--others", "--exclude-standard")]


def imported(source: str) -> Iterator[str]:
    """Yield the dotted names of modules, or of what is in them, that a source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(file: str) -> str:
    """Return the name by which a Python file is imported: of tests and scripts its own alone."""
    path = Path(file).with_suffix("")
    if path.parts[0] == "src":
        return ".".join(part for part in path.parts[1:] if part != "__init__")
    return path.name


def closest(changed: Iterable[str], tests: Iterable[Path]) -> list[Path]:
    """Return those of the test modules that are closest to the changed files."""
    changed = list(changed)
    modules = {module_of(file) for file in changed if file.endswith(".py")}
    others = {Path(file).name for file in changed if not file.endswith(".py")}
    return [
        test
        for test in tests
        if test.name in ALWAYS
        or module_of(test.name) in modules
        or not modules.isdisjoint(imported(source := test.read_text(encoding="utf-8")))
        or any(name in source for name in others)
    ]


if __name__ == "__main__":
    for found in closest(changed_files(), sorted(ROOT.glob("tests/**/test_*.py"))):
        print(found.relative_to(ROOT).as_posix())
