"""Tables that are results already: counts, matrices, thresholds, histories."""
