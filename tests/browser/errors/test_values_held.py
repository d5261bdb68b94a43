"""What Python chose for a box stays chosen where a page's messages come late and together."""

from __future__ import annotations

import re

import pandas as pd
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.app_process import ROOT
from tests.browser.chromium import wait_until_run
from tests.browser.conftest import OpenPage
from tests.browser.waiting import box_value, reading

TABLE = pd.read_parquet(ROOT / "sample_data/mnist_test.parquet")
EIGHT = (TABLE["actual"].astype(str) == "8").to_numpy()
SCORE = TABLE["network_prob_8"].to_numpy()


class Line:
    """Passes on what a page and its server say to each other; what the server says can be kept back for a while."""

    def __init__(self, page: Page) -> None:
        self.kept: list[bytes] = []
        self.is_open = True
        page.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def _connect(self, browser: WebSocketRoute) -> None:
        self.browser = browser
        browser.connect_to_server().on_message(self._say)

    def _say(self, message: str | bytes) -> None:
        if self.is_open:
            self.browser.send(message)
        else:
            assert isinstance(message, bytes)
            self.kept.append(message)

    def keep_back(self) -> None:
        self.is_open = False

    def pass_on(self) -> None:
        self.is_open = True
        for message in self.kept:
            self.browser.send(message)


@reading
def runs_kept(page: Page, line: Line) -> int:
    """How many runs the server has ended whose messages are kept back."""
    page.evaluate("0")  # lets messages come
    kinds = [ForwardMsg.FromString(message).WhichOneof("type") for message in line.kept]
    return kinds.count("script_finished")


def test_two_runs_that_reach_the_browser_together_lose_no_threshold(page: OpenPage) -> None:
    tab = page("/errors?e=sample-mnist-test&k=8&t=0.2")
    line = Line(tab)
    tab.reload()
    wait_until_run(tab)
    tab.locator(".og-tile img").first.wait_for()
    # The threshold's box comes with the first run, and the second one says no word of its value.
    line.keep_back()
    tab.get_by_role("radio", name="“8” against the rest").click()
    runs_kept(tab, line).becomes(1)
    tab.get_by_text("Mean image, most typical").click()
    runs_kept(tab, line).becomes(2)
    line.pass_on()
    box_value(tab.get_by_label("Threshold", exact=True)).becomes("0.2")
    tab.get_by_role("radio", name="Missed").click()
    expect(tab.get_by_text(f"{(EIGHT & (SCORE < 0.2)).sum()} cases")).to_be_visible()
    box_value(tab.get_by_label("Threshold", exact=True)).becomes("0.2")
