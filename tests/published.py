"""Publish editions of the second plan in a folder, by the commands as they are typed."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import warnings
from dataclasses import dataclass
from pathlib import Path

import click

from planbook.collect.file_names import submission_name
from planbook.collect.form.blank import blank_form
from planbook.collect.form.template import workbook_bytes
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.run.publish_commands import main
from planbook.workspace import Workspace
from tests.departments import fill_in

UNITS = ("--prepared-by", "port-office", "--approved-by", "town-office")


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code; an error's text is part of what it printed."""

    code: int
    text: str


def publish(root: Path, verb: str, *arguments: str) -> Said:
    """Run a command of ``publish`` on the dataset ``test`` of the project at `root`."""
    printed, code = io.StringIO(), 0
    with (
        contextlib.chdir(root),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # of libraries that build pages
        try:
            main.main([verb, "--dataset", "test", *arguments], standalone_mode=False)
        except SystemExit as left:
            code = int(left.code or 0)
        except click.ClickException as error:
            raise AssertionError(error.format_message()) from error
    return Said(code, printed.getvalue())


def report(root: Path, edition: str, received: dt.date, **amounts: float) -> None:
    """File the workbooks of an edition as both units fill them in, `amounts` by indicator."""
    workspace = Workspace.open("test", root)
    plan = load_plan(workspace.plan, workspace.dataset.first_edition)
    of = Edition.parse(edition)
    folder = workspace.submissions / edition
    folder.mkdir(parents=True, exist_ok=True)
    for unit in plan.units:
        form, filled = folder / "form.xlsx", folder / "filled.xlsx"
        form.write_bytes(workbook_bytes(blank_form(plan, unit.id, of, workspace.dataset)))
        fill_in(form, filled, plan, amounts)
        data = filled.read_bytes()
        (folder / submission_name(unit.id, received, data)).write_bytes(data)
        form.unlink()
        filled.unlink()


def published(root: Path, edition: str, *visibilities: str) -> None:
    """Preview and publish an edition, to ``site`` and ``internal``."""
    for visibility in visibilities:
        to = {"public": "site", "internal": "internal"}[visibility]
        given = ("--edition", edition, "--visibility", visibility)
        looked = publish(root, "preview", *given)
        assert looked.code == 0, looked.text
        done = publish(root, "add", *given, "--to", to, *UNITS)
        assert done.code == 0, done.text


def tree(root: Path, *left_out: str) -> dict[str, bytes]:
    """Return every file below a folder by path, but those whose path begins with `left_out`."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.relative_to(root).as_posix().startswith(left_out)
    }
