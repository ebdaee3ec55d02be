"""``index.json``: the book, its goals with where each stands, and the files of the interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from planbook.contract import Number
from planbook.outlook_frames import OutlookMethod
from planbook.present.addresses import API, TO_ROOT, goal_address, goal_data_address
from planbook.present.book import Book
from planbook.present.palette import RATING_CLASSES
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.wording import rating_rules
from planbook.produce.data_api.api_record import (
    VERSION,
    ApiRecord,
    Month,
    Said,
    json_bytes,
    key,
)
from planbook.produce.data_api.book_part import BookPart
from planbook.produce.data_api.goal_json import value_status
from planbook.produce.data_api.goal_parts import ValueStatus
from planbook.vocabulary import Kind, Rating, Reason

INDEX = "index.json"
INDEX_SCHEMA = "schema/index.json"


class RatingCount(ApiRecord):
    """A rating, and how many goals have it."""

    rating: Rating
    code: str = key("状态代码", "英文代码，供程序使用")
    symbol: str = key("符号")
    meaning: str = key("含义")
    count: int = key("目标数")
    provisional: int = key("其中初步的目标数")


class GoalEntry(ApiRecord):
    """A goal, and where it stands."""

    goal_id: str
    name: str
    chapter: str
    chapter_title: str = key("章节名称")
    field: str
    kind: Kind
    target_words: str = key("目标的文字写法")
    due: Month
    unit_measure: Said = key("计量单位", "最新值的计量单位；空为没有")
    latest_value: Number
    latest_period: Month | None
    value_status: ValueStatus = key("最新值情况", "最新值为空时说明原因")
    pace: Number
    rating: Rating
    rating_provisional: bool
    reason: Reason | None
    previous_rating: Rating | None
    p_met: Number
    p_method: OutlookMethod | None
    page: str = key("目标页面", "相对本文件的地址")
    data: str = key("目标数据", "JSON，相对本文件的地址")


class IndexFile(ApiRecord):
    """All goals of a book."""

    schema_address: str = key("本文件的 JSON Schema", "相对本文件的地址", alias="schema")
    version: str = key("数据接口版本")
    book: BookPart = key("出自")
    goal_count: int = key("目标数")
    ratings: tuple[RatingCount, ...] = key("按状态计数", "由好到坏，无法判定在最后；合计为目标数")
    goals: tuple[GoalEntry, ...] = key("目标", "按方案的顺序")
    files: dict[str, str] = key("其他文件", "相对本文件的地址和名称")
    editions: str | None = key("各期目录", "网站的 editions.json，相对本文件的地址；未经发布的为空")


def index_file(book: Book, part: BookPart, others: Mapping[str, str]) -> bytes:
    """Return ``index.json``; `others` are names of the files beside it by their addresses."""
    views = book.views.values()
    return json_bytes(
        IndexFile(
            schema_address=INDEX_SCHEMA,
            version=VERSION,
            book=part,
            goal_count=len(views),
            ratings=_ratings(book),
            goals=tuple(
                GoalEntry.of(
                    view.verdict,
                    chapter=view.chapter.id,
                    chapter_title=view.chapter.title,
                    target_words=view.target_words(),
                    unit_measure=view.indicator.unit,
                    value_status=value_status(view),
                    p_met=view.outlook and view.outlook.p_met,
                    p_method=view.outlook and view.outlook.p_method,
                    page=goal_address(TO_ROOT, view.id),
                    data=goal_data_address(view.id).removeprefix(f"{API}/"),
                )
                for view in views
            ),
            files=dict(others),
            editions=f"{TO_ROOT * 2}editions.json" if book.publication else None,
        )
    )


def _ratings(book: Book) -> tuple[RatingCount, ...]:
    views = book.views.values()
    counted = Counter(view.verdict.rating for view in views)
    open_ones = Counter(view.verdict.rating for view in views if view.verdict.rating_provisional)
    rules = rating_rules(book.plan)
    return tuple(
        RatingCount(
            rating=rating,
            code=RATING_CLASSES[rating].replace("-", "_"),
            symbol=rating.symbol,
            meaning=rules[rating],
            count=counted[rating],
            provisional=open_ones[rating],
        )
        for rating in RATING_ORDER
    )
