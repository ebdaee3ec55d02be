"""Words that departments write instead of the ones offered, where they can mean one of them only.

A word that could mean two things, or that says more (「已完成80%」), is not here: it is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from planbook.collect.xlsx.raw_cells import compact, plain_text
from planbook.vocabulary import UNSTATED, MeasureStatus, ReleaseStage, Visibility, YoyType
from planbook.watch_frames import ActionStatus

_SAID_AS: Mapping[str, tuple[str, ...]] = {
    MeasureStatus.NOT_STARTED: ("未开始", "尚未启动", "尚未开始", "没有启动", "待启动"),
    MeasureStatus.UNDER_WAY: (
        "进行中",
        "正在进行",
        "推进",
        "正在推进",
        "持续推进",
        "有序推进",
        "正常推进",
        "实施中",
        "正在实施",
        "建设中",
        "在建",
        "开展中",
        "正在开展",
        "已启动",
    ),
    MeasureStatus.DONE: ("完成", "已完结", "完结", "已办结", "办结", "全部完成", "已全部完成"),
    MeasureStatus.BLOCKED: ("推进受阻", "受阻中", "遇阻"),
    MeasureStatus.DONE_THIS_YEAR: ("已开展", "本年度已开展", "今年已开展", "当年已开展"),
    MeasureStatus.NOT_THIS_YEAR: (
        "未开展",
        "尚未开展",
        "本年度未开展",
        "本年尚未开展",
        "今年未开展",
    ),
    ActionStatus.UNDER_WAY: (
        "正在办理",
        "在办",
        "进行中",
        "推进中",
        "正在推进",
        "已启动",
    ),
    ActionStatus.DONE: ("办结", "已完成", "完成", "已完结", "办理完毕", "已办理完毕"),
    UNSTATED: ("未说明", "没有注明"),
    ReleaseStage.FLASH: ("快报数", "快报数据"),
    ReleaseStage.PRELIMINARY: ("初核数", "初核数据"),
    ReleaseStage.FINAL: ("终核数", "年报", "年报数", "核定数"),
    ReleaseStage.ESTIMATE: ("估计数", "估算", "预计", "预计数", "推算", "推算数", "测算数"),
    YoyType.NOMINAL: ("名义增速", "现价", "按现价", "当年价"),
    YoyType.REAL: ("实际增速", "不变价", "按不变价"),
    YoyType.COMPARABLE: ("同口径", "可比", "同口径可比"),
    Visibility.PUBLIC.label: ("可公开", "可以公开", "对外公开"),
    Visibility.INTERNAL.label: ("不公开", "内部使用", "内部数据", "仅供内部使用"),
}
_NO_OTHERS: Mapping[str, str] = {}
_MEANT: dict[str, list[str]] = defaultdict(list)  # 「完成」 of a measure, of an action
for _word, _ways in _SAID_AS.items():
    for _said in _ways:
        _MEANT[_said].append(_word)


def meant_by(text: str, allowed: Collection[str], also: Mapping[str, str] = _NO_OTHERS) -> str:
    """Return which of the words allowed a text means beyond doubt; an empty text for none.

    `also` are words of the plan's own, with what each means.
    """
    plain = compact(plain_text(text)).rstrip("。.；;，,")
    meant = (plain, *_MEANT.get(plain, ()), also.get(plain, ""))
    return next((word for word in meant if word in allowed), "")
