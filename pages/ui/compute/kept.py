"""`kept`: what is computed once for every visitor, under a key of all that it depends on and all that it carries.

Streamlit's own caches are bounded by entries only, and tell arguments apart by what a caller hands them: here an
evaluation always counts whole (see `identity`), so that nobody is shown another's title, notes or names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from streamlit.delta_generator_singletons import get_dg_singleton_instance

from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.identity import key_of
from pages.ui.compute.shelf import MEBIBYTE, Shelf

P = ParamSpec("P")
R = TypeVar("R")

#: All that is kept, and what is kept of one evaluation, holds at most so many MiB.
ALL_MEBIBYTES, SUBJECT_MEBIBYTES = 2048, 1024

# Who waits for a value waits also for those that it is made of: one spinner is enough.
_within = ContextVar("within", default=False)


#: The one place where kept values lie. Not in a cache of Streamlit's: to ask one takes longer than all else here.
SHELF = Shelf(ALL_MEBIBYTES * MEBIBYTE, SUBJECT_MEBIBYTES * MEBIBYTE)


class Kept(Generic[P, R]):
    """A function whose values are kept; made by `kept`."""

    def __init__(self, function: Callable[P, R], most: int, mebibytes: int, spinner: str | None) -> None:
        self._function = function
        self._signature = inspect.signature(function)
        self._names = tuple(self._signature.parameters)
        self._bounds = {"most": most, "most_bytes": mebibytes * MEBIBYTE}
        self._name = f"{function.__module__}.{function.__qualname__}"
        self._spinner = spinner
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the kept value for these arguments; compute it where there is none."""
        key, place = self._key(args, kwargs), SHELF
        found = place.find(key)
        if found is None:
            with self._waiting(), place.turn(key):
                found = place.find(key)  # another visitor may have come first
                if found is None:
                    found = (self._function(*args, **kwargs),)
                    self._put(key, found[0], args)
        value: R = found[0]
        return value

    def put(self, value: R, *args: P.args, **kwargs: P.kwargs) -> None:
        """Keep what is known already as the value for these arguments."""
        self._put(self._key(args, kwargs), value, args)

    def _key(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Hashable:
        if kwargs or len(args) < len(self._names):
            bound = self._signature.bind(*args, **kwargs)
            bound.apply_defaults()
            args = tuple(bound.arguments[name] for name in self._names)
        return (self._name, *map(key_of, args))

    def _put(self, key: Hashable, value: R, args: tuple[Any, ...]) -> None:
        about = next((each for each in (*args, value) if isinstance(each, Evaluation)), None)
        # What is made of an evaluation has its fingerprint with a word behind it.
        subject = None if about is None else about.fingerprint.partition("/")[0]
        SHELF.put(key, value, name=self._name, subject=subject, **self._bounds)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        shown: AbstractContextManager[None] = nullcontext()
        if self._spinner is not None and not _within.get():
            # As Streamlit's own caches do: over the page, so that nothing below moves.
            shown = get_dg_singleton_instance().main_dg.spinner(self._spinner, _cache=True)
        token = _within.set(True)
        try:
            with shown:
                yield
        finally:
            _within.reset(token)


@contextmanager
def before_anyone_asks() -> Iterator[None]:
    """Compute values outside of any page: there is none to show a spinner on."""
    token = _within.set(True)
    try:
        yield
    finally:
        _within.reset(token)


def kept(
    *, most: int, mebibytes: int = 512, spinner: str | None = None
) -> Callable[[Callable[P, R]], Kept[P, R]]:
    """Keep the values of a function for all visitors; they are shared, and never changed.

    Parameters
    ----------
    most : int
        So many values are kept, the last used ones.
    mebibytes : int
        They hold at most so much, the last one aside.
    spinner : str, optional
        What to show while a value is computed.

    Returns
    -------
    callable
        The decorator. Its function is called with evaluations and with values that can be told apart: texts,
        numbers, arrays, tables, and dataclasses and tuples of them. What it raises is not kept.
    """

    def decorate(function: Callable[P, R]) -> Kept[P, R]:
        return Kept(function, most, mebibytes, spinner)

    return decorate
