"""The one error that a caller's data can cause."""

from __future__ import annotations

__all__ = ["InputError"]


class InputError(ValueError):
    """Input that cannot be evaluated, told in one sentence that says what to do.

    The message names the argument, what is allowed and what came; for a file it names
    the column and the row. It is plain text: show it as text, never as markup.

    Examples
    --------
    >>> raise InputError("threshold must be a number, got nan")
    Traceback (most recent call last):
        ...
    evalcore.errors.InputError: threshold must be a number, got nan
    """
