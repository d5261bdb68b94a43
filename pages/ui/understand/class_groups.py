"""Groups of classes: which errors stay within a group, and where people say what belongs together."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd
import streamlit as st

from evalcore.errors import InputError
from evalcore.figures.class_matrix import share_matrix_figure
from evalcore.inputs.groups.stated import groups_from_table, groups_to_text, state_groups
from evalcore.inputs.reading.reader import read_table
from evalcore.metrics.classes.group_errors import GroupErrors
from evalcore.numbers import UNDEFINED
from evalcore.predictions.classes import ClassGroups
from evalcore.predictions.evaluation import Evaluation
from pages.ui import compute, current, phrases, state
from pages.ui.house_tables import counts, house_table, shares

PLAIN_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"]}
#: More classes in one group than this make no legible picture.
MOST_DRAWN = 60
RECALLS = ("recall_class", "recall_group")
COLUMNS: dict[str, tuple[str, str]] = {
    "group": ("Group", ""),
    "classes": ("Classes", "How many classes the group has."),
    "support": ("Cases", "Cases of the group's classes."),
    "errors": ("Errors", "Of these, called another class."),
    "within": ("Within the group", "Errors that stay within the group: right at the coarser level."),
    "between": ("To other groups", "Errors that leave the group: wrong at both levels."),
    "recall_class": ("Right class", "Share of the cases that are called their class."),
    "recall_group": ("Right group", "Share of the cases that are called any class of their group."),
}


def groups_panel(model: str) -> None:
    """Show what groups of classes forgive, and take groups from people."""
    whole = current.whole_evaluation()
    whole = None if whole is None else current.one_output(whole)
    if whole is None or len(whole.predictions.classes) < 3:
        st.caption("Groups put classes together: they need three classes or more.")
        return
    _groups(whole, model, state.level())


@st.fragment
def _groups(whole: Evaluation, model: str, level: str | None) -> None:
    levels = current.all_levels(whole)
    chosen = next((each for each in levels if each.name == level), levels[0] if levels else None)
    if chosen is None:
        st.caption(
            "Do some classes belong together? Give them groups, and everything here, on the Threshold page and on the "
            "Errors page can be seen at that coarser level too. Names such as animal/dog and a column such as "
            "superclass are found by themselves."
        )
    else:
        if len(levels) > 1:
            names = [each.name for each in levels]
            picked = st.selectbox("Grouping", names, index=names.index(chosen.name), key=f"grouping_{level}")
            chosen = levels[names.index(picked)]
        _forgiven(whole, model, chosen)
    with st.expander("Give the classes groups", icon=":material/edit:", expanded=False):
        _editor(whole, chosen)


def _forgiven(whole: Evaluation, model: str, groups: ClassGroups) -> None:
    """Say and show which errors vanish at the coarser level."""
    found = GroupErrors(compute.class_confusion(whole, model), groups)
    st.markdown(f"**{phrases.plain(found.sentence)}**")
    if whole.predictions.model(model).kind == "probability":
        summed = compute.class_confusion(compute.at_level(whole, groups), model)
        st.caption(
            phrases.plain(
                f"At the level of groups the probabilities of a group's classes are added up. {found.compared(summed)}"
            )
        )
    else:
        st.caption(
            "The model's scores do not add up, so that a case goes to the group of the class it is called."
        )
    table = found.table()
    event: Any = st.dataframe(
        house_table(table, counts(("classes", "support", "errors", "within", "between")) | shares(RECALLS)),
        hide_index=True,
        key=f"groups_{groups.digest}",
        column_config={name: _column(name) for name in COLUMNS},
        on_select="rerun",
        selection_mode="single-row",
        placeholder=UNDEFINED,
    )
    rows = event["selection"]["rows"]
    worst = int(table["within"].to_numpy().argmax())
    _inside(found, str(table["group"].iloc[rows[0] if rows else worst]), by_hand=bool(rows))


def _column(name: str) -> Any:
    label, meaning = COLUMNS[name]
    return st.column_config.Column(label, help=meaning)


def _inside(found: GroupErrors, group: str, *, by_hand: bool) -> None:
    """Draw the matrix of one group's classes."""
    inside = found.inside(group)
    if not 2 <= len(inside) <= MOST_DRAWN:
        st.caption(
            phrases.plain(f"“{group}”: {len(inside):,} classes are not drawn. Choose a group in the table.")
        )
        return
    picture, words = st.columns([3, 2], gap="large")
    with words:
        st.markdown(f"**Most often mixed up within “{phrases.plain(group)}”**")
        sentences = [each.sentence for each in found.pairs(group)] or [
            "No case of it is called another of it."
        ]
        st.markdown("\n".join(f"- {phrases.plain(each)}" for each in sentences))
        if not by_hand:
            st.caption("The group with most errors within it. Choose another one in the table.")
    picture.plotly_chart(
        share_matrix_figure(
            inside.view("count"), inside.classes, title=f"Within {html.escape(group, quote=False)}", percent=False,
            subtitle="Its cases that are called a class of it",
            x="Called", y="Actual", hover="Actual %{y}, called %{x}: %{customdata}", colour=phrases.palette().negative,
            palette=phrases.palette(),
        ),
        theme=None, config=PLAIN_CONFIG, key="inside_group",
        alt=f"Matrix of the {len(inside):,} classes within {group}; the sentences beside it say its largest cells.",
    )  # fmt: skip


def _editor(whole: Evaluation, chosen: ClassGroups | None) -> None:
    """Take groups: typed, pasted, or in a file."""
    classes = whole.predictions.classes
    start = chosen.of_class if chosen else ("",) * len(classes)
    with st.form(f"groups_form_{chosen.digest if chosen else ''}", border=False):
        st.caption(
            "Type a group beside each class, or paste a column from a spreadsheet. A class without a group "
            "stands for itself."
        )
        edited = st.data_editor(
            pd.DataFrame({"class": list(classes), "group": list(start)}), hide_index=True, disabled=["class"],
            height=min(420, 38 + 35 * len(classes)), key=f"groups_editor_{chosen.digest if chosen else ''}",
            column_config={
                "class": st.column_config.TextColumn("Class"), "group": st.column_config.TextColumn("Group"),
            },
        )  # fmt: skip
        file = st.file_uploader(
            "Or a file with a column of classes and a column of groups", key="groups_file"
        )
        if st.form_submit_button("Use these groups", icon=":material/category:"):
            _take(classes, edited, None if file is None else (file.name, file.getvalue()))
    if state.stated_groups() and st.button("Forget my groups", icon=":material/delete:"):
        state.give_groups("", None)
        st.rerun()


def _take(classes: tuple[str, ...], edited: pd.DataFrame, file: tuple[str, bytes] | None) -> None:
    """Keep the groups and turn to their level; on bad input say why and change nothing."""
    try:
        if file is None:
            said = dict(zip(edited["class"], edited["group"].fillna("").astype(str), strict=True))
            groups = state_groups(classes, said)
        else:
            groups = groups_from_table(read_table(file[1], name=file[0]).table, classes)
    except InputError as error:
        st.error(phrases.plain(phrases.sentence(str(error))), icon=":material/error:")
        return
    text = groups_to_text(classes, groups)
    if not state.fits_link(text):
        st.toast("So many groups do not fit into a link: they are kept until you close this page.")
    state.give_groups(text, groups.name)
    st.rerun()
