"""Tables of figures in the product's one format of numbers; what is sorted and copied stays exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from evalcore import numbers

Spell = Callable[[Any], str]


def house_table(table: pd.DataFrame, spelt: Mapping[str, Spell]) -> Any:
    """Write the named columns of a table as the product writes numbers.

    Parameters
    ----------
    table : DataFrame
    spelt : mapping
        From a column's name to how its numbers are written; columns that are not there are passed over.

    Returns
    -------
    Styler
        For `st.dataframe`: it shows the texts, and sorts and copies the numbers.
    """
    there: dict[Any, Spell] = {name: spell for name, spell in spelt.items() if name in table.columns}
    return table.style.format(there, na_rep=numbers.UNDEFINED)


def shares(names: Iterable[str]) -> dict[str, Spell]:
    """Say that these columns are shares."""
    return dict.fromkeys(names, numbers.share)


def counts(names: Iterable[str]) -> dict[str, Spell]:
    """Say that these columns are counts of cases."""
    return dict.fromkeys(names, numbers.count)


def coefficients(names: Iterable[str]) -> dict[str, Spell]:
    """Say that these columns are figures that are no shares."""
    return dict.fromkeys(names, numbers.coefficient)
