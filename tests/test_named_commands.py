"""Every command and option that a message or a file of the package names is there.

A project that `planbook new` made has no scripts: what a message tells to run must work there.
"""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache

import click

from planbook.__main__ import main
from tests.test_architecture import SOURCE, trees

GAP = "…"  # where an f-string puts something in
DECLARED = {"command", "group"}  # a script's own name, which its help shows where it was called
SCRIPT = re.compile(r"\b(?:\w+/)*\w+\.py\b")
CALLED = re.compile(r"python -m planbook((?: +[\w.{}<>/…-]+)+)")
BY_FILE = re.compile(r"python scripts[/\\](build|collect|commentary|publish)\.py")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
OTHERS = {"--ours"}  # of git
TEXTS = sorted(
    path
    for path in SOURCE.rglob("*")
    if path.suffix in {".md", ".html", ".js", ".ipynb", ".yaml", ".po"}
)


def _unsaid(tree: ast.AST) -> set[int]:
    """Return what nobody is shown: docstrings, names of commands, parts of f-strings."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in DECLARED:
            hidden |= {id(each) for each in node.args}
        if isinstance(node, ast.JoinedStr):
            hidden |= {id(each) for each in node.values}
    return hidden


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else GAP for v in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def messages() -> tuple[tuple[str, str], ...]:
    """Return what the package's modules and files say, each with where it stands."""
    return tuple(_messages())


def _messages() -> Iterator[tuple[str, str]]:
    for path, tree in trees().items():
        hidden = _unsaid(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in hidden:
                yield f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}", _text(node)
    for path in TEXTS:
        yield path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")


def commands() -> list[tuple[str, str]]:
    """Return the commands that are named, each with where it stands."""
    return sorted({(where, typed) for where, text in messages() for typed in CALLED.findall(text)})


def printed() -> dict[str, str]:
    """Return the texts that print commands for people, by name."""
    root = SOURCE.parents[1]
    paths = [root / "README.md", root / "data" / "README.md", *(root / "book").glob("*.md")]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def wrong_with(typed: str) -> str:
    """Return what the command's own parser says of a line, or "" where it takes it."""
    command: click.Command = main
    words = shlex.split(typed)
    while words and isinstance(command, click.Group):
        name = words[0]
        if GAP in name and not name.strip(GAP):
            return ""  # one of several verbs
        if not name.isascii():
            break  # a sentence that goes on
        if name not in command.commands:
            return f"no command {name!r} in {command.name}"
        command = command.commands[words.pop(0)]
    try:
        command.make_parser(click.Context(command)).parse_args(words)
    except click.UsageError as error:
        return error.format_message()
    return ""


def lacking(typed: str) -> list[str]:
    """Return what a line lacks to be run as it stands, where it is more than a command's name.

    A name alone is spoken of; with an option or an argument it is a line to be copied. What an
    f-string puts behind the name may be options.
    """
    command: click.Command = main
    words = shlex.split(typed)
    while words and isinstance(command, click.Group) and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if isinstance(command, click.Group) or not any(word.startswith("--") for word in words):
        return []
    if not words[0].startswith("--") and words[0].strip(GAP) == "":
        given = {"--dataset", "--edition"}
    else:
        given = set()
    given |= {word for word in words if word.startswith("--")}
    asked = [p for p in command.params if p.required and isinstance(p, click.Option)]
    return [param.opts[0] for param in asked if given.isdisjoint(param.opts)]


def all_options(command: click.Command) -> set[str]:
    """Return the options of a command and of those below it."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    own = {opt for param in command.params for opt in (*param.opts, *param.secondary_opts)}
    return own.union(*map(all_options, below))


def test_no_message_names_a_script() -> None:
    told = [
        (where, found)
        for where, text in messages()
        for found in SCRIPT.findall(text)
        if (SOURCE.parents[1] / "scripts" / found.rpartition("/")[2]).exists()
    ]
    assert told == []


def test_readme_and_handbook_print_commands_as_messages_do() -> None:
    told = [(name, found) for name, text in printed().items() for found in BY_FILE.findall(text)]
    assert told == []
    assert sum(len(re.findall("python -m planbook ", text)) for text in printed().values()) > 60
    assert BY_FILE.findall(r".venv\Scripts\python scripts\build.py --pdf") == ["build"]


def test_a_command_that_is_named_is_one_that_the_parser_takes() -> None:
    named = commands()
    assert len(named) > 60
    wrong = ((where, typed, wrong_with(typed)) for where, typed in named)
    assert [each for each in wrong if each[-1]] == []


def test_a_line_that_is_to_be_copied_has_all_that_its_command_asks_for() -> None:
    assert [(where, typed, lacking(typed)) for where, typed in commands() if lacking(typed)] == []
    lines = [
        (name, typed, lacking(typed))
        for name, text in printed().items()
        for typed in CALLED.findall(text)
    ]
    assert [each for each in lines if each[-1]] == []


def test_a_line_that_lacks_something_would_be_noticed() -> None:
    assert lacking(" publish open --dataset live") == ["--edition", "--by"]
    assert lacking(" publish correct --edition 2026-Q1") == ["--by", "--reason"]
    assert lacking(" publish withdraw … --by … --reason …") == []
    assert lacking(" publish open") == []
    assert lacking(" collect template --edition 2026-Q4") == ["--out"]


def test_a_wrong_command_or_option_would_be_noticed() -> None:
    assert "no command 'bild'" in wrong_with(" bild --pdf")
    assert "--pfd" in wrong_with(" build --pfd")
    assert "no command 'chose'" in wrong_with(" collect chose")
    assert wrong_with(" collect choose 文件名 --by x --reason …") == ""


def test_an_option_that_a_message_names_belongs_to_a_command() -> None:
    known = all_options(main) | OTHERS | {"--debug", "--help"}
    told = {
        (where, option)
        for where, text in messages()
        if where.partition(":")[0].endswith(".py") and re.search("[\u4e00-\u9fff]", text)
        for option in OPTION.findall(text)
        if option not in known
    }
    assert told == set()
