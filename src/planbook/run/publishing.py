"""What the commands of ``publish`` do that change something: put on a site, and on record.

The order of an act: everything that speaks against it is looked at; the frozen inputs are written
(without an act nobody reads them); the site is changed; the act is written. Whoever is killed in
between runs the same command again: what is done already is found done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click

from planbook.acceptance import Acceptance
from planbook.assess.method import METHOD
from planbook.collect.inbox.filed import read_filed
from planbook.editions import (
    Correcting,
    EditionState,
    Publishing,
    Refused,
    Register,
)
from planbook.errors import Problem, ProblemsFound, UsageError
from planbook.frozen import frozen_path
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.publish.acts import Site
from planbook.publish.entries import Archive, Entry
from planbook.publish.packing import pack
from planbook.put_in_place import empty_folder, make_folder, put
from planbook.run.acting import acting, now, published_words, record
from planbook.run.arguments import known_unit
from planbook.run.freezing import freeze, submissions_listed
from planbook.run.known_sites import Known, address, opened, refuse_among_inputs, sites_of
from planbook.run.pipeline import judged_book
from planbook.run.publication import NOT_ACCEPTABLE, Publication, Shelf, Source, edition_of
from planbook.run.verification import kept_problems, number_problems
from planbook.vocabulary import Rating, Visibility
from planbook.workspace import Workspace


@dataclass(frozen=True)
class _Frozen:
    """What an act of publishing says of the inputs; `content` is to be written, if there is any."""

    sha256: str
    verdicts: str
    submissions: dict[str, str]
    method: int
    content: bytes | None = None


@dataclass(frozen=True)
class _Adding:
    """An edition on its way to a site: what was typed, looked up."""

    workspace: Workspace
    plan: Plan
    edition: Edition
    site: Known
    by: str
    approved_by: str
    override: str
    now: dt.datetime

    @property
    def register(self) -> Register:
        return self.workspace.editions

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.workspace, self.site.visibility)

    def is_done(self, site: Site) -> bool:
        """Tell whether the register has it on this site already, and the site too."""
        there = site.get(self.edition)
        return (there is not None and not there.state.is_ended) and any(
            Known(act.to, act.visibility) == self.site and act.manifest == there.manifest
            for act in self.register.publishings(self.edition)
        )

    def not_yet_corrected(self) -> list[Known]:
        """Return the other sites that have the period without this correction, or a later one."""
        told = [e for e in self.register.published if e.base == self.edition.base]
        before, since = (
            dict.fromkeys(site for e in of for site in sites_of(self.register, e))
            for of in (
                [e for e in told if e < self.edition],
                [e for e in told if e >= self.edition],
            )
        )
        return [known for known in before if known not in (*since, self.site)]

    def publish(self, site: Site, accept: Sequence[str]) -> Entry:
        """Do all of it; whatever is refused is refused before anything is written."""
        _refuse_broken(self.workspace)
        source = Source.of(self.workspace, self.plan, self.edition, self.now.date())
        made_of = source.made_of(self.site.visibility)
        made = self.shelf.prepared(made_of)
        if made is None or made.edition != str(self.edition):
            raise _not_prepared(self.edition, self.site.visibility, self.workspace)
        accepted = _decided(made, accept)
        self._refuse_too_early()
        frozen = self._frozen(source)
        if source.made_of(self.site.visibility) != made_of:  # somebody changed an input just now
            raise _not_prepared(self.edition, self.site.visibility, self.workspace)
        archive = self._packed(source)
        entry = self._entry(made, archive)
        self._refuse_unrecorded(site, entry)
        self._refuse_leaks(source, entry)
        self.register.with_act(self._act(frozen, entry, accepted, self.now))
        with self._kept(frozen):
            there = site.add(entry, self.shelf.book, self.shelf.archive, self._next_dates())
        # an interrupted run put it there, and acts on other sites may have been recorded since
        at = max([there.released, *(act.at for act in self.register.acts)])
        record(self.workspace, self.register.with_act(self._act(frozen, there, accepted, at)))
        return there

    @contextmanager
    def _kept(self, frozen: _Frozen) -> Iterator[None]:
        """Write the frozen inputs; whoever is refused by the site leaves none."""
        path = frozen_path(self.workspace, self.edition)
        new = frozen.content is not None and not path.exists()
        if frozen.content is not None:
            make_folder(path.parent)
            put(path, frozen.content)
        try:
            yield
        except Exception:
            if new:
                path.unlink()
            raise

    def _packed(self, source: Source) -> Archive:
        """Pack the book and the tables that it shows."""
        tables, shown = self.shelf.tables, source.workspace.of(self.site.visibility)
        empty_folder(tables)
        judged_book(shown, source.plan, self.edition, source.today).tables.save(tables)
        folders = {f"{self.edition}/book": self.shelf.book, f"{self.edition}/data": tables}
        return pack(folders, self.shelf.archive)

    def _frozen(self, source: Source) -> _Frozen:
        """Freeze the inputs; of an edition that was published, return what was frozen then."""
        if self.register.is_published(self.edition):
            first = self.register.publishing(self.edition)
            problems, explained = number_problems(self.workspace, self.edition)
            if problems or explained:
                what = f"{self.edition} 按封存的数据重新计算，结果与已发布的不同"
                fix = (
                    "运行 python -m planbook publish verify 查看是哪些目标、什么引起的；"
                    "不能再发布到别处"
                )
                raise Refused(what, f"editions.yaml：{self.edition}", fix)
            return _Frozen(first.frozen, first.verdicts, {}, first.method)
        book = judged_book(source.workspace, source.plan, self.edition, source.today)
        new = freeze(source.workspace, source.plan, self.edition, book.tables)
        read = read_filed(self.workspace, self.plan, self.edition)
        listed = submissions_listed(self.workspace, self.edition, read)
        return _Frozen(new.sha256, new.verdicts, listed, METHOD, new.content)

    def _refuse_unrecorded(self, site: Site, entry: Entry) -> None:
        """Raise that an interrupted run put another book of this edition there, not on record."""
        there = site.get(self.edition)
        if (
            there is None
            or there.state.is_ended
            or (there.manifest, there.archive) == (entry.manifest, entry.archive)
            or self.site in sites_of(self.register, self.edition)
        ):
            return
        what = f"站点上已有 {self.edition}，是一次被打断的发布，还没有记入发布记录；此后有改动"
        fix = (
            "把改动的数据、方案、点评等恢复成发布时的样子，"
            "重新运行 python -m planbook publish preview（生成的书与站点上的相同），"
            "再运行同样的 python -m planbook publish add 补上记录；"
            "然后用 python -m planbook publish correct 出更正版，改动写在其中"
        )
        raise Refused(what, f"{self.site.to}：{self.edition}", fix)

    def _refuse_leaks(self, source: Source, entry: Entry) -> None:
        """Raise what is internal in what the public gets besides the book, which preview read."""
        if self.site.visibility is not Visibility.PUBLIC:
            return
        texts = {"--override": entry.override, "更正版的理由": entry.reason}
        found = source.leaks(self.shelf.tables, texts)
        if found:
            raise ProblemsFound("不公开的内容", found)

    def _refuse_too_early(self) -> None:
        release = self.workspace.dataset.release(self.edition)
        if release is None or self.now >= release or self.override:
            return
        what = f"{self.edition} 的发布时间是 {release:%Y-%m-%d %H:%M}，还没有到"
        fix = "到时再发布；必须提前的，加 --override 写明理由，理由公布在站点首页"
        raise Refused(what, "dataset.yaml：release_at、release_days", fix)

    def _entry(self, made: Publication, archive: Archive) -> Entry:
        names = {unit.id: unit.name for unit in self.plan.units}
        return Entry(
            edition=self.edition,
            label=self.edition.label,
            released=self.now,
            reason=_why_corrected(self.register, self.edition) if self.edition.correction else "",
            prepared_by=names[self.by],
            approved_by=names[self.approved_by],
            override=self.override,
            manifest=made.manifest,
            archive=archive,
            pages=made.pages,
            pdf=made.pdf,
            counts={Rating(word): count for word, count in made.counts.items()},
            headline=made.headline,
        )

    def _act(self, frozen: _Frozen, entry: Entry, accepted: str, at: dt.datetime) -> Publishing:
        assert entry.archive is not None  # only purged entries have none
        return Publishing(
            edition=self.edition,
            at=at,
            by=self.by,
            reason=accepted,
            approved_by=self.approved_by,
            visibility=self.site.visibility,
            to=self.site.to,
            released=entry.released.date(),
            override=self.override,
            method=frozen.method,
            submissions=frozen.submissions,
            frozen=frozen.sha256,
            verdicts=frozen.verdicts,
            manifest=entry.manifest,
            archive=entry.archive.sha256,
        )

    def _next_dates(self) -> list[tuple[str, dt.date]]:
        """Return the dates of the editions after this one, as the index announces them."""
        coming = self.workspace.dataset.next_releases()
        return [(e.label, moment.date()) for e, moment in coming if e > self.edition]


def add(
    *,
    dataset: str,
    edition: str,
    visibility: str,
    to: str,
    prepared_by: str,
    approved_by: str,
    accept: Sequence[str],
    override: str,
) -> None:
    """Publish the prepared book, and record it."""
    with acting(dataset) as (workspace, plan):
        if known_unit(plan, prepared_by) == known_unit(plan, approved_by):
            raise UsageError(
                "编制和审核须是两个不同的单位\n  处理：核对 --prepared-by 和 --approved-by"
            )
        adding = _Adding(
            workspace,
            plan,
            edition_of(edition),
            Known(address(to, workspace.root), Visibility(visibility)),
            prepared_by,
            approved_by,
            published_words(override, plan),
            now(),
        )
        refuse_among_inputs(workspace, adding.site)
        site = opened(workspace, plan, adding.site)
        if adding.is_done(site):
            click.echo(f"{adding.edition} 已在 {to} 发布，未作改动")
            return
        entry = adding.publish(site, accept)
    said = f"{adding.edition} {adding.site.visibility.label}版已发布到 {to}"
    click.echo(f"{said}，共{len(entry.pages)}页，时间 {entry.released:%Y-%m-%d %H:%M}")
    for other in adding.not_yet_corrected():
        click.echo(
            f"{other.to}（{other.visibility.label}版）有更正前的 {adding.edition.base}，"
            "还没有这一更正版："
            f"请用 --visibility {other.visibility} 预览，并发布到 {other.to}"
        )
    click.echo(
        f"请把 data/{dataset}/editions.yaml 和 data/{dataset}/frozen 一并存档（提交到版本库）"
    )


def _refuse_broken(workspace: Workspace) -> None:
    """Raise what is wrong with what is kept of the editions before: nothing is built on that."""
    register = workspace.editions
    kept = (e for e in register.published if register.state(e) is not EditionState.PURGED)
    problems = [problem for edition in kept for problem in kept_problems(workspace, edition)]
    if problems:
        raise ProblemsFound("已发布的各期", problems)


def _decided(made: Publication, accept: Sequence[str]) -> str:
    """Return what is published as it is, in words; raise what nobody has decided."""
    open_yet = {name: what for name, what in made.undecided.items() if name not in accept}
    if open_yet:
        raise ProblemsFound("发布", [_undecided(name, what) for name, what in open_yet.items()])
    known = (name for name in Acceptance if name in made.undecided)
    accepted = "、".join(f"{name.label}（{made.undecided[name]}）" for name in known)
    return f"按现状发布：{accepted}" if accepted else ""


def _undecided(name: str, what: str) -> Problem:
    fix = "改正后重新运行 python -m planbook publish preview"
    if name != NOT_ACCEPTABLE:
        fix += f"；按现状发布的，加 --accept {name}"
    return Problem(what, "预览", fix)


def _not_prepared(edition: Edition, visibility: Visibility, workspace: Workspace) -> Refused:
    command = (
        f"python -m planbook publish preview --dataset {workspace.dataset.name} --edition {edition}"
    )
    what = f"没有按现在的数据、方案和程序预览过 {edition} 的{visibility.label}版"
    return Refused(what, "_build/publication", f"先运行 {command} --visibility {visibility}")


def _why_corrected(register: Register, edition: Edition) -> str:
    acts = (a for a in register.acts if isinstance(a, Correcting) and a.edition == edition)
    return next(act.reason for act in acts)
