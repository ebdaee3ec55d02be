"""Sections that a page folds: those that its front matter names, and none on paper."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from docutils import nodes

from planbook.produce.sphinx_ext.folded_sections import fold


def page(*headings: str) -> nodes.document:
    made = nodes.document("", "")  # type: ignore[arg-type]  # neither is read
    whole = nodes.section("", nodes.title("", "页"))
    whole += [nodes.section("", nodes.title("", h), nodes.paragraph("", h)) for h in headings]
    made += whole
    return made


def app(folded: object, builder: str = "html") -> Any:
    metadata = {"page": {} if folded is None else {"folded": folded}}
    return SimpleNamespace(
        env=SimpleNamespace(metadata=metadata), builder=SimpleNamespace(format=builder)
    )


@pytest.mark.parametrize(
    ("folded", "found"),
    [(None, []), ("乙", ["乙"]), ("甲 | 丙", ["甲", "丙"]), (True, ["甲", "乙", "丙"])],
)
def test_what_front_matter_names_is_folded(folded: object, found: list[str]) -> None:
    doctree = page("甲", "乙", "丙")
    fold(app(folded), doctree, "page")
    made = [s for s in doctree.findall(nodes.section) if any(isinstance(c, nodes.raw) for c in s)]
    assert [next(iter(section.findall(nodes.title))).astext() for section in made] == found
    for section in made:
        first, _, after, *_, last = section.children
        assert [first.astext(), after.astext(), last.astext()] == [
            '<details class="pb-section"><summary>',
            "</summary>",
            "</details>",
        ]


def test_only_pages_in_a_browser_are_folded() -> None:
    doctree = page("甲")
    fold(app(True, "latex"), doctree, "page")
    assert not list(doctree.findall(nodes.raw))
