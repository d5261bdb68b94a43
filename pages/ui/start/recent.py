"""The samples, and the evaluations that this browser saved."""

from __future__ import annotations

import streamlit as st

from evalcore.errors import InputError
from evalcore.sharing.store.saved import SavedEvaluation
from pages.ui import compute, phrases, state
from pages.ui.state.visitor import visitor


def _open(identifier: str) -> None:
    state.choose_evaluation(identifier)


def samples_panel() -> None:
    """List the samples as cards, each to open and to download."""
    st.subheader("Samples", anchor=False)
    st.caption("Real predictions of real models. Each file is also a pattern for one of your own.")
    columns = st.columns(3)
    for place, sample in enumerate(each for each in compute.samples() if not each.hidden):
        with columns[place % 3], st.container(border=True):
            st.markdown(f"**{phrases.plain(sample.title)}**")
            st.caption(phrases.plain(sample.summary))
            with st.container(horizontal=True):
                st.button(
                    "Open",
                    key=f"open_{sample.id}",
                    on_click=_open,
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
    """List this browser's own evaluations: open, rename, delete."""
    mine = compute.store().recent(visitor())
    if not mine:
        return
    st.subheader("Your recent evaluations", anchor=False)
    st.caption("Seen by this browser, and by whoever has the link. Deleting one deletes its data.")
    for saved in mine:
        _recent_row(saved)


def _recent_row(saved: SavedEvaluation) -> None:
    name, facts, open_, edit = st.columns([4, 3, 1, 1], vertical_alignment="center")
    name.markdown(f"**{phrases.plain(saved.title)}**")
    facts.caption(phrases.plain(f"{saved.rows:,} rows, {saved.created:%d %b %Y %H:%M} UTC"))
    open_.button("Open", key=f"open_{saved.id}", on_click=_open, args=(saved.id,))
    with edit.popover("", icon=":material/edit:"):
        title = st.text_input("Name", saved.title, key=f"title_{saved.id}", max_chars=120)
        if st.button("Rename", key=f"rename_{saved.id}") and title.strip():
            _change(lambda: compute.store().rename(saved.id, title.strip(), owner=visitor()))
        st.divider()
        if st.button("Delete with its data", key=f"delete_{saved.id}", icon=":material/delete:"):
            _change(lambda: compute.store().delete(saved.id, owner=visitor()), gone=saved.id)


def _change(act: object, gone: str | None = None) -> None:
    try:
        act()  # type: ignore[operator]
    except InputError as error:
        st.error(phrases.plain(str(error)), icon=":material/error:")
        return
    if gone is not None:
        state.leave_evaluation(gone)
    st.rerun()
