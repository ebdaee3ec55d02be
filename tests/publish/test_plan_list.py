"""The index over the books of many plans."""

from __future__ import annotations

import json
import re

from planbook.publish.plan_list import PlanRow, plan_list, rows_in
from planbook.vocabulary import Rating

ALPHA = PlanRow(
    name="南 区",
    title="<script>方案</script>",
    edition="2026-Q3",
    edition_label="2026年三季度",
    dataset_title="示例数据",
    demonstration=True,
    visibility="public",
    data_until="2026-09",
    goals=4,
    counts={Rating.MET: 1, Rating.ON_COURSE: 2, Rating.NOT_ASSESSABLE: 1},
)
LOST = PlanRow("北区", failed="方案文件有1处问题")


def page(*rows: PlanRow) -> str:
    return plan_list(rows)["index.html"].decode()


def test_a_plan_is_told_with_counts_shares_month_and_link() -> None:
    text = page(ALPHA)
    assert 'href="%E5%8D%97%20%E5%8C%BA/index.html"' in text
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", text.partition("</tbody>")[0])
    assert cells == ["2026年三季度", "4", *"10200001", "25%", "75%", "2026年9月"]
    assert "&lt;script&gt;方案" in text
    assert "示例数据，不是真实情况" in text
    assert "内部版" not in text


def test_a_failed_plan_is_named_with_its_reason_and_leads_nowhere() -> None:
    text = page(ALPHA, LOST)
    assert "其中1个本次没有生成" in text
    assert "方案文件有1处问题" in text
    assert text.count("/index.html") == 1


def test_nothing_is_asked_from_elsewhere() -> None:
    assert re.findall(r'(?:src|href)="([^"#]+)"', page(ALPHA, LOST)) == [
        "%E5%8D%97%20%E5%8C%BA/index.html",
        "index.json",
    ]
    assert not re.search(r"https?://|@import|url\(", page(ALPHA, LOST))


def test_the_same_lines_in_any_order_give_the_same_bytes() -> None:
    assert plan_list([ALPHA, LOST]) == plan_list([LOST, ALPHA])


def test_lines_are_read_back_from_the_data_and_from_nothing_else() -> None:
    data = plan_list([ALPHA, LOST])["index.json"]
    assert rows_in(data) == [LOST, ALPHA]
    assert json.loads(data)["plans"][1]["address"] == "%E5%8D%97%20%E5%8C%BA/index.html"
    assert (
        rows_in(None) == rows_in(b"{") == rows_in(b'{"plans": [{"x": 1}]}') == rows_in(b"[]") == []
    )


def test_a_plan_without_goals_has_no_share() -> None:
    assert PlanRow("x").share(Rating.MET) is None
    assert PlanRow("x").until == "—"
