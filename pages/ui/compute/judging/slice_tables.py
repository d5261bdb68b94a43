"""Groups of cases beside each other, computed once and kept; a move of the threshold searches what is sorted."""

from __future__ import annotations

from evalcore.metrics.slices.slice_table import SliceTable, slice_table
from evalcore.predictions.evaluation import Evaluation
from pages.ui.compute.kept import kept


@kept(most=16, spinner="Looking at every group …")
def table_of_groups(opened: Evaluation, model: str, columns: tuple[str, ...]) -> SliceTable:
    """Return the groups that one column or two make, at the model's default threshold: `at` moves it."""
    return slice_table(opened.predictions, columns, model=model)
