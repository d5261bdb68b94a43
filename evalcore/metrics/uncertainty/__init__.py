"""How much figures would move on other rows of the same kind: resampling, where no closed formula is.

Knows the sweep and the goals; closed formulas for rates stand in `evalcore.metrics.rates.intervals`.
"""
