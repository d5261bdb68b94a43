"""What the explorer is told of resamples: the bootstrap's own numbers, at the places that it is told."""

from __future__ import annotations

import json

import numpy as np
import pytest

from evalcore.figures.live.explorer_resamples import resamples_told
from evalcore.metrics.deciding.deployed import resamples_at_prevalence
from evalcore.metrics.uncertainty.bootstrap import BootstrapSweeps, bootstrap
from evalcore.metrics.uncertainty.chosen import choose_in_resamples


def found(rows: int, digits: int) -> BootstrapSweeps:
    rng = np.random.default_rng(31)
    truth = (rng.random(rows) < 0.3).astype(np.uint8)
    return bootstrap(truth, rng.normal(truth, 1.2).round(digits), resamples=120, seed=4)


def test_rates_are_those_of_each_score_where_they_are_few() -> None:
    resamples = found(300, 1)
    told = resamples_told(resamples, "max f1")
    json.dumps(told, allow_nan=False)
    assert told["rates"]["exact"]
    assert told["rates"]["thresholds"] == resamples.thresholds.tolist()
    own = resamples.interval(resamples.confusion.value("cohen_kappa"))
    band = told["rates"]["bands"]["cohen_kappa"]
    for end in ("low", "high"):
        assert [np.nan if each is None else each for each in band[end]] == pytest.approx(
            getattr(own, end), abs=6e-6, nan_ok=True
        )


def test_of_many_scores_some_are_told_with_both_ends() -> None:
    resamples = found(3000, 6)
    rates = resamples_told(resamples, "max f1")["rates"]
    assert not rates["exact"]
    assert len(rates["thresholds"]) == 400
    assert rates["thresholds"][0] == resamples.thresholds[0]
    assert rates["thresholds"][-1] == resamples.thresholds[-1]
    assert rates["thresholds"] == sorted(rates["thresholds"], reverse=True)


def test_the_chosen_thresholds_are_those_of_all_resamples() -> None:
    resamples = found(300, 1)
    told = resamples_told(resamples, "max precision where recall >= 80 %")["chosen"]
    own = choose_in_resamples(resamples, "max precision where recall >= 80 %")
    assert told["thresholds"] == own.thresholds.tolist()
    assert len(told["thresholds"]) == 120
    assert (told["low"], told["high"]) == pytest.approx(np.quantile(own.thresholds, [0.025, 0.975]))


def test_a_goal_that_no_resample_meets_has_no_place() -> None:
    told = resamples_told(found(300, 1), "precision >= 99.9 % and recall >= 99.9 %")["chosen"]
    assert (told["thresholds"], told["feasible"]) == ([], 0.0)


def test_resamples_at_another_prevalence_keep_recall_and_move_precision() -> None:
    resamples = found(400, 1)
    moved = resamples_at_prevalence(resamples, 0.02)
    assert np.allclose(moved.confusion.value("recall"), resamples.confusion.value("recall"))
    recall, rate = (resamples.confusion.value(name)[:, 5] for name in ("recall", "false_positive_rate"))
    assert np.allclose(
        moved.confusion.value("precision")[:, 5],
        0.02 * recall / (0.02 * recall + 0.98 * rate),
        equal_nan=True,
    )
