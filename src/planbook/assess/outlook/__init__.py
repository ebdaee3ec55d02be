"""What a short series of quarters leads to expect, and how far that may be off: closed formulas.

From the single periods or levels of a series (`single_periods`) to season, drift and level
(`trend`), the scale of its errors (`scale`), quantiles (`student`) and distributions (`forecast`):
these serve verdicts too. Above them what a goal asks of its series (`asked`), the gates, the series
carried on (`prospect`) and how likely the target is met (`likelihood`), joined in `goals`. No file,
no simulation, no random number. What was measured on public series stands in `constants`, which
``scripts/outlook_constants.py`` writes.
"""
