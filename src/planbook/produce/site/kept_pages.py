"""The pages of the last build, kept: which of them a full build would write just the same.

A page shows its own source with what that includes, the headings of pages that it links into, and
what it says of the rest of the book: where other links lead, the table of contents, the previous
and next page, banner and footer, checksums of style sheets. Of the former each page has a digest of
its own (`page_digests`); the latter is one digest for the whole book (`shared_digest`), and where
that differs every page is written. So a reference that leads nowhere any more is told, whichever
page it stands on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol, cast

from planbook.made_of import SEAL, MadeOf, digest, digests_of, seal_folder, sealed_folder, sha256
from planbook.present.addresses import DOWNLOADS
from planbook.produce.site.book_facts import BookFacts
from planbook.put_in_place import clear, make_folder, write_whole

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

TEXTS = "search-texts.json"
_OF_ONE_PAGE = ("dataset_ld", "pdfs")  # of `BookFacts`


class PageBuilder(Protocol):
    """The builder of pages as it is asked here; what its attributes say is told where it is."""

    outdir: Path
    images: dict[str, str]
    told_what_to_write: bool
    written: dict[str, dict[str, str]]

    def get_outfilename(self, pagename: str) -> str: ...


@dataclass(frozen=True)
class _About:
    """What is remembered of a folder of pages: as the attributes of `KeptPages`."""

    shared: str
    pages: Mapping[str, str]
    images: Mapping[str, Mapping[str, str]]


@dataclass
class KeptPages:
    """A folder with the pages of the last build, and what each was made of.

    Attributes
    ----------
    whole
        Whether the folder is as the last build left it; else nothing in it is used.
    shared, pages
        What `shared_digest` and `page_digests` were.
    images
        The pictures that each page shows: their names in the book by their paths.
    texts
        What the search reads of each page, by sha256 of the page.
    """

    folder: Path
    code: str
    whole: bool = False
    shared: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, code: str) -> KeptPages:
        """Return what the last build with this code left; nothing unless it proves itself."""
        record = sealed_folder(folder, MadeOf("", code))
        about = None if record is None else record.told(_About)
        if about is None:
            return cls(folder, code)
        texts = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
        return cls(folder, code, True, about.shared, about.pages, about.images, texts)

    def choose(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Put the kept pages that still hold into the output; return the names of the others."""
        builder: PageBuilder = cast(Any, app.builder)
        shared, pages = shared_digest(app, env), page_digests(app, env)
        hold = self.whole and shared == self.shared and _say_nothing_of_today(app)
        before, self.shared, self.pages = self.pages, shared, pages
        others = [env.config.root_doc]  # told of no page at all, Sphinx would not finish the book
        for docname in sorted(pages):
            if hold and pages[docname] == before.get(docname):
                written = Path(builder.get_outfilename(docname))
                make_folder(written.parent)
                shutil.copy2(self._place(builder, written), written)
                builder.images.update(self.images[docname])
            else:
                others.append(docname)
        return others

    def keep(self, builder: PageBuilder) -> None:
        """Keep the pages as they are now.

        A page that was written with the same bytes gets the time of the one before.
        """
        make_folder(self.folder)
        (self.folder / SEAL).unlink(missing_ok=True)
        wanted = {self.folder / TEXTS}
        for docname in self.pages:
            page = Path(builder.get_outfilename(docname))
            kept = self._place(builder, page)
            wanted.add(kept)
            if self.whole and kept.is_file() and kept.read_bytes() == page.read_bytes():
                shutil.copystat(kept, page)
            else:
                make_folder(kept.parent)
                shutil.copy2(page, kept)
        for path in self.folder.rglob("*"):
            if path.is_file() and path not in wanted:
                clear(path)
        write_whole(self.folder / TEXTS, json.dumps(self.texts, ensure_ascii=False).encode())
        images = {
            name: builder.written.get(name) or self.images.get(name, {}) for name in self.pages
        }
        about = _About(self.shared, self.pages, images)
        seal_folder(self.folder, MadeOf("", self.code), about)

    def _place(self, builder: PageBuilder, page: Path) -> Path:
        return self.folder / page.relative_to(builder.outdir)


def shared_digest(app: Sphinx, env: BuildEnvironment) -> str:
    """Return a digest of all that pages show and that is not their own.

    Configuration and theme, what `BookFacts` say on every page, static files and templates; titles,
    labels and whatever else of other pages a reference can name, but the headings; their order.
    """
    config, facts = app.config, getattr(app, "planbook_facts", None)
    folders = (*config.html_static_path, *config.html_extra_path, *config.templates_path)
    files = (config.html_logo, config.html_favicon, "_config.yml", "_toc.yml")
    objects = {name: sorted(domain.get_objects()) for name, domain in env.domains.items()}
    shown = [
        vars(app.builder.build_info),  # type: ignore[attr-defined]  # configuration, theme options
        [digests_of(Path(app.confdir, folder)) for folder in folders],
        [_sha256(Path(app.srcdir, name)) for name in files if name],
        _without(asdict(facts), *_OF_ONE_PAGE) if facts is not None else None,
        [env.titles, _contents(env), env.toctree_includes, env.toc_secnumbers],
        {docname: _referable(metadata) for docname, metadata in env.metadata.items()},
        env.toc_fignumbers if config.numfig else None,
        [objects, {name: _without(data, "entries") for name, data in env.domaindata.items()}],
    ]
    return digest(_plain(shown))


def page_digests(app: Sphinx, env: BuildEnvironment) -> dict[str, str]:
    """Return for each page a digest of what it shows and no other page does."""
    facts: BookFacts | None = getattr(app, "planbook_facts", None)
    folder = PurePosixPath(app.config.root_doc).parent
    linked = facts.pdfs.items() if facts else ()
    pdfs = {(folder / page).as_posix(): address for page, address in linked}
    ld = {(folder / DOWNLOADS).as_posix(): facts.dataset_ld} if facts else {}
    pictures: dict[str, dict[str, str]] = {docname: {} for docname in env.found_docs}
    for path, (docnames, name) in env.images.items():
        for docname in docnames & env.found_docs:
            pictures[docname][path] = name
    known: dict[str, str] = {}
    linked_into, digests = _linked_into(env), {}
    for docname in env.found_docs:
        read = sorted({env.doc2path(docname, base=False), *env.dependencies.get(docname, ())})
        for path in read:
            if path not in known:
                known[path] = _sha256(Path(app.srcdir, path))
        headings = {other: _headings(env, other) for other in sorted(linked_into.get(docname, ()))}
        own = [{path: known[path] for path in read}, pictures[docname], headings]
        digests[docname] = digest([*own, pdfs.get(docname), ld.get(docname)])
    return digests


def note_links(app: Sphinx, doctree: document) -> None:
    """Remember of a page that was read which pages it links into, with the environment."""
    from sphinx.addnodes import pending_xref  # noqa: PLC0415 - a second, as in `_contents`

    links = (each for each in doctree.findall(pending_xref) if each.get("reftargetid"))
    _linked_into(app.env)[app.env.docname] = {each["reftarget"] for each in links}


def merge_links(
    _app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over what another process has read."""
    _linked_into(env).update({name: _linked_into(other)[name] for name in docnames})


def _linked_into(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return by page the pages into which it links: to one of their headings."""
    if not hasattr(env, "planbook_linked_into"):
        env.planbook_linked_into = {}  # type: ignore[attr-defined]  # Sphinx keeps it as its own
    return cast(dict[str, set[str]], env.planbook_linked_into)  # type: ignore[attr-defined]


def name_pictures(env: BuildEnvironment) -> None:
    """Give pictures of equal names their names in the book in the order of their paths.

    Sphinx numbers them in the order in which pages were read, some of which may be long ago.
    """
    named = type(env.images)()
    for path in sorted(env.images):
        for docname in env.images[path][0]:
            named.add_file(docname, path)
    env.images = named


def _say_nothing_of_today(app: Sphinx) -> bool:
    """Tell whether pages are all that is written of them, and without the day of the build."""
    return app.config.html_last_updated_fmt is None and not app.config.html_copy_source


def _referable(metadata: Mapping[str, Any]) -> Any:
    """Return what any other page can show of a page's metadata: not its length, nor headings."""
    return _without(metadata, "wordcount", "myst_slugs")


def _headings(env: BuildEnvironment, docname: str) -> dict[str, Any]:
    """Return what a link into a page can show of its headings: not their lines."""
    slugs = env.metadata[docname].get("myst_slugs", {}) if docname in env.metadata else {}
    return {slug: place[1:] for slug, place in slugs.items()}


def _contents(env: BuildEnvironment) -> Any:
    """Return what the table of contents shows: headings only if some list of pages asks for them.

    The theme asks for titles alone, and so do the lists that ``_toc.yml`` makes. The first page,
    which stands in no list, is called by its short title, one of `env.titles`.
    """
    # Imported here: Sphinx takes a second, for which a build without changes does not wait.
    from sphinx.addnodes import toctree  # noqa: PLC0415

    from planbook.produce.site.own_titles import own_title  # noqa: PLC0415

    lists = {docname: list(toc.findall(toctree)) for docname, toc in env.tocs.items()}
    if not all(each.get("titlesonly") for own in lists.values() for each in own):
        return env.tocs
    listed = {docname for own in env.toctree_includes.values() for docname in own}
    titles = {docname: own_title(env.tocs[docname]) for docname in listed & env.found_docs}
    return [titles, lists]


def _without(mapping: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if name not in names}


def _plain(value: Any) -> Any:
    """Return what JSON can say of a value, equal for equal values."""
    if isinstance(value, Mapping):
        return sorted([str(name), _plain(each)] for name, each in value.items())
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if hasattr(value, "pformat"):  # a node
        return value.pformat()
    if value is None or isinstance(value, str | int | float):
        return value
    return type(value).__name__


def _sha256(path: Path) -> str:
    return sha256(path.read_bytes()) if path.is_file() else ""
