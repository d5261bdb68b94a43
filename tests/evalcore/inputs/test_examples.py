"""Every example that people are told to copy is recognised as what it says, without a question."""

from __future__ import annotations

import pytest

import evalcore as ec
from evalcore.inputs.examples import EXAMPLES, Example


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.file_name)
def test_an_example_is_what_it_says(example: Example) -> None:
    opened = ec.open_predictions((example.file_name, example.text.encode()))
    assert opened.task == example.task
    assert opened.questions == ()
