"""Make the pictures of README.md: the demonstration book as a browser shows it.

python scripts/readme_pictures.py     writes docs/*.png from _build/html

For maintainers, after ``make book``. Needs Playwright and a Chromium: the system's, the one that
PLANBOOK_CHROMIUM names, or Playwright's own.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from browsers import executable
from planbook.workspace import Workspace

WIDE, PHONE = (1366, 900), (400, 820)  # pixels
GAP = 24  # pixels between the phones


class Shot(NamedTuple):
    """A page below the book's root, from which heading on, in which theme."""

    page: str
    start: str = ""  # a selector; empty: the top
    theme: str = "light"
    size: tuple[int, int] = WIDE


PICTURES = {
    "first-screen": Shot("index.html", size=(1366, 1200)),
    "scoreboard": Shot("chapters/overview.html#scoreboard?rating=behind,far-behind&sort=7"),
    "chapter": Shot("chapters/finance.html", ".pb-figure"),
    "goal": Shot("goals/software-revenue.html", size=(1366, 1080)),
}
PHONES = (
    Shot("index.html", size=PHONE),
    Shot("goals/tech-firm-loans.html", theme="dark", size=PHONE),
    Shot("chapters/digital.html", ".pb-figure", theme="dark", size=PHONE),
)


def main() -> None:
    """Write every picture."""
    workspace = Workspace.open("demo")
    folder = workspace.root / "docs"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        for name, shot in PICTURES.items():
            _write(_taken(browser, workspace.html, shot), folder / f"{name}.png")
        phones = [_taken(browser, workspace.html, shot) for shot in PHONES]
        _write(_in_a_row(phones), folder / "phone.png")
        browser.close()


def _taken(browser: Browser, book: Path, shot: Shot) -> Image.Image:
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.add_init_script(f"localStorage.mode = localStorage.theme = '{shot.theme}'")
    name, mark, state = shot.page.partition("#")
    page.goto((book / name).as_uri() + mark + state)
    if shot.start:
        page.locator(shot.start).first.evaluate("place => place.scrollIntoView()")
    page.wait_for_timeout(300)  # fonts, and what the scripts filter
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def _in_a_row(pictures: list[Image.Image]) -> Image.Image:
    width = sum(picture.width + GAP for picture in pictures) - GAP
    row = Image.new("RGB", (width, max(picture.height for picture in pictures)), "white")
    left = 0
    for picture in pictures:
        row.paste(picture, (left, 0))
        left += picture.width + GAP
    return row


def _write(picture: Image.Image, path: Path) -> None:
    # MAXCOVERAGE keeps the rare colours, of marks and symbols
    few = picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"docs/{path.name}  {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
