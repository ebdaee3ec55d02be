"""Sphinx extension: a page's address does not tell in which folder its source lies.

Sources live beside the root document (``book/index``), so Sphinx would publish
``book/goals/x.html``. The builder made here drops the root document's folder from every address:
``goals/x.html``, and the first page is ``index.html`` itself. Registered in ``_config.yml``, so
that ``jupyter-book build .`` does the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ConfigError


class BookHTMLBuilder(StandaloneHTMLBuilder):
    """The stock HTML builder with the root document's folder left out of addresses.

    Attributes
    ----------
    told_what_to_write
        Whether a handler of ``env-updated`` names the pages to write; the builder then looks for
        none by itself.
    written
        The pages written, each with the pictures it shows: their names by their paths.
    """

    def init(self) -> None:
        super().init()
        self.told_what_to_write = False
        self.written: dict[str, dict[str, str]] = {}

    def get_outdated_docs(self) -> Iterator[str]:
        if not self.told_what_to_write:
            yield from super().get_outdated_docs()

    def write_buildinfo(self) -> None:
        """Write what tells Sphinx whether to write all pages, where nobody else tells it that.

        It is a digest of settings, among them where libraries are installed.
        """
        if not self.told_what_to_write:
            super().write_buildinfo()

    def write_doc_serialized(self, docname: str, doctree: nodes.document) -> None:
        others, self.images = self.images, {}
        super().write_doc_serialized(docname, doctree)
        self.written[docname] = self.images
        self.images = {**others, **self.images}

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

    def _address(self, docname: str) -> str:
        folder = PurePosixPath(self.config.root_doc).parent.as_posix()
        return docname if folder == "." else docname.removeprefix(f"{folder}/")

    def _published(self) -> dict[str, str]:
        return {self._address(docname): docname for docname in self.env.all_docs}


def setup(app: Sphinx) -> dict[str, Any]:
    """Make `BookHTMLBuilder` the builder called ``html``."""
    app.add_builder(BookHTMLBuilder, override=True)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
