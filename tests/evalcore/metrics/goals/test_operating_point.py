import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.errors import InputError
from evalcore.metrics.goals.finding import find_operating_point
from evalcore.metrics.goals.operating_point import RULES, UndefinedRuleError
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.sweep.sweep import ThresholdSweep

BEST = {  # what each rule makes as large as possible, slowly and obviously
    "max_f1": lambda point: point.f1,
    "max_fbeta": lambda point: point.fbeta(2),
    "youden_j": lambda point: point.youden_j,
    "closest_to_corner": lambda point: -math.hypot(point.false_positive_rate, point.false_negative_rate),
    "max_accuracy": lambda point: point.accuracy,
    "max_matthews_corrcoef": lambda point: point.matthews_corrcoef,
    "equal_error_rate": lambda point: -abs(point.false_positive_rate - point.false_negative_rate),
    "predicted_prevalence": lambda point: -abs(point.predicted_positives - point.positives) / point.total,
}


@st.composite
def rows(draw):
    """Rows of both classes, with ties, infinite scores, float32 and weights among them."""
    size = draw(st.integers(2, 30))
    truth = np.array(draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)))
    truth[:2] = [0, 1]
    value = draw(
        st.sampled_from(
            [
                st.sampled_from([0.1, 0.25, 0.5, 0.9]),
                st.floats(0, 1, width=32),
                st.floats(-1e6, 1e6),
                st.sampled_from([-math.inf, -3.5, 0.0, 2.0, math.inf]),
            ]
        )
    )
    score = np.array(draw(st.lists(value, min_size=size, max_size=size)))
    if draw(st.booleans()):
        score = score.astype(np.float32)
    weight = draw(st.none() | st.lists(st.floats(0.1, 9), min_size=size, max_size=size))
    return truth, score, weight


def thresholds_to_try(score):
    above = np.nextafter(score.max(), score.dtype.type(np.inf))
    return np.append(np.unique(score), above)


@given(rows(), st.sampled_from(sorted(BEST)))
@settings(max_examples=150)
def test_no_threshold_does_better(case, rule):
    truth, score, weight = case
    sweep = ThresholdSweep.from_scores(truth, score, weight=weight)
    tried = [(float(each), BEST[rule](sweep.at(each))) for each in thresholds_to_try(score)]
    defined = [(each, value) for each, value in tried if not math.isnan(value)]
    if not defined:
        with pytest.raises(InputError, match="needs scores that differ"):
            find_operating_point(sweep, rule, beta=2)
        return
    best = max(value for _, value in defined)
    found = find_operating_point(sweep, rule, beta=2)
    assert BEST[rule](found.confusion) == pytest.approx(best, abs=1e-11)
    # Ties: the highest of the best thresholds, which flags the fewest.
    highest = max(each for each, value in defined if value >= best - 5e-15)
    assert found.confusion.predicted_positives <= sweep.at(highest).predicted_positives + 1e-9


@given(rows(), st.sampled_from(sorted(RULES)))
@settings(max_examples=100)
def test_threshold_gives_exactly_the_counts_that_are_reported(case, rule):
    truth, score, weight = case
    sweep = ThresholdSweep.from_scores(truth, score, weight=weight)
    try:
        found = find_operating_point(sweep, rule)
    except UndefinedRuleError:
        return
    assert sweep.at(found.threshold) == found.confusion
    called = score >= score.dtype.type(found.threshold)
    counted = np.ones(len(truth)) if weight is None else np.array(weight)
    assert found.confusion.tp == pytest.approx(counted[called & (truth == 1)].sum())
    assert found.confusion.fp == pytest.approx(counted[called & (truth == 0)].sum())


def test_threshold_is_a_short_decimal():
    rng = np.random.default_rng(2)
    truth = rng.random(200) < 0.4
    sweep = ThresholdSweep.from_scores(truth, rng.beta(1 + 2 * truth, 2))
    point = find_operating_point(sweep, "youden_j")
    assert len(repr(point.threshold)) <= 7


def test_every_rule_says_what_it_looked_for_and_what_it_reached():
    rng = np.random.default_rng(4)
    truth = rng.random(300) < 0.3
    sweep = ThresholdSweep.from_scores(truth, rng.normal(truth))
    for name, rule in RULES.items():
        found = find_operating_point(sweep, name, beta=2)
        assert (found.rule, found.label) == (name, rule.label)
        assert found.explanation.startswith(rule.explanation)
        assert (found.explanation == rule.explanation) == (name == "default")


def test_rules_that_need_a_class_say_so_without_it():
    negatives_only = ThresholdSweep.from_scores([0, 0, 0], [0.1, 0.4, 0.35])
    for rule in ("default", "max_accuracy", "predicted_prevalence"):
        assert find_operating_point(negatives_only, rule).confusion.predicted_positives == 0
    with pytest.raises(UndefinedRuleError, match="rule 'max_f1' needs actual positives, got none"):
        find_operating_point(negatives_only, "max_f1")
    with pytest.raises(UndefinedRuleError, match="rule 'youden_j' needs actual negatives, got none"):
        find_operating_point(ThresholdSweep.from_scores([1, 1], [0.1, 0.2]), "youden_j")


def test_nothing_flagged_is_among_the_candidates():
    sweep = ThresholdSweep.from_scores([1, 0, 0, 0, 0], [0.1, 0.9, 0.8, 0.7, 0.6])
    point = find_operating_point(sweep, "max_accuracy")
    assert point.threshold > 0.9
    assert point.confusion == Confusion(4, 0, 1, 0)


def test_default_is_taken_as_given():
    sweep = ThresholdSweep.from_counts([1, 0], [4096, 1325], [1522, 53057])
    point = find_operating_point(sweep, "default", default=0.25)
    assert (point.threshold, point.confusion.tp) == (0.25, 4096)


def test_fbeta_moves_towards_recall_as_beta_grows():
    rng = np.random.default_rng(6)
    truth = rng.random(2000) < 0.2
    sweep = ThresholdSweep.from_scores(truth, rng.normal(truth))
    recalls = [
        find_operating_point(sweep, "max_fbeta", beta=beta).confusion.recall for beta in (0.25, 0.5, 1, 2, 4)
    ]
    assert recalls == sorted(recalls)
    assert (
        find_operating_point(sweep, "max_fbeta").confusion == find_operating_point(sweep, "max_f1").confusion
    )


@pytest.mark.parametrize(
    ("rule", "options", "message"),
    [
        ("best", {}, 'goal: at letter 1 a measure .* was expected, got "best"'),
        ("default", {"default": math.nan}, "default must be a number, got nan"),
        ("max_fbeta", {"beta": -1}, "beta must be a finite number above 0, got -1"),
    ],
)
def test_wrong_rule_or_option_gets_one_clear_sentence(rule, options, message):
    with pytest.raises(InputError, match=message):
        find_operating_point(ThresholdSweep.from_scores([0, 1], [0.1, 0.2]), rule, **options)
