"""How often a plan's book comes out: which editions there are, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from planbook.errors import Problem, ProblemsFound
from planbook.periods import CALENDAR, Edition, FiscalYear, TimePeriod
from planbook.vocabulary import Labelled
from planbook.workspace import Dataset


class CycleName(Labelled):
    """How often a plan's book comes out; `label` is what an edition of it covers."""

    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half_year", "半年"
    YEAR = "year", "年"

    @property
    def months(self) -> int:
        """How many months an edition covers."""
        return _MONTHS[self]

    @property
    def counter(self) -> str:
        """The word between a number and the label: 5个月, but 5年."""
        return "" if self is CycleName.YEAR else "个"


_MONTHS = dict(zip(CycleName, (1, 3, 6, 12), strict=True))


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often a plan's book comes out, within its years: the lattice that its editions lie on."""

    name: CycleName = CycleName.QUARTER
    year: FiscalYear = CALENDAR
    months: int = field(init=False, repr=False, compare=False)  # that an edition covers

    def __post_init__(self) -> None:
        object.__setattr__(self, "months", self.name.months)

    @property
    def a_year(self) -> int:
        """How many editions a year has."""
        return 12 // self.months

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of a year's editions."""
        return tuple(range(1, self.a_year + 1))

    def containing(self, period: TimePeriod) -> Edition:
        """Return the edition in which a month lies."""
        return Edition(period.plus(-self.year.month_of(period) % self.months), self.months)

    def number(self, edition: Edition) -> int:
        """Return which of its year's editions one is, from 1."""
        return self.year.month_of(edition.end) // self.months

    def has(self, edition: Edition) -> bool:
        """Whether an edition, or the one it corrects, is of this cycle."""
        return edition.base == self.containing(edition.end)

    def why_not(self, edition: Edition) -> str | None:
        """Return what is wrong with an edition of another cycle, and which to write."""
        if self.has(edition):
            return None
        instead = self.containing(edition.end)
        return f"本方案{self.per}一期，没有「{edition}」；应写作 {instead}"

    @property
    def per(self) -> str:
        """``每季度``, in front of an amount."""
        return f"每{self.name.label}"

    def counted(self, editions: int) -> str:
        """``5个季度``."""
        return f"{editions}{self.name.counter}{self.name.label}"


QUARTERLY = Cycle()


def check_cycle(dataset: Dataset, cycle: Cycle) -> None:
    """Refuse editions of another cycle than the plan's.

    Raises
    ------
    ProblemsFound
        With every key of ``dataset.yaml`` that names one, and the register's current edition.
    """
    named = [(f"deadlines.{edition}", edition) for edition in dataset.deadlines]
    named += [(f"release_at.{edition}", edition) for edition in dataset.release_at]
    problems = [
        Problem(said, f"data/{dataset.name}/dataset.yaml: {key}", "改正期号")
        for key, edition in named
        if (said := cycle.why_not(edition)) is not None
    ]
    if (said := cycle.why_not(dataset.current_edition)) is not None:
        fix = "改正 dataset.yaml 的 first_edition；已有发布记录的，方案的 cycle 不能改"
        problems.append(Problem(said, f"data/{dataset.name}：当前一期", fix))
    if problems:
        raise ProblemsFound("数据集说明", problems)
