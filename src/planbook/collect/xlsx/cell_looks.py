"""How a workbook's cells look: number formats, and what hides or strikes out what they hold.

Reads the styles and the shared texts of a workbook for `marks`. A struck-out 4 before 44.73, a
raised 2 behind it and white ink are characters like any others to a program; a person sees another
number, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from planbook.collect.xlsx.xml_pass import MOST_ELEMENTS, Budget, Pass

_BUILT_IN = {  # Excel's own formats that are written as a number alone
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    48: "##0.0E+0",
}
STRUCK, RAISED, LOWERED = "删除线", "上标", "下标"
WHITE, SAME_COLOUR, TINY = "白色字", "与底色相同的字", "小于 4 磅的字"
CONDITIONAL, HIDDEN_COLUMN = "改变显示的条件格式", "整列隐藏的设置"
REMEDIES = {  # where clearing the cell's own format would not do
    CONDITIONAL: "清除这个单元格的条件格式，核对看到的数后重新报送",
    HIDDEN_COLUMN: "取消隐藏这一列，核对其中的内容后重新报送",
}
_LARGEST_KEPT = 2**17  # bytes of a part whose styles are remembered; a template has 6 kB
_SMALLEST = 4.0  # points: a smaller font is no writing to the eye
_WHITE_INDEXES = ("1", "9")  # of the old palette
_PALETTE = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_THEME = {"0": "FFFFFF", "1": "000000"}  # its paper and its ink; the others are not read
_SYSTEM = {"64": "000000", "65": "FFFFFF"}
_ALIKE = 16  # of 255: colours that differ by no more in red, green and blue look the same
_LIGHT = 0.6  # share of full brightness from which a fill counts as light


Colour = dict[str, str]  # the attributes of a colour element


@dataclass(slots=True)
class Look:
    """The look of a cell style, or what a conditional format changes of it while it holds."""

    code: str = ""  # number format
    word: str = ""  # for what hides, or strikes out, what is meant
    ink: Colour | None = None
    paper: Colour | None = None

    def take(self, parent: str, name: str, attributes: Colour) -> None:
        """Take an element of a font, or of a ``dxf``."""
        match (parent, name):
            case ("font", "color"):
                self.ink = attributes
            case ("font", _):
                self.word = self.word or look_of(name, attributes)
            case ("patternFill", "bgColor"):  # which a solid fill of a condition is drawn in
                self.paper = attributes
            case ("patternFill", "fgColor"):
                self.paper = self.paper or attributes
            case (_, "numFmt"):
                self.code = attributes.get("formatCode", "")

    def hides(self, below: Look) -> bool:
        """Tell whether, as a condition, it hides or strikes out what a cell of a look holds."""
        if self.word or not (self.ink or self.paper):
            return bool(self.word)
        return bool(_ink_word(self.ink or below.ink, self.paper or below.paper))


def at(looks: Sequence[Look], number: int) -> Look:
    """Return one of several looks by the number that a workbook gives, a plain one for none."""
    return looks[number] if 0 <= number < len(looks) else Look()


def look_of(name: str, attributes: dict[str, str]) -> str:
    """Return the Chinese word for a font property that changes what is meant, if it does."""
    value = attributes.get("val", "1")
    match name:
        case "strike":
            return "" if value in ("0", "false") else STRUCK
        case "vertAlign":
            return {"superscript": RAISED, "subscript": LOWERED}.get(value, "")
        case "sz":
            return TINY if float(value) < _SMALLEST else ""
        case _:
            return ""


def look_of_run(name: str, attributes: dict[str, str]) -> str:
    """Return the same of a run of characters within a cell, white ink included."""
    if name == "color":
        return WHITE if _is_white(attributes) else ""
    return look_of(name, attributes)


def _ink_word(ink: Colour | None, paper: Colour | None) -> str:
    """Return the word for an ink that nobody sees on its paper."""
    if ink is not None and _is_white(ink) and (paper is None or _is_light(paper)):
        return WHITE
    one, other = _colour(ink or {"theme": "1"}), _colour(paper or {"theme": "0"})
    return SAME_COLOUR if _look_alike(one, other) else ""


def _colour(attributes: Colour) -> str:
    """Return a colour as six hexadecimal digits, or a name of it that tells it from others."""
    rgb = attributes.get("rgb", "").upper()[-6:]
    if len(rgb) == 6:
        return rgb
    tint, theme = attributes.get("tint", ""), attributes.get("theme", "")
    if theme:
        known = "" if tint and float(tint) else _THEME.get(theme, "")
        return known or f"theme {theme} {tint}"
    index = attributes.get("indexed", "")
    if index.isdecimal() and int(index) < 16:
        return _PALETTE[int(index) % 8]
    return _SYSTEM.get(index, f"indexed {index}" if index else "000000")


def _look_alike(one: str, other: str) -> bool:
    if " " in one + other:
        return one == other
    try:
        pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    except ValueError:
        return one == other
    return all(abs(a - b) <= _ALIKE for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Styles:
    """The looks of a workbook's cell styles and conditional formats, in their order."""

    looks: list[Look]
    conditions: list[Look]
    elements: int  # how many XML elements said so


def read_styles(part: bytes) -> Styles:
    """Read the part with the styles; workbooks of one template have the same, byte for byte."""
    return _kept(part) if len(part) <= _LARGEST_KEPT else _read(part)


def _read(part: bytes) -> Styles:
    budget = Budget()
    styles = _StylesPass(budget).run(part)
    return Styles(styles.looks, styles.conditions, MOST_ELEMENTS - budget.left)


_kept = lru_cache(maxsize=8)(_read)


class _StylesPass(Pass):
    """Reads a workbook's cell styles, and its conditional formats, in their order."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.conditions: list[Look] = []
        self._codes = dict(_BUILT_IN)
        self._fonts: list[Look] = []
        self._fills: list[Look] = []
        self._is_filled = False
        self._styles: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if "dxfs" in self.path:
            if name == "dxf":
                self.conditions.append(Look())
            elif self.conditions:
                self.conditions[-1].take(self.path[-1], name, attributes)
            return
        match (*self.path[-2:], name):
            case (*_, "numFmts", "numFmt"):
                self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            case (*_, "fonts", "font"):
                self._fonts.append(Look())
            case ("fonts", "font", _):
                self._fonts[-1].take("font", name, attributes)
            case (*_, "fills", "fill"):
                self._fills.append(Look())
            case ("fills", "fill", "patternFill"):
                self._is_filled = attributes.get("patternType") not in (None, "none")
            case ("fill", "patternFill", "fgColor") if self._fills and self._is_filled:
                self._fills[-1].paper = attributes
            case (*_, "cellXfs", "xf"):
                self._styles.append(attributes)

    @property
    def looks(self) -> list[Look]:
        """The looks of the cell styles, once the part has been read."""
        return [self._look(style) for style in self._styles]

    def _look(self, style: dict[str, str]) -> Look:
        font = at(self._fonts, int(style.get("fontId", 0)))
        paper = at(self._fills, int(style.get("fillId", 0))).paper
        code = self._codes.get(int(style.get("numFmtId", 0)), "")
        return Look(code, font.word or _ink_word(font.ink, paper), font.ink, paper)


class StringsPass(Pass):
    """Finds which shared texts hold struck-out, raised, tiny or white characters, by word."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.found: dict[int, str] = {}
        self._position = -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._position += 1
        elif word := look_of_run(name, attributes):
            self.found.setdefault(self._position, word)


def _is_white(colour: dict[str, str]) -> bool:
    return (
        colour.get("rgb", "").upper()[-6:] == "FFFFFF"
        or colour.get("theme") == "0"
        or colour.get("indexed") in _WHITE_INDEXES
    )


def _is_light(colour: dict[str, str]) -> bool:
    rgb = colour.get("rgb", "")[-6:]
    if len(rgb) < 6:  # a theme's colour, which this part does not tell
        return "theme" not in colour or colour["theme"] == "0"
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue > _LIGHT
