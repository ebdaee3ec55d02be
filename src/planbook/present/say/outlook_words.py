"""What tables and pages of the outlook say around their numbers: captions, notes, marks.

The sentence about a goal itself is `outlook_sentences`'.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present.say.outlook_sentences import REFERENCE

FIRST_THAT_MEETS, LIKE_NOW, LIKE_MEDIAN = "刚能达标的一档", "最接近近一年增速", "最接近预测中值"
WHAT_IF_CAPTION = "此后增速不同，结果如何"
WHAT_IF_NOTE = "假定自最新一期起每季按该增速稳定变化；可能性仍计入同类数列的误差。"
EARLIER_NOTE = "只有依据相同的两期，可能性才可以互相比较。"
DOES_NOT_JUDGE = "不改变状态。"
LIMITS = f"可能性较大为70%及以上，可能性较小为30%及以下。可能性{DOES_NOT_JUDGE}"
HOW = (
    "怎样估计，见[方法](#likelihood)；准不准，见[检验记录](#likelihood-tested)。"
    f"可能性是估计，{DOES_NOT_JUDGE}"
)
NOTHING_TO_DRAW = "本期还没有可以估计达标可能性的目标，有了足够的数据后在此绘图。"

# The tables of constants in 方法.

SHORT_FLOW = "流量，短数列"
CONSTANTS_NOTE = "增长和波动为每季的对数变化，0.01约为1%。"
REFERENCE_TABLE_NOTE = "最后达标的比例，其后为情形个数。印在书中时取5%的整数倍。"


def earlier_caption(when: str, unit: str) -> str:
    return f"历期达标可能性（{when}；单位：{unit}）"


def by_model(method: str, quarters: int, fit: str) -> str:
    return f"{method}，近{quarters}个季度{fit}"


def fitted(day: str) -> str:
    return f"，系数测定{f'于{day}' if day else '日期不详'}"


def widened_near_the_end(quarters: str) -> str:
    return f"总量距到期不到{quarters}个季度时的放大"


def unlikely_named(forecast: Sequence[str], by_frequency: Sequence[str]) -> str:
    """Return goals by name; where some have no forecast, under what each likelihood is."""
    groups = {"预测": forecast, REFERENCE: by_frequency}
    if not by_frequency:
        return "、".join(forecast)
    said = (f"{name}{len(own)}项：{'、'.join(own)}" for name, own in groups.items() if own)
    return "；".join(said)


def cases(count: int) -> str:
    return f"{count:,}个"


def year_of_plan(year: int) -> str:
    return f"规划第{year}年"


def no_forecast(reference: str) -> str:
    return f"{reference}，不是模型预测"
