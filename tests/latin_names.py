"""What readers' pages may say in Latin letters, each with its reason: one list for all tests."""

from __future__ import annotations

from planbook.watch_frames import AlertRule

NAMES = {
    "Ctrl": "a key, as keyboards print it",
    "Excel": "a program",
    "Word": "a program",
    "sha256": "a kind of checksum, by which a file is proved",
    "JSON Schema": "a standard, which a program looks for by this name",
    "Frictionless Data Package": "a standard, which a program looks for by this name",
    "Sustainable development in the European Union: Monitoring report on progress towards the SDGs"
    " in an EU context": "the title of a source",
    **{str(rule): "a code of a column, beside its Chinese name" for rule in AlertRule},
}
_PLAN = "AI AIC GDP IP KD NQI QDLP QFLP UFI"
_FORMATS = "CSV JSON WPS PDF UTF BOM KB MB SDMX GB OL"  # GB/T 7714 cites a report as [R/OL]
CAPITALS = frozenset(f"{_PLAN} {_FORMATS}".split())
# Pages for analysts, who call Python and read columns by their names.
FOR_ANALYSTS = frozenset({"chapters/analysis.html", "handbook.html"})
