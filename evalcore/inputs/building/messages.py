"""Sentences about rows that cannot be used, and what is built all the same."""

from __future__ import annotations

NOT_ARG_MAX = (
    'the classes in "{column}" are not the highest of the probabilities ({score}) in {count} rows; '
    "they are shown as a model of their own"
)


LABEL_GAPS = (
    "in {count} rows the truth of some label is missing, or neither 0 nor 1: "
    "they are left out for that label only"
)


RULE_NOT_FOUND = (
    'no threshold on "{score}" gives the predictions in "{column}": at best {count} rows differ; '
    "they are shown as a model of their own"
)


INFINITE = (
    '"{column}" is infinite in {count} rows (first in rows {row}) though its other values are probabilities: '
    "these rows rank above or below all others"
)
BETWEEN_TWO = "the score has two values, and this lies between them"

BLANK_DECISIONS = (
    'in {count} rows "{column}" predicts nothing: they are left out, and {share} of the others are right; '
    "counted as wrong, they would make it {other} of all rows"
)

# Rows left out
MISSING_TRUTH = 'no truth in "{column}"'


NEITHER_CLASS = 'the truth in "{column}" is "{label}", neither of the two classes'


NEITHER_TRUTH = "the truth in {columns} is neither 0 nor 1"


MISSING_TRUTHS = "no truth in one of {columns}"


MISSING_SCORES = "no number in one of {columns}"


NO_LABEL_TRUTH = "no truth in any of {columns}"


NOT_ONE_CLASS = "not exactly one of {columns} is 1"


NO_CLASS = 'the truth in "{column}" is none of the classes'


NO_MODEL = 'no model in "{column}"'


NOT_IN_EVERY_MODEL = 'the case does not come in every value of "{column}"'


MISSING_SCORE = 'no number in "{column}"'


MISSING_LABEL = 'no prediction in "{column}"'


MISSING_WEIGHT = 'no weight in "{column}"'


NOT_CHOSEN = '"{column}" is not "{value}"'


NO_ROWS_LEFT = "no row has both a truth and a score ({reasons}): choose other columns"


NEGATIVE_WEIGHT = 'weights must not be negative; "{column}" has {value} in row {row}'


NOT_NUMBERS = 'the score must be numbers; "{column}" holds texts such as "{value}" in row {row}'


NO_WEIGHT_LEFT = 'the weights in "{column}" add up to nothing: choose another column, or none'
