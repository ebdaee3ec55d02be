"""The facts: all that is known about indicators and measures, by edition in which it was known."""

from planbook.facts.observations import Facts, as_of, build_facts

__all__ = ["Facts", "as_of", "build_facts"]
