"""How a workbook's cells look: number formats, and what hides or strikes out what they hold.

Reads the styles and the shared texts of a workbook for `marks`. A struck-out 4 before 44.73, a
raised 2 behind it and white ink are characters like any others to a program; a person sees another
number, or none.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.collect.xml_pass import Budget, Pass

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
STRUCK = "删除线"
_WHITE_INDEXES = ("1", "9")  # of the old palette
_LIGHT = 0.6  # share of full brightness from which a fill counts as light


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a cell style: its number format, and a word for what hides what is meant."""

    code: str = ""
    word: str = ""


def look_of(name: str, attributes: dict[str, str]) -> str:
    """Return the Chinese word for a font property that changes what is meant, if it does."""
    value = attributes.get("val", "1")
    if name == "strike":
        return "" if value in ("0", "false") else STRUCK
    return {"superscript": "上标", "subscript": "下标"}.get(value, "")


def read_styles(part: bytes, budget: Budget) -> list[Look]:
    """Return the looks of a workbook's cell styles, in their order."""
    reader = _Styles(budget)
    reader.run(part)
    return reader.looks()


def struck_strings(part: bytes, budget: Budget) -> dict[int, str]:
    """Return which shared texts hold struck-out, raised or lowered characters, with the word."""
    reader = _Strings(budget)
    reader.run(part)
    return reader.found


class _Styles(Pass):
    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self._path: list[str] = []
        self._codes = dict(_BUILT_IN)
        self._fonts: list[dict[str, str]] = []
        self._light: list[bool] = []
        self._styles: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match (*self._path[-2:], name):
            case (*_, "numFmts", "numFmt"):
                self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            case (*_, "fonts", "font"):
                self._fonts.append({})
            case ("fonts", "font", "strike" | "vertAlign"):
                self._fonts[-1]["word"] = look_of(name, attributes)
            case ("fonts", "font", "color") if _is_white(attributes):
                self._fonts[-1].setdefault("ink", "白色字")
            case (*_, "fills", "fill"):
                self._light.append(True)
            case ("fill", "patternFill", "fgColor"):
                if self._light and self._path[-3:-2] == ["fills"]:
                    self._light[-1] = _is_light(attributes)
            case (*_, "cellXfs", "xf"):
                self._styles.append(attributes)
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path.pop()

    def looks(self) -> list[Look]:
        """Return the looks once the part has been read."""
        return [self._look(style) for style in self._styles]

    def _look(self, style: dict[str, str]) -> Look:
        font, fill = int(style.get("fontId", 0)), int(style.get("fillId", 0))
        seen = self._fonts[font] if 0 <= font < len(self._fonts) else {}
        light = self._light[fill] if 0 <= fill < len(self._light) else True
        code = self._codes.get(int(style.get("numFmtId", 0)), "")
        return Look(code, seen.get("word") or (seen.get("ink", "") if light else ""))


class _Strings(Pass):
    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.found: dict[int, str] = {}
        self._position = -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._position += 1
        elif name in ("strike", "vertAlign"):
            word = look_of(name, attributes)
            if word:
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
