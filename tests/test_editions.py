"""The register of editions: which acts may follow which, and that nobody edits it by hand."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from planbook import edition_acts, edition_replay, editions, frozen, workspace
from planbook.editions import (
    Correcting,
    EditionState,
    Opening,
    Publishing,
    Purging,
    Refused,
    Register,
    Withdrawing,
    read_register,
)
from planbook.errors import ProblemsFound
from planbook.periods import Edition
from planbook.vocabulary import Visibility
from planbook.yamlfile import yaml_value

FIRST = Edition.parse("2026-Q1")
NOON = dt.datetime(2026, 4, 30, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
SHA = "ab" * 32


def e(text: str) -> Edition:
    return Edition.parse(text)


def publishing(edition: str, at: dt.datetime = NOON, **changes: Any) -> Publishing:
    content = {
        "edition": edition,
        "at": at,
        "by": "office",
        "approved_by": "office",
        "visibility": Visibility.PUBLIC,
        "to": "site",
        "released": at.date(),
        "method": 1,
        "submissions": {},
        "frozen": SHA,
        "verdicts": SHA,
        "manifest": SHA,
        "archive": SHA,
        **changes,
    }
    return Publishing.model_validate(content)


def act(kind: Any, edition: str, at: dt.datetime = NOON, reason: str = "因故") -> Any:
    return kind.model_validate({"edition": edition, "at": at, "by": "office", "reason": reason})


def register(*acts: Any) -> Register:
    found = Register(FIRST)
    for each in acts:
        found = found.with_act(each)
    return found


def read(tmp_path: Path, content: bytes, first: Edition | None = FIRST) -> Register:
    path = tmp_path / "editions.yaml"
    path.write_bytes(content)
    return read_register(path, first, "data/demo/editions.yaml")


EDITIONS = [f"2026-Q{quarter}{n}" for quarter in (1, 2, 3) for n in ("", ".1", ".2")]
KINDS = (Opening, Correcting, Withdrawing, Purging)


class Acts(RuleBasedStateMachine):
    """Any sequence of acts: each is refused, or leaves what was published as it was."""

    @initialize()
    def begin(self) -> None:
        self.register = Register(FIRST)
        self.at = NOON
        self.listed: dict[str, Edition] = {}
        self.first: dict[Edition, Publishing] = {}
        self.fixed: set[Edition] = set()
        self.number = 0

    @rule(kind=st.sampled_from(KINDS), edition=st.sampled_from(EDITIONS), back=st.booleans())
    def do(self, kind: Any, edition: str, back: bool) -> None:
        self.take(act(kind, edition, self.at - dt.timedelta(days=back)))

    @rule(edition=st.sampled_from(EDITIONS), own=st.sampled_from(EDITIONS[::3]))
    def publish(self, edition: str, own: str) -> None:
        """Publish an edition with a workbook of this one or an earlier quarter."""
        self.number += 1
        path = f"{min(e(own), e(edition).base)}/office-{self.number}.xlsx"
        self.take(publishing(edition, self.at, submissions={path: SHA}))

    def take(self, done: Any) -> None:
        before = self.register
        try:
            self.register = before.with_act(done)
        except Refused as refused:
            (problem,) = refused.problems
            assert "" not in (problem.what, problem.fix)
            assert self.register is before
        else:
            assert all(done.at >= earlier.at for earlier in before.acts)
            self.at = done.at + dt.timedelta(hours=1)

    @invariant()
    def what_was_published_stays(self) -> None:
        now = {edition: self.register.publishing(edition) for edition in self.register.published}
        assert self.first.items() <= now.items()
        self.first = now
        assert self.listed.items() <= self.register.listed.items()
        self.listed = dict(self.register.listed)
        fixed = {e(text) for text in EDITIONS if self.register.is_fixed(e(text))}
        assert self.fixed - {self.register.open_correction} <= fixed
        self.fixed = fixed

    @invariant()
    def editions_follow_each_other(self) -> None:
        known = self.register
        assert list(known.published) == sorted(known.published)
        assert known.current.correction == 0
        assert all(edition < known.current for edition in known.published)
        assert known.newest_open == known.current.plus(1)
        correction, newest = known.open_correction, known.newest_published
        if correction is not None:
            assert newest is not None
            assert correction.base == newest.base
            assert correction > newest
            assert known.state(correction) is EditionState.OPEN

    @invariant()
    def what_comes_now_changes_nothing_that_is_fixed(self) -> None:
        for text in EDITIONS:
            vintage = self.register.taken_into(e(text))
            assert not self.register.is_fixed(vintage)
            assert vintage >= e(text).base
            if self.register.is_fixed(e(text)):
                assert self.register.may_begin(vintage)

    @invariant()
    def each_period_has_one_edition_that_stands_for_it(self) -> None:
        for edition in self.register.published:
            standing = self.register.standing(edition)
            assert standing.base == edition.base
            assert standing >= edition
            assert self.register.is_published(standing)

    @invariant()
    def it_is_read_back_as_it_was_written(self) -> None:
        if self.register.acts:
            acts, problems = acts_of(self.register.to_yaml())
            assert (acts, problems) == (self.register.acts, [])


def acts_of(content: bytes) -> Any:
    found, problems = yaml_value(content.decode(), "editions.yaml")
    assert not problems
    return edition_acts.acts_in(found, "editions.yaml")


TestActs = Acts.TestCase
TestActs.settings = settings(deadline=None, stateful_step_count=12)


def test_the_first_edition_is_current_until_something_is_published() -> None:
    empty = Register(FIRST)
    assert (empty.current, empty.newest_open) == (FIRST, e("2026-Q2"))
    assert empty.state(FIRST) is EditionState.OPEN
    assert empty.taken_into(FIRST) == FIRST
    assert not empty.is_fixed(FIRST)


def test_after_an_edition_is_published_its_late_workbooks_count_in_the_next() -> None:
    known = register(publishing("2026-Q1"))
    assert known.current == known.taken_into(FIRST) == e("2026-Q2")
    assert known.state(FIRST) is EditionState.PUBLISHED
    known = known.with_act(act(Correcting, "2026-Q1.1"))
    assert known.taken_into(FIRST) == known.open_correction == e("2026-Q1.1")
    known = known.with_act(act(Withdrawing, "2026-Q1.1"))
    assert known.taken_into(FIRST) == e("2026-Q2")
    assert known.open_correction is None
    assert known.state(e("2026-Q1.1")) is EditionState.GIVEN_UP


def test_editions_before_the_first_published_one_are_fixed_with_it() -> None:
    known = register(act(Opening, "2026-Q3"), publishing("2026-Q3"))
    assert known.state(FIRST) is EditionState.UNRECORDED
    assert known.taken_into(FIRST) == e("2026-Q4")
    assert not known.may_begin(FIRST)


def test_a_workbook_keeps_the_edition_that_listed_it_first() -> None:
    known = register(
        publishing("2026-Q1", submissions={"2026-Q1/a.xlsx": SHA}),
        act(Correcting, "2026-Q1.1"),
        publishing("2026-Q1.1", submissions={"2026-Q1/b.xlsx": SHA}),
        publishing("2026-Q2", submissions={"2026-Q1/c.xlsx": SHA, "2026-Q2/a.xlsx": SHA}),
    )
    assert {path: str(edition) for path, edition in known.listed.items()} == {
        "2026-Q1/a.xlsx": "2026-Q1",
        "2026-Q1/b.xlsx": "2026-Q1.1",
        "2026-Q1/c.xlsx": "2026-Q2",
        "2026-Q2/a.xlsx": "2026-Q2",
    }
    assert known.vintage("2026-Q2/new.xlsx") == e("2026-Q3")
    assert known.standing(FIRST) == e("2026-Q1.1")
    assert known.corrects(e("2026-Q1.1")) == FIRST
    assert known.state(FIRST) is EditionState.CORRECTED


def test_the_register_can_be_asked_as_it_was_when_an_edition_was_made() -> None:
    known = register(
        publishing("2026-Q1"), publishing("2026-Q2"), act(Purging, "2026-Q1"), publishing("2026-Q3")
    )
    assert known.before(e("2026-Q2")).published == (FIRST,)
    assert known.upto(e("2026-Q2")).published == (FIRST, e("2026-Q2"))
    assert known.upto(e("2026-Q2")).state(FIRST) is EditionState.PURGED  # gone for everybody
    assert known.before(e("2026-Q4")) is known
    assert known.newest_kept(e("2026-Q2")) is None
    assert known.newest_kept() == e("2026-Q3")


REFUSED: dict[str, tuple[tuple[Any, ...], Any, str]] = {
    "another than the current one": ((), publishing("2026-Q2"), "现在不能发布"),
    "a correction that was not begun": (
        (publishing("2026-Q1"),),
        publishing("2026-Q1.1"),
        "现在不能发布",
    ),
    "twice with other content": (
        (publishing("2026-Q1"),),
        publishing("2026-Q1", frozen="cd" * 32),
        "内容不同",
    ),
    "again after it was withdrawn": (
        (publishing("2026-Q1"), act(Withdrawing, "2026-Q1")),
        publishing("2026-Q1"),
        "已撤回",
    ),
    "the next one while a correction is open": (
        (publishing("2026-Q1"), act(Correcting, "2026-Q1.1")),
        publishing("2026-Q2"),
        "还没有发布",
    ),
    "a correction of an older one": (
        (publishing("2026-Q1"), publishing("2026-Q2")),
        act(Correcting, "2026-Q1.1"),
        "只能更正最近发布的",
    ),
    "a correction before anything": ((), act(Correcting, "2026-Q1.1"), "还没有发布过"),
    "two corrections at once": (
        (publishing("2026-Q1"), act(Correcting, "2026-Q1.1")),
        act(Correcting, "2026-Q1.2"),
        "已在编制",
    ),
    "withdrawing what was never published": ((), act(Withdrawing, "2026-Q1"), "没有发布过"),
    "purging twice": (
        (publishing("2026-Q1"), act(Purging, "2026-Q1")),
        act(Purging, "2026-Q1"),
        "已清除",
    ),
    "purging a correction that was given up": (
        (publishing("2026-Q1"), act(Correcting, "2026-Q1.1"), act(Withdrawing, "2026-Q1.1")),
        act(Purging, "2026-Q1.1"),
        "没有发布过",
    ),
    "correcting what was purged": (
        (publishing("2026-Q1"), act(Purging, "2026-Q1")),
        act(Correcting, "2026-Q1.1"),
        "已清除",
    ),
    "moving back": ((publishing("2026-Q1"),), act(Opening, "2026-Q1"), "不在当前一期"),
    "a clock that runs backwards": (
        (publishing("2026-Q1"),),
        act(Correcting, "2026-Q1.1", NOON - dt.timedelta(seconds=1)),
        "早于上一条记录",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_what_to_do(case: str) -> None:
    before, wrong, said = REFUSED[case]
    with pytest.raises(Refused, match=said) as refused:
        register(*before).with_act(wrong)
    assert refused.value.problems[0].fix


@pytest.fixture
def content() -> bytes:
    acts = (
        publishing("2026-Q1", submissions={"2026-Q1/a.xlsx": SHA}),
        act(Correcting, "2026-Q1.1"),
    )
    return register(*acts, act(Withdrawing, "2026-Q1.1")).to_yaml()


def test_a_register_is_read_as_it_was_written(tmp_path: Path, content: bytes) -> None:
    found = read(tmp_path, content)
    assert found.to_yaml() == content
    assert [one.act for one in found.acts] == ["publish", "correct", "withdraw"]


def test_any_changed_value_is_noticed(tmp_path: Path, content: bytes) -> None:
    lines = content.decode().splitlines(keepends=True)
    for number, line in enumerate(lines):
        key, colon, value = line.partition(": ")
        if not colon or line.startswith("#"):
            continue
        changed = re.sub(r"[0-9a-fA-F](?=\W*$)", lambda m: "1" if m[0] != "1" else "2", value)
        changed = changed if changed != value else value.replace('"\n', 'x"\n')
        assert changed != value
        broken = [*lines[:number], f"{key}: {changed}", *lines[number + 1 :]]
        with pytest.raises(ProblemsFound):
            read(tmp_path, "".join(broken).encode())


def test_any_line_that_is_missing_is_noticed(tmp_path: Path, content: bytes) -> None:
    lines = content.decode().splitlines(keepends=True)
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            with pytest.raises(ProblemsFound):
                read(tmp_path, "".join([*lines[:number], *lines[number + 1 :]]).encode())


def acts_apart(content: bytes) -> list[str]:
    head, *found = re.split(r"(?m)^(?=- )", content.decode())
    return [head, *found]


@pytest.mark.parametrize(
    "edited",
    [
        lambda head, one, two, three: [head, one, three],
        lambda head, one, two, three: [head, two, three],
        lambda head, one, two, three: [head, one, three, two],
        lambda head, one, two, three: [head, one, two, two, three],
        lambda head, one, two, three: [head, one, two, three, three],
    ],
)
def test_acts_removed_moved_or_added_by_hand_are_refused(
    tmp_path: Path, content: bytes, edited: Any
) -> None:
    with pytest.raises(ProblemsFound, match="校验不符") as refused:
        read(tmp_path, "".join(edited(*acts_apart(content))).encode())
    (problem,) = refused.value.problems
    assert "备份" in problem.fix
    assert problem.where == "data/demo/editions.yaml"


def test_an_empty_register_is_no_register(tmp_path: Path) -> None:
    for nothing in (b"", b"[]\n", b"# text\n"):
        with pytest.raises(ProblemsFound):
            read(tmp_path, nothing)


def test_without_a_file_a_dataset_must_say_where_it_begins(tmp_path: Path) -> None:
    missing = tmp_path / "editions.yaml"
    assert read_register(missing, FIRST, "editions.yaml") == Register(FIRST)
    with pytest.raises(ProblemsFound, match="不知道从哪一期开始"):
        read_register(missing, None, "editions.yaml")


HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\"'\\:#-\n\r\t\x85\u2028\ufeff&*!|>%@`")
)


@given(HOSTILE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_a_reason_holds_is_read_back(reason: str) -> None:
    known = Register(FIRST).with_act(act(Opening, "2026-Q2", reason=reason))
    acts, problems = acts_of(known.to_yaml())
    assert (acts, problems) == (known.acts, [])


def test_what_problems_tell_to_run_exists() -> None:
    commands = pytest.importorskip("planbook.run.publish_commands").main.commands
    modules = (edition_acts, edition_replay, editions, frozen, workspace)
    told = {
        name
        for module in modules
        for name in re.findall(
            r"(?:publish\.py|planbook publish) ([a-z]+)",
            Path(str(module.__file__)).read_text(encoding="utf-8"),
        )
    }
    assert {"correct", "withdraw", "list", "open"} <= told <= set(commands)


def test_what_was_purged_since_an_edition_is_what_had_been_published_before_it() -> None:
    known = register(
        publishing("2026-Q1"), publishing("2026-Q2"), act(Purging, "2026-Q1"), publishing("2026-Q3")
    )
    told = [known.purged_since(FIRST.plus(n)) for n in range(3)]
    assert told == [(), (FIRST,), ()]
