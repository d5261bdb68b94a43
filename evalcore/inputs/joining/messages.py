"""Sentences about several files that belong together."""

from __future__ import annotations

ASK_TRUTH_FILE = 'Which file holds the truth? "{column}" was taken; the files do not say.'


# Several files
BY_KEY = "the files were joined by {columns}: {count} rows match"


NOT_MATCHED = 'rows without a partner: {lost} of "{column}", {unused} of "{other}"'


KEY_NOT_THERE = 'no row of "{other}" has the same {columns}'


KEY_BLANK = "there is no value in {columns}"


KEY_REPEATED = 'an earlier row of "{column}" has the same {columns}, and only the first is used'


BY_ORDER = '"{column}" and "{other}" were joined row by row, in the order of the files ({count} rows each)'


BY_POSITIONS = '"{column}" was read as the positions of the rows in "{other}"'


SHEETS_LEFT = 'only the sheet "{column}" holds predictions; left out: {columns}'


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
HEADER_COUNTS = (
    'the first line of "{column}" (0, 1, ...) was read as its header, as pandas writes it: it has then as many '
    "rows as the others"
)
HEADER_MAY_COUNT = (
    "the first line of {columns} counts the columns (0, 1, ...), as a header of pandas does: it was read as a "
    "row; delete it where it is a header"
)
ALL_PREDICTIONS = "the files {columns} are all called predictions: none of them was taken for the truth"
LABEL_MAP_NUMBERS = (
    "the numbers were kept beside the classes' names: the scores may speak for the larger number, where the "
    "names alone say the other class"
)
