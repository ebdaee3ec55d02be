"""What lies in a site, held against what was published: every byte, every generated page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planbook.errors import Problem
from planbook.made_of import sha256
from planbook.periods import Edition
from planbook.publish.entries import Archive, Entry, Listing
from planbook.publish.manifests import MANIFEST, differences, read_manifest
from planbook.publish.places import Place, readers_archive

RESTORE = "不要修改已发布的文件：从 {archive} 中取出 {edition}/book 覆盖，或从备份恢复，再核对一次"
FROM_BACKUP = "从备份恢复这个文件，再核对一次；发布时的校验值在 editions.json 和数据集的各期记录中"
REWRITTEN = "不要手工修改：再运行任何一个发布、撤回命令，会按 editions.json 重新写出"
PURGE_AGAIN = "再运行一次同样的清除命令，会接着删完"


Sizes = Mapping[str, Mapping[str, int]]  # by folder of the site, then by path below it


def found_in(place: Place, edition: Edition | None = None) -> Sizes:
    """Return the sizes of all files in folders, or of those of one edition and of the archives."""
    if edition is not None:
        return {name: place.sizes(name) for name in (str(edition), "archive")}
    folders: dict[str, dict[str, int]] = {}
    for path, size in place.sizes().items():
        folder, _, below = path.partition("/")
        if below:
            folders.setdefault(folder, {})[below] = size
    return folders


def edition_problems(
    place: Place, found: Sizes, entry: Entry, known: str | None = None, *, every_byte: bool = True
) -> Iterator[Problem]:
    """Yield what differs from what was published of one edition.

    `known` is the sha256 of its manifest by the publisher's register. Without `every_byte` names
    and sizes are compared, which costs nothing but looking at folders.
    """
    edition, archive = str(entry.edition), readers_archive(entry.edition)
    where = f"{place.where}/{edition}"
    if known is not None and known != entry.manifest:
        what = f"{entry.label}的文件清单与各期记录中登记的不同：editions.json 被人改过"
        yield Problem(what, f"{place.where}/editions.json", FROM_BACKUP)
    sizes = dict(found.get(edition, {}))
    if entry.archive is None:  # purged
        left = sorted(set(sizes) - {"index.html"})
        if left or f"{edition}.tar.gz" in found.get("archive", {}):
            yield Problem(f"{entry.label}已清除，文件还在：{len(left)}个", where, PURGE_AGAIN)
        return
    fix = RESTORE.format(archive=archive, edition=edition)
    data = place.read(f"{edition}/{MANIFEST}")
    sizes.pop(MANIFEST, None)
    if data is None or sha256(data) != entry.manifest:
        what = f"{entry.label}的文件清单{'缺失' if data is None else '被人改过'}"
        yield Problem(what, f"{where}/{MANIFEST}", fix)
    else:
        digest = (lambda path: place.sha256(f"{edition}/{path}")) if every_byte else None
        for what in differences(read_manifest(data), sizes, digest):
            yield Problem(f"{entry.label}{what}", where, fix)
    size = found.get("archive", {}).get(f"{edition}.tar.gz")
    wrong = _wrong_archive(entry.archive, size)
    if not wrong and every_byte and place.sha256(archive) != entry.archive.sha256:
        wrong = "内容有变"
    if wrong:
        yield Problem(f"{entry.label}的存档{wrong}", f"{place.where}/{archive}", FROM_BACKUP)


def _wrong_archive(archive: Archive, size: int | None) -> str:
    if size is None:
        return "缺失"
    return "" if size == archive.size else f"大小不对：{size}字节，应为{archive.size}字节"


def site_problems(
    place: Place, found: Sizes, listing: Listing, generated: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Yield what is wrong beside the editions: generated files, and what no list names."""
    for path, content in generated.items():
        if place.read(path) != content:
            what = f"{path} 与 editions.json 所说的不符（被人改过，或由旧版本程序写出）"
            yield Problem(what, f"{place.where}/{path}", REWRITTEN)
    listed = {str(entry.edition) for entry in listing.entries}
    for name in sorted(set(found) - listed):
        if _is_edition(name):
            what = f"有未列出的一期 {name}，是一次没有完成的发布留下的"
            fix = "再运行一次发布命令，会接着完成；不再发布的，删除这个文件夹和它的存档"
            yield Problem(what, f"{place.where}/{name}", fix)


def unknown_to_site(
    place: Place, listing: Listing, manifests: Mapping[Edition, str]
) -> Iterator[Problem]:
    """Yield the editions that the register knows as published here and the site does not have."""
    for edition in manifests:
        if listing.get(edition) is None:
            what = f"站点上没有{edition.label}（{edition}），各期记录说已发布"
            yield Problem(what, place.where, "核对站点的位置是否正确；站点丢失了内容的，从备份恢复")


def _is_edition(name: str) -> bool:
    try:
        Edition.parse(name)
    except ValueError:
        return False
    return True
