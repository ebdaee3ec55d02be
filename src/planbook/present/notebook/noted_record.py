"""Records that tell which of their fields are read.

A noted record is a copy of one, of a class of its own: everything else about it is as before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

R = TypeVar("R", bound=BaseModel)
Note = Callable[[str], None]

# What reads every field without asking for it by name.
_READ_ALL = ("__iter__", "__eq__", "__repr_args__", "__copy__", "__deepcopy__", "__reduce_ex__")
_OF_THE_MODEL = ("model_copy", "model_dump", "model_dump_json", "copy", "dict", "json")


def noted_record(record: R, names: Mapping[str, str], note: Note) -> R:
    """Return a copy of a record that notes which of its fields are read.

    Parameters
    ----------
    names
        What is noted, by field; fields that are not here are read without a note.
    """
    kind: type[Any] = type(record)

    looked_up_plainly: Any = kind.__getattribute__

    def noted_all(method: str) -> Callable[..., Any]:
        def read(self: Any, *args: Any, **kwargs: Any) -> Any:
            for name in names.values():
                note(name)
            return getattr(kind, method)(self, *args, **kwargs)

        return read

    def looked_up(self: Any, field: str) -> Any:
        if field in names:
            note(names[field])
        return looked_up_plainly(self, field)

    methods = {name: noted_all(name) for name in (*_READ_ALL, *_OF_THE_MODEL)}
    methods["__getattribute__"] = looked_up
    noted = type(
        kind.__name__, (kind,), {"__module__": __name__, "__hash__": kind.__hash__} | methods
    )
    copy = record.model_copy()
    for worked_out in copy.__dict__.keys() - kind.model_fields.keys():
        del copy.__dict__[worked_out]  # of fields that nobody noted; it is worked out again
    object.__setattr__(copy, "__class__", noted)
    return copy
