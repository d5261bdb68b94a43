"""Every sentence that people read about their file, filled in and written out."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import evalcore
from evalcore.inputs.building import messages
from evalcore.inputs.images import messages as images
from evalcore.inputs.joining import messages as joining
from evalcore.inputs.plan import messages as plan
from evalcore.inputs.ready_made import messages as ready_made
from evalcore.predictions import messages as predictions
from evalcore.wording import joined, listing, say

FIELDS = {
    "column": "y", "score": "p", "other": "z", "label": "yes", "value": "7", "columns": ["a", "b"],
    "labels": ["no", "yes"], "reason": "it is so", "threshold": "0.8", "mapping": "0 = no", "taken": "It was turned.",
    "count": 3, "limit": 1000, "lost": 2, "unused": 1, "one": 10, "two": 20, "row": 4,
    "role": "truth", "roles": ["id", "truth"],
    "reasons": "3 rows: no truth", "pairs": "a = x", "how": "by name", "meanings": "0 = no", "unit": "case",
}  # fmt: skip
EXPECTED = {
    "ALL_PREDICTIONS": 'the files "a" and "b" are all called predictions: none of them was taken for the truth',
    "BETWEEN_TWO": "the score has two values, and this lies between them",
    "COUNTS_ARE_SHARES": (
        "the matrix holds shares, not counts (by name), but accuracy depends on the size of each class: "
        'use the counts, or add a column "n" with the cases of each row'
    ),
    "COUNTS_AS_WEIGHTS": (
        "the counts are not whole, or too many to be taken case by case: each cell is one row with a weight, "
        "and intervals are those of weighted rows"
    ),
    "COUNT_BLANK": 'a blank count was taken for 0 (3 cells, first in "y", row 4)',
    "COUNT_MISSING": '"y" is blank in row 4: each threshold needs its four counts',
    "COUNT_NEGATIVE": '"y" holds 7 in row 4: a count is 0 or more',
    "HEADER_COUNTS": (
        'the first line of "y" (0, 1, ...) was read as its header, as pandas writes it: it has then as many '
        "rows as the others"
    ),
    "HEADER_MAY_COUNT": (
        'the first line of "a" and "b" counts the columns (0, 1, ...), as a header of pandas does: it was read '
        "as a row; delete it where it is a header"
    ),
    "IMAGES_NOT_HERE": '"y" names image files: drop a zip of the images together with the table to see them',
    "INFINITE": (
        '"y" is infinite in 3 rows (first in rows 4) though its other values are probabilities: '
        "these rows rank above or below all others"
    ),
    "LABEL_MAP_NUMBERS": (
        "the numbers were kept beside the classes' names: the scores may speak for the larger number, where the "
        "names alone say the other class"
    ),
    "MODELS_WITHOUT_CASES": 'all counts of "no" and "yes" are 0: left out',
    "MORE_THAN_ALL": '"y" is more than "z" in row 4: check which is the number of all cases',
    "NO_CASES": "every count is 0: there are no cases to evaluate",
    "SHARES_TIMES": (
        "the matrix holds shares (by name): they were multiplied by the number of cases, to the nearest whole"
    ),
    "ALL_ROWS": "all rows",
    "ASK_CLASS_ORDER": "Which class does each column speak for? a = x was taken: by name.",
    "ASK_CODING": 'Does "7" in "y" mean "yes"? It was taken so, because the rows agree better.',
    "ASK_DIRECTION": 'Do low values of "y" mean "yes"? It was turned.',
    "ASK_EPOCH": (
        'Each case comes several times, once for each "y". Which one should be evaluated? "7" was taken: '
        "pooling them would count every case more than once."
    ),
    "ASK_LABELS": 'Is each value of "y" a label of its own? Each was taken so; else all rows are one task.',
    "ASK_MATRIX": 'There is a matrix for each value of "y". Which one should be evaluated? "7" was taken.',
    "ASK_MEANINGS": 'Are the classes in "y" these: 0 = no? They were matched by how the rows agree.',
    "ASK_MODEL": 'The models in "y" judged different cases. Which one should be evaluated? "7" was taken.',
    "ASK_POSITIVE": 'Which class should the threshold decide for? "yes" was taken: it is so.',
    "ASK_SCORE": 'Which column is the score? "y" was taken: it is so.',
    "ASK_SPLIT": 'Which rows of "y" should be evaluated? All were taken.',
    "ASK_TRUTH": 'Which column is the truth? "y" was taken: it is so.',
    "ASK_TRUTH_FILE": 'Which file holds the truth? "y" was taken; the files do not say.',
    "ASK_WEIGHT": 'Does "y" weigh the rows, or is it a measurement? It was not used as a weight.',
    "ASK_WEIGHTED": 'Rows are weighted by "y". Should they be?',
    "AS_MANY": (
        "as many rows are flagged as are positive: all scores have the same sign, so that zero would not "
        "divide them"
    ),
    "BY_KEY": 'the files were joined by "a" and "b": 3 rows match',
    "BY_ORDER": '"y" and "z" were joined row by row, in the order of the files (3 rows each)',
    "BY_POSITIONS": '"y" was read as the positions of the rows in "z"',
    "BY_THE_DECISIONS": "the order that agrees with the predicted labels",
    "BY_THE_TRUTH": "the order that agrees best with the truth",
    "CALLED": "the predictions are decisions already: 1 is called positive",
    "CLASS_ORDER": "a = x (by name)",
    "COMPLEMENT": 'turned: the column speaks for "z"',
    "COUNTED_CELLS": "the table is a confusion matrix: counts of actual against predicted classes",
    "COUNTED_SCORES": "each row is a score with the numbers of positives and negatives that have it",
    "DECISIONS_NAME": "decisions",
    "EPOCH_BY_NAME": 'the name "y" says that it counts epochs or snapshots',
    "EXP": "exponential of the columns, which are logarithms of probabilities",
    "FILES_ARE_FOLDS": 'each file is a fold: they were put below each other, and "y" says which is which',
    "FILES_ARE_MODELS": 'the files are about the same rows: each is a model ("a" and "b")',
    "FILES_ARE_PARTS": 'the files were put below each other, and "y" says which row came from where',
    "FILE_RULE": 'the file\'s own rule: "y" says positive exactly where the score is at least 0.8',
    "FINISHED_METRICS": (
        'this is a table of finished metrics ("a" and "b"), one row per model, not predictions: drop the '
        "file with the predictions, one row per case"
    ),
    "FINISHED_REPORT": (
        'this is a classification report of several classes ("a" and "b"), from which the predictions '
        "cannot be told: drop the file with the predictions, one row per case"
    ),
    "FLAGGED": "flagged",
    "FOLDS_AS_MODELS": 'every "case" was judged in several values of "y": each of these is shown as a model of its own',
    "FOLD_BY_NAME": 'the name "y" and its few values say that it is the fold',
    "FREE_TEXT": (
        'this is free text ("y"), not a table of predictions: drop a table with a column for the truth and '
        "one for the prediction"
    ),
    "FROM_CONFIDENCE": 'made from the confidence in "y", the class that was predicted',
    "GROUPS": "few distinct values: the rows can be sliced by them",
    "HALF": "one half, the usual threshold for probabilities",
    "HALF_PERCENT": "50 %, the usual threshold for percentages",
    "HARD_LABEL_BY_NAME": 'the name "y" says that it is a prediction, and it holds only classes',
    "HARD_LABEL_OTHER_OF_TWO": '"y" holds the same classes as the truth',
    "HARD_LABEL_TWO_VALUES": '"y" is called a score but holds only two values: it is a decision already made',
    "HISTORY_LONG": "each row is one value of one metric at one step of a training",
    "HISTORY_ROWS": "no column counts the steps, so the rows do",
    "HISTORY_SERIES": "named after a loss or a metric, one value for each step",
    "HISTORY_STEPS": "its numbers grow from row to row: it counts the steps of a training",
    "HUNDREDTH": "percentages divided by 100",
    "ID_BY_NAME": '"y" names the row',
    "IGNORED": "not needed for the figures; kept in the table",
    "IMAGE_BY_CONTENT": '"y" holds images or names of image files',
    "IN_LABEL_ORDER": "the order of the labels, which agrees with the rows",
    "IMAGES_ALONE": '"a" and "b" hold images only: drop the table of predictions together with them',
    "IMAGES_BY_COLUMN": '3 images of "a" and "b" were matched by "y"',
    "IMAGES_DAMAGED": '"7" in "y" is damaged and cannot be unpacked: pack the zip again',
    "IMAGES_LOCKED": '"y" is locked with a password: pack the images without one',
    "IMAGES_MISSING": '2 of 3 rows have no image in "a" and "b", the first of them row 4',
    "IMAGES_NO_COLUMN": (
        'no column names the images of "a" and "b": a column must hold their paths, such as "7", or their file names'
    ),
    "IMAGES_TOO_LARGE": '"y" unpacks to more than 1000 MB: pack smaller images',
    "IMAGES_TOO_MANY": '"y" holds 3 files: at most 1,000 images can come in one zip',
    "IMAGES_UNUSED": '1 of 3 images in "a" and "b" are named by no row',
    "KEY_BLANK": 'there is no value in "a" and "b"',
    "KEY_NOT_THERE": 'no row of "z" has the same "a" and "b"',
    "KEY_REPEATED": 'an earlier row of "y" has the same "a" and "b", and only the first is used',
    "LABEL_DECISIONS": "one column of decisions for each label",
    "LABEL_MAPPED": "read as 0 = no",
    "LABEL_MAP_UNUSED": "one file looks like a list of class names, but no column holds their numbers: it was not used",
    "GROUP_MAP_USED": 'each class\'s group was taken from the label map: "a" and "b"',
    "LABEL_MAP_USED": 'the classes\' names were taken from the label map: "no" and "yes"',
    "LABEL_SCORES": "one score column for each label",
    "LABEL_THRESHOLD": "the usual threshold for the scores' unit, or the file's own",
    "LABEL_TRUTHS": 'each label has a truth column of its own ("no" and "yes")',
    "LISTS_DIFFER": 'each cell of "y" must list 3 numbers, one for each label',
    "LISTS_OF_LABELS": "each cell lists the labels that apply",
    "LISTS_OF_NUMBERS": "each cell lists a score for each label",
    "LOG_HALF": "the logarithm of one half, the usual threshold for log-probabilities",
    "LONE_LABELS": (
        'there is one column of classes ("y") and nothing to compare it with: drop the file with the truth '
        "or the predictions together with this one"
    ),
    "LONG_MODELS": "each case comes once for each model",
    "MATRIX_NAME": "confusion matrix",
    "MIDDLE": "the middle of the scale",
    "MISSING_LABEL": 'no prediction in "y"',
    "MISSING_SCORE": 'no number in "y"',
    "NO_LABEL_TRUTH": 'no truth in any of "a" and "b"',
    "TRUTH_IN_FOLDER": 'no column is the truth: the folder in "y" was taken, as folders are the predicted classes',
    "MARKED_UNKNOWN": '-1 in "y" was read as "not known", as nothing predicts it: such rows are left out',
    "LABEL_IN_ID": 'every id in "y" ends in a label, and each case has all of them: they were taken apart',
    "LONG_LABELS": 'each row is one label ("z") of one case ("y")',
    "MISSING_OF_LABEL": 'no truth for "yes"',
    "MISSING_SCORES": 'no number in one of "a" and "b"',
    "LABEL_GAPS": (
        "in 3 rows the truth of some label is missing, or neither 0 nor 1: they are left out for that label only"
    ),
    "MISSING_TRUTH": 'no truth in "y"',
    "MISSING_TRUTHS": 'no truth in one of "a" and "b"',
    "MISSING_WEIGHT": 'no weight in "y"',
    "MODEL_BY_NAME": 'the name "y" and its few values say which model made the row',
    "NEGATIVE_WEIGHT": 'weights must not be negative; "y" has 7 in row 4',
    "NEITHER_CLASS": 'the truth in "y" is "yes", neither of the two classes',
    "NEITHER_TRUTH": 'the truth in "a" and "b" is neither 0 nor 1',
    "NOTHING_FOUND": (
        'no column looks like a truth or a prediction (the columns are "a" and "b"): name them, or check '
        "the file"
    ),
    "NOT_ARG_MAX": (
        'the classes in "y" are not the highest of the probabilities (p) in 3 rows; they are shown as a '
        "model of their own"
    ),
    "NOT_CHOSEN": '"y" is not "7"',
    "NOT_CLASS": "not yes",
    "NOT_IN_EVERY_MODEL": 'the case does not come in every value of "y"',
    "NOT_JOINABLE": (
        '"y" has 10 rows and "z" has 20, and no column names the rows of both: add a column with an id to '
        "each"
    ),
    "NOT_MATCHED": 'rows without a partner: 2 of "y", 1 of "z"',
    "NOT_NUMBERS": 'the score must be numbers; "y" holds texts such as "7" in row 4',
    "NOT_ONE_CLASS": 'not exactly one of "a" and "b" is 1',
    "NOT_TWO_CLASSES": (
        'the truth must hold two classes to be binary; "y" holds 3 ("no" and "yes"): choose another truth or task'
    ),
    "NO_CLASS": 'the truth in "y" is none of the classes',
    "NO_CLASS_SCORES": (
        'the truth "y" has 3 classes, and there is neither a column of predicted classes nor a score for '
        "each class: name them, or drop the file with the predictions too"
    ),
    "NO_MODEL": 'no model in "y"',
    "NO_PAIR": "several truth columns were found, but no label has both a truth and a prediction: name them",
    "CONSTANT_SCORE": (
        'the score "y" is 7 in every row, so that no threshold tells the rows apart: '
        "name another column, or export the scores again"
    ),
    "COUNTED_THRESHOLDS": "each row is a threshold with the counts of the confusion matrix that it yields",
    "BELOW_LOWEST": "3 cases lie below the lowest threshold, with scores that the table does not tell: they stand at 7",
    "NO_ERROR": (
        '"p" tells the classes of "y" apart without a single error: make sure that "y" is the truth, '
        "and not what was decided by the score"
    ),
    "EMPTY_LISTS": 'empty cells of "y" (3) were taken for lists of no labels',
    "ONLY_CHANCES": "the only column of numbers from 0 to 1",
    "NO_PREDICTION": (
        'the truth "y" has nothing to be compared with (the labels of "a" and "b" are not its classes): '
        "name the prediction, or drop the file with the predictions too"
    ),
    "NO_ROWS": "the table has a header but no rows: export it again with its rows",
    "NO_ROWS_LEFT": "no row has both a truth and a score (3 rows: no truth): choose other columns",
    "NO_SOURCE": "no file was given: name at least one",
    "NO_SUCH_CLASS": 'the positive class must be one of "no" and "yes", got "yes"',
    "NO_SUCH_COLUMN": 'truth names no column: got "y"; the nearest are "a" and "b"',
    "NO_SUCH_LABEL": 'the positive class must be one of "no" and "yes" in "y", got "yes"',
    "NO_SUCH_ROLE": 'there is no role "truth"; the roles are "id" and "truth"',
    "NO_SUCH_VALUE": '"y" holds no "7"; it holds "no" and "yes"',
    "NO_TRUTH": (
        'there is no truth column, only predictions ("a" and "b"): drop the file with the truth together '
        "with this one"
    ),
    "NO_WEIGHT_LEFT": 'the weights in "y" add up to nothing: choose another column, or none',
    "ONE_CLASS": 'all rows of "y" are of the class "yes": rates of the other class are undefined',
    "ONE_EPOCH": 'only the rows where "y" is "7" are evaluated',
    "ONE_HOT": "exactly one of these columns is 1 in each row: they are the classes",
    "ONLY_FEATURES": (
        'no column is called a prediction of "y", and too many could be ("a" and "b"): name the score, or '
        "drop the file with the predictions too"
    ),
    "ONLY_PREDICTED": '"y" predicts "no" and "yes", which the truth never is: kept as a class of its own',
    "POOLED": (
        'every "case" comes in several values of "y": rows are pooled, and the same case counts more than '
        "once"
    ),
    "POSITIVE_BY_FIRST_COLUMN": '"yes" has the first of the two probability columns',
    "POSITIVE_BY_NUMBER": '"yes" is the larger code',
    "POSITIVE_BY_ORDER": '"yes" comes last, as the positive class mostly does',
    "POSITIVE_BY_RANK": 'rows of "yes" have the higher scores',
    "POSITIVE_BY_RARITY": '"yes" is the rarer class',
    "POSITIVE_BY_SCORE": 'the column "y" is named after the class "yes"',
    "POSITIVE_BY_WORD": '"yes" names the event and "z" its absence',
    "PROBABILITIES": "probabilities",
    "REGRESSION_OUTPUT": (
        '"y" holds numbers predicted by a regression, and there are no classes: a threshold decides '
        "between classes; drop the file with the classes too"
    ),
    "REGRESSION_TRUTH": (
        'the truth "y" holds numbers, not classes: this is the output of a regression, and a threshold '
        "decides between classes; name a truth of two classes"
    ),
    "REPEATED_UNIT": '"y" repeats in 3 rows: rows of the same one are not independent, so intervals are too narrow',
    "RULE_NOT_FOUND": (
        'no threshold on "p" gives the predictions in "y": at best 3 rows differ; they are shown as a '
        "model of their own"
    ),
    "SAME_FILES": 'the files "a" and "b" hold the same columns and rows: drop the truth together with the predictions',
    "SCORES_NAME": "scores",
    "IMAGE_INPUT": "images that the model was given",
    "IMAGE_OUTPUT": "images that a model made: every pixel is an output",
    "IMAGE_TARGET": "images of what each output should be",
    "MISSING_IMAGE": 'no image in "y"',
    "NO_ALIKE_IMAGES": (
        'no row has readable images of one size in "y" and "z": give the target and the output of each row '
        "with the same width and height"
    ),
    "OUTPUT_DECISIONS": "each output has a column of predicted classes, named after it",
    "OUTPUT_SCORES": "columns of probabilities, named after an output and its classes",
    "OUTPUT_TRUTHS": "each output has a truth column of its own",
    "PREDICTIONS_NAME": "predictions",
    "SCORES_OF_CLASSES": "one column for each class, and each row adds up to 1",
    "SCORES_OF_LEARNERS": "columns of numbers from 0 to 1 that are called after models",
    "SCORES_ONLY": (
        "there is no truth column: the distribution of the scores and the share flagged are shown, but no "
        "rate of errors; drop the file with the truth too"
    ),
    "SCORE_BY_CONTENT": "numbers that rank the truth, and no other column does it better",
    "SCORE_BY_NAME": 'the name "y" says that it is a score',
    "SOFTMAX": "softmax of the columns",
    "SPLIT_BY_CONTENT": 'the values of "y" are names of splits (train, validation, test)',
    "STATED": "stated by you",
    "STEP_CHECKING": "Checking the predictions",
    "STEP_IMAGES": "Matching the images",
    "STEP_JOINING": "Joining the files",
    "STEP_READING": "Reading",
    "STEP_ROLES": "Finding which column is what",
    "TAKEN_AS_IS": "It was taken as it stands, although it ranks the rows the wrong way round.",
    "TAKEN_TURNED": "It was turned, because it ranks the rows the wrong way round as it stands.",
    "TRAINING_ROWS": 'rows of the training split are among those evaluated ("y"): their figures flatter the model',
    "TRUTH_BY_ASSOCIATION": 'of the columns with classes, "y" goes best with the predictions',
    "TRUTH_BY_NAME": 'the name "y" says that it is the truth',
    "TRUTH_FIRST_OF_TWO": '"y" and "z" hold the same classes; the truth mostly comes first',
    "TRUTH_ONLY_LABELS": '"y" is the only column with classes',
    "TURNED": "turned: low values of the column mean positive",
    "TWO_SIDES": '"z" is the same event seen from the other side; "y" comes first and is used',
    "WEIGHT_BY_NAME": 'the name "y" and its non-negative numbers say that it weighs the rows',
    "ZERO": "zero, the usual threshold for decision scores",
}
ROOMS = (images, predictions, messages, joining, plan, ready_made)
TEMPLATES = {
    name: text
    for room in ROOMS
    for name, text in vars(room).items()
    if name.isupper() and isinstance(text, str)
}
SOURCES = (path.read_text(encoding="utf-8") for path in Path(evalcore.__file__).parent.rglob("*.py"))
USED = {name for source in SOURCES for name in re.findall(r"messages\.([A-Z_0-9]+)\b", source)}


def test_every_message_is_here() -> None:
    assert set(EXPECTED) == set(TEMPLATES)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_message(name: str) -> None:
    template = TEMPLATES[name]
    wanted = {field for _, field, _, _ in string.Formatter().parse(template) if field}
    said = say(template, **{field: FIELDS[field] for field in wanted})
    assert said == EXPECTED[name]
    assert len(said) <= 200
    assert "\n" not in said


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_message_is_used(name: str) -> None:
    assert name in USED


def test_lists_of_names() -> None:
    assert listing([]) == ""
    assert listing(["a"]) == '"a"'
    assert listing(list("abcdefgh")) == '"a", "b", "c", "d", "e", "f" and 2 more'


def test_long_names_are_cut() -> None:
    said = say(messages.MISSING_TRUTH, column="x" * 200)
    assert len(said) < 90
    assert said.endswith('x…"')


def test_braces_in_names_are_text() -> None:
    assert say(messages.MISSING_TRUTH, column="{label}") == 'no truth in "{label}"'


def test_joined_names_can_be_taken_apart() -> None:
    assert joined(["a", "b, c"]) == 'a,"b, c"'
