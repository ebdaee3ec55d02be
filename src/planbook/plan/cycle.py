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


class Flashes(Labelled):
    """Of which months between two editions workbooks are collected; `label` as one says it."""

    NONE = "none", "不收月度快报"
    MONTHLY = "monthly", "每月"
    ODD_MONTHS = "odd_months", "单月"  # January, March, …


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often a plan's book comes out, within its years: the lattice that its editions lie on.

    Between them may lie flashes (月度快报): months of which workbooks are collected and no book is
    made. They are vintages; the edition within which they end takes them in.
    """

    name: CycleName = CycleName.QUARTER
    year: FiscalYear = CALENDAR
    flashes: Flashes = Flashes.NONE
    flashes_from: Edition | None = None
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

    def is_flash(self, edition: Edition) -> bool:
        """Whether workbooks are collected of a month in which no edition ends."""
        return (
            self.flashes is not Flashes.NONE
            and edition.months == 1 < self.months
            and not edition.correction
            and edition.end != self.containing(edition.end).end
            and (self.flashes is Flashes.MONTHLY or edition.end.month % 2 == 1)
            and (self.flashes_from is None or edition >= self.flashes_from)
        )

    def between(self, edition: Edition) -> Edition | None:
        """Return a month of an edition, an odd one, of which a flash may be collected.

        ``None`` where every month has an edition.
        """
        months = (Edition(edition.start.plus(month), 1) for month in range(self.months - 1))
        return next((month for month in months if month.end.month % 2 == 1), None)

    def collects(self, edition: Edition) -> bool:
        """Whether workbooks are collected of it: an edition, a correction of one, or a flash."""
        return self.has(edition) or self.is_flash(edition)

    def told_in(self, round_: Edition) -> Edition:
        """Return the edition of the book that tells of a round of collecting: a flash has none."""
        return round_ if self.has(round_) else self.containing(round_.end)

    def before(self, round_: Edition) -> Edition:
        """Return the round of collecting before one: the last flash or the edition before it."""
        book = round_.base if self.has(round_) else self.containing(round_.end)
        return max(each for each in self.rounds(book.plus(-1), book) if each < round_.base)

    def after(self, round_: Edition) -> Edition:
        """Return the round of collecting that follows one: the next month, or the edition."""
        return self.coming(round_)[0]

    def rounds(self, first: Edition, last: Edition) -> tuple[Edition, ...]:
        """Return the editions from `first` to `last` and the flashes before and between them."""
        current, found = first.base, list[Edition]()
        while current <= self.containing(last.end):
            months = (Edition(current.start.plus(month), 1) for month in range(current.months))
            found += (flash for flash in months if self.is_flash(flash))
            found.append(current)
            current = current.plus(1)
        return tuple(each for each in found if each <= last.base)

    def coming(self, round_: Edition) -> tuple[Edition, ...]:
        """Return the rounds that come after one, up to and with the next edition."""
        following = round_.base.plus(1) if self.has(round_) else self.containing(round_.end)
        return tuple(each for each in self.rounds(following, following) if each > round_.base)

    def why_not(self, edition: Edition) -> str | None:
        """Return what is wrong with an edition of another cycle, and which to write."""
        if self.has(edition):
            return None
        instead = self.containing(edition.end)
        return f"本方案{self.per}一期，没有「{edition}」；应写作 {instead}"

    def why_not_collected(self, edition: Edition) -> str | None:
        """Return why no workbooks are collected of an edition, and which to write."""
        if self.collects(edition):
            return None
        if edition.months > 1 or self.months == 1:
            return self.why_not(edition)
        if self.flashes is Flashes.NONE:
            return f"{self.why_not(edition)}；月份之间收数，先在 plan.yaml 写 flashes"
        since = f"，自 {self.flashes_from} 起" if self.flashes_from else ""
        return (
            f"「{edition}」不收月度快报（plan.yaml：flashes 为 {self.flashes}，"
            f"即{self.flashes.label}{since}；期末的月份并入 {self.containing(edition.end)}）"
        )

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
    named = [
        (f"deadlines.{edition}", cycle.why_not_collected(edition)) for edition in dataset.deadlines
    ]
    named += [(f"release_at.{edition}", cycle.why_not(edition)) for edition in dataset.release_at]
    problems = [
        Problem(said, f"data/{dataset.name}/dataset.yaml: {key}", "改正期号")
        for key, said in named
        if said is not None
    ]
    if (said := cycle.why_not(dataset.current_edition)) is not None:
        fix = "改正 dataset.yaml 的 first_edition；已有发布记录的，方案的 cycle 不能改"
        problems.append(Problem(said, f"data/{dataset.name}：当前一期", fix))
    if problems:
        raise ProblemsFound("数据集说明", problems)
