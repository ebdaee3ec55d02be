"""SDMX-CSV 2.0 of the observations, and the SDMX-JSON 2.0 structure that explains it.

Written from `planbook.produce.data_api.sdmx_components` without any SDMX library; a test reads
both back with one.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from planbook.present.book import Book
from planbook.present.pages.fragments import banner
from planbook.produce.data_api.api_record import json_bytes
from planbook.produce.data_api.sdmx_components import COMPONENTS, CodeList, Component, code_lists

DATA = "sdmx/data.csv"
STRUCTURE = "sdmx/structure.json"

_SCHEMA = (  # by which SDMX knows a message's format
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/"
    "2.0.0/sdmx-json-structure-schema.json"
)
_VERSION = "1.0"
_FLOW, _CONCEPTS = "OBSERVATIONS", "CONCEPTS"
_INFORM = "I"  # the action of a file that tells and does not ask anybody to change a database


def data_csv(book: Book) -> bytes:
    """Return the observations, a row each, in the order of their table; all of it is ASCII."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(part.id for part in COMPONENTS)])
    head = ["dataflow", f"{agency(book)}:{_FLOW}({_VERSION})", _INFORM]
    writer.writerows(
        [*head, *(part.of(book, row) for part in COMPONENTS)] for row in book.rows.observations
    )
    return text.getvalue().encode("ascii")


def structure_json(book: Book) -> bytes:
    """Return code lists, concepts, data structure and dataflow as one message."""
    return json_bytes(
        {
            "meta": {
                "schema": _SCHEMA,
                "id": f"{agency(book)}-{book.dataset.name}-{book.edition}".replace(".", "_"),
                "test": book.dataset.demonstration,
                # SDMX wants a time here, and the same inputs have to give the same bytes
                "prepared": f"{book.dataset.deadline(book.edition)}T00:00:00Z",
                "contentLanguages": ["zh"],
                "sender": {"id": agency(book), "name": book.plan.about.issuer},
            },
            "data": {
                "codelists": [_code_list(book, codes) for codes in code_lists(book)],
                "conceptSchemes": [_concepts(book)],
                "dataStructures": [_structure(book)],
                "dataflows": [_dataflow(book)],
            },
        }
    )


def agency(book: Book) -> str:
    """Return the id of whoever keeps the structure: the plan's, as SDMX writes ids."""
    id = book.plan.about.id.upper().replace("-", "_")
    return id if id[0].isalpha() else f"P_{id}"


def _kept(book: Book, id: str, name: str) -> dict[str, Any]:
    return {"id": id, "name": name, "agencyID": agency(book), "version": _VERSION}


def _urn(book: Book, kind: str, id: str, item: str = "") -> str:
    own = f"{agency(book)}:{id}({_VERSION})"
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={own}{f'.{item}' if item else ''}"


def _code_list(book: Book, list: CodeList) -> dict[str, Any]:
    codes = [{"id": code, "name": name} for code, name in list.codes.items()]
    return {**_kept(book, list.id, list.name), "codes": codes}


def _concepts(book: Book) -> dict[str, Any]:
    concepts = [
        {"id": part.id, "name": part.name} | ({"description": part.meaning} if part.meaning else {})
        for part in COMPONENTS
    ]
    return {**_kept(book, _CONCEPTS, "概念"), "concepts": concepts}


def _structure(book: Book) -> dict[str, Any]:
    dimensions = [
        {**_component(book, part), "position": position}
        for position, part in enumerate(_with_role("dimension"))
    ]
    (time,) = (_component(book, part) for part in _with_role("time"))
    measures = [_component(book, part) | _usage(part) for part in _with_role("measure")]
    attributes = [
        _component(book, part) | _usage(part) | {"attributeRelationship": _relation(part)}
        for part in _with_role("attribute")
    ]
    return {
        **_kept(book, _FLOW, "指标数值"),
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": dimensions,
                "timeDimension": time,
            },
            "measureList": {"id": "MeasureDescriptor", "measures": measures},
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
        },
    }


def _dataflow(book: Book) -> dict[str, Any]:
    warning = banner(book)
    flow = _kept(book, _FLOW, f"{book.plan.about.short_title}指标数值（{book.edition.label}）")
    flow["structure"] = _urn(book, "datastructure.DataStructure", _FLOW)
    return {**flow, "description": warning} if warning else flow


def _with_role(role: str) -> list[Component]:
    return [part for part in COMPONENTS if part.role == role]


def _component(book: Book, part: Component) -> dict[str, Any]:
    shown: dict[str, Any] = {"format": {"dataType": part.type}}
    if part.codes:
        shown = {"enumeration": _urn(book, "codelist.Codelist", part.codes)}
    concept = _urn(book, "conceptscheme.Concept", _CONCEPTS, part.id)
    return {"id": part.id, "conceptIdentity": concept, "localRepresentation": shown}


def _usage(part: Component) -> dict[str, str]:
    return {"usage": "mandatory" if part.required else "optional"}


def _relation(part: Component) -> dict[str, Any]:
    if part.upon in ("observation", "dataflow"):
        return {part.upon: {}}
    return {"dimensions": [part.upon]}
