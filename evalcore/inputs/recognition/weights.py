"""What each piece of evidence counts: the one table to change, with `make recognition` beside it.

One unit is about what a tenth of a firm name is worth: a column surely called a truth gets ten, and a column that
goes with the predictions as well as can be gets half of that.
"""

from __future__ import annotations

__all__ = [
    "ABOUT",
    "AGREES",
    "CLASSES",
    "COUNTED",
    "CUT",
    "DECIDES",
    "EMPTY",
    "EXPLAINED",
    "FEW",
    "GUESSED",
    "INSIDE",
    "LEFT",
    "MISFIT",
    "NAME",
    "NAMELESS",
    "NEAR",
    "NOTHING",
    "PERFECT",
    "SCORED",
    "SINGLE",
    "STATED",
    "TOGETHER",
    "UNEXPLAINED",
]

STATED = 200.0
"""What the caller said: nothing outweighs it."""
NAME = 10.0
"""The name says truth; times how firmly (0.4 for `diagnosis`, 0.8 for `label`, 1 for `y_true`)."""
SCORED = 4.0
"""The name says score or prediction; times how firmly. Half of `NAME`: these names are more often borrowed."""
AGREES = 5.0
"""The rows agree: times the bond of truth and prediction, from 0 (unrelated) to 1 (the one tells the other)."""
PERFECT = 0.5
"""The share of `AGREES` that is left where not one row disagrees: few models are without error."""
ABOUT = 3.0
"""A prediction is called after the column: `churn_probability` beside `Churn`."""
CLASSES = 4.0
"""Columns of numbers are called after the classes of the truth, or add up to 1 and are as many."""
INSIDE = 1.25
"""Numbers all lie from 0 to 1: as much as a quarter of the best bond, for measurements bond by chance as well."""
NAMELESS = -0.75
"""A truth of which no name speaks: with a bond under 0.15 it is none."""
GUESSED = -2.0
"""A score of which no name speaks."""
CUT = -16.0
"""The truth follows from the scores: it was decided, not observed. More than any name is worth."""
EXPLAINED = 8.0
"""A column that is called the prediction was decided by the scores as well: then the truth need not be the cut."""
TOGETHER = 4.0
"""Several truths each have a prediction of their own, one by one: names or the cells of lists say so."""
COUNTED = 10.0
"""Columns that are called counts, or finished figures: the table is a result already."""
SINGLE = -10.0
"""Beside counts or finished figures stands what only a single case has: a truth, a prediction, a flag."""
EMPTY = -8.0
"""A column firmly called the truth stands empty: the truth is not known yet, and no other column is it by chance."""
DECIDES = 5.0
"""A number by which another column of the truth's classes was decided, whatever it is called."""
FEW = -1.5
"""A number of few whole values: a grade, a count or a code rather than a score."""
MISFIT = -6.0
"""The predictions are not about the classes of this truth."""
NOTHING = -3.0
"""A truth without anything that was predicted for it."""
UNEXPLAINED = -1.0
"""A column whose name says truth, score or prediction is left over; times how firmly it says so."""
LEFT = -2.5
"""Numbers like probabilities are left over beside two flags that were taken for truth and decision."""
NEAR = 1.0
"""A rival that is no further away would be as good a reading: a person is asked."""
