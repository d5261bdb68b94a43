"""One confusion matrix: its rates, their definitions and their intervals; the ground floor of metrics.

Knows `evalcore.errors` only.
"""
