"""Everything at every threshold: the one sort, curves, thinning, histogram, DeLong's interval.

Knows `rates`, `evalcore.errors` and, for the rows of a range, `evalcore.predictions.binary`.
"""
