"""Errors of every kind come whole out of the process that found them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from planbook.edition_replay import Refused
from planbook.errors import PagesRefused, PlanbookError, Problem, ProblemsFound, UsageError
from planbook.present.charts.lettering import FigureError
from planbook.produce.kept_files import FilesNotMade

WRONG = Problem("没有这个标签", "book/a.md，第3行", "改为已有的标签")


@pytest.mark.parametrize(
    "error",
    [
        UsageError("没有这一期"),
        FigureError("缺少字体"),
        ProblemsFound("方案", [WRONG, WRONG]),
        PagesRefused("编译网页", {Path("book/a.md"): [WRONG]}),
        FilesNotMade("排版 PDF ", {"a.pdf": [WRONG]}),
        Refused("已经发布", "editions.yaml", "另开更正期"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_is_the_same_after_its_travel(error: PlanbookError) -> None:
    arrived = pickle.loads(pickle.dumps(error))
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert vars(arrived) == vars(error)
