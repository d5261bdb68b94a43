"""TensorBoard's event files as a table: a row for each step, a column for each scalar."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.training.readers.event_files import read_event_file

__all__ = ["read_event_log"]


def read_event_log(raw: bytes, *, name: str, limits: Limits) -> ReadTable:
    """Read the scalars of an event file; images, texts, graphs and histograms are passed over.

    Parameters
    ----------
    raw : bytes
    name : str
    limits : Limits

    Raises
    ------
    InputError
        Where it holds no scalar, or more of them than allowed.
    """
    told, whole = read_event_file(raw)
    tags = list(dict.fromkeys(tag for values in told.values() for tag in values))
    if not tags:
        raise InputError(say.no_scalars(name))
    if len(tags) > limits.columns:
        raise InputError(say.too_many_columns(name, len(tags), limits.columns))
    if (len(tags) + 1) * len(told) > limits.cells:
        raise InputError(say.too_many_cells(name, len(told), len(tags), limits.cells))
    steps = sorted(told)
    columns = {tag: np.array([told[step].get(tag, np.nan) for step in steps]) for tag in tags}
    table = pd.DataFrame({"step": np.array(steps, dtype=np.int64), **columns})
    return ReadTable(table, name, "TensorBoard event file", () if whole else (say.broken_record(name),))
