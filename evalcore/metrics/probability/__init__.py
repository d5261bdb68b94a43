"""How good scores are as probabilities: losses, buckets, the line and curve of calibration, mappings that mend it.

Knows the types of `evalcore.predictions` and the intervals of `metrics.rates`, and nothing else of `metrics`.
"""
