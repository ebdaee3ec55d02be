"""What the commands of ``collect`` do: templates, checks, filing, feedback, status.

They print for the analyst who typed the command, and leave with its exit code.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from planbook.collect.feedback.findings_report import (
    check_json,
    check_text,
    outcome_text,
    printable,
    summary,
)
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form
from planbook.collect.inbox.checking import Checked
from planbook.collect.inbox.filed import read_filed
from planbook.collect.inbox.receive import Outcome, Received, Shelves
from planbook.collect.inbox.receive import receive as file_workbook
from planbook.collect.inbox.status_table import HEADINGS, EditionStatus, cells_of, edition_status
from planbook.errors import PlanbookError, UsageError, system_words
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.project_folders import find_root
from planbook.put_in_place import put
from planbook.run.arguments import (
    Inbox,
    feedback_paths,
    known_unit,
    open_edition,
)
from planbook.run.edition_words import late_words, standing_words
from planbook.run.handed_in import HandedIn
from planbook.run.opening import open_workspace
from planbook.run.printed_rows import print_table
from planbook.workspace import Workspace

NOT_LOOKED_AT = "未查看"


def template(*, dataset: str, edition: str, unit: str | None, out: Path, overwrite: bool) -> None:
    """Write a blank workbook for each unit that owes something."""
    workspace, plan = open_workspace(dataset)
    chosen = open_edition(workspace.dataset, plan, edition)
    forms = blank_forms(workspace, plan, chosen, unit)
    click.echo(f"{workspace.dataset.title} · {chosen.label}")
    register = workspace.editions
    if late := late_words(dataset, register, chosen, register.taken_into(chosen)):
        click.echo(late.replace("本表", "收到的填报表"))
    write_templates(forms, plan, out, overwrite=overwrite)
    click.echo(f"共 {len(forms)} 份，在 {out}")


def check(
    *,
    paths: tuple[Path, ...],
    as_json: bool,
    dataset: str | None,
    edition: str | None,
    unit: str | None,
) -> None:
    """Tell what is wrong in workbooks; leave with code 1 if there are errors."""
    given = HandedIn.of(paths, dataset=dataset, edition=edition, unit=unit)
    refused = 0

    def looked_at() -> Iterator[Checked]:  # one at a time: a thousand would not fit in memory
        nonlocal refused
        for checked in given.checked(dt.date.today()):
            refused += not (checked.is_acceptable or checked.passed_over)
            yield checked

    if as_json:
        click.echo(check_json(looked_at(), given.inbox.aside), nl=False)
    else:
        for number, checked in enumerate(looked_at()):
            click.echo(("\n" if number else "") + given.told(checked))
        tell_aside(given.inbox)
    if refused:
        sys.exit(1)


def receive(
    *,
    paths: tuple[Path, ...],
    edition: str,
    dataset: str | None,
    received: dt.datetime | None,
    accept_errors: bool,
) -> None:
    """Check workbooks and file what is in order; leave with code 1 if anything was not filed."""
    given = HandedIn.of(paths, dataset=dataset, edition=edition)
    plan, found = given.plan, given.inbox
    day = day_received(received, given.wanted.edition)
    outcomes: list[str] = []
    shelves = Shelves()
    for checked in given.checked(day):
        try:
            done = file_it(checked, given, day, accept_errors=accept_errors, shelves=shelves)
        except (PlanbookError, OSError) as error:  # the other files are received all the same
            said = system_words(error) if isinstance(error, OSError) else str(error)
            click.echo(f"{check_text(checked, plan)}\n  → {Outcome.REFUSED}：{said}\n")
            outcomes.append(Outcome.REFUSED)
        else:
            skipped = done.outcome is Outcome.SKIPPED
            told = summary(checked, plan) if skipped else given.checked_text(checked)
            late = given.late(done)
            click.echo(f"{told}\n  → {outcome_text(done)}\n" + (f"  {late}\n" if late else ""))
            outcomes.append(done.outcome)
    tell_aside(found)
    outcomes += [NOT_LOOKED_AT] * len(found.aside)
    always = (Outcome.FILED, Outcome.KNOWN, Outcome.REFUSED)
    words = [w for w in (*Outcome, NOT_LOOKED_AT) if w in always or w in outcomes]
    counted = "，".join(f"{word} {outcomes.count(word)} 个" for word in words)
    click.echo(f"{counted}；共 {len(outcomes)} 个")
    if Outcome.REFUSED in outcomes or len(found.aside) > found.harmless:
        sys.exit(1)


def feedback(
    *, paths: tuple[Path, ...], dataset: str | None, edition: str | None, out: Path | None
) -> None:
    """Write copies of workbooks with bad cells marked, to be sent back."""
    from planbook.collect.feedback.marked_copy import feedback_workbook  # noqa: PLC0415 - slow

    given, root = HandedIn.of(paths, dataset=dataset, edition=edition), find_root()
    plan, files = given.plan, given.inbox.files
    failed = False
    targets = feedback_paths(files, out, root / "feedback", root)
    results = given.checked(dt.date.today())
    for target, checked in zip(targets.values(), results, strict=True):
        if checked.passed_over:
            click.echo(f"{summary(checked, plan)}\n  → 跳过")
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            put(target, feedback_workbook(checked.data, checked.findings))
        except OSError as error:
            failed = True
            said = f"未写出：{system_words(error)}（{printable(str(target))}）；用 --out 指定文件夹"
        else:
            said = printable(str(target))
        click.echo(f"{summary(checked, plan)}\n  → {said}")
    tell_aside(given.inbox)
    if failed:
        sys.exit(1)


def status(*, dataset: str, edition: str | None, markdown: bool) -> None:
    """Tell who has reported, and what is open."""
    workspace, plan = open_workspace(dataset)
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    today = dt.date.today()  # acts of later editions are told as well
    newest = max(chosen, workspace.dataset.newest_open)
    submissions = read_filed(workspace, plan, newest, today=today)
    register = workspace.editions
    said = [standing_words(register, chosen)]
    if register.open_correction not in (None, chosen):
        said.append(standing_words(register, register.open_correction))
    release = workspace.dataset.release(chosen)
    if release is not None and not register.is_published(chosen):
        said.append(f"发布时间 {release:%Y-%m-%d %H:%M}")
    stands = "；".join(filter(None, said))
    status = edition_status(workspace.dataset, submissions, chosen, today, stands)
    if markdown:
        click.echo(status.to_markdown(), nl=False)
    else:
        print_status(status)


def blank_forms(
    workspace: Workspace, plan: Plan, edition: Edition, unit: str | None = None
) -> list[Form]:
    """Return the forms of an edition that ask for something: of all units, or of one."""
    from planbook.run.pipeline import prior_knowledge  # noqa: PLC0415 - only forms need it

    units = [known_unit(plan, unit)] if unit else [unit.id for unit in plan.units]
    prior = prior_knowledge(workspace, plan, edition)
    blanks = (blank_form(plan, unit, edition, workspace.dataset, prior) for unit in units)
    return [form for form in blanks if form.asks_for_something]


def form_file(form: Form) -> str:
    """Return the file name of a blank form."""
    return f"{form.edition}-{form.unit_id}.xlsx"


def write_templates(forms: list[Form], plan: Plan, out: Path, *, overwrite: bool) -> None:
    """Write the forms, unless a filled workbook of the same name would be lost."""
    from planbook.collect.form.template import workbook_bytes  # noqa: PLC0415 - as above

    made = {form_file(form): workbook_bytes(form) for form in forms}
    whose = [plan.unit(form.unit_id).name for form in forms]
    write_beside(made, whose, out, overwrite=overwrite)


def write_beside(
    made: Mapping[str, bytes], whose: Sequence[str], out: Path, *, overwrite: bool
) -> None:
    """Write files for units into a folder: none where one that is there would be lost."""
    taken = [
        name
        for name, data in made.items()
        if (out / name).exists() and (out / name).read_bytes() != data
    ]
    if taken and not overwrite:
        raise UsageError(
            f"{out} 中已有内容不同的同名文件：{'、'.join(taken)}。未写入任何文件。\n"
            "  处理：换一个文件夹；确认可以覆盖时加 --overwrite"
        )
    out.mkdir(parents=True, exist_ok=True)
    for name, (file, data) in zip(whose, made.items(), strict=True):
        put(out / file, data)
        click.echo(f"  {file}  {name}")


def day_received(given: dt.datetime | None, edition: Edition | None) -> dt.date:
    """Return the day of receipt: today, or one given that can be true."""
    today = dt.date.today()
    if given is None or edition is None:
        return today
    day = given.date()
    if day > today:
        raise UsageError(f"收到日期 {day} 晚于今天 {today}\n  处理：核对 --received 和本机日期")
    end = edition.base.end.last_day
    if day <= end and day != today:
        raise UsageError(
            f"收到日期 {day} 早于 {edition} 的期末 {end}\n  处理：核对 --received 和 --edition"
        )
    return day


def tell_aside(found: Inbox) -> None:
    """Name what lies in the folders and is not read."""
    for name, why in found.aside:
        click.echo(f"{printable(name)}\n  → {NOT_LOOKED_AT}：{why}\n")


def file_it(
    checked: Checked, given: HandedIn, day: dt.date, *, accept_errors: bool, shelves: Shelves
) -> Received:
    """File a workbook in its dataset, if it may be."""
    if not checked.dataset:
        outcome = Outcome.SKIPPED if checked.passed_over else Outcome.REFUSED
        return Received(checked, outcome)
    return file_workbook(
        checked,
        given.workspaces[checked.dataset].submissions,
        received=day,
        now=dt.datetime.now().astimezone(),
        accept_errors=accept_errors,
        aside=given.aside(checked.dataset),
        shelves=shelves,
    )


def print_status(status: EditionStatus) -> None:
    """Print the table, then what is to be done."""
    click.echo(status.headline)
    if status.stands:
        click.echo(status.stands)
    print_table(HEADINGS, [cells_of(unit) for unit in status.units], folded=(0,))
    click.echo(status.counts)
    for heading, names in status.calls:
        click.echo(f"{heading}：{printable(names)}")
