"""Where kept values lie: few enough, small enough, the longest unused go first; each is computed by one thread only."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pages.ui.compute.sizes import Size, size_of, together

MEBIBYTE = 1 << 20


@dataclass
class _Entry:
    value: Any
    name: str
    subject: str | None
    size: Size
    uses: int = 0
    count_again: int = 1


@dataclass
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: int = 0


class Shelf:
    """Kept values of several functions, bounded by number and by bytes.

    What came last always stays, however large it is: a page that asks for it again must not compute it anew.

    Parameters
    ----------
    most_bytes : int
        All values together hold at most so much.
    most_bytes_of_subject : int
        What is kept of one subject (the content of one evaluation) holds at most so much, so that a large file
        does not push out everyone else's.
    """

    def __init__(self, most_bytes: int, most_bytes_of_subject: int) -> None:
        self.most_bytes = most_bytes
        self.most_bytes_of_subject = most_bytes_of_subject
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._turns: dict[Hashable, _Turn] = {}
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> tuple[Any] | None:
        """Return the value that is kept under a key, in a tuple; None where none is."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            entry.uses += 1
            return (entry.value,)

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[None]:
        """Wait until nobody else computes the value of this key."""
        with self._lock:
            turn = self._turns.setdefault(key, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[key]

    def put(
        self,
        key: Hashable,
        value: Any,
        *,
        name: str,
        most: int,
        most_bytes: int,
        subject: str | None = None,
    ) -> None:
        """Keep a value in place of an earlier one; of its function at most so many, and so many bytes."""
        size = size_of(value)
        with self._lock:
            self._count_again()
            self._entries[key] = _Entry(value, name, subject, size)
            self._entries.move_to_end(key)
            self._drop_until(lambda each: each.name == name, most, most_bytes)
            if subject is not None:
                self._drop_until(lambda each: each.subject == subject, None, self.most_bytes_of_subject)
            self._drop_until(lambda _: True, None, self.most_bytes)

    def held(self, *, name: str | None = None, subject: str | None = None) -> int:
        """Count the bytes of all values, of one function's or of one subject's."""
        with self._lock:
            return together([
                each.size
                for each in self._entries.values()
                if name in (None, each.name) and subject in (None, each.subject)
            ])  # fmt: skip

    def __len__(self) -> int:
        return len(self._entries)

    def _count_again(self) -> None:
        """What was used may have grown, by what it computes of itself when it is asked: count, less and less often."""
        for entry in self._entries.values():
            if entry.uses >= entry.count_again:
                entry.count_again = 2 * entry.uses
                entry.size = size_of(entry.value)

    def _drop_until(self, counts: Callable[[_Entry], bool], most: int | None, most_bytes: int) -> None:
        keys = [key for key, entry in self._entries.items() if counts(entry)]
        while len(keys) > 1 and (
            (most is not None and len(keys) > most)
            or together([self._entries[key].size for key in keys]) > most_bytes
        ):
            del self._entries[keys.pop(0)]
