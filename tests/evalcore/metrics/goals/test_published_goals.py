"""Published figures: cutpointr's worked example, dcurves' decision curve, scikit-learn's tuned threshold."""

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import TunedThresholdClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from evalcore.metrics.goals.costs import decision_curve
from evalcore.metrics.goals.finding import find_operating_point
from evalcore.metrics.goals.solving import InfeasibleGoalError, solve_goal
from evalcore.metrics.goals.terms import Costs
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.uncertainty.bootstrap import bootstrap
from evalcore.metrics.uncertainty.chosen import choose_in_resamples
from evalcore.metrics.uncertainty.promised import promised_and_kept

# cutpointr's data `suicide` (DSI score of 532 people, 36 of them with an attempt), counted by score from the table
# of its README, section "Adding metrics" (true and false positives from each score on).
AT_LEAST = {
    11: (1, 0),
    10: (2, 1),
    9: (3, 1),
    8: (4, 1),
    7: (7, 1),
    6: (16, 6),
    5: (20, 16),
    4: (28, 44),
    3: (29, 56),
    2: (32, 68),
    1: (34, 120),
    0: (36, 496),
}
KAPPA = [0.0506, 0.0931, 0.138, 0.182, 0.301, 0.527, 0.523, 0.471, 0.425, 0.412, 0.279, 0]
F1 = [0.0541, 0.103, 0.15, 0.195, 0.318, 0.552, 0.556, 0.519, 0.479, 0.471, 0.358, 0.127]


def suicide() -> ThresholdSweep:
    positives, negatives = (np.diff([0, *column]) for column in zip(*AT_LEAST.values(), strict=True))
    return ThresholdSweep.from_counts(list(AT_LEAST), positives, negatives)


def rows() -> tuple[np.ndarray, np.ndarray]:
    sweep = suicide()
    counts = [np.diff(each, prepend=0) for each in (sweep.true_positives, sweep.false_positives)]
    truth = np.concatenate([np.full(int(counts[0].sum()), 1), np.full(int(counts[1].sum()), 0)])
    return truth, np.concatenate([np.repeat(sweep.thresholds, each) for each in counts])


@pytest.mark.parametrize("goal", ["youden_j", "max youden_j", "max balanced accuracy"])
def test_cutpointrs_cut_point(goal):
    point = find_operating_point(suicide(), goal)
    found = point.confusion
    assert found == suicide().at(2)
    assert found.matrix.tolist() == [[428, 68], [4, 32]]
    assert 1 < point.threshold <= 2
    assert (round(found.recall, 4), round(found.specificity, 4)) == (0.8889, 0.8629)
    assert (round(found.accuracy, 4), round(found.youden_j, 4)) == (0.8647, 0.7518)
    assert round(suicide().roc_auc, 4) == 0.9238


def test_cutpointrs_other_metrics_at_every_score():
    sweep = suicide()
    assert sweep.series("cohen_kappa") == pytest.approx(KAPPA, abs=5e-4)
    assert sweep.series("f1") == pytest.approx(F1, abs=5e-4)
    assert solve_goal(sweep, "max f1").confusion == sweep.at(5)
    assert solve_goal(sweep, "max kappa").confusion == sweep.at(6)


def test_cutpointrs_bootstrapped_cut_points():
    """Its README: of 20 resamples the least cut point is 2, the median 2, the mean 2.1 and the greatest 4."""
    chosen = choose_in_resamples(bootstrap(*rows(), resamples=1000), "max youden_j").thresholds
    assert np.median(chosen) == 2
    assert 1.8 <= chosen.mean() <= 2.4
    assert set(chosen.tolist()) <= {1, 2, 3, 4, 5, 6}


def test_cutpointrs_figures_of_the_rows_left_out():
    """Its README's bootstrap summary: mean and standard deviation in the bag and out of it (sums less one: Youden)."""
    found = bootstrap(*rows(), resamples=2000, out_of_bag=True)
    (youden,) = promised_and_kept(found, "max youden_j")
    assert youden.means == pytest.approx((0.758, 0.714), abs=0.012)
    assert (youden.promised.std(), youden.kept.std()) == pytest.approx((0.053, 0.091), rel=0.12)
    assert (found.roc_auc.mean(), found.roc_auc.std()) == pytest.approx((0.924, 0.025), abs=0.003)
    chosen = choose_in_resamples(found, "max youden_j")
    at = (np.arange(2000), chosen.places)
    recall, specificity = (np.asarray(found.out_of_bag.value(name))[at] for name in ("recall", "specificity"))
    assert (recall.mean(), recall.std()) == pytest.approx((0.859, 0.101), abs=0.015)
    assert (specificity.mean(), specificity.std()) == pytest.approx((0.855, 0.044), abs=0.01)
    assert chosen.thresholds.mean() == pytest.approx(2.118, abs=0.1)


# dcurves 1.1.7 (PyPI) on its own data df_binary (750 people), model "cancerpredmarker": people with and without cancer
# by the lower end of their predicted risk, and the net benefits that `dca(...)` gives at these thresholds.
BY_RISK = [
    (0, 9, 325),
    (0.05, 9, 127),
    (0.1, 5, 65),
    (0.15, 7, 30),
    (0.2, 3, 26),
    (0.25, 10, 23),
    (0.3, 5, 13),
    (0.35, 24, 19),
    (0.5, 33, 17),
]
AT = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.5]
MODEL = [0.10554386, 0.087407407, 0.079215686, 0.067333333, 0.064, 0.054666667, 0.050153846, 0.021333333]
TREAT_ALL = [0.094736842, 0.044444444, -0.011764706, -0.075, -0.146666667, -0.228571429, -0.323076923, -0.72]


def test_the_decision_curve_of_dcurves():
    sweep = ThresholdSweep.from_counts(*zip(*BY_RISK, strict=True))
    curve = decision_curve(sweep, AT)
    assert curve.model == pytest.approx(MODEL, abs=1e-8)
    assert curve.treat_all == pytest.approx(TREAT_ALL, abs=1e-8)
    best = solve_goal(sweep, "max net benefit (20 %)").confusion
    assert sweep.at(0.2).tp == 75
    assert best.tp - best.fp / 4 == max(p.tp - p.fp / 4 for p in map(sweep.at, sweep.thresholds))


@pytest.mark.parametrize(
    ("scoring", "goal"), [("f1", "max f1"), ("balanced_accuracy", "max balanced accuracy")]
)
def test_scikit_learns_tuned_threshold_on_the_same_scores(scoring, goal):
    """It interpolates on a grid; over all distinct scores it comes to the same, on its own grid never above it."""
    data, truth = load_breast_cancer(return_X_y=True)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.001)).fit(data[::2], truth[::2])
    held, labels = data[1::2, :], truth[1::2]
    score = model.predict_proba(held)[:, 1]
    point = solve_goal(ThresholdSweep.from_scores(labels, score), goal)
    ours = point.confusion.value(scoring)
    for grid in (100, np.unique(score)):
        tuned = TunedThresholdClassifierCV(
            model, scoring=scoring, thresholds=grid, cv="prefit", refit=False, store_cv_results=True
        ).fit(held, labels)
        assert tuned.best_score_ <= ours + 1e-12
    assert tuned.best_score_ == pytest.approx(ours)
    assert np.mean((score >= point.threshold) == tuned.predict(held)) == pytest.approx(1, abs=0.01)


def test_what_cutpointr_calls_a_constraint():
    """Most specificity where sensitivity is at least 0.9: one step below the cut point above."""
    found = solve_goal(suicide(), "max specificity where sensitivity >= 0.9").confusion
    assert found == suicide().at(1)
    with pytest.raises(InfeasibleGoalError, match="specificity"):
        solve_goal(suicide(), "sensitivity >= 0.9 and specificity >= 0.9")
    cheap = solve_goal(suicide(), "min cost (miss 20, false alarm 1)").confusion
    assert Costs(fp=1, fn=20).of(cheap) == min(20 * (36 - tp) + fp for tp, fp in [(0, 0), *AT_LEAST.values()])
