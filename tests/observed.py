"""An observation of a test: a period, a value, and what else matters there."""

from __future__ import annotations

from typing import Any

from planbook.frames import ObservationRow
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import Accumulation, ObsStatus, Origin, Visibility


def observation(period: TimePeriod, value: float | None, **columns: Any) -> ObservationRow:
    row: dict[str, Any] = {
        "indicator_id": "thing",
        "scope": "全域",
        "vintage": Edition.parse("2026-Q3"),
        "accumulation": Accumulation.YTD,
        "obs_status": ObsStatus.NORMAL,
        "release_stage": None,
        "yoy": None,
        "yoy_type": None,
        "prior_value": None,
        "remark": "",
        "visibility": Visibility.PUBLIC,
        "origin": Origin.REPORT,
        "submitting_unit": "office",
        "source_file": "",
        "source_sheet": "",
        "source_cell": "",
    }
    return ObservationRow(time_period=period, obs_value=value, **{**row, **columns})
