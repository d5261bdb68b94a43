"""A choice that is locked before the test part is looked at: what was chosen, and what became of the lock."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

__all__ = ["LOCKED", "OPENED", "LockState", "LockedChoice", "lock_state"]

LOCKED, OPENED = "locked", "opened"


@dataclass(frozen=True)
class LockedChoice:
    """What was chosen, on which part, to be confirmed on which other.

    Parameters
    ----------
    data : str
        The fingerprint of what was chosen on: other roles are other data.
    model : str
    column : str
        That parts the rows.
    choosing, testing : str
        Its values.
    goal : str
    threshold : float

    Examples
    --------
    >>> choice = LockedChoice("abc", "forest", "split", "validation", "test", "max f1", 0.45)
    >>> LockedChoice.read(choice.written()) == choice
    True
    """

    data: str
    model: str
    column: str
    choosing: str
    testing: str
    goal: str
    threshold: float

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What a lock holds for: one model's test part of these data, whatever part or goal chooses."""
        return self.data, self.model, self.column, self.testing

    def written(self) -> str:
        """Return it as a text that `read` takes."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> LockedChoice | None:
        """Read what `written` gave; None where it is something else."""
        try:
            said = json.loads(text)
            found = cls(**{each.name: said[each.name] for each in fields(cls)})
        except (ValueError, TypeError, KeyError):
            return None
        texts = (found.data, found.model, found.column, found.choosing, found.testing, found.goal)
        number = isinstance(found.threshold, (int, float)) and not math.isnan(found.threshold)
        return found if number and all(isinstance(each, str) for each in texts) else None


@dataclass(frozen=True)
class LockState:
    """Where the lock of one model's test part stands.

    Parameters
    ----------
    choice : LockedChoice or None
        What is locked now.
    opened : int
        How often the lock was opened before, after a look at the test part.
    """

    choice: LockedChoice | None = None
    opened: int = 0


def lock_state(entries: Sequence[tuple[str, LockedChoice]], subject: tuple[str, str, str, str]) -> LockState:
    """Return where a lock stands after all that was entered.

    Parameters
    ----------
    entries : sequence of (str, LockedChoice)
        `LOCKED` or `OPENED` and the choice, oldest first. To lock what is locked, and to open what is open, changes
        nothing: two visitors may press one button.
    subject : tuple of str
        See `LockedChoice.subject`.

    Examples
    --------
    >>> first = LockedChoice("abc", "forest", "split", "validation", "test", "max f1", 0.45)
    >>> lock_state([(LOCKED, first), (OPENED, first)], first.subject)
    LockState(choice=None, opened=1)
    """
    state = LockState()
    for kind, choice in entries:
        if choice.subject != subject:
            continue
        if kind == LOCKED and state.choice is None:
            state = LockState(choice, state.opened)
        elif kind == OPENED and state.choice is not None:
            state = LockState(None, state.opened + 1)
    return state
