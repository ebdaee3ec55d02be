from __future__ import annotations

import pytest

from planbook.produce.sphinx_ext.descriptions import LONGEST, described

LEDE = '<p class="pb-lede">贷款余额为<b>2,735</b>亿元，达序时。</p>'


@pytest.mark.parametrize(
    ("body", "description"),
    [
        (f"<p>本页先有一句别的话。</p>{LEDE}", "贷款余额为2,735亿元，达序时。"),
        ("<p class='x'>本章看贷款余额如何。</p>", "本章看贷款余额如何。"),
        (
            "<p>短。</p><p>没有句号的一行字在这里</p><p>这才是本页说的事。</p>",
            "贷款余额：这才是本页说的事。",
        ),
        ('<p class="pb-dateline">2026年三季度的书。</p>', "贷款余额"),
        ("<p>一与二之比 &lt; 三，不算达到。</p>", "贷款余额：一与二之比 < 三，不算达到。"),
        ("", "贷款余额"),
    ],
)
def test_a_page_is_described_by_its_first_sentence(body: str, description: str) -> None:
    assert described(body, "贷款余额") == description


def test_a_long_description_ends_with_a_sentence() -> None:
    sentence = "这一句话有十六个字并且以句号结尾。"
    text = described(f"<p>{sentence * 20}</p>", "这一句话")
    assert len(text) <= LONGEST
    assert text.endswith("。")
    endless = described(f"<p>{'字' * 400}。</p>", "字")
    assert len(endless) == LONGEST
    assert endless.endswith("…")
