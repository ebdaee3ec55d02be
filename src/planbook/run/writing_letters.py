"""What the commands of ``letters`` do: covering letters for units, from an office's templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypedDict, Unpack

import click

from planbook.collect.feedback.letter_contents import reminder_fields, request_fields
from planbook.collect.inbox.filed import read_filed
from planbook.collect.inbox.received import Submissions
from planbook.collect.inbox.status_table import edition_status
from planbook.errors import Finding, Problem, ProblemsFound, UsageError
from planbook.letters import Letter, LetterFields
from planbook.periods import Edition, day_label
from planbook.plan import Plan
from planbook.produce.word.letter_designs import design
from planbook.produce.word.letter_template import LetterTemplate
from planbook.put_in_place import put
from planbook.run.arguments import known_unit, open_edition
from planbook.run.collecting import blank_forms, form_file, write_beside
from planbook.run.opening import open_workspace
from planbook.vocabulary import SubmissionState
from planbook.workspace import Workspace

_DAYS_TO_ANSWER = 5  # where the deadline has passed
_COMES_WITH_PROGRAM = "随程序提供的模板"


class _Where(TypedDict):
    """Of which dataset letters are written, into which folder, and whether over what is there."""

    dataset: str
    out: Path
    overwrite: bool


OwnFields = Callable[[Workspace, Plan, Edition], Iterator[tuple[str, LetterFields]]]


def templates(*, dataset: str) -> None:
    """Write the templates that a dataset does not have; check those that it has."""
    workspace, _ = open_workspace(dataset)
    problems: list[Problem] = []
    for letter in Letter:
        path = workspace.letters / letter.file
        where = path.relative_to(workspace.root).as_posix()
        if path.is_file():
            wrong = template_of(workspace, letter).problems()
            problems += wrong
            click.echo(f"  {where}  已有，{'有问题' if wrong else '可用'}")
            continue
        path.parent.mkdir(exist_ok=True)
        put(path, design(letter))
        click.echo(f"  {where}  已写出，可用 Word 或 WPS 修改")
    if problems:
        raise ProblemsFound("公文模板", problems)


def request(
    *,
    edition: str,
    unit: str | None,
    until: dt.datetime | None,
    dated: dt.datetime | None,
    **where: Unpack[_Where],
) -> None:
    """Write 报送通知 for each unit that owes something, to go out with its form."""
    day = _day(dated)

    def own(
        workspace: Workspace, plan: Plan, chosen: Edition
    ) -> Iterator[tuple[str, LetterFields]]:
        deadline = workspace.dataset.deadline(chosen)
        late = deadline < day
        last = _answered_by(_later(day) if late else deadline, until, day)
        for form in blank_forms(workspace, plan, chosen, unit):
            yield (
                form.unit_id,
                request_fields(form, form_file(form), plan=plan, until=last, late=late),
            )

    _write(Letter.REQUEST, own, edition, day, **where)


def remind(
    *,
    edition: str | None,
    unit: str | None,
    until: dt.datetime | None,
    dated: dt.datetime | None,
    **where: Unpack[_Where],
) -> None:
    """Write 催报函 for each unit that has not sent, or whose workbook has open findings."""
    day = _day(dated)

    def own(
        workspace: Workspace, plan: Plan, chosen: Edition
    ) -> Iterator[tuple[str, LetterFields]]:
        only = known_unit(plan, unit) if unit else None
        submissions = read_filed(workspace, plan, chosen, today=day)
        deadline = workspace.dataset.deadline(chosen)
        last = _answered_by(max(deadline, _later(day)), until, day)
        forms = {form.unit_id: form for form in blank_forms(workspace, plan, chosen, only)}
        for row in edition_status(workspace.dataset, submissions, chosen, day).units:
            if only not in (None, row.submitting_unit):
                continue
            findings = _open_findings(submissions, chosen, row.submitting_unit, row.state)
            form = forms.get(row.submitting_unit)
            fields = reminder_fields(
                row, findings, chosen, deadline, form=form, today=day, until=last
            )
            if fields is not None:
                yield row.submitting_unit, fields

    _write(Letter.REMINDER, own, edition, day, **where)


def warn(
    *,
    edition: str | None,
    unit: str | None,
    until: dt.datetime | None,
    dated: dt.datetime | None,
    **where: Unpack[_Where],
) -> None:
    """Write 预警通知单 for each unit of which something is warned of."""
    from planbook.present.packs.own_book import own_book  # noqa: PLC0415 - pandas
    from planbook.present.packs.warning_letter import warning_fields  # noqa: PLC0415
    from planbook.run.pipeline import judged_book, next_templates  # noqa: PLC0415 - as above

    day = _day(dated)

    def own(
        workspace: Workspace, plan: Plan, chosen: Edition
    ) -> Iterator[tuple[str, LetterFields]]:
        only = known_unit(plan, unit) if unit else None
        book = judged_book(workspace, plan, chosen, day)
        with_forms = next_templates(workspace, book.plan, chosen)
        deadline = workspace.dataset.deadline(chosen.plus(1))
        asked = until is not None or deadline < day
        last = _answered_by(_later(day) if asked else deadline, until, day)
        for each in book.plan.units:
            if only in (None, each.id):
                fields = warning_fields(
                    own_book(book, each.id),
                    with_form=each.id in with_forms,
                    until=day_label(last) if asked else "",
                )
                if fields is not None:
                    yield each.id, fields

    _write(Letter.WARNING, own, edition, day, **where)


def template_of(workspace: Workspace, letter: Letter) -> LetterTemplate:
    """Return a dataset's own template of a letter, else the one that comes with the program."""
    path = workspace.letters / letter.file
    if path.is_file():
        where = path.relative_to(workspace.root).as_posix()
        return LetterTemplate(letter, where, path.read_bytes())
    return LetterTemplate(letter, f"{letter}，{_COMES_WITH_PROGRAM}", design(letter))


def _write(
    letter: Letter,
    own: OwnFields,
    edition: str | None,
    day: dt.date,
    **where: Unpack[_Where],
) -> None:
    """Fill a letter for each unit that `own` names, all of them before any is written."""
    workspace, plan = open_workspace(where["dataset"])
    out = where["out"]
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    template = template_of(workspace, letter)
    if problems := template.problems():
        raise ProblemsFound("公文模板", problems)
    made: dict[str, bytes] = {}
    whose = []
    for unit_id, fields in own(workspace, plan, chosen):
        shared = _shared(workspace, plan, unit_id, chosen, day)
        made[f"{chosen}-{unit_id}-{letter}.docx"] = template.filled({**shared, **fields}, day)
        whose.append(plan.unit(unit_id).name)
    click.echo(f"{workspace.dataset.title} · {chosen.label} · {letter}（模板：{template.where}）")
    if not made:
        click.echo("没有须发函的单位")
        return
    write_beside(made, whose, out, overwrite=where["overwrite"])
    click.echo(f"共 {len(made)} 份，在 {out}")


def _shared(
    workspace: Workspace, plan: Plan, unit_id: str, edition: Edition, day: dt.date
) -> Mapping[str, str]:
    """Return the fields that every letter has."""
    unit, dataset = plan.unit(unit_id), workspace.dataset
    return {
        "单位": unit.name,
        "单位简称": unit.short,
        "方案": plan.about.short_title,
        "期号": edition.label,
        "示例": "示例数据" if dataset.demonstration else "",
        "发出单位": dataset.prepared_by or plan.about.issuer,
        "联系方式": dataset.contact,
        "成文日期": day_label(day),
    }


def _later(day: dt.date) -> dt.date:
    """Return by when a letter of this day is answered where no deadline is left."""
    return day + dt.timedelta(days=_DAYS_TO_ANSWER)


def _answered_by(usual: dt.date, until: dt.datetime | None, day: dt.date) -> dt.date:
    """Return the day that is asked for, or the usual one."""
    last = until.date() if until else usual
    if last < day:
        raise UsageError(f"答复期限 {last} 早于成文日期 {day}\n  处理：核对 --until 和 --dated")
    return last


def _open_findings(
    submissions: Submissions, edition: Edition, unit_id: str, state: SubmissionState
) -> tuple[Finding, ...]:
    """Return what was found in a unit's workbook that counts, or in the one that was sent back."""
    if state is SubmissionState.RETURNED:
        back = [
            refusal.findings
            for refusal in submissions.returned
            if (refusal.edition, refusal.submitting_unit) == (str(edition), unit_id)
        ]
        return back[-1] if back else ()
    found = (
        each.findings
        for each in submissions.current
        if (each.edition, each.unit_id) == (edition, unit_id)
    )
    return next(found, ())


def _day(given: dt.datetime | None) -> dt.date:
    return given.date() if given else dt.date.today()
