"""Judge goals and measures: pure functions from facts to verdicts."""
