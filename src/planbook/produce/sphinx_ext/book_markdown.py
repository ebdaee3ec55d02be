"""Sphinx extension: pages read Markdown as the PDF does, and show what notebooks' cells show.

The rules are `planbook.produce.markdown_rules`'s, whatever ``_config.yml`` enables; what authors
typed and would not be read as they meant it is a warning. Pictures that an executed notebook holds
become files of the book, charts what links can name. Outputs that their author hides unfold also
where the code is removed.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import myst_nb.core.render
import myst_nb.sphinx_
import myst_parser.parsers.sphinx_
from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from myst_nb.sphinx_ import HideCodeCellNode
from myst_parser.config.main import MdParserConfig
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from planbook.made_of import sha256
from planbook.produce.markdown_rules import EXTENSIONS, mistakes, parser
from planbook.produce.site.compile_messages import LINES_A_CELL
from planbook.put_in_place import make_folder, write_whole

logger = logging.getLogger(__name__)
_DATA = re.compile(r"data:image/(\w+)(?:\+xml)?;base64,(.*)", re.DOTALL)
_CHART = re.compile(r'<figure class="pb-figure" id="(chart-own-(?![0-9a-f]{8}")[^"]+)"')
_PARSED_BY = (myst_nb.sphinx_, myst_nb.core.render, myst_parser.parsers.sphinx_)


def book_parser(
    config: MdParserConfig, renderer: Callable[[MarkdownIt], RendererProtocol]
) -> MarkdownIt:
    """Return the parser of a page, which tells what is mistaken in it."""
    made = parser(config, renderer)
    made.core.ruler.after("inline", "planbook_mistakes", _tell)
    return made


def _tell(state: StateCore) -> None:
    document = state.md.options.get("document")
    environment = getattr(getattr(document, "settings", None), "env", None)
    for token, what, fix in mistakes(state.tokens):
        place = (environment.docname, token.map[0] if token.map else None) if environment else None
        logger.warning("%s。处理：%s", what, fix, location=place)


def configure(app: Sphinx, config: Config) -> None:
    """Let pages know what the PDF knows: its extensions, and tables in a notebook's outputs."""
    config.myst_enable_extensions = sorted({*config.myst_enable_extensions, *EXTENSIONS})
    config.nb_render_markdown_format = "myst"
    # It tells that only pages have what is struck out: paper has it, too.
    config.suppress_warnings = [*config.suppress_warnings, "myst.strikethrough"]


class HeldPictures(SphinxTransform):
    """Gives the pictures that an executed notebook holds to the book as files."""

    default_priority = 5  # before anything looks for a picture's file

    def apply(self, **_: Any) -> None:
        source = Path(self.env.doc2path(self.env.docname))
        wanted = [node for node in self.document.findall(nodes.image) if _is_address(node["uri"])]
        if source.suffix != ".ipynb" or not wanted:
            return
        held = list(_held(source))
        for node in wanted:
            data = _data(held, unquote(node["uri"]), (node.line or 0) // LINES_A_CELL - 1)
            if data is not None:
                node["uri"] = self._written(data)

    def _written(self, data: str) -> str:
        """Return where a picture lies, among what is kept of the pages, as Sphinx calls it."""
        found = _DATA.fullmatch(data)
        if found is None:
            return data
        content = base64.b64decode(found[2])
        folder = Path(self.app.doctreedir) / "pictures"
        path = folder / f"{sha256(content)[:32]}.{found[1]}"
        if not path.is_file():
            make_folder(folder)
            write_whole(path, content)
        return "/" + os.path.relpath(path, self.app.srcdir).replace(os.sep, "/")


def _is_address(uri: str) -> bool:
    return not uri.startswith(("/", "data:"))


def _held(page: Path) -> Iterator[Mapping[str, str]]:
    """Yield the pictures of each cell, by their addresses."""
    for cell in json.loads(page.read_bytes())["cells"]:
        yield cell["metadata"].get("planbook", {}).get("pictures", {})


def _data(held: list[Mapping[str, str]], address: str, cell: int) -> str | None:
    """Return a picture of a cell; two cells may have different ones of one name."""
    own = held[cell : cell + 1] if cell >= 0 else []
    return next((pictures[address] for pictures in (*own, *held) if address in pictures), None)


class FoldedOutputs(SphinxPostTransform):
    """Folds outputs that their author hides where no code stands above, as MyST-NB does not."""

    default_priority = 198  # before MyST-NB folds the others
    formats = ("html",)

    def run(self, **_: Any) -> None:
        for cell in self.document.findall(nodes.container):
            mode = cell.get("hide_mode", "")
            if mode not in {"all", "output", "input+output"} or len(cell.children) != 1:
                continue
            output = cell.children[0]
            if (
                isinstance(output, nodes.container)
                and output.get("nb_element") == "cell_code_output"
            ):
                said = {key: cell[key].replace("{type}", "output") for key in _PROMPTS}
                fold = HideCodeCellNode(classes=["above-input"], **said)
                cell.replace(output, fold)
                fold.append(output)


def name_charts(app: Sphinx, doctree: nodes.document) -> None:
    """Let links name an analyst's own charts, as the PDF does: ``[图](#chart-own-id)``.

    A chart without an id of its own is named by its values; nobody can link that.
    """
    labels = app.env.domaindata["std"]["anonlabels"]
    for raw in doctree.findall(nodes.raw):
        for id in _CHART.findall(raw.astext()) if raw.get("format") == "html" else ():
            labels[id] = (app.env.docname, id)


_PROMPTS = ("prompt_show", "prompt_hide")


def setup(app: Sphinx) -> dict[str, Any]:
    """Put our parser in the place of MyST's, which has no door for rules of others."""
    for module in _PARSED_BY:
        vars(module)["create_md_parser"] = book_parser
    app.connect("config-inited", configure)
    app.connect("doctree-read", name_charts)
    app.add_transform(HeldPictures)
    app.add_post_transform(FoldedOutputs)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
