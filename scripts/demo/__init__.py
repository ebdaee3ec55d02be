"""The demonstration's parts: a scenario as data, and pure functions that turn it into workbooks."""
