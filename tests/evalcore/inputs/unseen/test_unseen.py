"""Layouts that were written before the rules were asked: each is graded as `make recognition` grades."""

from __future__ import annotations

import pytest

from tests.evalcore.inputs.unseen import batches, challenges, exports, ready_tables, tallies  # noqa: F401  fill the list
from tests.evalcore.inputs.unseen.layouts import UNSEEN
from tests.recognition import grade

OTHERWISE = {
    "perspective_scores": "asked",  # several unnamed scores of one truth: a person says which is the model's
    "tissue_of_two_readers_and_a_network": "asked",  # is the panel true, or a reader?
    "bigquery_rows_of_probabilities": "warned",  # a row for each class of a case is not put together yet
    "fourfold_table_with_totals": "refused",  # rows and columns that are called differently
    "report_of_classes_as_document": "warned",  # it contradicts itself, and is read by recall and support
}
"""What is not right, but not silent either."""


@pytest.mark.parametrize("name", sorted(UNSEEN))
def test_unseen(name: str) -> None:
    mark, said = grade(UNSEEN[name]())
    assert mark == OTHERWISE.get(name, "right"), said
