"""The slice table against a slow, obvious second implementation: a loop over the rows of every group."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import confusion_matrix, roc_auc_score

import evalcore as ec
from evalcore.metrics.rates.confusion import METRICS
from evalcore.metrics.rates.intervals import INTERVAL_METRICS, confusion_interval
from evalcore.metrics.slices.slice_table import SliceTable
from evalcore.metrics.sweep.delong import delong
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.evaluation import Roles

rng = np.random.default_rng(7)
N = 600
TRUTH = rng.integers(0, 2, N)
TABLE = pd.DataFrame(
    {
        "truth": TRUTH,
        # Two decimals: many ties, also at the thresholds.
        "prob": np.clip(rng.normal(0.35 + 0.3 * TRUTH, 0.25), 0, 1).round(2),
        "weight": rng.uniform(0.2, 4, N).round(2),
        "site": np.array(["A", "B", "C", "tiny"])[np.searchsorted([0.4, 0.7, 0.99], rng.random(N))],
        "age": rng.normal(50, 20, N).round(),
        "sex": np.array(["f", "m", None], dtype=object)[rng.integers(0, 3, N)],
    }
)
THRESHOLDS = [-1.0, 0.0, 0.31, 0.5, 0.99, 1.0, 2.0]


def predictions(weighted: bool = False, table: pd.DataFrame = TABLE) -> BinaryPredictions:
    roles = Roles(
        truth="truth",
        scores=("prob",),
        positive="1",
        groups=("site", "sex"),
        weight="weight" if weighted else None,
    )
    given = table if weighted else table.drop(columns="weight")
    return ec.open_predictions(given, roles=roles).predictions


def members(table: SliceTable) -> list[np.ndarray]:
    """Which rows are in each group, row by row, from the words of its conditions."""
    found = []
    for group in table.grouping.groups:
        inside = np.ones(N, dtype=bool)
        for condition in group:
            cells = TABLE[condition.column]
            if condition.value is None:
                inside &= cells.isna().to_numpy()
            elif condition.is_range:
                numbers = [float(each) for each in condition.value.split() if each[0].isdigit()]
                if "below" in condition.value:
                    inside &= (cells < numbers[0]).to_numpy()
                elif "more" in condition.value:
                    inside &= (cells >= numbers[0]).to_numpy()
                else:
                    inside &= cells.between(*numbers).to_numpy()
            else:
                inside &= (cells == condition.value).to_numpy()
        found.append(inside)
    return found


def counted(rows: np.ndarray, called: np.ndarray, weight: np.ndarray) -> ec.Confusion:
    """The matrix of some rows, by scikit-learn."""
    cells = confusion_matrix(TRUTH[rows], called[rows], sample_weight=weight[rows], labels=[0, 1])
    return ec.Confusion(*cells.ravel())


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("columns", ["site", "age", "sex", ("site", "sex"), ("age", "site")])
def test_every_figure_is_that_of_the_rows_alone(columns: str | tuple[str, str], weighted: bool) -> None:
    given = predictions(weighted)
    first = ec.slice_table(given, columns)
    inside = members(first)
    assert np.sum(inside, axis=0).tolist() == [1] * N
    for threshold in THRESHOLDS:
        table = first.at(threshold)
        called = TABLE["prob"].to_numpy() >= threshold
        for place, rows in enumerate(inside):
            weight = TABLE["weight"].to_numpy() if weighted else np.ones(N)
            here, there = (counted(each, called, weight) for each in (rows, ~rows))
            assert table.cases[place] == rows.sum()
            np.testing.assert_allclose(table.confusion[place].matrix, here.matrix, atol=1e-9)
            np.testing.assert_allclose(table.elsewhere[place].matrix, there.matrix, atol=1e-9)
            for name in METRICS:
                # Odds of nothing are left: rounding makes of 0 a hair, and of "undefined" a number.
                if name not in INTERVAL_METRICS:
                    continue
                np.testing.assert_allclose(
                    table.rate(name)[place], here.value(name), atol=1e-9, err_msg=f"{name} at {threshold}"
                )
                np.testing.assert_allclose(
                    table.gap(name)[0][place], here.value(name) - there.value(name), atol=1e-9
                )


@pytest.mark.parametrize("weighted", [False, True])
def test_intervals_are_those_of_an_evaluation_of_these_rows(weighted: bool) -> None:
    table = ec.slice_table(predictions(weighted), ("site", "sex"), threshold=0.45)
    for place, rows in enumerate(members(table)):
        alone = ec.ThresholdSweep.from_scores(
            TRUTH[rows], TABLE["prob"][rows], weight=TABLE["weight"][rows] if weighted else None
        )
        for name in sorted(INTERVAL_METRICS):
            interval = table.interval(name)
            point = alone.at(0.45)
            same = confusion_interval(point, name, squares=alone.squares(point))
            np.testing.assert_allclose(
                [interval.low[place], interval.high[place]], [same.low, same.high], atol=1e-9, err_msg=name
            )


def test_areas_and_bias_are_those_within() -> None:
    table = ec.slice_table(predictions(), "site")
    for place, rows in enumerate(members(table)):
        told = table.within[place]
        if len(set(TRUTH[rows])) == 2:
            assert told.roc_auc == pytest.approx(roc_auc_score(TRUTH[rows], TABLE["prob"][rows]))
            area = delong(ec.ThresholdSweep.from_scores(TRUTH[rows], TABLE["prob"][rows]))
            assert (told.auc_low, told.auc_high) == (area.low, area.high)
        assert told.bias == pytest.approx(TABLE["prob"][rows].mean() - TRUTH[rows].mean())
        assert told.bias_low < told.bias < told.bias_high


def test_the_gap_has_newcombes_interval() -> None:
    table = ec.slice_table(predictions(), "site", threshold=0.5)
    gap, interval = table.gap("recall")
    for place in range(len(table)):
        one = confusion_interval(table.confusion[place], "recall")
        other = confusion_interval(table.elsewhere[place], "recall")
        here, there = table.confusion[place].recall, table.elsewhere[place].recall
        if math.isnan(here):
            assert math.isnan(gap[place])
            continue
        assert interval.low[place] == pytest.approx(
            here - there - math.hypot(here - one.low, other.high - there)
        )
        assert interval.low[place] <= gap[place] <= interval.high[place]


def test_orders() -> None:
    table = ec.slice_table(predictions(), ("site", "sex"), threshold=0.5)
    recall = table.rate("recall")[table.order("worst", "recall")]
    known = recall[~np.isnan(recall)]
    assert np.all(np.diff(known) >= 0)
    assert np.isnan(recall[len(known) :]).all()
    alarms = table.rate("false_positive_rate")[table.order("worst", "false_positive_rate")]
    alarms = alarms[~np.isnan(alarms)]
    assert np.all(np.diff(alarms) <= 0)
    behind = table.gap("recall")[0][table.order("gap", "recall")]
    assert np.all(np.diff(behind[~np.isnan(behind)]) >= 0)
    apart = np.abs(table.gap("predicted_positive_rate")[0][table.order("gap", "predicted_positive_rate")])
    assert np.all(np.diff(apart[~np.isnan(apart)]) <= 0)
    assert np.all(np.diff(table.cases[table.order("size", "recall")]) <= 0)


def test_small_groups_are_there_with_wide_intervals() -> None:
    table = ec.slice_table(predictions(), ("site", "sex"), threshold=0.5)
    assert table.cases.min() < 5
    small = int(table.cases.argmin())
    interval = table.interval("accuracy")
    assert interval.high[small] - interval.low[small] > 0.4
    assert len(table.frame()) == len(table)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_threshold_is_compared_in_the_scores_own_type(kind: type) -> None:
    table = TABLE.assign(prob=TABLE["prob"].astype(kind))
    given = predictions(table=table)
    for threshold in (0.31, 0.7, np.nextafter(0.7, 1)):
        called = given.models[0].called(threshold)
        found = ec.slice_table(given, "site", threshold=threshold)
        assert found.whole.predicted_positives == called.sum()


def test_decisions_have_no_area_and_no_bias() -> None:
    table = TABLE.assign(prob=(TABLE["prob"] >= 0.5).astype(int)).rename(columns={"prob": "predicted"})
    opened = ec.open_predictions(
        table.drop(columns="weight"), roles=Roles(truth="truth", predicted_label="predicted", positive="1")
    )
    found = ec.slice_table(opened.predictions, "site")
    assert all(math.isnan(each.roc_auc) and math.isnan(each.bias) for each in found.within)
    assert found.whole.recall == pytest.approx(TABLE["prob"][TRUTH == 1].ge(0.5).mean())


@pytest.mark.parametrize("columns", ["nothing", (), ("site", "age", "sex")])
def test_what_is_no_column_is_refused(columns: str | tuple[str, ...]) -> None:
    with pytest.raises(ec.InputError, match="one or two columns"):
        ec.slice_table(predictions(), columns)
    with pytest.raises(ec.InputError, match="model must be one of"):
        ec.slice_table(predictions(), "site", model="other")
