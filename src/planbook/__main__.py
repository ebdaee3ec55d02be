"""``python -m planbook``: what the scripts do, under one name."""

import sys
from typing import NoReturn

import click

from planbook.run import (
    analysis_commands,
    build_all_command,
    build_command,
    collect_commands,
    commentary_commands,
    lab_command,
    new_command,
    publish_commands,
)
from planbook.run.command import run


@click.group("-m planbook")
def main() -> None:
    """按公开方案跟踪目标：收数、写点评、做分析、生成报告、发布。"""


main.add_command(analysis_commands.main, "analysis")
main.add_command(new_command.main, "new")
main.add_command(build_command.main, "build")
main.add_command(build_all_command.main, "build-all")
main.add_command(collect_commands.main, "collect")
main.add_command(commentary_commands.main, "commentary")
main.add_command(lab_command.main, "lab")
main.add_command(publish_commands.main, "publish")

UNTOUCHED = {
    "new": new_command.UNTOUCHED,
    "build": build_command.UNTOUCHED,
    "build-all": build_all_command.UNTOUCHED,
}


def start() -> NoReturn:
    """Run the command that was typed."""
    run(main, untouched=UNTOUCHED.get("".join(sys.argv[1:2]), ""))


if __name__ == "__main__":
    start()
