"""Decisions without scores: every model's matrix, rates and plain sentence, side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from evalcore.figures.live.counts import counts_data
from evalcore.metrics.summaries.side_by_side import SideBySide, side_by_side_table
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from pages.ui import compute, phrases
from pages.ui.live.counts import counts_pictures

#: So many models are laid side by side unless others are chosen.
MOST_SHOWN = 6


def counts_panel(opened: Evaluation, reference: str) -> None:
    """Show the models side by side; differences are from the one that is chosen at the left."""
    found = compute.models_beside(opened, _shown(opened, reference), reference)
    predictions = opened.predictions
    data = counts_data(found, positive=predictions.positive, negative=predictions.negative)
    counts_pictures(data, key="counts_side_by_side")
    if found.note:
        below = f"Below a rate is its difference from “{found.reference}”, with a 95 % interval"
        more = "bold where that leaves 0 out. Choose another model at the left to compare with it."
        st.caption(phrases.plain(f"{below}: {more} {found.note}"))
    _downloads(opened, found)


def _shown(opened: Evaluation, reference: str) -> tuple[str, ...]:
    """Choose which of very many models to show."""
    if len(opened.models) <= MOST_SHOWN:
        return opened.models
    first = [reference, *(each for each in opened.models if each != reference)][:MOST_SHOWN]
    chosen = st.multiselect(
        f"Models shown, of {len(opened.models):,}",
        opened.models,
        default=first,
        max_selections=2 * MOST_SHOWN,
        key=f"counts_models_{opened.fingerprint}_{reference}",
    )
    return tuple(each for each in opened.models if each in chosen) or (reference,)


def _downloads(opened: Evaluation, found: SideBySide) -> None:
    table: pd.DataFrame = side_by_side_table(found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the figures",
            lambda: as_csv(table, index=False),
            file_name="models-side-by-side.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        if "errors" in opened.traits.pages:
            st.page_link("pages/decide/errors.py", label="See the cases", icon=":material/troubleshoot:")
        else:
            st.caption("The file holds counts only: there are no cases to look at.")
