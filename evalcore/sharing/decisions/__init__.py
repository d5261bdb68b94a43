"""A threshold that somebody decided for: as a file, as code, and in a record that only grows.

`decision` is the value, `decided_rows` what it means for every row. Knows `evalcore.metrics.goals` (goals and costs),
`evalcore.predictions` and `evalcore.errors`; no figure.
"""
