"""Agreement, ensembles and pairs of scores: against scikit-learn, scipy's ranks and counting by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

import evalcore as ec
from evalcore.figures.distributions.score_scatter import score_scatter_figure
from evalcore.metrics.comparing.calls_together import calls_together
from evalcore.metrics.comparing.ensembles import ensembles_of, with_ensemble
from evalcore.metrics.comparing.score_pairs import MOST_POINTS, cases_in_box, pair_cells

RANDOM = np.random.default_rng(3)


def some_calls(n: int = 300) -> tuple[Any, dict[str, Any]]:
    truth = (RANDOM.random(n) < 0.4).astype(np.uint8)
    return truth, {name: (RANDOM.random(n) < 0.2) ^ (truth == 1) for name in "abc"}


@pytest.mark.parametrize("weighted", [False, True])
def test_kappa_is_scikit_learns(weighted: bool) -> None:
    truth, calls = some_calls()
    weight = RANDOM.integers(1, 5, len(truth)).astype(float) if weighted else None
    found = calls_together(truth, calls, weights=weight)
    for i, first in enumerate(calls):
        for j, second in enumerate(calls):
            expected = cohen_kappa_score(calls[first], calls[second], sample_weight=weight)
            assert found.kappa[i, j] == pytest.approx(expected)
            same = np.average(calls[first] == calls[second], weights=weight)
            assert found.same[i, j] == pytest.approx(same)
            wrong = calls[first] != truth
            both = np.average(
                (calls[second] != truth)[wrong], weights=None if weight is None else weight[wrong]
            )
            assert found.shared_errors[i, j] == pytest.approx(both)


def test_every_case_is_in_one_list_or_has_two_that_are_right() -> None:
    truth, calls = some_calls()
    found = calls_together(truth, calls)
    right = {name: each == (truth == 1) for name, each in calls.items()}
    for name in calls:
        others = ~np.any([right[each] for each in calls if each != name], axis=0)
        assert found.alone[name].tolist() == np.flatnonzero(right[name] & others).tolist()
    assert found.nobody.tolist() == np.flatnonzero(~np.any(list(right.values()), axis=0)).tolist()
    assert found.everybody.tolist() == np.flatnonzero(np.all(list(right.values()), axis=0)).tolist()


def test_no_model_agrees_with_itself_alone() -> None:
    with pytest.raises(ec.InputError, match="two or more"):
        calls_together(np.array([0, 1]), {"a": np.array([True, False])})


def predictions(**columns: Any) -> Any:
    n = len(next(iter(columns.values())))
    truth = np.arange(n) % 2
    table = pd.DataFrame({"truth": truth, **columns})
    return ec.open_predictions(table, truth="truth", score=list(columns), positive="1").predictions


def test_the_mean_of_ranks_is_of_mid_ranks_and_calls_as_many() -> None:
    first, second = RANDOM.normal(size=200).round(1), RANDOM.normal(size=200) * 100
    two = predictions(a_score=first, b_score=second)
    found = with_ensemble(two, "ranks")
    made = found.models[-1]
    expected = (pd.Series(first).rank() + pd.Series(second).rank()) / 2 / 200
    np.testing.assert_allclose(made.values, expected)
    called = np.mean([each.called(each.default_threshold).sum() for each in two.models])
    taken = made.called(made.default_threshold)
    assert taken.sum() >= round(called) > (made.values > made.values[taken].min()).sum()
    assert found.table[made.name].tolist() == made.values.tolist()
    assert made.name not in two.table.columns


def test_probabilities_are_meant_only_where_all_are_such() -> None:
    mixed = predictions(a_prob=RANDOM.random(60), b_decision=RANDOM.normal(size=60) * 5)
    assert ensembles_of(mixed) == ("ranks",)
    with pytest.raises(ec.InputError, match="cannot be put together"):
        with_ensemble(mixed, "probabilities")
    pair = predictions(a_prob=RANDOM.random(60), b_prob=RANDOM.random(60))
    made = with_ensemble(pair, "probabilities").models[-1]
    np.testing.assert_allclose(made.values, (pair.models[0].values + pair.models[1].values) / 2)
    assert (made.kind, made.default_threshold) == ("probability", 0.5)


def test_a_name_that_is_there_is_told_apart() -> None:
    pair = predictions(a_prob=RANDOM.random(60), b_prob=RANDOM.random(60))
    once = with_ensemble(pair, "ranks")
    assert with_ensemble(once, "ranks").models[-1].name == "Mean of ranks (2)"


def test_cells_hold_every_case_once_infinite_ones_too() -> None:
    truth, first = RANDOM.integers(0, 2, 500), RANDOM.normal(size=500)
    second = np.where(RANDOM.random(500) < 0.1, np.inf, RANDOM.normal(size=500))
    found = pair_cells(truth, first, second)
    assert (found.positives.sum(), found.negatives.sum()) == (truth.sum(), (1 - truth).sum())
    assert (found.positives + found.negatives > 0).all()
    assert np.isfinite(found.second).all()
    top = cases_in_box(first, second, (-9, 9), (second[np.isfinite(second)].max(), 99))
    assert set(np.flatnonzero(np.isinf(second))) <= set(top.tolist())
    one = pair_cells(truth, np.zeros(500), np.zeros(500))
    assert len(one.first) == 1


def test_many_cases_are_drawn_as_cells_and_names_are_no_markup() -> None:
    few = predictions(**{"<b>a_prob": RANDOM.random(60), "b_prob": RANDOM.random(60)})
    names = few.models[0].name, few.models[1].name
    figure = score_scatter_figure(few, names, thresholds=(0.5, 0.5))
    assert sum(len(each.x) for each in figure.data) == 60
    assert "<b>" not in figure.layout.xaxis.title.text
    many = predictions(a_prob=RANDOM.random(MOST_POINTS + 2), b_prob=RANDOM.random(MOST_POINTS + 2))
    figure = score_scatter_figure(many, ("a_prob", "b_prob"), thresholds=(0.5, 0.5))
    assert len(figure.data) == 1
    assert figure.data[0].customdata[:, 0].sum() == MOST_POINTS + 2
