"""Groups of cases beside each other: which to look at, the table, what it says, the way to the explorer."""

from __future__ import annotations

from typing import cast

import streamlit as st

from evalcore.describing.slice_words import (
    FEW_BEHIND,
    SLICE_RATES,
    behind_sentences,
    slice_rows,
    telling_rate,
)
from evalcore.metrics.rates.definitions import METRICS
from evalcore.metrics.slices.slice_table import ORDERS, Order, SliceTable
from evalcore.numbers import UNDEFINED, coefficient, count, points, share, signed
from evalcore.sharing.csv_text import as_csv
from pages.ui import phrases, state
from pages.ui.house_tables import house_table


def column_choice(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Let people choose by which column, or two, cases are put into groups."""
    left, right = st.columns(2)
    first = left.selectbox("Groups by", columns, key="slices_first") or columns[0]
    others = [name for name in columns if name != first]
    second = right.selectbox(
        "And by", others, index=None, placeholder="One column alone", key="slices_second", disabled=not others
    )
    return (first, second) if second in others else (first,)


def rate_choice(table: SliceTable) -> tuple[str, Order]:
    """Let people choose the rate that groups are compared by, at first one that these have, and their order."""
    first = telling_rate(table)
    left, right = st.columns(2)
    metric = left.selectbox(
        "Compared by",
        SLICE_RATES,
        index=SLICE_RATES.index(first),
        format_func=lambda name: METRICS[name].label,
        key=f"slices_rate_{first}",
    )
    by = right.segmented_control(
        "Order",
        list(ORDERS),
        format_func=lambda name: ORDERS[cast(Order, name)],
        default="gap",
        required=True,
        key="slices_order",
    )
    return metric or first, cast(Order, by or "gap")


def groups_table(table: SliceTable, metric: str, by: Order) -> None:
    """Show every group with its interval; a chosen one opens in the explorer."""
    behind = behind_sentences(table, metric)
    label = METRICS[metric].label
    whole = share(float(table.whole.value(metric)))
    st.markdown(f"**{label} of all cases: {whole}** ({METRICS[metric].short}).")
    if behind:
        st.markdown("\n".join(f"- {phrases.plain(each)}" for each in behind))
    else:
        st.markdown("No group is told apart from all other cases by this rate.")
    rows = slice_rows(table, metric, by)
    spelt = {"cases": count, "positive": share, "roc_auc": coefficient, "bias": _signed_points}
    names = {
        "group": "Group",
        "cases": "Cases",
        "positive": "Positive",
        "value": label,
        "interval": "95 %",
        "behind": "Counted",
        "gap": "To all others",
        "gap interval": "95 % of that",
        "roc_auc": "ROC AUC",
        "bias": "Bias",
    }
    chosen = st.dataframe(
        house_table(rows, spelt),
        hide_index=True,
        key="slices_table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: st.column_config.Column(said) for name, said in names.items()},
        placeholder=UNDEFINED,
    )
    picked = chosen["selection"]["rows"]  # type: ignore[index]
    place = int(rows.index[picked[0]]) if picked and picked[0] < len(rows) else None
    with st.container(horizontal=True):
        pressed = st.button(
            "Look within a group" if place is None else f"Look within {phrases.plain(rows['group'][place])}",
            icon=":material/tune:",
            disabled=place is None,
            help="Choose a group in the table: the explorer then shows its cases alone.",
            on_click=state.choose_within,
            args=("" if place is None else table.grouping.texts[place],),
            key="slices_open",
        )
        st.download_button(
            "Download every rate", lambda: as_csv(table.frame(), index=False), "slices.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="slices_download",
        )  # fmt: skip
    if pressed:
        state.go_to("pages/decide/threshold.py")
    st.caption(
        f"“Few”: a rate of fewer than {FEW_BEHIND} cases says little, as its interval shows. Groups named above the "
        "table differ from all other cases by more than their interval; with many groups one in twenty does so by "
        "chance. ROC AUC and bias (mean probability minus share of positives) do not hang on the threshold."
    )


def _signed_points(value: float) -> str:
    return signed(value, points)
