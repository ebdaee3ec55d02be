"""What a command on books says while it works: lines for people, or for programs (``--log json``).

A terminal gets the bars of `planbook.run.screen`; where nobody watches a terminal it is one plain
line a finished stage. Loads nothing that takes time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

import click

from planbook.run.stale_words import stale_words
from planbook.run.watching import Stage, Watcher

FORMATS = ("text", "json")
_MADE = {  # what was made anew, as people count it
    "notebooks": "笔记本{}本",
    "pages": "网页{}页",
    "pdfs": "PDF {}个",
    "packs": "资料包文件{}个",
    "downloads": "下载文件{}个",
}


@dataclass(frozen=True)
class Heading:
    """Which book is built; `standing` says where its edition stands, if that is to be said."""

    dataset: str
    edition: str
    visibility: str
    title: str
    standing: str = ""


@dataclass(frozen=True)
class Outcome:
    """What there is at the end of a build.

    Attributes
    ----------
    html, packs
        Folders; no packs: ``""``.
    seconds
        Wall time.
    made
        How many things were made anew, by kind; nothing where nothing had changed.
    """

    html: str
    pages: int
    pdfs: int = 0
    packs: str = ""
    units: int = 0
    seconds: float = 0.0
    made: Mapping[str, int] = field(default_factory=dict)


class Teller(Watcher, Protocol):
    """A watcher that is told as well which book it is and what came of it."""

    def heading(self, heading: Heading) -> None:
        """Take what is built."""

    def finished(self, outcome: Outcome, *, changed: bool) -> None:
        """Take what there is now."""

    def failed(self, text: str) -> None:
        """Take what went wrong; whoever runs the command says it to people."""


class PlainLines:
    """Prints a line at a time, without a control character."""

    def __init__(self) -> None:
        self._items: dict[Stage, list[bool]] = {}  # of each thing done, whether it was made anew

    def print(self, text: str) -> None:
        """Print a line."""
        click.echo(text)

    def heading(self, heading: Heading) -> None:
        """Print which book it is."""
        self.print(heading.title)
        if heading.standing:
            self.print(heading.standing)

    def note(self, text: str) -> None:
        """Print a line."""
        self.print(text)

    def begun(self, stage: Stage, items: int) -> None:
        """Say nothing yet."""
        self._items[stage] = []

    def stale(self, stage: Stage, id: str, title: str, why: Sequence[str]) -> None:
        """Print why, where something has changed."""
        if words := stale_words(why):
            self.print(f"重做 {title}：{words}")

    def done(self, stage: Stage, id: str, title: str, seconds: float | None) -> None:
        """Count it."""
        self._items[stage].append(seconds is not None)

    def ended(self, stage: Stage, seconds: float) -> None:
        """Print the stage with its seconds."""
        self.print(ended_words(stage, seconds, self._items[stage]))

    def finished(self, outcome: Outcome, *, changed: bool) -> None:
        """Print what there is, and where."""
        html = Path(outcome.html)
        if outcome.pdfs:
            self.print(f"PDF共{outcome.pdfs}个：{html / 'pdf'}")
        if outcome.packs:
            self.print(f"部门资料包共{outcome.units}个：{outcome.packs}")
        anew = [words.format(n) for k, words in _MADE.items() if (n := outcome.made.get(k))]
        if anew:
            self.print(f"本次重新生成：{'、'.join(anew)}")
        came = f"用时{outcome.seconds:.1f}秒" if changed else "自上次生成以来没有变化，无须重新生成"
        self.print(f"共{outcome.pages}页，{came}。请打开 {html / 'index.html'}")

    def failed(self, text: str) -> None:
        """Leave it to the command."""


class JsonLines:
    """Prints a JSON object a line, each with its `event`; README describes them."""

    def heading(self, heading: Heading) -> None:
        """Print ``started``."""
        _print("started", **asdict(heading))

    def note(self, text: str) -> None:
        """Print ``note``."""
        _print("note", text=text)

    def begun(self, stage: Stage, items: int) -> None:
        """Print ``stage_begun``."""
        _print("stage_begun", stage=stage, name=stage.label, items=items)

    def stale(self, stage: Stage, id: str, title: str, why: Sequence[str]) -> None:
        """Print ``stale``."""
        _print("stale", stage=stage, id=id, title=title, why=list(why))

    def done(self, stage: Stage, id: str, title: str, seconds: float | None) -> None:
        """Print ``done``."""
        spent = None if seconds is None else round(seconds, 3)
        _print("done", stage=stage, id=id, title=title, seconds=spent)

    def ended(self, stage: Stage, seconds: float) -> None:
        """Print ``stage_ended``."""
        _print("stage_ended", stage=stage, name=stage.label, seconds=round(seconds, 3))

    def finished(self, outcome: Outcome, *, changed: bool) -> None:
        """Print ``finished``."""
        told = asdict(outcome) | {"seconds": round(outcome.seconds, 3)}
        _print("finished", changed=changed, **told)

    def failed(self, text: str) -> None:
        """Print ``failed``."""
        _print("failed", text=text)


def ended_words(stage: Stage, seconds: float, anew: list[bool]) -> str:
    """Return the line of a finished stage: its seconds, and how much of it was up to date."""
    same = anew.count(False)
    kept = f"（{len(anew)}项，其中{same}项未变）" if same else f"（{len(anew)}项）" if anew else ""
    return f"{stage.label}{kept}：{seconds:.1f}秒"


def _print(event: str, **told: Any) -> None:
    click.echo(json.dumps({"event": event, **told}, ensure_ascii=False))
