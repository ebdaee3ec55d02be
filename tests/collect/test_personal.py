"""What is nobody's business is found in every usual form, and what only looks like it is left."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.form.form import SignOff
from planbook.collect.personal import LEFT_OUT, people, personal_numbers, without
from planbook.collect.read.signing import Mask

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "telephones"
NUMBERS = (FIXTURES / "numbers.txt").read_text(encoding="utf-8").splitlines()  # each in ⟦ ⟧
LOOK_ALIKES = (FIXTURES / "look_alikes.txt").read_text(encoding="utf-8").splitlines()


def masked(text: Any, **signed: Any) -> Any:
    return Mask(SignOff(**signed)).text(text)


def test_a_telephone_number_is_left_out_and_nothing_else() -> None:
    texts = [re.sub("[⟦⟧]", "", line) for line in NUMBERS]
    left = [without(text, personal_numbers(text)) for text in texts]
    assert left == [re.sub("⟦.*?⟧", LEFT_OUT, line) for line in NUMBERS]


def test_what_looks_like_a_telephone_number_is_left_alone() -> None:
    assert [text for text in LOOK_ALIKES if list(personal_numbers(text))] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("发至 zhang.san@example.gov.cn。", f"发至 {LEFT_OUT}。"),
        ("身份证11010519491231002X号", f"身份证{LEFT_OUT}号"),
        ("见 110105 19491231 002X。", f"见 {LEFT_OUT}。"),
        ("身份证号：110105491231002", f"身份证号：{LEFT_OUT}"),
        ("流水号110105194912310021", "流水号110105194912310021"),  # its check digit is wrong
    ],
)
def test_mail_addresses_and_identity_numbers_are_left_out(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize(
    ("signed", "names"),
    [
        ("张三", {"张三"}),
        ("张 三", {"张三"}),
        ("张　三", {"张三"}),
        ("张 三 李 四", {"张三", "李四"}),
        ("张 三 丰", {"张三丰"}),
        ("张三 李四", {"张三", "李四"}),
        ("欧阳 修", {"欧阳修"}),
        ("上官 婉儿、司马　光", {"上官婉儿", "司马光"}),
        ("张三（代李四）", {"张三", "李四"}),
        ("张三（李四代）", {"张三", "李四"}),
        ("张三主任", {"张三"}),
        ("张三（主任）", {"张三"}),
        ("局长张三", {"张三"}),
        ("负责人：张三", {"张三"}),
        ("张三 13812345678", {"张三"}),
        ("张三023-67891234", {"张三"}),
        ("张三 2026.10.9", {"张三"}),
        ("张三2026年10月9日", {"张三"}),
        ("张三。", {"张三"}),
        ("王和平", {"王和平"}),
        ("张三和李四", {"张三和李四", "张三", "李四"}),
        ("John Smith", {"John Smith"}),
        ("阿依古丽·买买提", {"阿依古丽·买买提"}),
        ("", set()),
        ("张", set()),
        ("· 代", set()),
        ("··", set()),
    ],
)
def test_names_are_read_from_a_signature(signed: str, names: Any) -> None:
    assert people(signed) == names


@pytest.mark.parametrize(
    ("signed", "text", "left"),
    [
        ("张 三", "由张三负责", f"由{LEFT_OUT}负责"),
        ("张　三", "由张 三负责", f"由{LEFT_OUT}负责"),
        ("张三", "由张　　三负责", f"由{LEFT_OUT}负责"),
        ("欧阳 修", "欧阳修已核", f"{LEFT_OUT}已核"),
        ("John Smith", "asked john smith and Smith, John", f"asked {LEFT_OUT} and {LEFT_OUT}"),
        ("Li Ming", "Li Mingze, Ming Li", f"Li Mingze, {LEFT_OUT}"),
        ("阿依古丽·买买提", "阿依古丽买买提", LEFT_OUT),
        ("张三（主任）", "主任办公会由张三汇报", f"主任办公会由{LEFT_OUT}汇报"),
        ("张三", "扩张\n三项", "扩张\n三项"),
    ],
)
def test_a_signer_is_left_out_however_the_name_is_written(
    signed: str, text: str, left: Any
) -> None:
    assert masked(text, compiler=signed) == left


@pytest.mark.parametrize("phone", ["6789 1234", "023-67891234转8", "（023）67891234、13812345678"])
@pytest.mark.parametrize("text", ["打67891234", "打6789-1234", "打６７８９１２３４"])
def test_the_signers_own_number_is_left_out_without_its_area_code(phone: str, text: str) -> None:
    assert masked(text, phone=phone) == f"打{LEFT_OUT}"


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@张三")))
def test_a_text_without_digits_and_names_is_never_changed(text: str) -> None:
    assert masked(text, head="张 三", phone="023-67891234") == text


@given(st.text(alphabet="0123456789+-() 转张三家元.,/年月日号"), st.text(alphabet="张三 、()代aA·"))
def test_masking_twice_changes_nothing_more_and_leaves_no_plain_number(
    text: str, signed: str
) -> None:
    once = masked(text, head=signed)
    assert masked(once, head=signed) == once
