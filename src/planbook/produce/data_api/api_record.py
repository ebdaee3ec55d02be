"""What the objects of the JSON files share: how a value is written, and what their schema says.

A key means the same in every file. Most are columns of the saved tables and take their Chinese
name and meaning from `planbook.present.say.column_words`; the others say theirs where they stand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic import Field as Key
from pydantic.fields import ComputedFieldInfo, FieldInfo

from planbook.periods import Edition, TimePeriod
from planbook.present.say.column_words import COLUMN_WORDS

VERSION = "1.4"  # a key is added: 1.1; one is renamed, dropped or means something else: 2.0
_PROMISE = (
    "没有数值的为 null，不表示 0，原因见旁边的 value_status、obs_status、reason 或 status；"
    "某类目标用不到的数值也为 null。版本为 1.x 的只增加键，程序应忽略不认识的键。"
)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _written(value: Any) -> Any:
    """Return an edition or a month as text, and anything else as it is."""
    return str(value) if isinstance(value, Edition | TimePeriod) else value


Month = Annotated[str, BeforeValidator(_written), Key(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
EditionId = Annotated[str, BeforeValidator(_written)]  # opaque: no pattern to rely on
Said = Annotated[str | None, BeforeValidator(lambda text: text or None)]  # nothing said: null


def key(title: str, meaning: str = "", alias: str | None = None) -> Any:
    """Return a field that no saved table has, with its Chinese name and meaning."""
    return Key(title=title, description=meaning or None, serialization_alias=alias)


def _title(name: str, field: FieldInfo | ComputedFieldInfo) -> str:
    return COLUMN_WORDS[name].title


def _explain(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Add meanings to keys, and leave out what is meant for those who read the code."""
    schema.pop("description", None)
    schema.pop("title", None)
    for name, described in schema.get("properties", {}).items():
        known = COLUMN_WORDS.get(name)
        if known and known.title == described.get("title") and known.meaning:
            meaning = known.meaning.replace("True", "true").replace("False", "false")
            described.setdefault("description", meaning)


class ApiRecord(BaseModel):
    """An object of the data interface."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # a build that writes no such file does not wait for it
        field_title_generator=_title,
        json_schema_extra=_explain,
    )

    @classmethod
    def of(cls, row: object, **said: Any) -> Self:
        """Return the object with what is `said`, and its other keys as the row has them."""
        return cls(**{n: getattr(row, n) for n in cls.model_fields if n not in said}, **said)


def schema_of(file: type[ApiRecord], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a file.

    It allows keys that it does not name: a later version may have more.
    """
    made = file.model_json_schema(mode="serialization", by_alias=True)
    for part in (made, *made.get("$defs", {}).values()):
        part.pop("additionalProperties", None)
        if "enum" in part:  # a vocabulary: its docstring is for those who read the code
            part.pop("description", None)
            part.pop("title", None)
    head = {"$schema": DIALECT, "title": title, "description": _PROMISE, "version": VERSION}
    return {**head, **made}


def json_bytes(content: ApiRecord | Mapping[str, Any]) -> bytes:
    """Return the content as a JSON file; numbers come back to the last bit."""
    plain = content
    if isinstance(content, ApiRecord):
        plain = content.model_dump(mode="json", by_alias=True)
    return (json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
