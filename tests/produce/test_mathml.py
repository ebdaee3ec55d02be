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


@pytest.mark.parametrize(
    ("formula", "rows"),
    [
        (r"\begin{align}a &= b \\ &= 8\%\end{align}", ["a=b", "=8%"]),
        (r"\begin{aligned}a &= b \\ &= c\end{aligned}", ["a=b", "=c"]),
        (r"\begin{alignat}{2}a &= b\end{alignat}", ["a=b"]),
        (r"\begin{eqnarray}a &=& b \\ c &\le& d\end{eqnarray}", ["a=b", "c≤d"]),
        (r"\begin{gather*}a \\ b\end{gather*}", ["a", "b"]),
        (r"\begin{multline}a \\ b\end{multline}", ["a", "b"]),
        (r"f=\begin{cases}1 & x \\ 0 & y\end{cases}", ["1x", "0y"]),
    ],
)
def test_lines_are_below_each_other_and_have_no_numbers(formula: str, rows: list[str]) -> None:
    root = ElementTree.fromstring(mathml(formula, block=True))
    found = ["".join(row.itertext()) for row in root.iter() if row.tag.endswith("mtr")]
    assert found == rows


def test_one_equation_has_no_number() -> None:
    root = ElementTree.fromstring(mathml(r"\begin{equation}a = b\end{equation}"))
    assert "".join(root.itertext()) == "a=b"
