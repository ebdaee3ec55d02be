"""What it takes to build the book, beside the stock tools, in one run on copies of this checkout.

The stock route is what papermill and Jupyter Book document: ``papermill`` on the command line for
each notebook, one after another, then ``jupyter-book build``; for paper, nbconvert's HTML of each
executed notebook, printed by a headless Chromium. The tables and pages that it needs and cannot
make are made for it, within its time. It has no way to know what changed, so its time from nothing
is what each of ours is compared with; that of its second run, in which Sphinx reads nothing that
is older than its page, stands beside it.

The floor is the work that nobody can leave out, done once in one process without any other: the
workbooks judged and pages written, the cells of all notebooks run one after another, the sources
read and written by one Sphinx; its CPU seconds, divided by the number of processors.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from bench_commands import Spent, copy_checkout, pace_at_once, remove_made, spend, tool
from planbook.produce.notebooks.jobs import Job, jobs
from planbook.run.opening import open_workspace
from proof import edits, edits_of_data
from proof.checkout import Checkout

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- bench.py build --write -->", "<!-- /bench.py build -->"
SCRIPTS = Path(__file__).resolve().parent
AT_LEAST, AT_MOST_SECONDS, ABOVE_FLOOR = 12.0, 1.0, 1.5
Change = Callable[[Checkout, random.Random], object]
PRINTED = (
    "--headless",
    "--disable-gpu",
    "--no-sandbox",
    "--no-pdf-header-footer",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # nbconvert's page names scripts of the web
)


@dataclass(frozen=True)
class Variant:
    """A state in which our command is run, and what is demanded of it.

    Attributes
    ----------
    change
        Makes it out of the state before; ``None``: deletes everything that was generated.
    least
        How many times as fast as the stock route from nothing; ``None``: not demanded.
    most
        Seconds.
    """

    name: str
    change: Change | None
    least: float | None = None
    most: float | None = None


def rating_limit(checkout: Checkout, chance: random.Random) -> None:
    """Move the limit of 滞后 between two ends, so that most goals that can be are rated anew."""
    name = f"{edits.PLAN}/plan.yaml"
    text = checkout.text(name)
    limit = "0.93" if "far_behind: 0.2" in text else "0.2"
    checkout.write(name, re.sub(r"(far_behind: )[\d.]+", rf"\g<1>{limit}", text))


VARIANTS = (
    Variant("from nothing", None, least=4.0),
    Variant("nothing changed", edits.nothing, least=AT_LEAST, most=AT_MOST_SECONDS),
    Variant("one value", edits_of_data.value, least=AT_LEAST),
    Variant("one word of a commentary", edits_of_data.commentary, least=AT_LEAST),
    Variant("one limit of warnings", edits.warning_limit, least=AT_LEAST),
    Variant("one limit of ratings: most pages", rating_limit),
)
KINDS = ("pages", "pages, PDFs and packs")  # the table's two halves
STOCK_MAKES = dict(zip(KINDS, ("pages", "pages and PDFs"), strict=True))


@dataclass
class Times:
    """What was spent: ours by variant, the stock route's from nothing and on its second run."""

    ours: dict[str, list[Spent]] = field(default_factory=dict)
    stock: list[Spent] = field(default_factory=list)
    stock_again: list[Spent] = field(default_factory=list)

    def ratio(self, name: str) -> float:
        """Return the median of the rounds' ratios, stock from nothing to ours."""
        pairs = zip(self.stock, self.ours[name], strict=True)
        return statistics.median(stock.seconds / ours.seconds for stock, ours in pairs)


@dataclass(frozen=True)
class Measured:
    """All that was measured, with where and when."""

    day: dt.date
    cores: int
    rounds: int
    times: Mapping[str, Times]  # by `KINDS`
    floor: float
    pace: float  # `pace_at_once` of as many processes as there are cores

    @property
    def above_floor(self) -> float:
        """How many times the floor a book from nothing takes."""
        return median(self.times[KINDS[0]].ours[VARIANTS[0].name]) / self.floor


def median(spent: Sequence[Spent]) -> float:
    """Return the median of the seconds."""
    return statistics.median(each.seconds for each in spent)


def measure(root: Path, scratch: Path, dataset: str, rounds: int, browser: str) -> Measured:
    """Measure on copies of the checkout at `root`, all routes in turn, so often.

    Raises
    ------
    click.ClickException
        If a command fails.
    """
    copies = {name: scratch / name for name in ("stock", "html", "paper", "floor")}
    for copy in copies.values():
        copy_checkout(root, copy / "project")
    kept = {
        kind: Checkout(copies[name], dataset)
        for kind, name in zip(KINDS, ("html", "paper"), strict=True)
    }
    times = {kind: Times() for kind in KINDS}
    floors, paces = [], []
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    cores = allowed or os.cpu_count() or 1
    for number in range(1, rounds + 1):
        _stock_round(copies["stock"] / "project", dataset, browser, times)
        for kind, checkout in kept.items():
            for variant in VARIANTS:
                spent = ours(checkout, variant, number, pdf=kind == KINDS[1])
                times[kind].ours.setdefault(variant.name, []).append(spent)
        floors.append(floor(copies["floor"] / "project", dataset))
        paces.append(pace_at_once(cores))
        click.echo(f"第{number}轮（共{rounds}轮）完成")
    cpu, pace = statistics.median(floors), statistics.median(paces)
    return Measured(dt.date.today(), cores, rounds, times, cpu / cores, pace)


def ours(checkout: Checkout, variant: Variant, seed: int, *, pdf: bool) -> Spent:
    """Change what the variant says, then run our command."""
    if variant.change is None:
        remove_made(checkout.project)
    else:
        _change(checkout, variant.change, random.Random(seed))
    options = ["--dataset", checkout.dataset, *(["--pdf"] if pdf else [])]
    return spend([sys.executable, "scripts/build.py", *options], checkout.project)


def _change(checkout: Checkout, change: Change, chance: random.Random) -> None:
    """Change something, by another chance where there was nothing to change."""
    changed = False
    while not changed:
        with checkout.changing() as files:
            change(checkout, chance)
        changed = bool(files) or change is edits.nothing


def _stock_round(root: Path, dataset: str, browser: str, times: Mapping[str, Times]) -> None:
    """Run the stock route from nothing and again, with the time that its PDFs take more."""
    remove_made(root)
    (root / "book" / "chapters").mkdir(parents=True)
    html, paper = (times[kind] for kind in KINDS)
    for of_pages, with_pdfs in (
        (html.stock, paper.stock),
        (html.stock_again, paper.stock_again),
    ):
        executed = stock_pages(root, dataset)
        of_pages.append(executed)
        with_pdfs.append(executed + stock_pdfs(root, dataset, browser))


def stock_pages(root: Path, dataset: str) -> Spent:
    """Execute the notebooks and build the book as the stock tools document it."""
    spent = spend([sys.executable, "scripts/bench.py", "inputs", dataset], root)
    for job in _jobs(root, dataset):
        given = [part for item in job.parameters.items() for part in ("-p", *item)]
        given += ["--cwd", str(job.notebook.parent)]  # cells read what lies beside them
        spent += spend([tool("papermill"), str(job.notebook), str(job.page), *given], root)
    return spent + spend([tool("jupyter-book"), "build", "."], root)


def stock_pdfs(root: Path, dataset: str, browser: str) -> Spent:
    """Print each executed notebook: nbconvert makes one HTML of it, the browser a PDF."""
    spent, folder = Spent(), root / "_build" / "pdf"
    for job in _jobs(root, dataset):
        to = ["--to", "html", "--embed-images", "--output-dir", str(folder)]
        spent += spend([tool("jupyter-nbconvert"), *to, str(job.page)], root)
        page = folder / f"{job.id}.html"
        printed = f"--print-to-pdf={page.with_suffix('.pdf')}"
        spent += spend([browser, *PRINTED, printed, page.as_uri()], root)
        if not page.with_suffix(".pdf").is_file():
            raise click.ClickException(f"浏览器没有打印出 {page.with_suffix('.pdf')}")
    return spent


def floor(root: Path, dataset: str) -> float:
    """Return the CPU seconds of the work itself, each part once in one process."""
    remove_made(root)
    (root / "book" / "chapters").mkdir(parents=True)
    cells = [sys.executable, str(SCRIPTS / "bench_cells.py"), dataset]
    compiled = [tool("jupyter-book"), "build", "."]
    parts = ([sys.executable, "scripts/bench.py", "inputs", dataset], cells, compiled)
    return sum(spend(part, root).cpu for part in parts)


def _jobs(root: Path, dataset: str) -> tuple[Job, ...]:
    workspace, plan = open_workspace(dataset, root)
    return jobs(plan, workspace, workspace.dataset.current_edition)


def rows(measured: Measured) -> Iterator[tuple[str, ...]]:
    """Yield the table: what, seconds, stock from nothing / ours, demanded, peak memory."""
    for kind, times in measured.times.items():
        makes = f"stock: {STOCK_MAKES[kind]}"
        yield _row(f"{makes}, from nothing", times.stock, "1", "")
        yield _row(f"{makes}, again", times.stock_again, _again(times), "")
        for variant in VARIANTS:
            demanded = [f"≥ {variant.least:g}×"] if variant.least else []
            demanded += [f"< {variant.most:g} s"] if variant.most else []
            ratio = f"{times.ratio(variant.name):.1f}"
            what = f"{kind}, {variant.name}"
            yield _row(what, times.ours[variant.name], ratio, ", ".join(demanded))


def _row(what: str, spent: Sequence[Spent], ratio: str, demanded: str) -> tuple[str, ...]:
    peaks = [each.peak for each in spent if each.peak]
    memory = f"{max(peaks) / 1e6:.0f}" if peaks else "—"
    return what, f"{median(spent):.2f}", f"{ratio}×", demanded or "—", memory


def _again(times: Times) -> str:
    pairs = zip(times.stock, times.stock_again, strict=True)
    return f"{statistics.median(a.seconds / b.seconds for a, b in pairs):.1f}"


def section(measured: Measured) -> str:
    """Return the table with its date and floor, as README has it between the marks."""
    cells = ["what", "seconds", "stock from nothing ÷ it", "demanded", "peak memory, MB"]
    lines = [cells, ["---", *["---:"] * 4], *rows(measured)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return (
        f"Measured on {measured.day} on {measured.cores} processors with `python scripts/bench.py "
        f"build`: wall seconds of whole commands, medians of {measured.rounds} rounds in turn.\n\n"
        f"{table}\n\n"
        f"The floor is {measured.floor:.1f} s: the CPU seconds of judging, of all cells and of one "
        f"Sphinx, each once in one process, divided by the processors. A book from nothing takes "
        f"{measured.above_floor:.2f} times that (demanded: ≤ {ABOVE_FLOOR:g}). Each of "
        f"{measured.cores} processes that computed at once was {measured.pace:.2f} times as fast "
        "as one alone, which the stock route mostly is."
    )


def with_section(page: str, text: str) -> str:
    """Return a page with the table in place of what stands between the marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{text}\n{END}{after}"
