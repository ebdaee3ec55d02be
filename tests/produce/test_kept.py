import pytest

from planbook.produce.pdf.setting.characters import pieces
from planbook.produce.sphinx_ext.kept_together import kept_together


def held(text: str) -> list[str]:
    """Return what stays together in a paragraph."""
    body = kept_together(f"<p>{text}</p>")
    assert body.replace('<span class="pb-kept">', "").replace("</span>", "") == f"<p>{text}</p>"
    return [part.split("</span>")[0] for part in body.split('<span class="pb-kept">')[1:]]


TEXTS = [
    ("共37项举措：推进中34项、未报送1项。", ["37项", "推进中34项", "未报送1项"]),
    ("增量完成率26.8%，慢于应达进度2.3个百分点", ["26.8%", "2.3个百分点"]),
    ("截至2026年9月末为1,234.5亿元", ["2026年", "9月末", "1,234.5亿元"]),
    ("完成3.2万人次，比上年多5人", ["3.2万人次", "5人"]),
    ("2026年1—9月为339.5万平方米，区间30%—70%", ["2026年", "1—9月", "339.5万平方米", "30%—70%"]),
    ("自2025年1月—2026年9月，在918—964列之间", ["2025年", "1月", "2026年", "9月", "918—964列"]),
    ("编号 A1-20，见第 3 页，其余照旧。", []),
]


@pytest.mark.parametrize(("text", "kept"), TEXTS)
def test_a_number_stays_with_its_unit_on_a_page(text: str, kept: list[str]) -> None:
    assert held(text) == kept


@pytest.mark.parametrize(("text", "kept"), TEXTS)
def test_a_number_stays_with_its_unit_on_paper(text: str, kept: list[str]) -> None:
    assert [piece for piece, together in pieces(text) if together] == kept
    assert "".join(piece for piece, _ in pieces(text)) == text


@pytest.mark.parametrize(
    "body",
    [
        "<td>8项</td>",
        '<a title="共37项举措，推进中34项">目标</a>',
        "<svg><text>共37项举措，推进中34项</text></svg>",
        "<pre>共37项举措，推进中34项</pre>",
        "<p>&#39;&#12345;项，其余各项目标均无变化</p>",
    ],
)
def test_what_is_no_running_text_stays_as_it_is(body: str) -> None:
    assert kept_together(body) == body


def test_a_long_number_is_one_piece_and_a_word_without_end_is_not() -> None:
    assert pieces("12,345,678,901.25亿元") == [("12,345,678,901.25亿元", True)]
    assert len(pieces("x" * 40)) == 5
