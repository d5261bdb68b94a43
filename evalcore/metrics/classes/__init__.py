"""Several classes and several labels: their matrices, order, ranking and errors."""
