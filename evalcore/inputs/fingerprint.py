"""A digest of a table's content and roles: the same figures have the same digest."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple

import numpy as np
import pandas as pd

from evalcore.inputs.evaluation import Roles

__all__ = ["FORMAT_VERSION", "fingerprint"]

FORMAT_VERSION = 1  # raise it when the same table and roles begin to give other figures


def _column_digest(column: pd.Series) -> bytes:
    digest = hashlib.blake2b(str(column.name).encode(), digest_size=16)
    values = column.to_numpy() if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf" else None
    if values is None:
        digest.update(pd.util.hash_array(_hashable(column), categorize=True).tobytes())
    else:
        digest.update(values.dtype.str.encode())
        digest.update(np.ascontiguousarray(values).view(np.uint8))
    return digest.digest()


def _hashable(column: pd.Series) -> np.ndarray:
    if column.dtype.kind in "mM":
        return column.astype("int64").to_numpy()
    values = column.to_numpy(dtype=object, na_value=None)
    kinds = set(map(type, values[:1000])) - {type(None)}
    return values if kinds <= {str} else np.array([repr(value) for value in values], dtype=object)


def fingerprint(table: pd.DataFrame, roles: Roles) -> str:
    """Return the hex digest of a table with its roles.

    Parameters
    ----------
    table : DataFrame
    roles : Roles

    Returns
    -------
    str
        32 hex digits.

    Examples
    --------
    >>> table = pd.DataFrame({"y": [0, 1], "p": [0.25, 0.75]})
    >>> fingerprint(table, Roles(truth="y")) == fingerprint(table.copy(), Roles(truth="y"))
    True
    """
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((FORMAT_VERSION, len(table), astuple(roles))).encode())
    columns = [table.iloc[:, i] for i in range(table.shape[1])]
    with ThreadPoolExecutor(2) as pool:  # hashing lets go of the interpreter's lock
        for each in pool.map(_column_digest, columns):
            digest.update(each)
    return digest.hexdigest()
