"""How what people wrote of a change is quoted, and what is said where nobody wrote why."""

from __future__ import annotations

NO_REASON = "填报单位没有说明原因"


def measure_is_blocked(measure: str, progress: str, *, still: bool) -> str:
    """Return what a unit wrote of a blocked measure; `still`: it was blocked before."""
    return f"举措「{measure}」{'仍' if still else ''}受阻，填报单位说明：{progress}"


def commentary_says(chapter: str, said: str) -> str:
    return f"「{chapter}」的分析点评：{said}"
