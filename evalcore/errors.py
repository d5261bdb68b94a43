"""The one error that a caller's data can cause, and what is said of an error that they should not have caused."""

from __future__ import annotations

import logging
import secrets

__all__ = ["InputError", "StoreError", "unforeseen"]

_log = logging.getLogger("evalcore")


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


class StoreError(InputError):
    """Saved evaluations that cannot be reached: nothing that a visitor gave is at fault.

    Examples
    --------
    >>> issubclass(StoreError, InputError)
    True
    """


def unforeseen(error: BaseException) -> InputError:
    """Make a sentence of an error that nobody foresaw; the log has the rest under the number that it names.

    Parameters
    ----------
    error : BaseException

    Returns
    -------
    InputError

    Examples
    --------
    >>> logging.getLogger("evalcore").addHandler(logging.NullHandler())
    >>> str(unforeseen(KeyError("x")))[:28]
    'this file could not be read:'
    """
    number = secrets.token_hex(4)
    _log.error("unforeseen error %s", number, exc_info=error)
    fault = "that is a fault of Operating Point and not yours"
    return InputError(
        f"this file could not be read: {fault}; try it as plain CSV, and report the number {number} of the log"
    )
