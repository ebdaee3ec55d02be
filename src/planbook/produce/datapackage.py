"""``datapackage.json``: what the CSV files are, by Frictionless Data Package v1.

Names and meanings of columns are `planbook.present.columns`', types and keys the contracts'. A
validator can so check every file against what the book says of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from planbook.contract import COUNT, FLAG, NUMBER, TEXT, Contract, Dtype
from planbook.present.chapter import Book
from planbook.present.columns import COLUMN_WORDS
from planbook.present.fragments import banner
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Direction,
    Kind,
    MeasureStatus,
    ObsStatus,
    Origin,
    Pattern,
    Rating,
    Reason,
    ReleaseStage,
    Scope,
    SubmissionState,
    YoyType,
)

NAME = "datapackage.json"

_TYPES: dict[Dtype, str] = {TEXT: "string", NUMBER: "number", FLAG: "boolean", COUNT: "integer"}
_MONTHS = frozenset({"time_period", "baseline_period", "latest_period"})
_DAYS = frozenset({"deadline", "received_on"})
_EDITIONS = frozenset({"edition", "vintage", "status_since", "last_reported"})
_EDITION = r"\d{4}-Q[1-4](\.[1-9]\d*)?"
_WORDS: dict[str, type[StrEnum]] = {  # columns that hold one of a few words
    "kind": Kind,
    "direction": Direction,
    "scope": Scope,
    "comparator": Comparator,
    "rating": Rating,
    "reason": Reason,
    "accumulation": Accumulation,
    "obs_status": ObsStatus,
    "release_stage": ReleaseStage,
    "yoy_type": YoyType,
    "origin": Origin,
    "pattern": Pattern,
    "status": MeasureStatus,
    "previous_status": MeasureStatus,
    "state": SubmissionState,
}


def descriptor(book: Book, files: Mapping[str, tuple[Contract, str, bytes]]) -> bytes:
    """Return ``datapackage.json`` of the files: by name contract, title and content."""
    about = book.plan.about
    warning = banner(book.dataset)
    package = {
        "profile": "tabular-data-package",
        "name": f"{about.id}-{book.dataset.name}",
        "title": f"{about.short_title}进展（{book.edition.label}）",
        "description": warning or f"《{about.title}》各项目标和举措的进展。",
        "version": str(book.edition),
        "sources": [{"title": f"《{about.title}》（{about.issuer}，{about.issued}）"}],
        "resources": [_resource(name, *file) for name, file in files.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(path: str, contract: Contract, title: str, content: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": path.removesuffix(".csv"),
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",  # the files begin with a byte order mark
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True, "header": True},
        "schema": {
            "fields": [
                _field(column, kind, required=column in contract.key)
                for column, kind in contract.columns.items()
            ],
            "missingValues": [""],
            "primaryKey": list(contract.key),
        },
    }


def _field(column: str, kind: Dtype, *, required: bool) -> dict[str, Any]:
    known = COLUMN_WORDS[column]
    field: dict[str, Any] = {"name": column, "title": known.title, "type": _TYPES[kind]}
    if known.meaning:
        field["description"] = known.meaning
    constraints: dict[str, Any] = {"required": True} if required else {}
    if column in _MONTHS:
        field["type"] = "yearmonth"
    elif column in _DAYS:
        field["type"] = "date"
    elif column in _EDITIONS:
        constraints["pattern"] = _EDITION
    elif column in _WORDS:
        constraints["enum"] = [str(word) for word in _WORDS[column]]
    if kind == FLAG:
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    return field | ({"constraints": constraints} if constraints else {})
