"""What the public book must not say: numbers and texts that its tables lack, in the forms of print.

Turns the internal plan and tables into what is looked for in finished files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from planbook.contract import NUMBER
from planbook.plan.model import Indicator, Plan
from planbook.present import numbers
from planbook.present.redaction import redacted
from planbook.rounding import rounded
from planbook.saved import TABLE_CONTRACTS, Tables

ALONE = 4  # significant digits from which a value is looked for wherever it stands
ALONE_DERIVED = 5  # of a share, a pace, a growth, a value in 万 or 亿: they look like any other
LETTERS = 8  # of the shortest sentence that is looked for
PROJECT_LETTERS = 4  # of the shortest name of a project
NAME_LETTERS = 3  # of the shortest name of a measure or a unit
_DECIMALS = 4  # to which the book may round
_FEW = 2  # significant digits of which there are too few in data that are no table
_BESIDE = 40  # characters between a name and a number beside it
_TOKEN = re.compile(r"(?<![\w.])(?<!\d,)\d+(?:,\d{3})*(?:\.\d+)?(?!\.?\d)", re.ASCII)
_SCALES = (1.0, 1e4, 1e8, 1e-4, 1e-8)  # of 亿元: 亿元, 万元, 元, 万亿元
_SHARES = {"completion", "increment_completion", "usual_share", "required_rate"}
_RATIOS = {*_SHARES, "growth_pace", "linear_pace", "pace", "yoy"}
_OF_PROJECTS = {"total_investment", "year_investment", "invested"}  # are told by their names
_OF_TIME = {"elapsed", "horizon", "time_elapsed", "share_due", "increment_due"}  # no secret
_TEXTS = {  # columns of words; other columns hold codes
    "closure",
    "decided_in",
    "deliverable",
    "dropped",
    "evidence",
    "file",
    "left_reason",
    "message",
    "need",
    "next_node",
    "note",
    "observed",
    "problem",
    "progress",
    "project",
    "quote",
    "reason",
    "remark",
    "reply",
    "source",
    "source_file",
    "task",
    "text",
    "title",
    "unit_name",
}
_OWN_FILES = (".csv", ".yaml")  # the analysts' files, which the manual names
_NOT_A_LETTER = re.compile(r"[\W_]+")
_NOT_A_WORD = re.compile(r"[\W\d_]+")


class Amount(NamedTuple):
    """A number of a table: its size, its column, and the goal or indicator it belongs to."""

    size: float
    column: str
    id: str

    @property
    def forms(self) -> dict[str, int]:
        """How it may be printed: as it is, rounded to 0—4 decimals, in percent, in 万 and 亿.

        With the number of significant digits from which a form is looked for wherever it stands. A
        zero says nothing, and neither does what rounding leaves of a number where it is one digit.
        """
        ratio, itself = self.column in _RATIOS, plain(repr(self.size))
        scales = (100.0,) if self.column in _SHARES else (1.0,) if ratio else _SCALES
        found = {itself: ALONE_DERIVED if ratio else ALONE}
        for scale in scales:
            own = ALONE if scale == 1.0 and not ratio else ALONE_DERIVED
            for decimals in range(_DECIMALS + 1):
                printed = plain(f"{rounded(self.size * scale, decimals):f}")
                found.setdefault(printed, own)
        return {form: n for form, n in found.items() if digits(form) > (form != itself)}


@dataclass(frozen=True)
class Guarded:
    """What must not be said.

    Attributes
    ----------
    alone
        Numbers, as `plain` writes them, that are looked for everywhere, with what they are of.
    beside
        The indicators beside whose names numbers are looked for, by name; with the numbers.
    texts
        Each text by its letters.
    """

    alone: Mapping[str, str]
    beside: Mapping[str, tuple[Indicator, frozenset[str]]]
    texts: Mapping[str, str]

    @classmethod
    def of(cls, plan: Plan, tables: Tables, *, unit_names: bool = True) -> Guarded:
        """Return what the internal plan and tables hold and the public ones do not."""
        public = redacted(plan, tables, unit_names=unit_names)
        open_amounts = set(_amounts(public.tables))
        sizes = {amount.size for amount in open_amounts}
        allowed = {form for amount in open_amounts for form in amount.forms}
        subjects = _subjects(plan)
        alone: dict[str, str] = {}
        beside: dict[str, set[str]] = defaultdict(set)
        for amount in set(_amounts(tables)):
            indicator = subjects.get(amount.id)
            if amount.size in sizes or indicator is None:
                continue
            own = _said_by_the_plan(indicator)
            for form, least in amount.forms.items():
                if form in own:
                    continue
                if digits(form) < least or form in allowed:
                    beside[indicator.id].add(form)
                else:
                    alone[form] = indicator.name
        shown = "\n".join((*_strings(public.tables), *_plan_strings(public.plan)))
        return cls(
            alone,
            {
                name: (subjects[id], frozenset(forms))
                for id, forms in beside.items()
                for name in _names(subjects[id])
            },
            _unsaid(_sentences(_strings(tables)), LETTERS, letters(shown))
            | _unsaid(_plan_strings(plan), NAME_LETTERS, letters(shown))
            | _unsaid(tables.projects["project"].tolist(), PROJECT_LETTERS, letters(shown)),
        )

    def found_in(self, text: str) -> Iterator[str]:
        """Yield what a text says of it, each once."""
        said = (*self._alone_in(text), *self._beside_in(text), *self._texts_in(text))
        yield from dict.fromkeys(said)

    def _alone_in(self, text: str) -> Iterator[str]:
        for token in _TOKEN.findall(text):
            if plain(token) in self.alone:
                yield f"内部数值「{token}」（{self.alone[plain(token)]}）"

    def _beside_in(self, text: str) -> Iterator[str]:
        for name in self._any_name.finditer(text):
            indicator, forms = self.beside[name[0]]
            before = text[max(name.start() - _BESIDE, 0) : name.start()].rpartition("\n")[2]
            after = text[name.end() : name.end() + _BESIDE].partition("\n")[0]
            for part in (before, after):
                for token in _TOKEN.finditer(part):
                    form, rest = plain(token[0]), part[token.end() :]
                    if form in forms and _is_value(form, rest, indicator):
                        yield f"「{name[0]}」旁的内部数值「{token[0]}」"

    def _texts_in(self, text: str) -> Iterator[str]:
        for found in self._any_text.finditer(letters(text)):
            yield f"内部文字「{self.texts[found[0]]}」"

    @cached_property
    def _any_name(self) -> re.Pattern[str]:
        return _any_of(self.beside)

    @cached_property
    def _any_text(self) -> re.Pattern[str]:
        return _any_of(self.texts)


def plain(token: str) -> str:
    """Return a number without thousands separators and without zeros at the end of a fraction."""
    whole = token.replace(",", "")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def digits(form: str) -> int:
    """Return how many significant digits a number has; zeros at its end are none."""
    return len(form.replace(".", "").strip("0"))


def letters(text: str) -> str:
    """Return the letters and digits of a text: marks and spaces differ from medium to medium."""
    return _NOT_A_LETTER.sub("", text)


def _any_of(wanted: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, wanted), key=len, reverse=True)
    return re.compile("|".join(longest_first) or r"(?!)")


def _is_value(form: str, rest: str, indicator: Indicator) -> bool:
    """Whether what follows a number says that it is a value: its unit, or the end of a cell.

    In data that are no table (JSON, scripts) one or two digits may number anything.
    """
    units = (indicator.unit, numbers.spoken_unit(indicator.unit), "%")
    ends = ("", "\t", ",", '"', "}", "]") if digits(form) > _FEW else ("", "\t")
    return rest[:1] in ends or rest.lstrip().startswith(units)


def _amounts(tables: Tables) -> Iterator[Amount]:
    for name, contract in TABLE_CONTRACTS.items():
        frame = getattr(tables, name)
        owner = next((c for c in ("indicator_id", "goal_id") if c in frame.columns), None)
        if owner is None:
            continue
        for column, kind in contract.columns.items():
            if kind == NUMBER and column not in _OF_TIME | _OF_PROJECTS:
                known = frame[frame[column].notna()]
                for size, id in zip(known[column].tolist(), known[owner].tolist(), strict=True):
                    yield Amount(abs(size), column, id)


def _subjects(plan: Plan) -> dict[str, Indicator]:
    """Return the indicators by their ids and by those of their goals."""
    goals = {goal.id: indicator for indicator in plan.indicators for goal in indicator.goals}
    return goals | {indicator.id: indicator for indicator in plan.indicators}


def _names(indicator: Indicator) -> set[str]:
    goals = indicator.goals
    return {
        indicator.id,
        indicator.name,
        *(goal.id for goal in goals),
        *(goal.name for goal in goals),
    }


def _said_by_the_plan(indicator: Indicator) -> set[str]:
    """Return the numbers that the plan says of an indicator: targets, clauses, names."""
    said = [indicator.name]
    for goal in indicator.goals:
        said += [goal.name, goal.quote, goal.ambiguity, goal.reading]
        said += [f"{goal.target} {goal.target_high}"]
        said += [f"{change.target} {change.target_high}" for change in goal.amendments]
    return {plain(token) for text in said for token in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def _strings(tables: Tables) -> Iterator[str]:
    for name in TABLE_CONTRACTS:
        frame = getattr(tables, name)
        for column in _TEXTS.intersection(frame.columns):
            yield from frame[column].unique().tolist()


def _plan_strings(plan: Plan) -> Iterator[str]:
    """Return the names and clauses of a plan that a public book may lack.

    Not the titles of pages: 「数据质量」 says nothing by itself.
    """
    for unit in plan.units:
        yield from (unit.name, unit.short)
    for measure in plan.measures:
        yield from (measure.title, measure.quote, *(item.name for item in measure.sub_items))


def _sentences(strings: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of texts that hold words and not only numbers."""
    for text in strings:
        for part in re.split(r"[。；！？\n]", text):
            if len(_NOT_A_WORD.sub("", part)) >= LETTERS // 2:
                yield part.strip()


def _unsaid(texts: Iterable[str], shortest: int, public: str) -> dict[str, str]:
    """Return texts by their letters, but for short ones and what the public book says too."""
    return {
        found: text
        for text in texts
        if len(found := letters(text)) >= shortest
        and not text.endswith(_OWN_FILES)
        and found not in public
    }
