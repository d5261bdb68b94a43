"""The samples, and the evaluations that this browser saved: to open, to rename, to delete and to bring back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from evalcore.errors import InputError
from evalcore.sharing.samples import Sample
from evalcore.sharing.store.store import UNDO_TIME, SavedEvaluation
from evalcore.sharing.store.wastebasket import Binned
from pages.ui import compute, current, phrases, state
from pages.ui.state import visit
from pages.ui.state.visitor import visitor

RENAME, DELETE = "rename", "delete"
IN_A_ROW = 3


def samples_panel() -> None:
    """List the samples as cards, each to open and to download."""
    st.subheader("Samples", anchor=False)
    st.caption("Real predictions of real models. Each file is also a pattern for one of your own.")
    offered = [each for each in compute.samples() if not each.hidden]
    for start in range(0, len(offered), IN_A_ROW):
        for column, sample in zip(st.columns(IN_A_ROW), offered[start : start + IN_A_ROW], strict=False):
            with column.container(border=True, height="stretch"):
                _sample_card(sample)


def _sample_card(sample: Sample) -> None:
    st.markdown(f"**{phrases.plain(sample.title)}**")
    st.caption(phrases.plain(sample.summary))
    with st.container(horizontal=True):
        st.button(
            phrases.named("Open", sample.title),
            key=f"open_{sample.id}",
            on_click=visit.set_out,
            args=(sample.id,),
            icon=":material/open_in_new:",
        )
        for path in sample.files:
            st.download_button(
                path.suffix.lstrip(".").upper(),
                path.read_bytes,
                file_name=path.name,
                key=f"download_{path.name}",
                icon=":material/download:",
                on_click="ignore",
                type="tertiary",
            )


def recent_panel() -> None:
    """List this browser's own evaluations, and what of them was deleted and can be brought back."""
    store, owner = compute.store(), visitor()
    mine, gone = store.recent(owner), store.discarded(owner=owner)
    if not mine and not gone:
        return
    st.subheader("Your evaluations", anchor=False)
    st.caption(f"Seen by this browser, and by whoever has the link. {kept_for(store.retention)}")
    for binned in gone:
        _binned_row(binned)
    for saved in mine:
        _saved_row(saved)


def kept_for(retention: timedelta | None) -> str:
    """Say how long evaluations are kept.

    Examples
    --------
    >>> kept_for(timedelta(days=30)), kept_for(None)
    ('Each is kept until 30 days after it was last opened.', 'Each is kept until you delete it.')
    """
    if retention is None:
        return "Each is kept until you delete it."
    days = retention / timedelta(days=1)
    return f"Each is kept until {'a day' if days == 1 else f'{days:g} days'} after it was last opened."


def _saved_row(saved: SavedEvaluation) -> None:
    with st.container(border=True, key=f"saved_{saved.id}"):
        what = visit.asked(saved.id)
        if what == RENAME:
            _name_form(saved)
            return
        about, buttons = st.columns([3, 2], vertical_alignment="center")
        about.markdown(f"**{phrases.plain(saved.title)}**")
        about.caption(phrases.plain(f"{saved.rows:,} rows, {saved.created:%d %b %Y %H:%M} UTC"))
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            if what == DELETE:
                _really_delete(saved)
                return
            st.button(
                phrases.named("Open", saved.title),
                key=f"open_{saved.id}",
                on_click=visit.set_out,
                args=(saved.id,),
            )
            for label, asked, icon in (
                ("Rename", RENAME, ":material/edit:"),
                ("Delete", DELETE, ":material/delete:"),
            ):
                st.button(
                    phrases.named(label, saved.title),
                    key=f"{asked}_{saved.id}",
                    on_click=visit.ask,
                    args=(asked, saved.id),
                    icon=icon,
                    type="tertiary",
                )


def _name_form(saved: SavedEvaluation) -> None:
    with st.form(f"name_{saved.id}", border=False):
        title = st.text_input("Name", saved.title, key=f"title_{saved.id}", max_chars=120)
        with st.container(horizontal=True):
            done = st.form_submit_button("Save the name", type="primary")
            kept = st.form_submit_button("Keep the old name")
    if done or kept:
        visit.ask("", saved.id)
        if done and title.strip():
            _do(lambda: compute.store().rename(saved.id, title.strip(), owner=visitor()))
        st.rerun()


def _really_delete(saved: SavedEvaluation) -> None:
    st.caption(f"Delete it with its data? It can be brought back for {_minutes(UNDO_TIME)}.")
    st.button("Yes, delete", key=f"yes_{saved.id}", on_click=_delete, args=(saved,), icon=":material/delete:")
    st.button("Keep it", key=f"keep_{saved.id}", on_click=visit.ask, args=("", saved.id))


def _delete(saved: SavedEvaluation) -> None:
    store, owner = compute.store(), visitor()
    was_open = state.evaluation_id(current.default_evaluation()) == saved.id
    visit.ask("", saved.id)
    try:
        store.discard(saved.id, owner=owner)
    except InputError:
        # A full disk takes no row more: then it goes at once, which makes room.
        if not _do(lambda: store.delete(saved.id, owner=owner)):
            return
    visit.stop_checking()
    state.leave_evaluation(saved.id)
    said = f"“{saved.title}” is deleted."
    if was_open:
        shown = compute.evaluation(current.default_evaluation())
        said += f" “{shown.title}” is shown now."
    state.leave_notice(said)


def _binned_row(binned: Binned) -> None:
    with st.container(border=True, key=f"binned_{binned.id}"):
        about, buttons = st.columns([3, 2], vertical_alignment="center")
        about.markdown(phrases.plain(f"“{binned.title}” is deleted"))
        about.caption(
            f"Nobody can open it. Until {binned.until:%H:%M} UTC you can bring it back; then its data go for good."
        )
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            st.button(
                "Bring it back",
                key=f"restore_{binned.id}",
                on_click=_restore,
                args=(binned,),
                icon=":material/undo:",
            )
            st.button(
                "Delete for good now",
                key=f"forget_{binned.id}",
                on_click=_forget,
                args=(binned,),
                type="tertiary",
            )


def _restore(binned: Binned) -> None:
    if _do(lambda: compute.store().restore(binned.id, owner=visitor())):
        state.leave_notice(f"“{binned.title}” is back, under the same link.")


def _forget(binned: Binned) -> None:
    if _do(lambda: compute.store().delete(binned.id, owner=visitor())):
        state.leave_notice(f"“{binned.title}” and its data are gone for good.")


def _do(act: Callable[[], object]) -> bool:
    """Do something to a saved evaluation; where that fails, leave the reason for the next run."""
    try:
        act()
    except InputError as error:
        state.leave_notice(phrases.sentence(str(error)), problem=True)
        return False
    return True


def _minutes(time: timedelta) -> str:
    minutes = round(time / timedelta(minutes=1))
    return "an hour" if minutes == 60 else f"{minutes} minutes"
