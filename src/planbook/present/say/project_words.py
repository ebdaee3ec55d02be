"""What is said of key projects: how the reserve stands, and what an edition changed of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import listed
from planbook.present.reserve import (
    Amount,
    Sum,
    by_change,
    live,
    needing,
    overdue,
    silent,
    sum_of,
)
from planbook.present.say.reason_words import NO_REASON
from planbook.present.watched import is_public
from planbook.project_frames import ProjectChange, ProjectRow, ProjectStage

UNIT = "亿元"
DECIMALS = 2
NOT_PUBLIC = "公开版只列公开的项目，不列存在的问题和需要协调的事项。"
HOW_TO_ADD = (
    "每个项目只计入当前所在的阶段；合计为在库项目，含已投产的，不含退库的。"
    "总投资、本年计划投资和累计完成投资是三种口径，不能相加；没有填报的不计。"
)
HOW_TO_READ_NODES = "节点时限当月结束仍未完成的为逾期；与最初填报的时限相比推后的为延期。"
BY_FIELD = "每个项目服务于一项举措或目标，只计入其所在的领域一次。"
FUNNEL_UNITS = "单位：个，亿元；每个项目只计入当前阶段，没有填报总投资的不计金额"
NONE_CHANGED = "本期没有新增、进阶、延期、退阶或退库的项目。"
NONE_LATE = "没有逾期或延期的节点。"
NONE_NEEDED = "没有需要协调的事项。"
NOT_SHOWN = "公开版不列需要协调的事项。"
OVERDUE = "逾期"
_PUT_BACK = (ProjectChange.BACK, ProjectChange.SLIPPED)
_BEGUN = (ProjectStage.STARTED, ProjectStage.BUILDING, ProjectStage.PRODUCING)


def projects_sentence(book: Book) -> str:
    """Return how large the reserve is, what the edition changed, what is late or to be settled."""
    rows = book.rows.projects
    if not rows:
        return _none(book)
    own = live(rows)
    said = f"在库项目{len(own)}个{_amounts(book, own)}。" if own else "目前没有在库项目。"
    said += _changed(book)
    still = silent(book)
    said += f"本期未报、沿用上次填报的{len(still)}个。" if still else ""
    refused = book.refused_of_projects
    said += f"本期填报中有{refused}处因错误未采用，书中为以前填报或更正的数。" if refused else ""
    late = overdue(rows)
    said += f"节点逾期的{len(late)}个：{listed([row.project for row in late])}。" if late else ""
    open_needs = needing(rows)
    if open_needs:
        said += f"有事项需要协调的{len(open_needs)}个，涉及单位：{_units(book, open_needs)}。"
    return said + (NOT_PUBLIC if is_public(book) else "")


def _amounts(book: Book, rows: Sequence[ProjectRow]) -> str:
    """Return the sums that are known, each with how many projects do not say it."""
    year = year_words(book)
    names: dict[Amount, str] = {
        "total_investment": "总投资",
        "invested": "累计完成投资",
        "year_investment": f"{year}计划投资",
    }
    parts = []
    for name, word in names.items():
        found = sum_of(rows, name)
        if found.amount is not None:
            lack = f"（{missing_words(found)}）" if found.missing else ""
            parts.append(f"，{word}{amount_words(found.amount)}{lack}")
    return "".join(parts)


def _changed(book: Book) -> str:
    changed = by_change(book)
    if not changed:
        return NONE_CHANGED
    if len(changed.get(ProjectChange.NEW, ())) == len(book.rows.projects):
        return "均为本期新增。"
    return f"本期{'、'.join(f'{change.label}{len(own)}个' for change, own in changed.items())}。"


def _none(book: Book) -> str:
    how = "各单位在填报表的「重点项目」表中填报，每期更新，列入本页。"
    return no_projects(book) + ("" if is_public(book) else how)


def no_projects(book: Book) -> str:
    """Return that there are none; a public book knows the public ones only."""
    return "没有公开的重点项目。" if is_public(book) else "储备库中还没有重点项目。"


def no_needs(book: Book) -> str:
    return NOT_SHOWN if is_public(book) else NONE_NEEDED


def counted(rows: Iterable[ProjectRow]) -> str:
    """Return projects counted by stage: 5个，其中前期2个、在建3个; what left is said apart."""
    known = list(rows)
    own = live(known)
    stages = {stage: sum(row.stage is stage for row in own) for stage in ProjectStage}
    parts = [f"{stage.label}{count}个" for stage, count in stages.items() if count]
    left = len(known) - len(own)
    said = f"{len(own)}个" + (f"，其中{'、'.join(parts)}" if parts else "")
    return said + (f"；退库{left}个" if left else "")


def year_words(book: Book) -> str:
    """Return the year that planned investments are of."""
    return book.plan.year.label(book.plan.year.of(book.edition.end))


def amount_words(amount: float) -> str:
    """Return an amount in a sentence: 12.5亿元."""
    return numbers.with_unit(numbers.short(amount, DECIMALS), UNIT)


def stage_note(row: ProjectRow) -> str:
    """Return which stage a project was in before; empty where it is the same, or it is new."""
    before = row.stage_before
    return f"上期{before.label}" if before is not None and before is not row.stage else ""


def node_note(row: ProjectRow) -> str:
    """Return whether a node is overdue and by how much it was put off; empty where neither is."""
    first = row.first_next_month
    moved = f"原定{first.words}，延期{row.slipped}个月" if first and row.slipped else ""
    return "，".join(filter(None, (OVERDUE if row.overdue else "", moved)))


def why(book: Book, row: ProjectRow) -> str:
    """Return why a project left, went back or put its node off; that its unit does not say it."""
    if row.change is ProjectChange.LEFT:
        return row.left_reason or _unsaid(book)
    return problem_words(book, row) if row.change in _PUT_BACK else ""


def problem_words(book: Book, row: ProjectRow) -> str:
    """Return a project's trouble; where its unit was to say it and did not, that it did not."""
    asked = row.overdue or row.change in _PUT_BACK
    return row.problem or (_unsaid(book) if asked else "")


def _unsaid(book: Book) -> str:
    """Return that a unit gave no reason; a public book, which shows none, cannot say it."""
    return "" if is_public(book) else NO_REASON


def change_words(change: ProjectChange, rows: Sequence[ProjectRow]) -> str:
    """Return the heading of projects that changed in one way: 新增（3个）."""
    return f"{change.label}（{len(rows)}个）"


def unit_words(name: str, rows: Sequence[ProjectRow]) -> str:
    """Return a unit's name with how many projects it has, and how many are overdue."""
    late = len(overdue(rows))
    told = f"，逾期{late}个" if late else ""
    return f"{name}（在库{len(live(rows))}个{told}）"


def trouble_words(book: Book, row: ProjectRow) -> str:
    """Return a project's trouble and what is needed, or why it left."""
    if row.stage is ProjectStage.LEFT:
        return row.left_reason or _unsaid(book)
    need = f"需协调：{row.need}" if row.need else ""
    said = (problem_words(book, row), need)
    return "；".join(part.rstrip("。；") for part in said if part)


def how_many(rows: Sequence[ProjectRow]) -> str:
    """Return the number of projects; empty for none."""
    return f"{len(rows)}个" if rows else ""


def late_words(rows: Sequence[ProjectRow]) -> str:
    """Return how many projects are overdue: 逾期2; empty for none."""
    late = len(overdue(rows))
    return f"{OVERDUE}{late}" if late else ""


def missing_words(found: Sum) -> str:
    """Return how many projects do not say an amount: 2个未填; empty for none."""
    return f"{found.missing}个未填" if found.missing else ""


def changes_title(book: Book) -> str:
    return f"{book.edition.label}重点项目的变化"


def list_title(book: Book) -> str:
    return f"重点项目清单，截至{book.edition.label}"


def fields_title(book: Book) -> str:
    return f"重点项目按领域，截至{book.edition.label}"


def reserve_title(book: Book) -> str:
    return f"重点项目按阶段，截至{book.edition.label}"


def goal_title(name: str) -> str:
    return f"服务于{name}的重点项目"


def _units(book: Book, rows: Iterable[ProjectRow]) -> str:
    names = dict.fromkeys(book.plan.unit(row.submitting_unit).short for row in rows)
    return listed(list(names))


def count_of(count: int) -> str:
    """Return a number of projects: 5个."""
    return f"{count}个"


def funnel_title(found: Mapping[ProjectStage, Sequence[ProjectRow]]) -> str:
    """Return how many projects are in the reserve, by stage, and how many of them have begun."""
    count = sum(map(len, found.values()))
    begun = sum(len(own) for stage, own in found.items() if stage in _BEGUN)
    if not begun:
        return f"在库项目{count}个，都还没有开工"
    return f"在库项目{count}个，已开工{begun}个，尚未开工{count - begun}个"


def funnel_alt(found: Mapping[ProjectStage, Sequence[ProjectRow]]) -> str:
    """Return what the chart of the reserve shows."""
    return f"储备库各阶段项目图。{'；'.join(map(_stage_said, found.items()))}。"


def _stage_said(stage: tuple[ProjectStage, Sequence[ProjectRow]]) -> str:
    name, own = stage
    amount = sum_of(own, "total_investment").amount
    more = "" if amount is None else f"，总投资{amount_words(amount)}"
    return f"{name.label}{count_of(len(own))}{more}"
