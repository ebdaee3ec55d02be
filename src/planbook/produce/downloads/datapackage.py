"""``datapackage.json``: what the CSV files are, by Frictionless Data Package v1.

Names and meanings of columns are `planbook.present.say.column_words`', types and keys the
contracts'. A validator can so check every file against what the book says of it. The files behind
the charts are of one kind: they share one schema, in a file of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from dataclasses import fields as fields_of
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from planbook.contract import COUNT, FLAG, NUMBER, TEXT, Contract, Dtype
from planbook.periods import Edition, TimePeriod
from planbook.present.book import Book
from planbook.present.charts.chart_data import CHART
from planbook.present.pages.fragments import banner
from planbook.present.say.column_words import COLUMN_WORDS, ColumnWords
from planbook.produce.downloads.changes_csv import CHANGE_WORDS
from planbook.produce.downloads.series_csv import SERIES_STAGES, SERIES_WORDS

NAME = "datapackage.json"
SERIES_SCHEMA = "series/schema.json"

_TYPES: dict[Dtype, str] = {TEXT: "string", NUMBER: "number", FLAG: "boolean", COUNT: "integer"}
_COLUMNS = {**COLUMN_WORDS, **CHANGE_WORDS}
_EDITION = r"\d{4}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])[QHY]?))?(\.[1-9]\d*)?"
_SERIES_ALWAYS = frozenset({"goal_id", "time_period", "period", "unit", "demonstration"})
_TOLD_APART = {"annual_target_year": "year", "deadline": "date", "received_on": "date"}


@dataclass(frozen=True)
class Described:
    """A CSV file: its columns, what it is called, and what is in it."""

    contract: Contract[Any]
    title: str
    content: bytes
    schema: str = ""  # path of a file with the schema; empty: it stands in the package


def descriptor(book: Book, files: Mapping[str, Described]) -> bytes:
    """Return ``datapackage.json`` of the files, by path below its folder."""
    about = book.plan.about
    warning = banner(book)
    scopes = list(about.scope_codes)
    package = {
        "profile": "tabular-data-package",
        "name": f"{about.id}-{book.dataset.name}",
        "title": f"{about.short_title}进展（{book.edition.label}）",
        "description": warning or f"《{about.title}》各项目标和举措的进展。",
        "version": str(book.edition),
        **({"homepage": book.address} if book.address else {}),
        "sources": [{"title": f"《{about.title}》（{about.issuer}，{about.issued}）"}],
        "resources": [_resource(path, file, scopes) for path, file in files.items()],
    }
    return _json(package)


def series_schema() -> bytes:
    """Return the schema that the files behind the charts share."""
    fields = [
        _field(CHART, column, SERIES_WORDS[column], required=column in _SERIES_ALWAYS)
        for column in CHART.columns
    ]
    for field in fields:
        if field["name"] == "release_stage":
            field["constraints"] = {"enum": list(SERIES_STAGES)}
    return _json(_schema(CHART, fields))


def _resource(path: str, file: Described, scopes: list[str]) -> dict[str, Any]:
    fields = [
        _field(file.contract, column, _COLUMNS[column], required=column in _always(file.contract))
        for column in file.contract.columns
        if not file.schema
    ]
    for field in fields:
        if field["name"] == "scope":
            field["constraints"] = {**field.get("constraints", {}), "enum": scopes}
    return {
        "profile": "tabular-data-resource",
        "name": path.removesuffix(".csv").replace("/", "-"),
        "title": file.title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",  # the files begin with a byte order mark
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True, "header": True},
        "schema": file.schema or _schema(file.contract, fields),
    }


@cache
def _held(contract: Contract[Any]) -> Mapping[str, Any]:
    """Return what each column of a file holds."""
    return {
        column: next(part for part in (*get_args(hint), hint) if part is not NoneType)
        for column, hint in get_type_hints(contract.row).items()
        if get_origin(hint) is not tuple  # several words in one cell
    }


def _always(contract: Contract[Any]) -> set[str]:
    """Return the columns of the key that are never empty: those without a default."""
    empty = {field.name for field in fields_of(contract.row) if field.default is not MISSING}
    return set(contract.key) - empty


def _schema(contract: Contract[Any], fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {"fields": fields, "missingValues": [""], "primaryKey": list(contract.key)}


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _field(
    contract: Contract[Any], column: str, known: ColumnWords, *, required: bool
) -> dict[str, Any]:
    kind = contract.columns[column]
    field: dict[str, Any] = {"name": column, "title": known.title}
    field["type"] = _TOLD_APART.get(column, _TYPES[kind])
    if known.meaning:
        field["description"] = known.meaning
    constraints: dict[str, Any] = {"required": True} if required else {}
    held = _held(contract).get(column)
    if held is TimePeriod:
        field["type"] = "yearmonth"
    elif held is Edition:
        constraints["pattern"] = _EDITION
    elif isinstance(held, type) and issubclass(held, StrEnum):
        constraints["enum"] = [word.value for word in held]
    if kind == FLAG:
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    return field | ({"constraints": constraints} if constraints else {})
