"""The map of the rooms in CONTRIBUTING says what the rooms say of themselves, in their order."""

from __future__ import annotations

import ast
import textwrap
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "planbook"
NAMES, WIDTH = 24, 128  # columns


@cache
def orders() -> dict[str, list[list[str]]]:
    """Return the layers of each package that has an order, lowest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        contract["containers"][0]: [
            layer.replace("|", " ").replace(":", " ").split()
            for layer in reversed(contract["layers"])
        ]
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    }


def said(package: Path) -> str:
    """Return the first line of a package's docstring."""
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    assert docstring is not None
    return docstring.splitlines()[0]


def drawn(package: Path, indent: str = "") -> Iterator[str]:
    """Yield a line a room, and one for the modules that stand between two rooms."""
    rooms = sorted(p.parent.name for p in package.glob("*/__init__.py"))
    dotted = ".".join(package.relative_to(SOURCE.parent).parts)
    order = orders().get(dotted, [rooms])
    modules: list[str] = []
    for names in order:
        for name in names:
            if name not in rooms:
                modules.append(name)
        for name in sorted(set(names) & set(rooms)):
            yield from listed(modules, indent)
            modules = []
            yield f"{indent}{name}/".ljust(NAMES) + said(package / name)
            yield from drawn(package / name, indent + "  ")
    yield from listed(modules, indent)


def listed(modules: list[str], indent: str) -> Iterator[str]:
    if modules:
        text = " ".join(sorted(modules))
        yield from textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def test_the_map_names_every_room_there_is_as_it_names_itself() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    top = "src/planbook/".ljust(NAMES) + said(SOURCE)
    shown = text.partition(f"```\n{top}\n")[2].partition("\n```")[0]
    assert shown.splitlines() == list(drawn(SOURCE, "  "))
