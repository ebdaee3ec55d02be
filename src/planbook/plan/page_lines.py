"""The entries of ``back:`` in the text of ``plan.yaml``: one added or taken out, all else kept.

People write that file, with comments of theirs, so only the lines of the one entry change.
"""

from __future__ import annotations

import json

import yaml

from planbook.plan.plan_file import Page
from planbook.vocabulary import Visibility
from planbook.yamlfile import yaml_value

_KEY = "back"


def with_page(text: str, page: Page) -> str:
    """Return the text with a page at the end of ``back:``.

    Raises
    ------
    ValueError
        If ``back:`` is written in one line, so that no line can be added.
    """
    key, pages = _back(text)
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    if key is None:
        return "".join((*lines, f"{end}{_KEY}:{end}", *_entry(page, "  ", end)))
    if pages is None:  # null or []
        at = key.start_mark.line
        return "".join((*lines[:at], f"{_KEY}:{end}", *_entry(page, "  ", end), *lines[at + 1 :]))
    at, _ = _lines_of(pages[0])
    indent = lines[at][: lines[at].index("-")]
    last = _lines_of(pages[-1])[1] + 1
    return "".join((*lines[:last], *_entry(page, indent, end), *lines[last:]))


def without_page(text: str, id: str) -> str:
    """Return the text without a page of ``back:``; the key goes with the last one.

    Raises
    ------
    ValueError
        If ``back:`` is written in one line.
    KeyError
        If no such page is there.
    """
    key, pages = _back(text)
    lines = text.splitlines(keepends=True)
    for node in pages or ():
        if any(name.value == "id" and value.value == id for name, value in node.value):
            first, last = _lines_of(node)
            kept = [*lines[:first], *lines[last + 1 :]]
            if key is not None and len(pages or ()) == 1:
                del kept[key.start_mark.line]
            return "".join(kept)
    raise KeyError(id)


def _back(text: str) -> tuple[yaml.Node | None, list[yaml.MappingNode] | None]:
    """Return the node of the key, and those of its pages, each on lines of its own."""
    found = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(found, yaml.MappingNode):
        for key, value in found.value:
            if key.value == _KEY:
                if not value.value or value.value in ("null", "~"):
                    return key, None
                if not isinstance(value, yaml.SequenceNode) or value.flow_style:
                    raise ValueError(_KEY)
                if not all(_is_page(page) for page in value.value):
                    raise ValueError(_KEY)
                return key, value.value
    return None, None


def _is_page(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode) and not node.flow_style


def _lines_of(page: yaml.MappingNode) -> tuple[int, int]:
    """Return the first and the last line of an entry, from 0."""
    values = [value for _, value in page.value]
    return page.start_mark.line, max(value.end_mark.line for value in values)


def _entry(page: Page, indent: str, end: str) -> list[str]:
    told = {"id": page.id, "title": page.title, "notebook": page.notebook}
    if page.visibility is not Visibility.PUBLIC:
        told["visibility"] = str(page.visibility)
    lines = [f"{name}: {_scalar(value)}{end}" for name, value in told.items()]
    return [f"{indent}{'- ' if n == 0 else '  '}{line}" for n, line in enumerate(lines)]


def _scalar(text: str) -> str:
    """Return text as YAML reads it back: plain where that can be."""
    plain = text.strip() == text and "\n" not in text
    read, problems = yaml_value(f"key: {text}", "") if plain else (None, [])
    return text if not problems and read == {"key": text} else json.dumps(text, ensure_ascii=False)
