"""What Keras prints while it trains: `Epoch 3/10`, then a bar with the figures behind it."""

from __future__ import annotations

import re

from evalcore.training.readers.progress_lines import NUMBER, as_columns, lines_of

__all__ = ["read_keras_log"]

_epoch = re.compile(r"Epoch\s+(\d+)\s*/\s*\d+$", re.IGNORECASE).match
_figure = re.compile(rf"(?:^|\s-\s|\s)([A-Za-z_][\w./@-]*):\s*({NUMBER})(?=\s|$)", re.IGNORECASE)
_bar = re.compile(r"(?:\d+/(?:\d+|Unknown)\b|-?\s*\d+(?:\.\d+)?m?s\b|-)")
_TIMES = frozenset({"eta"})


def read_keras_log(text: str) -> dict[str, list[str]] | None:
    r"""Read Keras's printed log: the last figures of each epoch; several runs may stand one below the other.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict of str to list of str, or None
        Columns; None where the text is no such log.

    Examples
    --------
    >>> log = "Epoch 1/2\n30/30 [====] - 17s - loss: 0.7615 - val_loss: 0.2623\nEpoch 2/2\n30/30 - 9s - loss: 0.7168\n"
    >>> read_keras_log(log)
    {'epoch': ['1', '2'], 'loss': ['0.7615', '0.7168'], 'val_loss': ['0.2623', '']}
    """
    if "poch" not in text:
        return None
    epochs: list[float] = []
    rows: list[dict[str, float]] = []
    for line in lines_of(text):
        heading = _epoch(line)
        if heading:
            epochs.append(float(heading[1]))
            rows.append({})
        elif rows and _bar.match(line):
            found = {
                name: float(value) for name, value in _figure.findall(line) if name.lower() not in _TIMES
            }
            rows[-1].update(found)
    known = [place for place, row in enumerate(rows) if row]
    if not known:
        return None
    return as_columns("epoch", [epochs[place] for place in known], [rows[place] for place in known])
