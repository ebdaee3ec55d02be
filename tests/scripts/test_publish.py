"""Editions of a small plan published to a public and an internal site, and all that is refused.

The editions are made once: what is published and what is only prepared lie in folders of their
own, of which tests take copies.
"""

from __future__ import annotations

import datetime as dt
import errno
import gzip
import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from filelock import FileLock

from planbook.acceptance import Acceptance
from planbook.archives import packed
from planbook.editions import Correcting, EditionState, Publishing, Refused, Register
from planbook.errors import PlanbookError, ProblemsFound, UsageError
from planbook.made_of import read_records, sha256
from planbook.periods import Edition
from planbook.publish.acts import Site
from planbook.publish.manifests import seal
from planbook.run import publishing
from planbook.run.acting import now
from planbook.run.known_sites import Known
from planbook.run.opening import open_workspace
from planbook.run.pipeline import judged_book
from planbook.run.publication import NOT_ACCEPTABLE, Publication, Shelf, Source
from planbook.run.publishing import _Adding
from planbook.run.verification import differences
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace
from tests.books import SECOND_PLAN, Built, once_a_run
from tests.published import REASON, UNITS, make_editions, publish, published, tree

pytestmark = [pytest.mark.book, pytest.mark.takes(200)]

ADD = ("add", "--edition", "2024-Q2", "--to", "site", *UNITS)


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return once_a_run(tmp_path_factory, "editions", make_editions)


@pytest.fixture
def made(editions: Built, tmp_path: Path) -> Path:
    """Three editions and a correction on a public site, two editions on an internal one."""
    return copied(editions.root / "published", tmp_path / "made")


@pytest.fixture
def prepared(editions: Built, tmp_path: Path) -> Path:
    """One edition published, the next one previewed."""
    return copied(editions.root / "prepared", tmp_path / "made")


def copied(made: Path, root: Path) -> Path:
    """Copy a project; files of its sites are linked, as nothing of ours writes into a file."""
    sites = shutil.ignore_patterns("site", "internal", "scratch")
    shutil.copytree(made, root, ignore=sites)
    for site in ("site", "internal"):
        if (made / site).is_dir():
            shutil.copytree(made / site, root / site, copy_function=os.link)
    return root


def changed(path: Path, content: bytes) -> None:
    """Change a file that may be linked from elsewhere."""
    path.unlink()
    path.write_bytes(content)


def taken_for_today(root: Path, edition: str = "2024-Q2", **changes: Any) -> None:
    """Have the prepared book taken for one of today's inputs, whatever has changed since."""
    workspace, plan = open_workspace("test", root)
    shelf = Shelf(workspace, Visibility.PUBLIC)
    record = read_records(shelf.record)[""]
    source = Source.of(workspace, plan, Edition.parse(edition), dt.date.today())
    made = shelf.prepared(record.made_of) or Publication(**record.about)
    shelf.keep(replace(made, **changes), source.made_of(Visibility.PUBLIC))


def refused(root: Path, *command: str, by: type[PlanbookError] = ProblemsFound) -> str:
    """Run a command that must be refused with nothing changed; return what it said."""
    kept = tree(root, "_build", ".site.lock", ".internal.lock")
    with pytest.raises(by) as caught:
        publish(root, *command)
    assert tree(root, "_build", ".site.lock", ".internal.lock") == kept
    return str(caught.value)


# ---- three editions and one correction ----


def test_each_site_has_its_editions_with_what_the_register_says(made: Path) -> None:
    listed = json.loads(publish(made, "list", "--json").text)
    assert {each["edition"]: each["state"] for each in listed["editions"]} == {
        "2024-Q1": "已发布",
        "2024-Q2": "已更正",
        "2024-Q2.1": "已发布",
        "2024-Q3": "已发布",
        "2024-Q4": "编制中",
    }
    correction = listed["editions"][2]
    assert correction["corrects"] == "2024-Q2"
    assert correction["reason"] == REASON[-1]
    assert correction["prepared_by"] == "港务所"
    assert listed["editions"][0]["sites"] == ["site（公开版）", "internal（内部版）"]
    for site, count in (("site", 4), ("internal", 2)):
        entries = json.loads((made / site / "editions.json").read_bytes())["entries"]
        assert len(entries) == count
        for entry in entries:
            assert (made / site / entry["edition"] / "index.html").is_file()
            assert (made / site / "archive" / f"{entry['edition']}.tar.gz").is_file()
        assert entries[-1]["pdf"] == "pdf/2024-Q3-book.pdf"
        assert sum(entries[-1]["counts"].values()) == 7


def test_the_preview_says_what_a_correction_changes(editions: Built) -> None:
    said = " ".join(editions.said.split())
    assert "与2024年一季度相比" in said
    assert "货物吞吐量（数值）：12.0万吨，2024年1—3月" in said
    corrected = said[said.index("（更正1）") :]
    assert "货物吞吐量（数值）：24.0万吨" in corrected
    assert "→ 31.0万吨" in corrected
    assert "货物吞吐量，2024-06：24 → 31" in corrected
    assert f"更正的内容，理由是「{REASON[-1]}」" in corrected
    page = editions.root / "prepared" / "_build" / "publication" / "public-preview.html"
    text = page.read_text(encoding="utf-8")
    assert 'href="public/_static/styles/theme.css' in text
    assert '<a href="public/goals/throughput.html">货物吞吐量</a>' in text


def test_an_archive_holds_the_book_and_its_tables(made: Path) -> None:
    with tarfile.open(made / "site" / "archive" / "2024-Q3.tar.gz", encoding="utf-8") as packed:
        names = set(packed.getnames())
    assert {"2024-Q3/book/index.html", "2024-Q3/book/manifest.json"} <= names
    assert "2024-Q3/data/verdicts.csv" in names
    assert not [name for name in names if "submissions/" in name or name.endswith("frozen")]


def test_what_was_published_is_verified_byte_by_byte_and_recomputed(made: Path) -> None:
    whole = publish(made, "verify")
    assert whole.code == 0, whole.text
    assert "核对无误：2024-Q1、2024-Q2、2024-Q2.1、2024-Q3" in whole.text


def test_a_site_that_lacks_an_edition_is_told_from_one_that_is_unknown(made: Path) -> None:
    lacks = ("verify", "--no-numbers", "--edition", "2024-Q2", "--to", "internal")
    said = refused(made, *lacks, by=UsageError)
    assert "2024-Q2 没有发布到 internal。它所在的站点：site" in said
    assert "没有站点 nowhere" in refused(made, "verify", "--to", "nowhere", by=UsageError)
    assert publish(made, *lacks[:-1], "x/../site").code == 0


def test_one_flipped_bit_is_found(made: Path) -> None:
    page = made / "site" / "2024-Q1" / "goals" / "throughput.html"
    content = bytearray(page.read_bytes())
    content[len(content) // 2] ^= 1
    changed(page, bytes(content))
    found = publish(made, "verify", "--no-numbers")
    assert found.code == 1
    assert "goals/throughput.html" in found.text
    assert publish(made, "verify", "--edition", "2024-Q3").code == 0


def resigned(
    root: Path, edition: str, change: Callable[[bytes], bytes], table: str = "verdicts"
) -> None:
    """Change a frozen table of an edition and sign everything anew, as a forger would."""
    workspace = Workspace.open("test", root)
    kept = workspace.frozen / f"{edition}.tar.gz"
    with tarfile.open(kept, encoding="utf-8") as tar:
        files = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}
    name = f"tables/{table}.csv"
    forged = {**files, name: change(files[name])}
    assert forged != files
    content = packed(forged)
    kept.write_bytes(content)
    signed = {"frozen": sha256(content), "verdicts": sha256(forged["tables/verdicts.csv"])}
    register = workspace.editions
    acts = tuple(
        act.model_copy(update=signed)
        if isinstance(act, Publishing) and str(act.edition) == edition
        else act
        for act in register.acts
    )
    workspace.register.write_bytes(Register(register.first, acts).to_yaml())


def test_a_changed_number_is_found_even_if_all_was_signed_anew(made: Path) -> None:
    resigned(made, "2024-Q1", lambda table: table.replace(b",12.0,", b",12.5,"))
    assert publish(made, "verify", "--no-numbers").code == 0
    found = publish(made, "verify")
    assert found.code == 1
    assert "重新计算的结果不同：throughput latest_value 12.5 → 12.0" in found.text


def test_a_changed_number_of_an_edition_before_is_found_in_the_history(made: Path) -> None:
    resigned(made, "2024-Q3", lambda table: table.replace(b",12.0,", b",12.5,"), "history")
    assert publish(made, "verify", "--no-numbers").code == 0
    found = publish(made, "verify")
    assert found.code == 1
    assert "2024-Q1 throughput latest_value 12.5 → 12.0" in found.text


def test_a_lost_workbook_and_a_cut_archive_are_found(made: Path) -> None:
    first = next((made / "data/test/submissions/2024-Q1").glob("port-office*"))
    first.unlink()
    kept = made / "data/test/frozen/2024-Q2.tar.gz"
    kept.write_bytes(kept.read_bytes()[:-100])
    packed = made / "site/archive/2024-Q3.tar.gz"
    changed(packed, packed.read_bytes()[:-100])
    found = publish(made, "verify")
    assert found.code == 1
    assert "2024-Q1 采用的填报表不见了" in found.text
    assert "2024-Q2 发布时的存档与发布时不同" in found.text
    assert "存档大小不对" in found.text


def test_an_edition_goes_to_another_site_from_what_was_frozen(made: Path) -> None:
    path = made / "data/test/baselines.csv"  # today's inputs have moved on
    path.write_text(
        "indicator_id,period,scope,value,source,note,from_edition\n"
        "throughput,2022-12,未注明,40,统计年鉴,,2024-Q4\n",
        encoding="utf-8",
    )
    published(made, "2024-Q2", "internal")
    act = Workspace.open("test", made).editions.publishings(Edition.parse("2024-Q2"))[-1]
    assert (act.to, act.submissions) == ("internal", {})
    public = made / "site/2024-Q2/downloads/goals.csv"
    assert (made / "internal/2024-Q2/downloads/goals.csv").read_bytes() == public.read_bytes()


def test_a_site_that_still_has_what_was_corrected_is_named(made: Path) -> None:
    workspace, plan = open_workspace("test", made)
    register = workspace.editions
    (act,) = register.publishings(Edition.parse("2024-Q2"))
    last = register.acts[-1].at
    other = {"to": "internal", "visibility": Visibility.INTERNAL, "at": last, "submissions": {}}
    internal = act.model_copy(update=other)
    site = Known("site", Visibility.PUBLIC)

    def named(edition: str, *acts: Publishing | Correcting) -> list[Known]:
        known = register
        for each in acts:
            known = known.with_act(each)
        there = replace(workspace, editions=known)
        units = ("port-office", "town-office")
        adding = _Adding(there, plan, Edition.parse(edition), site, *units, "", act.at)
        return adding.not_yet_corrected()

    assert named("2024-Q2.1") == []
    assert named("2024-Q2.1", internal) == [Known("internal", Visibility.INTERNAL)]
    assert named("2024-Q3", internal) == []
    again = Correcting(edition=Edition.parse("2024-Q3.1"), at=last, by="port-office", reason="漏报")
    (third,) = [a for a in register.publishings(Edition.parse("2024-Q3")) if a.to == "site"]
    new = {"at": last, "submissions": {}}
    first, second = (
        third.model_copy(update={"edition": Edition.parse(f"2024-Q3.{n}"), **new}) for n in (1, 2)
    )
    more = again.model_copy(update={"edition": second.edition})
    acts = (again, first, more, second)  # the site within never had the first correction
    assert named("2024-Q3.2", *acts) == [Known("internal", Visibility.INTERNAL)]


def test_a_correction_goes_to_a_site_that_never_had_what_it_corrects(made: Path) -> None:
    published(made, "2024-Q2.1", "internal")
    entries = json.loads((made / "internal/editions.json").read_bytes())["entries"]
    (there,) = [each for each in entries if each["edition"] == "2024-Q2.1"]
    assert (there["corrects"], there["reason"]) == (None, REASON[-1])
    index = (made / "internal/index.html").read_text(encoding="utf-8")
    assert f"更正2024年二季度：{REASON[-1]}。" in index
    assert "2024-Q2/" not in index
    assert publish(made, "verify", "--no-numbers").code == 0


# ---- what is refused, and how to go on ----


def test_one_unit_cannot_prepare_and_approve(prepared: Path) -> None:
    given = ("--prepared-by", "port-office", "--approved-by", "port-office")
    said = refused(prepared, *ADD[:5], *given, by=UsageError)
    assert "两个不同的单位" in said
    given = ("--prepared-by", "port-office", "--approved-by", "nobody")
    assert "没有填报单位「nobody」" in refused(prepared, *ADD[:5], *given, by=UsageError)


def test_a_book_that_is_not_of_todays_inputs_is_refused(prepared: Path) -> None:
    (prepared / "data/test/annual_targets.csv").write_text(
        "goal_id,year,value,source,from_edition\nthroughput,2024,50,年度计划,2024-Q2\n",
        encoding="utf-8",
    )
    assert "先运行 python -m planbook publish preview" in refused(prepared, *ADD)


def test_a_book_of_another_page_or_visibility_is_refused(prepared: Path) -> None:
    assert "内部版" in refused(prepared, *ADD, "--visibility", "internal")
    page = prepared / "book" / "glossary.md"
    page.write_text(page.read_text("utf-8") + "\n改过。\n", encoding="utf-8")
    assert "先运行 python -m planbook publish preview" in refused(prepared, *ADD)


def test_an_edition_that_is_not_the_current_one_is_refused(prepared: Path) -> None:
    said = refused(prepared, "add", "--edition", "2024-Q3", "--to", "site", *UNITS)
    assert "「2024-Q3」现在不能发布" in said
    assert "可发布的是 2024-Q2" in said


def test_a_prepared_book_that_somebody_edited_is_refused(prepared: Path) -> None:
    book = prepared / "_build/publication/public"
    page = book / "index.html"
    sound = page.read_bytes()
    page.write_bytes(sound + b" ")
    assert "与它的文件清单不符" in refused(prepared, *ADD)
    page.write_bytes(sound)
    manifest = book / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"size": ', b'"size":  ', 1))
    assert "先运行 python -m planbook publish preview" in refused(prepared, *ADD)


def test_a_folder_that_is_not_ours_is_refused(prepared: Path) -> None:
    (prepared / "photos").mkdir()
    (prepared / "photos" / "a.jpg").write_bytes(b"a")
    said = refused(prepared, "add", "--edition", "2024-Q2", "--to", "photos", *UNITS)
    assert "不是本程序的发布站点" in said
    said = refused(prepared, "add", "--edition", "2024-Q2", "--to", "internal", *UNITS)
    assert "站点属于另一个范围（公开版、内部版）：内部版，这次是公开版" in said


@pytest.mark.parametrize(
    "to", ["data/test/site", "book/site", "notebooks/site", "_build/site", "x/../data/site"]
)
def test_a_site_among_the_inputs_is_refused(prepared: Path, to: str) -> None:
    for typed in (to, f"file://{prepared.as_posix()}/{to}"):
        said = refused(prepared, "add", "--edition", "2024-Q2", "--to", typed, *UNITS)
        assert "站点不能在 data、book、notebooks、_build 之中" in said


def test_the_root_of_a_disk_is_no_site(prepared: Path) -> None:
    said = refused(prepared, "add", "--edition", "2024-Q2", "--to", "/", *UNITS)
    assert "站点不能是盘符或根目录本身" in said


def test_telephones_in_what_readers_see_are_refused(prepared: Path) -> None:
    told = "联系人 13800001234"
    assert "13800001234" in refused(prepared, *ADD, "--override", told)
    end = ("withdraw", "--edition", "2024-Q1", "--by", "port-office", "--reason", told)
    assert "这里的文字会公布" in refused(prepared, *end)
    begin = ("correct", "--edition", "2024-Q1", "--by", "port-office", "--reason", told)
    assert "这里的文字会公布" in refused(prepared, *begin)


def test_a_register_that_lost_its_last_acts_is_noticed(made: Path) -> None:
    register = Workspace.open("test", made).editions
    lost = {"2024-Q3", "2024-Q2.1"}
    kept = tuple(act for act in register.acts if str(act.edition) not in lost)
    (made / "data/test/editions.yaml").write_bytes(Register(register.first, kept).to_yaml())
    found = publish(made, "verify", "--no-numbers")
    assert found.code == 1
    assert "有 2024-Q3 发布时的存档，发布记录中没有这一期" in found.text


def test_a_purged_edition_whose_archive_is_left_is_noticed(made: Path) -> None:
    kept = made / "data/test/frozen/2024-Q1.tar.gz"
    content = kept.read_bytes()
    command = ("purge", "--edition", "2024-Q1", *REASON, "--yes-delete", "2024-Q1")
    assert publish(made, *command).code == 0
    kept.write_bytes(content)  # as a kill leaves it
    assert "2024-Q1 已清除，封存的数据还在" in publish(made, "verify", "--no-numbers").text
    assert publish(made, *command).code == 0
    assert publish(made, "verify", "--no-numbers").code == 0


def test_a_register_edited_by_hand_is_refused(prepared: Path) -> None:
    path = prepared / "data/test/editions.yaml"
    path.write_text(path.read_text("utf-8").replace('"port-office"', '"town-office"', 1), "utf-8")
    assert "与写入时不同（校验不符）" in refused(prepared, *ADD)
    assert "从备份恢复" in refused(prepared, "list")


def test_nothing_is_published_beside_an_archive_that_was_cut_short(prepared: Path) -> None:
    kept = prepared / "data/test/frozen/2024-Q1.tar.gz"
    kept.write_bytes(kept.read_bytes()[:-100])
    assert "2024-Q1 发布时的存档与发布时不同" in refused(prepared, *ADD)


def test_an_edition_on_the_site_with_other_bytes_is_refused(prepared: Path) -> None:
    register = (prepared / "data/test/editions.yaml").read_bytes()
    assert publish(prepared, *ADD).code == 0
    (prepared / "data/test/editions.yaml").write_bytes(register)  # its record is lost
    book = prepared / "_build/publication/public"
    (book / "index.html").write_bytes((book / "index.html").read_bytes() + b" ")
    taken_for_today(prepared, manifest=seal(book).manifest)
    assert "还没有记入发布记录" in refused(prepared, *ADD, by=Refused)


def test_a_clock_that_runs_backwards_is_refused(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = Workspace.open("test", prepared).editions.acts[-1].at
    monkeypatch.setattr(publishing, "now", lambda: last - dt.timedelta(seconds=1))
    assert "校准本机的日期和时间" in refused(prepared, *ADD)


def test_two_at_once_are_refused(prepared: Path) -> None:
    with FileLock(prepared / "_build/build.lock"):
        assert "另一个生成或发布正在进行" in refused(prepared, *ADD)


@pytest.mark.parametrize("where", ["pack", "put"])
def test_a_full_disk_changes_nothing(
    prepared: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "there")

    monkeypatch.setattr(publishing, where, full)
    before = tree(prepared, "_build")
    with pytest.raises(OSError, match="No space left"):
        publish(prepared, *ADD)
    assert tree(prepared, "_build") == before
    monkeypatch.undo()
    assert publish(prepared, *ADD).code == 0


def test_before_its_release_an_edition_needs_a_reason_that_the_site_prints(prepared: Path) -> None:
    path = prepared / "data/test/dataset.yaml"
    release = "release_at:\n  2024-Q2: 2099-08-01T09:00+08:00\n  2024-Q3: 2099-11-01T09:00+08:00\n"
    path.write_text(path.read_text("utf-8") + release, encoding="utf-8")
    taken_for_today(prepared)
    said = refused(prepared, *ADD)
    assert "2024-Q2 的发布时间是 2099-08-01 09:00，还没有到" in said
    done = publish(prepared, *ADD, "--override", "应急需要，已报批")
    assert done.code == 0, done.text
    index = (prepared / "site" / "index.html").read_text(encoding="utf-8")
    assert "应急需要，已报批" in index
    assert "2024年三季度" in index
    assert "2099" in index
    listed = publish(prepared, "list").text
    assert "2024年三季度发布时间：2099-11-01" in listed


def test_what_is_undecided_must_be_decided_or_accepted_by_name(prepared: Path) -> None:
    taken_for_today(
        prepared, undecided={"unreported": "未报送的单位1处", "commentary": "分析点评2处"}
    )
    said = refused(prepared, *ADD, "--accept", "unreported")
    assert "分析点评2处" in said
    assert "加 --accept commentary" in said
    assert "未报送" not in said
    done = publish(prepared, *ADD, "--accept", "unreported", "--accept", "commentary")
    assert done.code == 0, done.text
    act = Workspace.open("test", prepared).editions.acts[-1]
    assert act.reason == (
        "按现状发布：有单位未报送（未报送的单位1处）、有点评未确认或未写完（分析点评2处）"
    )


def test_what_is_not_public_cannot_be_accepted(prepared: Path) -> None:
    taken_for_today(prepared, undecided={NOT_ACCEPTABLE: "不公开的内容3处"})
    said = refused(prepared, *ADD, *(f"--accept={name}" for name in Acceptance))
    assert "不公开的内容3处" in said
    assert "加 --accept" not in said


def without_unit_names(root: Path) -> None:
    path = root / "data/test/dataset.yaml"
    path.write_text(path.read_text("utf-8") + "public: {unit_names: false}\n", encoding="utf-8")
    taken_for_today(root)


def test_what_the_site_prints_beside_the_book_is_looked_at(prepared: Path) -> None:
    without_unit_names(prepared)
    said = refused(prepared, *ADD, "--override", "港务所已提前报送")
    assert "内部文字「港务所」" in said
    assert "位置：--override" in said
    assert publish(prepared, *ADD, "--override", "应急需要").code == 0


def test_a_reason_of_a_correction_that_says_what_is_internal_is_refused(made: Path) -> None:
    without = made / "data/test/dataset.yaml"
    without.write_text(without.read_text("utf-8") + "public: {unit_names: false}\n", "utf-8")
    reason = ("--by", "port-office", "--reason", "港务所漏报一个码头")
    assert publish(made, "correct", "--edition", "2024-Q3", *reason).code == 0
    looked = publish(made, "preview", "--edition", "2024-Q3.1")
    assert looked.code == 1
    assert "内部文字「港务所」" in looked.text
    taken_for_today(made, "2024-Q3.1", undecided={})
    command = ("add", "--edition", "2024-Q3.1", "--to", "site", *UNITS)
    said = refused(made, *command)
    assert "位置：更正版的理由" in said


def test_tables_that_are_packed_with_the_book_are_looked_at(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_unit_names(prepared)

    def unredacted(workspace: Workspace, *given: Any) -> Any:
        return judged_book(replace(workspace, visibility=Visibility.INTERNAL), *given)

    monkeypatch.setattr(publishing, "judged_book", unredacted)
    said = refused(prepared, *ADD)
    assert "内部文字「港务所」" in said
    assert ".csv" in said


class Killed(BaseException):
    """Stands for the end of the process."""


def killed(prepared: Path, monkeypatch: pytest.MonkeyPatch, *, after: str) -> None:
    """Publish, and be killed after what was published is frozen, or after the site has it."""
    add = Site.add

    def killed_there(self: Site, *given: object) -> None:
        if after == "site":
            add(self, *given)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Site, "add", killed_there)
        with pytest.raises(Killed):
            publish(prepared, *ADD)


@pytest.mark.parametrize("after", ["frozen", "site"])
def test_whoever_is_killed_between_the_steps_runs_it_again(
    prepared: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    register = (prepared / "data/test/editions.yaml").read_bytes()
    killed(prepared, monkeypatch, after=after)
    assert (prepared / "data/test/frozen/2024-Q2.tar.gz").is_file()
    assert (prepared / "data/test/editions.yaml").read_bytes() == register
    monkeypatch.undo()
    site = tree(prepared / "site")
    again = publish(prepared, *ADD)
    assert again.code == 0, again.text
    assert (tree(prepared / "site") == site) is (after == "site")
    act = Workspace.open("test", prepared).editions.acts[-1]
    entry = json.loads((prepared / "site/editions.json").read_bytes())["entries"][-1]
    assert act.at == dt.datetime.fromisoformat(entry["released"])
    assert publish(prepared, "verify").code == 0
    once_more = publish(prepared, *ADD)
    assert "已在 site 发布，未作改动" in once_more.text


def test_an_input_changed_after_an_interrupted_run_is_restored_first(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(prepared, monkeypatch, after="site")
    page = prepared / "book" / "glossary.md"
    as_it_was = page.read_bytes()
    page.write_bytes(as_it_was + "\n改过。\n".encode())
    assert publish(prepared, "preview", "--edition", "2024-Q2").code == 0
    said = refused(prepared, *ADD, by=Refused)
    assert "是一次被打断的发布，还没有记入发布记录" in said
    assert "恢复成发布时的样子" in said
    assert "最近发布的 2024-Q1" in refused(
        prepared, "correct", "--edition", "2024-Q2", *REASON, by=Refused
    )
    page.write_bytes(as_it_was)  # and what the refusal says helps
    assert publish(prepared, "preview", "--edition", "2024-Q2").code == 0
    assert publish(prepared, *ADD).code == 0
    assert publish(prepared, "correct", "--edition", "2024-Q2", *REASON).code == 0
    assert publish(prepared, "verify", "--no-numbers").code == 0


def test_an_interrupted_run_is_completed_after_acts_on_another_site(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(prepared, monkeypatch, after="site")
    monkeypatch.setattr(publishing, "now", lambda: now() + dt.timedelta(hours=1))
    assert publish(prepared, "add", "--edition", "2024-Q2", "--to", "other", *UNITS).code == 0
    assert publish(prepared, "preview", "--edition", "2024-Q2").code == 0
    again = publish(prepared, *ADD)
    assert again.code == 0, again.text
    acts = Workspace.open("test", prepared).editions.acts
    assert acts[-1].at == acts[-2].at
    assert publish(prepared, "verify", "--no-numbers").code == 0


# ---- correct, withdraw, purge, open ----


def test_only_the_newest_edition_is_corrected(made: Path) -> None:
    said = refused(made, "correct", "--edition", "2024-Q2", *REASON, by=Refused)
    assert "现在只能更正最近发布的 2024-Q3" in said
    begun = publish(made, "correct", "--edition", "2024-Q3", *REASON)
    assert "已开始编制更正版 2024-Q3.1" in begun.text
    given_up = publish(made, "withdraw", "--edition", "2024-Q3.1", *REASON)
    assert "更正版 2024-Q3.1 已放弃" in given_up.text
    assert publish(made, "correct", "--edition", "2024-Q3", *REASON).code == 0


def test_a_withdrawn_edition_stays_and_is_marked_everywhere(made: Path) -> None:
    page = (made / "site/2024-Q3/index.html").read_bytes()
    done = publish(made, "withdraw", "--edition", "2024-Q3", *REASON)
    assert done.code == 0, done.text
    assert "site：2024-Q3 已撤回" in done.text
    assert "internal：2024-Q3 已撤回" in done.text
    assert (made / "site/2024-Q3/index.html").read_bytes() == page
    for site in ("site", "internal"):
        assert REASON[-1] in (made / site / "index.html").read_text(encoding="utf-8")
    register = (made / "data/test/editions.yaml").read_bytes()
    assert publish(made, "withdraw", "--edition", "2024-Q3", *REASON).code == 0  # nothing to do
    assert (made / "data/test/editions.yaml").read_bytes() == register
    assert publish(made, "verify").code == 0
    said = refused(made, "add", "--edition", "2024-Q3", "--to", "site", *UNITS, by=Refused)
    assert "已撤回，不能再发布" in said


def test_a_site_that_cannot_be_reached_is_told_and_done_later(made: Path) -> None:
    (made / "internal").replace(made / "elsewhere")
    (made / "internal").write_bytes(b"")
    done = publish(made, "withdraw", "--edition", "2024-Q3", *REASON)
    assert done.code == 1
    assert "site：2024-Q3 已撤回" in done.text
    assert "再运行一次同样的命令" in done.text
    (made / "internal").unlink()
    (made / "elsewhere").replace(made / "internal")
    assert "站点上还不是" in publish(made, "verify").text
    assert publish(made, "withdraw", "--edition", "2024-Q3", *REASON).code == 0
    assert publish(made, "verify").code == 0


def test_a_site_that_was_left_out_is_named(made: Path) -> None:
    command = ("withdraw", "--edition", "2024-Q3", *REASON)
    done = publish(made, *command, "--to", "site")
    assert "没有处理的站点：internal。不带 --to 再运行一次" in done.text
    assert publish(made, "verify").code == 1
    assert "没有处理的站点" not in publish(made, *command).text
    assert publish(made, "verify").code == 0


def test_purging_must_be_confirmed_and_leaves_only_the_reason(made: Path) -> None:
    command = ("purge", "--edition", "2024-Q3", *REASON)
    assert any("editions/2024-Q3" in path for path in tree(made / "_build/public"))
    assert "加 --yes-delete 2024-Q3" in refused(made, *command, by=UsageError)
    refused(made, *command, "--yes-delete", "2024-Q2", by=UsageError)
    done = publish(made, *command, "--yes-delete", "2024-Q3")
    assert done.code == 0, done.text
    assert [path.name for path in (made / "site/2024-Q3").iterdir()] == ["index.html"]
    assert not (made / "site/archive/2024-Q3.tar.gz").exists()
    assert not (made / "data/test/frozen/2024-Q3.tar.gz").exists()
    assert REASON[-1] in (made / "site/2024-Q3/index.html").read_text(encoding="utf-8")
    left = tree(made / "_build/publication") if (made / "_build/publication").exists() else {}
    assert not left
    assert not any("editions/2024-Q3" in path for path in tree(made / "_build/public"))
    whole = publish(made, "verify")
    assert whole.code == 0, whole.text
    again = publish(made, *command, "--yes-delete", "2024-Q3")
    assert again.code == 0, again.text


def test_a_purge_gives_up_the_correction_of_what_it_deletes(made: Path) -> None:
    assert publish(made, "correct", "--edition", "2024-Q3", *REASON).code == 0
    command = ("purge", "--edition", "2024-Q1", *REASON, "--yes-delete", "2024-Q1")
    assert "随之放弃" not in publish(made, *command).text
    register = Workspace.open("test", made).editions
    assert register.open_correction == Edition.parse("2024-Q3.1")
    command = ("purge", "--edition", "2024-Q3", *REASON, "--yes-delete", "2024-Q3")
    assert "更正版 2024-Q3.1 要更正的一期已清除，随之放弃" in publish(made, *command).text
    register = Workspace.open("test", made).editions
    assert register.open_correction is None
    assert register.state(Edition.parse("2024-Q3.1")) is EditionState.GIVEN_UP
    assert register.state(Edition.parse("2024-Q3")) is EditionState.PURGED
    assert publish(made, *command).code == 0


def test_the_current_edition_is_moved_on_without_publishing(made: Path) -> None:
    given = ("--by", "port-office")
    assert "不在当前一期" in refused(made, "open", "--edition", "2024-Q3", *given, by=Refused)
    moved = publish(made, "open", "--edition", "2025-Q1", *given)
    assert "当前一期是 2025-Q1" in moved.text
    assert json.loads(publish(made, "list", "--json").text)["current"] == "2025-Q1"


def test_an_edition_of_another_cycle_is_not_opened(tmp_path: Path) -> None:
    root = tmp_path / "made"
    shutil.copytree(SECOND_PLAN, root)
    register = (root / "data/test/editions.yaml").read_bytes()
    command = ("open", "--edition", "2025-11", "--by", "port-office")
    assert "应写作 2025-Q4" in refused(root, *command, by=UsageError)
    assert (root / "data/test/editions.yaml").read_bytes() == register


def test_an_archive_of_the_site_is_the_same_whenever_it_is_packed(made: Path) -> None:
    data = (made / "site/archive/2024-Q1.tar.gz").read_bytes()
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        packed.read(1)
        assert packed.mtime == 0


def test_columns_that_are_not_to_be_compared_are_not() -> None:
    then = pd.DataFrame(
        {"goal_id": ["a", "b"], "rating": ["1", "2"], "previous_rating": ["1", "1"]}
    )
    now = then.assign(previous_rating=["2", "1"])
    assert list(differences(then, now)) == ["a previous_rating 1 → 2"]
    assert list(differences(then, now, but=("previous_rating",))) == []
    other = now.assign(rating=["1", "3"])
    assert list(differences(then, other, but=("previous_rating",))) == ["b rating 2 → 3"]


def test_where_nothing_was_published_nothing_is_called_verified(tmp_path: Path) -> None:
    shutil.copytree(SECOND_PLAN, tmp_path / "made")
    done = publish(tmp_path / "made", "verify")
    assert done.code == 0
    assert done.text.strip() == "还没有发布过任何一期，没有可核对的"
