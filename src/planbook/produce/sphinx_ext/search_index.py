"""From the texts of all pages to the files that the search page loads, few of them for a query.

In ``_static/search/`` stand

- ``pages.js``: address and title of every page, and the versions of all other files;
- ``grams/<n>.js``: for each gram the pages that have it and what it is worth there (`page_grams`),
  as ``dF`` for page 3 (``a`` to ``z`` are digits) and worth 5; the gram's first character says
  in which file;
- ``texts/<address>.js``: the sections of one page.

All are scripts, because a page opened from disk may not read any other file. There are as many
files of grams as pages, so that one stays as light in a large book. A page whose text has changed
has another file of text and few other files of grams; files that stay the same are not touched.

Page, worth and version are letters: the last look at a public book would take digits for values.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from string import ascii_lowercase, ascii_uppercase
from typing import Any
from urllib.parse import unquote

from planbook.made_of import sha256
from planbook.produce.sphinx_ext.search_grams import COUNTED, HEAD, IN_HEADING, page_grams
from planbook.produce.sphinx_ext.search_text import PageText

FOLDER = "search"
PAGES = f"{FOLDER}/pages.js"
Grams = Mapping[str, Mapping[str, int]]  # `page_grams` by address
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def index_scripts(
    pages: Mapping[str, PageText], grams_of_pages: Grams | None = None
) -> dict[str, str]:
    """Return the scripts by name; pages are given by address from the book's root.

    Of two pages that fit a query equally well, the first one is shown first. Who knows
    `page_grams` of all pages already gives them by address, too.
    """
    by_page = grams_of_pages or {address: page_grams(page) for address, page in pages.items()}
    texts = {
        f"{FOLDER}/texts/{_stem(address)}.js": _assigned(
            f"texts[{_json(address)}]", [[s.anchor, s.heading, s.text] for s in page.sections]
        )
        for address, page in pages.items()
    }
    by_file = _grams_by_file([by_page[address] for address in pages])
    grams = [_assigned(f"grams[{number}]", held) for number, held in enumerate(by_file)]
    known = {
        "counted": COUNTED,
        "inHeading": IN_HEADING,
        "pages": [
            [address, page.title, _version(text)]
            for (address, page), text in zip(pages.items(), texts.values(), strict=True)
        ],
        "gramFiles": [*map(_version, grams)],
    }
    held = {f"{FOLDER}/grams/{number}.js": script for number, script in enumerate(grams)}
    return {PAGES: _assigned("known", known), **held, **texts}


def write_index(
    static: Path, pages: Mapping[str, PageText], grams_of_pages: Grams | None = None
) -> None:
    """Write the `index_scripts` below `static`; delete what an earlier book has left there."""
    scripts = index_scripts(pages, grams_of_pages)
    for path in (static / FOLDER).rglob("*.js"):
        if path.relative_to(static).as_posix() not in scripts:
            path.unlink()
    for name, script in scripts.items():
        path, content = static / name, script.encode()
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _grams_by_file(pages: Sequence[Mapping[str, int]]) -> list[dict[str, str]]:
    held: defaultdict[str, str] = defaultdict(str)
    for number, grams in enumerate(pages):
        name = _in_letters(number)
        said = [name + letter for letter in ascii_uppercase]  # by worth
        for gram, worth in grams.items():
            held[gram] += said[worth]
    files: list[dict[str, str]] = [{} for _ in pages]
    for gram in sorted(held):
        files[ord(gram.removeprefix(HEAD)[0]) % len(files)][gram] = held[gram]
    return files


def _in_letters(number: int) -> str:
    rest, last = divmod(number, len(ascii_lowercase))
    return (_in_letters(rest) if rest else "") + ascii_lowercase[last]


def _assigned(name: str, value: Any) -> str:
    return f"planbookSearch.{name}={_json(value)};\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _version(script: str) -> str:
    return sha256(script.encode())[:8].translate(_LETTERS)


def _stem(address: str) -> str:
    return str(PurePosixPath(unquote(address)).with_suffix(""))
