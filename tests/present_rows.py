"""Rows of saved tables that tests of charts write."""

from __future__ import annotations

from typing import Any


def observation(indicator: str, period: str, value: float, **known: Any) -> dict[str, Any]:
    return {
        "indicator_id": indicator,
        "time_period": period,
        "scope": "未注明",
        "vintage": "2026-Q3",
        "accumulation": "",
        "obs_value": value,
        "obs_status": "normal",
        "release_stage": "终核",
        "yoy": float("nan"),
        "yoy_type": "",
        "prior_value": float("nan"),
        "remark": "",
        "origin": "report",
        "submitting_unit": "",
        "source_file": "",
        "source_sheet": "",
        "source_cell": "",
    } | known
