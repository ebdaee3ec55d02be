"""The files of the data interface, by address from the book's root, and what each is called."""

from __future__ import annotations

from planbook.present.addresses import API
from planbook.present.book import Book
from planbook.produce.data_api import sdmx_files
from planbook.produce.data_api.api_record import json_bytes, schema_of
from planbook.produce.data_api.book_part import book_part
from planbook.produce.data_api.goal_json import GOAL_SCHEMA, goal_files
from planbook.produce.data_api.goal_parts import GoalFile
from planbook.produce.data_api.index_json import INDEX, INDEX_SCHEMA, IndexFile, index_file
from planbook.produce.data_api.projects_json import (
    PROJECTS,
    PROJECTS_SCHEMA,
    ProjectsFile,
    projects_file,
)

API_SAID = {  # title and description
    INDEX: ("全部目标（JSON）", "期号、引用格式、按状态计数，每个目标的状态、最新值和数据地址"),
    INDEX_SCHEMA: ("全部目标的 JSON Schema", "全部目标文件的键、类型、取值和含义"),
    GOAL_SCHEMA: ("目标数据的 JSON Schema", "各目标数据文件共用的键、类型、取值和含义"),
    PROJECTS: ("重点项目（JSON）", "分阶段的个数和投资，每个项目的阶段、投资、节点和本期变化"),
    PROJECTS_SCHEMA: ("重点项目的 JSON Schema", "重点项目文件的键、类型、取值和含义"),
    sdmx_files.DATA: ("指标数值（SDMX-CSV）", "每个指标、时期和口径一行，代码为英文"),
    sdmx_files.STRUCTURE: ("指标数值的数据结构（SDMX-JSON）", "SDMX-CSV 的数据结构定义和代码表"),
}


def api_files(book: Book) -> dict[str, bytes]:
    """Return every file's content by its address; the same book gives the same bytes."""
    part = book_part(book)
    others = {name: title for name, (title, _) in API_SAID.items() if name != INDEX}
    files = {
        INDEX: index_file(book, part, others),
        INDEX_SCHEMA: json_bytes(schema_of(IndexFile, API_SAID[INDEX][0])),
        GOAL_SCHEMA: json_bytes(schema_of(GoalFile, "一个目标的全部数据")),
        PROJECTS: projects_file(book, part),
        PROJECTS_SCHEMA: json_bytes(schema_of(ProjectsFile, API_SAID[PROJECTS][0])),
        sdmx_files.DATA: sdmx_files.data_csv(book),
        sdmx_files.STRUCTURE: sdmx_files.structure_json(book),
    }
    return {f"{API}/{name}": content for name, content in files.items()} | goal_files(book, part)
