"""Observations as SDMX: codes, structure, and what a public library reads of them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from planbook.plan import Plan
from planbook.present.book import Book
from planbook.produce.data_api.sdmx_components import COMPONENTS, code_lists, unit_code
from planbook.produce.data_api.sdmx_files import data_csv, structure_json
from planbook.run.pipeline import open_book

FLOW = "LIANGJIANG_PRODUCER_SERVICES:OBSERVATIONS(1.0)"


@pytest.fixture(scope="module", params=["demo", "live"])
def book(request: pytest.FixtureRequest) -> Book:
    return open_book(request.param)


@pytest.fixture(scope="module")
def demo() -> Book:
    return open_book("demo")


def rows(book: Book) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data_csv(book).decode("ascii"), newline="")))


def test_a_row_is_an_observation_in_the_terms_of_sdmx(demo: Book) -> None:
    (row,) = (
        row
        for row in rows(demo)
        if row["INDICATOR"] == "online-retail-sales" and row["TIME_PERIOD"] == "2026-09"
    )
    assert row == {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": FLOW,
        "ACTION": "I",
        "FREQ": "M",
        "INDICATOR": "online-retail-sales",
        "SCOPE": "UNSTATED",
        "TIME_PERIOD": "2026-09",
        "OBS_VALUE": "406.88",
        "UNIT_MEASURE": "U4EBF5143",
        "OBS_STATUS": "A",
        "ACCUMULATION": "YTD",
        "VINTAGE": "2026-Q3",
        "RELEASE_STAGE": "FLASH",
        "YOY": "9.1",
        "YOY_TYPE": "NOMINAL",
        "PRIOR_VALUE": "372.86",
        "EDITION": "2026-Q3",
        "DEMONSTRATION": "true",
    }


def test_a_value_of_every_third_year_is_not_called_annual(demo: Book) -> None:
    assert "A3" not in code_lists(demo)[0].codes
    content = demo.plan.model_dump()
    for chapter in content["chapters"]:
        for indicator in (i for field in chapter["fields"] for i in field["indicators"]):
            if indicator["id"] == "logistics-cost-gdp":
                indicator |= {"every_years": 3, "value_year": 2025}
    rare = replace(demo, plan=Plan.model_validate(content))
    assert code_lists(rare)[0].codes["A3"] == "每3年"
    found = {row["FREQ"] for row in rows(rare) if row["INDICATOR"] == "logistics-cost-gdp"}
    assert found == {"A3"}
    assert {row["FREQ"] for row in rows(demo)} == {"M", "Q", "A"}


def test_values_are_those_of_the_table_and_absent_ones_are_empty(book: Book) -> None:
    kept = book.rows.observations
    given = rows(book)
    assert len(given) == len(kept)
    for row, known in zip(given, kept, strict=True):
        for column, value in (
            ("OBS_VALUE", known.obs_value),
            ("YOY", known.yoy),
            ("PRIOR_VALUE", known.prior_value),
        ):
            assert row[column] == ("" if value is None else repr(value))


def test_every_code_is_in_its_list_and_is_ascii(book: Book) -> None:
    lists = {codes.id: codes.codes for codes in code_lists(book)}
    for row in rows(book):
        for part in COMPONENTS:
            if part.codes and (row[part.id] or part.required):
                assert row[part.id] in lists[part.codes], part.id
    for codes in lists.values():
        assert all(code.isascii() for code in codes)
        assert len(set(codes.values())) == len(codes)


def test_dimensions_identify_a_value(book: Book) -> None:
    key = [part.id for part in COMPONENTS if part.role in ("dimension", "time")]
    found = [tuple(row[id] for id in key) for row in rows(book)]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("unit", "code"),
    [("亿元", "U4EBF5143"), ("%", "PT"), ("", "PURE_NUMB"), ("=1", "U003D0031")],
)
def test_a_unit_has_a_code_of_its_own_whatever_it_is_called(unit: str, code: str) -> None:
    assert unit_code(unit) == code


def test_structure_and_data_have_the_same_columns(demo: Book) -> None:
    data = json.loads(structure_json(demo))["data"]
    parts = data["dataStructures"][0]["dataStructureComponents"]
    named = [
        *parts["dimensionList"]["dimensions"],
        parts["dimensionList"]["timeDimension"],
        *parts["measureList"]["measures"],
        *parts["attributeList"]["attributes"],
    ]
    assert [part["id"] for part in named] == list(rows(demo)[0])[3:]
    concepts = {concept["id"] for concept in data["conceptSchemes"][0]["concepts"]}
    assert concepts == {part["id"] for part in named}


def test_a_public_library_reads_structure_and_data_back(book: Book, tmp_path: Path) -> None:
    """It validates the structure by SDMX's own schema, and gives numbers their type by it."""
    io_ = pytest.importorskip("pysdmx.io", reason="pip install -e .[sdmx]")
    (tmp_path / "structure.json").write_bytes(structure_json(book))
    (tmp_path / "data.csv").write_bytes(data_csv(book))
    message = io_.read_sdmx(tmp_path / "structure.json", validate=True)
    named = {(type(item).__name__, item.id): item for item in message.structures}
    assert named["Codelist", "CL_SCOPE"].name == "口径"
    assert {code.id: code.name for code in named["Codelist", "CL_INDICATOR"].codes} == {
        item.id: item.name for item in book.plan.indicators
    }
    structure = named["DataStructureDefinition", "OBSERVATIONS"]
    assert [part.id for part in structure.components] == [part.id for part in COMPONENTS]
    if not book.rows.observations:
        return
    (dataset,) = io_.get_datasets(tmp_path / "data.csv", tmp_path / "structure.json")
    assert dataset.short_urn == f"Dataflow={FLOW}"
    assert dataset.attributes["EDITION"] == str(book.edition)
    assert dataset.attributes["DEMONSTRATION"].lower() == str(book.dataset.demonstration).lower()
    values = dataset.data["OBS_VALUE"].astype(object)
    assert list(dataset.data["INDICATOR"]) == [row.indicator_id for row in book.rows.observations]
    assert values.where(values.notna(), None).tolist() == [
        row.obs_value for row in book.rows.observations
    ]
