"""Make the pictures of the handbook: the real template, feedback and status table, from the demo.

python scripts/handbook_pictures.py     writes book/_static/handbook/*.png

For maintainers, after a change to the workbooks' look. Needs LibreOffice and pdftoppm (poppler),
and for the right column widths Carlito, which is as wide as Excel's own default font.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import openpyxl
from openpyxl.worksheet.pagebreak import ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from planbook.collect.feedback.marked_copy import feedback_workbook
from planbook.collect.form.form_style import FONT
from planbook.collect.inbox.checking import check_file
from planbook.collect.inbox.filed import earlier_editions, read_filed
from planbook.collect.inbox.status_table import edition_status
from planbook.collect.layout import (
    FEEDBACK_SHEET,
    FIRST_ROW,
    MEASURES,
    REPLIES,
    VALUES,
    Table,
)
from planbook.plan import load_plan
from planbook.project_folders import find_root
from planbook.run.arguments import known_workspaces
from planbook.run.collecting import print_status
from planbook.run.opening import open_workspace

UNIT, EDITION = "port", "2026-Q4"  # it has an open action
STATUS_DAY = dt.date(2026, 10, 18)  # two days before the deadline: some are still awaited
FEEDBACK_DAY = dt.date(2027, 1, 12)
TYPED: dict[tuple[Table, int, str], str | float] = {  # what a hasty department types
    (VALUES, 0, "value"): "61.2亿元",
    (VALUES, 0, "prior_value"): 56.1,
    (VALUES, 1, "value"): 27.4,
    (VALUES, 1, "prior_value"): 25.3,
    (VALUES, 1, "yoy"): -8.3,
    (VALUES, 1, "yoy_type"): "名义",
    (VALUES, 3, "value"): 5,
    (VALUES, 4, "value"): "1O12",
    (VALUES, 5, "value"): 22.61,
    (VALUES, 5, "prior_value"): 208.26,
    (MEASURES, 0, "progress"): "片区路网建成通车，2家企业入驻。",
}
SKIPPED_MEASURE = 3  # the row whose status is cleared
DPI, COLOURS = 100, 128
CONSOLE_WIDTH = 110  # cells


def main() -> None:
    """Write every picture."""
    root = find_root()
    target = root / "book" / "_static" / "handbook"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _template(folder)
        blank = folder / f"{EDITION}-{UNIT}.xlsx"
        filled = folder / "filled.xlsx"
        _fill(blank, filled)
        marked = folder / "marked.xlsx"
        marked.write_bytes(_feedback(filled, root))
        pictures = {
            "template-values": _picture(blank, VALUES.sheet, folder),
            "template-measures": _picture(blank, MEASURES.sheet, folder),
            "template-replies": _picture(blank, REPLIES.sheet, folder),
            "feedback-list": _picture(marked, FEEDBACK_SHEET, folder),
            "feedback-values": _picture(marked, VALUES.sheet, folder),
        }
    pictures |= {
        "status": _text_picture(_status()),
    }
    for name, picture in pictures.items():
        path = target / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.relative_to(root).as_posix()}  {path.stat().st_size / 1000:.0f} kB")


def _template(folder: Path) -> None:
    script = Path(__file__).with_name("collect.py")
    options = ("--dataset", "demo", "--edition", EDITION, "--unit", UNIT, "--out", folder)
    subprocess.run([sys.executable, script, "template", *options], check=True)


def _feedback(filled: Path, root: Path) -> bytes:
    """Return the copy that goes back, as the command makes it on `FEEDBACK_DAY`."""
    plan = load_plan(root / "data" / "plan")
    workspaces = known_workspaces(root, plan)
    datasets = {name: workspace.dataset for name, workspace in workspaces.items()}
    before = earlier_editions(plan, workspaces)
    checked = check_file(filled, plan, datasets, before=before, received=FEEDBACK_DAY)
    return feedback_workbook(checked.data, checked.findings)


def _fill(blank: Path, filled: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for (table, row, key), typed in TYPED.items():
        book[table.sheet].cell(FIRST_ROW + row + 1, table.at(key) + 1).value = typed
    skipped = FIRST_ROW + 1 + SKIPPED_MEASURE
    book[MEASURES.sheet].cell(skipped, MEASURES.at("status") + 1).value = None
    book.save(filled)


def _picture(workbook: Path, sheet: str, folder: Path) -> Image.Image:
    """Return a sheet as a screen shows it: all its columns beside each other, without margins."""
    book = openpyxl.load_workbook(workbook)
    for each in book.worksheets:
        each.sheet_state = "visible" if each.title == sheet else "hidden"
    book.active = book[sheet]
    shown = book[sheet]
    shown.col_breaks, shown.print_title_cols = ColBreak(), None
    shown.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    shown.page_setup.fitToWidth, shown.page_setup.fitToHeight = 1, 0
    alone = folder / f"{workbook.stem}-alone.xlsx"
    book.save(alone)
    fonts = folder / "fonts.conf"
    family = ImageFont.truetype(str(sans_path()), 10).getname()[0]
    fonts.write_text(
        '<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include>'
        f"<dir>{Path(str(sans_path())).parent}</dir>"
        f'<match target="pattern"><test name="family"><string>{FONT}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>'
        "</match></fontconfig>",
        encoding="utf-8",
        newline="\n",
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(
        ["libreoffice", "--headless", "--convert-to", "pdf", "--outdir", folder, alone],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    first = ("-f", "1", "-singlefile", "-r", str(DPI), "-png")
    subprocess.run(
        ["pdftoppm", *first, alone.with_suffix(".pdf"), alone.with_suffix("")], check=True
    )
    with Image.open(alone.with_suffix(".png")) as image:
        return _trimmed(image.convert("RGB"))


def _trimmed(image: Image.Image) -> Image.Image:
    """Cut off the footer and the white around the rest."""
    above = image.crop((0, 0, image.width, int(image.height * 0.93)))
    white = Image.new("RGB", above.size, "white")
    left, top, right, bottom = ImageChops.difference(above, white).getbbox() or (0, 0, 1, 1)
    return above.crop((max(left - 8, 0), max(top - 8, 0), right + 8, bottom + 8))


def _status() -> str:
    """Return what the status command prints on `STATUS_DAY`, with what had come in by then."""
    root = find_root()
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("plan", "demo"):
            shutil.copytree(root / "data" / name, Path(scratch) / "data" / name)
        workspace, plan = open_workspace("demo", Path(scratch))
        edition = workspace.dataset.current_edition
        for path in (workspace.submissions / str(edition)).glob("*.xlsx"):
            _, day = path.stem.split("-", 1)
            if dt.date.fromisoformat(day[:10]) > STATUS_DAY:
                path.unlink()
        received = read_filed(workspace, plan, edition, STATUS_DAY)
    printed = io.StringIO()
    os.environ["COLUMNS"] = str(CONSOLE_WIDTH)
    with contextlib.redirect_stdout(printed):
        print_status(edition_status(workspace.dataset, received, edition, STATUS_DAY))
    command = f"$ python scripts/collect.py status --dataset demo --edition {edition}"
    return f"{command}\n{printed.getvalue().rstrip()}"


def _text_picture(text: str) -> Image.Image:
    """Draw text as a console shows it: Chinese marks are two cells wide."""
    size, cell = 15, 8  # pixels
    chinese = ImageFont.truetype(str(sans_path()), size)
    latin = ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSansMono.ttf"), 13)
    height = int(size * 1.5)
    lines = [line for part in text.split("\n") for line in _wrapped(part.rstrip())]
    image = Image.new("RGB", (CONSOLE_WIDTH * cell + 32, height * len(lines) + 24), "#1F2933")
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        column, base = 0, 12 + row * height + size
        for mark in line:
            font = latin if _cells(mark) == 1 else chinese
            at = (16 + column * cell, base)
            draw.text(at, mark, fill="#E6EBF0", font=font, anchor="ls")
            column += _cells(mark)
    return image


def _wrapped(line: str) -> Iterator[str]:
    part = ""
    for mark in line:
        if sum(map(_cells, part + mark)) > CONSOLE_WIDTH:
            yield part
            part = ""
        part += mark
    yield part


def _cells(mark: str) -> int:
    return 2 if unicodedata.east_asian_width(mark) in "WFA" and ord(mark) > 0x7F else 1


if __name__ == "__main__":
    main()
