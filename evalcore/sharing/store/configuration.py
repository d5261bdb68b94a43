"""Where evaluations are kept, how long and how many: from the environment's variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from evalcore.errors import InputError

__all__ = ["Configuration", "read_configuration"]

_DAYS = "OPERATING_POINT_RETENTION_DAYS"
_MEGABYTES = "OPERATING_POINT_SIZE_LIMIT_MB"
_URL = "OPERATING_POINT_DATABASE_URL"
_FOLDER = "OPERATING_POINT_DATA"


@dataclass(frozen=True)
class Configuration:
    """How saved evaluations are kept.

    Parameters
    ----------
    folder : Path
        Where the tables lie.
    url : str or None
        The database's SQLAlchemy URL; None for a SQLite file in the folder.
    retention : timedelta or None
        How long after its last use an evaluation is kept; None for ever.
    size_limit : int or None
        Bytes that all may take; None for no limit.
    """

    folder: Path
    url: str | None = None
    retention: timedelta | None = timedelta(days=30)
    size_limit: int | None = 2_000_000_000


def read_configuration(environ: Mapping[str, str], *, default_folder: Path) -> Configuration:
    """Read the configuration; a variable that is empty counts as not set.

    Parameters
    ----------
    environ : mapping
        As `os.environ`: OPERATING_POINT_DATA (a folder), OPERATING_POINT_DATABASE_URL,
        OPERATING_POINT_RETENTION_DAYS (a number, or "never"; default 30) and
        OPERATING_POINT_SIZE_LIMIT_MB (a number, or "none"; default 2000).
    default_folder : Path
        The folder where none is named.

    Raises
    ------
    InputError
        If a value is not allowed; the sentence names the variable.

    Examples
    --------
    >>> read_configuration({"OPERATING_POINT_RETENTION_DAYS": "7"}, default_folder=Path(".data")).retention
    datetime.timedelta(days=7)
    """
    given = {key: environ.get(key, "").strip() for key in (_FOLDER, _URL, _DAYS, _MEGABYTES)}
    days = _positive_number(_DAYS, given[_DAYS] or "30", unlimited="never", most=36_500)
    megabytes = _positive_number(_MEGABYTES, given[_MEGABYTES] or "2000", unlimited="none", most=1e9)
    return Configuration(
        folder=Path(given[_FOLDER]).expanduser() if given[_FOLDER] else default_folder,
        url=given[_URL] or None,
        retention=None if days is None else timedelta(days=days),
        size_limit=None if megabytes is None else int(megabytes * 1_000_000),
    )


def _positive_number(name: str, text: str, *, unlimited: str, most: float) -> float | None:
    if text.lower() == unlimited:
        return None
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= most:  # false for "nan" too
        raise InputError(
            f'{name} must be a number above 0 and at most {most:,.0f}, or "{unlimited}", got {text!r}'
        )
    return number
