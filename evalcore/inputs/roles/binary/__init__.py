"""Roles where a threshold decides between two classes: positive class, direction, unit, scores alone.

Knows `columns`, `plan`, and truth, figures and refusals of `roles`.
"""
