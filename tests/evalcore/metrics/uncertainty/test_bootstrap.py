"""The fast bootstrap against drawing rows one by one, and its coverage."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from evalcore.errors import InputError
from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.metrics.uncertainty.bootstrap import bootstrap
from evalcore.metrics.uncertainty.chosen import choose_in_resamples


def sample(size, seed=0, decimals=None, gap=1.0):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 2, size)
    score = random.normal(size=size) + gap * truth
    return truth, score if decimals is None else np.round(score, decimals)


def slowly(truth, score, resamples, seed=7):
    random = np.random.default_rng(seed)
    rows = [random.integers(0, len(truth), len(truth)) for _ in range(resamples)]
    return (
        np.array([roc_auc_score(truth[row], score[row]) for row in rows]),
        np.array([average_precision_score(truth[row], score[row]) for row in rows]),
    )


@pytest.mark.parametrize(("size", "decimals"), [(300, None), (300, 1), (6000, None)])
def test_the_spread_is_that_of_rows_drawn_one_by_one(size, decimals):
    """Mean and standard deviation within three standard errors of a slow bootstrap of 400 resamples."""
    truth, score = sample(size, decimals=decimals)
    areas, precisions = slowly(truth, score, 400)
    fast = bootstrap(truth, score, resamples=2000, seed=3, bins=1000)
    for mine, theirs in ((fast.roc_auc, areas), (fast.average_precision, precisions)):
        error = theirs.std() * np.sqrt(1 / 400 + 1 / 2000)
        assert mine.mean() == pytest.approx(theirs.mean(), abs=4 * error)
        assert mine.std() == pytest.approx(theirs.std(), rel=0.15)


def test_a_resample_without_drawing_gives_the_sweeps_own_figures():
    """Bins of several scores: what is read from the bins is the whole sweep's, but for what happens inside them."""
    truth, score = sample(20_000)
    found = bootstrap(truth, score, resamples=3, seed=1, bins=500)
    sweep = ThresholdSweep.from_scores(truth, score)
    own = bootstrap(truth, score, resamples=3000, seed=2, bins=500)
    assert own.roc_auc.mean() == pytest.approx(sweep.roc_auc, abs=5e-4)
    assert own.average_precision.mean() == pytest.approx(sweep.average_precision, abs=1e-3)
    assert np.all(np.diff(found.thresholds) < 0)
    at = sweep.at(found.thresholds)
    ratio = own.true_positives.mean(axis=0) / at.tp
    assert ratio[at.tp > 500] == pytest.approx(np.ones((at.tp > 500).sum()), abs=0.02)


def test_stratified_keeps_the_classes():
    truth, score = sample(200)
    found = bootstrap(truth, score, stratified=True, resamples=50)
    assert set(found.true_positives[:, -1]) == {truth.sum()}
    assert set(found.false_positives[:, -1]) == {(1 - truth).sum()}
    free = bootstrap(truth, score, resamples=50)
    assert len(set(free.true_positives[:, -1])) > 5
    assert set(free.true_positives[:, -1] + free.false_positives[:, -1]) == {200}


def test_whole_clusters_are_drawn():
    truth, score = sample(60)
    found = bootstrap(
        np.repeat(truth, 5), np.repeat(score, 5), cluster=np.repeat(np.arange(60), 5), resamples=400
    )
    assert (found.true_positives % 5 == 0).all()
    single = bootstrap(truth, score, resamples=400)
    wrong = bootstrap(np.repeat(truth, 5), np.repeat(score, 5), resamples=400)
    assert found.roc_auc.std() == pytest.approx(single.roc_auc.std(), rel=0.2)
    assert wrong.roc_auc.std() < 0.7 * single.roc_auc.std()


def test_weights_count():
    truth, score = sample(100)
    equal = bootstrap(truth, score, weight=np.full(100, 2.0), resamples=300)
    assert set(equal.true_positives[:, -1] + equal.false_positives[:, -1]) == {200.0}
    stratified = bootstrap(truth, score, weight=np.ones(100), stratified=True, resamples=20)
    assert set(stratified.true_positives[:, -1]) == {truth.sum()}


def test_the_same_seed_gives_the_same_resamples():
    truth, score = sample(100)
    first, again, other = (bootstrap(truth, score, resamples=20, seed=seed).roc_auc for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_intervals_cover_what_they_say():
    """200 samples of 200 rows: the nominal 95 % interval of the AUC covers it in 91 to 99 % of them."""
    true_area, covered = 0.76025, 0  # Phi(1 / sqrt 2)
    for seed in range(200):
        truth, score = sample(200, seed=seed)
        found = bootstrap(truth, score, resamples=400, seed=seed)
        interval = found.interval(found.roc_auc)
        covered += interval.low <= true_area <= interval.high
    assert 182 <= covered <= 198


def test_bands_hold_the_curve():
    truth, score = sample(2000)
    found = bootstrap(truth, score, resamples=300)
    curve = ThresholdSweep.from_scores(truth, score).roc()
    grid = np.linspace(0.02, 0.98, 25)
    band = found.roc_band(grid)
    middle = np.interp(grid, curve.false_positive_rate, curve.true_positive_rate)
    assert np.all((band.low <= middle) & (middle <= band.high))
    assert np.all(band.high - band.low < 0.2)
    precise = found.precision_band([0.2, 0.5, 0.8])
    assert np.all(precise.low < precise.high)


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(InputError, match="same length"):
        bootstrap([0, 1], [0.5])
    with pytest.raises(InputError, match="at most"):
        bootstrap(np.zeros(300_000, int), np.arange(300_000), weight=np.ones(300_000))
    with pytest.raises(InputError, match="clusters"):
        bootstrap([0, 1], [0.1, 0.2], cluster=[1, 2], stratified=True)
    one_class = bootstrap([1, 1, 1], [0.1, 0.2, 0.3], resamples=10)
    assert np.isnan(one_class.roc_auc).all()
    assert np.isnan(one_class.interval(one_class.roc_auc).low)


def test_chosen_thresholds_are_those_of_each_resample():
    truth, score = sample(300, decimals=1)
    found = bootstrap(truth, score, resamples=60, seed=4)
    for goal, value in (
        ("max youden_j", lambda c: c.youden_j),
        ("min flagged where recall >= 0.8", lambda c: -c.predicted_positives if c.recall >= 0.8 else -np.inf),
    ):
        chosen = choose_in_resamples(found, goal)
        assert chosen.feasible == 1
        for place, threshold in enumerate(chosen.thresholds):
            points = [found.confusion[place, at] for at in range(len(found.thresholds))]
            best = max(map(value, points))
            assert value(points[list(found.thresholds).index(threshold)]) == pytest.approx(best)


def test_cutpointrs_spread_of_youdens_threshold_is_wide_where_the_curve_is_flat():
    truth, score = sample(400, gap=0.6)
    spread = np.std(choose_in_resamples(bootstrap(truth, score, resamples=300), "max youden_j").thresholds)
    sure = np.std(
        choose_in_resamples(bootstrap(*sample(400, gap=4.0), resamples=300), "max youden_j").thresholds
    )
    assert spread > 0.1
    assert sure > 0
    assert (
        choose_in_resamples(
            bootstrap(truth, score, resamples=50), "precision >= 1.0 and recall >= 0.9"
        ).feasible
        < 1
    )


def test_intervals_are_numpys_quantiles_of_what_is_known():
    found = bootstrap(*sample(50), resamples=40)
    figures = np.random.default_rng(1).normal(size=(40, 3, 5))
    figures[::3, 1], figures[:, 2, 4], figures[1:, 0, 0] = np.nan, np.nan, np.nan
    interval = found.interval(figures, confidence=0.9)
    with pytest.warns(RuntimeWarning, match="All-NaN"):
        low, high = np.nanquantile(figures, [0.05, 0.95], axis=0)
    assert interval.low == pytest.approx(low, nan_ok=True)
    assert interval.high == pytest.approx(high, nan_ok=True)
    assert isinstance(found.interval(found.roc_auc).low, float)
