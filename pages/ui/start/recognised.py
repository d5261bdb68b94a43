"""What was recognised in the open evaluation, why, and the boxes to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import streamlit as st

from evalcore.errors import InputError
from evalcore.predictions.evaluation import Evaluation, RoleDecision, Roles
from pages.ui import compute, current, phrases, state
from pages.ui.start.asking.name_boxes import names_in, naming_panel
from pages.ui.start.asking.questions import questions_panel
from pages.ui.start.scores_alone import scores_alone_panel
from pages.ui.start.unmatched import unmatched_panel
from pages.ui.state.visitor import visitor

NONE = "(none)"
SHOWN_ROWS = 100
#: Roles that one column has, as people read them.
SINGLE_ROLES = {
    "truth": "Truth",
    "predicted_label": "Predicted label",
    "weight": "Weight",
    "fold": "Fold",
    "split": "Split",
    "id": "Id",
    "image": "Image",
    "model": "Model",
}


def _reopen(opened: Evaluation, roles: Roles) -> None:
    """Build the evaluation anew with other roles; what was there stays where that fails."""
    try:
        saved = compute.with_roles(state.evaluation_id(""), opened, roles, owner=visitor())
    except InputError as error:
        st.error(phrases.plain(phrases.sentence(str(error))), icon=":material/error:")
        return
    state.choose_evaluation(saved.id)
    state.leave_notice("The roles are changed and everything is computed anew.")
    st.rerun()


def _offered(columns: list[str], present: tuple[str, ...]) -> list[str]:
    """List what can be chosen: the columns, and what is stated now in the notation of `Roles`."""
    return [*(each for each in present if each not in columns), *columns]


def _reason(decisions: dict[str, RoleDecision], role: str) -> None:
    found = decisions.get(role.replace("_", " "))
    if found is not None:
        st.caption(phrases.plain(phrases.sentence(found.reason)))


def recognised_panel(opened: Evaluation) -> None:
    """Show the recognised roles with their reasons, each to change, and the first rows."""
    st.subheader(phrases.plain(opened.title), anchor=False)
    st.markdown(phrases.plain(current.summary(opened)))
    read = compute.as_read(state.evaluation_id(""))  # questions and roles speak as the file does
    _notes(opened)
    questions_panel(read)
    unmatched_panel(opened)
    with st.container(horizontal=True):
        kind: Literal["primary", "secondary"] = "primary"
        for page, (label, icon, path) in current.WHERE_TO_GO.items():
            if page not in opened.traits.pages:
                continue
            if st.button(label, type=kind, icon=icon):
                state.go_to(path)
            kind = "secondary"
    if not opened.traits.judged:
        scores_alone_panel(opened)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _role_boxes(read, dict(zip(names_in(read), names_in(opened), strict=True)))
    with right:
        st.markdown("**First rows**")
        st.dataframe(
            phrases.numbered(read.table.head(SHOWN_ROWS)), height=420, key="first_rows", placeholder=""
        )
        naming_panel(read)


def _notes(opened: Evaluation) -> None:
    """Say all that a person should know of the file in one box: several would push the figures off the screen."""
    notes = phrases.remarks(opened)
    if notes:
        lines = (
            [f"- {phrases.plain(each)}" for each in notes] if len(notes) > 1 else [phrases.plain(notes[0])]
        )
        st.info("\n".join(lines), icon=":material/info:")


def _role_boxes(opened: Evaluation, called: Mapping[str, str]) -> None:
    decisions = {each.role: each for each in opened.decisions}
    columns = [str(name) for name in opened.table.columns]
    roles = opened.roles
    wanted = roles
    st.markdown("**What was recognised**")
    if opened.traits.decides == "two classes":
        positive, negative = opened.predictions.positive, opened.predictions.negative
        chosen = st.selectbox(
            "Positive class",
            [positive, negative],
            key=f"positive_{opened.fingerprint}",
            format_func=lambda label: called.get(label, label),
        )
        _reason(decisions, "positive")
        if chosen != positive:
            wanted = replace(wanted, positive=chosen)
    scores = st.multiselect(
        "Scores",
        _offered(columns, roles.scores),
        default=list(roles.scores),
        key=f"scores_{opened.fingerprint}",
    )
    _reason(decisions, "score")
    if tuple(scores) != roles.scores:
        wanted = replace(wanted, scores=tuple(scores))
    shown = [role for role in SINGLE_ROLES if role == "truth" or getattr(roles, role)]
    for role in shown:
        wanted = _single_box(opened, role, columns, decisions, wanted)
    with st.expander("More roles"):
        for role in SINGLE_ROLES:
            if role not in shown:
                wanted = _single_box(opened, role, columns, decisions, wanted)
        groups = st.multiselect(
            "Groups",
            columns,
            default=[each for each in roles.groups if each in columns],
            key=f"groups_{opened.fingerprint}",
        )
        if tuple(groups) != tuple(each for each in roles.groups if each in columns):
            wanted = replace(wanted, groups=tuple(groups))
    if wanted != roles:
        _reopen(opened, wanted)


def _single_box(
    opened: Evaluation, role: str, columns: list[str], decisions: dict[str, RoleDecision], wanted: Roles
) -> Roles:
    present = getattr(opened.roles, role) or NONE
    options = [NONE, *_offered(columns, (present,) if present != NONE else ())]
    chosen = st.selectbox(
        SINGLE_ROLES[role], options, index=options.index(present), key=f"{role}_{opened.fingerprint}"
    )
    _reason(decisions, role)
    return wanted if chosen == present else replace(wanted, **{role: "" if chosen == NONE else chosen})
