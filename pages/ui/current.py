"""The open evaluation: as it came, at a level, one output of it; and what a page needs of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NoReturn

import streamlit as st

from evalcore.errors import InputError
from evalcore.inputs.groups.stated import groups_from_text
from evalcore.numbers import count
from evalcore.predictions.classes import ClassGroups
from evalcore.predictions.evaluation import Evaluation
from evalcore.predictions.tasks import Decision, Page
from evalcore.sharing.samples import is_sample_id
from pages.ui import compute, state
from pages.ui.phrases import plain, sentence, within
from pages.ui.state.visitor import visitor

#: Where a page is: the label and icon of the button that leads there, and its script; what to see first comes first.
WHERE_TO_GO: Mapping[Page, tuple[str, str, str]] = MappingProxyType(
    {
        "outputs": ("See the images", ":material/compare:", "pages/understand/outputs.py"),
        "classes": ("See the classes", ":material/grid_on:", "pages/understand/classes.py"),
        "threshold": ("Move the threshold", ":material/tune:", "pages/decide/threshold.py"),
        "counts": ("See the counts", ":material/grid_view:", "pages/understand/counts.py"),
        "history": ("See how training went", ":material/show_chart:", "pages/training/history.py"),
    }
)
#: What a page says where it has nothing to show; "{}" is what the file was recognised as.
WITHOUT: Mapping[Page, str] = MappingProxyType(
    {
        "threshold": "A threshold decides between two classes; this file was recognised as {}.",
        "counts": "This page lays decisions side by side that were made without a score; the open file was recognised "
        "as {}, and the Threshold page shows it.",
        "errors": "There are no cases to look at: the open file was recognised as {}.",
        "classes": "This page compares three or more classes, or several labels of a row. "
        "The open file was recognised as {}.",
        "compare": "Models are compared by what they say of two classes; the open file was recognised as {}.",
        "slices": "Groups are compared by what a model says of two classes; the open file was recognised as {}.",
        "calibration": "Calibration is about probabilities or scores; the open file was recognised as {}.",
        "history": "This page shows how a training went, epoch by epoch; the open file was recognised as {}.",
        "outputs": "This page compares images that a model made with those that they should be: a table with an "
        "image of each in every row. The open file was recognised as {}.",
    }
)


def default_evaluation() -> str:
    """Return what a first visit shows: the file of the command line, else the first sample."""
    return compute.command_line_evaluation() or live_sample()


def live_sample() -> str:
    """Return the sample on which somebody is shown around."""
    return compute.samples()[0].id


def current_evaluation() -> Evaluation | None:
    """Open the evaluation of this session: of slices, outputs, and levels of classes, the one looked at."""
    whole = whole_evaluation()
    if whole is None:
        return None
    return at_present_level(one_output(within_present_slice(whole)), all_levels(one_output(whole)))


def of_all_rows() -> Evaluation | None:
    """Open the evaluation of this session, of all its rows: of outputs and levels of classes the one looked at."""
    whole = whole_evaluation()
    return None if whole is None else at_present_level(one_output(whole), all_levels(one_output(whole)))


def within_present_slice(opened: Evaluation) -> Evaluation:
    """Return only the rows of the slice that is looked at, all of them where none is."""
    named = state.within_name()
    chosen = compute.slice_by_name(opened, named) if named else None
    return opened if chosen is None else compute.within_slice(opened, chosen)


def at_present_level(opened: Evaluation, levels: tuple[ClassGroups, ...]) -> Evaluation:
    """Return groups of classes in place of the classes, where such a level is looked at.

    The levels are those of all rows: a slice may lack what tells them.
    """
    groups = next((each for each in levels if each.name == state.level()), None)
    return opened if groups is None else compute.at_level(opened, groups)


def one_output(opened: Evaluation) -> Evaluation:
    """Of several outputs the one that is looked at, as a task of its own; else the evaluation as it is."""
    if opened.traits.part != "output":
        return opened
    names, chosen = opened.predictions.parts, state.output_name()
    return compute.one_output(opened, chosen if chosen in names else names[0])


def whole_evaluation() -> Evaluation | None:
    """Open the evaluation of this session as it came; None where it cannot be (see `why_not_open`)."""
    identifier = state.evaluation_id(default_evaluation())
    try:
        opened = compute.evaluation(identifier)
    except InputError:
        return None
    state.keep_evaluation(identifier)
    return opened


def why_not_open() -> str:
    """Say in one sentence why the evaluation of this session cannot be opened; empty where it can."""
    try:
        compute.evaluation(state.evaluation_id(default_evaluation()))
    except InputError as error:
        return plain(sentence(str(error)))
    return ""


def is_open(page: Page) -> bool:
    """Tell whether a page has something to show of this session's evaluation; no where it cannot be opened."""
    try:
        opened = compute.evaluation(state.evaluation_id(default_evaluation()))
    except InputError:
        return False
    if page == "compare" and len(opened.models) < 2 and not _has_others():
        return False  # of one model there is nothing to compare
    if page == "slices" and not compute.slice_columns(opened):
        return False
    return page in opened.traits.pages


def _has_others() -> bool:
    """Whether this browser saved another evaluation than the open one, which may be of the same cases."""
    identifier = state.evaluation_id(default_evaluation())
    # Whoever looks at a sample needs no database.
    return not is_sample_id(identifier) and any(
        each.id != identifier for each in compute.from_store(lambda store: store.recent(visitor()), ())
    )


def need(page: Page, opened: Evaluation | None) -> Evaluation:
    """Return the evaluation, or end the page with a sentence where it has nothing to show of it."""
    if opened is None:
        st.stop()  # why is said above the page, once
    if page not in opened.traits.pages:
        first = opened.traits.first
        if page == "threshold" and first:
            # The first page of every link: whoever opens it wants to see the evaluation.
            state.go_to(WHERE_TO_GO[first][2])
        stop(WITHOUT[page].format(opened.traits.recognised))
    if not opened.models and opened.traits.judged and opened.task != "history":
        stop(
            "This file says what is true, but no model says anything about it: add a column of scores or of calls."
        )
    return opened


def all_levels(opened: Evaluation) -> tuple[ClassGroups, ...]:
    """List the coarser levels of an evaluation as it came: those that were found, and the person's own."""
    found, text = compute.levels(opened), state.stated_groups()
    if not text or opened.traits.part != "class":
        return found
    own = groups_from_text(opened.predictions.parts, text)
    return found if own is None else (*found, own)


def part_chosen(opened: Evaluation) -> Evaluation:
    """Return the chosen class or label against the rest."""
    return compute.against_rest(opened, state.class_name())


#: From an evaluation to the two classes that a threshold decides between.
TWO_CLASSES: Mapping[Decision, Callable[[Evaluation], Evaluation]] = MappingProxyType(
    {
        "two classes": lambda opened: opened,
        "part": part_chosen,
        "pixels": compute.pixels_as_classes,
    }
)


def need_two_classes(opened: Evaluation | None, page: Page = "threshold") -> Evaluation:
    """Return the evaluation as one of two classes, or end the page with a sentence where it has nothing to show of it.

    Of several classes or labels it is the chosen one against the rest.
    """
    opened = need(page, opened)
    try:
        two = TWO_CLASSES[opened.traits.decides](opened)
    except InputError as error:
        stop(plain(sentence(str(error))))
    if not two.predictions.cases:
        name = plain(str(two.predictions.positive))
        stop(
            f"There is no case to count: the truth of “{name}” is known in no row{within(two)}. "
            "Choose another label, or look within other rows."
        )
    return two


def stop(told: str) -> NoReturn:
    """Say why the page has nothing to show, offer the Data page, and end."""
    st.info(told, icon=":material/info:")
    st.page_link("pages/start/data.py", label="Go to the Data page", icon=":material/upload_file:")
    st.stop()


def summary(opened: Evaluation) -> str:
    """Say in a sentence or two what the open evaluation is."""
    if opened.traits.decides != "two classes":
        return f"{count(len(opened.table))} rows, recognised as {opened.traits.recognised}."
    models = (
        f"{len(opened.models)} models: {', '.join(opened.models)}"
        if len(opened.models) > 1
        else f"model: {opened.models[0]}"
    )
    return f"{opened.predictions.subject}; {models}."
