"""The Errors page's view of suspect labels: which models contradict them, and what they do to the figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from evalcore import numbers
from evalcore.metrics.cases.agreement import AgreedSuspects, agreed_suspects
from evalcore.metrics.cases.left_out import figures_without
from evalcore.metrics.cases.ranking import CaseRanking
from evalcore.numbers import UNDEFINED
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases
from pages.ui.cases.gallery import show_cases
from pages.ui.decide.suspect_marks import mark_one, marking, notes_on
from pages.ui.state.visitor import remember_visitor

GALLERY = "suspects_gallery"
NAMES = {
    "accuracy": "Accuracy",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "balanced_accuracy": "Balanced accuracy",
    "macro_f1": "Macro F1",
}
BY = {"this": "This model", "any": "Any model", "all": "All models"}
METHOD = (
    "A label is suspect where the model is confident of another class: its probability of that class is at "
    "least the mean that it gives to the class's own cases (confident learning: Northcutt, Jiang and Chuang, "
    "2021, [doi:10.1613/jair.1.12125](https://doi.org/10.1613/jair.1.12125)). It means something only where "
    "the model had not seen these cases in training, and a suspect is not a proof: look before you relabel."
)


def suspects_view(opened: Evaluation, ranking: CaseRanking, model: str, *, subject: str) -> None:
    """Show the labels that the model, or several models, confidently contradict."""
    of_models = {name: compute.suspects(opened, name) for name in opened.models}
    suspects = {name: each for name, each in of_models.items() if each is not None}
    able = tuple(suspects)
    if not able:
        st.info(
            "Suspect labels need probabilities, and the models here give decision scores or labels only.",
            icon=":material/info:",
        )
        return
    by = _by(able, model)
    asked = (model,) if by == "this" else able
    found = agreed_suspects([suspects[name] for name in asked], by="all" if by == "all" else "any")
    who = _who(asked, by)
    if not len(found):
        st.success(
            f"No label{phrases.within(opened)} is confidently contradicted by {who}.", icon=":material/check:"
        )
        st.caption(METHOD)
        return
    remember_visitor()
    _summary(opened, ranking, found, who=who, model=model)
    subject = f"{subject}/suspects/{by}"
    pictures, marks = st.tabs(["Look at them", "Mark and export"])
    with pictures:
        mark_one(opened, ranking, key=GALLERY, subject=subject)
        show_cases(opened, ranking, found.cases, key=GALLERY, subject=subject, name="suspect labels")
    with marks:
        marking(opened, ranking, found, subject=subject)


def _by(able: tuple[str, ...], model: str) -> str:
    """Let people choose who must contradict a label, where there is a choice."""
    choices = [each for each in BY if each != "this" or model in able]
    if len(able) == 1:
        if model not in able:
            st.caption(phrases.plain(f"{model} gives no probabilities: {able[0]} is asked in its place."))
        return choices[0]
    chosen = st.segmented_control(
        "Contradicted by",
        choices,
        format_func=BY.__getitem__,
        default=choices[0],
        required=True,
        key="suspects_by",
        help=phrases.plain(f"Models with probabilities: {', '.join(able)}."),
    )
    return chosen if chosen in choices else choices[0]


def _who(asked: tuple[str, ...], by: str) -> str:
    if len(asked) == 1:
        return phrases.plain(asked[0])
    names = phrases.plain(", ".join(asked))
    return f"{'all' if by == 'all' else 'at least one'} of {len(asked)} models ({names})"


def _summary(
    opened: Evaluation, ranking: CaseRanking, found: AgreedSuspects, *, who: str, model: str
) -> None:
    errors = int(ranking.wrong.sum())
    held = int(ranking.wrong[found.cases].sum())
    share = found.share_of(ranking.wrong)
    whose = "its" if who == phrases.plain(model) else f"the {phrases.plain(model)} model's"
    explained = (
        f" They hold {held:,} of {whose} {errors:,} errors: **{numbers.share(share)}**." if errors else ""
    )
    st.markdown(
        f"**{len(found):,}** of {len(ranking.actual):,} labels{phrases.within(opened)} are confidently "
        f"contradicted by {who}.{explained}"
    )
    st.caption(METHOD)
    weights = opened.predictions.weights
    figures = figures_without(ranking, found.cases, weights=weights)
    rows = {
        f"All {len(ranking.actual):,} cases": figures.everything,
        f"Without the {len(found):,} suspects": figures.without,
    }
    noted = [position for position, note in notes_on(opened).items() if note.wrong]
    marked = np.flatnonzero(np.isin(opened.predictions.rows, noted))
    if len(marked):
        without = figures_without(ranking, marked, weights=weights).without
        rows[f"Without the {len(marked):,} marked as wrong"] = without
    table = pd.DataFrame.from_dict(rows, orient="index").rename(columns=NAMES)
    table = table.reset_index(names="cases counted")
    figures_shown = table.style.format("{:.4f}", na_rep="–", subset=table.columns[1:])
    st.dataframe(
        figures_shown, hide_index=True, width="content", key="suspect_figures", placeholder=UNDEFINED
    )
    st.caption("The first row is the real one; the others are what the figures would be without these cases.")
