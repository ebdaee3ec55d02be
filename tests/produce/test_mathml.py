from __future__ import annotations

from xml.etree import ElementTree

import pytest

from planbook.produce.latex import UnreadableFormula, mathml


def test_a_formula_becomes_well_formed_mathml() -> None:
    root = ElementTree.fromstring(mathml(r"p = \frac{v - b}{T - b}", block=True))
    assert root.get("display") == "block"
    assert "".join(root.itertext()).replace("\u2212", "-") == "p=v-bT-b"


def test_chinese_words_stay_whole() -> None:
    assert "<mtext>目标</mtext>" in mathml(r"\frac{\text{目标}}{3}")


@pytest.mark.parametrize(
    "formula",
    [
        r"\frac{a",
        r"\nosuchcommand{a}",
        r"a & b",
        r"a^",
        r"\left( a",
    ],
)
def test_a_formula_that_cannot_be_read_is_refused(formula: str) -> None:
    with pytest.raises(UnreadableFormula):
        mathml(formula)
