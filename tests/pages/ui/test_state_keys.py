"""The table of session keys and link parameters, and that nothing in `pages/ui/state` spells one beside it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pages.ui.state import keys

STATE = Path(__file__).parents[3] / "pages/ui/state"


def test_constants_are_the_table() -> None:
    names = [value for name, value in vars(keys).items() if name.isupper() and isinstance(value, str)]
    assert sorted(names) == sorted(key.name for key in keys.all_keys())


def test_two_keys_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two session keys"):
        keys._key("e")


def test_families_take_no_other_key_with_them() -> None:
    families = [key for key in keys.all_keys() if key.family]
    assert [
        (family.name, key.name)
        for family in families
        for key in keys.all_keys()
        if key != family and key.name.startswith(family.name)
    ] == []


def test_what_the_link_carries_starts_anew_with_another_evaluation() -> None:
    """All but which evaluation it is: else a link would carry one file's choices to the next."""
    forgotten = set(keys.keys_to_forget("evaluation"))
    assert {key.name for key in keys.all_keys() if key.linked and key not in forgotten} == {keys.EVALUATION}
    assert set(keys.keys_to_forget("model")) < forgotten


@pytest.mark.parametrize("path", sorted(STATE.glob("*.py")), ids=lambda path: path.name)
def test_keys_are_spelt_in_the_table_only(path: Path) -> None:
    """No text stands where a key does: in brackets of the session or the link, in `get`, `pop`, `key=`."""
    held = ("st.session_state", "st.query_params")
    spelt = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        places: list[ast.expr] = []
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in held:
            places = [node.slice]
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in held:
                places = node.args[:1]
            places += [word.value for word in node.keywords if word.arg == "key"]
        spelt += [ast.unparse(place) for place in places if isinstance(place, ast.Constant)]
    assert spelt == []
