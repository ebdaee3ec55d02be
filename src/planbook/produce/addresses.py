"""Sphinx extension: a page's address does not tell in which folder its source lies.

Sources live beside the root document (``book/index``), so Sphinx would publish
``book/goals/x.html``. The builder made here drops the root document's folder from every address:
``goals/x.html``, and the first page is ``index.html`` itself. Registered in ``_config.yml``, so
that ``jupyter-book build .`` does the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ConfigError


class BookHTMLBuilder(StandaloneHTMLBuilder):
    """The stock HTML builder with the root document's folder left out of addresses."""

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return super().get_target_uri(self._address(docname), typ)

    def get_outfilename(self, pagename: str) -> str:
        return super().get_outfilename(self._address(pagename))

    def prepare_writing(self, docnames: set[str]) -> None:
        published = self._published()
        if len(published) < len(self.env.all_docs):
            twice = sorted(set(self.env.all_docs) - set(published.values()))
            raise ConfigError(f"这些页面与其他页面的地址相同：{'、'.join(twice)}")
        super().prepare_writing(docnames)

    def load_indexer(self, docnames: Iterable[str]) -> None:
        """Read the search index of an earlier build back under the names of documents."""
        published = self._published()
        try:
            index = self.indexer_format.loads(self._index_path.read_text(encoding="utf-8"))
            index["docnames"] = [published.get(name, name) for name in index["docnames"]]
        except (OSError, ValueError, KeyError):
            return  # none yet, or of another version: made from nothing
        assert self.indexer is not None  # Sphinx makes it just before this call
        try:
            self.indexer.load(io.StringIO(self.indexer_format.dumps(index)), self.indexer_format)
        except ValueError:
            return
        self.indexer.prune(set(self.env.all_docs) - set(docnames))

    def dump_search_index(self) -> None:
        """Write the search index with addresses, from which the search page makes its links."""
        super().dump_search_index()
        if self.indexer is None:
            return
        index = self.indexer_format.loads(self._index_path.read_text(encoding="utf-8"))
        index["docnames"] = [self._address(name) for name in index["docnames"]]
        self._index_path.write_text(
            self.indexer_format.dumps(index), encoding="utf-8", newline="\n"
        )

    @property
    def _index_path(self) -> Path:
        return Path(self.outdir, self.searchindex_filename)

    def _address(self, docname: str) -> str:
        folder = PurePosixPath(self.config.root_doc).parent.as_posix()
        return docname if folder == "." else docname.removeprefix(f"{folder}/")

    def _published(self) -> dict[str, str]:
        return {self._address(docname): docname for docname in self.env.all_docs}


def setup(app: Sphinx) -> dict[str, Any]:
    """Make `BookHTMLBuilder` the builder called ``html``."""
    app.add_builder(BookHTMLBuilder, override=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
