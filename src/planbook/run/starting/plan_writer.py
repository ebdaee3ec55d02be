"""A plan's content as YAML files that people go on with."""

from __future__ import annotations

from pathlib import Path

import yaml

from planbook.run.starting.listed_plan import NewPlan


def write_plan(made: NewPlan, folder: Path) -> None:
    """Write the plan's files."""
    folder.mkdir(parents=True)
    for name, content in made.files.items():
        text = f"# 各个键的写法见 data/README.md\n{yaml_text(content)}"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


class _Writer(yaml.SafeDumper):  # type: ignore[misc]  # yaml has no types
    """Writes texts so that they stay texts by YAML 1.2 as well."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(writer: _Writer, text: str) -> yaml.Node:
    looks_like_a_number = text[:1] in "+-.0123456789" if text else False
    style = "'" if looks_like_a_number else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def yaml_text(content: object) -> str:
    """Return content as the text of a YAML file, its keys in the order given."""
    text: str = yaml.dump(
        content, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10_000, indent=2
    )
    return text
