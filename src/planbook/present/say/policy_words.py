"""What the page 修订与更正政策 says, written from the settings in force.

A sentence is about what the programs do and refuse; days and limits are those of the dataset and
the plan.
"""

from __future__ import annotations

from planbook.editions import EditionState
from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.say.wording import day_words
from planbook.vocabulary import Rating, Reason, ReleaseStage, SubmissionState
from planbook.workspace import Dataset

_OWN_ZONE = "+08:00"  # a time of this zone needs no other word


def cut_off(book: Book) -> tuple[str, ...]:
    """Return until when workbooks are on time, and what becomes of late ones."""
    dataset, edition = book.dataset, book.edition.base
    due = day_words(str(dataset.deadline(edition)))
    others = "、".join(
        f"{other.label}为{day_words(str(day))}" for other, day in sorted(dataset.deadlines.items())
    )
    return (
        f"填报表的截止日期为每期结束后第{dataset.deadline_days}日"
        + (f"，另行规定的：{others}" if others else "")
        + f"。{edition.label}的截止日期为{due}。",
        f"截止日期以后、本期发布以前收到的，照常采用，注明「{SubmissionState.LATE}」。",
        "本期发布以后收到的，不改动已发布的内容：该期的更正版正在编制的，计入更正版；"
        "没有的，计入下一期；与已发布的数值不同的，列为数据修订。",
        f"截止日期以后仍没有收到的，列为「{SubmissionState.MISSING}」，不估补。",
    )


def release_words(dataset: Dataset, edition: Edition) -> str:
    """Return when an edition is released: the day, and the time of day where one is set."""
    moment = dataset.release(edition)
    if moment is None:
        return "未定"
    day, _, rest = moment.isoformat(timespec="minutes").partition("T")
    time, zone = rest[:5], rest[5:]
    if time == "00:00":
        return day_words(day)
    return f"{day_words(day)}{time}" + ("" if zone == _OWN_ZONE else f"（UTC{zone}）")


def revisions() -> tuple[str, ...]:
    """Return how values move from one release stage to the next, and where that is told."""
    flash, preliminary, final, estimate = (str(stage) for stage in ReleaseStage)
    return (
        f"填报的数值注明数据阶段：{flash}、{preliminary}、{final}或者{estimate}。"
        f"{final}以前的数值以后可能修订，属于定期修订，不是差错。",
        "修订后的数值从报来的那一期起采用。此前发布的各期不改动，按当期已知的数值保留。",
        "每一处修订列入「数据质量」，注明原值、新值、修订的期号和原因；没有事先登记的也照列，并注明。",
    )


def corrections(edition: Edition) -> tuple[str, ...]:
    """Return what is done about errors in published editions, and how readers are told."""
    example = f"{edition.base}.1"
    return (
        f"已发布的一期有差错的，另出更正版，期号加序号，如 {example}；原来的一期保留原样，"
        f"状态改为「{EditionState.CORRECTED}」。",
        "只更正最近发布的一期。更早各期的差错在下一期中改正，作为数据修订列出。",
        "更正版的每一页注明更正哪一期；「导读」和「各期变化」列出更正的目标、"
        "更正前后的数值和状态、更正的原因。",
        "「各期变化」列出每一期的状态：是否发布、由哪一期更正、是否撤回。",
    )


def methods(plan: Plan) -> tuple[str, ...]:
    """Return from when a changed method holds, where it is told, and the limits in force."""
    limits = plan.thresholds
    every = f"；每年达标的目标，当年进度比不低于{numbers.short(limits.every_year, 2)}为达序时"
    return (
        "目标值、判定的界限和办法有变动的，从下一期起适用，不改动已发布的各期。",
        "每一处变动列入「各期变化」和「方法」，注明由什么改为什么、涉及哪些目标；"
        "因此改变的状态，变化原因中注明「方法变更」。",
        f"现行界限：进度比不低于{numbers.short(limits.on_course, 2)}为达序时，"
        f"低于{numbers.short(limits.far_behind, 2)}为严重滞后{every}；"
        f"「约」「左右」的允许误差为{numbers.percent(plan.about.approx_tolerance, 0)}。",
    )


def withdrawal() -> tuple[str, ...]:
    """Return what is left of an edition that does not hold any more."""
    return (
        "整期不再有效的，予以撤回：内容保留，注明"
        f"「{EditionState.WITHDRAWN}」和理由，需要时另出更正版。",
        "只有含个人信息或者涉密内容的，才予以清除：删除该期内容，该期的首页只留说明和理由，"
        f"状态改为「{EditionState.PURGED}」。",
    )


def access() -> tuple[str, ...]:
    """Return who prepares and who approves, and when a book may be released."""
    return (
        "每期由一个单位编制、另一个单位审核后发布；两个单位与发布日期一并记录，公布在站点首页。"
        "记录只写单位，不写个人。",
        "「日程」中定有发布时间的，到时才发布；确需提前的，须写明理由，理由公布在站点首页。"
        "更正版编好即发布，另定发布时间的除外。",
        "填报部门的工作簿不放到站点。",
    )


def visibility(dataset: Dataset) -> tuple[str, ...]:
    """Return which books there are, and what the public one is without."""
    names = "" if dataset.public.unit_names else "，不写填报单位的名称"
    return (
        "本书有公开版和内部版，出自同一套数据，判定办法相同，分别放在两个站点。"
        "内部版含有不公开的内容的，每页注明「内部版」。",
        "公开版不列填报单位或者方案数据文件标为内部的指标、目标、举措和页面，不刊内部点评，"
        f"报送中发现的问题只列数量{names}。",
        "指标有一期标为内部的，各期的数值、状态和走势都不公开；目标的原文和目标值照列，"
        f"状态为「{Rating.NOT_ASSESSABLE}（{Reason.WITHHELD}）」。没有列出的举措和页面，注明几项。",
    )


def contact(dataset: Dataset) -> str:
    """Return whom readers may ask."""
    asked = "对某项数据有疑问的，向该目标页面所列的填报单位提出"
    return f"{asked}；其他问题联系：{dataset.contact}。" if dataset.contact else f"{asked}。"
