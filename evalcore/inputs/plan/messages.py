"""Sentences about what was recognised: reasons, questions, warnings, refusals.

Templates are constants; `evalcore.wording.say` fills them. A list becomes `"a", "b" and "c"`, long names are cut.
"""

from __future__ import annotations

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

DECIDED_BY = '"{column}" is "{other}" cut by a threshold, and another column holds the same classes'

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

# Which class is positive
POSITIVE_BY_WORD = '"{label}" names the event and "{other}" its absence'

POSITIVE_BY_NUMBER = '"{label}" is the larger code'

POSITIVE_BY_SCORE = 'the column "{column}" is named after the class "{label}"'

POSITIVE_BY_FIRST_COLUMN = '"{label}" has the first of the two probability columns'

POSITIVE_BY_RANK = 'rows of "{label}" have the higher scores'

POSITIVE_BY_RARITY = '"{label}" is the rarer class'

POSITIVE_BY_ORDER = '"{label}" comes last, as the positive class mostly does'

ASK_POSITIVE = 'Which class should the threshold decide for? "{label}" was taken: {reason}.'

FILE_RULE = 'the file\'s own rule: "{column}" says positive exactly where the score is at least {threshold}'

# What was done to a score
TURNED = "turned: low values of the column mean positive"

COMPLEMENT = 'turned: the column speaks for "{other}"'

FROM_CONFIDENCE = 'made from the confidence in "{column}", the class that was predicted'

SOFTMAX = "softmax of the columns"

EXP = "exponential of the columns, which are logarithms of probabilities"

HUNDREDTH = "percentages divided by 100"

PROBABILITIES = "probabilities"

MATRIX_NAME = "confusion matrix"

PREDICTIONS_NAME = "predictions"

SCORES_NAME = "scores"

FLAGGED = "flagged"

DECISIONS_NAME = "decisions"

LABEL_MAPPED = "read as {mapping}"

NO_ERROR = (
    '"{score}" tells the classes of "{column}" apart without a single error: '
    'make sure that "{column}" is the truth, and not what was decided by the score'
)

# Doubts
ASK_MARKED = (
    'Does -1 in "{column}" mean "not known", or is it negative like 0? '
    "Rows with -1 were left out, as nothing predicts it."
)

ASK_WEIGHT = 'Does "{column}" weigh the rows, or is it a measurement? It was not used as a weight.'

ASK_WEIGHTED = 'Rows are weighted by "{column}". Should they be?'

ASK_TRUTH = 'Which column is the truth? "{column}" was taken: {reason}.'

ASK_CUT = (
    'Is "{column}" the truth, or was it decided by the score? {reason}. It was not taken as the truth, because '
    "a model without any error is rare."
)

ASK_PERFECT = (
    'Is "{column}" the truth, or a copy of what was decided? It agrees with the predictions in every row, which is '
    "rare; it was taken as the truth, because its name says so."
)

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

ASK_SPLIT = 'Which rows of "{column}" should be evaluated? All were taken.'

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

LABEL_IN_ID = 'every id in "{column}" ends in a label, and each case has all of them: they were taken apart'

ONLY_PREDICTED = '"{column}" predicts {labels}, which the truth never is: kept as a class of its own'

CLASS_WITHOUT_COLUMN = (
    'no column holds the probability of {labels}, which "{column}" has: no case is ever called so, '
    "and each of these counts as wrong"
)

SCORES_ONLY = (
    "there is no truth column: the distribution of the scores and the share flagged are shown, but "
    "no rate of errors; "
    "drop the file with the truth too"
)

ONE_CLASS = 'all rows of "{column}" are of the class "{label}": rates of the other class are undefined'

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

NOT_LIKE_PREDICTIONS = (
    'this does not look like predictions: no name speaks of a truth or a score, and "{other}" says little of '
    '"{column}"; name the truth and the score to go on, or drop a file of predictions'
)

SAYS_LITTLE = (
    'no name speaks of a score, and "{other}" says little of "{column}": '
    "name the score to go on, or drop the file with the predictions too"
)

TRUTH_IS_HIGHEST = (
    '"{column}" is in every row the class of the highest score ("{other}" is one of them): what was decided, not '
    "what was true"
)

TRUTH_IS_CUT = '"{column}" is a score ("{other}") cut by a threshold: what was decided, not what was true'

NO_PAIR = "several truth columns were found, but no label has both a truth and a prediction: name them"

LISTS_DIFFER = 'each cell of "{column}" must list {count} numbers, one for each label'

FINISHED_METRICS = (
    "this is a table of finished metrics ({columns}), one row per model, not predictions: drop the "
    "file with the "
    "predictions, one row per case"
)

TRIALS = (
    "this is a table of the settings that a search tried ({columns}), one row per trial, not predictions: drop the "
    "file with the predictions, one row per case"
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
