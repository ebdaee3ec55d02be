"""What a list of pages shows of a page: its title, without its headings."""

from __future__ import annotations

from docutils import nodes


def own_title(toc: nodes.bullet_list) -> nodes.bullet_list:
    """Return a page's contents without what stands below its title."""
    cut = toc.copy()
    for entry in toc.children:
        if isinstance(entry, nodes.list_item):
            title = entry.copy()
            title.extend(child.deepcopy() for child in entry.children[:1])
            cut.append(title)
        else:  # shown by tags, as Sphinx decides
            cut.append(entry.deepcopy())
    return cut
