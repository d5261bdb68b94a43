"""What a component says after its page was left is passed over."""

from __future__ import annotations

import pytest
import streamlit as st

from pages.ui.state import errors, policy
from pages.ui.state.explorer import EXPLORER_SAYS


@pytest.mark.parametrize(
    "says",
    [EXPLORER_SAYS, errors.gallery_says("gone"), policy.matrix_says("gone", ("a", "b"), cases="Cases")],
)
def test_the_word_of_a_component_that_is_gone_changes_nothing(
    says: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[str, object] = {"cell": "tp"}
    monkeypatch.setattr(st, "session_state", held)
    for act in says.values():
        assert callable(act)
        act()
    assert held == {"cell": "tp"}
