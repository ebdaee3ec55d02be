"""What works here works on Windows and under newer Pythons, as far as reading the source can tell.

Each rule looks at the syntax tree of one file and yields what breaks elsewhere. `RULES` lists them;
an exception is written beside its rule, with the reason.
"""

from __future__ import annotations

import ast
import gettext
import io
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import click
import pytest

import bench
import build
import collect
import commentary
import make_demo
from planbook.run.command import run
from tests.windows_names import LONGEST, name_problems

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("src", "scripts")
FILES = sorted(p for folder in (*SHIPPED, "tests") for p in (ROOT / folder).rglob("*.py"))
HERE = "tests/test_portable.py"
FORKS = (  # programs of their own, skipped where there is no fork
    "tests/collect/kill_receive.py",
    "tests/publish/kill_publish.py",
)
KILLS = "scripts/proof/kills.py"  # kills a group at once; its tests are skipped where none can be
BINDS = "src/planbook/run/many/bound.py"  # has another way on Windows
LOOKS = ("scripts/bench_commands.py", "src/planbook/disk_reads.py")  # for what some systems have
MAY_FORK = (
    HERE,
    "src/planbook/worker_context.py",  # asks what there is
    "src/planbook/produce/notebooks/stock_kernel.py",
    "src/planbook/produce/site/compile.py",
    "tests/collect/test_receive_killed.py",  # so do these
    "tests/publish/test_publish_killed.py",
    "tests/fixtures/as_on_windows/sitecustomize.py",
)
GENERATED = {"_build", ".venv", ".git", "wheels", "__pycache__"}
ONE_SYSTEMS_FOLDER = re.compile(r"/(?:tmp|dev|usr|etc|home|var|proc)\b")

Rule = Callable[[ast.AST, str], Iterator[str]]

POSIX_MODULES = {
    *("crypt", "curses", "fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog"),
    *("termios", "tty"),
}
GONE_MODULES = {  # from 3.12 and 3.13 on
    *("aifc", "asynchat", "asyncore", "audioop", "cgi", "cgitb", "chunk", "distutils", "imghdr"),
    *(
        "imp",
        "lib2to3",
        "mailcap",
        "nntplib",
        "pipes",
        "smtpd",
        "sndhdr",
        "telnetlib",
        "uu",
        "xdrlib",
    ),
}
POSIX_CALLS = {
    *("os.fork", "os.forkpty", "os.getuid", "os.geteuid", "os.getgid", "os.kill", "os.killpg"),
    *("os.mkfifo", "os.setsid", "os.uname", "os.wait", "os.wait3", "os.wait4", "os.WEXITSTATUS"),
    *("os.chown", "os.lchown", "os.symlink", "os.statvfs", "os.sync", "os.getpgid", "time.tzset"),
    *("signal.SIGALRM", "signal.SIGHUP", "signal.SIGKILL", "signal.SIGUSR1", "signal.SIGUSR2"),
    *("signal.alarm", "signal.setitimer", "signal.pause"),
}
GONE_CALLS = {  # deprecated, and an error under this suite's warning filter
    *("datetime.utcnow", "datetime.utcfromtimestamp", "dt.datetime.utcnow"),
    *(
        "dt.datetime.utcfromtimestamp",
        "pkgutil.find_loader",
        "ast.Str",
        "ast.Num",
        "locale.getdefaultlocale",
    ),
    *("importlib.resources.path", "importlib.resources.read_text", "importlib.resources.open_text"),
}


def posix_only(node: ast.AST, file: str) -> Iterator[str]:
    """Modules and functions that Windows does not have."""
    for module in imported(node):
        if module.partition(".")[0] in POSIX_MODULES:
            yield f"{module} is not there on Windows"
    if (
        isinstance(node, ast.Attribute)
        and dotted(node) in POSIX_CALLS
        and file not in (*FORKS, KILLS, BINDS)
    ):
        yield f"{dotted(node)} is not there on Windows"


def gone_since(node: ast.AST, file: str) -> Iterator[str]:
    """Modules and functions that Python 3.12 or 3.13 has dropped or deprecates."""
    for module in imported(node):
        if module.partition(".")[0] in GONE_MODULES:
            yield f"{module} is gone in newer Pythons"
    if isinstance(node, ast.Attribute) and dotted(node) in GONE_CALLS:
        yield f"{dotted(node)} is deprecated or gone in newer Pythons"


def rename(node: ast.AST, file: str) -> Iterator[str]:
    """On Windows a rename does not replace what is there, ``replace`` does so everywhere."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        called = dotted(node.func)
        on_path = node.func.attr == "rename" and len(node.args) == 1 and not node.keywords
        if called in ("os.rename", "os.renames") or on_path:
            yield f"{called}: use replace"


def no_encoding(node: ast.AST, file: str) -> Iterator[str]:
    """Windows reads and writes text in the encoding of its language unless told otherwise."""
    if not isinstance(node, ast.Call):
        return
    name = dotted(node.func)
    last = name.rpartition(".")[2]
    given = {keyword.arg for keyword in node.keywords}
    if last in ("read_text", "write_text"):
        position = 1 if last == "write_text" else 0
        if "encoding" not in given and len(node.args) <= position:
            yield f"{name} without encoding"
    elif name in ("open", "io.open") or (
        last == "open" and name != "tarfile.open" and is_mode(node.args)
    ):
        mode = node.args[1:2] if name in ("open", "io.open") else node.args[:1]
        modes = [*mode, *(k.value for k in node.keywords if k.arg == "mode")]
        binary = any(isinstance(m, ast.Constant) and "b" in str(m.value) for m in modes)
        if not binary and "encoding" not in given:
            yield f"{name} without encoding"
    elif name.startswith("subprocess.") and "text" in given and "encoding" not in given:
        yield f"{name} with text and without encoding"


def is_mode(arguments: list[ast.expr]) -> bool:
    """Tell ``path.open("w")`` and ``path.open()`` from the other things that are opened."""
    first = arguments[0] if arguments else ast.Constant("r")
    return isinstance(first, ast.Constant) and bool(re.fullmatch("[rwxabt+]+", str(first.value)))


def line_ends(node: ast.AST, file: str) -> Iterator[str]:
    """What is shipped writes the same bytes everywhere, so it says how lines end."""
    if not file.startswith(SHIPPED) or not isinstance(node, ast.Call):
        return
    name = dotted(node.func)
    written = name.endswith(".write_text")
    if name.endswith("open"):
        modes = [a for a in node.args if is_mode([a])]
        written = any(re.search("[wax]", ast.unparse(m)) for m in modes)
        written = written and not any("b" in ast.unparse(m) for m in modes)
    if written and "newline" not in {keyword.arg for keyword in node.keywords}:
        yield f"{name} without newline"


def paths_as_text(node: ast.AST, file: str) -> Iterator[str]:
    """A path below another one has backslashes on Windows unless it is asked for otherwise."""
    inner: ast.expr | None = None
    if isinstance(node, ast.Call) and dotted(node.func) == "str" and node.args:
        inner = node.args[0]
    elif isinstance(node, ast.FormattedValue):
        inner = node.value
    if isinstance(inner, ast.Call) and dotted(inner.func).endswith(".relative_to"):
        yield f"{ast.unparse(inner)} as text: use as_posix()"


def places(node: ast.AST, file: str) -> Iterator[str]:
    """Folders that only one system has; strftime's ``%-d``; a shell."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if file.startswith(SHIPPED) and file not in LOOKS and ONE_SYSTEMS_FOLDER.match(node.value):
            yield f"{node.value!r} is not there on Windows"
        if re.search(r"%-[dmHMIjSy]", node.value) and file != HERE:
            yield f"{node.value!r}: strftime has no %- on Windows"
    if isinstance(node, ast.keyword) and node.arg == "shell" and ast.unparse(node.value) == "True":
        yield "a shell is another one on Windows"


def starting(node: ast.AST, file: str) -> Iterator[str]:
    """Processes start by what ``worker_context`` chooses."""
    named = isinstance(node, ast.Constant) and node.value in ("fork", "forkserver", "ipc")
    if named and file not in MAY_FORK:
        yield f"{ast.unparse(node)}: not everywhere"
    if isinstance(node, ast.Attribute) and dotted(node) in ("mp.Pool", "multiprocessing.Pool"):
        yield "a pool hangs in notebooks"


def dotted(node: ast.AST) -> str:
    """Return ``subprocess.run``; of what is called on something else its last name: ``.rename``."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


RULES: tuple[Rule, ...] = (
    posix_only,
    gone_since,
    rename,
    no_encoding,
    line_ends,
    paths_as_text,
    places,
    starting,
)


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_source_breaks_elsewhere(rule: Rule) -> None:
    found = []
    for path in FILES:
        file = path.relative_to(ROOT).as_posix()
        found += [
            f"{file}:{getattr(node, 'lineno', '?')}: {what}"
            for node in nodes(path)
            for what in rule(node, file)
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (posix_only, "import fcntl"),
        (posix_only, "from resource import getrlimit"),
        (posix_only, "os.kill(pid, signal.SIGKILL)"),
        (gone_since, "import imp"),
        (gone_since, "dt.datetime.utcnow()"),
        (rename, "os.rename(a, b)"),
        (rename, "path.rename(other)"),
        (no_encoding, "path.read_text()"),
        (no_encoding, "path.write_text(text)"),
        (no_encoding, "open(path)"),
        (no_encoding, "path.open('w', newline='')"),
        (no_encoding, "subprocess.run(command, text=True)"),
        (line_ends, "path.write_text(text, encoding='utf-8')"),
        (line_ends, "path.open('w', encoding='utf-8')"),
        (paths_as_text, "str(path.relative_to(root))"),
        (paths_as_text, "f'{path.relative_to(root)}'"),
        (places, "Path('/tmp/x')"),
        (places, "day.strftime('%-d')"),
        (places, "subprocess.run(command, shell=True)"),
        (starting, "mp.get_context('fork')"),
        (starting, "multiprocessing.Pool(2)"),
    ],
)
def test_each_rule_finds_what_it_is_for(rule: Rule, source: str) -> None:
    assert [what for node in ast.walk(ast.parse(source)) for what in rule(node, "src/made_up.py")]


@pytest.mark.parametrize(
    "source",
    [
        "path.read_text('utf-8')",
        "path.open('rb').read()",
        "package.open(entry)",
        "tarfile.open(fileobj=packed)",
        "frame.rename(columns=names)",
        "text.replace(a, b)",
        "path.write_bytes(data)",
        "subprocess.run(command, text=True, encoding='utf-8')",
        "path.relative_to(root).as_posix()",
    ],
)
def test_no_rule_minds_what_works_everywhere(source: str) -> None:
    for rule in RULES:
        assert not [w for node in ast.walk(ast.parse(source)) for w in rule(node, "src/made_up.py")]


def test_every_file_of_the_project_can_be_checked_out_on_windows() -> None:
    own = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in GENERATED and name[0] != "."]
        own += [Path(folder, file).relative_to(ROOT).as_posix() for file in files]
    assert len(own) > 300
    assert not [problem for file in own for problem in name_problems(file)]
    folded = [file.casefold() for file in own]
    assert len(set(folded)) == len(folded), "two names that differ in case only"


def test_a_name_that_windows_cannot_have_is_noticed() -> None:
    for path in ("goals/con.html", "a:b", "a/b.", "aux", "x/" + "长" * LONGEST):
        assert name_problems(path), path


@pytest.mark.parametrize(
    ("command", "arguments", "encoding"),
    [
        (build.main, "--help", "cp1252"),
        (build.main, "--dataset 没有", "ascii"),
        (collect.main, "--help", "ascii"),
        (collect.main, "status --dataset demo", "cp1252"),
        (commentary.main, "--help", "ascii"),
        (make_demo.main, "--help", "ascii"),
        (bench.main, "--help", "ascii"),
    ],
)
def test_a_console_that_has_no_chinese_is_no_reason_to_stop(
    command: click.Command, arguments: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = io.BytesIO()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(said, encoding, write_through=True))
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LANGUAGE", "en")  # put back what `run` sets
    domain = gettext.textdomain()
    with pytest.raises(SystemExit) as left:
        run(command, arguments.split())
    gettext.textdomain(domain)
    assert left.value.code in (0, 2)
    assert said.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_process_on_such_a_console_does_not_stop_either(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build.py"), "--list"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    if encoding == "gbk":
        assert "数据集" in done.stdout.decode(encoding)


def test_git_gives_every_system_the_same_bytes() -> None:
    lines = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in lines
    assert "data/** -text" in lines
    for path in (*FILES, *(ROOT / "data").rglob("*.yaml"), *(ROOT / "data").rglob("*.md")):
        assert b"\r" not in path.read_bytes(), path


def test_the_style_checker_knows_the_oldest_python_that_is_promised() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    promised = project["project"]["requires-python"].removeprefix(">=")
    assert project["tool"]["ruff"]["target-version"] == "py" + promised.replace(".", "")
