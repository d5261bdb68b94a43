"""Every sentence that people read about their file: reasons, questions, warnings, refusals.

Templates are constants; `say` fills them. A list becomes `"a", "b" and "c"`, long names are cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["NONE", "joined", "listing", "say"]

NONE = "none"
ALL_ROWS = "all rows"
STATED = "stated by you"

# Why a column has its role
SPLIT_BY_CONTENT = 'the values of "{column}" are names of splits (train, validation, test)'
FOLD_BY_NAME = 'the name "{column}" and its few values say that it is the fold'
EPOCH_BY_NAME = 'the name "{column}" says that it counts epochs or snapshots'
MODEL_BY_NAME = 'the name "{column}" and its few values say which model made the row'
WEIGHT_BY_NAME = 'the name "{column}" and its non-negative numbers say that it weighs the rows'
IMAGE_BY_CONTENT = '"{column}" holds images or names of image files'
ID_BY_NAME = '"{column}" names the row'
GROUPS = "few distinct values: the rows can be sliced by them"
IGNORED = "not needed for the figures; kept in the table"
TRUTH_BY_NAME = 'the name "{column}" says that it is the truth'
TRUTH_BY_ASSOCIATION = 'of the columns with classes, "{column}" goes best with the predictions'
TRUTH_ONLY_LABELS = '"{column}" is the only column with classes'
TRUTH_FIRST_OF_TWO = '"{column}" and "{other}" hold the same classes; the truth mostly comes first'
SCORE_BY_NAME = 'the name "{column}" says that it is a score'
SCORE_BY_CONTENT = "numbers that rank the truth, and no other column does it better"
SCORES_OF_CLASSES = "one column for each class, and each row adds up to 1"
EMPTY_LISTS = 'empty cells of "{column}" ({count}) were taken for lists of no labels'
ONLY_CHANCES = "the only column of numbers from 0 to 1"
SCORES_OF_LEARNERS = "columns of numbers from 0 to 1 that are called after models"
HARD_LABEL_BY_NAME = 'the name "{column}" says that it is a prediction, and it holds only classes'
HARD_LABEL_TWO_VALUES = (
    '"{column}" is called a score but holds only two values: it is a decision already made'
)
HARD_LABEL_OTHER_OF_TWO = '"{column}" holds the same classes as the truth'

LABEL_TRUTHS = "each label has a truth column of its own ({labels})"
LABEL_SCORES = "one score column for each label"
LABEL_DECISIONS = "one column of decisions for each label"
LONG_LABELS = 'each row is one label ("{other}") of one case ("{column}")'
OUTPUT_TRUTHS = "each output has a truth column of its own"
OUTPUT_DECISIONS = "each output has a column of predicted classes, named after it"
OUTPUT_SCORES = "columns of probabilities, named after an output and its classes"
IMAGE_TARGET = "images of what each output should be"
IMAGE_OUTPUT = "images that a model made: every pixel is an output"
IMAGE_INPUT = "images that the model was given"
LISTS_OF_LABELS = "each cell lists the labels that apply"
LISTS_OF_NUMBERS = "each cell lists a score for each label"
ONE_HOT = "exactly one of these columns is 1 in each row: they are the classes"
TWO_SIDES = '"{other}" is the same event seen from the other side; "{column}" comes first and is used'
LONG_MODELS = "each case comes once for each model"
CLASS_ORDER = "{pairs} ({how})"
BY_THE_DECISIONS = "the order that agrees with the predicted labels"
BY_THE_TRUTH = "the order that agrees best with the truth"
IN_LABEL_ORDER = "the order of the labels, which agrees with the rows"
HISTORY_STEPS = "its numbers grow from row to row: it counts the steps of a training"
HISTORY_ROWS = "no column counts the steps, so the rows do"
HISTORY_SERIES = "named after a loss or a metric, one value for each step"
HISTORY_LONG = "each row is one value of one metric at one step of a training"

# Which class is positive
POSITIVE_BY_WORD = '"{label}" names the event and "{other}" its absence'
POSITIVE_BY_NUMBER = '"{label}" is the larger code'
POSITIVE_BY_SCORE = 'the column "{column}" is named after the class "{label}"'
POSITIVE_BY_FIRST_COLUMN = '"{label}" has the first of the two probability columns'
POSITIVE_BY_RANK = 'rows of "{label}" have the higher scores'
POSITIVE_BY_RARITY = '"{label}" is the rarer class'
POSITIVE_BY_ORDER = '"{label}" comes last, as the positive class mostly does'
ASK_POSITIVE = 'Which class should the threshold decide for? "{label}" was taken: {reason}.'

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
FILE_RULE = 'the file\'s own rule: "{column}" says positive exactly where the score is at least {threshold}'

# What was done to a score
TURNED = "turned: low values of the column mean positive"
COMPLEMENT = 'turned: the column speaks for "{other}"'
FROM_CONFIDENCE = 'made from the confidence in "{column}", the class that was predicted'
SOFTMAX = "softmax of the columns"
EXP = "exponential of the columns, which are logarithms of probabilities"
HUNDREDTH = "percentages divided by 100"
NOT_CLASS = "not {label}"
PROBABILITIES = "probabilities"
MATRIX_NAME = "confusion matrix"
PREDICTIONS_NAME = "predictions"
SCORES_NAME = "scores"
FLAGGED = "flagged"
DECISIONS_NAME = "decisions"
LABEL_THRESHOLD = "the usual threshold for the scores' unit, or the file's own"
LABEL_MAPPED = "read as {mapping}"

COUNTED_SCORES = "each row is a score with the numbers of positives and negatives that have it"
NO_ERROR = (
    '"{score}" tells the classes of "{column}" apart without a single error: '
    'make sure that "{column}" is the truth, and not what was decided by the score'
)
COUNTED_THRESHOLDS = "each row is a threshold with the counts of the confusion matrix that it yields"
BELOW_LOWEST = (
    "{count} cases lie below the lowest threshold, with scores that the table does not tell: "
    "they stand at {value}"
)
COUNTED_CELLS = "the table is a confusion matrix: counts of actual against predicted classes"

# Doubts
ASK_WEIGHT = 'Does "{column}" weigh the rows, or is it a measurement? It was not used as a weight.'
ASK_WEIGHTED = 'Rows are weighted by "{column}". Should they be?'
ASK_TRUTH = 'Which column is the truth? "{column}" was taken: {reason}.'
ASK_SCORE = 'Which column is the score? "{column}" was taken: {reason}.'
ASK_DIRECTION = 'Do low values of "{column}" mean "{label}"? {taken}'
TAKEN_TURNED = "It was turned, because it ranks the rows the wrong way round as it stands."
TAKEN_AS_IS = "It was taken as it stands, although it ranks the rows the wrong way round."
ASK_CODING = 'Does "{value}" in "{column}" mean "{label}"? It was taken so, because the rows agree better.'

ASK_MEANINGS = 'Are the classes in "{column}" these: {meanings}? They were matched by how the rows agree.'
ASK_CLASS_ORDER = "Which class does each column speak for? {pairs} was taken: {how}."
ASK_EPOCH = (
    'Each {unit} comes several times, once for each "{column}". Which one should be evaluated? '
    '"{value}" was taken: '
    "pooling them would count every case more than once."
)
ASK_MODEL = (
    'The models in "{column}" judged different cases. Which one should be evaluated? "{value}" was taken.'
)
ASK_LABELS = 'Is each value of "{column}" a label of its own? Each was taken so; else all rows are one task.'
ASK_MATRIX = (
    'There is a matrix for each value of "{column}". Which one should be evaluated? "{value}" was taken.'
)
ASK_SPLIT = 'Which rows of "{column}" should be evaluated? All were taken.'
ASK_TRUTH_FILE = 'Which file holds the truth? "{column}" was taken; the files do not say.'

# Several files
BY_KEY = "the files were joined by {columns}: {count} rows match"
NOT_MATCHED = 'rows without a partner: {lost} of "{column}", {unused} of "{other}"'
KEY_NOT_THERE = 'no row of "{other}" has the same {columns}'
KEY_BLANK = "there is no value in {columns}"
KEY_REPEATED = 'an earlier row of "{column}" has the same {columns}, and only the first is used'
BY_ORDER = '"{column}" and "{other}" were joined row by row, in the order of the files ({count} rows each)'
BY_POSITIONS = '"{column}" was read as the positions of the rows in "{other}"'
LABEL_MAP_USED = "the classes' names were taken from the label map: {labels}"
LABEL_MAP_UNUSED = (
    "one file looks like a list of class names, but no column holds their numbers: it was not used"
)
GROUP_MAP_USED = "each class's group was taken from the label map: {columns}"
FILES_ARE_MODELS = "the files are about the same rows: each is a model ({columns})"
FILES_ARE_FOLDS = 'each file is a fold: they were put below each other, and "{column}" says which is which'
FILES_ARE_PARTS = 'the files were put below each other, and "{column}" says which row came from where'
NOT_JOINABLE = (
    '"{column}" has {one} rows and "{other}" has {two}, and no column names the rows of both: add '
    "a column with an id "
    "to each"
)
SAME_FILES = (
    "the files {columns} hold the same columns and rows: drop the truth together with the predictions"
)

# Images in a zip beside the table
IMAGES_BY_COLUMN = '{count:,} images of {columns} were matched by "{column}"'
IMAGES_NO_COLUMN = (
    "no column names the images of {columns}: a column must hold their paths, such as "
    '"{value}", or their file names'
)
IMAGES_MISSING = "{lost:,} of {count:,} rows have no image in {columns}, the first of them row {row:,}"
IMAGES_UNUSED = "{unused:,} of {count:,} images in {columns} are named by no row"
IMAGES_ALONE = "{columns} hold images only: drop the table of predictions together with them"
IMAGES_TOO_MANY = '"{column}" holds {count:,} files: at most {limit:,} images can come in one zip'
IMAGES_LOCKED = '"{column}" is locked with a password: pack the images without one'
IMAGES_DAMAGED = '"{value}" in "{column}" is damaged and cannot be unpacked: pack the zip again'
IMAGES_TOO_LARGE = '"{column}" unpacks to more than {limit} MB: pack smaller images'

# Steps
STEP_IMAGES = "Matching the images"
STEP_READING = "Reading"
STEP_JOINING = "Joining the files"
STEP_ROLES = "Finding which column is what"
STEP_CHECKING = "Checking the predictions"

# Warnings
ONE_EPOCH = 'only the rows where "{column}" is "{value}" are evaluated'
FOLDS_AS_MODELS = (
    'every "{unit}" was judged in several values of "{column}": each of these is shown as a model of its own'
)
POOLED = (
    'every "{unit}" comes in several values of "{column}": rows are pooled, and the same case counts '
    "more than once"
)
TRAINING_ROWS = (
    'rows of the training split are among those evaluated ("{column}"): their figures flatter the model'
)
REPEATED_UNIT = (
    '"{column}" repeats in {count} rows: rows of the same one are not independent, so intervals are '
    "too narrow"
)
TRUTH_IN_FOLDER = (
    'no column is the truth: the folder in "{column}" was taken, as folders are the predicted classes'
)
MARKED_UNKNOWN = '-1 in "{column}" was read as "not known", as nothing predicts it: such rows are left out'
LABEL_IN_ID = 'every id in "{column}" ends in a label, and each case has all of them: they were taken apart'
NOT_ARG_MAX = (
    'the classes in "{column}" are not the highest of the probabilities ({score}) in {count} rows; '
    "they are shown as a model of their own"
)
ONLY_PREDICTED = '"{column}" predicts {labels}, which the truth never is: kept as a class of its own'
SCORES_ONLY = (
    "there is no truth column: the distribution of the scores and the share flagged are shown, but "
    "no rate of errors; "
    "drop the file with the truth too"
)
LABEL_GAPS = (
    "in {count} rows the truth of some label is missing, or neither 0 nor 1: "
    "they are left out for that label only"
)
RULE_NOT_FOUND = (
    'no threshold on "{score}" gives the predictions in "{column}": at best {count} rows differ; '
    "they are shown as a model of their own"
)
ONE_CLASS = 'all rows of "{column}" are of the class "{label}": rates of the other class are undefined'

# Rows left out
MISSING_TRUTH = 'no truth in "{column}"'
NEITHER_CLASS = 'the truth in "{column}" is "{label}", neither of the two classes'
NEITHER_TRUTH = "the truth in {columns} is neither 0 nor 1"
MISSING_TRUTHS = "no truth in one of {columns}"
MISSING_SCORES = "no number in one of {columns}"
NO_LABEL_TRUTH = "no truth in any of {columns}"
MISSING_OF_LABEL = 'no truth for "{label}"'
NOT_ONE_CLASS = "not exactly one of {columns} is 1"
NO_CLASS = 'the truth in "{column}" is none of the classes'
NO_MODEL = 'no model in "{column}"'
NOT_IN_EVERY_MODEL = 'the case does not come in every value of "{column}"'
MISSING_SCORE = 'no number in "{column}"'
MISSING_LABEL = 'no prediction in "{column}"'
MISSING_WEIGHT = 'no weight in "{column}"'
NOT_CHOSEN = '"{column}" is not "{value}"'

# Refusals
NO_SUCH_COLUMN = '{role} names no column: got "{column}"; the nearest are {columns}'
NO_SUCH_ROLE = 'there is no role "{role}"; the roles are {roles}'
NO_SUCH_CLASS = 'the positive class must be one of {labels}, got "{label}"'
NO_SUCH_LABEL = 'the positive class must be one of {labels} in "{column}", got "{label}"'
NO_ROWS = "the table has a header but no rows: export it again with its rows"
NO_SOURCE = "no file was given: name at least one"
NO_TRUTH = (
    "there is no truth column, only predictions ({columns}): drop the file with the truth together "
    "with this one"
)
LONE_LABELS = (
    'there is one column of classes ("{column}") and nothing to compare it with: '
    "drop the file with the truth or the predictions together with this one"
)
CONSTANT_SCORE = (
    'the score "{column}" is {value} in every row, so that no threshold tells the rows apart: '
    "name another column, or export the scores again"
)
NO_PREDICTION = (
    'the truth "{column}" has nothing to be compared with (the labels of {columns} are not its classes): '
    "name the prediction, or drop the file with the predictions too"
)
NOTHING_FOUND = (
    "no column looks like a truth or a prediction (the columns are {columns}): name them, or check the file"
)
NOT_TWO_CLASSES = (
    'the truth must hold two classes to be binary; "{column}" holds {count} ({labels}): '
    "choose another truth or task"
)
NO_SUCH_VALUE = '"{column}" holds no "{value}"; it holds {labels}'
NO_CLASS_SCORES = (
    'the truth "{column}" has {count} classes, and there is neither a column of predicted classes '
    "nor a score for each class: name them, or drop the file with the predictions too"
)
ONLY_FEATURES = (
    'no column is called a prediction of "{column}", and too many could be ({columns}): name the score, or drop the '
    "file with the predictions too"
)
MISSING_IMAGE = 'no image in "{column}"'
NO_ALIKE_IMAGES = (
    'no row has readable images of one size in "{column}" and "{other}": give the target and the output of '
    "each row with the same width and height"
)
NO_PAIR = "several truth columns were found, but no label has both a truth and a prediction: name them"
LISTS_DIFFER = 'each cell of "{column}" must list {count} numbers, one for each label'
FINISHED_METRICS = (
    "this is a table of finished metrics ({columns}), one row per model, not predictions: drop the "
    "file with the "
    "predictions, one row per case"
)
FINISHED_REPORT = (
    "this is a classification report of several classes ({columns}), from which the predictions "
    "cannot be told: drop the "
    "file with the predictions, one row per case"
)
FREE_TEXT = (
    'this is free text ("{column}"), not a table of predictions: drop a table with a column for '
    "the truth and one for the "
    "prediction"
)
REGRESSION_TRUTH = (
    'the truth "{column}" holds numbers, not classes: this is the output of a regression, and a '
    "threshold decides between classes; name a truth of two classes"
)
REGRESSION_OUTPUT = (
    '"{column}" holds numbers predicted by a regression, and there are no classes: a threshold decides '
    "between classes; drop the file with the classes too"
)
NO_ROWS_LEFT = "no row has both a truth and a score ({reasons}): choose other columns"
NEGATIVE_WEIGHT = 'weights must not be negative; "{column}" has {value} in row {row}'
NOT_NUMBERS = 'the score must be numbers; "{column}" holds texts such as "{value}" in row {row}'
NO_WEIGHT_LEFT = 'the weights in "{column}" add up to nothing: choose another column, or none'

_LONGEST_NAME = 60
_LONGEST_LIST = 6


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def listing(names: Sequence[Any]) -> str:
    """Write names as a list in words.

    Examples
    --------
    >>> listing(["a", "b", "c"])
    '"a", "b" and "c"'
    """
    quoted = [f'"{_short(str(name))}"' for name in names[:_LONGEST_LIST]]
    if len(names) > _LONGEST_LIST:
        return f"{', '.join(quoted)} and {len(names) - _LONGEST_LIST} more"
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def joined(names: Sequence[str]) -> str:
    """Join names of columns by commas, as `Roles` takes them; a name with a comma is put in quotes.

    Examples
    --------
    >>> joined(["a", "b, c"])
    'a,"b, c"'
    """
    return ",".join(f'"{name}"' if "," in name else name for name in names)


def say(template: str, **fields: Any) -> str:
    """Fill a template of this module.

    Parameters
    ----------
    template : str
    **fields
        Texts, numbers, or lists of names.

    Returns
    -------
    str

    Examples
    --------
    >>> say(TRUTH_BY_NAME, column="y_true")
    'the name "y_true" says that it is the truth'
    """
    ready = {
        key: listing(value)
        if isinstance(value, (list, tuple))
        else _short(str(value))
        if key in _NAMES
        else value
        for key, value in fields.items()
    }
    return template.format(**ready)


_NAMES = frozenset({"column", "score", "other", "label", "value"})
