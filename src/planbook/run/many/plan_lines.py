"""How the building of many plans is told: a bar, a line a plan, or JSON lines."""

from __future__ import annotations

import json
import math
import time

import click

from planbook.run.many.build_all import Report
from planbook.run.many.task import PlanOutcome


class PlanLines:
    """Counts plans, and prints a line for each that has ended."""

    def __init__(self) -> None:
        self.total = self.done = self.failed = self.running = 0
        self._built, self._spent, self._workers = 0, 0.0, 1
        self._began = time.monotonic()

    def begun(self, plans: int) -> None:
        """Print how many there are."""
        self.total = plans
        self.print(f"共{plans}个方案")

    def started(self, name: str, workers: int) -> None:
        """Count it."""
        self.running += 1
        self._workers = workers

    def ended(self, outcome: PlanOutcome) -> None:
        """Print what became of it, and how long the rest may take."""
        self.count(outcome)
        self.print(
            f"[{self.done}/{self.total}] {outcome.name}：{_ended(outcome)}（{self.times()}）"
        )

    def count(self, outcome: PlanOutcome) -> None:
        """Take a plan that has ended into the counts."""
        self.done += 1
        self.failed += bool(outcome.problem)
        if not outcome.kept:
            if not outcome.problem:  # one that fails ends too early to go by
                self._built += 1
                self._spent += outcome.seconds
            self.running = max(self.running - 1, 0)

    def times(self) -> str:
        """Return how long it has taken and about how long it will, by the plans built so far."""
        elapsed, rest = time.monotonic() - self._began, self.total - self.done
        if not (self._built and rest):
            return f"已用{_words(elapsed)}"
        rounds = math.ceil(rest / self._workers)
        return f"已用{_words(elapsed)}，约剩{_words(self._spent / self._built * rounds)}"

    def counts(self) -> str:
        """Return the counts in words."""
        failed = f"，失败{self.failed}" if self.failed else ""
        return f"完成{self.done - self.failed}，进行中{self.running}{failed}"

    def print(self, text: str) -> None:
        """Print a line."""
        click.echo(text)

    def finished(self, report: Report) -> None:
        """Print the sum, and every failure with what is wrong."""
        built = len(report.outcomes) - len(report.failed) - len(report.kept)
        for outcome in report.failed:
            self.print(f"\n{outcome.name} 没有生成：\n{outcome.problem}")
        same = f"，{len(report.kept)}个没有变化" if report.kept else ""
        failed = f"，{len(report.failed)}个没有生成" if report.failed else ""
        spent = _words(time.monotonic() - self._began)
        self.print(f"{built}个已生成{same}{failed}，用时{spent}。一览：{report.where}/index.html")


class PlanEvents(PlanLines):
    """Prints a JSON object a line, each with its `event`."""

    def begun(self, plans: int) -> None:
        """Print ``started``."""
        self.total = plans
        self.event("started", plans=plans)

    def started(self, name: str, workers: int) -> None:
        """Print ``plan_started``."""
        super().started(name, workers)
        self.event("plan_started", plan=name)

    def ended(self, outcome: PlanOutcome) -> None:
        """Print ``plan_ended``."""
        self.count(outcome)
        self.event(
            "plan_ended",
            plan=outcome.name,
            seconds=round(outcome.seconds, 3),
            kept=outcome.kept,
            problem=outcome.problem,
        )

    def finished(self, report: Report) -> None:
        """Print ``finished``."""
        failed, kept = ([each.name for each in those] for those in (report.failed, report.kept))
        spent = round(time.monotonic() - self._began, 3)
        self.event("finished", where=report.where, failed=failed, kept=len(kept), seconds=spent)

    def event(self, event: str, **told: object) -> None:
        """Print one."""
        self.print(json.dumps({"event": event, **told}, ensure_ascii=False))


def _ended(outcome: PlanOutcome) -> str:
    if outcome.problem:
        return "没有生成"
    return "没有变化" if outcome.kept else f"{outcome.seconds:.1f}秒"


def _words(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole}秒"
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}小时{minutes}分" if hours else f"{minutes}分{whole % 60}秒"
