"""What a move of the joint policy costs in a real browser: matrix, figures and curve, at 100 and 1,000 classes.

Run: `python -m tests.benchmarks.policy_moves`. Prints a Markdown table. The slider jumps to places all over its
range, the worst that a hand can do; each move is timed from the event until its frame has been handed on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from evalcore.figures.live.matrix import matrix_colours, matrix_table, packed
from evalcore.figures.style import LIGHT
from evalcore.metrics.policy.decisions import Decisions
from evalcore.metrics.policy.steps import policy_steps
from pages.ui.live.matrix import FOLDER, matrix_script
from tests.benchmarks.explorer_frames import percentile
from tests.browser.chromium import launch_chromium

CASES = 100_000
MOVES = 120
MOVE = """async (moves) => {
    const range = document.querySelector(".om-range");
    const root = document.querySelector(".om-matrix");
    const handed = () => new Promise((done) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    }));
    const whole = [];
    for (let i = 0; i < moves; i += 1) {
        const before = root.dataset.drawn;
        const start = performance.now();
        range.value = String((i * 0.618034) % 1);
        range.dispatchEvent(new Event("input"));
        await handed();
        whole.push(performance.now() - start);
        if (root.dataset.drawn === before) throw new Error("nothing was drawn");
    }
    return { whole, script: window.script.slice(-moves) };
}"""
METER = """
window.script = [];
const plain = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (call) => plain((stamp) => {
    const start = performance.now();
    call(stamp);
    const took = performance.now() - start;
    if (took > 0.05) window.script.push(took);
});
"""


def made_data(classes: int, cases: int = CASES) -> dict[str, Any]:
    """Make decisions that are right in about 80 % of cases, the surer the more, and what the browser gets."""
    rng = np.random.default_rng(1)
    truth = rng.integers(0, classes, cases)
    sure = rng.random(cases)
    wrong = rng.random(cases) > 0.6 + 0.4 * sure
    called = np.where(wrong, rng.integers(0, classes, cases), truth)
    steps = policy_steps(truth, Decisions(called, sure, sure), classes=classes)
    return {
        "id": "benchmark",
        "table": matrix_table(steps),
        "shown": {
            "names": [f"class {i}" for i in range(classes)],
            "fold": None,
            "place": packed(np.arange(classes)),
        },
        "colours": matrix_colours(LIGHT),
        "chosen": None,
        "policy": {
            "limit": None,
            "revision": 0,
            "place": None,
            "name": None,
            "certainty": "confidence",
            "costs": None,
        },
    }


def mounted(browser: Browser, data: dict[str, Any]) -> Page:
    """Mount the matrix on a page without any app."""
    page = browser.new_page(viewport={"width": 1100, "height": 1000})
    page.set_content('<div id="host"><div class="om-matrix"></div></div>')
    page.add_style_tag(content=(FOLDER / "matrix.css").read_text(encoding="utf-8"))
    page.evaluate(METER)
    script = matrix_script().replace("export default function mount", "window.mount = function mount")
    page.add_script_tag(content=script, type="module")
    page.wait_for_function("window.mount !== undefined")
    page.evaluate(
        """(data) => {
            window.said = [];
            const setTriggerValue = (name, value) => window.said.push([name, value]);
            window.component = { parentElement: document.querySelector("#host"), data, setTriggerValue };
            const start = performance.now();
            window.mount(window.component);
            window.mounting = performance.now() - start;
        }""",
        data,
    )
    page.wait_for_selector(".om-matrix[data-drawn]")
    return page


def main() -> None:
    """Start Chromium, move, print."""
    print(f"| a move of the policy, {CASES:,} cases | 100 classes | 1,000 classes |\n|---|---|---|")
    columns = []
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for classes in (100, 1000):
            page = mounted(browser, made_data(classes))
            mounting = page.evaluate("window.mounting")
            found = page.evaluate(MOVE, MOVES)
            columns.append(
                {
                    "script to mount, ms": mounting,
                    "script of a move, median ms": percentile(found["script"], 0.5),
                    "script of a move, 95th percentile ms": percentile(found["script"], 0.95),
                    "event to frame, median ms": percentile(found["whole"], 0.5),
                    "event to frame, 95th percentile ms": percentile(found["whole"], 0.95),
                }
            )
            page.close()
        browser.close()
    for name in columns[0]:
        print(f"| {name} | {' | '.join(f'{column[name]:.1f}' for column in columns)} |")


if __name__ == "__main__":
    main()
