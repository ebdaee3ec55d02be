"""The workbook's sheets on why goals changed: a row a goal, and the sixteen mixtures of each."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.say.change_sentences import change_sentence, reason_group
from planbook.produce.downloads.sheet_model import Column, Sheet, told
from planbook.vocabulary import Rating


def change_sheets(book: Book) -> tuple[Sheet, Sheet]:
    """Return why each goal changed since the edition before, and what that is computed from."""
    return _reasons(book), _steps(book)


def _goal_columns(book: Book) -> tuple[Column, ...]:
    return (
        told("章节", 14, lambda row: book.views[row.goal_id].chapter.title),
        told("目标", 30, lambda row: book.views[row.goal_id].name),
    )


def _marked(rating: Rating) -> str:
    return f"{rating.symbol} {rating}"


def _reasons(book: Book) -> Sheet:
    columns = (
        *_goal_columns(book),
        told("上期状态", 11, lambda row: _marked(row.old_rating)),
        told("本期状态", 11, lambda row: _marked(row.new_rating)),
        told("主要原因", 16, reason_group),
        told("上期进度比", 9, lambda row: row.old_pace, "part"),
        told("新的数据", 9, lambda row: row.part_data, "part"),
        told("数据修订", 9, lambda row: row.part_revision, "part"),
        told("时间推移", 9, lambda row: row.part_time, "part"),
        told("目标或方法调整", 9, lambda row: row.part_target, "part"),
        told("本期进度比", 9, lambda row: row.new_pace, "part"),
        told(
            "单独足以改变状态的原因",
            20,
            lambda row: "、".join(factor.label for factor in row.factors_alone),
        ),
        told("说明", 70, lambda row: change_sentence(book.views[row.goal_id], row)),
        told("上期期号", 10, lambda row: row.compared_with),
        told("目标编号", 30, lambda row: row.goal_id),
    )
    note = (
        "状态或进度比与上期不同的目标。四种原因的部分相加等于两期进度比之差；"
        "一期没有进度比的不拆分，由说明指出判定条件的变化。"
    )
    rows = book.rows.change_reasons
    return Sheet("变化原因", "本期变化的原因", columns, rows, note, frozen=2, printed=11)


def _steps(book: Book) -> Sheet:
    columns = (
        *_goal_columns(book),
        told("数据", 8, lambda row: _edition(new=row.new_data)),
        told("修订", 8, lambda row: _edition(new=row.new_revision)),
        told("时间", 8, lambda row: _edition(new=row.new_time)),
        told("目标或方法", 10, lambda row: _edition(new=row.new_target)),
        told("进度比", 10, lambda row: row.pace, "part"),
        told("状态", 11, lambda row: _marked(row.rating)),
        told("目标编号", 30, lambda row: row.goal_id),
    )
    note = (
        "每个目标十六行：四种因素各用上期或本期的，按同一判定办法得出的进度比和状态。"
        "变化原因的各部分即由此算出（沙普利值）。"
    )
    rows = book.rows.change_steps
    return Sheet("变化测算", "变化原因的逐项测算", columns, rows, note, frozen=2)


def _edition(*, new: bool) -> str:
    return "本期" if new else "上期"
