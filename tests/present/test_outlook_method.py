"""方法 prints the constants that are used, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.assess.outlook import constants, student
from planbook.assess.outlook.likelihood import LEAST, MOST, STEP
from planbook.present import numbers
from planbook.present.pages.outlook_method import outlook_method
from planbook.present.say.outlook_sentences import LIKELY_FROM, UNLIKELY_TO

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "src/planbook/produce/assets/texts/methodology.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## 达标可能性怎样估计")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    "said",
    [
        f"{LIKELY_FROM:.0%}及以上为**可能性较大**，{UNLIKELY_TO:.0%}及以下为**可能性较小**",
        f"取{1 / STEP:.0%}的整数倍，最低印{LEAST:.0%}，最高印{MOST:.0%}",
        f"最多{constants.NEWEST}个季度",
        f"不少于{constants.SEASONED}个季度",
        f"{constants.FEWEST}至{constants.SEASONED - 1}个季度的流量用短数列的办法",
        f"存量不足{constants.SEASONED}个、流量不足{constants.FEWEST}个季度的",
        f"$t=\\pm{student.quantile(0.9):.3f}$",
        f"$t=\\pm{student.quantile(0.975):.3f}$",
        f"最新值、达标值都不足{constants.FEW_UNITS}个",
        f"超过{constants.UNCHANGED:.0%}的季度没有变化",
    ],
)
def test_every_number_of_the_section_is_the_one_used(said: str) -> None:
    assert said in SECTION


def test_every_table_of_constants_is_on_the_page() -> None:
    for name in outlook_method():
        assert f"chapters/_fragments/{name}.md" in SECTION


def test_the_tables_hold_every_constant_of_a_model() -> None:
    made = outlook_method()
    printed = {cell.text for row in made["outlook_constants"].groups[0].rows for cell in row}
    for model in (constants.LEVEL, constants.FLOW, constants.FLOW_SHORT):
        assert {numbers.short(value, 4) for value in model} <= printed
    assert numbers.short(constants.DRIFT_DOUBT, 4) in printed
    reference = made["outlook_reference"]
    cells = [cell for row in reference.groups[0].rows for cell in row[2:] if not cell.says_nothing]
    assert len(cells) == len(constants.REFERENCE)
    assert sum(int(cell.mark.removesuffix("个").replace(",", "")) for cell in cells) == sum(
        found.cases for found in constants.REFERENCE.values()
    )
