"""What predictions are worth: counts, rates, curves and the points on them."""
