"""Side bars are those of Sphinx, whatever is left out while they are made."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.environment.adapters import toctree
from sphinx.util.docutils import docutils_namespace, patch_docutils

PAGES = {
    "index": ("a", "b/index", "c"),
    "a": (),
    "b/index": ("b/x", "b/y"),
    "b/x": ("b/deep",),
    "b/y": (),
    "b/deep": (),
    "c": ("d",),
    "d": (),
    "outside": (),
}
OPTIONS = "titles_only=True, includehidden=True, collapse={collapse}, maxdepth={depth}"


def side_bars(folder: Path, depth: int, *, collapse: bool, ours: bool) -> dict[str, str]:
    """Return what each page of a book of `PAGES` has in place of its content."""
    source, made = folder / "source", folder / ("ours" if ours else "stock")
    for name, below in PAGES.items():
        path = source / f"{name}.rst"
        path.parent.mkdir(parents=True, exist_ok=True)
        listed = "\n".join(f"   /{each}" for each in below)
        toc = f".. toctree::\n   :hidden:\n\n{listed}\n" if below else ""
        orphan = ":orphan:\n\n" if name == "outside" else ""
        text = f"{orphan}Page {name}\n{'=' * 20}\n\nPart\n----\n\nSmall part\n~~~~~~~~~~\n\n{toc}"
        path.write_text(text, encoding="utf-8")
    templates = folder / "templates"
    templates.mkdir(exist_ok=True)
    options = OPTIONS.format(collapse=collapse, depth=depth)
    (templates / "layout.html").write_text("{{ toctree(" + options + ") }}", encoding="utf-8")
    settings = {
        "extensions": ["planbook.produce.sphinx_ext.sidebar"] if ours else [],
        "templates_path": [str(templates)],
        "html_theme": "basic",
    }
    with patch_docutils(), docutils_namespace():
        app = Sphinx(source, None, made, made / "read", "html", settings, status=None)
        app.build()
    return {name: (made / f"{name}.html").read_text(encoding="utf-8") for name in PAGES}


@pytest.mark.filterwarnings("ignore")  # of libraries, which a build does not show
@pytest.mark.parametrize("collapse", [False, True])
@pytest.mark.parametrize("depth", [1, 2, -1])
def test_each_page_has_the_side_bar_that_sphinx_makes(
    tmp_path: Path, depth: int, collapse: bool
) -> None:
    ours = side_bars(tmp_path, depth, collapse=collapse, ours=True)
    assert ours == side_bars(tmp_path, depth, collapse=collapse, ours=False)
    assert "Page c" in ours["a"]
    assert len(set(ours.values())) > 3


@pytest.mark.filterwarnings("ignore")
def test_pages_that_are_not_shown_are_not_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    entry = toctree._toctree_entry

    def noted(title: str, ref: str, *others: object) -> object:
        seen.append(ref)
        return entry(title, ref, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(toctree, "_toctree_entry", noted)
    times = []
    for ours in (False, True):
        side_bars(tmp_path, 1, collapse=False, ours=ours)
        times.append((seen.count("c"), seen.count("d")))
        seen.clear()
    (stock, stock_below), (made, below) = times
    assert stock == stock_below > len(PAGES)
    assert made == stock - 1  # b/x and b/y share theirs
    assert below == 3  # for those two, for b/deep and for d itself
