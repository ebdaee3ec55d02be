"""A small checkout that publishes: the office's plan and a dataset, and acts without a site."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from planbook.assess.method import METHOD
from planbook.collect.inbox.filed import read_filed
from planbook.editions import Correcting, Opening, Publishing, Purging, Withdrawing
from planbook.frozen import frozen_path
from planbook.made_of import sha256
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.run.freezing import freeze, submissions_listed
from planbook.run.opening import open_workspace
from planbook.run.pipeline import judged_book
from planbook.saved import Tables
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace
from tests.office import PLAN, file, filled

BY = "office"
_ANY = "0" * 64


def _quoted_apart(content: Any, places: Iterator[int]) -> Any:
    """Return a plan's content with each quote at a place of its own."""
    if isinstance(content, list):
        return [_quoted_apart(item, places) for item in content]
    if not isinstance(content, dict):
        return content
    found = {key: _quoted_apart(value, places) for key, value in content.items()}
    return {**found, "plan_offset": 100 * next(places)} if "quote" in found else found


class Record:
    """What a project publishes, as commands would record it; no site is made."""

    def __init__(self, root: Path, dataset: str) -> None:
        self.root, self.dataset = root, dataset
        self.now = dt.datetime(2026, 4, 30, 9, tzinfo=dt.UTC)

    def opened(self) -> tuple[Workspace, Plan]:
        return open_workspace(self.dataset, self.root)

    def tables(self, edition: str) -> Tables:
        workspace, plan = self.opened()
        return judged_book(workspace, plan, Edition.parse(edition)).tables

    def publish(self, text: str, content: bytes | None = None) -> None:
        """Freeze an edition and record that it was published, or with other `content`."""
        edition = Edition.parse(text)
        workspace, plan = self.opened()
        frozen = freeze(workspace, plan, edition, self.tables(text))
        if content is not None:
            frozen = replace(frozen, content=content, sha256=sha256(content))
        listed = submissions_listed(workspace, edition, read_filed(workspace, plan, edition))
        act = Publishing(
            edition=edition,
            at=self._later(),
            by=BY,
            approved_by=BY,
            visibility=Visibility.PUBLIC,
            to="site",
            released=self.now.date(),
            method=METHOD,
            submissions=listed,
            frozen=frozen.sha256,
            verdicts=frozen.verdicts,
            manifest=_ANY,
            archive=_ANY,
        )
        self._record(workspace, act)
        path = frozen_path(workspace, edition)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(frozen.content)

    def move_on(self, text: str) -> None:
        self._act(Opening, text, "")

    def correct(self, text: str, reason: str = "错报") -> None:
        self._act(Correcting, text, reason)

    def withdraw(self, text: str, reason: str = "错报") -> None:
        self._act(Withdrawing, text, reason)

    def purge(self, text: str, reason: str = "含个人信息") -> None:
        self._act(Purging, text, reason)
        workspace, _ = self.opened()
        frozen_path(workspace, Edition.parse(text)).unlink()

    def _act(self, kind: type[Any], text: str, reason: str) -> None:
        workspace, _ = self.opened()
        edition = Edition.parse(text)
        self._record(workspace, kind(edition=edition, at=self._later(), by=BY, reason=reason))

    def _record(self, workspace: Workspace, act: Any) -> None:
        workspace.register.write_bytes(workspace.editions.with_act(act).to_yaml())

    def _later(self) -> dt.datetime:
        self.now += dt.timedelta(days=1)
        return self.now


class Checkout(Record):
    """A folder with the plan of `tests.office` and a dataset that begins with 2026-Q1."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, "demo")
        self.data = root / "data" / "demo"
        self.plan_folder = root / "data" / "plan"
        self.plan_folder.mkdir(parents=True)
        self.data.mkdir()
        described = _quoted_apart(PLAN.model_dump(mode="json", exclude_defaults=True), count())
        self.write_plan("plan", described["about"])
        self.write_plan("units", {"units": described["units"]})
        self.write_plan("one", described["chapters"][0])
        (self.data / "dataset.yaml").write_text(
            "name: demo\ntitle: 示例\ndemonstration: true\nfirst_edition: 2026-Q1\n"
            "deadline_days: 20\n",
            encoding="utf-8",
        )

    def write_plan(self, name: str, content: Any) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1)  # is YAML too
        (self.plan_folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def edit_plan(self, name: str, before: str, after: str, times: int = -1) -> None:
        path = self.plan_folder / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, times), encoding="utf-8")

    def file(self, edition: Edition, firms: float, day: str) -> Path:
        """File a workbook of the office that says how many firms there are."""
        return file(self.submissions, filled(edition, {"firms": {"value": firms}}), day)

    @property
    def submissions(self) -> Path:
        return self.data / "submissions"

    def write(self, name: str, *lines: str) -> None:
        (self.data / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
