"""Look at a file's outside before anything parses it: is it a plain ``.xlsx`` of sane size?

Turns untrusted bytes into the XML parts of a workbook, or into a finding that says what to do.
Sizes are bounded here, so that no later step can run out of memory or time.
"""

from __future__ import annotations

import io
import zipfile

from planbook.collect.rules import Place, Rule, file_rules
from planbook.errors import Finding, megabytes, system_words

LARGEST_FILE = 10 * 2**20  # a filled template has 20 kB, unzipped 100 kB
LARGEST_UNZIPPED = 20 * 2**20
MOST_PARTS = 1000

_PACKED_BY = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and .xlsx behind a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"


class Refused(Exception):
    """A workbook cannot be read as a whole; carries the rule and what was observed."""

    def __init__(
        self, rule: Rule, observed: str = "", *, expected: str = "", remedy: str = ""
    ) -> None:
        super().__init__(observed)
        self.rule, self.observed, self.expected, self.remedy = rule, observed, expected, remedy

    def finding(self, place: Place) -> Finding:
        return self.rule.finding(
            place, observed=self.observed, expected=self.expected, remedy=self.remedy
        )


def xml_parts(data: bytes) -> dict[str, bytes]:
    """Return the XML parts of a workbook by name, their sizes and checksums verified.

    Raises
    ------
    Refused
        If it is not an ``.xlsx``, is behind a password, damaged or oversized, or brings macros or
        links to other workbooks along.
    """
    if len(data) > LARGEST_FILE:
        raise oversized(len(data))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Refused(
                file_rules.UNREADABLE, "文件有密码保护", remedy="取消打开密码，另存后重新报送"
            )
        raise Refused(file_rules.UNREADABLE, "是旧格式 .xls，不是 .xlsx")
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(file_rules.UNREADABLE, "不是 Excel 工作簿" if data else "文件是空的")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _look_at_names([entry.filename for entry in entries])
            if not {entry.compress_type for entry in entries} <= _PACKED_BY:
                # no spreadsheet program opens these, and unpacking LZMA may ask for gigabytes
                raise Refused(file_rules.UNREADABLE, "文件不是由 Excel 或 WPS 保存的")
            unzipped = sum(entry.file_size for entry in entries)
            if unzipped > LARGEST_UNZIPPED:
                raise Refused(
                    file_rules.OVERSIZED,
                    f"解压后 {megabytes(unzipped)}",
                    expected=megabytes(LARGEST_UNZIPPED),
                )
            parts = {
                entry.filename: _part(package, entry)
                for entry in entries
                if entry.filename.endswith((".xml", ".rels"))
            }
    except (Refused, MemoryError):
        raise
    except Exception as error:  # zipfile and its unpackers raise whatever damaged bytes lead to
        raise Refused(file_rules.UNREADABLE, "文件损坏或不完整") from error
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        raise Refused(file_rules.MACROS, ".xlsm 格式")
    return parts


def _part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a part's bytes; its checksum is compared once the declared size is reached."""
    with package.open(entry) as stream:
        # with a size given, no more than that is unpacked, however much the stream holds
        return stream.read(entry.file_size + 1)


def repacked(parts: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a workbook of these parts alone: of the sizes they have, without the clock's marks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def _look_at_names(names: list[str]) -> None:
    if len(names) > MOST_PARTS:
        raise Refused(file_rules.OVERSIZED, f"含 {len(names)} 个部件", expected=f"{MOST_PARTS} 个")
    folded = [name.lower() for name in names]
    if len(set(folded)) < len(folded):  # which of two would be read depends on the program
        raise Refused(file_rules.UNREADABLE, "文件内部有重名的部件")
    if _WORKBOOK not in names or "[Content_Types].xml" not in names:
        raise Refused(file_rules.UNREADABLE, "不是 Excel 工作簿（.xlsx）")
    if any(name.endswith("vbaproject.bin") for name in folded):
        raise Refused(file_rules.MACROS, "vbaProject.bin")
    outside = ("xl/externallinks/", "xl/connections.xml")
    links = [name for name in folded if name.startswith(outside)]
    if links:
        raise Refused(file_rules.EXTERNAL_LINKS, f"{len(links)} 处")


def oversized(size: int) -> Refused:
    """Return the refusal of a file of this size, bytes."""
    return Refused(file_rules.OVERSIZED, megabytes(size), expected=megabytes(LARGEST_FILE))


def unforeseen(error: BaseException, place: Place) -> Finding:
    """Return a finding for what a file made the program stumble over."""
    what = system_words(error) if isinstance(error, OSError) else type(error).__name__
    return file_rules.UNREADABLE.finding(
        place, observed=f"文件损坏，或含有无法解读的内容（{what}）"
    )
