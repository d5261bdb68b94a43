"""A threshold that somebody decided for: as a file, as code, and in a record that only grows.

`decision` is the value. Knows `evalcore.metrics.goals` (goals and costs) and `evalcore.errors`; no figure, no file of
predictions.
"""
