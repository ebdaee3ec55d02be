from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from planbook.errors import ProblemsFound, UsageError
from planbook.run.command import run
from tests.books import ROOT, build

Outcome = tuple[int, str, str]
Leave = Callable[..., Outcome]


def entry_script() -> click.Command:
    spec = importlib.util.spec_from_file_location("build_script", ROOT / "scripts" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    command = module.main
    assert isinstance(command, click.Command)
    return command


@pytest.fixture
def leave(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Leave:
    def with_arguments(*arguments: str, command: click.Command | None = None) -> Outcome:
        monkeypatch.chdir(ROOT)
        with pytest.raises(SystemExit) as end:
            run(command or entry_script(), list(arguments))
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    return with_arguments


def test_the_list_shows_datasets_editions_and_chapters(leave: Leave) -> None:
    code, out, _ = leave("--list")
    assert code == 0
    for word in ("demo", "live", "2025-Q1", "2026-Q3", "digital", "数智服务", "data-quality"):
        assert word in out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--dataset", "dmeo"), ("没有数据集「dmeo」", "demo", "live")),
        (("--edition", "2030-Q1"), ("没有「2030-Q1」这一期", "2026-Q3")),
        (("--edition", "2026-3"), ("「2026-3」不是期号", "2026-Q3")),
        (("--only", "digitl"), ("没有章节「digitl」", "digital", "overview")),
        (("--sideways",), ("用法有误", "--sideways")),
    ],
)
def test_a_wrong_name_is_answered_with_what_exists(
    leave: Leave, arguments: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    code, _, err = leave(*arguments)
    assert code == 2
    assert "Traceback" not in err
    for word in expected:
        assert word in err


def raising(error: BaseException) -> click.Command:
    @click.command("toy")
    def toy() -> None:
        raise error

    return toy


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("没有它"), 2),
        (ProblemsFound("文件", []), 1),
        (RuntimeError("坏了"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_way_to_end_has_its_code_and_no_traceback(
    leave: Leave, error: BaseException, code: int
) -> None:
    left, _, err = leave(command=raising(error))
    assert left == code
    assert err.strip()
    assert "Traceback" not in err


def test_debug_shows_the_traceback(leave: Leave) -> None:
    with pytest.raises(RuntimeError, match="坏了"):
        run(raising(RuntimeError("坏了")), ["--debug"])


def test_outside_a_project_it_says_so(tmp_path: Path) -> None:
    done = build(tmp_path, "--list")
    assert done.returncode in (0, 2)  # the package's own checkout is found where it is installed so
    assert "Traceback" not in done.stderr
