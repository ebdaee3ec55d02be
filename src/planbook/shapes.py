"""What JSON holds, made into what it was, or refused: whoever reads a record trusts nothing in it.

Needs the standard library only, since even that nothing has changed is told by a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def shaped(value: Any, kind: type[T]) -> T:
    """Return a value of JSON as the `kind` of thing that it was written from.

    Parameters
    ----------
    kind
        A dataclass, or a type of text, numbers, truth, ``None``, tuples and mappings of them.

    Raises
    ------
    ValueError
        If it is of another shape.
    """
    return cast(T, _shaped(value, kind))


def _shaped(value: Any, kind: Any) -> Any:
    if kind is Any:
        return value
    if is_dataclass(kind):
        return _record(value, kind)
    origin, of = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _any_of(value, of)
    if origin is tuple and isinstance(value, list | tuple):
        kinds = of[:1] * len(value) if of[-1] is Ellipsis else of
        if len(kinds) == len(value):
            return tuple(_shaped(each, own) for each, own in zip(value, kinds, strict=True))
    elif isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, Mapping):
        return {_shaped(key, of[0]): _shaped(each, of[1]) for key, each in value.items()}
    elif kind in (str, bool, int, float, NoneType) and type(value) in (kind, _narrower(kind)):
        return value
    raise ValueError(f"{type(value).__name__} in place of {kind}")


def _record(value: Any, kind: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError(f"{type(value).__name__} in place of {kind.__name__}")
    known = {each.name: each for each in fields(kind) if each.init}
    needed = {
        name
        for name, each in known.items()
        if each.default is MISSING and each.default_factory is MISSING
    }
    if not needed <= value.keys() <= known.keys():
        raise ValueError(f"not the keys of {kind.__name__}")
    hints = _hints(kind)
    return kind(**{name: _shaped(each, hints[name]) for name, each in value.items()})


def _any_of(value: Any, kinds: tuple[Any, ...]) -> Any:
    for kind in kinds:
        try:
            return _shaped(value, kind)
        except ValueError:
            continue
    raise ValueError(f"{type(value).__name__} in place of one of {kinds}")


def _narrower(kind: Any) -> Any:
    return int if kind is float else kind


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
