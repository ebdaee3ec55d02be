"""What the facts say in words: every text of `planbook.facts`, each a function of what it is about.

A second language needs another module of these names.
"""

from __future__ import annotations

from planbook.periods import Edition

_SOURCE = "来源："
REPORT_NOT_FOUND_FIX = "核对 edition、time_period 和 scope，或删去这条更正"
OTHER_THAN_EXPECTED_FIX = "部门可能已经改正：核对后删去这条更正，或改写 expect"
REPORTED_ANEW_FIX = "删去这条更正，或改写 edition 和 expect"


def place_of_correction(file: str, id: str) -> str:
    return f"{file}「{id}」"


def report_not_found(edition: Edition, about: str, period: str) -> str:
    of = f"、时期 {period}" if period else ""
    return f"{edition} 没有收到「{about}」{of} 的填报"


def other_than_expected(received: str, expected: str) -> str:
    return f"收到的是「{received}」，不是 expect 所写的「{expected}」"


def reported_anew(edition: Edition, received: str) -> str:
    return f"{edition} 已有新的填报「{received}」，这条更正起不了作用"


def doubtful(reason: str) -> str:
    return f"存疑：{reason}"


def of_the_past(source: str, note: str) -> str:
    """Return where a value of ``history.csv`` comes from, with what is to be borne in mind."""
    return "；".join(part for part in (f"{_SOURCE}{source}", note) if part)


def source_of_the_past(said: str) -> str:
    """Return the source in what `of_the_past` says."""
    return said.removeprefix(_SOURCE).partition("；")[0]


def with_confirmation(remark: str, confirmed: str) -> str:
    """Return a remark with what the department said of a figure it was asked to confirm."""
    if not confirmed or confirmed == remark:
        return remark
    return "；".join(part for part in (remark, f"核实说明：{confirmed}") if part)
