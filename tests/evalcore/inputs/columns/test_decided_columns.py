"""Columns that follow from scores, and columns that only say whether another is right."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.inputs.columns.decided import follows_from, without_verdicts
from evalcore.inputs.columns.profile import profile_table

P = np.random.default_rng(5).random(80).round(3)


@pytest.mark.parametrize(
    ("column", "follows"),
    [
        (P > 0.3, True),
        (P < 0.3, True),
        (np.select([P < 0.2, P < 0.7], ["low", "middle"], "high"), True),
        (np.where(P > 0.3, "yes", "no"), True),
        (np.where(np.arange(80) == 7, ~(P > 0.5), P > 0.5), False),
        (np.arange(80) % 2, False),
    ],
)
def test_cut_by_thresholds(column: np.ndarray, follows: bool) -> None:
    profiles = profile_table(pd.DataFrame({"p": P, "said": column}))
    assert follows_from(profiles["said"], [profiles["p"]]) is follows


def test_a_tie_on_both_sides_is_no_threshold() -> None:
    profiles = profile_table(
        pd.DataFrame({"p": [0.1] * 20 + [0.5] * 20 + [0.9] * 20, "said": [0] * 30 + [1] * 30})
    )
    assert not follows_from(profiles["said"], [profiles["p"]])


def test_highest_of_several() -> None:
    values = np.random.default_rng(6).random((60, 3))
    table = pd.DataFrame(values, columns=list("abc")).assign(top=np.array(["x", "y", "z"])[values.argmax(1)])
    profiles = profile_table(table.assign(other=np.arange(60) % 3))
    scores = [profiles[name] for name in "abc"]
    assert follows_from(profiles["top"], scores)
    assert not follows_from(profiles["other"], scores)


def test_few_rows_prove_nothing() -> None:
    profiles = profile_table(pd.DataFrame({"p": [0.1, 0.6, 0.9], "y": [0, 1, 1]}))
    assert not follows_from(profiles["y"], [profiles["p"]])


def test_two_models_are_no_verdicts() -> None:
    rng = np.random.default_rng(7)
    profiles = profile_table(pd.DataFrame(rng.integers(0, 2, (50, 3)), columns=["y", "pred_a", "pred_b"]))
    both = [profiles["pred_a"], profiles["pred_b"]]
    assert without_verdicts(profiles["y"], both) == both
