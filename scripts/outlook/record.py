"""The record of how the outlook did on past series: its figures as a CSV, and as a section to read.

``python scripts/bench.py outlook --write`` measures and writes both. A test makes the section anew
from ``scripts/outlook/record.csv`` and compares it with the page, so neither drifts from the other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve()
RECORD = HERE.with_name("record.csv")
PAGE = HERE.parents[2] / "src" / "planbook" / "produce" / "assets" / "texts" / "methodology.md"
HEADING = "## 达标可能性的检验记录"
QUANTITIES = {"level": "期末水平", "year_sum": "年度总量", "total": "累计新增"}
EVERY = "all"
OUTLIER = "超出单季误差范围"


class Figure(NamedTuple):
    """One measured figure; `value` is a share, a score or a count."""

    table: str
    row: str
    quantity: str
    name: str
    value: float


class Record:
    """Figures, to be looked up."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.figures = tuple(figures)
        self._values = {tuple(each[:4]): each.value for each in self.figures}

    def rows(self, table: str) -> list[str]:
        """Return the rows of a table, as first written."""
        return list(dict.fromkeys(each.row for each in self.figures if each.table == table))

    def value(self, table: str, row: str, quantity: str, name: str) -> float | None:
        return self._values.get((table, row, quantity, name))

    def percent(self, table: str, row: str, quantity: str, name: str) -> str:
        """Return a share in whole percent, or a dash."""
        found = self.value(table, row, quantity, name)
        return "—" if found is None else f"{100 * found:.0f}%"

    def score(self, table: str, row: str, quantity: str, name: str) -> str:
        found = self.value(table, row, quantity, name)
        return "—" if found is None else f"{found:.3f}"

    def count(self, table: str, row: str, quantity: str, name: str) -> str:
        found = self.value(table, row, quantity, name)
        return "—" if found is None else f"{found:,.0f}"


def read(path: Path = RECORD) -> Record:
    """Return what was written last."""
    with path.open(encoding="utf-8", newline="") as file:
        return Record(
            Figure(row["table"], row["row"], row["quantity"], row["name"], float(row["value"]))
            for row in csv.DictReader(file)
        )


def write(record: Record, path: Path = RECORD, page: Path = PAGE) -> None:
    """Write figures and section."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Figure._fields)
        writer.writerows((*each[:4], _exact(each.value)) for each in record.figures)
    text = page.read_text(encoding="utf-8")
    page.write_text(with_section(text, section(read(path))), encoding="utf-8", newline="\n")


def _exact(value: float) -> str:
    """Return whole numbers, as counts and the day are, to the last digit, others to five."""
    return f"{value:.0f}" if value.is_integer() else f"{value:.5g}"


def with_section(page: str, text: str) -> str:
    """Return a page with the section in place of the old one, or above 「出处」."""
    if HEADING in page:
        before, _, after = page.partition(HEADING)
        rest = after.partition("\n## ")[2]
    else:
        before, _, rest = page.partition("\n## 出处")
        before, rest = before + "\n", "出处" + rest
    return f"{before}{text}\n## {rest}"


def section(record: Record) -> str:
    """Return the section as Markdown."""
    parts = (_summary(record), _basis(record), _periods(record), _ahead(record), _likely(record))
    return "\n\n".join((HEADING, *parts, _methods(record), _alarms(record), _limits(record))) + "\n"


def _summary(record: Record) -> str:
    """Say first, without terms, whether what was said came true."""
    low, high = (
        f"说可能性为{row}的目标，后来达标的占{_between(record, 'likely', [row], 'met')}"
        for row in ("10%—30%", "70%—90%")
    )
    lengths = [each for each in record.rows("periods") if int(each) >= SEASONED]
    inside = _between(record, "periods", lengths, "inside80")
    return (
        f"**用公开的历史数据检验：{low}；{high}。说「十次中约有八次落在其中」的范围，"
        f"实际数有{inside}落在其中。**"
    )


def _between(record: Record, table: str, rows: Iterable[str], name: str) -> str:
    """Return the least and the greatest share of the quantities in whole percent."""
    found = [record.value(table, row, quantity, name) for row in rows for quantity in QUANTITIES]
    shares = sorted(round(100 * each) for each in found if each is not None)
    if not shares:
        return "—"
    least, most = shares[0], shares[-1]
    return f"{least}%" if least == most else f"{least}%至{most}%"


def _basis(record: Record) -> str:
    def said(name: str) -> str:
        return record.count("basis", EVERY, EVERY, name)

    day = f"{record.value('basis', EVERY, EVERY, 'date') or 0:.0f}"
    sorts = {"flow": "流量", "stock": "存量", "share": "比率", "price": "价格"}
    by_sort = "，".join(f"{word}{said(sort)}个" for sort, word in sorts.items())
    return (
        f"{day[:4]}年{int(day[4:6])}月{int(day[6:])}日测量。用{said('series')}个公开的季度数列"
        f"（{by_sort}），来自{said('sources')}个来源，各有39个季度以上；其中没有我国区县的数列。"
        "在每个数列上设想若干个三年计划，站在计划中的每个季度，只用当时已有的数据，"
        "推算到期的数值和达标的可能性，再与后来的实际数对照，"
        f"共{said('cases')}次推算、{said('targets')}个目标。"
        "目标按此前三年的增长设定，并有高有低。\n\n"
        "检验某个来源的数列时，误差的系数和「同类情形的历史频率」只由其他来源得出。"
        "趋势和季节的系数由全部数列选定。数列的来源和许可、测量的程序"
        "随本程序的源代码一并提供，数据和信息化人员可以据以重算。"
    )


def _periods(record: Record) -> str:
    headings = ("数列长度（季）", "推算的量", "80%误差范围", "95%误差范围")
    rows = [
        (
            row,
            name,
            record.percent("periods", row, quantity, "inside80"),
            record.percent("periods", row, quantity, "inside95"),
            *(record.score("periods", row, quantity, each) for each in SCORES),
            f"{record.value('periods', row, quantity, 'interval') or 0:.1f}",
        )
        for row in record.rows("periods")
        for quantity, name in QUANTITIES.items()
        if record.value("periods", row, quantity, "inside80") is not None
    ]
    shown = _table((*headings, "布里尔分", "只按进度分类", "只按总频率", "区间得分"), rows)
    return f"""### 数列长度不同的

「误差范围」两栏是实际数落在其中的份额。布里尔分是可能性与结果（达标为1，未达标为0）之差的平方的平均数，越小越好；「只按进度分类」用同类情形的历史频率，「只按总频率」用全部目标的达标份额。区间得分是95%误差范围的宽度加落在范围以外的罚分，以近五年同比变动的平均数为单位，越小越好。

{shown}"""


SEASONED = 8  # quarters from which a season can be told
WANTED = {"inside80": (0.75, 0.85), "inside95": (0.92, 0.98)}
TESTED = {"periods": "数列长度", "ahead": "距到期", "steady": "增长平稳，距到期"}
FAR_OFF = 0.05  # between what was said and what came
SCORES = ("brier", "reference", "base")


def _ahead(record: Record) -> str:
    headings = ["距到期（季）"]
    for name in QUANTITIES.values():
        headings += [f"{name}：80%", "95%", "胜出"]
    rows = [
        (
            row,
            *(
                record.percent("ahead", row, quantity, name)
                for quantity in QUANTITIES
                for name in ("inside80", "inside95", "skill")
            ),
        )
        for row in record.rows("ahead")
    ]
    steady = "，".join(
        f"{name}{record.percent('steady', EVERY, quantity, 'inside80')}"
        f"和{record.percent('steady', EVERY, quantity, 'inside95')}"
        for quantity, name in QUANTITIES.items()
    )
    return f"""### 距到期远近不同的

数列长度在8个季度以上的。「胜出」是布里尔分比只按总频率的小多少。

{_table(headings, rows)}

增长平稳的数列（每季增长大于其波动）单独看，80%和95%误差范围的实际覆盖：{steady}。

要求是：80%误差范围覆盖75%至85%，95%误差范围覆盖92%至98%，按数列长度（8个季度以上）、按推算的量、按距到期远近和对增长平稳的数列都是如此。{_outside(record)}"""


def _outside(record: Record) -> str:
    found = outside(record)
    return f"不在此范围的：{'；'.join(found)}。" if found else "各项都在此范围以内。"


def outside(record: Record) -> list[str]:
    """Return which shares inside the intervals are not as wanted, in words."""
    found = []
    for table, row, quantity, name, value in record.figures:
        if (
            table not in TESTED
            or name not in WANTED
            or (table == "periods" and int(row) < SEASONED)
        ):
            continue
        least, most = WANTED[name]
        if not least <= value <= most:
            place = TESTED[table] + ("" if row == EVERY else f"{row}季")
            shown = f"{QUANTITIES[quantity]}{name.removeprefix('inside')}%误差范围{value:.1%}"
            found.append(f"{place}，{shown}")
    return found


def _likely(record: Record) -> str:
    def rows(table: str) -> list[Sequence[str]]:
        return [
            (
                row,
                *(
                    shown
                    for quantity in QUANTITIES
                    for shown in (
                        record.percent(table, row, quantity, "p"),
                        record.percent(table, row, quantity, "met"),
                    )
                ),
            )
            for row in record.rows(table)
        ]

    headings = ["可能性"]
    for name in QUANTITIES.values():
        headings += [f"{name}：推算", "实际"]
    return f"""### 可能性与实际频率

数列长度在8个季度以上的，按推算的可能性分组；「实际」是其中达标的份额。

{_table(headings, rows("likely"))}

其中按现有步伐可以达到目标、距到期3个季度以上的：

{_table(headings, rows("own"))}

其中目标比基期高3%以上的，与实际的规划最接近：

{_table(headings, rows("own_plan"))}

按检验结果再校正可能性（截距和斜率由其他来源得出），或者另设下限、掺入历史频率，都试过：{_choices(record)}"""


CHOICES = {
    "model": "不校正",
    "recalibrated": "校正",
    "at least 0.25": "不低于25%",
    "3/4 model, 1/4 reference": "掺入四分之一历史频率",
}


def _choices(record: Record) -> str:
    """Say the Brier scores of what else could be printed, for targets such as plans have."""

    def scores(way: str) -> list[float]:
        found = (record.value("choices_plan", way, each, "brier") for each in QUANTITIES)
        return [each for each in found if each is not None]

    told = [
        f"{word}{'、'.join(f'{each:.4f}' for each in scores(way))}" for way, word in CHOICES.items()
    ]
    ours = scores("model")
    better = [
        word
        for way, word in CHOICES.items()
        if all(one < our for one, our in zip(scores(way), ours, strict=True))
    ]
    which = "、".join(better) if better else "没有一种办法"
    return (
        f"在最后一张表的情形中，{'、'.join(QUANTITIES.values())}的布里尔分，{'；'.join(told)}。"
        f"{which}对三种量都更好；印出的可能性不作校正。"
    )


METHODS = {
    "theta": "两线平均法",
    "阻尼趋势ETS": "阻尼趋势的指数平滑法",
}


def _methods(record: Record) -> str:
    rows = [
        (
            METHODS.get(name, name),
            *(
                shown
                for quantity in QUANTITIES
                for shown in (
                    record.score("methods", name, quantity, "brier"),
                    _difference(record, name, quantity),
                )
            ),
        )
        for name in record.rows("methods")
    ]
    headings = ["办法"]
    for name in QUANTITIES.values():
        headings += [name, "与本书之差"]
    return f"""### 与其他办法比较

每个数列取一个时点，数列长度12和16个季度，距到期1、3、5、8、11个季度；各办法的误差大小都由其他来源测得。列出的是布里尔分；括号内是差的90%区间，按来源重抽得出，不含零的才是分得出的差别。

{_table(headings, rows)}"""


def _difference(record: Record, name: str, quantity: str) -> str:
    found = [record.value("methods", name, quantity, each) for each in ("apart", "low", "high")]
    if None in found:
        return "—"
    apart, low, high = (f"{each:+.3f}".replace("-", "−") for each in found if each is not None)
    return f"{apart}（{low}～{high}）"


def _alarms(record: Record) -> str:
    def share(rule: str, periods: str) -> str:
        return f"{100 * (record.value('alarms', rule, periods, 'share') or 0):.1f}%"

    rules = record.rows("alarms")
    stepwise = [each for each in rules if each.startswith(OUTLIER)]
    lengths = dict.fromkeys(each.quantity for each in record.figures if each.row == OUTLIER)
    headings = ("数列长度（季）", *(each.removeprefix(f"{OUTLIER}：") for each in stepwise))
    outliers = [(each, *(share(rule, each) for rule in stepwise)) for each in lengths]
    others = [
        (each, share(each, "—"), record.count("alarms", each, "—", "cases"))
        for each in rules
        if each not in stepwise
    ]
    return f"""### 预警规则的响应率

同样的数列，没有人为的差错；实际的数列有真实的转折，所以响应不都是误报。

{_table(headings, outliers)}

「误填」各栏是把真值改错以后的响应。其他规则：

{_table(("规则", "响应率", "次数"), others)}"""


def _limits(record: Record) -> str:
    weak = "、".join(
        f"{row}（{QUANTITIES[quantity]}）{record.percent('sources', row, quantity, 'inside80')}"
        for row, quantity in weakest(record)
    )
    far = "；".join(_far_off(record)) or "无"
    return f"""### 局限

- 目标是设想的，不是实际的计划；同一来源的数列经历同样的年份，彼此不独立，实际的信息少于次数所示。
- 换一个来源，覆盖的份额可能差15个百分点以上。80%误差范围覆盖最少的来源：{weak}。
- 趋势、季节和波动的系数由全部数列选定，误差的系数才是留出来源以后测得的。
- 流量的误差放宽了一成，趋势的不确定取0.75，都是看过留出来源的结果以后定的。
- 按年报送、跳跃变动、每年达标和彼此相关的目标没有测量，取整的影响也没有测量。
- 按现有步伐可以达到的，可能性与实际频率相差5个百分点以上的组：{far}。
- 发布的每个可能性都有记录，到期以后与结果对照。"""


def _far_off(record: Record) -> Iterator[str]:
    """Yield where the own pace meets and what was said is far from what came."""
    for quantity, name in QUANTITIES.items():
        for row in record.rows("own"):
            said, came = (record.value("own", row, quantity, each) for each in ("p", "met"))
            if said is not None and came is not None and abs(said - came) > FAR_OFF:
                word = "偏乐观" if said > came else "偏谨慎"
                yield f"{name}{row}（{word}{100 * abs(said - came):.1f}个百分点）"


def weakest(record: Record, count: int = 4) -> list[tuple[str, str]]:
    """Return sources and quantities whose 80 % intervals held least often."""
    found = [each for each in record.figures if (each.table, each.name) == ("sources", "inside80")]
    return [(each.row, each.quantity) for each in sorted(found, key=lambda x: x.value)[:count]]


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] + ["---:"] * (len(headings) - 1), *rows]
    return "\n".join(f"| {' | '.join(each)} |" for each in lines)
