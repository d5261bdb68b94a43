"""Of 1,000 cases like these, in people's own words; and the small form in which they say them."""

from __future__ import annotations

import streamlit as st

from evalcore.describing.plain_words import DEFAULT_WORDS, LONGEST_WORDS, PlainWords
from evalcore.errors import InputError
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, current, phrases, state
from pages.ui.state import needs
from pages.ui.state.visitor import visitor

_KIND = "words"
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


def spoken_words() -> PlainWords:
    """Return the words of the open evaluation: the session's or the link's, else those kept with it."""
    said = PlainWords.read(needs.words_said())
    return said or _kept_words() or DEFAULT_WORDS


def _kept_words() -> PlainWords | None:
    """The last words of the one who saved the evaluation, or of this visitor; on a sample this visitor's."""
    identifier = state.evaluation_id(current.default_evaluation())
    entries = compute.store().entries(identifier, owner=visitor())
    mine = [each for each in entries if each.kind == _KIND and (each.own or each.keeper)]
    return PlainWords.read(mine[-1].text) if mine else None


def plain_panel(opened: Evaluation, model: str) -> None:
    """Show what the present threshold means for 1,000 cases, without a single term of statistics."""
    words = spoken_words()
    st.subheader(f"Of 1,000 {phrases.plain(words.cases)} like these", anchor=False)
    threshold = state.threshold(opened.predictions.model(model).default_threshold)
    told = words.in_a_thousand(compute.sweep(opened, model).at(threshold))
    for column, (cell, meaning) in zip(st.columns(4), _MEANT.items(), strict=True):
        number, _, rest = told[cell].partition(" ")
        with column.container(border=True):
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
        "They run through the sentences here and on the Validation page, are kept with the evaluation, and the link "
        "carries them. Begin with a verb where there is one: “has the disease”, “is fraudulent”, “gets a letter”."
    )
    if not sent:
        return
    try:
        said = PlainWords(**found)
        needs.say_words(said.written())
        identifier = state.evaluation_id(current.default_evaluation())
        compute.store().enter(identifier, _KIND, said.written(), owner=visitor())
    except InputError as error:
        st.warning(phrases.plain(phrases.sentence(str(error))), icon=":material/edit:")
        return
    st.rerun()
