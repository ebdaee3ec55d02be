"""What click says of its own, in Chinese: headings of a help page, placeholders, wrong usage.

click looks its sentences up by gettext, so they are in a catalogue of ours,
``locale/zh_CN/LC_MESSAGES/planbook.po``. What it does not look up, the placeholders for what is to
be typed, are set on the commands.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import click

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "planbook"


class _Formatter(click.HelpFormatter):
    """A help page with full-width colons."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{prefix or gettext.gettext('Usage:')}")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


class _Context(click.Context):
    formatter_class = _Formatter


def speak_chinese(command: click.Command) -> None:
    """Let this process's commands speak Chinese, whatever the system's language is."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    _name_what_is_typed(command)


def _name_what_is_typed(command: click.Command) -> None:
    command.context_class = _Context
    command.options_metavar = "[选项]"
    help_option = command.get_help_option(click.Context(command))
    if help_option is not None:  # click keeps it in the language in which it was first asked
        help_option.help = gettext.gettext("Show this message and exit.")
    for param in command.params:
        if isinstance(param.type, click.Path):
            param.type.name = gettext.gettext(param.type.name)
        if isinstance(param, click.Option) and not param.is_flag:
            param.metavar = param.metavar or "…"  # a Chinese word would put the columns out of line
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 …"
        for one in command.commands.values():
            _name_what_is_typed(one)
