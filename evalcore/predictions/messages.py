"""Sentences that the types themselves say: where a threshold is from."""

from __future__ import annotations

# Where the default threshold is from
HALF = "one half, the usual threshold for probabilities"

HALF_PERCENT = "50 %, the usual threshold for percentages"

ZERO = "zero, the usual threshold for decision scores"

LOG_HALF = "the logarithm of one half, the usual threshold for log-probabilities"

MIDDLE = "the middle of the scale"

AS_MANY = (
    "as many rows are flagged as are positive: all scores have the same sign, so that zero would not "
    "divide them"
)

CALLED = "the predictions are decisions already: 1 is called positive"

NOT_CLASS = "not {label}"

LABEL_THRESHOLD = "the usual threshold for the scores' unit, or the file's own"

MISSING_OF_LABEL = 'no truth for "{label}"'
