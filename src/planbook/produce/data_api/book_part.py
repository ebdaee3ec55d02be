"""Which book a file of the data interface belongs to: the same object in each."""

from __future__ import annotations

from typing import Literal

from planbook.present.book import Book
from planbook.present.pages.fragments import banner
from planbook.present.say.citation import citation
from planbook.produce.data_api.api_record import ApiRecord, EditionId, Month, Said, key
from planbook.vocabulary import Visibility


class BookPart(ApiRecord):
    """Plan, edition and dataset of a file, and how it may be used."""

    plan_id: str = key("方案编号")
    plan_title: str = key("方案名称")
    plan_issuer: str = key("方案发文单位")
    plan_issued: str = key("方案发文日期")
    edition: EditionId
    edition_label: str = key("期号的文字写法")
    edition_end: Month = key("本期最后一个月")
    corrects: EditionId | None = key("更正的期号", "更正版所更正的期号；不是更正版的为空")
    data_until: Month | None = key("数据截至", "有数值的最新时期的最后一个月；尚无数据为空")
    dataset: str = key("数据集")
    dataset_title: str = key("数据集名称")
    demonstration: bool
    visibility: Visibility = key("公开范围", "public 公开版，internal 内部版")
    notice: str | None = key("声明", "示例数据、内部版必须随数据说明的话；其他为空")
    release_status: Literal["for_release", "not_released"] = key(
        "发布情况",
        "for_release 供发布，发布日期和以后的更正、撤回见网站的各期目录；"
        "not_released 自行生成，未经发布",
    )
    prepared_by: Said = key("编制单位", "未注明为空")
    citation: str = key("引用格式", "依 GB/T 7714；引用日期由引用者填写")
    licence: Said = key("使用许可", "未注明为空")
    address: Said = key("网址", "本期在网站上的地址；没有网站为空")


def book_part(book: Book) -> BookPart:
    """Return which book this is."""
    about, edition, own = book.plan.about, book.edition, book.own_row
    valued = [row.time_period for row in book.rows.observations if row.obs_value is not None]
    return BookPart(
        plan_id=about.id,
        plan_title=about.title,
        plan_issuer=about.issuer,
        plan_issued=about.issued,
        edition=str(edition),
        edition_label=edition.label,
        edition_end=str(edition.end),
        corrects=own.corrects if own is not None else None,
        data_until=str(max(valued)) if valued else None,
        dataset=book.dataset.name,
        dataset_title=book.dataset.title,
        demonstration=book.dataset.demonstration,
        visibility=book.visibility,
        notice=banner(book) or None,
        release_status="for_release" if book.publication else "not_released",
        prepared_by=book.dataset.prepared_by,
        citation=citation(book),
        licence=book.dataset.licence,
        address=book.address,
    )
