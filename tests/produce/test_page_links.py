"""Links from notebook to notebook: which pages there are, and when a page is made again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planbook.plan import load_plan
from planbook.produce.notebooks.jobs import Outcome, jobs
from planbook.produce.notebooks.kept_notebooks import PARAMETERS, KeptNotebooks
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace
from tests.books import ROOT, job


def test_every_job_knows_all_pages_of_its_book_by_their_notebooks() -> None:
    workspace = Workspace.open("demo", ROOT)
    plan = load_plan(workspace.plan)
    edition = workspace.dataset.current_edition
    (known,) = {tuple(sorted(each.pages.items())) for each in jobs(plan, workspace, edition)}
    assert ("cluster_digital", ("digital",)) in known
    assert ("data_quality", ("data-quality",)) in known
    back = plan.about.back
    first = back[0].model_copy(update={"visibility": Visibility.INTERNAL})
    about = plan.about.model_copy(update={"back": (first, *back[1:])})
    hidden = plan.model_copy(update={"about": about})
    public = replace(workspace, visibility=Visibility.PUBLIC)
    assert back[0].notebook not in jobs(hidden, public, edition)[0].pages


def test_a_page_is_made_again_when_one_that_it_leads_to_has_another_address(
    tmp_path: Path,
) -> None:
    wanted = job(tmp_path, "# [其他](other.ipynb)")
    kept = KeptNotebooks(tmp_path / "records.json", str, "")
    leads = replace(wanted, pages={"other": ("a",)})
    made = tmp_path / "made.ipynb"
    made.write_text("{}", encoding="utf-8")
    assert kept.changed(leads)  # so it is executed
    kept.keep(leads, made, Outcome(0.0))
    assert kept.changed(leads) == ()
    assert kept.changed(replace(wanted, pages={"other": ("b",)})) == (PARAMETERS,)
    assert kept.changed(replace(leads, pages={"other": ("a",), "more": ("c",)})) == ()
