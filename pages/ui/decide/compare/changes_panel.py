"""What one model would change in place of another: the counts, score against score, and the cases behind."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from evalcore.describing.comparison_words import agreement_sentence, error_sentence
from evalcore.figures.distributions.score_scatter import score_scatter_figure
from evalcore.metrics.cases.ranking import rank_two_classes
from evalcore.metrics.comparing.calls_together import CallsTogether
from evalcore.metrics.comparing.changes import CHANGES
from evalcore.metrics.comparing.comparison import ComparedModel, Comparison
from evalcore.metrics.comparing.score_pairs import MOST_POINTS, cases_in_box
from evalcore.numbers import UNDEFINED, coefficient, count, share
from evalcore.predictions.evaluation import Evaluation
from pages.ui import phrases
from pages.ui.cases.gallery import show_cases
from pages.ui.compute.judging import comparisons
from pages.ui.house_tables import house_table

_GALLERY, _ALONE_GALLERY = "changed_cases", "cases_of_one_model"
_MARKED = "marked"
_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "autoScale2d"]}
#: The ways to say how alike two models are, in words, and how each is written.
_ALIKE: dict[str, tuple[str, Any]] = {
    "same": ("Same call", share),
    "kappa": ("Beyond chance (kappa)", coefficient),
    "shared_errors": ("Errors shared", share),
}


@st.fragment
def changes_panel(opened: Evaluation, found: Comparison) -> None:
    """Show the errors that a model would mend and make in place of the baseline, with the cases behind."""
    others = {each.name: each.changes for each in found.models if each.changes is not None}
    st.subheader("What would change", anchor=False)
    name = next(iter(others))
    if len(others) > 1:
        name = st.selectbox("In its place", list(others), key="compare_other") or name
    model, changes = found.model(name), others[name]
    together = _together(opened, found)
    st.markdown(
        phrases.plain(f"{error_sentence(found, name)} {agreement_sentence(together, found.baseline, name)}")
    )
    marked = _scatter(opened, found.model(found.baseline), model)
    lists = {kind: getattr(changes, f"{kind}_cases") for kind in CHANGES}
    words = {_MARKED: "In the box", **CHANGES}
    if marked is not None:
        lists = {_MARKED: marked, **lists}
    there = [kind for kind in lists if len(lists[kind])]
    kind = st.segmented_control(
        "Cases",
        there,
        format_func=lambda each: f"{words[each]}: {count(len(lists[each]))}",
        default=there[0],
        required=True,
        # What was marked is looked at at once: the choice begins anew with it.
        key=f"compare_kind{'_marked' if marked is not None else ''}",
        label_visibility="collapsed",
    )
    if kind in there:
        subject = f"{found.baseline}/{kind}/{len(lists[kind])}"
        name = f"{words[kind]}, {model.name}"
        _show(opened, model, lists[kind], key=_GALLERY, subject=subject, name=name)


def _together(opened: Evaluation, found: Comparison) -> CallsTogether:
    own = tuple((each.name, each.threshold) for each in found.models if not each.lazy)
    return comparisons.together(opened, own)


def _scatter(opened: Evaluation, base: ComparedModel, model: ComparedModel) -> npt.NDArray[np.intp] | None:
    """Show score against score where both have scores; return the cases that a person marked there, None for none."""
    scored = [opened.predictions.model(each.name) for each in (base, model)]
    if any(each.kind == "hard_label" for each in scored):
        return None
    # A finger over it marks cases and does not scroll, and a million cases take time: so it is drawn for who opens it.
    room = st.expander(
        "Score against score", icon=":material/scatter_plot:", key="compare_scatter_open", on_change="rerun"
    )
    if not room.open:
        return None
    names = [each.name for each in opened.predictions.models]
    figure = score_scatter_figure(
        opened.predictions,
        (base.name, model.name),
        thresholds=(base.threshold, model.threshold),
        palette=phrases.palette(),
    )
    shown: Any = room.plotly_chart(
        figure,
        theme=None,
        config=_CONFIG,
        on_select="rerun",
        selection_mode="box",
        key=f"compare_scatter_{names.index(base.name)}_{names.index(model.name)}",
    )
    dense = opened.predictions.cases > MOST_POINTS
    room.caption(
        f"{'Each spot is the cases of a small square' if dense else 'Each point is a case'}. Draw a box to see the "
        "cases in it below; a double click takes it away."
    )
    boxes = shown.selection.box
    if not boxes:
        return None
    found = [
        cases_in_box(scored[0].values, scored[1].values, (each["x"][0], each["x"][1]), (each["y"][0], each["y"][1]))
        for each in boxes
    ]  # fmt: skip
    return np.unique(np.concatenate(found))


def _show(
    opened: Evaluation,
    model: ComparedModel,
    cases: npt.NDArray[np.intp],
    *,
    key: str,
    subject: str,
    name: str,
) -> None:
    ranking = rank_two_classes(opened.predictions, model.name, threshold=model.threshold)
    subject = f"{opened.fingerprint}/{model.name}/{model.threshold!r}/{subject}"
    show_cases(opened, ranking, ranking.ordered(cases, "most_wrong"), key=key, subject=subject, name=name)


@st.fragment
def agreement_panel(opened: Evaluation, found: Comparison) -> None:
    """Of three models or more, show how alike they call, and the cases that only one gets right."""
    models = [each for each in found.models if not each.lazy]
    if len(models) < 3:
        return  # of two all is said above
    together = _together(opened, found)
    st.subheader("Who agrees with whom", anchor=False)
    way = st.segmented_control(
        "How alike they call",
        list(_ALIKE),
        format_func=lambda each: _ALIKE[each][0],
        default="same",
        required=True,
        key="compare_alike",
        label_visibility="collapsed",
    )
    matrix = getattr(together, way or "same")
    table = pd.DataFrame(matrix, columns=together.models, index=together.models)
    spelt = dict.fromkeys(together.models, _ALIKE[way or "same"][1])
    st.dataframe(house_table(table, spelt), key="compare_agreement", placeholder=UNDEFINED)
    if way == "shared_errors":
        st.caption("Of the errors of the model at the left, the share that the model above makes too.")
    lists = {name: together.alone[name] for name in together.models} | {"": together.nobody}
    words = {name: f"Only {name} right" for name in together.models} | {"": "All wrong"}
    shown = st.selectbox(
        "Cases that few or no models get right",
        [name for name in lists if len(lists[name])],
        format_func=lambda name: f"{words[name]}: {count(len(lists[name]))}",
        key="compare_alone",
    )
    if shown is not None:
        model = found.model(shown) if shown else models[0]
        _show(opened, model, lists[shown], key=_ALONE_GALLERY, subject=f"alone {shown}", name=words[shown])
