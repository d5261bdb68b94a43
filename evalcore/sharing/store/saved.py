"""A saved evaluation as callers see it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from evalcore.errors import InputError
from evalcore.predictions.evaluation import Roles
from evalcore.predictions.tasks import Task

__all__ = ["TITLE_LENGTH", "SavedEvaluation", "clean_title", "roles_from_json", "roles_to_json"]

TITLE_LENGTH = 200
# Control characters, line ends, marks that turn the direction of what follows, and halves of characters.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True)
class SavedEvaluation:
    """One saved evaluation, without its data.

    Parameters
    ----------
    id : str
        The unguessable token that stands in the link.
    title : str
        One line of at most 200 characters.
    roles : Roles
    task : Task
    fingerprint : str
        Of the content and the roles, as `Evaluation.fingerprint`.
    size : int
        Bytes on disk.
    rows : int
        Rows of the table.
    created, used : datetime
        In UTC; `used` is right to the hour.
    expires : datetime or None
        When it will be removed unless it is opened before; None where nothing expires.
    """

    id: str
    title: str
    roles: Roles
    task: Task
    fingerprint: str
    size: int
    rows: int
    created: datetime
    used: datetime
    expires: datetime | None


def roles_to_json(roles: Roles) -> str:
    """Write roles as JSON in ASCII.

    Examples
    --------
    >>> roles_from_json(roles_to_json(Roles(truth="y", scores=("p", "q")))).scores
    ('p', 'q')
    """
    return json.dumps(asdict(roles))


def roles_from_json(text: str) -> Roles:
    """Read roles; parts that this version of the program does not know are left out."""
    known = {field.name for field in fields(Roles)}
    found: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in json.loads(text).items()
        if key in known
    }
    return Roles(**found)


def clean_title(text: str) -> str:
    r"""Return a title as one line of at most 200 characters that all can be seen.

    Raises
    ------
    InputError
        If nothing is left.

    Examples
    --------
    >>> clean_title("  scores\n 2024.csv ")
    'scores 2024.csv'
    """
    title = " ".join(_UNSEEN.sub(" ", text).split())[:TITLE_LENGTH].strip()
    if not title:
        raise InputError(f"title must have at least one visible character, got {text!r}")
    return title
