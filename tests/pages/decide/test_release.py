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


def test_costs_are_drawn_while_their_tab_is_open() -> None:
    app = page(THRESHOLD, SAMPLE)
    assert not any("cost" in each.value for each in app.markdown)
    app.session_state["goals_tab"] = "Costs"
    app.run()
    assert drawn(app) == 2
    app.number_input(key="miss").set_value(7.0).run()
    app.session_state["goals_tab"] = "A goal"
    app.run()
    # The boxes of a closed tab keep what was said: they stand in the link.
    assert app.number_input(key="miss").value == 7
    assert drawn(app) == 1
