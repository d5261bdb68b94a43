"""The table that fastai prints: a heading of words from `epoch` on, and a row for each epoch."""

from __future__ import annotations

import re

from evalcore.training.readers.progress_lines import NUMBER, as_columns, lines_of

__all__ = ["read_fastai_table"]

_number = re.compile(NUMBER, re.IGNORECASE).fullmatch
_time = re.compile(r"(?:\d+:)?\d+:\d+").fullmatch
_word = re.compile(r"[A-Za-z_][\w.-]*").fullmatch


def read_fastai_table(text: str) -> dict[str, list[str]] | None:
    r"""Read fastai's printed table; a heading that comes again begins another run.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict of str to list of str, or None
        Columns without the times; None where the text is no such table.

    Examples
    --------
    >>> read_fastai_table("epoch  train_loss  valid_loss  time\n0  0.5  0.4  00:11\n1  0.4  0.3  00:11\n")
    {'epoch': ['0', '1'], 'train_loss': ['0.5', '0.4'], 'valid_loss': ['0.4', '0.3']}
    """
    names: list[str] = []
    steps: list[float] = []
    rows: list[dict[str, float]] = []
    for line in lines_of(text):
        cells = line.split()
        if cells[0] == "epoch" and len(cells) > 2 and all(map(_word, cells)):
            names = cells
        elif names and len(cells) == len(names) and cells[0].isdecimal():
            told = dict(zip(names[1:], cells[1:], strict=True))
            if all(_number(cell) or _time(cell) for cell in told.values()):
                steps.append(float(cells[0]))
                rows.append({name: float(cell) for name, cell in told.items() if _number(cell)})
    # Other tables with an epoch are read with their types; this one alone has the time in its last column.
    return as_columns("epoch", steps, rows) if rows and "time" in names and any(rows) else None
