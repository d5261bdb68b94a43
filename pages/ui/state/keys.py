"""The table of all session keys and link parameters: each is spelt here, once, with what makes it start anew.

A key's name is the same in the session and in the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reset = Literal["evaluation", "model"]

#: Browsers and mail programs take links of about 2,000 signs.
LONGEST_LINKED = 1500


@dataclass(frozen=True)
class Key:
    """One key of the session, or a family of keys that begin alike.

    Parameters
    ----------
    name : str
    linked : bool
        Whether the link carries it.
    reset : {"evaluation", "model"}, optional
        What forgets it: turning to another evaluation, or already to another model of the same; None where it
        stays as long as the session.
    family : bool
        Whether all keys that begin with the name are meant.
    bound : bool
        Whether a widget writes it to the link by itself; all others are written by `link` alone.
    follows : bool
        Whether it is made from what the link says, so that another link makes it anew.
    """

    name: str
    linked: bool = False
    reset: Reset | None = None
    family: bool = False
    bound: bool = False
    follows: bool = False


_table: dict[str, Key] = {}


def _key(
    name: str,
    *,
    linked: bool = False,
    reset: Reset | None = None,
    family: bool = False,
    bound: bool = False,
    follows: bool = False,
) -> str:
    if name in _table:
        raise ValueError(f"two session keys are called {name!r}")
    _table[name] = Key(name, linked, reset, family, bound, follows or (linked and not bound))
    return name


def all_keys() -> tuple[Key, ...]:
    """Return the table."""
    return tuple(_table.values())


def carried_keys() -> tuple[str, ...]:
    """Return the parameters that `link` writes.

    Examples
    --------
    >>> "t" in carried_keys(), MINIMUM in carried_keys()
    (True, False)
    """
    return tuple(key.name for key in all_keys() if key.linked and not key.bound)


def keys_to_forget(turned_to: Reset) -> tuple[Key, ...]:
    """Return what starts anew with another evaluation, or with another model of the same one.

    Examples
    --------
    >>> [key.name for key in keys_to_forget("model") if key.linked]
    ['pin', 'range', 'band']
    """
    gone = ("model",) if turned_to == "model" else ("evaluation", "model")
    return tuple(key for key in all_keys() if key.reset in gone)


# Which evaluation, and what is chosen of it at the left.
EVALUATION = _key("e", linked=True)
OPEN_EVALUATION = _key("open_evaluation", follows=True)
#: What the link says, by parameter: the truth of it, whatever has reached the address by now.
LINK = _key("link_says")
MODEL = _key("m", linked=True, reset="evaluation")
OPEN_MODEL = _key("open_model")
OUTPUT = _key("o", linked=True, reset="evaluation")
OPEN_OUTPUT = _key("open_output")
LEVEL = _key("level", linked=True, reset="evaluation")
OPEN_LEVEL = _key("open_level", reset="evaluation", follows=True)
NEXT_LEVEL = _key("next_level", reset="evaluation", follows=True)
GROUPS = _key("groups", linked=True, reset="evaluation")
CLASS = _key("k", linked=True, reset="evaluation")
OPEN_CLASS = _key("open_class")
WITHIN = _key("within", linked=True, reset="evaluation")

# The operating point.
THRESHOLD = _key("t", linked=True, reset="evaluation")
THRESHOLD_SUBJECT = _key("threshold_subject", reset="evaluation", follows=True)
THRESHOLD_SLIDER = _key("threshold_slider")
THRESHOLD_LAST = _key("threshold_last")
THRESHOLD_PAGE = _key("threshold_page")
THRESHOLD_REVISION = _key("threshold_revision")
PINNED = _key("pin", linked=True, reset="model")
PINNED_THRESHOLD = _key("pinned_threshold", reset="model")
RANGE = _key("range", linked=True, reset="model")
SCORE_RANGE = _key("score_range", reset="model")
CELL = _key("cell", linked=True, reset="evaluation")
#: The points that were left, to go back to and forth.
POINTS = _key("points", reset="model")
UNDO = _key("undo")
REDO = _key("redo")

# The Compare page: the evaluations beside the open one, and how the models are put together.
BESIDE = _key("beside", linked=True, reset="evaluation")
ENSEMBLE = _key("ensemble", linked=True, reset="evaluation")

# What people need of the threshold.
GOAL = _key("goal", linked=True, reset="evaluation")
GOAL_BOX = _key("goal_box_validation", reset="evaluation", follows=True)
COST_MISS = _key("miss", linked=True, reset="evaluation")
COST_ALARM = _key("alarm", linked=True, reset="evaluation")
COST_CATCH = _key("catch", linked=True, reset="evaluation")
COST_SPARED = _key("spared", linked=True, reset="evaluation")
COST_REVIEW = _key("review", linked=True, reset="evaluation")
COST_BAND = _key("look", linked=True, reset="evaluation")
COST_AMOUNTS = _key("amounts", linked=True, reset="evaluation")
PREVALENCE = _key("prev", linked=True, reset="evaluation")
WORDS = _key("words", linked=True, reset="evaluation")
WORD_BOX = _key("word_box_", reset="evaluation", family=True, follows=True)

# The tools beside the explorer.
TOOL = _key("tool", linked=True, reset="evaluation")
BANDS = _key("bands", linked=True, reset="evaluation")
#: How rows are drawn anew: what stands together, whether each class keeps its number, and which draw it is.
TOGETHER = _key("together", linked=True, reset="evaluation")
STRATIFIED = _key("strata", linked=True, reset="evaluation")
SEED = _key("seed", linked=True, reset="evaluation")
BAND = _key("band", linked=True, reset="model")
DESK_SERIAL = _key("desk_serial")
DESK_SAID = _key("desk_wants_to_jump")

# The explorer; the tiles that a person chose stay with the next evaluation.
EXPLORER = _key("explorer")
EXPLORER_SHOWN = _key("explorer_shows")
TILES = _key("tiles")
#: Which of several tabs is looked at: the others are not made.
CURVES_TAB = _key("curves_tab")

# The Errors page.
VIEW = _key("view", linked=True, reset="evaluation")
ACTUAL = _key("actual", linked=True, reset="evaluation")
CALLED = _key("called", linked=True, reset="evaluation")
REST = _key("rest", linked=True, reset="evaluation")
#: Whether the Errors page is about one class against the rest, also while another page is shown.
AGAINST_REST = _key("against_rest", reset="evaluation", follows=True)
TYPICAL = _key("typical_images")
PLACE_IN = _key("place_in_", family=True)
EDITED = _key("rows_in_editor")
EDITOR_GENERATION = _key("editor_generation")

# The Classes page: the boxes of a matrix's cell, the least certainty and the thresholds of the classes.
CELL_ACTUAL = _key("cell_actual_", reset="evaluation", family=True)
CELL_CALLED = _key("cell_called_", reset="evaluation", family=True)
CLASS_TAB = _key("tab", linked=True, reset="evaluation", bound=True)
MINIMUM = _key("sure", linked=True, reset="evaluation", bound=True)
MINIMUM_REVISION = _key("minimum_revision")
MINIMUM_SHOWN = _key("minimum_shown")
CLASS_THRESHOLDS = _key("thresholds_of_classes")

# Of the visitor and of the run.
VISITOR = _key("visitor")
VISITOR_COOKIE = _key("visitor_cookie")
NOTICE = _key("notice")
ADDRESS = _key("address")
DRAWN = _key("first_picture_drawn")
UPLOADER = _key("uploader", family=True)
# What was just opened, on its way to its page; the page that says so; whether the Data page shows what was understood.
ARRIVING = _key("arriving")
ARRIVED = _key("arrived")
CHECKING = _key("checking")
#: What was asked of a saved evaluation (to rename it, to delete it), and of which.
ASKED = _key("asked_of_evaluation")
TOUR = _key("tour")
TOUR_DONE = _key("tour_done")
TOUR_WISH = _key("tour_wish")
