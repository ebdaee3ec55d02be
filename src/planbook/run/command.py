"""How a command ends: what it prints when something is wrong, and its exit code.

0 fine, 1 findings or a failed build, 2 wrong usage, 129, 130 and 143 told to end. A traceback
only with ``--debug``.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

import click

from planbook.errors import PlanbookError, system_words
from planbook.project_folders import root_of, usual_dataset
from planbook.run.command_words import speak_chinese
from planbook.run.interruptions import ENDED, interruptions


def _dataset(context: click.Context, _: click.Parameter, given: str | None) -> str:
    """Return the dataset named, or the one that is meant in the project."""
    return given or usual_dataset(root_of(context.params.get("project")))


_WHICH = "数据集，即 data/ 下的文件夹名；默认为 demo，只有一个数据集的为那一个"
DATASET = click.option("--dataset", callback=_dataset, help=_WHICH)
DATASET_OF_EACH = click.option("--dataset", help=_WHICH)  # of several projects
_DEBUG = click.Option(["--debug"], is_flag=True, expose_value=False, help="出错时显示详细信息")


def run(
    command: click.Command, arguments: list[str] | None = None, *, untouched: str = ""
) -> NoReturn:
    """Run the command (default: with the process's arguments) and leave with its exit code.

    Parameters
    ----------
    command
        Its name is how it is called: ``scripts/build.py``.
    untouched
        A sentence on what an interruption or a failure has left as it was.
    """
    given = sys.argv[1:] if arguments is None else arguments
    called = f"python {command.name}"
    _offer_debug(command)
    speak_chinese(command)
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a console that lacks a glyph is no reason to stop
    with interruptions() as told:
        try:
            command.main(given, prog_name=called, standalone_mode=False)
        except BaseException as error:  # noqa: BLE001 - all is told, or raised again
            if told.code:
                _say_ended(untouched)
                sys.exit(told.code)
            _leave(error, called, untouched, debug="--debug" in given)
    if arguments is None:
        _end_at_once()
    sys.exit(0)


def _leave(raised: BaseException, called: str, untouched: str, *, debug: bool) -> NoReturn:
    """Say what went wrong and end with its exit code."""
    try:
        raise raised
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        _say(f"用法有误：{error.format_message().removesuffix('.')}")
        _say(f"用法见：{context.command_path if context else called} --help")
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _say_ended(untouched)
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        if isinstance(error, PlanbookError):
            _say(str(error))
            sys.exit(error.exit_code)
        if isinstance(error, OSError):
            _say(f"系统拒绝：{system_words(error)}（{error.filename or '文件不详'}）")
        else:
            _say(f"意外错误：{type(error).__name__}：{error}")
        _say(f"加 --debug 重新运行可看到详细信息。{untouched}")
        sys.exit(1)


def _say_ended(untouched: str) -> None:
    with suppress(OSError):  # the terminal may be closed
        _say(f"{ENDED}{untouched}")


def _end_at_once() -> None:
    """End the process without freeing its objects one by one, half a second after a build.

    What is registered for the end is done before. Returns where output can no longer be written.
    """
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(0)


def _offer_debug(command: click.Command) -> None:
    """Give the command, or those of a group, the option ``--debug``."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _offer_debug(one)
    elif _DEBUG not in command.params:
        command.params.append(_DEBUG)


def _say(text: str) -> None:
    click.echo(text, err=True)
