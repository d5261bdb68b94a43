"""A drag with tools open: what each move costs fits into a frame, and the server hears nothing of it."""

from __future__ import annotations

import pytest

from tests.benchmarks.explorer_frames import BESIDE, METER, measure_drag
from tests.browser.conftest import OpenPage
from tests.browser.waiting import wait_for_rest

#: Milliseconds of one frame at 55 a second.
FRAME = 1000 / 55


@pytest.mark.frames
@pytest.mark.parametrize("beside", ["1,000 cases", "bands", "review"])
def test_a_move_with_a_tool_open_fits_into_a_frame(page: OpenPage, beside: str) -> None:
    tab = page(f"/?e=sample-mnist-5&{BESIDE[beside]}")
    tab.locator(".op-explorer[data-threshold]").wait_for()
    wait_for_rest(tab)
    tab.add_script_tag(content=METER)
    found = measure_drag(tab, "[data-op='histogram-plot'] svg")
    assert found["messages while dragging"] == 0
    assert found["messages after release"] == 1
    assert found["script, median ms"] < FRAME / 2
    # Every frame that the browser had drew the move that was made in it.
    assert found["moves drawn"] >= 0.9 * found["frames a second"] * 4
