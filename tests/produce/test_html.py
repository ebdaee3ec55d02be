from __future__ import annotations

from planbook.produce.site import compile


def test_each_message_of_sphinx_becomes_a_problem_with_its_place() -> None:
    said = (
        "book/handbook.md:12: WARNING: 'myst' cross-reference target not found: 'x'\n"
        "WARNING: a message without a place\n"
        "and its second line\n"
    )
    first, second = compile._problems(said)
    assert first.where == "book/handbook.md:12"
    assert "target not found" in first.what
    assert "second line" in second.what
