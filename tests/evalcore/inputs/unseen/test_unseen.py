"""Layouts that were written before the rules were asked: each is graded as `make recognition` grades."""

from __future__ import annotations

import pytest

from tests.evalcore.inputs.unseen import ready_tables  # noqa: F401  fills the list
from tests.evalcore.inputs.unseen.layouts import UNSEEN
from tests.recognition import grade

ASKED = {"perspective_scores"}
"""Several unnamed scores of one truth: a person says which is the model's."""


@pytest.mark.parametrize("name", sorted(UNSEEN))
def test_unseen(name: str) -> None:
    mark, said = grade(UNSEEN[name]())
    assert mark == ("asked" if name in ASKED else "right"), said
