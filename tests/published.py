"""Publish editions of the second plan in a folder, by the commands as they are typed."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import shutil
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
from tests.books import SECOND_PLAN, Built
from tests.departments import fill_in

UNITS = ("--prepared-by", "port-office", "--approved-by", "town-office")
REASON = ("--by", "port-office", "--reason", "吞吐量漏报一个码头")


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


def make_editions(root: Path) -> Built:
    """Publish three editions and a correction; keep how it was before the second was published."""
    made = root / "published"
    shutil.copytree(SECOND_PLAN, made)
    report(made, "2024-Q1", dt.date(2024, 4, 20))
    published(made, "2024-Q1", "public", "internal")
    report(made, "2024-Q2", dt.date(2024, 7, 20))
    looked = publish(made, "preview", "--edition", "2024-Q2")
    assert looked.code == 0, looked.text
    shutil.copytree(made, root / "prepared")
    published(made, "2024-Q2", "public")
    begun = publish(made, "correct", "--edition", "2024-Q2", *REASON)
    assert begun.code == 0, begun.text
    report(made, "2024-Q2", dt.date(2024, 8, 20), throughput=31.0)
    corrected = publish(made, "preview", "--edition", "2024-Q2.1")
    published(made, "2024-Q2.1", "public")
    report(made, "2024-Q3", dt.date(2024, 10, 20))
    published(made, "2024-Q3", "public", "internal")
    return Built(root, f"{looked.text}\n{corrected.text}")


def tree(root: Path, *left_out: str) -> dict[str, bytes]:
    """Return every file below a folder by path, but those whose path begins with `left_out`."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.relative_to(root).as_posix().startswith(left_out)
    }
