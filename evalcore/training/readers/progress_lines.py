"""The lines of a printed log, as a terminal would have left them, and the rows that they become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["NUMBER", "Row", "as_columns", "lines_of", "restarts"]

#: A number as programs print it.
NUMBER = r"[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|nan|inf)"

#: One step of a run: the name of each figure with its value.
Row = Mapping[str, float]

_escape = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_break = re.compile(r"[\r\n\b]+")
_LONGEST = 4000
"""Signs of a line: no program prints more of a step."""


def lines_of(text: str) -> Iterator[str]:
    r"""Give the lines of a terminal, without colours; each update of a progress bar is a line.

    Examples
    --------
    >>> list(lines_of("Epoch 1/2\n\r\x1b[1m1/2\x1b[0m loss: 0.5\r2/2 loss: 0.4"))
    ['Epoch 1/2', '1/2 loss: 0.5', '2/2 loss: 0.4']
    """
    for line in _break.split(_escape.sub("", text)):
        if line.strip() and len(line) <= _LONGEST:
            yield line.strip()


def restarts(steps: Sequence[float]) -> list[int]:
    """Number the run of each step: one begins wherever the count does not go up.

    Examples
    --------
    >>> restarts([1, 2, 3, 1, 2])
    [1, 1, 1, 2, 2]
    """
    run, before = 1, float("-inf")
    runs = []
    for step in steps:
        run += step <= before
        runs.append(run)
        before = step
    return runs


def as_columns(step: str, steps: Sequence[float], rows: Sequence[Row]) -> dict[str, list[str]]:
    """Lay rows out as columns of text, with a column of runs where there are several.

    Examples
    --------
    >>> as_columns("epoch", [1, 2], [{"loss": 0.5}, {"loss": 0.25, "val_loss": 1.0}])
    {'epoch': ['1', '2'], 'loss': ['0.5', '0.25'], 'val_loss': ['', '1.0']}
    """
    runs = restarts(steps)
    columns: dict[str, list[str]] = {}
    if runs and runs[-1] > 1:
        columns["run"] = [f"run {each}" for each in runs]
    columns[step] = [str(int(each)) for each in steps]
    for name in dict.fromkeys(name for row in rows for name in row):
        columns[name] = [repr(row[name]) if name in row else "" for row in rows]
    return columns
