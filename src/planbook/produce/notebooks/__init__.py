"""Notebooks executed, kept and made into pages."""

WORKER = "planbook.produce.notebooks.worker"  # what processes that execute import beforehand
