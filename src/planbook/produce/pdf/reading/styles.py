"""What a style sheet of pandas says of a table's cells: their ink, ground, bars and weight.

A `Styler` names cells in a sheet before its table. Only what paper can show of it is read here; how
cells are spaced and framed is the book's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Style = Mapping[str, str]  # by property

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ID = re.compile(r"#([\w-]+)\s*$")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_BAR = re.compile(
    r"linear-gradient\(90deg,\s*(?:transparent (?P<start>[\d.]+)%,\s*)?"
    r"(?P<colour>#[0-9a-fA-F]{3,6}) (?:[\d.]+%,\s*(?P=colour) )?(?P<end>[\d.]+)%,\s*transparent"
)
_NAMED = {"red": "#ff0000", "green": "#008000", "blue": "#0000ff", "orange": "#ffa500"}
_NAMED |= {"black": "#000000", "white": "#ffffff", "yellow": "#ffff00", "grey": "#808080"}
_NAMED |= {"gray": "#808080", "lightgreen": "#90ee90", "pink": "#ffc0cb", "darkred": "#8b0000"}


def cell_styles(sheet: str) -> dict[str, Style]:
    """Return the styles of a sheet by the ids that they are for; a later one counts."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(sheet):
        pairs = (line.partition(":") for line in body.split(";"))
        said = {name.strip(): value.strip() for name, colon, value in pairs if colon}
        for selector in selectors.split(","):
            if id := _ID.search(selector.strip()):
                found.setdefault(id[1], {}).update(said)
    return dict(found)


def colour(value: str) -> str:
    """Return a colour in hexadecimal digits; empty where it is none that is known."""
    known = _NAMED.get(value.strip().lower(), value.strip())
    return known if _COLOUR.fullmatch(known) else ""


def bar(style: Style) -> tuple[str, float, float] | None:
    """Return a bar behind a number: its colour, where it begins and ends, in % of the cell."""
    found = _BAR.search(style.get("background", ""))
    return (found["colour"], float(found["start"] or 0), float(found["end"])) if found else None
