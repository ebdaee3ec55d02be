from __future__ import annotations

import re

from planbook.collect.rules import RULES, Place
from planbook.collect.rules.cell_rules import NOT_A_NUMBER
from planbook.vocabulary import Severity


def test_no_two_rules_share_an_id_or_a_name() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.title for rule in RULES}) == len(RULES)


def test_a_rule_says_what_is_wrong_and_how_to_fix_it() -> None:
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
        assert rule.message.endswith("。"), rule.id
        assert rule.remedy, rule.id
        assert not rule.remedy.endswith("。"), rule.id
        assert rule.severity in Severity, rule.id


def test_what_a_department_typed_is_never_read_as_a_placeholder() -> None:
    finding = NOT_A_NUMBER.finding(Place(file="a.xlsx"), observed="{expected} {0} {nothing}")
    assert finding.message.startswith("「{expected} {0} {nothing}」不是数字")


def test_a_remedy_of_the_check_replaces_the_rules_own() -> None:
    assert NOT_A_NUMBER.finding(Place(), observed="x", remedy="换一个").remedy == "换一个"
    assert NOT_A_NUMBER.finding(Place(), observed="x").remedy == NOT_A_NUMBER.remedy
