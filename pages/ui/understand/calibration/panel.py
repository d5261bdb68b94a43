"""Can the probabilities be taken at their word? The diagram, the figures, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pandas as pd
import streamlit as st

from evalcore.describing.calibration_words import CAUSES, calibration_figures, calibration_sentences
from evalcore.describing.plain_words import PlainWords
from evalcore.figures.curves.calibration_diagram import calibration_figure
from evalcore.metrics.probability.calibration import Calibration
from evalcore.metrics.probability.parts import MOST_PARTS, PartCalibration
from evalcore.metrics.probability.reliability import ENOUGH, Strategy
from evalcore.numbers import UNDEFINED, count, points, share, share_range, signed
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.csv_text import as_csv
from pages.ui import phrases
from pages.ui.compute.judging import calibrations
from pages.ui.decide.curves import PLAIN_CONFIG
from pages.ui.house_tables import counts, house_table, shares

STRATEGIES: dict[Strategy, str] = {"quantile": "Equal numbers", "uniform": "Equal widths"}
BUCKETS = (5, 10, 20, 50)


def bucket_choice() -> tuple[Strategy, int]:
    """Let people choose how probabilities are put into buckets."""
    left, right, _ = st.columns([3, 4, 2])
    strategy = left.segmented_control(
        "Buckets of",
        list(STRATEGIES),
        format_func=STRATEGIES.__getitem__,
        default="quantile",
        required=True,
        help="Buckets must hold enough cases to say something: equal numbers see to that, equal widths show where "
        "there are none.",
        key="calibration_strategy",
    )
    buckets = right.segmented_control(
        "At most",
        BUCKETS,
        default=10,
        required=True,
        format_func=lambda each: f"{each} buckets",
        key="calibration_buckets",
    )
    return cast(Strategy, strategy or "quantile"), int(buckets or 10)


def calibration_panel(
    found: Calibration, positive: str, *, key: str, words: PlainWords | None = None
) -> None:
    """Show one calibration: sentences (in people's own words, where they said some), diagram, figures."""
    verdict, *more = calibration_sentences(found, positive, words=words)
    st.markdown(f"**{phrases.plain(verdict)}** {phrases.plain(' '.join(more))}")
    picture, figures = st.columns(2)
    figure = calibration_figure(found.buckets, found.curve, positive=positive, palette=phrases.palette())
    picture.plotly_chart(figure, theme=None, config=PLAIN_CONFIG, key=f"{key}_diagram")
    told = pd.DataFrame(calibration_figures(found), columns=["figure", "value", "meaning"])
    figures.table(told.map(phrases.plain), border="horizontal", hide_index=True)
    table = _bucket_table(found)
    few = int((found.buckets.cases < ENOUGH).sum())
    note = f" {few} of them hold fewer than {ENOUGH} cases and say little (hollow)." if few else ""
    with picture.expander(f"The {len(table)} buckets", icon=":material/table_rows:"):
        st.caption(f"Each with its Wilson interval.{note}")
        st.dataframe(_spelt(table), hide_index=True, key=f"{key}_buckets", placeholder=UNDEFINED)
        st.download_button(
            "Buckets", lambda: as_csv(table, index=False), "calibration_buckets.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key=f"{key}_download",
        )  # fmt: skip
    picture.caption(CAUSES)


def parts_panel(parts: Sequence[PartCalibration], word: str, *, total: int, key: str) -> None:
    """Show a table of classes, labels or groups, the worst first."""
    if not parts:
        return
    table = pd.DataFrame(
        {
            word: [each.name for each in parts],
            "cases": [each.cases for each in parts],
            "positives": [each.positives for each in parts],
            "said": [each.predicted for each in parts],
            "observed": [each.observed for each in parts],
            "bias": [each.bias for each in parts],
            "bias low": [float(each.interval.low) for each in parts],
            "bias high": [float(each.interval.high) for each in parts],
            "calibration error": [each.error for each in parts],
            "by chance at most": [each.chance for each in parts],
        }
    )
    if total > len(parts):
        st.caption(f"The {MOST_PARTS} most frequent of {total:,} are looked at.")
    spelt = {
        **shares(("said", "observed", "calibration error", "by chance at most")),
        **counts(("cases", "positives")),
        **dict.fromkeys(("bias", "bias low", "bias high"), lambda value: signed(value, points)),
    }
    st.dataframe(house_table(table, spelt), hide_index=True, key=f"{key}_table", placeholder=UNDEFINED)
    st.download_button(
        "Table", lambda: as_csv(table, index=False), f"calibration_by_{word}.csv", "text/csv",
        icon=":material/download:", on_click="ignore", key=f"{key}_table_download",
    )  # fmt: skip


def groups_panel(opened: Evaluation, model: str) -> None:
    """Show the bias within groups of rows, where columns make some."""
    columns = calibrations.telling_groups(opened)
    if not columns:
        return
    st.subheader("Within groups", anchor=False)
    st.caption("A model can promise the right share over all cases and the wrong one in every group.")
    column = st.selectbox("Groups by", columns, key="calibration_groups") if len(columns) > 1 else columns[0]
    parts = calibrations.calibrations_of_groups(opened, model, column)
    total = opened.table[column].nunique()
    parts_panel(parts, column, total=int(total), key="groups")


def _bucket_table(found: Calibration) -> pd.DataFrame:
    buckets = found.buckets
    return pd.DataFrame(
        {
            "from": buckets.low,
            "to": buckets.high,
            "cases": buckets.cases,
            "said": buckets.predicted,
            "observed": buckets.observed,
            "observed low": buckets.interval.low,
            "observed high": buckets.interval.high,
            "bias": buckets.bias,
        }
    )


def _spelt(table: pd.DataFrame) -> pd.DataFrame:
    low, high = table["observed low"], table["observed high"]
    return pd.DataFrame(
        {
            "probability": [share_range(*ends) for ends in zip(table["from"], table["to"], strict=True)],
            "cases": table["cases"].map(count),
            "said": table["said"].map(share),
            "observed": table["observed"].map(share),
            "interval": [share_range(*ends) for ends in zip(low, high, strict=True)],
            "bias": [signed(each, points) for each in table["bias"]],
        }
    )
