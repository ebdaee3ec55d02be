"""``projects.json``: the reserve of key projects, by stage and one by one."""

from __future__ import annotations

from planbook.contract import Number
from planbook.present.book import Book
from planbook.present.reserve import by_stage, sum_of
from planbook.produce.data_api.api_record import VERSION, ApiRecord, json_bytes, key
from planbook.produce.data_api.book_part import BookPart
from planbook.produce.data_api.watch_parts import ProjectPart
from planbook.project_frames import ProjectRow, ProjectStage

PROJECTS = "projects.json"
PROJECTS_SCHEMA = "schema/projects.json"


class StagePart(ApiRecord):
    """How many projects are in a stage, and what those amount to that say it."""

    stage: ProjectStage
    label: str = key("阶段名称")
    count: int = key("项目数")
    total_investment: Number
    year_investment: Number
    invested: Number


class ProjectsFile(ApiRecord):
    """The reserve in an edition."""

    schema_address: str = key("本文件的 JSON Schema", "相对本文件的地址", alias="schema")
    version: str = key("数据接口版本")
    book: BookPart = key("出自")
    stages: tuple[StagePart, ...] = key(
        "分阶段", "每个项目只计入当前阶段，退库的不计；三种金额不能相加，没有填报的不计"
    )
    projects: tuple[ProjectPart, ...] = key("项目", "按填报单位；退库的列到当年年底")


def projects_file(book: Book, part: BookPart) -> bytes:
    """Return ``projects.json``."""
    return json_bytes(
        ProjectsFile(
            schema_address=PROJECTS_SCHEMA,
            version=VERSION,
            book=part,
            stages=tuple(_stage(stage, own) for stage, own in by_stage(book.rows.projects).items()),
            projects=tuple(map(ProjectPart.of, book.rows.projects)),
        )
    )


def _stage(stage: ProjectStage, own: list[ProjectRow]) -> StagePart:
    return StagePart(
        stage=stage,
        label=stage.label,
        count=len(own),
        total_investment=sum_of(own, "total_investment").amount,
        year_investment=sum_of(own, "year_investment").amount,
        invested=sum_of(own, "invested").amount,
    )
