"""When to decide at all: certainty, rules of calling a class, coverage and risk.

Knows `evalcore.predictions.classes`, `rates` and `classes`.
"""
