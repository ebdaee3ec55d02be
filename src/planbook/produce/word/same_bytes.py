"""A finished Word file into the same bytes whenever its content is the same.

What Word's libraries leave to the clock (dates in the archive, who saved it last) is fixed.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

_THUMBNAIL = "/thumbnail"  # ends the type of a relation to a picture of the file's first page
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of the clock in archives


def saved(
    document: Document, *, title: str, author: str, day: dt.date, parts: Mapping[str, bytes]
) -> bytes:
    """Return a document as a file.

    Parameters
    ----------
    author
        An office. Whoever made the template is not told.
    day
        When it counts as made and changed.
    parts
        Content of parts, by name, that stands in place of what is there.
    """
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, author, author
    about.created = about.modified = dt.datetime.combine(day, dt.time())
    about.language, about.comments, about.revision = "zh-CN", "", 1
    package = document.part.package
    for id, relation in list(package.rels.items()):
        if relation.reltype.endswith(_THUMBNAIL):
            del package.rels[id]
    made = io.BytesIO()
    document.save(made)
    return _packed(made.getvalue(), parts)


def _packed(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as given, ZipFile(packed, "w", ZIP_DEFLATED) as anew:
        for name in given.namelist():  # in this order [Content_Types].xml is the first
            entry = ZipInfo(name, _BEGINNING)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            anew.writestr(entry, parts.get(name, given.read(name)))
    return packed.getvalue()
