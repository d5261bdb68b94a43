"""Names that people give to classes and models, for every page and for whoever has the link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from evalcore.describing.naming import LONGEST_NAME, NO_NAMES, Names, names_of
from evalcore.errors import InputError
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, phrases, state
from pages.ui.state.visitor import visitor

_HARMLESS = re.compile(r"[^\W_](?:[\w .,%/-]*[^\W_])?")
_ITEM = re.compile(r"\d+\.")
#: More names than these are written into one box, a line each.
BOXES = 16
A_ROW = 2


def naming_panel(opened: Evaluation) -> None:
    """Show boxes for what classes and models are called; `opened` calls them as the file does."""
    classes, models = names_in(opened), list(opened.models)
    if not classes or not opened.predictions.models:
        return
    names = compute.names_given(state.evaluation_id(""))
    key = f"{opened.fingerprint}_{abs(hash(names))}"
    what = {"label": "labels", "output": "outputs"}.get(opened.traits.part, "classes")
    label = f"Name the {what} and models"
    with (
        st.expander(label, icon=":material/edit_note:", expanded=bool(names)),
        st.form(f"names_{key}", border=False, enter_to_submit=False),
    ):
        st.caption(
            "What “1” or “clf2” means, in your words: on every page, in what is downloaded, "
            "and for whoever opens the link."
        )
        st.markdown(f"**{what.capitalize()}**")
        called = _boxes(classes, dict(names.classes), f"class_{key}")
        st.markdown("**Models**")
        modelled = _boxes(models, dict(names.models), f"model_{key}")
        keep, back = st.columns(2)
        if keep.form_submit_button("Keep these names", type="primary", width="stretch"):
            _keep(opened, called, modelled)
        if back.form_submit_button("Names as in the file", disabled=not names, width="stretch"):
            _give(opened, NO_NAMES)


def names_in(opened: Evaluation) -> list[str]:
    """List the names in the file that can be given others: classes, labels or outputs."""
    predictions = opened.predictions
    if opened.traits.part:
        return list(predictions.parts)
    both = (predictions.positive, getattr(predictions, "negative", None))
    return [name for name in both if name is not None]


def _boxes(every: Sequence[str], given: Mapping[str, str], key: str) -> dict[str, str]:
    if len(every) > BOXES:
        return _lines(every, given, key)
    typed = {}
    for start in range(0, len(every), A_ROW):
        columns = st.columns(A_ROW)
        for place, (column, name) in enumerate(zip(columns, every[start : start + A_ROW], strict=False)):
            typed[name] = column.text_input(
                _label(name),
                given.get(name, ""),
                key=f"{key}_{start + place}",
                placeholder=name[:LONGEST_NAME],
            )
    return typed


def _label(name: str) -> str:
    """A name as a box's label: as it is where nothing in it is markup, for a screen reader hears the label bare."""
    return name if _HARMLESS.fullmatch(name) and not _ITEM.match(name) else phrases.plain(name)


def _lines(every: Sequence[str], given: Mapping[str, str], key: str) -> dict[str, str]:
    text = st.text_area(
        "One name a line, in this order",
        "\n".join(given.get(name, name).replace("\n", " ") for name in every),
        height=240,
        key=key,
        label_visibility="visible",
    )
    return dict(zip(every, text.split("\n"), strict=False))


def _keep(opened: Evaluation, classes: Mapping[str, str], models: Mapping[str, str]) -> None:
    try:
        names = Names(names_of(classes, names_in(opened)), names_of(models, opened.models))
    except InputError as error:
        st.error(phrases.plain(phrases.sentence(str(error))), icon=":material/error:")
        return
    _give(opened, names)


def _give(opened: Evaluation, names: Names) -> None:
    try:
        saved = compute.name_parts(state.evaluation_id(""), opened, names, owner=visitor())
    except InputError as error:
        st.error(phrases.plain(phrases.sentence(str(error))), icon=":material/error:")
        return
    state.choose_evaluation(saved.id)
    state.leave_notice(
        "The names are kept: every page, download and link says them."
        if names
        else "All names are as in the file."
    )
    st.rerun()
