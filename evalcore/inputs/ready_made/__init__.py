"""Tables that are results already: counts, matrices, threshold tables, training histories.

Knows `columns`, `plan`, the units and positive class of `roles`, and the types of `evalcore.predictions`.
"""
