"""Models beside each other: the table, what it says, the curves, and the cases behind a difference."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from evalcore.describing.comparison_words import (
    FIGURE_NAMES,
    SHARES,
    comparison_sentence,
    comparison_tables,
)
from evalcore.errors import InputError
from evalcore.metrics.comparing.comparison import LOSSES, Comparison
from evalcore.metrics.comparing.footing import FOOTINGS
from evalcore.numbers import UNDEFINED, count, score
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from pages.ui import phrases, state
from pages.ui.compute.judging import comparisons
from pages.ui.house_tables import coefficients, house_table, shares
from pages.ui.state import needs

_GALLERY = "changed_cases"
#: A few models are told in sentences; of many the table tells more.
_TOLD = 6


def footing_choice(opened: Evaluation, model: str) -> dict[str, float] | None:
    """Let people choose on which footing models stand; return each one's threshold, None where there is none."""
    goal = needs.goal_said()
    offered = [name for name in FOOTINGS if name != "goal" or goal]
    footing = st.segmented_control(
        "On which footing?",
        offered,
        format_func=lambda name: FOOTINGS[name].label,
        default=offered[0],
        required=True,
        key="compare_footing",
    )
    chosen = FOOTINGS[footing or "own"]
    st.caption(chosen.explanation)
    asked: float | str = goal
    own = {each.name: each.default_threshold for each in opened.predictions.models}
    # The model at the left stands where its threshold was left.
    own[model] = state.threshold(own[model])
    if footing == "threshold":
        asked = own[model]
        st.caption(f"The threshold at the left: {score(asked)}.")
    elif chosen.goal:
        asked = st.slider(
            chosen.label, 0.0, 1.0, chosen.default, 0.005, format="percent", key=f"compare_{footing}"
        )
    found = {}
    for name, threshold in own.items():
        try:
            found[name] = comparisons.on_footing(opened, name, footing or "own", asked, threshold)
        except InputError as error:
            st.info(
                phrases.plain(f"“{name}” has no such threshold: {phrases.sentence(str(error))}"),
                icon=":material/info:",
            )
            return None
    return found


def compared_with(opened: Evaluation) -> tuple[str, str]:
    """Let people choose the baseline, and what stands together; return both, the latter empty for nothing."""
    left, right = st.columns(2)
    names = [each.name for each in opened.predictions.models]
    baseline = left.selectbox("Compared with", names, key="compare_baseline")
    columns = opened.group_columns
    together = None
    if columns:
        together = right.selectbox(
            "What stands together",
            columns,
            index=None,
            placeholder="Each case for itself",
            help="Cases of one patient or site are alike: say which column tells, and intervals follow.",
            key="compare_clusters",
        )
    return baseline or names[0], together or ""


def table_panel(found: Comparison) -> None:
    """Show every figure of every model, the best marked, and what the data can tell apart."""
    metric = st.selectbox(
        "Told by", list(FIGURE_NAMES), format_func=FIGURE_NAMES.__getitem__, key="compare_metric"
    )
    told = [each.name for each in found.models if not each.lazy]
    ordered = sorted(told, key=lambda name: name != found.baseline)[:_TOLD]
    st.markdown("\n".join(f"- {phrases.plain(comparison_sentence(found, name, metric))}" for name in ordered))
    figures, differences = comparison_tables(found)
    spelt = {
        **shares(sorted(SHARES)),
        **coefficients([name for name in FIGURE_NAMES if name not in SHARES]),
        "threshold": score,
    }
    styled = house_table(figures, spelt).apply(_best, subset=list(FIGURE_NAMES))
    st.dataframe(
        styled,
        hide_index=True,
        key="compare_table",
        column_config={name: st.column_config.Column(label) for name, label in FIGURE_NAMES.items()},
        placeholder=UNDEFINED,
    )
    alike = f"{count(found.clusters)} groups stand together. " if found.clusters else ""
    st.caption(
        f"The best of each column is marked, alike ones all. {alike}The last two never look at a case: no model that "
        "they beat is worth having."
    )
    with st.expander("All differences, with intervals and tests", icon=":material/difference:"):
        st.caption(
            "Of the same rows, so that what models share cancels. p: how often chance alone gives as much; the second "
            "one is corrected for the number of models (Holm)."
        )
        st.dataframe(
            differences.assign(figure=differences["figure"].map(FIGURE_NAMES)),
            hide_index=True,
            key="compare_differences",
            placeholder=UNDEFINED,
        )
    left, right = st.columns(2)
    for place, name, table in ((left, "Figures", figures), (right, "Differences", differences)):
        place.download_button(
            name, lambda table=table: as_csv(table, index=False), f"compared_{name.lower()}.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key=f"compare_{name}",
        )  # fmt: skip


def _best(column: pd.Series) -> list[str]:
    if column.name == "predicted_positive_rate":
        return [""] * len(column)
    best = column.min() if column.name in LOSSES else column.max()
    colour = f"background-color: {phrases.palette().accent}33"
    return [colour if math.isclose(value, best, abs_tol=1e-12) else "" for value in column]
