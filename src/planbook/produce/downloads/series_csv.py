"""The values behind the charts as files: a CSV a goal, and what their columns mean.

Turns a book into the files that the links under its charts lead to.
"""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.charts.chart_data import BASELINE_STAGE, CHART, ESTIMATE_STAGE, data_csv
from planbook.present.points import series_of
from planbook.present.say.column_words import COLUMN_WORDS, ColumnWords
from planbook.vocabulary import ReleaseStage

SERIES_WORDS = {name: words for name, words in COLUMN_WORDS.items() if name in CHART.columns} | {
    "period": ColumnWords("时期", "数据时期的文字写法"),
    "scope": ColumnWords("口径", "数值覆盖的范围；只有应达水平或目标的时期为空"),
    "obs_value": ColumnWords("数值", "计量单位见 unit；空表示没有数值，不表示 0"),
    "unit": ColumnWords("计量单位", "图中数值的计量单位"),
    "release_stage": ColumnWords("数据阶段", "快报、初核等；基期为基期值，推算为推算的全年数"),
    "superseded_value": ColumnWords("修订前的值"),
    "average_growth": ColumnWords("年均增速", "截至该年度的年均增速，百分数"),
    "path_value": ColumnWords("应达水平", "按应达进度到该时期应达到的数值"),
    "target_value": ColumnWords("目标", "年度目标，或者到期时的目标值"),
    "target_verdict": ColumnWords("年度目标判定", "达到、未达到、年度未结束或本年目标无数据"),
    "meeting_value": ColumnWords("达标线", "到期时即算达到目标的数值；与目标相同时为空"),
    "band_low": ColumnWords("80%区间下限", "推算数的80%区间；没有推算或者误差未知时为空"),
    "band_high": ColumnWords("80%区间上限"),
    "outlook_low95": ColumnWords("95%预测区间下限", "单位同图中数值；没有预测的时期为空"),
    "outlook_low80": ColumnWords("80%预测区间下限"),
    "outlook_mid": ColumnWords("预测中值"),
    "outlook_high80": ColumnWords("80%预测区间上限"),
    "outlook_high95": ColumnWords("95%预测区间上限"),
}
SERIES_STAGES = (*(stage.value for stage in ReleaseStage), BASELINE_STAGE, ESTIMATE_STAGE)


def series_files(book: Book) -> dict[str, bytes]:
    """Return the values behind each goal's chart as CSV, by goal; none for goals without values."""
    return {
        view.id: data_csv(view, series_of(book, view), book.history(view.id))
        for view in book.views.values()
        if not (view.kind.by_people or view.is_withheld)
    }
