"""A project of a few pages that Sphinx compiles in a second, without plan or data."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from planbook.present.addresses import FRAGMENTS
from planbook.produce.site.book_facts import BookFacts
from planbook.produce.site.compile import Compiled, compile_html

PROJECT = Path(__file__).resolve().parents[2]
FACTS = BookFacts(
    book="报告",
    plan_title="规划",
    edition="2024-Q1",
    edition_label="2024年一季度",
    correction="",
    dataset="demo",
    dataset_title="示例",
    demonstration=True,
    confidential=False,
    banner="示例数据",
    dataset_ld='{"size": 1}',
)
PAGES = {
    "index": "---\nshort_title: 导读\n---\n\n# 导读\n\n全书从这里开始，见[港口](#berths)。\n",
    "port": "(berths)=\n# 港口\n\n正文。\n\n```{include} chapters/_fragments/note.md\n```\n",
    "city": "# 城市\n\n见[](port.md)与[泊位](port.md#数目)。\n\n## 人口\n\n$x^2$\n",
    "handbook": "# 手册\n\n```{image} _static/picture.png\n:alt: 图\n```\n",
    "downloads": "# 下载\n\n全部文件在这里。\n",
    "goals/index": "# 目录\n\n- [泊位数](berths.md)\n",
    "goals/berths": "# 泊位数\n\n三个。\n",
    "goals/visitors": "# 游客\n\n九人。\n",
    "chapters/_fragments/note": "一句话。\n",
}
PAGES["port"] += "\n## 数目\n\n三个。\n"
TOC = """\
format: jb-book
root: book/index
chapters:
  - file: book/port
  - file: book/city
  - file: book/goals/index
    sections:
      - file: book/goals/berths
      - file: book/goals/visitors
  - file: book/downloads
  - file: book/handbook
"""
ALL = {f"book/{name}" for name in PAGES if not name.startswith("chapters/")}
ALWAYS = {"book/index"}  # Sphinx writes the first page in any case


@dataclass
class Site:
    """A small project, compiled once."""

    root: Path
    kept: Path
    made: Path

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def say(self, facts: BookFacts) -> None:
        write(self.root / "book" / FRAGMENTS / "book.json", facts.to_json())

    def compile(
        self, kept: Path | None = None, jobs: int = 1, refused: Collection[Path] = ()
    ) -> tuple[Compiled, dict[str, bytes]]:
        compiled = compile_html(self.root, self.made, kept or self.kept, jobs, refused)
        files = (path for path in self.made.rglob("*") if path.is_file())
        return compiled, {
            path.relative_to(self.made).as_posix(): path.read_bytes() for path in files
        }


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)


def compiled_site(folder: Path) -> Site:
    """Return the project in a folder, compiled, with a copy of it beside it."""
    site = Site(folder / "root", folder / "kept", folder / "scratch" / "html")
    shutil.copytree(
        PROJECT / "book" / "_static",
        site.root / "book" / "_static",
        ignore=shutil.ignore_patterns("handbook"),
    )
    picture = next((PROJECT / "book" / "_static" / "handbook").glob("*.png"))
    write(site.root / "book" / "_static" / "picture.png", picture.read_bytes())
    write(site.root / "_config.yml", (PROJECT / "_config.yml").read_bytes())
    write(site.root / "_toc.yml", TOC)
    for name, text in PAGES.items():
        write(site.root / "book" / f"{name}.md", text)
    site.say(FACTS)
    site.made.parent.mkdir()
    compiled, _ = site.compile()
    assert set(compiled.read) == set(compiled.written) == ALL
    for part in (site.root, site.kept):
        shutil.copytree(part, part.with_suffix(".first"))
    return site
