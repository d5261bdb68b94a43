"""Every box that Python sets has what the session holds as its default: a value that is set once can be lost."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.state import keys
from tests.pages.app_pages import page

#: Streamlit itself keeps these with the address, from which their defaults have to differ.
BOUND = {key.name for key in keys.all_keys() if key.bound}
LOOKED_AT = {
    "pages/decide/threshold.py": {"t": "0.2", "cell": "Missed"},
    "pages/decide/errors.py": {"actual": "4", "called": "9", "view": "Cases"},
    "pages/understand/classes.py": {"k": "3", "tab": "Cases of a cell"},
}


def default_of(box: Any) -> Any:
    """What a browser shows that has not heard of a value."""
    if box.type in {"number_input", "text_input"}:
        return box.proto.default
    if box.type == "slider":
        return box.proto.default[0]
    if box.type == "selectbox":
        return box.proto.default if box.proto.HasField("default") else None
    return list(box.proto.default)


def value_of(box: Any) -> Any:
    """The same, of what the session holds."""
    if box.type == "selectbox":
        return box.index
    return box.value if box.type in {"number_input", "text_input", "slider"} else list(box.indices)


def boxes(app: AppTest) -> list[Any]:
    """All boxes that are in the table of keys, or begin as a family of it does."""
    kinds = ("number_input", "text_input", "slider", "selectbox", "segmented_control")
    table = keys.all_keys()
    return [
        each
        for kind in kinds
        for each in app.get(kind)
        if each.key
        and each.key not in BOUND
        and any(each.key.startswith(key.name) if key.family else each.key == key.name for key in table)
    ]


@pytest.mark.parametrize("path", LOOKED_AT)
@pytest.mark.parametrize("rest", ["", "1"])
def test_boxes_begin_with_what_the_session_holds(path: str, rest: str) -> None:
    app = page(path, "sample-mnist-test", rest=rest, **LOOKED_AT[path])
    found = boxes(app)
    assert len(found) >= 2
    assert {each.key: default_of(each) for each in found} == {each.key: value_of(each) for each in found}


def test_so_do_the_slider_and_the_goal() -> None:
    outputs = boxes(page("pages/understand/outputs.py", "sample-mnist-denoising", t="64"))
    assert {each.key: default_of(each) for each in outputs if each.type in {"slider", "number_input"}} == {
        "threshold_slider": 64,
        "t": 64,
    }
    validation = boxes(page("pages/decide/validation.py", "sample-mnist-5", goal="max f1"))
    assert [default_of(each) for each in validation if each.type == "text_input"] == ["max f1"]
