from __future__ import annotations

from typing import Any

import pytest

from planbook.assess.series import Series
from planbook.frames import ObservationRow
from planbook.periods import CALENDAR, TimePeriod
from planbook.vocabulary import Accumulation
from tests.observed import observation


def at(text: str) -> TimePeriod:
    return TimePeriod.parse(text)


def seen(period: str, value: float | None, prior: float | None = None) -> ObservationRow:
    return observation(at(period), value, prior_value=prior)


def series(*rows: ObservationRow, **baselines: float) -> Series:
    known: dict[TimePeriod, Any] = {at(f"{y[1:]}-12"): value for y, value in baselines.items()}
    return Series("全域", Accumulation.YTD, rows, known, CALENDAR)


def test_the_usual_share_is_the_mean_over_the_last_complete_years() -> None:
    own = series(
        *(seen(f"{year}-12", 100) for year in (2021, 2022, 2023, 2024)),
        *(
            seen(f"{year}-09", value)
            for year, value in ((2021, 10), (2022, 60), (2023, 70), (2024, 80), (2025, 90))
        ),
    )
    share = own.usual_share(at("2025-09"))
    assert share.from_history
    assert share.value == pytest.approx(0.70)  # 2021 is a fourth year back


def test_a_year_that_is_not_complete_gives_no_share() -> None:
    own = series(seen("2025-09", 66), seen("2026-09", 80), seen("2026-06", 50))
    share = own.usual_share(at("2026-09"))
    assert not share.from_history
    assert share.value == pytest.approx(0.75)


def test_the_value_a_year_earlier_as_reported_serves_the_share_of_the_base_year() -> None:
    own = series(seen("2025-09", 77, prior=70), y2024=100)
    assert own.usual_share(at("2025-09")).value == pytest.approx(0.70)


def test_at_the_end_of_the_year_the_share_is_the_whole() -> None:
    assert series().usual_share(at("2025-12")).value == 1


def test_the_own_value_a_year_earlier_goes_before_the_one_reported_later() -> None:
    own = series(seen("2024-09", 72), seen("2025-09", 77, prior=70))
    assert own.a_year_earlier(at("2025-09")) == 72


def test_the_rolling_year_adds_the_rest_of_last_year() -> None:
    own = series(seen("2024-09", 70), seen("2024-12", 100), seen("2025-09", 80))
    assert own.rolling_year(at("2025-09")) == 110
    assert own.rolling_year(at("2024-12")) == 100
    assert own.rolling_year(at("2024-09")) is None
    assert own.rolling_year(at("2025-06")) is None


def test_an_observation_without_a_number_is_no_value() -> None:
    assert series(seen("2025-09", None)).values == {}
