"""What a release of the threshold sends: what changed, and only of what is looked at."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.app_pages import page

THRESHOLD, SAMPLE = "pages/decide/threshold.py", "sample-mnist-5"


def drawn(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_only_the_curves_that_are_looked_at_are_drawn() -> None:
    app = page(THRESHOLD, SAMPLE)
    assert drawn(app) == 1
    for tab, count in (("Error trade-off", 1), ("Gain and lift", 2), ("Rates by threshold", 1)):
        app.session_state["curves_tab"] = tab
        app.run()
        assert not app.exception
        assert drawn(app) == count, tab
