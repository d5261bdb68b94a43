"""Sentences about tables that are results already."""

from __future__ import annotations

HISTORY_STEPS = "its numbers grow from row to row: it counts the steps of a training"


HISTORY_ROWS = "no column counts the steps, so the rows do"


HISTORY_SERIES = "named after a loss or a metric, one value for each step"


HISTORY_LONG = "each row is one value of one metric at one step of a training"


FIRST_SET_IS_TRAINING = (
    "XGBoost numbers its sets in the order in which they were given: "
    "validation_0 was taken for the training rows"
)


RUNS_OF_FILES = "each file is the history of one run: {columns}"


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
COUNT_NEGATIVE = '"{column}" holds {value} in row {row}, and a count is 0 or more: check the file'
COUNT_BLANK = 'a blank count was taken for 0 ({count} cells, first in "{column}", row {row})'
COUNT_MISSING = '"{column}" is blank in row {row}, and each threshold needs its four counts: add it'
NO_CASES = "every count is 0, so that there are no cases: check the file"
MODELS_WITHOUT_CASES = "all counts of {labels} are 0: left out"
MORE_THAN_ALL = '"{column}" is more than "{other}" in row {row}: check which is the number of all cases'
COUNTS_ARE_SHARES = (
    "the matrix holds shares, not counts ({how}), but accuracy depends on the size of each class: "
    'use the counts, or add a column "n" with the cases of each row'
)
SHARES_TIMES = (
    "the matrix holds shares ({how}): they were multiplied by the number of cases, to the nearest whole"
)
SHARES_OF = {
    "rows": "each row adds up to 1, or to 100 %",
    "columns": "each column adds up to 1, or to 100 %",
    "all": "all cells add up to 1, or to 100 %",
}
COUNTS_AS_WEIGHTS = (
    "the counts are not whole, or too many to be taken case by case: each cell is one row with a weight, "
    "and intervals are those of weighted rows"
)
