"""The outlook fitted on public series and measured on them; what was published of it, scored.

From series (`series`) to plans laid over them (`origins`), from these to constants (`fitting`), to
scores (`scores`, `other_methods`, `alarm_rates`), figures (`figures`) and the record that the book
prints (`record`). `published` needs no series: it holds published outlooks against what came.
"""
