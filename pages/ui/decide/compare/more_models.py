"""More models than the open evaluation has: those of other evaluations of the same cases, and their ensemble."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from evalcore.metrics.comparing.ensembles import ENSEMBLES, ensembles_of
from evalcore.predictions.evaluation import Evaluation
from evalcore.wording import told_apart
from pages.ui import compute, phrases, state
from pages.ui.compute.judging import comparisons
from pages.ui.state.visitor import visitor

_TITLE_SIGNS = 48


def with_more_models(opened: Evaluation, identifier: str) -> Evaluation:
    """Let people choose models beside those that are open; return the evaluation with them."""
    left, right = st.columns(2)
    alone = len(opened.models) < 2  # then the others come first: there is nothing to put together before
    with left if alone else right:
        opened = _with_others(opened, identifier)
    with right if alone else left:
        return _with_ensemble(opened)


def others_to_choose(identifier: str) -> dict[str, str]:
    """Return the evaluations that may be laid beside one: this browser's, and those that the link names."""
    mine = {
        each.id: each.title
        for each in compute.from_store(lambda store: store.recent(visitor()), [])
        if each.id != identifier
    }
    for each in state.beside_named():
        if each not in mine and each != identifier:
            try:
                mine[each] = compute.evaluation(each).title
            except InputError:
                continue  # it is gone, or never was
    short = told_apart(list(mine.values()), _TITLE_SIGNS)
    return {each: short[title] for each, title in mine.items()}


def _with_others(opened: Evaluation, identifier: str) -> Evaluation:
    offered = others_to_choose(identifier)
    if not offered:
        return opened
    chosen = state.beside_picker(
        offered,
        explanation="Models of other evaluations of the same cases, joined by their ids. Upload a file on the Data "
        "page, and it can be chosen here.",
    )
    for each in chosen:
        try:
            found = comparisons.beside(opened, compute.evaluation(each))
        except InputError as error:
            st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/warning:")
            continue
        opened = found.opened
        st.caption(phrases.plain(found.told))
    return opened


def _with_ensemble(opened: Evaluation) -> Evaluation:
    ways = ensembles_of(opened.predictions)
    if not ways:
        return opened
    way = state.ensemble_picker(
        {"": "No ensemble", **{each: ENSEMBLES[each] for each in ways}},
        explanation="All models that have scores, as one model more: often it is better than each of them. "
        "The mean of ranks needs no common unit; the mean of probabilities stays a probability.",
    )
    return comparisons.with_ensemble_of(opened, way) if way else opened
