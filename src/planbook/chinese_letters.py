"""Chinese in whatever matplotlib draws: what a text's own fonts lack, the embedded font draws.

`import planbook` asks for it, wherever that is: in JupyterLab, in a build's kernels. No setting is
touched: Latin letters keep the font that they have anyway, and `sns.set_theme`, style sheets and
``rcParams`` go on saying what they say. matplotlib itself is only imported by whoever draws.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import wraps
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from planbook.fonts import SANS, font_file

_MANAGER = "matplotlib.font_manager"
# What analysts ask for by name. Where a computer has no such font, the embedded one stands for it,
# so that a line copied from elsewhere draws, and does not warn, on every computer.
ASKED_FOR = (
    *("SimHei", "Microsoft YaHei", "SimSun", "NSimSun", "FangSong", "KaiTi", "DengXian"),
    *("PingFang SC", "PingFang HK", "Heiti SC", "Heiti TC", "STHeiti", "STSong", "Songti SC"),
    *("Arial Unicode MS", "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN"),
)


class _Awaits:
    """Hears when matplotlib's list of fonts is imported, once."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _MANAGER:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            run = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                run(module)
                _add_chinese(module)

            setattr(spec.loader, "exec_module", exec_module)  # noqa: B010 - mypy knows no other way
        return spec


def draw_chinese() -> None:
    """Let matplotlib draw Chinese in this process, now or when it is imported."""
    known = sys.modules.get(_MANAGER)
    if known is not None:
        _add_chinese(known)
    elif not any(isinstance(finder, _Awaits) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Awaits())


def _add_chinese(module: ModuleType) -> None:
    """Add the embedded font to matplotlib's, and to what each text falls back to."""
    manager: Any = module.fontManager
    find = getattr(manager, "_find_fonts_by_props", None)
    if find is None or hasattr(find, "__wrapped__"):  # of another matplotlib, or done already
        return
    manager.addfont(font_file(SANS))
    embedded = manager.ttflist[-1]
    missing = set(ASKED_FOR) - set(manager.get_font_names())
    manager.ttflist += [replace(embedded, name=name) for name in sorted(missing)]

    @wraps(find)
    def with_chinese(prop: Any, fontext: str = "ttf", *args: Any, **options: Any) -> list[Any]:
        found: list[Any] = find(prop, fontext, *args, **options)
        own = manager.findfont(SANS)
        return found if fontext != "ttf" or own in found else [*found, own]

    manager._find_fonts_by_props = with_chinese
