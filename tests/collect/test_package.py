from __future__ import annotations

import io
import tracemalloc
import zipfile
import zlib
from typing import Any

import pytest

from planbook.collect.xlsx import package as outside
from planbook.collect.xlsx.package import Refused, xml_parts
from tests.office import filled, read_bytes, workbook_bytes

WORKBOOK = workbook_bytes(filled())
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def repacked(**added: bytes) -> bytes:
    """Return the workbook with parts added or replaced; ``__`` in a name stands for ``/``."""
    extra = {name.replace("__", "/"): content for name, content in added.items()}
    return packed({**xml_parts(WORKBOOK), **extra})


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        xml_parts(data)
    return refused.value.rule.id, refused.value.observed


def test_a_plain_workbook_gives_its_parts() -> None:
    assert "xl/workbook.xml" in xml_parts(WORKBOOK)
    assert "xl/workbook.xml" in xml_parts(repacked())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"just text", "不是 Excel 工作簿"),
        (OLE + b"\0" * 600, "是旧格式 .xls，不是 .xlsx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件有密码保护"),
        (WORKBOOK[:3000], "文件损坏或不完整"),
        (packed({"word/document.xml": b"<a/>"}), "不是 Excel 工作簿（.xlsx）"),
    ],
    ids=["empty", "text", "xls", "encrypted", "cut", "word"],
)
def test_what_is_no_plain_xlsx_is_refused_with_what_it_is(data: Any, said: str) -> None:
    assert refusal(data) == ("unreadable", said)


def test_a_damaged_part_is_noticed_by_its_checksum() -> None:
    at = WORKBOOK.index(b"PK\x03\x04") + 60
    damaged = WORKBOOK[:at] + bytes([WORKBOOK[at] ^ 0xFF]) + WORKBOOK[at + 1 :]
    assert refusal(damaged) == ("unreadable", "文件损坏或不完整")


def test_parts_of_one_name_are_refused_because_programs_differ_in_which_they_read() -> None:
    data = repacked(**{"XL__worksheets__sheet1.xml": b"<a/>"})
    assert refusal(data) == ("unreadable", "文件内部有重名的部件")


def test_a_macro_workbook_under_another_name_is_refused() -> None:
    types = xml_parts(WORKBOOK)["[Content_Types].xml"].replace(b"sheet.main", b"macroEnabled.main")
    assert refusal(repacked(**{"[Content_Types].xml": types}))[0] == "macros"


def test_links_to_other_workbooks_are_refused() -> None:
    data = repacked(**{"xl__externalLinks__externalLink1.xml": b"<a/>"})
    assert refusal(data) == ("external-links", "1 处")


def test_a_file_over_the_limit_is_refused_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outside, "LARGEST_FILE", len(WORKBOOK) - 1)
    assert refusal(WORKBOOK)[0] == "oversized"


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "LARGEST_UNZIPPED", 2**20)
    data = repacked(**{"xl__media__bomb.xml": b"\0" * 2**21})
    assert len(data) < 2**17
    assert refusal(data)[0] == "oversized"


def test_a_file_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "MOST_PARTS", 5)
    assert refusal(WORKBOOK)[0] == "oversized"


@pytest.mark.parametrize("end", range(0, len(WORKBOOK), 997))
def test_a_truncated_workbook_is_one_finding_and_no_traceback(end: int) -> None:
    submission = read_bytes(WORKBOOK[:end])
    assert not submission.usable
    assert [finding.rule for finding in submission.findings] == ["unreadable"]


def test_a_part_that_lies_about_its_size_never_reaches_a_program_that_believes_it() -> None:
    """The directory declares 100 bytes with their checksum; the stream behind it holds 100 MB."""
    honest, bomb = b"<worksheet/>" + b" " * 88, 100 * 2**20
    pressed = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = pressed.compress(honest) + b"".join(
        pressed.compress(b" " * 2**20) for _ in range(bomb // 2**20)
    )
    stream += pressed.flush()
    parts = xml_parts(WORKBOOK)
    name = "xl/worksheets/sheet1.xml"
    kept = {key: content for key, content in parts.items() if key != name}
    data = lying(packed(kept), name, stream, honest)
    assert len(data) < 2**20
    tracemalloc.start()
    submission = read_bytes(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not submission.usable
    assert peak < 20 * 2**20


def lying(package: bytes, name: str, stream: bytes, declared: bytes) -> bytes:
    """Return a package with one more part whose headers speak of `declared` alone."""
    buffer = io.BytesIO(package)
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.header_offset = archive.start_dir
        info.CRC, info.file_size = zlib.crc32(declared), len(declared)
        info.compress_size = len(stream)
        archive.fp.seek(archive.start_dir)
        archive.fp.write(info.FileHeader() + stream)
        archive.start_dir = archive.fp.tell()
        archive.filelist.append(info)
        archive.NameToInfo[name] = info
        archive._didModify = True  # type: ignore[attr-defined]
    return buffer.getvalue()


def test_a_bomb_of_text_is_refused_in_little_memory() -> None:
    data = repacked(**{"xl__sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 6 * 10**6})
    tracemalloc.start()
    assert refusal(data)[0] == "oversized"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_connections_to_outside_data_are_refused() -> None:
    assert refusal(repacked(**{"xl__connections.xml": b"<a/>"}))[0] == "external-links"


def test_macros_are_refused() -> None:
    assert refusal(repacked(**{"xl__vbaProject.bin": b"x"})) == ("macros", "vbaProject.bin")
