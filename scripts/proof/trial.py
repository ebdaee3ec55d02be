"""Build after every edit, beside it from nothing, and compare: bytes, and what was made anew."""

from __future__ import annotations

import random
import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from proof.bounds import ALL, KINDS, NOTHING_AT_ALL, May
from proof.checkout import Change, Checkout, Made, Run
from proof.edits import EDITS

UNDO, FIRST = "undo", "from_nothing"
AHEAD = 3  # edits of which the book from nothing may still be waited for
Results = Mapping[str, str]
Tell = Callable[["Step"], None]


@dataclass(frozen=True)
class Step:
    """An edit, and what became of the book.

    Attributes
    ----------
    refused
        The edit makes no book, from nothing neither; it was undone.
    difference
        The first file that is not as from nothing; empty where all are.
    excess
        What was made anew although it may not have been.
    made, changed
        What was made anew, and what came out otherwise than before the edit.
    """

    edit: str
    refused: bool
    difference: str
    excess: Sequence[str]
    made: Made
    changed: Made
    seconds: float
    seconds_from_nothing: float

    @property
    def is_sound(self) -> bool:
        return not self.difference and not self.excess

    def __str__(self) -> str:
        """Say in a line what is wrong, if anything."""
        if self.refused:
            return f"{self.edit}：无法成书（从零生成同样），已撤销"
        wrong = [f"不同：{self.difference}"] if self.difference else []
        wrong += [f"多做：{'、'.join(self.excess[:5])}"] if self.excess else []
        made = "，".join(f"{kind} {len(names)}" for kind, names in self.made.items() if names)
        time = f"{self.seconds:.1f}秒（从零{self.seconds_from_nothing:.1f}秒）"
        return f"{self.edit}：{'；'.join(wrong) or '相同'}；重做：{made or '无'}；{time}"


@dataclass(frozen=True)
class _Built:
    """What is known of a step before the book from nothing is there."""

    edit: str
    may: May
    run: Run
    results: Results
    nothing: Future[tuple[Run, Results]]


class Trial:
    """A checkout that is edited and built again and again; `scratch` is for builds from nothing.

    Parameters
    ----------
    pdf
        Whether the books have PDFs and packs.
    """

    def __init__(self, checkout: Checkout, scratch: Path, seed: int, *, pdf: bool = False) -> None:
        self.checkout = checkout
        self._scratch = scratch
        self._chance = random.Random(seed)
        self._pdf = pdf
        self._done: list[tuple[Change, May]] = []
        self._begun = NOTHING_AT_ALL  # what a build that was refused may have made already
        self._known: dict[str, Future[tuple[Run, Results]]] = {}

    def run(self, count: int, tell: Tell) -> list[Step]:
        """Build from nothing, then after so many edits; return what became of each.

        All kinds of edits are as frequent as any other.
        """
        steps: list[Step] = []
        with ThreadPoolExecutor(1) as pool:
            waiting = [self._built(FIRST, ALL, pool)]
            before: Results = {}
            for name in self._names(count):
                waiting.append(self._edited(name, pool))
                while waiting[0].nothing.done() or len(waiting) > AHEAD:
                    before = self._compared(waiting, before, steps, tell)
                    if not waiting:
                        break
            while waiting:
                before = self._compared(waiting, before, steps, tell)
        return steps

    def _names(self, count: int) -> Iterator[str]:
        """Yield names of edits: all in an order of chance, then all in another, and so on."""
        left: list[str] = []
        for _ in range(count):
            if not left:
                left = [*EDITS, UNDO, UNDO]
                self._chance.shuffle(left)
            yield left.pop()

    def _edited(self, name: str, pool: ThreadPoolExecutor) -> _Built:
        with self.checkout.changing() as change:
            may = self._undone() if name == UNDO else EDITS[name](self.checkout, self._chance)
        may = may or NOTHING_AT_ALL
        built = self._built(name, may | self._begun, pool)
        self._begun = may if built.run.code else NOTHING_AT_ALL
        if built.run.code:
            built.nothing.result()
            self.checkout.undo(dict(change))
        elif change:
            self._done.append((dict(change), may))
        return built

    def _undone(self) -> May | None:
        """Undo one of the edits that can be; what it could make anew can be made again."""
        able = [each for each in self._done if self.checkout.stands(each[0])]
        if not able:
            return None
        change, may = self._chance.choice(able)
        self._done.remove((change, may))
        self.checkout.undo(change)
        return may

    def _built(self, name: str, may: May, pool: ThreadPoolExecutor) -> _Built:
        """Build, while the same is built from nothing, unless it is known what comes of that."""
        state = self.checkout.state()
        if state not in self._known:
            copy = self.checkout.copied(self._scratch / str(len(self._known)))
            self._known[state] = pool.submit(_from_nothing, copy, self._pdf)
        run = self.checkout.build(pdf=self._pdf)
        results = {} if run.code else self.checkout.results(pdf=self._pdf)
        return _Built(name, may, run, results, self._known[state])

    def _compared(
        self, waiting: list[_Built], before: Results, steps: list[Step], tell: Tell
    ) -> Results:
        """Compare the oldest that waits, and return what the next is compared with."""
        built = waiting.pop(0)
        run, wanted = built.nothing.result()
        refused = bool(built.run.code and run.code)
        changed = {} if refused else changed_names(before, wanted)
        steps.append(
            Step(
                edit=built.edit,
                refused=refused,
                difference=_difference(built, run, wanted),
                excess=() if refused else built.may.excess(built.run.made, changed),
                made=built.run.made,
                changed=changed,
                seconds=built.run.seconds,
                seconds_from_nothing=run.seconds,
            )
        )
        tell(steps[-1])
        return before if refused else wanted


def _from_nothing(copy: Checkout, pdf: bool) -> tuple[Run, Results]:
    run = copy.build(pdf=pdf)
    results = {} if run.code else copy.results(pdf=pdf)
    shutil.rmtree(copy.place)
    return run, results


def _difference(built: _Built, run: Run, wanted: Results) -> str:
    """Say what is first not the same; nothing if all is."""
    if built.run.code != run.code:
        said = built.run.said if built.run.code else run.said
        return f"{'只有增量' if built.run.code else '只有从零'}生成失败：{said[-500:]}"
    names = sorted({*wanted, *built.results})
    unlike = [name for name in names if wanted.get(name) != built.results.get(name)]
    return f"{unlike[0]}（共{len(unlike)}个）" if unlike else ""


def changed_names(before: Results, after: Results) -> dict[str, tuple[str, ...]]:
    """Return what came out otherwise, called as `BuiltBook.made` calls it."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for name, sha in after.items():
        if before.get(name) == sha:
            continue
        path = PurePosixPath(name)
        if path.suffix == ".html":
            page = path.with_suffix("").relative_to("html").as_posix()
            found["pages"].append(f"book/{page}")
            found["read"].append(f"book/{page}")
            found["sources"].append(f"{page}.md")
            if page.startswith("chapters/"):
                found["notebooks"].append(path.stem)
        elif path.parts[:2] == ("html", "pdf"):
            found["pdfs"].append(path.name)
        elif path.parts[:2] in (("html", "api"), ("html", "downloads")):
            found["downloads"].append(path.relative_to("html").as_posix())
        elif path.parts[0] == "packs":
            found["packs"].append(path.name)
    return {kind: tuple(names) for kind, names in found.items()}


def summary(steps: Sequence[Step], kinds: Sequence[str]) -> list[tuple[str, ...]]:
    """Return a row an edit: how many, how many equal, medians of seconds and of what was remade.

    Of each kind of thing two numbers, what was made anew and what came out otherwise.
    """
    rows = []
    for edit in sorted({step.edit for step in steps}):
        own = [step for step in steps if step.edit == edit]
        sound = [step for step in own if not step.refused]
        counts = [
            "/".join(
                f"{statistics.median(len(of.get(kind, ())) for of in ofs):.0f}"
                for ofs in ([s.made for s in sound], [s.changed for s in sound])
            )
            for kind in kinds
            if sound
        ]
        seconds = f"{statistics.median(step.seconds for step in sound):.1f}" if sound else "—"
        equal = str(sum(not step.difference for step in sound))
        bounded = str(sum(not step.excess for step in sound))
        refused = str(len(own) - len(sound))
        rows.append((edit, str(len(own)), refused, equal, bounded, seconds, *counts))
    return rows
