"""Every session key and every link parameter, spelt once."""

from __future__ import annotations

EVALUATION = "e"
MODEL = "m"
CLASS = "k"
OUTPUT = "o"
THRESHOLD = "t"
PINNED = "pin"
CELL = "cell"
MINIMUM = "sure"
VIEW = "view"
ACTUAL = "actual"
CALLED = "called"
TYPICAL = "typical_images"
REST = "rest"
RANGE = "range"
LEVEL = "level"
GROUPS = "groups"
GOAL = "goal"
PREVALENCE = "prev"
COST_MISS = "miss"
COST_ALARM = "alarm"
COST_CATCH = "catch"
COST_REVIEW = "review"
COST_AMOUNTS = "amounts"
OPEN_EVALUATION = "open_evaluation"
OPEN_MODEL = "open_model"
OPEN_CLASS = "open_class"
OPEN_OUTPUT = "open_output"
THRESHOLD_SUBJECT = "threshold_subject"
THRESHOLD_SLIDER = "threshold_slider"
THRESHOLD_LAST = "threshold_last"
THRESHOLD_PAGE = "threshold_page"
THRESHOLD_REVISION = "threshold_revision"
PINNED_THRESHOLD = "pinned_threshold"
NOTICE = "notice"
VISITOR = "visitor"
UPLOADER = "uploader"
OPEN_LEVEL = "open_level"
NEXT_LEVEL = "next_level"

#: Whether the Errors page is about one class against the rest, also while another page is shown.
AGAINST_REST = "against_rest"
SCORE_RANGE = "score_range"

# Browsers and mail programs take links of about 2,000 signs.
LONGEST_LINKED = 1500

#: The boxes of a cell of the Classes page's matrices begin so.
CELL_ACTUAL, CELL_CALLED = "cell_actual_", "cell_called_"
