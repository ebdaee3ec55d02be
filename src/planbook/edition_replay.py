"""The rules of editions: which act may follow which, and what the acts so far have led to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from planbook.edition_acts import (
    Act,
    Correcting,
    EditionState,
    Opening,
    Publishing,
    Purging,
    Withdrawing,
)
from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition

_NEVER_PUBLISHED = (None, EditionState.OPEN, EditionState.GIVEN_UP)


class Refused(ProblemsFound):
    """An act that the rules of editions do not allow."""

    def __init__(self, what: str, where: str, fix: str) -> None:
        super().__init__("发布", [Problem(what, where, fix)])


@dataclass
class Replayed:
    """What the acts so far have led to."""

    first: Edition
    opened: Edition | None = None
    open_correction: Edition | None = None
    last_at: dt.datetime | None = None
    states: dict[Edition, EditionState] = field(default_factory=dict)
    first_published: dict[Edition, Publishing] = field(default_factory=dict)

    @property
    def current(self) -> Edition:
        regular = [edition.base.plus(1) for edition in self.first_published]
        return max([self.opened or self.first, *regular])

    @property
    def newest(self) -> Edition | None:
        return max(self.first_published, default=None)

    def take(self, act: Act) -> None:
        """Take an act over, or raise `Refused`."""
        where = f"editions.yaml：{act.edition}"
        if self.last_at is not None and act.at < self.last_at:
            what = f"时间 {act.at.isoformat()} 早于上一条记录的 {self.last_at.isoformat()}"
            raise Refused(what, where, "校准本机的日期和时间后重试")
        match act:
            case Opening():
                self._open(act, where)
            case Publishing():
                self._publish(act, where)
            case Correcting():
                self._correct(act, where)
            case Withdrawing() | Purging():
                self._end(act, where)
        self.last_at = act.at

    def _open(self, act: Opening, where: str) -> None:
        if act.edition.correction or act.edition < self.current:
            what = f"「{act.edition}」不在当前一期 {self.current} 之后"
            raise Refused(
                what,
                where,
                "写当前一期之后的期号；更正已发布的一期用 python -m planbook publish correct",
            )
        self.opened = act.edition

    def _publish(self, act: Publishing, where: str) -> None:
        edition = act.edition
        before = self.first_published.get(edition)
        if before is not None:
            if (act.frozen, act.verdicts) != (before.frozen, before.verdicts):
                what = f"「{edition}」已发布过，内容不同"
                raise Refused(
                    what,
                    where,
                    "已发布的一期不能改动；要更正，运行 python -m planbook publish correct",
                )
            if self.states[edition] in (EditionState.WITHDRAWN, EditionState.PURGED):
                what = f"「{edition}」{self.states[edition]}"
                fix = (
                    "撤回后的更正用 python -m planbook publish correct 另出一期；"
                    "清除后的作为下一期发布"
                )
                raise Refused(what, where, fix)
            return
        if self.open_correction not in (None, edition):
            what = f"更正版 {self.open_correction} 还没有发布"
            of = f"--dataset 数据集 --edition {self.open_correction} --by 单位 --reason 理由"
            give_up = f"python -m planbook publish withdraw {of}"
            fix = f"先发布它，或运行 {give_up} 放弃"
            raise Refused(what, where, fix)
        if edition not in (self.current, self.open_correction):
            can = " 或 ".join(str(e) for e in (self.current, self.open_correction) if e)
            raise Refused(f"「{edition}」现在不能发布", where, f"可发布的是 {can}")
        for other in self.first_published:
            if other.base == edition.base and self.states[other] is EditionState.PUBLISHED:
                self.states[other] = EditionState.CORRECTED
        self.first_published[edition] = act
        self.states[edition] = EditionState.PUBLISHED
        self.open_correction = None

    def _correct(self, act: Correcting, where: str) -> None:
        newest = self.newest
        if self.open_correction is not None:
            what = f"更正版 {self.open_correction} 已在编制"
            raise Refused(what, where, "先发布它，或用 python -m planbook publish withdraw 放弃")
        if newest is None:
            raise Refused("还没有发布过任何一期", where, "未发布的一期直接修改后重新生成即可")
        if self.states[newest] is EditionState.PURGED:
            raise Refused(f"最近发布的「{newest}」已清除", where, "不能再更正，作为下一期发布")
        numbers = [e.correction for e in self.states if e.base == newest.base]
        wanted = replace(newest.base, correction=max(numbers) + 1)
        if act.edition != wanted:
            what = f"现在只能更正最近发布的 {newest}，更正版是 {wanted}"
            raise Refused(what, where, "更早的差错在下一期中更正，并在该期说明")
        self.states[wanted] = EditionState.OPEN
        self.open_correction = wanted

    def _end(self, act: Withdrawing | Purging, where: str) -> None:
        state = self.states.get(act.edition)
        wanted = EditionState.PURGED if isinstance(act, Purging) else EditionState.WITHDRAWN
        if state is EditionState.OPEN and isinstance(act, Withdrawing):
            self.open_correction, wanted = None, EditionState.GIVEN_UP
        elif state in (*_NEVER_PUBLISHED, EditionState.PURGED, wanted):
            told = "没有发布过" if state in _NEVER_PUBLISHED else f"{state}"
            raise Refused(
                f"「{act.edition}」{told}",
                where,
                "用 python -m planbook publish list 查看各期的状态",
            )
        self.states[act.edition] = wanted
