"""What a browser test reads of a page: always waited for, never compared in between two frames.

A page changes in steps: words now, a class in the next animation frame, an address once the server has heard.
So a test must not read and compare, it must wait until what it reads is what it expects. A function that reads
is marked `@reading`: calling it reads nothing and gives a `Reading`, which is asked with a wait::

    @reading
    def threshold(page: Page) -> float:
        return float(page.locator(".op-explorer").get_attribute("data-threshold"))

    threshold(tab).becomes(0.5)
    first = threshold(tab).fits(lambda now: now > 0.6)

Asserts within such a function are waited for likewise: they are tried again until they hold. A `Reading` refuses
to be compared, so `assert threshold(tab) == 0.5` fails at once. `tests/test_browser_tests.py` holds the rest.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import Any, Generic, NoReturn, ParamSpec, TypeVar

from playwright.sync_api import Error, FloatRect, Locator, Page, expect

T = TypeVar("T")
P = ParamSpec("P")

#: Seconds that a reading may take to become what is expected: only a page that hangs needs them.
PATIENCE = 120.0
#: Seconds between two tries.
PAUSE = 0.04
#: Animation frames without any change after which a page is at rest: half a second, longer on a busy machine.
RESTING_FRAMES = 30

AT_REST = """([token, frames]) => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!window.resting) {
        window.resting = {};
        const all = { subtree: true, childList: true, attributes: true, characterData: true };
        new MutationObserver(() => { window.resting.frames = 0; }).observe(document, all);
    }
    if (window.resting.token !== token) window.resting = Object.assign(window.resting, { token, frames: 0 });
    if (app?.dataset.testScriptState !== "notRunning") window.resting.frames = 0;
    window.resting.frames += 1;
    return window.resting.frames > frames;
}"""
COUNT_MESSAGES = """() => {
    window.sent = 0;
    const plain = WebSocket.prototype.send;
    WebSocket.prototype.send = function (...all) { window.sent += 1; return plain.apply(this, all); };
}"""


class Reading(Generic[T]):
    """Something that can be read of a page, again and again.

    Parameters
    ----------
    read : callable
        Reads it once; may assert, or fail as Playwright does while a page is drawn anew.
    name : str
        What it is, for the message of a failure.
    """

    def __init__(self, read: Callable[[], T], name: str) -> None:
        self._read = read
        self._name = name

    def fits(self, holds: Callable[[T], bool] = lambda _: True) -> T:
        """Wait until the reading succeeds and what is read holds; return that."""
        return self._wait(holds, "it was {0!r}, which does not hold")

    def becomes(self, wanted: Any) -> T:
        """Wait until what is read equals what is wanted."""
        told = repr(wanted).replace("{", "{{").replace("}", "}}")
        return self._wait(lambda value: value == wanted, f"it was {{0!r}} in place of {told}")

    def once(self) -> T:
        """Read without a wait: for other readings only, which are waited for as a whole."""
        return self._read()

    def _wait(self, holds: Callable[[T], bool], told: str) -> T:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                value = self._read()
                if holds(value):
                    return value
                failure: Exception = AssertionError(f"{self._name}: {told.format(value)}")
            except (AssertionError, Error) as wrong:
                failure = wrong
            if time.monotonic() > end:
                raise AssertionError(f"{self._name} not within {PATIENCE:g} s: {failure}") from failure
            time.sleep(PAUSE)

    def _refuse(self, *_: object) -> NoReturn:
        raise TypeError(f"{self._name} has to be waited for: ask .becomes(value) or .fits(condition)")

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __float__ = __len__ = _refuse  # type: ignore[assignment]
    __contains__ = __iter__ = __getitem__ = __sub__ = __rsub__ = __abs__ = _refuse
    __hash__ = None  # type: ignore[assignment]


def reading(read: Callable[P, T]) -> Callable[P, Reading[T]]:
    """Make of a function that reads a page one that gives its `Reading`."""

    @functools.wraps(read)
    def later(*args: P.args, **options: P.kwargs) -> Reading[T]:
        return Reading(lambda: read(*args, **options), read.__name__)

    return later  # type: ignore[return-value]


@reading
def address(page: Page) -> str:
    """Read the address as it is now: Playwright's own `url` may lag behind a history entry."""
    return page.evaluate("location.href")


@reading
def attribute(part: Locator, name: str) -> str:
    """Read an attribute that must be there."""
    value = part.get_attribute(name)
    assert value is not None, f"no attribute {name}"
    return value


@reading
def number(part: Locator, name: str = "data-value") -> float:
    """Read an attribute that is a number."""
    return float(part.get_attribute(name) or "nan")


@reading
def text_of(part: Locator) -> str:
    """Read the words of a part of the page."""
    return part.inner_text()


@reading
def box_value(part: Locator) -> str:
    """Read what stands in an input."""
    return part.input_value()


@reading
def variable(page: Page, expression: str) -> Any:
    """Read a JavaScript expression."""
    return page.evaluate(expression)


def computed(page: Page, function: str, argument: Any = None) -> Any:
    """Call a JavaScript function of its arguments alone: nothing in a page that could still come."""
    return page.evaluate(function, argument)


def wait_for_frames(page: Page, frames: int = 2) -> None:
    """Wait until so many animation frames have been drawn: what was asked for the next one is done."""
    page.evaluate(
        """frames => new Promise((done) => {
            const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done(true));
            next();
        })""",
        frames,
    )


def wait_for_rest(page: Page) -> None:
    """Wait until a page of the app has run and changes no more, for half a second of animation frames."""
    page.wait_for_function(
        AT_REST, arg=[time.monotonic(), RESTING_FRAMES], timeout=PATIENCE * 1000, polling="raf"
    )


def resting_box(part: Locator) -> FloatRect:
    """Where a part of the page is once it no longer moves: a canvas is clicked by its place."""
    part.scroll_into_view_if_needed(timeout=PATIENCE * 1000)
    before: list[FloatRect | None] = [None]

    def read() -> FloatRect:
        wait_for_frames(part.page, 6)
        box = part.bounding_box()
        last, before[0] = before[0], box
        assert box is not None, "it has no place yet"
        assert box == last, "it still moves"
        return box

    return Reading(read, "a place that rests").fits()


def expect_never(page: Page, expression: str) -> None:
    """What a file says must not have run: still undefined after all has been drawn."""
    wait_for_frames(page, 6)
    found = page.evaluate(expression)
    assert found is None, f"{expression} is {found!r}"


def expect_no_wider(page: Page) -> None:
    """Wait until nothing is wider than the window."""
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    variable(page, wide).fits(lambda more: more <= 0)


class SentMessages:
    """Counts the messages that a page sends to the server from now on, once the page is at rest."""

    def __init__(self, page: Page) -> None:
        self.page = page
        wait_for_rest(page)
        page.evaluate(COUNT_MESSAGES)

    def none_so_far(self) -> None:
        """Nothing was sent: of its nature about this moment, after what was drawn has been drawn."""
        wait_for_frames(self.page)
        assert self.page.evaluate("window.sent") == 0, "something was sent"

    def just(self, count: int) -> None:
        """Wait until so many were sent, and until the page rests: no more may have followed."""
        self.page.wait_for_function("count => window.sent >= count", arg=count, timeout=PATIENCE * 1000)
        wait_for_rest(self.page)
        assert self.page.evaluate("window.sent") == count


def expect_loaded(pictures: Locator, count: int, *, at_least: bool = False) -> None:
    """Wait until so many of some pictures have come."""
    expect(pictures.first).to_be_attached(timeout=PATIENCE * 1000)
    come = Reading(
        lambda: sum(pictures.evaluate_all("all => all.map(one => one.complete && one.naturalWidth > 0)")),
        "pictures that have come",
    )
    come.fits(lambda found: found >= count if at_least else found == count)
