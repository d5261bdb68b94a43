"""What a move of the threshold costs in a real browser: script per frame, frames a second, messages to the server.

Run: `python -m tests.benchmarks.explorer_frames`. Prints a Markdown table. The drag goes along the histogram of
the first sample (60,000 rows, a table of at most 2,048 rows in the browser).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.app_process import running_app
from tests.browser.chromium import launch_chromium

#: Counts the script time of each animation frame, the time between frames, and messages; set before the drag.
METER = """
window.plainFrame = window.requestAnimationFrame.bind(window);
const send = WebSocket.prototype.send;
window.sent = 0;
WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all); };
window.meter = { script: [], stamps: [] };
const plain = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (call) => plain((stamp) => {
    const start = performance.now();
    call(stamp);
    window.meter.script.push(performance.now() - start);
});
"""
SECONDS = 4
#: What lies beside the explorer while the threshold is dragged.
BESIDE = {
    "no tool": "",
    "1,000 cases": "tool=cases",
    "bands": "tool=sure&bands=1",
    "costs": "tool=costs",
    "review": "tool=review",
}


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def measure_drag(page: Page, target: str) -> dict[str, float]:
    """Drag along an element and back for some seconds, moving with every frame as a hand does."""
    box = page.locator(target).bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.evaluate("window.sent = 0")
    page.mouse.down()
    page.evaluate("window.meter.script.length = 0")
    # The moves are made inside the page, one each frame, so that the measuring itself costs nothing.
    frames = page.evaluate(
        """async ([x, y, width, seconds]) => {
            const root = document.elementFromPoint(x + width / 2, y);
            const inner = root.shadowRoot ? root.shadowRoot.elementFromPoint(x + width / 2, y) : root;
            const svg = inner.closest("svg");
            const moves = [];
            const begin = performance.now();
            return await new Promise((done) => {
                let last = begin;
                const tick = (now) => {
                    moves.push(now - last);
                    last = now;
                    const phase = ((now - begin) / 1000) % 2;
                    const share = 0.2 + 0.6 * (phase < 1 ? phase : 2 - phase);
                    const place = { clientX: x + share * width, clientY: y, pointerId: 1, bubbles: true };
                    svg.dispatchEvent(new PointerEvent("pointermove", place));
                    if (now - begin < seconds * 1000) window.plainFrame(tick);
                    else done(moves);
                };
                window.plainFrame(tick);
            });
        }""",
        [box["x"], middle, box["width"], SECONDS],
    )
    messages = page.evaluate("window.sent")
    script = page.evaluate("window.meter.script")
    page.mouse.up()
    page.wait_for_timeout(1500)
    after = page.evaluate("window.sent")
    return {
        "frames a second": len(frames) / SECONDS,
        "script, median ms": percentile(script, 0.5),
        "script, 95th percentile ms": percentile(script, 0.95),
        "moves drawn": len(script),
        "messages while dragging": messages,
        "messages after release": after - messages,
    }


def main() -> None:
    """Start the app and Chromium, drag, print."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        running_app(Path(folder) / "data", log=Path(folder) / "app.log") as app,
    ):
        browser = launch_chromium(playwright)
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.add_init_script(METER)
        found = {}
        for name, query in BESIDE.items():
            page = context.new_page()
            page.goto(f"{app.url}/?{query}")
            page.locator(".op-explorer[data-threshold]").wait_for(timeout=60_000)
            page.wait_for_timeout(3000)
            found[name] = measure_drag(page, "[data-op='histogram-plot'] svg")
            page.close()
        browser.close()
    print(f"| drag along the histogram | {' | '.join(found)} |\n|---{'|---' * len(found)}|")
    for figure in next(iter(found.values())):
        values = [each[figure] for each in found.values()]
        print(f"| {figure} | {' | '.join(f'{each:.2f}' for each in values)} |")


if __name__ == "__main__":
    main()
