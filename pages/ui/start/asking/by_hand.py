"""Going on with a table that does not look like predictions: a person says which column is which."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from evalcore.errors import InputError
from evalcore.inputs.reading.guard.guarded import guarded_tables
from evalcore.predictions.evaluation import Roles

#: Larger files are not read a second time only to list their columns.
MOST_BYTES = 20_000_000


def by_hand_panel(sources: Sequence[tuple[str, bytes]]) -> Roles | None:
    """Offer to go on with files that were refused; return what the person says of the columns, None until then."""
    columns = _columns(sources)
    if len(columns) < 2:
        return None
    with st.form("by_hand"):
        st.markdown("**Are these predictions all the same?** Say which column is which, and go on.")
        left, middle, right = st.columns(3)
        truth = left.selectbox("What is true", columns, index=None, placeholder="A column of classes")
        scores = middle.multiselect("Scores of the models", columns, placeholder="Columns of numbers")
        called = right.selectbox(
            "Or what the model decided", columns, index=None, placeholder="A column of the same classes"
        )
        if not st.form_submit_button("Go on with these columns"):
            return None
    if not truth and not scores:
        st.caption("Choose at least the column that says what is true.")
        return None
    return Roles(truth=truth, scores=tuple(scores), predicted_label=called)


def _columns(sources: Sequence[tuple[str, bytes]]) -> list[str]:
    """The columns of a single table; none of what cannot be read, or of several files."""
    if len(sources) != 1 or len(sources[0][1]) > MOST_BYTES:
        return []
    name, content = sources[0]
    try:
        tables = guarded_tables(content, name=name)
    except InputError:
        return []
    return [str(each) for each in tables[0].table.columns] if len(tables) == 1 else []
