"""The ROC and precision-recall curves of all models over each other: bands, crossings, and what mixing would give."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from evalcore.describing.comparison_words import crossing_sentence, mixing_sentence
from evalcore.figures.curves.bands import add_hull, add_model_bands
from evalcore.figures.curves.precision_recall import precision_recall_figure
from evalcore.figures.curves.roc import roc_figure
from evalcore.metrics.comparing.roc_regions import RocRegion
from evalcore.metrics.deciding.mixing import Mixing
from evalcore.numbers import UNDEFINED, coefficient, points, score
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases
from pages.ui.compute.judging import comparisons
from pages.ui.decide.curves import PLAIN_CONFIG
from pages.ui.house_tables import house_table, shares


@st.fragment
def overlays_panel(opened: Evaluation, thresholds: dict[str, float]) -> None:
    """Show the curves of all models that have scores, each with its band and its point."""
    ranked = [each.name for each in opened.predictions.models if each.kind != "hard_label"]
    if not ranked:
        return
    st.subheader("The curves over each other", anchor=False)
    several = len(ranked) > 1
    regions: tuple[RocRegion, ...] = ()
    with st.container(horizontal=True):
        banded = st.toggle(
            "Bands", True, key="compare_bands",
            help="Where 95 % of the curves of other rows like these would lie, at each place for itself.",
        )  # fmt: skip
        hulled = several and st.toggle(
            "Hull", False, key="compare_hull",
            help="What can be reached by deciding each case by lot between two of the operating points.",
        )  # fmt: skip
    if several:
        regions, mixed = comparisons.crossings(opened, tuple(ranked))
        st.markdown(phrases.plain(crossing_sentence(regions)))
    thin = {name: compute.thin(opened, name) for name in ranked}
    sweeps = {name: compute.sweep(opened, name) for name in ranked}
    told = {"thresholds": {name: thresholds[name] for name in ranked}, "palette": phrases.palette()}
    roc = roc_figure(thin, roc_auc={name: each.roc_auc for name, each in sweeps.items()}, **told)
    precision = precision_recall_figure(
        thin, average_precision={name: each.average_precision for name, each in sweeps.items()}, **told
    )
    bands = comparisons.bands_of(opened, tuple(ranked)) if banded else {}
    for place, figure in enumerate((roc, precision)):
        drawn = {name: each[place] for name, each in bands.items()}
        add_model_bands(figure, comparisons.BAND_GRID, drawn, phrases.palette())
    if hulled:
        corners = mixed.corners
        add_hull(
            roc,
            [each.false_positive_rate for each in corners],
            [each.recall for each in corners],
            phrases.palette(),
        )
    left, right = st.columns(2)
    left.plotly_chart(roc, theme=None, config=PLAIN_CONFIG, key="compare_roc")
    right.plotly_chart(precision, theme=None, config=PLAIN_CONFIG, key="compare_precision")
    if banded and not bands:
        st.caption("There are no bands: so many weighted rows would take too long to draw anew.")
    if several:
        with st.expander("Who leads where, and what mixing them would give", icon=":material/multiple_stop:"):
            _leads_table(regions)
            _hull_table(mixed)


def _leads_table(regions: tuple[RocRegion, ...]) -> None:
    st.caption(
        "In steps of a tenth of a percent of false alarms: what each model catches at its best threshold that raises "
        "no more of them."
    )
    table = pd.DataFrame(
        {
            "false alarms from": [each.low for each in regions],
            "to": [each.high for each in regions],
            "catches the most": [", ".join(each.models) for each in regions],
            "widest lead": [each.widest for each in regions],
        }
    )
    spelt = {**shares(("false alarms from", "to")), "widest lead": points}
    st.dataframe(house_table(table, spelt), hide_index=True, key="compare_leads", placeholder=UNDEFINED)


def _hull_table(mixed: Mixing) -> None:
    st.markdown(phrases.plain(mixing_sentence(mixed)))
    st.caption(
        "Whatever the outcomes cost, one of these is the cheapest. "
        f"The hull has an area of {coefficient(mixed.roc_auc)}."
    )
    table = pd.DataFrame(
        {
            "model": [each.model or "none" for each in mixed.corners],
            "threshold": [each.threshold for each in mixed.corners],
            "false alarms": [each.false_positive_rate for each in mixed.corners],
            "recall": [each.recall for each in mixed.corners],
        }
    )
    spelt = {**shares(("false alarms", "recall")), "threshold": score}
    st.dataframe(house_table(table, spelt), hide_index=True, key="compare_corners", placeholder=UNDEFINED)
