"""Roles of several classes, labels and outputs: columns by class name, one-hot truth, pairs, long tables.

Knows `columns`, `plan`, the figures of `roles` and the unit of `binary`.
"""
