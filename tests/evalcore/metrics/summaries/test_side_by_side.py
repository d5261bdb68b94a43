"""Models side by side: rates against scikit-learn, differences against Newcombe's table, sentences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import (
    balanced_accuracy_score,
    f1_score,
    matthews_corrcoef,
    precision_score,
    recall_score,
)

from evalcore.errors import InputError
from evalcore.figures.live.counts import counts_data
from evalcore.metrics.rates.confusion import Confusion
from evalcore.metrics.rates.intervals import confusion_interval
from evalcore.metrics.summaries.side_by_side import SIDE_BY_SIDE_RATES, side_by_side, side_by_side_table

HOT_DOG = {
    "first": Confusion(760, 14, 67, 47),
    "weighted": Confusion(744, 30, 43, 71),
    "longer": Confusion(693, 81, 33, 81),
}


def beside(points=HOT_DOG, **options):
    return side_by_side(points, positive="hot dog", negative="not hot dog", **options)


def test_rates_are_scikit_learns():
    point = HOT_DOG["weighted"]
    truth = np.repeat([0, 0, 1, 1], [point.tn, point.fp, point.fn, point.tp])
    called = np.repeat([0, 1, 0, 1], [point.tn, point.fp, point.fn, point.tp])
    found = {rate.metric.name: rate for rate in beside().models[1].rates}
    assert tuple(found) == SIDE_BY_SIDE_RATES
    for name, judge in {
        "recall": recall_score, "precision": precision_score, "f1": f1_score,
        "balanced_accuracy": balanced_accuracy_score, "matthews_corrcoef": matthews_corrcoef,
    }.items():  # fmt: skip
        assert found[name].value == pytest.approx(judge(truth, called), abs=1e-12)
        assert found[name].low < found[name].value < found[name].high


def test_differences_have_newcombes_interval():
    """Newcombe (1998), table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339."""
    points = {"b": Confusion(10, 10, 32, 48), "a": Confusion(10, 10, 14, 56)}
    recall = side_by_side(points, positive="y", negative="n").models[1].rates[0]
    assert recall.change == pytest.approx(0.2)
    assert (round(recall.change_low, 4), round(recall.change_high, 4)) == (0.0524, 0.3339)
    assert recall.differs


def test_the_reference_has_no_difference_and_turning_it_turns_the_sign():
    one, other = beside(reference="first"), beside(reference="longer")
    assert (one.reference, other.reference) == ("first", "longer")
    assert all(math.isnan(rate.change) and not rate.differs for rate in one.models[0].rates)
    for mine, turned in zip(one.models[2].rates, other.models[0].rates, strict=True):
        assert mine.change == pytest.approx(-turned.change)
        assert mine.change_low == pytest.approx(-turned.change_high)
    assert beside(reference="another").reference == "first"


def test_a_lazy_rule_that_does_as_well_is_said():
    sentences = {each.name: each.baseline for each in beside().models}
    assert sentences["longer"].endswith("would be right in 87.2 %, just as often.")
    worse = beside({"m": Confusion(50, 40, 5, 5)}).models[0]
    assert worse.baseline.endswith("would be right in 90.0 %, more often.")
    assert worse.lazy_accuracy == 0.9


def test_sentences_count_cases():
    sentence = beside({"m": Confusion(3, 1, 1, 0)}).models[0].sentence
    assert sentence == (
        "1 of 5 cases (20.0 %) is called “hot dog”: 0 caught and 1 false alarm, so that 0 % of these calls are right. "
        "1 of 1 actual “hot dog” is missed (100 %)."
    )
    assert (
        beside({"m": Confusion(3, 0, 1, 0)})
        .models[0]
        .sentence.startswith("0 of 4 cases (0 %) are called “hot dog”. 1 of 1")
    )


def test_what_is_undefined_says_why():
    precision = beside({"m": Confusion(3, 0, 1, 0)}).models[0].rates[1]
    assert math.isnan(precision.value)
    assert precision.undefined == "nothing is called positive"
    data = counts_data(beside({"m": Confusion(3, 0, 1, 0)}), positive="y", negative="n")
    shown = data["rates"][1]["models"][0]
    assert (shown["value"], shown["why"], shown["places"]) == ("–", "nothing is called positive", [])


def test_models_judged_on_other_cases_are_told():
    note = beside({"a": Confusion(5, 1, 1, 5), "b": Confusion(50, 1, 1, 5)}).note
    assert '"b" and "a" were not judged on the same cases' in note
    assert "do not say which case is which" in beside().note
    assert beside({"a": Confusion(5, 1, 1, 5)}).note == ""


def test_weights_widen_the_interval():
    point = Confusion(40.0, 10.0, 10.0, 40.0)
    light, heavy = (beside({"m": point}, mean_weights=[each]).models[0].rates[0] for each in ((1, 1), (4, 4)))
    assert heavy.high - heavy.low > 1.5 * (light.high - light.low)
    quarter = confusion_interval(Confusion(10.0, 2.5, 2.5, 10.0), "recall")
    assert (heavy.low, heavy.high) == pytest.approx((quarter.low, quarter.high))


def test_the_table_has_every_figure():
    table = side_by_side_table(beside())
    assert len(table) == 3 * len(SIDE_BY_SIDE_RATES)
    assert table["difference from first"].notna().sum() == 2 * len(SIDE_BY_SIDE_RATES)


def test_no_model_is_refused():
    with pytest.raises(InputError, match="at least one model"):
        beside({})
