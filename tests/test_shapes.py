"""What JSON holds is made into what it was, or refused; never half of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.shapes import shaped


@dataclass(frozen=True)
class Inner:
    name: str
    share: float = 0.5


@dataclass(frozen=True)
class Outer:
    inner: Inner
    names: tuple[str, ...]
    pair: tuple[int, bool]
    counts: Mapping[str, int] = field(default_factory=dict)
    note: str | None = None
    about: Any = None


TEXT = st.text(max_size=5)
OUTERS = st.builds(
    Outer,
    st.builds(Inner, TEXT, st.floats(allow_nan=False)),
    st.lists(TEXT, max_size=3).map(tuple),
    st.tuples(st.integers(), st.booleans()),
    st.dictionaries(TEXT, st.integers(), max_size=3),
    st.none() | TEXT,
    st.none() | TEXT,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)


@given(OUTERS)
def test_what_was_written_comes_back(outer: Outer) -> None:
    assert shaped(json.loads(json.dumps(asdict(outer))), Outer) == outer


@given(OUTERS, st.sampled_from(["inner", "names", "pair", "counts", "note"]), JSON)
def test_what_is_anything_else_is_refused(outer: Outer, name: str, wrong: Any) -> None:
    told = {**json.loads(json.dumps(asdict(outer))), name: wrong}
    try:
        found = shaped(told, Outer)
    except ValueError:
        return
    assert json.loads(json.dumps(asdict(found))) == {
        **told,
        "inner": {"share": 0.5, **told["inner"]},
    }


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, int),
        (1, bool),
        (1.0, int),
        (None, str),
        ("ab", tuple[str, ...]),
        ([1], tuple[int, int]),
        ({"name": "a", "more": 1}, Inner),
        ({"share": 1}, Inner),
        ([["a", 1]], dict[str, int]),
    ],
)
def test_like_is_not_the_same(value: Any, kind: Any) -> None:
    with pytest.raises(ValueError, match=r"in place of|not the keys"):
        shaped(value, kind)


def test_a_whole_number_is_a_number() -> None:
    assert shaped({"name": "a", "share": 1}, Inner) == Inner("a", 1)
