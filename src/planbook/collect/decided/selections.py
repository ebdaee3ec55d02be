"""Recorded acts by which a filed workbook is withdrawn, or one of several is chosen.

``selections.yaml`` of a dataset → `Selection`s, and the workbooks they set aside in an edition. No
workbook is deleted, moved or changed by them: an act says which one no longer counts, from which
edition's book on, who decided so and why. `submissions` and `receive` leave out what is set aside.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from pydantic import model_validator

from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.yaml_records import other_cycle, read_records, records_in, stranger
from planbook.collect.file_names import FiledName
from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.plan.parts import Record, Text
from planbook.vocabulary import SelectionAction
from planbook.written_dates import EditionKey
from planbook.yamlfile import place, yaml_value

Aside = dict[tuple[Edition, str], "Selection"]  # by edition and file: the act that set it aside
_HEADER = (
    "# 撤回和改用的记录，由 python -m planbook collect withdraw 和 choose 写入；"
    "写法见 data/README.md\n"
)
_NONE = "每条记录以「- 」开头；没有记录时写 []"


class Selection(Record):
    """An act: `file` of `edition` is withdrawn, or chosen `instead_of` the files named.

    What is received later is not among those named, and so counts as ever.
    """

    action: SelectionAction
    edition: EditionKey
    file: Text
    instead_of: tuple[Text, ...] = ()
    by: Text  # the unit that decided, never a person
    on: dt.date
    reason: Text
    from_edition: EditionKey

    @model_validator(mode="after")
    def _complete(self) -> Selection:
        if self.from_edition < self.edition:
            raise ValueError("from_edition 不能早于该文件的 edition")
        if self.action is SelectionAction.WITHDRAW and self.instead_of:
            raise ValueError("withdraw 不写 instead_of")
        if self.file in self.instead_of:
            raise ValueError("instead_of 中不能有 file 本身")
        return self

    @property
    def sets_aside(self) -> tuple[str, ...]:
        """The files that no longer count."""
        withdrawn = self.action is SelectionAction.WITHDRAW
        return (self.file,) if withdrawn else self.instead_of


def read_selections(path: Path, plan: Plan, fixed: Fixed | None = None) -> tuple[Selection, ...]:
    """Read the acts in the order in which they were recorded; without a file there are none.

    Parameters
    ----------
    fixed
        What was published and must not change.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the file.
    """
    return read_records(path, Selection, partial(_misfits, plan), _NONE, fixed=fixed, key=_key)


def _key(selection: Selection) -> tuple[object, ...]:
    """Return what tells acts apart: one that was changed is told as such."""
    return selection.action, selection.edition, selection.file, selection.from_edition


def set_aside(selections: Iterable[Selection], upto: Edition) -> Aside:
    """Return the workbooks that do not count in an edition's book, each with the act.

    Of acts on the same workbook the last one recorded holds.
    """
    aside: Aside = {}
    for selection in selections:
        if selection.from_edition <= upto:
            if selection.action is SelectionAction.CHOOSE:
                aside.pop((selection.edition, selection.file), None)
            aside |= {(selection.edition, file): selection for file in selection.sets_aside}
    return aside


def with_selection(path: Path, selection: Selection, plan: Plan) -> bytes:
    """Return what the file will be once the act is added at its end, comments kept.

    Raises
    ------
    ProblemsFound
        If the file has problems already, or is written in a way to which nothing can be added.
    """
    before = read_selections(path, plan)
    text = path.read_text(encoding="utf-8") if path.exists() else _HEADER
    lines = [line for line in text.splitlines() if line.strip() != "[]"]
    added = "\n".join([*lines, *_lines(selection)]) + "\n"
    content, problems = yaml_value(added, path.name)
    found, _ = records_in(content, path.name, Selection, partial(_misfits, plan), _NONE)
    if problems or found != (*before, selection):
        what = "文件的写法特殊，不能在末尾追加"
        fix = "把各条改为从行首的「- 」开始，每键一行，写法见 data/README.md"
        raise ProblemsFound(path.name, [Problem(what, path.name, fix)])
    return added.encode()


def moved_acts(path: Path, plan: Plan, was: Edition, now: Edition) -> bytes | None:
    """Return what the file will be once its acts that hold from `was` hold from `now`.

    ``None`` where there are none; all else in the file stays as it is.

    Raises
    ------
    ProblemsFound
        If the file has problems, or is written in a way in which nothing can be changed.
    """
    before = read_selections(path, plan)
    wanted = tuple(
        act.model_copy(update={"from_edition": now}) if act.from_edition == was else act
        for act in before
    )
    if wanted == before:
        return None
    key = re.compile(
        rf"^([ -]*from_edition:\s*)(['\"]?){re.escape(str(was))}\2(?=\s|$)", re.MULTILINE
    )
    text = key.sub(rf"\g<1>{now}", path.read_bytes().decode())
    content, problems = yaml_value(text, path.name)
    found, _ = records_in(content, path.name, Selection, partial(_misfits, plan), _NONE)
    if problems or found != wanted:
        what = f"文件的写法特殊，不能把 from_edition 由 {was} 改为 {now}"
        raise ProblemsFound(path.name, [Problem(what, path.name, f"手工改为 {now} 后重试")])
    return text.encode()


def _misfits(plan: Plan, selection: Selection, where: str) -> list[Problem]:
    problems = [*stranger(selection.by, plan, where, "by"), *other_cycle(selection, plan, where)]
    units = set()
    for key, file in (("file", selection.file), *(("instead_of", f) for f in selection.instead_of)):
        try:
            units.add(FiledName.parse(file).unit_id)
        except ValueError:
            what = f"「{file}」不是归档的文件名"
            problems.append(Problem(what, place(where, (key,)), "照抄 submissions 中的文件名"))
    if len(units) > 1:
        what = "file 与 instead_of 不是同一单位的文件"
        problems.append(Problem(what, where, "只写同一单位、同一期的文件"))
    return problems


def _lines(selection: Selection) -> list[str]:
    """Return an act as YAML; what people typed is quoted, whatever it holds."""
    content = {
        "action": selection.action.value,
        "edition": str(selection.edition),
        "file": selection.file,
        "instead_of": f"[{', '.join(selection.instead_of)}]" if selection.instead_of else "",
        "by": selection.by,
        "on": selection.on.isoformat(),
        "reason": json.dumps(selection.reason, ensure_ascii=False),
        "from_edition": str(selection.from_edition),
    }
    given = [f"{key}: {value}" for key, value in content.items() if value]
    return [f"- {given[0]}", *(f"  {line}" for line in given[1:])]
