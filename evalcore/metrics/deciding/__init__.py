"""What a goal means at every threshold at once: where it is kept, at another prevalence, with human review between.

Knows rates, sweeps, goals and resamples; it serves the live explorer, which moves over all of it.
"""
