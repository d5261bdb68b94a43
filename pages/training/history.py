"""Training history: how losses and metrics went, where over-fitting begins, and which epoch to keep."""

from __future__ import annotations

import streamlit as st

from evalcore.training.telling import step_word
from pages.ui import current, phrases
from pages.ui.compute.judging import courses
from pages.ui.training.history_boxes import history_boxes
from pages.ui.training.history_panel import picture_panel, remarks, sentences_panel, table_panel

opened = current.need("history", current.whole_evaluation())
word = step_word(opened.predictions)

st.header("How did training go?", anchor=False)
st.caption(phrases.plain(f"{opened.title}: {opened.predictions.subject}."))


@st.fragment
def history() -> None:
    """All that follows the boxes; the sentences stand above them."""
    told = st.container()
    chosen = history_boxes(opened, word)
    tolds = courses.judged(opened, chosen.runs, chosen.joined, chosen.metric, chosen.patience)
    with told:
        sentences_panel(tolds, chosen, word)
    picture_panel(opened, tolds, chosen, word)
    table_panel(opened, tolds, chosen, word)


history()
remarks(opened)
