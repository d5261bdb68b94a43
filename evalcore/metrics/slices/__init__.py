"""Groups of cases beside each other: their rates at a threshold, where a model is weak, whether it is fair.

Knows `rates`, `sweep`, `probability` and the types of predictions.
"""
