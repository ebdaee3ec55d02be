"""The command ``build`` itself, which also tells in a file what it made anew.

    telling_build.py FILE [options of build]

Where nothing had changed no book is built, and there is no such file. What makes books is loaded
even then, so that this takes longer than the command does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from planbook.run import build, build_command
from planbook.run.built_book import BuiltBook
from planbook.run.command import run


def main(told: Path) -> None:
    """Run the command."""
    build_book = build.build_book

    def telling(*arguments: Any, **options: Any) -> BuiltBook:
        built = build_book(*arguments, **options)
        told.write_text(json.dumps(dict(built.made)), encoding="utf-8", newline="\n")
        return built

    build.build_book = telling
    run(build_command.main, sys.argv[2:])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
