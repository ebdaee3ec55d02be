from __future__ import annotations

from pathlib import Path

from planbook.plan import load_plan
from planbook.produce.site.toc import table_of_contents, write_toc
from tests.books import ROOT, SECOND_PLAN

GOLDEN = """\
# Written by a build from data/plan; edits are lost.
format: jb-book
root: book/index
parts:
  - caption: 进展
    chapters:
      - file: book/chapters/overview
      - file: book/units/index
        sections:
          - file: book/units/port-office
          - file: book/units/town-office
      - file: book/chapters/harbour
      - file: book/chapters/town
  - caption: 数据
    chapters:
      - file: book/chapters/data-quality
      - file: book/goals/index
        sections:
          - file: book/goals/throughput
          - file: book/goals/throughput-cagr
          - file: book/goals/berths
          - file: book/goals/guesthouses-new
          - file: book/goals/visitors-yearly
          - file: book/goals/empty-houses
          - file: book/goals/fishing-museum
      - file: book/downloads
  - caption: 说明
    chapters:
      - file: book/methodology
      - file: book/revision-policy
      - file: book/legend
      - file: book/glossary
      - file: book/handbook
"""


def test_the_contents_follow_the_plan() -> None:
    assert table_of_contents(load_plan(SECOND_PLAN / "data" / "plan")) == GOLDEN


def test_the_committed_contents_are_those_of_the_plan() -> None:
    committed = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    assert committed == table_of_contents(load_plan(ROOT / "data" / "plan"))


def test_the_file_is_written_only_when_it_differs(tmp_path: Path) -> None:
    plan = load_plan(SECOND_PLAN / "data" / "plan")
    path = tmp_path / "_toc.yml"
    assert write_toc(plan, path)
    assert path.read_text(encoding="utf-8") == GOLDEN
    assert not write_toc(plan, path)
