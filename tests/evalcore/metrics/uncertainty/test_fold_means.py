"""Mean curves of folds, against a plain second way and against one fold alone."""

import numpy as np
import pytest
from sklearn.metrics import roc_curve

from evalcore.errors import InputError
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.uncertainty.fold_means import threshold_mean, vertical_mean

GRID = np.linspace(0, 1, 21)


def folds(shift=0.0, number=4):
    random = np.random.default_rng(3)
    found = []
    for fold in range(number):
        truth = random.integers(0, 2, 150)
        found.append((truth, random.normal(size=150) + 1.5 * truth + shift * fold))
    return found


def test_the_vertical_mean_is_scikit_learns_of_each_fold():
    parts = folds()
    found = vertical_mean([ThresholdSweep.from_scores(*each) for each in parts], GRID)
    rows = []
    for truth, score in parts:
        x, y, _ = roc_curve(truth, score, drop_intermediate=False)
        rows.append([max(np.interp(at, x, y), y[x <= at + 1e-12].max()) for at in GRID])
    assert found.recall == pytest.approx(np.mean(rows, axis=0))
    assert found.recall_spread == pytest.approx(np.std(rows, axis=0, ddof=1))


def test_the_threshold_mean_is_the_mean_of_the_rates():
    parts = folds()
    at = np.linspace(4, -3, 30)
    found = threshold_mean([ThresholdSweep.from_scores(*each) for each in parts], at)
    for place, threshold in enumerate(at):
        recalls = [np.mean(score[truth == 1] >= threshold) for truth, score in parts]
        rates = [np.mean(score[truth == 0] >= threshold) for truth, score in parts]
        assert found.recall[place] == pytest.approx(np.mean(recalls))
        assert found.false_positive_rate[place] == pytest.approx(np.mean(rates))
        assert found.recall_spread[place] == pytest.approx(np.std(recalls, ddof=1))
        assert found.false_positive_spread[place] == pytest.approx(np.std(rates, ddof=1))


def test_scores_on_other_scales_part_the_two_means():
    """Vertical averaging does not see the folds' scales; at equal thresholds they lie far apart."""
    same, moved = ([ThresholdSweep.from_scores(*each) for each in folds(shift)] for shift in (0.0, 3.0))
    assert vertical_mean(moved, GRID).recall == pytest.approx(vertical_mean(same, GRID).recall)
    at = np.linspace(15, -3, 60)
    assert threshold_mean(moved, at).recall_spread.max() > 2 * threshold_mean(same, at).recall_spread.max()
    assert threshold_mean(moved, at).area < threshold_mean(same, at).area


def test_one_fold_has_no_spread_and_folds_of_one_class_are_left_out():
    one = ThresholdSweep.from_scores(*folds()[0])
    only = ThresholdSweep.from_scores([1, 1], [0.2, 0.4])
    found = vertical_mean([one, only], GRID)
    assert np.isnan(found.recall_spread).all()
    with pytest.raises(InputError, match="both classes"):
        threshold_mean([only], [0.5])
