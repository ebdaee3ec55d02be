"""What a short series of quarters leads to expect, and how far that may be off: closed formulas.

From the single periods of a series (`periods`) to season, drift and level (`trend`), the scale of
its errors (`scale`) and quantiles (`student`). No file, no simulation, no random number. What was
measured on public series stands in `constants`, which ``scripts/outlook_constants.py`` writes.
"""
