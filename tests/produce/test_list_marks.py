"""What JupyterLab strikes out and ticks, a page shows so too."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.produce.small_site import Site

pytestmark = [
    pytest.mark.takes(10),
    pytest.mark.filterwarnings("ignore"),  # of libraries, which a build does not show
]


def test_a_page_strikes_out_and_ticks_without_a_warning(site: Site) -> None:
    text = "价格~~旧。~~新\n\n- [ ] 未办\n- [x] 已办\n"
    site.edit("book/port.md", "正文。\n", f"正文。\n\n{text}")
    _, files = site.compile()
    page = BeautifulSoup(files["port.html"], "html.parser").article
    assert page is not None
    assert [struck.get_text() for struck in page.find_all("s")] == ["旧。"]
    items = [item.get_text().strip() for item in page.find_all("li")]
    assert items[-2:] == ["□ 未办", "✓ 已办"]
