"""Slices: whether a model works for every group of cases, or only on the whole."""

from __future__ import annotations

import streamlit as st

from evalcore.predictions.binary import BinaryPredictions
from pages.ui import boxes, compute, current, phrases, state
from pages.ui.compute.judging import slice_tables
from pages.ui.decide.slices import groups_panel

# Of all rows, whatever slice other pages look within: groups are compared with all others.
whole = current.need("slices", current.of_all_rows())
opened = current.need_two_classes(whole, "slices")
columns = compute.slice_columns(whole)
if not isinstance(opened.predictions, BinaryPredictions) or not columns:
    current.stop(
        "No column parts these cases into groups: add one, such as the site or the age, to the file."
    )
model = state.model()
boxes.settle_threshold(opened, model, page="slices")

title, box = st.columns([3, 2], vertical_alignment="bottom")
title.header("Does it work for everybody?", anchor=False)
title.caption(phrases.plain(f"{opened.title}: {opened.predictions.subject}. Model: {model}."))
if opened.predictions.ranked:
    with box:
        boxes.threshold_box(opened, model)
if state.within_name():
    st.caption("This page shows all rows, whatever other pages look within.")
boxes.show_one_of_several(opened)
boxes.show_doubts(opened)
chosen = groups_panel.column_choice(columns)
threshold = state.threshold(opened.predictions.model(model).default_threshold)
table = slice_tables.table_of_groups(opened, model, chosen).at(threshold)
metric, order = groups_panel.rate_choice(table)
groups_panel.groups_table(table, metric, order)
