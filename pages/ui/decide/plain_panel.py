"""Of 1,000 cases like these, in people's own words; and the small form in which they say them."""

from __future__ import annotations

import streamlit as st

from evalcore.describing.plain_words import LONGEST_WORDS, PlainWords
from evalcore.errors import InputError
from evalcore.metrics.goals.prevalence import at_prevalence, prevalence_text
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, remembered, state
from pages.ui.state import needs

_BOXES = {
    "cases": ("What are cases called?", "patients"),
    "positive": ("What is a positive one?", "has the disease"),
    "flagged": ("What happens to a flagged one?", "gets a biopsy"),
}
_MEANT = {
    "tp": "rightly found",
    "fn": "missed",
    "fp": "false alarms",
    "tn": "rightly left alone",
}


def plain_panel(opened: Evaluation, model: str) -> None:
    """Show what the present threshold means for 1,000 cases, without a single term of statistics."""
    words = remembered.spoken_words()
    st.subheader(f"Of 1,000 {phrases.plain(words.cases)} like these", anchor=False)
    prevalence = remembered.elsewhere()
    threshold = state.threshold(opened.predictions.model(model).default_threshold)
    point = compute.sweep(opened, model).at(threshold)
    if prevalence is not None:
        point = at_prevalence(point, prevalence)
        st.caption(f"Shown for prevalence {prevalence_text(prevalence)}.")
    told = words.in_a_thousand(point)
    for column, (cell, meaning) in zip(st.columns(4), _MEANT.items(), strict=True):
        number, _, rest = told[cell].partition(" ")
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{number}** {phrases.plain(rest.rstrip('.'))}")
            st.caption(meaning.capitalize())
    with st.expander("Say it in your own words", icon=":material/edit_note:"):
        _form(words)


def _form(words: PlainWords) -> None:
    with st.form("own_words", border=False):
        present = {name: getattr(words, name) for name in _BOXES}
        found = needs.word_boxes(_BOXES, present, longest=LONGEST_WORDS)
        sent = st.form_submit_button("Use these words", icon=":material/check:")
    st.caption(
        "They run through the sentences here, in the pictures and on the other pages; they are kept with the "
        "evaluation, and the link carries them. Begin with a verb where there is one: “has the disease”, "
        "“is fraudulent”, “gets a letter”."
    )
    if not sent:
        return
    try:
        remembered.keep_words(PlainWords(**found))
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/edit:")
        return
    st.rerun()
