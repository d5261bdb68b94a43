"""What the Help page says: the tie rule, every metric, the formats, the keys, where data are kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st

from evalcore import numbers
from evalcore.inputs.examples import EXAMPLES
from evalcore.metrics.cases.cell import CELL_WORDS
from evalcore.metrics.rates.definitions import METRICS, SCORE_METRICS, Metric
from evalcore.predictions.tasks import TASKS
from pages.ui import compute, phrases
from pages.ui.start.recent import kept_for

#: What the keyboard does, by the part of a page that has the focus.
KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "The threshold (histogram)": {
            "← →": "a fine step",
            "Page Up, Page Down": "a coarse step",
            "Home, End": "nothing is called, everything is called",
            "Shift and drag": "mark a range of scores, to see its cases",
        },
        "The point on a curve": {"← →": "to the next threshold", "Home, End": "to the ends of the curve"},
        "A matrix of several classes": {
            "arrow keys": "to the next cell",
            "Enter": "show the cases of the cell",
            "+  -  0": "closer, wider, whole",
        },
        "A case that is open": {"← →": "the next and the one before", "Escape": "close it"},
        "Anywhere": {"Tab": "to the next thing that can be used", "Escape": "close a menu, or the tour"},
    }
)


def tie_rule() -> None:
    """Say when a case is called positive, and what the four outcomes are called."""
    st.subheader("What a threshold does", anchor=False)
    st.markdown(
        "A case is called positive when its score is **at least** the threshold: a score that equals it counts as "
        "positive, everywhere in this product. Then there are four outcomes:"
    )
    means = {
        "tp": "positive, and called so",
        "fp": "negative, but called positive",
        "fn": "positive, but not called so",
        "tn": "negative, and not called positive",
    }
    lines = [
        f"- **{words.many.capitalize()}** ({words.technical}, {cell.upper()}): {means[cell]}"
        for cell, words in CELL_WORDS.items()
    ]
    st.markdown("\n".join(lines))


def metrics() -> None:
    """List every metric with its meaning and formula."""
    st.subheader("Every figure", anchor=False)
    st.caption(
        "At one threshold. A figure that would divide by 0 is shown as – with the reason, never as 0. "
        "Intervals are at 95 %: Wilson's for rates, and for others what follows from them."
    )
    _metric_table(METRICS, key="help_metrics")
    st.markdown("**Of the scores as a whole**, whatever the threshold")
    _metric_table(SCORE_METRICS, key="help_score_metrics")


def _metric_table(metrics_told: Mapping[str, Metric], *, key: str) -> None:
    rows = {
        "Figure": [f"**{phrases.plain(each.label)}**" for each in metrics_told.values()],
        "What it says": [phrases.plain(phrases.sentence(each.short)) for each in metrics_told.values()],
        "Formula": [phrases.plain(each.formula) for each in metrics_told.values()],
    }
    with st.container(key=key):
        st.table(pd.DataFrame(rows).set_index("Figure"))


def formats() -> None:
    """Say what files are understood, each shape with an example."""
    st.subheader("Files that are understood", anchor=False)
    st.markdown(
        "CSV, TSV and other delimited text, Parquet, Feather, JSON, JSON Lines, NumPy and Excel; as they are or in "
        "gzip, bz2, xz, zstd or zip. Several files at once are joined. Never pickle: opening one can run anything."
    )
    lines = [f"- {phrases.plain(each.about)} *({TASKS[each.task].words})*" for each in EXAMPLES]
    st.markdown("\n".join(lines))
    st.caption("The Data page has a small example of every shape, to download.")


def keyboard() -> None:
    """List what the keyboard does."""
    st.subheader("Keys", anchor=False)
    for part, does in KEYS.items():
        st.markdown(f"**{part}**: " + "; ".join(f"{_keys(keys)} {what}" for keys, what in does.items()) + ".")


def _keys(keys: str) -> str:
    return f"`{keys}`"


def where_data_are() -> None:
    """Say where data are kept, for how long, and who sees them."""
    store = compute.store()
    st.subheader("Where your data are", anchor=False)
    limit = store.size_limit
    room = "" if limit is None else f" All evaluations together may take {numbers.count(limit / 1e6)} MB."
    st.markdown(
        f"- On the machine that runs this dashboard, and nowhere else. {kept_for(store.retention)}{room}\n"
        f"- A file may have up to {st.get_option('server.maxUploadSize'):,} MB.\n"
        "- Only the browser that uploaded a file lists it, and may rename or delete it; whoever has its link can open "
        "it: the link cannot be guessed.\n"
        "- What you delete can be brought back for an hour, on the Data page. Then its data are gone for good.\n"
        "- This browser keeps two cookies: which evaluations are yours, and that you were shown around. "
        "Nothing is sent to anyone else."
    )
