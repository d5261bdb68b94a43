"""Sentences about tables that are results already."""

from __future__ import annotations

HISTORY_STEPS = "its numbers grow from row to row: it counts the steps of a training"


HISTORY_ROWS = "no column counts the steps, so the rows do"


HISTORY_SERIES = "named after a loss or a metric, one value for each step"


HISTORY_LONG = "each row is one value of one metric at one step of a training"


COUNTED_SCORES = "each row is a score with the numbers of positives and negatives that have it"


COUNTED_THRESHOLDS = "each row is a threshold with the counts of the confusion matrix that it yields"


BELOW_LOWEST = (
    "{count} cases lie below the lowest threshold, with scores that the table does not tell: "
    "they stand at {value}"
)


COUNTED_CELLS = "the table is a confusion matrix: counts of actual against predicted classes"


ASK_MATRIX = (
    'There is a matrix for each value of "{column}". Which one should be evaluated? "{value}" was taken.'
)
