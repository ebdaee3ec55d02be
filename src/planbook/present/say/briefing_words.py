"""What the tables of briefings and units say around their cells: captions, notes, and for none."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present.book import Book
from planbook.present.say.edition_states import edition_before
from planbook.present.say.table_words import marks, named_text, sentence, specified

DECISIONS = "按状态由重到轻，同一状态先列没有督办或督办已逾期的"
NO_DECISION = "没有滞后、逆转或到期未达成的目标。"
NOTHING_WORSE = "没有转差、新作判定或不能再判定的目标。"
SUCCESSES = "好转的目标、完成的举措、销号的督办"
NO_SUCCESS = "本期没有好转的目标、新完成的举措和销号的督办事项。"
NOTHING_DUE = "没有到期的事项。"
RESPONSIBILITY_NOTE = (
    "举措含方案列明的专项；达标可能性较小为30%及以下；"
    "逾期事项为逾期的督办、年度任务和重点项目节点。"
)
OWN_GOALS = "负责的目标，状态差的在前"


# What leaders are told first.


def title(edition: str, finding: str) -> str:
    return named_text(f"{edition}进展", finding)


def ratings_moved(fell: int, rose: int) -> str:
    """Return how many goals are rated worse and better than before: ，较上期转差4项、好转6项."""
    said = [f"转差{fell}项"] * bool(fell) + [f"好转{rose}项"] * bool(rose)
    return f"，较上期{'、'.join(said)}" if said else ""


def goals_are(names: str, rating: str, *, still: bool, newly: bool) -> str:
    """Return how the worst goals stand, and whether that is news.

    Parameters
    ----------
    still, newly
        Whether all of them were rated so before; whether all were rated otherwise.
    """
    return f"{names}{'仍为' if still else '转为' if newly else '为'}{rating}"


def none_can_be_judged(goals: int) -> str:
    return f"{goals}项目标目前均无法判定"


def none_is_behind(*, met: bool, all_judged: bool) -> str:
    """Return that no goal is behind; `met`: all that can be judged have reached their targets."""
    if met:
        return f"{'' if all_judged else '能够判定的'}目标全部达成"
    return "能够判定的目标均不滞后"


def goals_named(names: str, more: int) -> str:
    """Return some names, and of how many, where there are more."""
    return names + (f"{more}项" if more else "")


# A goal to be decided on.


def value_of(value: str, period: str) -> str:
    return f"{value}（{period}）"


def average_until(growth: str, period: str) -> str:
    return f"年均增速{growth}%（至{period}）"


def now_target_left(now: str, target: str, left: str) -> str:
    return marks((now, f"目标{target}", f"还差{left}" if left else ""))


def beside_start(start: str, base: str, *, higher: bool, estimated: bool) -> str:
    what = "推算全年数" if estimated else "现值"
    return f"{what}{'高' if higher else '低'}于{start}的{base}"


def beside_year_before(value: str, *, higher: bool) -> str:
    return f"{'高' if higher else '低'}于上年同期的{value}"


def action_stands(task: str, due: str, status: str) -> str:
    return f"{task}（{due}，{status}）"


# What went well, and which likelihoods are which.


def measure_is(status: str) -> str:
    return f"举措{status}"


def action_closed(closure: str) -> str:
    return f"督办事项销号：{closure}"


def at_least(share: str) -> str:
    return f"{share}及以上"


def at_most(share: str) -> str:
    return f"{share}及以下"


def between(low: str, high: str) -> str:
    return f"{low}—{high}之间"


# What is due soon.

END_OF_GOALS = "方案目标到期"


def action_due(task: str, about: str) -> str:
    return specified(f"督办：{task}", about)


def tasks_overdue(tasks: int) -> str:
    return f"年度任务：{tasks}项"


def tasks_due(tasks: int) -> str:
    return f"{tasks_overdue(tasks)}到期"


def nodes_overdue(projects: int, names: str = "") -> str:
    return specified(f"重点项目节点：{projects}个", names)


def nodes_due(projects: int, names: str = "") -> str:
    return specified(f"重点项目节点：{projects}个到期", names)


def form_owed(edition: str) -> str:
    return f"补报{edition}填报表"


def form_due(edition: str) -> str:
    return f"报送{edition}填报表"


def release_of(edition: str) -> str:
    return f"发布{edition}"


def yearly_targets_end(year: str) -> str:
    return f"{year}年度目标到期"


# What else asks for a decision.


ELSE_ASKED = "还须过问："


def else_asked(what: str) -> str:
    return sentence(f"{ELSE_ASKED}{what}")


def some_of(items: Sequence[str], most: int) -> str:
    """Return up to `most` things one after another, and how many there are if there are more."""
    more = f"；等{len(items)}件" if len(items) > most else ""
    return "；".join(items[:most]) + more


def asked_of(name: str, unit: str, what: str) -> str:
    """Return one thing that asks for a decision: what it is about, whose it is, what is asked."""
    return named_text(specified(name, unit), what)


def others_behind(others: int) -> str:
    """Return how many more goals are off their course than are told."""
    return f"另{others}项指标滞后"


def projects_need(projects: int) -> str:
    return f"{projects}个项目有事项须协调"


def tasks_ask(tasks: int) -> str:
    return f"{tasks}项年度任务申请延期"


def measures_blocked(measures: int) -> str:
    return f"{measures}项举措受阻"


def actions_blocked(actions: int) -> str:
    return f"{actions}件督办事项受阻"


def alerts_unanswered(alerts: int, editions: str) -> str:
    return f"{alerts}条预警持续{editions}以上无督办"


# Tables.


def compared_words(book: Book) -> str:
    """Return with which edition this one is compared: 与2026年二季度相比."""
    return f"与{edition_before(book)}相比"


def until_words(book: Book) -> str:
    """Return until when things are listed as due."""
    return f"到{book.edition.base.plus(1).label}数据报齐为止"
