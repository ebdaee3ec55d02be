"""Print the test modules that are closest to what changed, for `make quick`.

What changed is what differs from where this branch left ``main``, committed or not. Chosen are test
modules that changed, that import a changed module, or that name another changed file. `make test`
runs everything: this only answers sooner.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
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
    """Return the dotted name by which a Python file is imported."""
    parts = Path(file).with_suffix("").parts
    return ".".join(parts[parts[0] in ("src", "scripts") :]).removesuffix(".__init__")


def closest(changed: Sequence[str], tests: Sequence[Path], source: Path = SOURCE) -> list[Path]:
    """Return those of the test modules that are closest to the changed files.

    Of a module that no test imports the modules that import it stand for it, and so on.
    """
    texts = {test: test.read_text(encoding="utf-8") for test in tests}
    by_test = {test: set(imported(text)) for test, text in texts.items()}
    by_module = {
        module_of(path.relative_to(source.parent).as_posix()): set(
            imported(path.read_text("utf-8"))
        )
        for path in source.rglob("*.py")
        if path.name != "__init__.py"  # hands on what it imports, and would lead to everything
    }
    chosen = {test for test in tests if test.name in ALWAYS}
    for file in changed:
        if not file.endswith(".py"):
            chosen |= {test for test, text in texts.items() if Path(file).name in text}
            continue
        chosen |= {test for test in tests if test.as_posix().endswith(file)}
        names, seen = {module_of(file)}, set[str]()
        while names and not (found := {test for test in tests if by_test[test] & names}):
            seen |= names
            names = {module for module, imports in by_module.items() if imports & names} - seen
        chosen |= found if names else set()
    return sorted(chosen)


if __name__ == "__main__":
    for found in closest(changed_files(), sorted(ROOT.glob("tests/**/test_*.py"))):
        print(found.relative_to(ROOT).as_posix())  # noqa: T201
