"""Read what analysts wrote about chapters: ``commentary/<edition>/<chapter>.md``.

A file is a short YAML front matter and Markdown. Here it is only read and checked; how it is shown,
and whether its figures still hold, is `planbook.present.tables.commentary_box`'s. `commentary_file`
writes the same format for ``scripts/commentary.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from planbook.collect.personal import personal_problem
from planbook.errors import Problem, ProblemsFound
from planbook.frames import CommentaryRow
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.vocabulary import Visibility
from planbook.written_dates import Day
from planbook.yamlfile import as_model, of_today, read_text, yaml_value

_FRONT = re.compile(r"(---[ \t]*\n.*?\n)---[ \t]*(?:\n|\Z)(.*)", re.DOTALL)
STARTER = "（在此撰写点评，写完删去本行。可用段落、列表、**加粗**和网址链接。）"
_NEW = "用 python -m planbook commentary new 生成文件后再填写正文"


class FrontMatter(BaseModel):
    """What stands above the text: who wrote it, when, who may read it, for which figures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    date: Day
    visibility: Visibility = Visibility.PUBLIC
    written_for: dict[str, str] = {}


def read_commentary(folder: Path, plan: Plan, edition: Edition) -> tuple[CommentaryRow, ...]:
    """Read the commentary of an edition; a correction edition falls back on its base's.

    Returns
    -------
    tuple of CommentaryRow
        In the plan's order of chapters. The text is empty where the line that asks for it still
        stands in the file.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the files of this edition and in the folders' names.
    """
    rows: dict[str, CommentaryRow] = {}
    problems: list[Problem] = []
    for path in _unknown(folder, plan):
        what = "点评的文件夹名不是期号" if path.is_dir() else "点评应放在期号文件夹中"
        fix = f"改为 commentary/{edition.base}/… 之类"
        problems.append(Problem(what, f"commentary/{path.name}", fix))
    chapters = [chapter.id for chapter in plan.chapters]
    for source in dict.fromkeys((edition.base, edition)):
        for path in _files(folder / str(source)):
            where = f"commentary/{source}/{path.name}"
            if path.suffix != ".md" or path.stem not in chapters:
                fix = f"文件名应为「章节.md」，章节有：{'、'.join(chapters)}"
                problems.append(Problem("不知道这是哪一章的点评", where, fix))
                continue
            row, wrong = _row(path, where, plan, source)
            problems += wrong
            if row is not None:
                rows[path.stem] = row
    if problems:
        raise ProblemsFound("分析点评", problems)
    return tuple(rows[id] for id in chapters if id in rows)


def altered_commentary(folder: Path, published: Path, edition: Edition) -> Iterator[Problem]:
    """Yield what of a quarter's commentary a correction edition would tell unlike its quarter's.

    Parameters
    ----------
    published
        The folder of commentary as it was when the quarter was published.
    """
    if not edition.correction:
        return
    now, then = (
        {path.name: path.read_bytes() for path in _files(each / str(edition.base))}
        for each in (folder, published)
    )
    for name in sorted(now | then):
        if now.get(name) != then.get(name):
            what = f"{edition.base} 已发布，其点评与发布时不同"
            fix = f"照原样恢复；更正版的点评另写在 commentary/{edition} 中"
            yield Problem(what, f"commentary/{edition.base}/{name}", fix)


def commentary_file(front: FrontMatter, text: str) -> str:
    """Return the content of a commentary's file."""
    figures = "".join(
        f"  {id}: {json.dumps(figure, ensure_ascii=False)}\n"
        for id, figure in front.written_for.items()
    )
    listed = f"written_for:  # 撰写时的数据，由脚本填写\n{figures}" if figures else ""
    about = f"unit: {front.unit}\ndate: {front.date.isoformat()}\n"
    seen_by = f"visibility: {front.visibility}  # public 公开；internal 只在内部版刊出\n"
    return f"---\n{about}{seen_by}{listed}---\n\n{text.strip()}\n"


def parse_commentary(text: str, where: str) -> tuple[FrontMatter | None, str, list[Problem]]:
    """Return the front matter, the Markdown below it, and what is wrong with either."""
    parts = _FRONT.fullmatch(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    if parts is None:
        return None, "", [Problem("开头缺少由两行 --- 围起的说明", where, _NEW)]
    content, problems = yaml_value(parts[1], where)
    body = parts[2].strip()
    if problems:
        return None, body, problems
    front, problems = as_model(FrontMatter, content, where)
    if not body:
        problems = [*problems, Problem("没有正文", where, "写入正文，或删去文件")]
    return front, body, problems


def _misfits(front: FrontMatter, body: str, where: str, plan: Plan) -> Iterator[Problem]:
    """Yield that nobody of the plan signs a text, and that it names a person's number."""
    if front.unit not in plan.unit_ids:
        known = "、".join(unit.id for unit in plan.units)
        yield Problem(f"没有填报单位「{front.unit}」", f"{where}: unit", f"现有：{known}")
    yield from personal_problem(body, where, plan.about.telephones)


def _row(
    path: Path, where: str, plan: Plan, edition: Edition
) -> tuple[CommentaryRow | None, list[Problem]]:
    text, problems = read_text(path, where)
    if text is None:
        return None, problems
    front, body, problems = parse_commentary(text, where)
    if front is None:
        return None, problems
    problems = [*problems, *of_today(_misfits(front, body, where, plan))]
    figures = json.dumps(front.written_for, ensure_ascii=False, sort_keys=True)
    row = CommentaryRow(
        chapter=path.stem,
        edition=edition,
        author=plan.unit_ids.get(front.unit, ""),
        written_on=front.date.isoformat(),
        visibility=front.visibility,
        written_for=figures if front.written_for else "",
        text="" if STARTER in body else body,
    )
    return row, problems


def _files(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder, without what editors and systems leave there."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.name.startswith((".", "~")) and not path.name.endswith("~"):
            yield path


def _unknown(folder: Path, plan: Plan) -> Iterator[Path]:
    """Yield what is neither an edition's folder nor the README."""
    for path in _files(folder):
        try:
            known = plan.cycle.has(Edition.parse(path.name)) and path.is_dir()
        except ValueError:
            known = path.name == "README.md"
        if not known:
            yield path
