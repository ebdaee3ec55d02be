"""What commands say of editions: where one stands, and where a workbook of it counts."""

from __future__ import annotations

from planbook.editions import EditionState, Publishing, Register
from planbook.periods import Edition
from planbook.workspace import how_to_correct


def standing_words(register: Register, edition: Edition) -> str:
    """Say where an edition stands, if it is not simply being made; else nothing."""
    state = register.state(edition)
    told: str = state.value
    why = next((act.reason for act in reversed(register.acts) if act.edition == edition), "")
    match state:
        case EditionState.PUBLISHED | EditionState.CORRECTED:
            told = f"{state}（{register.publishing(edition).released}）"
            if register.standing(edition) != edition:
                told += f"，以 {register.standing(edition)} 为准"
        case EditionState.GIVEN_UP | EditionState.WITHDRAWN | EditionState.PURGED:
            told += f"（{why}）"
        case EditionState.OPEN if edition == register.open_correction:
            told = f"更正版编制中，更正 {register.corrects(edition)}（{why}）"
        case EditionState.OPEN | EditionState.UNRECORDED:
            return ""
    return f"{edition} {told}"


def late_words(dataset: str, register: Register, edition: Edition, vintage: Edition) -> str:
    """Say in which edition a workbook counts that came when its own was fixed; else nothing."""
    if vintage == edition:
        return ""
    newest = register.newest_published
    said = f"{edition if register.is_published(edition.base) else newest} 已发布：本表计入"
    if vintage.correction:
        return f"{said}更正版 {vintage}，由此引起的变化列入其更正说明"
    said += f"下一期 {vintage}，作为修订公布"
    if newest is not None and newest.base == edition.base and register.open_correction is None:
        said += f"；须更正 {newest} 的，先运行 {how_to_correct(dataset, newest)}"
    return said


def editions_listed(register: Register) -> tuple[str, ...]:
    """Return a line on each edition that was published, withdrawn or is being corrected."""
    told = {act.edition for act in register.acts if isinstance(act, Publishing)} | {*register.known}
    return tuple(line for edition in sorted(told) if (line := standing_words(register, edition)))
