"""Several classes and several labels: their matrices, order, areas, confused pairs, errors by group.

Knows `evalcore.predictions`, `rates` and `sweep`.
"""
