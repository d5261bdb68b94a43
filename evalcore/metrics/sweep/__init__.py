"""Everything at every threshold: the one sort, curves, thinning, histogram, DeLong."""
