"""A page that Sphinx refuses stops no other: in its place stands that it was not made."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.errors import PagesRefused, ProblemsFound
from planbook.produce.not_made import WORDS, notebook_not_made, stand_in
from tests.produce.small_site import ALL, ALWAYS, Site, write

pytestmark = [
    pytest.mark.takes(15),
    pytest.mark.filterwarnings("ignore"),  # of libraries, which a build does not show
]

AFTER = "正文。\n"
WRONG = {
    "a link": ("port", "[断](no-such-page.md)", "no-such-page"),
    "a role": ("port", "{nosuchrole}`x`", "nosuchrole"),
    "a directive": ("port", "```{nosuchdirective}\n```", "nosuchdirective"),
    "what it includes": ("port", "```{include} nowhere.md\n```", "nowhere.md"),
    "a picture": ("port", "![图](nowhere.png)", "nowhere.png"),
}


def refusal(site: Site, kept: Path | None = None, jobs: int = 1) -> PagesRefused:
    with pytest.raises(PagesRefused) as refused:
        site.compile(kept, jobs)
    return refused.value


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_on_a_page_is_of_that_page(site: Site, kind: str) -> None:
    page, text, said = WRONG[kind]
    site.edit(f"book/{page}.md", AFTER, f"{AFTER}\n{text}\n")
    error = refusal(site)
    [(path, problems)] = error.pages.items()
    assert path == site.root / "book" / f"{page}.md"
    assert any(said in problem.what for problem in problems)
    assert tuple(problems) == error.problems


def test_all_pages_but_the_refused_ones_are_those_of_a_sound_book(site: Site) -> None:
    _, sound = site.compile()
    port = site.root / "book" / "port.md"
    text = port.read_text(encoding="utf-8")
    site.edit("book/port.md", AFTER, f"{AFTER}\n[断](no-such-page.md)\n")
    for _ in range(2):  # it is not taken for done
        error = refusal(site)
        # Labels and headings that other pages link to are gone with it: that stops nothing.
        compiled, files = site.compile(refused=error.pages)
        assert compiled.pages == len(ALL)
        assert WORDS in files["port.html"].decode()
        assert "港口" in files["port.html"].decode()
        assert {name for name in files if name.endswith(".html")} == {
            name for name in sound if name.endswith(".html")
        }
        assert "正文。" not in files["port.html"].decode()
        assert files["handbook.html"] == sound["handbook.html"]
    port.write_text(text, encoding="utf-8")
    compiled, mended = site.compile()
    assert mended == sound
    assert set(compiled.written) == ALWAYS | {"book/port"}


def test_two_pages_are_told_at_once_and_a_part_names_the_page_that_shows_it(site: Site) -> None:
    site.edit("book/city.md", "见", "{nosuchrole}`x`见")
    site.edit("book/chapters/_fragments/note.md", "一句话", "[断](no-such-page.md)")
    error = refusal(site)
    assert {path.stem for path in error.pages} == {"city", "port"}
    _, files = site.compile(refused=error.pages)
    assert WORDS in files["city.html"].decode()
    assert WORDS in files["port.html"].decode()


def test_what_is_wrong_with_the_book_itself_is_of_no_page(site: Site) -> None:
    site.edit("_toc.yml", "  - file: book/city\n", "  - file: book/city\n  - file: book/none\n")
    with pytest.raises(ProblemsFound, match="book/none") as refused:
        site.compile()
    assert not isinstance(refused.value, PagesRefused)


def test_a_page_without_a_title_is_refused_itself_and_once(site: Site) -> None:
    write(site.root / "book" / "city.md", "正文。\n")
    error = refusal(site)
    [(path, problems)] = error.pages.items()
    assert path.name == "city.md"
    assert any("没有标题" in problem.what for problem in problems)
    assert len(problems) == len(set(problems))
    assert error.pages.keys() == {path}


RAISES = """\
from docutils.parsers.rst import Directive

class Raises(Directive):
    def run(self):
        raise KeyError("坏了")

def setup(app):
    app.add_directive("raises", Raises)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_makes_an_extension_fail_is_found(
    site: Site, tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 1)
    write(site.root / "own" / "raising_extension.py", RAISES)
    site.edit(
        "_config.yml",
        "  extra_extensions:",
        "  local_extensions: {raising_extension: own}\n  extra_extensions:",
    )
    site.edit("book/city.md", "## 人口", "```{raises}\n```\n\n## 人口")
    error = refusal(site, tmp_path / "kept", jobs)
    [path] = error.pages
    assert path.name == "city.md"
    assert "坏了" in str(error)
    _, files = site.compile(tmp_path / "kept", jobs, error.pages)
    assert WORDS in files["city.html"].decode()


def test_a_stand_in_has_the_title_of_the_page() -> None:
    written = stand_in("book/a.md", "---\nx: 1\n---\n\n# 我的 <分析> #\n\n正文\n")
    assert written == f"# 我的 &#60;分析&#62;\n\n{WORDS}"
    assert stand_in("book/a.md", "正文\n").startswith("# a\n")
    notebook = notebook_not_made("甲").decode()
    assert stand_in("book/b.ipynb", notebook) == notebook
    assert '"# 乙' in stand_in("book/b.ipynb", notebook.replace("# 甲", "# 乙").replace(WORDS, "x"))
    assert '"# b' in stand_in("book/b.ipynb", "{")
