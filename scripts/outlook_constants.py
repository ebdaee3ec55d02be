"""Write the constants of the outlook: three small CSV files become one Python module.

``python scripts/outlook_constants.py`` reads ``scripts/outlook/*.csv`` and writes
``src/planbook/assess/outlook/constants.py``; the package itself reads no files. A test compares the
module with what this script would write.
"""

from __future__ import annotations

import csv
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "outlook"
MODULE = Path(__file__).resolve().parents[1] / "src/planbook/assess/outlook/constants.py"

HEADER = '''"""Constants of the outlook, measured on public series.

Written by ``scripts/outlook_constants.py`` from ``scripts/outlook/*.csv``; change those, not this.

Fitted on `FITTED_ON` by ``scripts/fit_outlook.py`` on 219 quarterly series of at least 39 quarters
from 12 public sources (107 flows, 87 stocks, 25 shares and prices; none of a Chinese district), by
rolling origins with 5 to 20 quarters of history: `SPREAD` by least squares on the logarithms of the
width of the errors, `REFERENCE` by counting; models and settings chosen on all of them, where the
optimum is flat; rules are set, not measured. Facts derived from the series; no series is part of
this project. The record, each source without a part in its own constants, is in
``scripts/outlook/record.csv``.
"""

from __future__ import annotations

from planbook.assess.outlook.parameters import Model, Reference, Spread
'''


def module_text(source: Path = SOURCE) -> str:
    """Return the module as text."""
    lines = [HEADER]
    for row in _rows(source / "settings.csv"):
        lines.append(f"{row['name']} = {_literal(row['value'])}  # {row['meaning']}")
    lines.append("")
    for row in _rows(source / "models.csv"):
        name = row.pop("name")
        lines += [f"{name} = Model(", *(f"    {key}={row[key]}," for key in row), ")"]
    lines += ["", "SPREAD = {"]
    spread: dict[str, list[str]] = {}
    for row in _rows(source / "spread.csv"):
        values = ", ".join(f"{key}={row[key]}" for key in row if key != "quantity")
        spread.setdefault(row["quantity"], []).append(f"        Spread({values}),")
    for quantity, found in spread.items():
        if len(found) == 1:
            lines.append(f'    "{quantity}": ({found[0].strip()}),')
        else:
            lines += [f'    "{quantity}": (', *found, "    ),"]
    lines += [
        "}",
        "",
        "REFERENCE = {  # by quantity, class of the linear pace, year of a plan of three",
    ]
    for row in _rows(source / "reference.csv"):
        key = f'"{row["kind"]}", "{row["rating"]}", {row["plan_year"]}'
        lines.append(f"    ({key}): Reference({_number(row['met_share'])}, {row['cases']}),")
    return "\n".join([*lines, "}", ""])


def _literal(text: str) -> str:
    """Return a number as it stands, anything else as text."""
    try:
        float(text)
    except ValueError:
        return f'"{text}"'
    return text


def _number(text: str) -> str:
    """Return a number as code is formatted."""
    return repr(float(text))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    MODULE.write_text(module_text(), encoding="utf-8", newline="\n")
