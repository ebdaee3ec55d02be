"""YAML files that people write, read strictly, and what is wrong with them said in Chinese.

Turns a file into plain values and checks them against a model; every problem comes back as a
`Problem` with file and key path, none is raised. The nodes come from PyYAML's libyaml parser, ten
times faster than one in pure Python, and are read here by YAML 1.2's rules: ``no`` is a word,
``2025-07-08`` is text, and a key given twice is a problem instead of a silent overwrite.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, StringConstraints, ValidationError

from planbook.errors import Problem, UnfitFile, system_words
from planbook.plain_reads import LARGEST_TEXT, whole_file

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"|~|null|Null|NULL")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,300}")  # longer ones are no numbers anybody means
_DEEP = re.compile(r"(?:[\[{]\s*){50}|(?:-[ \t]+){50}|^ {400}", re.MULTILINE)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]  # no blanks
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Model = TypeVar("Model", bound=BaseModel)
Location = tuple[str | int, ...]
_passes_over = ContextVar("passes_over_unknown", default=False)


def read_yaml(path: Path, where: str) -> tuple[Any, list[Problem]]:
    """Read one document as dicts, lists, text and numbers, and the problems found.

    `where` is what problems call the file. The value is ``None`` if it cannot be read at all.
    """
    text, problems = read_text(path, where)
    return (None, problems) if text is None else yaml_value(text, where)


def read_text(path: Path, where: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a UTF-8 file, or ``None`` and why it cannot be read."""
    try:
        text = whole_file(path, LARGEST_TEXT).decode()
        return text.replace("\r\n", "\n").replace("\r", "\n"), []
    except FileNotFoundError:
        return None, [Problem("缺少文件", where, f"新建 {path.name}，写法见 data/README.md")]
    except UnicodeDecodeError:
        return None, [Problem("不是 UTF-8 编码的文本", where, "用编辑器另存为 UTF-8 编码")]
    except UnfitFile as error:
        return None, [Problem(str(error), where, "换成写法如 data/README.md 所说的文本文件")]
    except OSError as error:
        what = f"无法读取（{system_words(error)}）"
        return None, [Problem(what, where, "关闭正在使用它的程序，并检查读取权限")]


def yaml_value(text: str, where: str) -> tuple[Any, list[Problem]]:
    """Read the text of one document; see `read_yaml`."""
    try:
        return _value(text, where)
    except RecursionError:
        return None, [Problem("层次过深", where, "检查括号和缩进，写法见 data/README.md")]


def _value(text: str, where: str) -> tuple[Any, list[Problem]]:
    if _DEEP.search(text):
        raise RecursionError  # the parser itself would not survive it
    try:
        node = yaml.compose(text, Loader=_PARSER)
    except yaml.YAMLError as error:
        return None, [_syntax_problem(error, where)]
    if node is None:
        return None, [Problem("文件是空的", where, "写入内容，写法见 data/README.md")]
    reader = _Reader(where)
    return reader.value(node, ()), reader.problems


@contextmanager
def passing_over_unknown(does: bool = True) -> Iterator[None]:
    """Pass over keys and columns that no model knows while a file is read that was frozen.

    They were known when it was written, and nobody can take them out of it.
    """
    before = _passes_over.set(does or _passes_over.get())
    try:
        yield
    finally:
        _passes_over.reset(before)


def passes_over_unknown() -> bool:
    """Tell whether what is read now was frozen, so that unknown keys are passed over."""
    return _passes_over.get()


def of_today(problems: Iterable[Problem]) -> list[Problem]:
    """Return what today's rules find wrong with what could be read; of what was frozen, nothing.

    It was held against the rules of its day, and nobody can mend it: only what cannot be read at
    all is a problem of it. Those of an iterator are not even looked for.
    """
    return [] if passes_over_unknown() else list(problems)


def as_model(model: type[Model], value: Any, where: str) -> tuple[Model | None, list[Problem]]:
    """Return the value as an object of `model`, or ``None`` and all that is wrong with it."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        unknown = [e["loc"] for e in error.errors() if e["type"] == "extra_forbidden"]
        if unknown and passes_over_unknown() and (less := _without(value, unknown)) != value:
            return as_model(model, less, where)
        return None, [_shape_problem(model, e, where) for e in error.errors() if not _echo(e)]


def _without(value: Any, unknown: Collection[Location]) -> Any:
    """Return the value without the keys at some places."""
    if isinstance(value, dict):
        return {
            key: _without(inner, [at[1:] for at in unknown if at[0] == key and at[1:]])
            for key, inner in value.items()
            if (key,) not in unknown
        }
    if isinstance(value, list):
        return [
            _without(inner, [at[1:] for at in unknown if at[0] == n])
            for n, inner in enumerate(value)
        ]
    return value


def place(where: str, location: Location) -> str:
    """Return ``file: fields[0].goals[1].quote``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return f"{where}: {path}" if path else where


class _Reader:
    """Turns nodes into values, collecting what YAML would pass over in silence."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, at: Location) -> Any:
        if id(node) in self._seen:
            self._add("不支持 YAML 的引用（& 和 *）", at, "把被引用的内容照写一遍")
            return None
        self._seen.add(id(node))
        match node:
            case yaml.MappingNode():
                return self._mapping(node, at)
            case yaml.SequenceNode():
                return [self.value(item, (*at, n)) for n, item in enumerate(node.value)]
            case _:
                return _scalar(node.value) if not node.style else node.value

    def _mapping(self, node: yaml.MappingNode, at: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                what = f"键「{key}」写了两次（第{lines[key]}行和第{line}行）"
                self._add(what, (*at, key), "只留一处")
                continue
            lines[key] = line
            found[key] = self.value(value_node, (*at, key))
        return found

    def _add(self, what: str, at: Location, fix: str) -> None:
        self.problems.append(Problem(what, place(self.where, at), fix))


def _scalar(text: str) -> Any:
    """Return what an unquoted word means in YAML 1.2's core schema."""
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text):
        return True
    if _FALSE.fullmatch(text):
        return False
    if _INT.fullmatch(text):
        return int(text)
    number = float(text) if _FLOAT.fullmatch(text) else math.inf
    return number if math.isfinite(number) else text


def _syntax_problem(error: yaml.YAMLError, where: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place_in_file = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else "位置不明"
    detail = getattr(error, "problem", None) or str(error).splitlines()[0]
    fix = "检查该行及上一行的缩进、冒号和引号；以 % @ > ~ 开头的值须加引号"
    return Problem(f"不是合法的 YAML（{place_in_file}：{detail}）", where, fix)


def _echo(error: Any) -> bool:
    """Whether a list is called too short only because its items are wrong, which is said."""
    if error["type"] != "too_short":
        return False
    return bool(len(error["input"]) >= error["ctx"]["min_length"])


def _shape_problem(model: type[BaseModel], error: Any, where: str) -> Problem:
    location: Location = error["loc"]
    key = location[-1] if location else ""
    context = {"key": key, "value": error["input"], **error.get("ctx", {})}
    what, fix = _WORDING.get(error["type"], ("{unforeseen}", _SEE_README))
    match error["type"]:
        case "missing" if isinstance(key, int):
            what = f"缺少第{key + 1}项"
        case "extra_forbidden":
            fix = _where_a_key_belongs(model, location)
        case "string_pattern_mismatch":
            fix = _PATTERNS.get(context["pattern"], fix)
        case "enum" | "literal_error":
            allowed = re.findall("'([^']*)'", context["expected"])
            fix = f"改为：{'、'.join(allowed)}"
    what = what.format(**context, unforeseen=error["msg"])
    fix = fix.format(**context)
    return Problem(what, place(where, location), fix)


_SEE_README = "对照 data/README.md 改正"
_NOT_A_NUMBER = ("「{value}」不是数", "只写数字，不带单位、引号和千分位")
_NOT_A_LIST = ("应为列表", "每项一行，以「- 」开头")
_NOT_A_MAPPING = ("应为若干键和值", _SEE_README)
_PATTERNS = {  # in words, of names that people choose
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "只用小写字母、数字和连字符，如 online-retail",
    r"^[a-z][a-z0-9_]*$": "只用小写字母、数字和下划线，以字母开头，如 my_analysis；文件也这样命名",
}
_WORDING = {  # pydantic's type of error → what is wrong, how to fix it
    "missing": ("缺少「{key}」", "补上"),
    "extra_forbidden": ("没有「{key}」这个键", ""),
    "enum": ("「{value}」不在允许的取值之内", ""),
    "literal_error": ("「{value}」不在允许的取值之内", ""),
    "string_type": ("「{value}」不是文字", "若确为文字，加引号"),
    "string_too_short": ("「{key}」不能为空", "填写内容"),
    "string_pattern_mismatch": ("「{value}」的写法不对", "按此规则书写：{pattern}"),
    "float_type": _NOT_A_NUMBER,
    "float_parsing": _NOT_A_NUMBER,
    "int_type": _NOT_A_NUMBER,
    "int_parsing": _NOT_A_NUMBER,
    "int_from_float": ("「{value}」不是整数", "写整数"),
    "bool_type": ("「{value}」不是真假值", "写 true 或 false"),
    "bool_parsing": ("「{value}」不是真假值", "写 true 或 false"),
    "greater_than_equal": ("「{value}」太小", "应不小于{ge}"),
    "less_than_equal": ("「{value}」太大", "应不大于{le}"),
    "less_than": ("「{value}」太大", "应小于{lt}"),
    "tuple_type": _NOT_A_LIST,
    "list_type": _NOT_A_LIST,
    "too_short": ("「{key}」至少要有{min_length}项", "补上内容"),
    "too_long": ("「{key}」多于{max_length}项", "删去多余的项"),
    "model_type": _NOT_A_MAPPING,
    "dict_type": _NOT_A_MAPPING,
    "date_parsing": ("「{value}」不是日期", "写作 2026-10-20"),
    "date_from_datetime_parsing": ("「{value}」不是日期", "写作 2026-10-20"),
    "value_error": ("{error}", _SEE_README),
}


def _where_a_key_belongs(model: type[BaseModel], location: Location) -> str:
    """Return a hint for an unknown key: a deeper place that has it, a similar name, or all."""
    owner, key = model, str(location[-1])
    for part in location[:-1]:
        if isinstance(part, str) and part in owner.model_fields:
            owner = _model_in(owner.model_fields[part].annotation) or owner
    deeper = next(_paths_to(owner, key), "")
    if deeper:
        return f"移到 {deeper} 之下"
    known = list(owner.model_fields)
    similar = difflib.get_close_matches(key, known, n=1)
    if similar:
        return f"是否应为「{similar[0]}」？"
    return f"删去，或改为：{'、'.join(known)}"


def _paths_to(model: type[BaseModel], key: str) -> Iterator[str]:
    """Yield the places below a model whose objects have this key."""
    for name, field in model.model_fields.items():
        inner = _model_in(field.annotation)
        if inner is None:
            continue
        if key in inner.model_fields:
            yield f"{name}[…]"
        yield from (f"{name}[…].{deeper}" for deeper in _paths_to(inner, key))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation such as ``tuple[Goal, ...]`` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for arg in get_args(annotation) if (m := _model_in(arg)) is not None), None)
