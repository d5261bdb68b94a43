"""0 and 1 in the names of two scores count models, unless the rows say that they are the classes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import evalcore as ec


def rows(first: str, second: str, *, classes: bool, seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    truth = (random.random(150) < 0.4).astype(int)
    shared = random.normal(size=150) + truth
    noisy = [1 / (1 + np.exp(-(shared + 0.5 * random.normal(size=150)))) for _ in range(2)]
    if classes:
        noisy[0] = 1 - noisy[0]
    return pd.DataFrame({"truth": truth, first: noisy[0], second: noisy[1]})


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    "names", [("m0_prob", "m1_prob"), ("prob_0", "prob_1"), ("clf0_score", "clf1_score")]
)
def test_models_that_are_numbered_are_not_turned(names: tuple[str, str], seed: int) -> None:
    opened = ec.open_predictions(rows(*names, classes=False, seed=seed))
    assert [each.note for each in opened.predictions.models] == ["", ""]


def test_a_class_each_that_does_not_add_up_to_one_is_turned() -> None:
    opened = ec.open_predictions(rows("prob_0", "prob_1", classes=True, seed=1))
    assert opened.predictions.models[0].note or opened.questions
