"""What a value is, as a digest of all that it carries: the keys of what is kept."""

from __future__ import annotations

import hashlib
import threading
import weakref
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalcore.inputs.fingerprint import fingerprint
from evalcore.predictions.evaluation import Evaluation, Roles

_PLAIN = frozenset({str, bytes, int, float, bool, type(None)})

_known: weakref.WeakKeyDictionary[Evaluation, str] = weakref.WeakKeyDictionary()
_lock = threading.Lock()


def identity(opened: Evaluation) -> str:
    """Return a digest of everything that an evaluation carries; of one object it is made once.

    Two evaluations are the same only where also their titles, warnings, questions, reasons, unmatched rows and
    names are. The fingerprint stands for the table and for the numbers that were read from it.

    Parameters
    ----------
    opened : Evaluation

    Returns
    -------
    str
        32 hex digits.

    Raises
    ------
    TypeError
        If it carries something that cannot be told apart.

    Examples
    --------
    >>> from dataclasses import replace
    >>> import evalcore as ec
    >>> opened = ec.open_predictions(pd.DataFrame({"label": [0, 1, 1, 0], "prob": [0.2, 0.9, 0.4, 0.1]}))
    >>> identity(opened) == identity(replace(opened)), identity(opened) == identity(replace(opened, title="Mine"))
    (True, False)
    """
    with _lock:
        known = _known.get(opened)
    if known is None:
        digest = _Digest()
        for field in fields(opened):
            digest.add(field.name)
            digest.add(getattr(opened, field.name), content=field.name != "predictions")
        known = digest.text()
        with _lock:
            _known[opened] = known
    return known


def key_of(value: Any) -> Any:
    """Return what stands for an argument in a key: equal for equal arguments of one type only.

    Examples
    --------
    >>> key_of(1) == key_of(1), key_of(1) == key_of(True), key_of((1, "a")) == key_of((1, "b"))
    (True, False, False)
    """
    kind = type(value)
    if isinstance(value, Evaluation):
        return identity(value)
    if kind is float:
        return "float", value.hex()  # not a number is itself here, and 0 is not -0
    if kind in _PLAIN:
        return kind.__name__, value
    digest = _Digest()
    digest.add(value)
    return digest.text()


class _Digest:
    """A digest of nested values, each with its type and length, so that no two run into each other."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=16)

    def text(self) -> str:
        return self._hash.hexdigest()

    def add(self, value: Any, *, content: bool = True) -> None:
        """Add a value; without `content`, not the numbers in its arrays and tables."""
        kind = type(value)
        if kind in _PLAIN:
            self._say(kind.__name__, repr(value))
        elif isinstance(value, Evaluation):
            self._say("evaluation", identity(value))
        elif isinstance(value, (tuple, list)):
            if _PLAIN.issuperset(map(type, value)):
                self._say(kind.__name__, repr(tuple(value)))
                return
            self._say(kind.__name__, str(len(value)))
            for each in value:
                self.add(each, content=content)
        elif isinstance(value, dict):
            self.add(tuple(value.items()), content=content)
        elif is_dataclass(value):
            self._say(kind.__module__, kind.__qualname__)
            for field in fields(value):
                self.add(getattr(value, field.name), content=content)
        elif isinstance(value, (np.ndarray, np.generic)):
            self._add_array(np.asarray(value), content=content)
        elif isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
            if content:
                self._add_table(value if isinstance(value, pd.DataFrame) else value.to_frame())
        else:
            raise TypeError(
                f"nothing that depends on a {kind.__qualname__} can be kept: no digest tells it apart"
            )

    def _say(self, *words: str) -> None:
        self._hash.update(
            "".join(f"{len(word)}:{word};" for word in words).encode("utf-8", "backslashreplace")
        )

    def _add_array(self, values: np.ndarray[Any, Any], *, content: bool) -> None:
        self._say("array", values.dtype.str, repr(values.shape))
        if not content:
            return
        if values.dtype.hasobject:
            self.add(values.ravel().tolist())
        else:
            self._hash.update(np.ascontiguousarray(values).tobytes())

    def _add_table(self, table: pd.DataFrame) -> None:
        self._say("table", fingerprint(table, Roles()), fingerprint(table.index.to_frame(), Roles()))
