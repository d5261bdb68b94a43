"""The Classes page of several classes: one sentence, one matrix, and everything else a click away."""

from __future__ import annotations

import streamlit as st

from evalcore.figures.live.matrix import matrix_colours
from evalcore.metrics.cases.class_cases import class_cases
from evalcore.metrics.classes.confused_pairs import confused_pairs
from evalcore.metrics.classes.confusion import ClassConfusion
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases
from pages.ui.cases.class_cases import cell_boxes, cell_positions, class_cases_panel
from pages.ui.compute import policy as policy_compute
from pages.ui.live.matrix import live_matrix
from pages.ui.state import policy as policy_state
from pages.ui.understand.class_groups import groups_panel
from pages.ui.understand.class_matrix import arranged_classes, pairs_panel
from pages.ui.understand.class_policy import Policy, policy_settings
from pages.ui.understand.class_table import class_table_panel
from pages.ui.understand.curve_pictures import class_pictures
from pages.ui.understand.summary_figures import summary_tiles

MATRIX, GALLERY = "class_matrix", "class_cell_gallery"
CASES, PAIRS, TABLE, FIGURES, CURVES, GROUPS = (
    "Cases behind a cell",
    "Most often mixed up",
    "Class by class",
    "All figures",
    "Curves",
    "Groups",
)

Cell = tuple[str | None, str | None]


@st.fragment
def class_board(opened: Evaluation, model: str) -> None:
    """Show what is taken for what; of the tabs below it only the open one is made."""
    results = compute.class_results(opened, model)
    phrases.opening_sentence(results.sentence)
    shown = arranged_classes(opened, model, results.confusion)
    picture = st.container()
    policy = policy_settings(opened, model)
    tabs = policy_state.tabs((CASES, PAIRS, TABLE, FIGURES, CURVES, GROUPS))
    cell: Cell = (None, None)
    if tabs[CASES].open:
        with tabs[CASES]:
            cell = _cases(opened, model, results.confusion, policy)
    for name, show in (
        (PAIRS, lambda: pairs_panel(results.confusion)),
        (TABLE, lambda: class_table_panel(results)),
        (FIGURES, lambda: summary_tiles(results.summary)),
        (CURVES, lambda: class_pictures(opened, model, results)),
        (GROUPS, lambda: groups_panel(model)),
    ):
        if tabs[name].open:
            with tabs[name]:
                show()
    with picture:
        if policy.problem:
            st.info(phrases.plain(policy.problem), icon=":material/info:")
            return
        classes = opened.predictions.classes
        still = {
            "id": f"{opened.fingerprint}/{model}",
            "table": policy_compute.whole_matrix(opened, model) if policy.told is None else None,
            "shown": shown,
            "colours": matrix_colours(phrases.palette()),
            "chosen": cell_positions(classes, cell),
            "policy": None,
        }
        live_matrix(
            still | (policy.told or {}),
            key=MATRIX,
            on=policy_state.matrix_says(MATRIX, classes, cases=CASES),
        )


def _cases(opened: Evaluation, model: str, confusion: ClassConfusion, policy: Policy) -> Cell:
    """Show the cases of a cell, at first of the one with most errors; return the cell."""
    predictions = opened.predictions
    if len(opened.table) < len(predictions.truth):
        st.caption("This evaluation holds counts only: there are no rows to show.")
        return (None, None)
    worst = confused_pairs(confusion, 1)
    first = (worst[0].actual, worst[0].called) if worst else (confusion.classes[0],) * 2
    cell = cell_boxes(predictions.classes, key=MATRIX, first=first)
    ranking = class_cases(predictions, model, labels=None if policy.own else policy.labels)
    class_cases_panel(opened, ranking, cell, key=GALLERY, subject=policy.subject, on_errors_page=policy.own)
    return cell
