"""Contracts of the frames: refused when broken, and back from CSV to the last bit."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given

from planbook.contract import Contract
from planbook.edition_acts import EditionState
from planbook.edition_frames import EDITIONS, EditionRow
from planbook.frames import FINDINGS, GOALS, HISTORY, MEASURES, OBSERVATIONS, VERDICTS
from planbook.periods import Edition, TimePeriod
from planbook.saved import TABLE_CONTRACTS, Tables
from planbook.vocabulary import Rating


@dataclass(frozen=True)
class Ship:
    name: str
    tonnes: float | None
    crew: int
    afloat: bool


@dataclass(frozen=True, kw_only=True)
class Voyage:
    ship: str
    begun: TimePeriod
    ended: TimePeriod | None = None
    years: tuple[int, ...] = ()
    ports: tuple[str, ...] = ()
    lost_in: int | None = None
    rating: Rating | None = None


SHIPS = Contract("ships", Ship, ("name",))
VOYAGES = Contract("voyages", Voyage, ("ship", "begun"))
GULL = {"name": "海鸥", "tonnes": 1.5, "crew": 4, "afloat": True}
# What XML and CSV can carry: no surrogates; line ends inside text come back as they were.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=20)


def read_back(
    contract: Contract[Any], frame: pd.DataFrame, folder: Path, *, bom: bool = False
) -> Any:
    path = folder / "frame.csv"
    path.write_bytes(contract.to_csv(frame, bom=bom))
    return contract.read(path)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("frames")


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "name": texts,
                "tonnes": st.floats(allow_infinity=False),
                "crew": st.integers(-(2**53), 2**53),
                "afloat": st.booleans(),
            }
        ),
        unique_by=lambda row: row["name"],
        max_size=5,
    ),
    bom=st.booleans(),
)
def test_a_frame_comes_back_from_csv_to_the_last_bit(
    folder: Path, rows: list[dict[str, Any]], bom: bool
) -> None:
    frame = SHIPS.frame(rows)
    pd.testing.assert_frame_equal(read_back(SHIPS, frame, folder, bom=bom), frame, check_exact=True)


@pytest.mark.parametrize("word", ["NA", "nan", "null", "None", "007", "1E5", "—", " ", "", "True"])
def test_a_word_stays_a_word(folder: Path, word: str) -> None:
    frame = SHIPS.frame([{**GULL, "name": word}])
    assert read_back(SHIPS, frame, folder)["name"].tolist() == [word]


def test_a_missing_number_is_blank_and_comes_back_missing(folder: Path) -> None:
    frame = SHIPS.frame([{**GULL, "tonnes": None}])
    assert SHIPS.to_csv(frame) == "name,tonnes,crew,afloat\n海鸥,,4,True\n".encode()
    assert math.isnan(read_back(SHIPS, frame, folder)["tonnes"][0])


def test_a_missing_text_is_empty() -> None:
    assert SHIPS.frame([{**GULL, "name": None}])["name"].tolist() == [""]


def test_columns_come_in_the_contracts_order_and_types() -> None:
    frame = SHIPS.frame([dict(reversed(GULL.items()))])
    assert list(frame.columns) == list(SHIPS.columns)
    assert [str(t) for t in frame.dtypes] == ["str", "float64", "int64", "bool"]


@pytest.mark.parametrize("contract", TABLE_CONTRACTS.values(), ids=list(TABLE_CONTRACTS))
def test_an_empty_frame_has_all_columns_and_types_and_comes_back(
    contract: Contract[Any], folder: Path
) -> None:
    frame = contract.frame([])
    assert {c: str(t) for c, t in frame.dtypes.items()} == dict(contract.columns)
    pd.testing.assert_frame_equal(read_back(contract, frame, folder), frame)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match=r"ships: columns missing \['crew'\]"):
        SHIPS.frame([{key: value for key, value in GULL.items() if key != "crew"}])


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(ValueError, match=r"unknown \['sails'\]"):
        SHIPS.frame([{**GULL, "sails": 2}])


def test_two_rows_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="海鸥"):
        SHIPS.frame([GULL, {**GULL, "crew": 5}])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("name,tonnes,crew\n海鸥,1.5,4\n", r"columns missing \['afloat'\]"),
        ("name,tonnes,crew,afloat\n海鸥,1.5,4,True\n海鸥,2.5,4,True\n", "rows share a key"),
        ("name,tonnes,crew,afloat\n海鸥,重,4,True\n", "重"),
        ("name,tonnes,crew,afloat\n海鸥,1.5,,True\n", "crew|Integer|NA"),
    ],
)
def test_a_file_that_breaks_the_contract_is_refused(
    tmp_path: Path, written: str, said: str
) -> None:
    path = tmp_path / "ships.csv"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        SHIPS.read(path)


def test_rows_without_a_key_may_repeat() -> None:
    finding = dict.fromkeys(FINDINGS.columns, "同一处")
    assert len(FINDINGS.frame([finding, finding])) == 2


def test_a_frame_is_a_copy_of_what_it_was_made_from() -> None:
    original = SHIPS.frame([GULL])
    copied = SHIPS.frame(original)
    copied.loc[0, "crew"] = 9
    assert original["crew"].tolist() == [4]


def test_verdicts_hold_all_that_the_public_table_of_goals_holds() -> None:
    assert list(VERDICTS.columns)[: len(GOALS.columns)] == list(GOALS.columns)
    assert HISTORY.columns == VERDICTS.columns


def test_every_key_is_a_column() -> None:
    for contract in (*TABLE_CONTRACTS.values(), GOALS):
        assert set(contract.key) <= set(contract.columns), contract.name


def test_observations_are_known_by_indicator_period_scope_and_vintage() -> None:
    assert OBSERVATIONS.key == ("indicator_id", "time_period", "scope", "vintage")
    assert MEASURES.key == ("measure_id",)


def test_all_tables_of_an_edition_are_saved_and_read(tmp_path: Path) -> None:
    empty = {name: contract.frame([]) for name, contract in TABLE_CONTRACTS.items()}
    observed: dict[str, Any] = dict.fromkeys(OBSERVATIONS.columns, "")
    observed |= {"indicator_id": "ships", "obs_value": 0.1 + 0.2, "yoy": -3.2, "prior_value": None}
    tables = Tables(**{**empty, "observations": OBSERVATIONS.frame([observed])})
    tables.save(tmp_path)
    again = Tables.read(tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(TABLE_CONTRACTS)
    for name in TABLE_CONTRACTS:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(tables, name))


def test_rows_come_back_from_a_frame_as_they_went_in(tmp_path: Path) -> None:
    rows = (
        Voyage(
            ship="海鸥",
            begun=TimePeriod(2025, 3),
            ended=TimePeriod(2026, 1),
            years=(2025, 2026),
            ports=("甲港", "乙港"),
            lost_in=2026,
            rating=Rating.MET,
        ),
        Voyage(ship="海鸥", begun=TimePeriod(2026, 9)),
    )
    frame = VOYAGES.frame(rows)
    assert VOYAGES.rows(frame) == rows
    assert VOYAGES.rows(read_back(VOYAGES, frame, tmp_path)) == rows
    assert VOYAGES.rows(VOYAGES.frame([])) == ()


def test_nothing_is_none_in_a_row_and_nan_or_no_text_in_a_frame() -> None:
    frame = SHIPS.frame([Ship("海鸥", None, 4, True)])
    assert frame["tonnes"].isna().all()
    assert SHIPS.rows(frame) == (Ship("海鸥", None, 4, True),)
    absent = VOYAGES.frame([Voyage(ship="海鸥", begun=TimePeriod(2026, 9))]).iloc[0]
    assert (absent["ended"], absent["years"], absent["rating"]) == ("", "", "")


@pytest.mark.parametrize("contract", [*TABLE_CONTRACTS.values(), GOALS], ids=lambda c: c.name)
def test_every_column_of_a_saved_table_is_a_field_of_its_row(contract: Contract[Any]) -> None:
    assert list(contract.columns) == [field.name for field in fields(contract.row)]


def test_tables_of_an_earlier_version_are_read_with_what_they_know(tmp_path: Path) -> None:
    table = EDITIONS.frame(
        [
            EditionRow(
                edition=Edition.parse("2026-Q1"),
                label="2026年一季度",
                edition_state=EditionState.PUBLISHED,
                released="2026-04-30",
                corrects=None,
                reason="",
            )
        ]
    )
    old = table.drop(columns=["label"]).assign(gone="x")
    old.to_csv(tmp_path / "editions.csv", index=False)
    read = EDITIONS.read_old(tmp_path / "editions.csv")
    assert list(read.columns) == list(table.columns)
    (row,) = EDITIONS.rows(read)
    assert (row.edition_state, row.label) == (EditionState.PUBLISHED, "")
    assert EDITIONS.read_old(tmp_path / "none.csv").empty
    with pytest.raises(ValueError, match="columns missing"):
        EDITIONS.read(tmp_path / "editions.csv")


def test_what_an_earlier_version_did_not_count_or_flag_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "verdicts.csv").write_text("goal_id,edition\nfirms,2026-Q1\n", encoding="utf-8")
    read = VERDICTS.read_old(tmp_path / "verdicts.csv")
    assert not read["met"].any()
    assert read["latest_value"].isna().all()
    assert list(read["name"]) == [""]


def test_a_frame_that_conforms_is_checked_all_the_same() -> None:
    row = {"edition": "2026-Q1", "label": "", "edition_state": "已发布", "released": ""}
    one = EDITIONS.frame([{**row, "corrects": "", "reason": ""}])
    twice = pd.concat([one, one])
    with pytest.raises(ValueError, match="share a key"):
        EDITIONS.frame(twice)
    assert list(EDITIONS.frame(one.set_index(pd.Index([7]))).index) == [0]
