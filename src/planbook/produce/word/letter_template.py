"""A template of a letter: what is wrong with it, and letters filled from it.

A template is a Word file in which fields stand in double braces; docxtpl and jinja2 fill them. It
is read whole before anything is filled, so that a field that stands in a branch no unit needs today
is missed today and not in a year. A template calculates at most: jinja2's sandbox runs it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from planbook.errors import Problem, ProblemsFound
from planbook.letters import Letter, LetterFields, LetterItems
from planbook.produce.word.same_bytes import saved

_Scope = Mapping[str, "frozenset[str] | None"]  # by name: what may follow its point; None: anything
_WIDE = re.compile(r"｛\s*[｛%％]|[{]\s*％|%\s*｝|｝\s*｝")
_WHOLE = re.compile(r"\{\{(?:(?!\{[{%]).)*?\}\}|\{%(?:(?!\{[{%]).)*?%\}|\{#.*?#\}")
_HALF = re.compile(r"\{[{%]|[%}]\}")  # left of a tag that is not whole
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAGS = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_SYNTAX = (
    "核对花括号和 if、for 是否成对：字段写 {{ 单位 }}，"
    "循环写 {%p for 项 in 要求 %} 至 {%p endfor %}"
)
_NOT_WORD = (BadZipFile, OpcError, LxmlError, KeyError, ValueError, AttributeError)


@dataclass(frozen=True)
class LetterTemplate:
    """A Word file from which letters are filled; `where` is how problems name it."""

    letter: Letter
    where: str
    content: bytes

    def problems(self) -> tuple[Problem, ...]:
        """Return all that is wrong with it: fields that there are not, syntax, wide braces."""
        try:
            sources = self._sources
        except _NOT_WORD:
            fix = "用 Word 或 WPS 打开，另存为 Word 文档（.docx）"
            return (Problem("不是 Word 文档，或者已损坏", self.where, fix),)
        return tuple(dict.fromkeys(found for source in sources for found in self._wrong(*source)))

    def filled(self, fields: LetterFields, day: dt.date) -> bytes:
        """Return a letter as a Word file, the same bytes for the same fields and day.

        Raises
        ------
        ProblemsFound
            If the template cannot be filled for a reason that `problems` does not know.
        """
        document = DocxTemplate(io.BytesIO(self.content))
        clean = {name: _clean(said) for name, said in fields.items()}
        try:
            document.render(clean, _environment())
        except (TemplateError, LxmlError, TypeError, ValueError, ArithmeticError) as error:
            said = f"模板不能填写（{type(error).__name__}：{error}）"
            raise ProblemsFound("公文模板", [Problem(said, self.where, _SYNTAX)]) from error
        about = f"{self.letter}（{clean['单位']}，{clean['期号']}）"
        author = str(clean["发出单位"])
        return saved(document.docx, title=about, author=author, day=day, parts={})

    @cached_property
    def _sources(self) -> tuple[tuple[str, str], ...]:
        """Body, headers, footers, title of the file; a line a paragraph.

        Each as typed, and as jinja2 reads it: docxtpl drops paragraphs with half a tag.
        """
        document = DocxTemplate(io.BytesIO(self.content))
        about = document.get_docx().core_properties
        found = [document.get_xml()]
        for uri in (document.HEADER_URI, document.FOOTER_URI):
            for _, part in document.get_headers_footers(uri):
                found.append(document.get_part_xml(part))
        both = [(text, document.patch_xml(text)) for text in found]
        both += [
            (text, text) for text in (about.title, about.author, about.subject, about.comments)
        ]
        return tuple((_by_paragraph(typed), _by_paragraph(read)) for typed, read in both)

    def _wrong(self, typed: str, source: str) -> Iterator[Problem]:
        halves = [line for line in typed.split("\n") if _has_half(_TAGS.sub("", line))]
        lines = (typed if halves else source).split("\n")
        for line in lines:
            if wide := _WIDE.search(_TAGS.sub("", line)):
                fix = "花括号和百分号用半角：{{ }}、{% %}"
                yield Problem(f"「{wide[0]}」是全角符号", self._at(line), fix)
        for line in halves:
            yield Problem("模板语法有误", self._at(line), _SYNTAX)
        if halves:
            return
        environment = _environment()
        try:
            environment.from_string(source)
            parsed = environment.parse(source)
        except TemplateSyntaxError as error:
            line = lines[min(error.lineno, len(lines)) - 1]
            yield Problem("模板语法有误", self._at(line), _SYNTAX)
            return
        for node, what, fix in _unknown(parsed, self.letter):
            yield Problem(what, self._at(lines[node.lineno - 1]), fix)

    def _at(self, line: str) -> str:
        said = " ".join(_TAGS.sub("", line).split())
        return f"{self.where}，「{said[:60]}」" if said else self.where


def _by_paragraph(xml: str) -> str:
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def _has_half(text: str) -> bool:
    return bool(_HALF.search(_WHOLE.sub("", text)))


def _clean(said: str | LetterItems) -> str | list[dict[str, str]]:
    """Return what a field says without characters that no XML may hold."""
    if isinstance(said, str):
        return _ILLEGAL.sub("\ufffd", said)
    return [{name: _ILLEGAL.sub("\ufffd", text) for name, text in item.items()} for item in said]


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


_Found = tuple[nodes.Node, str, str]  # what stands there, what is wrong with it, how to fix it


def _unknown(parsed: nodes.Template, letter: Letter) -> Iterator[_Found]:
    """Yield what a template names and a letter does not have."""
    lists = {f.name: frozenset(i.name for i in f.items) for f in letter.fields if f.items}
    scope: dict[str, frozenset[str] | None] = {f.name: frozenset() for f in letter.fields}
    for each in parsed.find_all(nodes.Assign):
        scope |= dict.fromkeys(_targets(each.target), None)
    known = f"「{letter}」的字段有：{'、'.join(f.name for f in letter.fields)}"
    yield from _names(parsed, scope, lists, known)


def _names(
    node: nodes.Node, scope: _Scope, lists: Mapping[str, frozenset[str]], known: str
) -> Iterator[_Found]:
    if isinstance(node, nodes.For):
        yield from _names(node.iter, scope, lists, known)
        own = lists.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
        inner = {**scope, **dict.fromkeys(_targets(node.target), own), "loop": None}
        for each in (*node.body, *node.else_, *filter(None, [node.test])):
            yield from _names(each, inner, lists, known)
        return
    if isinstance(node, nodes.Output):
        for each in node.nodes:
            if isinstance(each, nodes.Name) and each.name in lists:
                what = f"「{each.name}」有多条，不能直接写出"
                fix = f"{{%p for 项 in {each.name} %}}，每条的字段有：{_listed(lists[each.name])}"
                yield each, what, f"写成循环：{fix}"
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in scope:
        yield node, f"没有「{node.name}」这个字段", known
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        allowed = scope.get(node.node.name)
        if allowed is not None and node.attr not in allowed:
            what = f"「{node.node.name}」没有「{node.attr}」"
            yield node, what, f"可用的有：{_listed(allowed)}" if allowed else known
    for each in node.iter_child_nodes():
        yield from _names(each, scope, lists, known)


def _listed(names: frozenset[str]) -> str:
    return "、".join(sorted(names))


def _targets(target: nodes.Node) -> list[str]:
    found = [target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
    return [name.name for name in found]
