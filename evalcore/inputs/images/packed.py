"""Which of several sources are zip archives, told by their first bytes: only these may hold images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evalcore.inputs.reading.limits import Limits

__all__ = ["zip_content"]

_ZIP = b"PK\x03\x04"


def zip_content(source: Any) -> tuple[str, bytes] | None:
    r"""Return the name and the bytes of a source that begins as a zip archive; None for any other.

    Parameters
    ----------
    source : path, (name, bytes), binary file object, or anything else
        A stream that can go back is left where it was; one that cannot is not looked into.

    Returns
    -------
    (str, bytes) or None
        None also where it cannot be read or is too large: reading it as a table says what is wrong.

    Examples
    --------
    >>> zip_content(("photos.zip", b"PK\x03\x04...")), zip_content(("table.csv", b"truth,score"))
    (('photos.zip', b'PK\x03\x04...'), None)
    """
    if isinstance(source, tuple):
        return source if bytes(source[1][:4]) == _ZIP else None
    try:
        if isinstance(source, str | Path):
            with Path(source).open("rb") as file:
                if file.read(4) != _ZIP or Path(source).stat().st_size > Limits().size:
                    return None
                return Path(source).name, _ZIP + file.read()
        if not (hasattr(source, "read") and hasattr(source, "seekable") and source.seekable()):
            return None
        place = source.tell()
        content = source.read(4)
        if content == _ZIP:
            content += source.read(Limits().size)
        source.seek(place)
    except (OSError, ValueError):
        return None
    stated = getattr(source, "name", "")
    return (Path(stated).name if isinstance(stated, str) else "", content) if content[:4] == _ZIP else None
